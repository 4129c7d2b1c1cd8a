// What can be said of the files without a browser: validity, weight, links, feeds, style.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HtmlValidate } from 'html-validate'
import { LinkChecker } from 'linkinator'
import stylelint from 'stylelint'
import { check, note } from './report.mjs'

const HERE = dirname(fileURLToPath(import.meta.url))
const PROJECT = join(HERE, '..', '..')
const KIB = 1024

export function vnu(site, pages) {
  const jar = join(HERE, 'node_modules', 'vnu-jar', 'build', 'dist', 'vnu.jar')
  const files = pages.map(page => join(site.root, page))
  const run = spawnSync(
    'java',
    ['-Xss4m', '-Xmx512m', '-jar', jar, '--exit-zero-always', '--format', 'json', ...files],
    { encoding: 'utf8', maxBuffer: 1 << 28 }
  )
  if (run.error || run.status !== 0) return [`java: ${run.error ?? run.stderr}`]
  // The validator is older than this source expression of CSP level 3, and than subgrid.
  const known = m => !/found "'wasm-unsafe-eval'"|CSS: “grid”: “subgrid”/.test(m.message)
  return JSON.parse(run.stderr).messages.filter(known).map(
    m => `${m.url?.replace(`file:${site.root}/`, '')}:${m.lastLine}: ${m.message}`
  )
}

async function htmlValidate(site, pages) {
  const validator = new HtmlValidate({
    root: true,
    extends: ['html-validate:recommended'],
    rules: {
      // What of their presets speaks of taste, not of what is valid.
      'doctype-style': 'off',
      'long-title': 'off',
      'no-trailing-whitespace': 'off',
      'no-raw-characters': ['error', { relaxed: true }],
      'require-sri': 'off',
      'tel-non-breaking': 'off',
      'void-style': 'off',
      // A region that scrolls must be named and reachable by keyboard.
      'no-redundant-aria-label': 'off',
      'prefer-native-element': ['error', { exclude: ['region'] }]
    }
  })
  const found = []
  for (const page of pages) {
    const report = await validator.validateString(site.read(page), page)
    for (const result of report.results)
      for (const m of result.messages) found.push(`${page}:${m.line}: ${m.ruleId} ${m.message}`)
  }
  return found
}

// Every inline element's hash must stand in the page's own policy; nothing else is inline.
export function policies(site) {
  const found = []
  for (const page of site.pages) {
    const html = site.read(page)
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ''
    if (!policy.startsWith("default-src 'none'")) found.push(`${page}: no default-src 'none'`)
    for (const [, element, text] of html.matchAll(/<(style|script)>(.*?)<\/\1>/gs)) {
      const hash = createHash('sha256').update(text).digest('base64')
      const directive = new RegExp(`${element}-src[^;]*'sha256-${hash.replace(/[+/]/g, '\\$&')}'`)
      if (!directive.test(policy)) found.push(`${page}: ${element} is not in the policy`)
    }
    if (/\sstyle="/.test(html)) found.push(`${page}: style attribute`)
    if (/<(script|img|iframe|audio|video|source|object|embed)[^>]*\ssrc=/.test(html))
      found.push(`${page}: loads something`)
    if (/<link[^>]*rel="?(stylesheet|preload|preconnect)/.test(html))
      found.push(`${page}: links a resource`)
  }
  return found
}

// Typical is the median of all pages but the index.
function weights(site) {
  const found = []
  const sizes = []
  for (const page of site.pages) {
    const bytes = site.gzipBytes(page)
    if (page === 'calculator/index.html') continue // it carries the engine; has its own check
    if (page === 'index.html') {
      note(`index ${(bytes / KIB).toFixed(1)} KiB gzip`)
      if (bytes > 60 * KIB) found.push(`index.html ${bytes} bytes`)
      continue
    }
    sizes.push([bytes, page])
    if (bytes > 14 * KIB) found.push(`${page} ${bytes} bytes`)
  }
  sizes.sort((a, b) => a[0] - b[0])
  const typical = sizes[sizes.length >> 1]
  const most = sizes[sizes.length - 1]
  note(`typical page ${(typical[0] / KIB).toFixed(1)} KiB gzip, most ${most.join(' bytes ')}`)
  if (typical[0] > 6 * KIB) found.push(`typical page ${typical[0]} bytes (${typical[1]})`)
  return found
}

function scriptSizes(site) {
  const found = []
  for (const page of site.pages)
    for (const [, text] of site.read(page).matchAll(/<script>(?!const ENGINE)(.*?)<\/script>/gs))
      if (text.length > 1.2 * KIB) found.push(`${page}: ${text.length} bytes`)
  return found
}

// Relative targets of every link of a page, as site paths; fragments kept apart.
function targets(page, html) {
  const found = []
  for (const [, href] of html.matchAll(/<(?:a|link)\b[^>]*?\shref="([^"]*)"/g)) {
    const url = href.replaceAll('&amp;', '&')
    if (/^[a-z]+:/i.test(url)) continue
    const [path, fragment] = url.split('#')
    const absolute = path === '' ? page : posix.normalize(posix.join(posix.dirname(page), path))
    found.push([decodeURIComponent(absolute), fragment, href])
  }
  return found
}

function links(site) {
  const found = []
  const near = new Map()
  const ids = new Map()
  const idsOf = page => {
    if (!ids.has(page))
      ids.set(page, new Set([...site.read(page).matchAll(/\sid="([^"]*)"/g)].map(m => m[1])))
    return ids.get(page)
  }
  for (const page of site.pages) {
    const next = new Set()
    for (const [path, fragment, href] of targets(page, site.read(page))) {
      if (page === '404.html') continue // its links are absolute or for the root
      if (!site.has(path)) found.push(`${page} -> ${href}`)
      else if (fragment && !fragment.includes('=') && path.endsWith('.html') && !idsOf(path).has(fragment))
        found.push(`${page} -> ${href}: no such place`)
      next.add(path)
    }
    near.set(page, next)
  }
  const clicks = new Map([['index.html', 0]])
  for (const queue = ['index.html']; queue.length; ) {
    const page = queue.shift()
    for (const next of near.get(page) ?? [])
      if (next.endsWith('.html') && !clicks.has(next)) {
        clicks.set(next, clicks.get(page) + 1)
        queue.push(next)
      }
  }
  for (const page of site.pages) {
    if (page === '404.html') continue
    if (!clicks.has(page)) found.push(`${page} cannot be reached`)
    else if (clicks.get(page) > 3) found.push(`${page} is ${clicks.get(page)} clicks away`)
  }
  note(`${site.pages.length} pages, farthest ${Math.max(...clicks.values())} clicks away`)
  return found
}

async function linkinator(site, pages) {
  const server = await site.serve()
  const checker = new LinkChecker()
  const result = await checker.check({
    path: pages.map(page => server.url + page),
    linksToSkip: [`^(?!${server.url})`],
    concurrency: 20
  })
  server.close()
  return result.links.filter(l => l.state === 'BROKEN').map(l => `${l.parent} -> ${l.url}`)
}

function feeds(site) {
  const found = []
  for (const path of ['sitemap.xml', 'feed.xml', 'robots.txt', '404.html', 'llms.txt'])
    if (!site.has(path)) found.push(`${path} is missing`)
  for (const path of site.files.filter(name => name.endsWith('.xml'))) {
    const run = spawnSync('xmllint', ['--noout', '--nonet', join(site.root, path)], {
      encoding: 'utf8'
    })
    if (run.status !== 0) found.push(run.stderr.split('\n')[0] ?? String(run.error))
  }
  return found
}

// Titles and descriptions are each page's own.
function heads(site) {
  const found = []
  for (const [what, pattern] of [
    ['title', /<title>([^<]*)<\/title>/],
    ['description', /<meta name="description" content="([^"]*)"/]
  ]) {
    const seen = new Map()
    for (const page of site.pages) {
      const text = pattern.exec(site.read(page))?.[1] ?? ''
      if (!text) found.push(`${page}: no ${what}`)
      else if (seen.has(text)) found.push(`${page}: same ${what} as ${seen.get(text)}`)
      else seen.set(text, page)
    }
  }
  return found
}

// Every figure in a table says where it comes from, in its cell or in the head of its column.
function twins(site) {
  const found = []
  for (const path of site.files.filter(name => name.endsWith('.json')).slice(0, 400)) {
    try {
      JSON.parse(site.read(path))
    } catch (error) {
      found.push(`${path}: ${error.message}`)
    }
  }
  return found
}

async function style() {
  const result = await stylelint.lint({
    cwd: HERE,
    files: [join(PROJECT, 'assets', '*.css')],
    config: {
      rules: {
        'block-no-empty': true,
        'color-no-invalid-hex': true,
        'declaration-block-no-duplicate-properties': true,
        'declaration-block-no-shorthand-property-overrides': true,
        'declaration-no-important': true,
        'font-family-no-duplicate-names': true,
        'function-calc-no-unspaced-operator': true,
        'media-feature-name-no-unknown': true,
        'no-duplicate-at-import-rules': true,
        'no-duplicate-selectors': true,
        'no-invalid-double-slash-comments': true,
        'property-no-unknown': true,
        'property-disallowed-list': [['animation', 'transition', '/^animation-/', '/^transition-/']],
        'selector-pseudo-class-no-unknown': true,
        'selector-pseudo-element-no-unknown': true,
        'selector-type-no-unknown': true,
        'string-no-newline': true,
        'unit-no-unknown': true
      }
    }
  })
  return result.results.flatMap(r => r.warnings.map(w => `${r.source}:${w.line}: ${w.text}`))
}

// What `look` leaves out on dark ground rests on this: the dark scheme gives colours to names.
function darkColours() {
  const found = []
  let blocks = 0
  for (const name of readdirSync(join(PROJECT, 'assets')).filter(name => name.endsWith('.css'))) {
    const text = readFileSync(join(PROJECT, 'assets', name), 'utf8').replace(/\/\*.*?\*\//gs, '')
    const all = text.match(/prefers-color-scheme/g)?.length ?? 0
    const plain = /@media screen and \(prefers-color-scheme: dark\) \{\s*:root \{(?:\s*--\w+: #[0-9a-f]{6};)+\s*\}\s*\}/g
    blocks += all
    if ((text.match(plain)?.length ?? 0) !== all) found.push(`${name}: the dark scheme is more than colours`)
  }
  if (blocks === 0) found.push('there is no dark scheme')
  return found
}

function tools() {
  const found = []
  for (const [name, flag] of [['java', '-version'], ['xmllint', '--version']]) {
    try {
      execFileSync(name, [flag], { stdio: 'ignore' })
    } catch {
      found.push(`${name} cannot be run`)
    }
  }
  return found
}

export async function checkMarkup(site) {
  const pages = site.sample()
  await check('tools', tools)
  await check(`vnu, ${pages.length} pages`, () => vnu(site, pages))
  await check(`html-validate, ${pages.length} pages`, () => htmlValidate(site, pages))
  await check('policy names every inline element', () => policies(site))
  await check('titles and descriptions', () => heads(site))
  await check('page weight', () => weights(site))
  await check('script size', () => scriptSizes(site))
  await check('links and clicks', () => links(site))
  await check('linkinator', () => linkinator(site, pages))
  await check('feeds', () => feeds(site))
  await check('JSON twins', () => twins(site))
  await check('stylelint', style)
  await check('dark scheme gives colours alone', darkColours)
}
