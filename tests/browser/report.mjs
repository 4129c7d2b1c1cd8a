// One line a check; the checks themselves return a list of complaints.
let passed = 0
let failed = 0

export async function check(name, findings) {
  let found
  const begin = Date.now()
  try {
    found = (await findings()) ?? []
  } catch (error) {
    found = [error.stack.split('\n').slice(0, 3).join(' ')]
  }
  const seconds = ((Date.now() - begin) / 1000).toFixed(1)
  if (found.length === 0) {
    passed++
    console.log(`ok ${name} (${seconds} s)`)
    return
  }
  failed++
  const rest = found.length > 8 ? ` ... and ${found.length - 8} more` : ''
  console.log(`not ok ${name}: ${found.slice(0, 8).join('\n    ')}${rest}`)
}

// A measured figure that is worth reading beside the verdicts.
export function note(text) {
  console.log(`  # ${text}`)
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}
