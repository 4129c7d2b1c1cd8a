// usage: node injection.mjs TALLYPRESS   A site of hostile names in a real browser: no dialog, no
// request, no report of the policy, no element that is not ours; and valid pages, tables that
// calculate nothing, reports that other tools read.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { BASE, buildHostileSite, PAYLOADS } from './hostile.mjs'
import { CHROMIUM, FLAGS } from './look.mjs'
import { policies, vnu } from './markup.mjs'
import { check, finish, note } from './report.mjs'
import { Site } from './site.mjs'

const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

// Runs in the page before anything of it.
function watchPage() {
  globalThis.reports = []
  document.addEventListener('securitypolicyviolation', e => globalThis.reports.push(`${e.violatedDirective} ${e.blockedURI}`))
}

// What no page of ours has, and where its links lead.
function inspectPage() {
  const strange = 'iframe,object,embed,img,image,form,base,foreignObject,meta[http-equiv="refresh" i],audio,video'
  const found = [...document.querySelectorAll(strange)].map(e => `<${e.tagName}>`)
  for (const element of document.querySelectorAll('*'))
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) found.push(`${element.tagName} ${name}`)
      const leads = ['href', 'src', 'action', 'xlink:href', 'formaction'].includes(name)
      if (leads && /^\s*(javascript|data|vbscript):/i.test(value) && value !== 'data:,') found.push(`${name}=${value}`)
      if (leads && /evil\.example/.test(new URL(value, document.baseURI).host)) found.push(`${name}=${value}`)
    }
  return [...found, ...globalThis.reports]
}

async function browse(site) {
  const found = []
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  const context = await browser.newContext()
  await context.addInitScript(watchPage)
  const tab = await context.newPage()
  let own = ''
  tab.on('dialog', dialog => { found.push(`${own}: dialog ${dialog.message()}`); dialog.dismiss() })
  tab.on('request', r => { if (r.url() !== own && !r.url().startsWith('data:')) found.push(`${own} asks for ${r.url()}`) })
  tab.on('console', message => found.push(`${own}: ${message.text()}`))
  tab.on('pageerror', error => found.push(`${own}: ${error.message}`))
  for (const page of site.pages) {
    own = pathToFileURL(join(site.root, page)).href
    await tab.goto(own)
    await tab.evaluate(() => document.querySelectorAll('details').forEach(d => (d.open = true)))
    for (const head of await tab.$$('th[aria-sort] button, th button')) await head.click().catch(() => {})
    for (const finding of await tab.evaluate(inspectPage)) found.push(`${page}: ${finding}`)
  }
  await browser.close()
  return found
}

function* csvCells(text) {
  for (const [, quoted, plain] of text.replaceAll('\r\n', '\n').matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^",\n]*))/g))
    yield quoted?.replaceAll('""', '"') ?? plain ?? ''
}

function tables(site) {
  const found = []
  for (const path of site.files) {
    if (path.endsWith('.json')) JSON.parse(site.read(path))
    if (!path.endsWith('.csv')) continue
    for (const cell of csvCells(site.read(path)))
      if (/^[=+@\t\r\n-]/.test(cell) && !/^-?\d/.test(cell)) found.push(`${path}: ${cell}`)
  }
  return found
}

// Sitemap, feed and llms.txt hold their own elements and links, and nothing else.
function listings(site) {
  const found = []
  const own = new Set('urlset url loc lastmod feed id title link author name updated entry summary'.split(' '))
  for (const path of site.files.filter(path => path.endsWith('.xml'))) {
    execFileSync('xmllint', ['--noout', join(site.root, path)], { stdio: 'pipe' })
    const text = site.read(path)
    for (const [, name] of text.matchAll(/<\/?([^\s>/?]+)/g)) if (!own.has(name)) found.push(`${path}: <${name}>`)
    for (const [, url] of text.matchAll(/(?:href="|<loc>)([^"<]*)/g)) if (!url.startsWith(BASE)) found.push(`${path}: ${url}`)
  }
  if (!site.files.some(path => path.endsWith('feed.xml'))) found.push('no feed')
  const text = /(?:\\.|[^\\[\]<`*_|])*/.source
  const line = new RegExp(`^(?:$|#+ ${text}$|> ${text}$|${text}$|- \\[${text}\\]\\(${BASE}[a-z0-9./-]*\\): ${text}$)`)
  for (const one of site.read('llms.txt').split('\n')) if (!line.test(one)) found.push(`llms.txt: ${one}`)
  return found
}

function reports(site) {
  const found = []
  for (const path of site.files.filter(path => path.endsWith('.pdf'))) {
    execFileSync('qpdf', ['--check', join(site.root, path)], { stdio: 'pipe' })
    const plain = execFileSync('qpdf', ['--qdf', '--object-streams=disable', join(site.root, path), '-'], { maxBuffer: 1 << 28 }).toString('latin1')
    if (/\/(JavaScript|JS|Launch|OpenAction|SubmitForm)\b/.test(plain)) found.push(`${path}: acts`)
    for (const [, uri] of plain.matchAll(/\/URI \(([^)]*)\)/g))
      if (!/^(https?|mailto):/.test(uri)) found.push(`${path}: leads to ${uri}`)
  }
  return found
}

// The names are there to be read, as text.
function shown(site) {
  const all = site.pages.map(page => site.read(page)).join('\n')
  return PAYLOADS.filter(p => /^[\x20-\x7e]+$/.test(p) && !all.includes(p.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')) &&
    !all.includes(p.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')))
}

const tallypress = resolve(process.argv[2])
const work = mkdtempSync(join(tmpdir(), 'hostile-'))
try {
  const site = new Site(buildHostileSite(work, REPOSITORY, tallypress))
  note(`${site.pages.length} pages of a hostile project`)
  await check('hostile: every name is shown as text', () => shown(site))
  await check('hostile: nothing runs or loads in the browser', () => browse(site))
  await check('hostile: policies name every inline element', () => policies(site))
  await check('hostile: pages are valid', () => vnu(site, site.pages))
  await check('hostile: tables calculate nothing, JSON parses', () => tables(site))
  await check('hostile: sitemap, feed and llms.txt hold text', () => listings(site))
  await check('hostile: reports act on nothing', () => reports(site))
} finally {
  if (!process.env.KEEP) rmSync(work, { recursive: true })
}
process.exit(finish())
