// The command a pair's page shows gives the page's numbers.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { note } from './report.mjs'

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const BINARY = process.env.TALLYPRESS ?? join(PROJECT, 'build', 'tallypress')
const TRIED = 24

// Some twenty pairs of a model and a GPU, far apart in the list, so that every engine is met.
export function commands(site) {
  const pairs = site.pages.filter(page => site.kind(page) === 'models/*/*')
  const step = Math.max(1, Math.floor(pairs.length / TRIED) - 1)
  const found = []
  let compared = 0
  for (let i = 0; i < pairs.length; i += step) {
    const html = site.read(pairs[i])
    const command = /tallypress (estimate [^<]*)</.exec(html)?.[1].trim()
    const shown = /class="figures">.*?<b>([\d,.]+)<\/b>/s.exec(html)?.[1]
    if (!command) found.push(`${pairs[i]}: no command`)
    if (!command || !shown) continue // what cannot run has no figures
    const run = spawnSync(BINARY, [...command.split(' '), '--json'], { cwd: PROJECT, encoding: 'utf8' })
    const answer = run.status === 0 ? JSON.parse(run.stdout).throughput?.output_tokens_per_s : undefined
    compared++
    if (!(Math.abs(Number(shown.replaceAll(',', '')) / answer - 1) < 0.006))
      found.push(`${pairs[i]}: ${shown} tokens/s, "${command}" gives ${answer}`)
  }
  note(`${compared} commands run`)
  if (compared === 0) found.push('no page shows a command')
  return found
}
