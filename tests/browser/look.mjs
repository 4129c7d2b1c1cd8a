// What a reader's browser does with the pages: accessibility, requests, width, sorting, paper.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { check } from './report.mjs'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
export const FLAGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu']

// Opens pages from disk, one context for all of them, and gathers what `look` complains of.
async function visit(browser, site, pages, options, look) {
  const found = []
  const context = await browser.newContext(options)
  const tab = await context.newPage()
  for (const page of pages) {
    await tab.goto(pathToFileURL(join(site.root, page)).href)
    for (const finding of (await look(tab, page)) ?? []) found.push(`${page}: ${finding}`)
  }
  await context.close()
  return found
}

// Every rule on light ground, then those of colours on dark, where nothing but colours differs (a
// check of the style sheets says so).
async function axe(browser, site, pages, options) {
  const run = only =>
    globalThis.axe.run({ resultTypes: ['violations'], ...(only && { runOnly: { type: 'rule', values: only } }) })
  const look = async tab => {
    await tab.evaluate(() => document.querySelectorAll('details').forEach(d => (d.open = true)))
    await tab.evaluate(AXE) // from the debugger: the page's policy does not see it
    const light = await tab.evaluate(run, null)
    await tab.emulateMedia({ colorScheme: 'dark' })
    const dark = await tab.evaluate(run, ['color-contrast', 'link-in-text-block'])
    await tab.emulateMedia({ colorScheme: 'light' })
    const said = (scheme, { violations }) =>
      violations.map(v => `${scheme} ${v.id}: ${v.nodes[0].target} ${v.nodes[0].failureSummary}`)
    return [...said('light', light), ...said('dark', dark)]
  }
  return visit(browser, site, pages, options, look)
}

// One request a page, its own; nothing in the console.
async function quiet(browser, site, pages) {
  const found = []
  const context = await browser.newContext()
  const tab = await context.newPage()
  let own = ''
  tab.on('request', r => {
    if (r.url() !== own && !r.url().startsWith('data:')) found.push(`${own} asks for ${r.url()}`)
  })
  tab.on('console', message => found.push(`${own}: ${message.text()}`))
  tab.on('pageerror', error => found.push(`${own}: ${error.message}`))
  for (const page of pages) {
    own = pathToFileURL(join(site.root, page)).href
    await tab.goto(own)
  }
  await context.close()
  return found
}

// Runs in the page: above the heads in sight no room is left that only heads beyond the edge need.
function blankHeads() {
  const found = []
  for (const row of document.querySelectorAll('section > .scroll thead tr')) {
    const tops = [...row.cells]
      .filter(head => head.getBoundingClientRect().right <= innerWidth)
      .map(head => {
        const text = document.createRange()
        text.selectNodeContents(head)
        return text.getBoundingClientRect().top
      })
    const blank = Math.min(...tops) - row.getBoundingClientRect().top
    if (tops.length > 0 && blank > 26) found.push(`${blank} px above "${row.cells[0].textContent}"`)
  }
  return found
}

// Runs in the page: rows are whole pixels high, or a sticky cell hides the hairline above it.
function halfRows() {
  const heights = [...document.querySelectorAll('tbody tr')].map(row => row.getBoundingClientRect().height)
  const half = heights.filter(height => Math.abs(height - Math.round(height)) > 0.01)
  return half.length > 0 ? [`${half.length} rows are not whole pixels high, one ${half[0]}`] : []
}

// Runs in the page: choices under each other do not touch.
function touching() {
  const boxes = [...document.querySelectorAll('.filters select')].map(s => s.getBoundingClientRect())
  const near = boxes.filter((b, i) => i > 0 && b.top > boxes[i - 1].top && b.top - boxes[i - 1].bottom < 2)
  return near.length > 0 ? [`${near.length} choices touch the one above`] : []
}

async function narrow(browser, site, pages) {
  return visit(browser, site, pages, { viewport: { width: 320, height: 640 } }, async tab => {
    const width = await tab.evaluate(() => document.documentElement.scrollWidth)
    const blank = await tab.evaluate(blankHeads)
    const found = [...blank, ...(await tab.evaluate(halfRows)), ...(await tab.evaluate(touching))]
    return width > 320 ? [`${width} px wide`, ...found] : found
  })
}

// Runs in the page: sorts by every column both ways and compares with the raw values.
function sortEverything() {
  const found = []
  let columns = 0
  for (const table of document.querySelectorAll('table[data-s]')) {
    const heads = [...table.tHead.rows[0].cells]
    heads.forEach((head, i) => {
      const button = head.querySelector('button')
      if (!button) return found.push(`no button in "${head.textContent}"`)
      columns++
      for (const way of ['ascending', 'descending']) {
        button.click()
        const sorted = table.querySelectorAll('[aria-sort]')
        if (sorted.length !== 1 || head.getAttribute('aria-sort') !== way)
          found.push(`"${head.textContent}" is not aria-sort=${way} alone`)
        const said = document.querySelector('.vh[role=status]')?.textContent ?? ''
        if (!said.includes(way)) found.push(`"${head.textContent}" is not announced: "${said}"`)
        const keys = [...table.tBodies[0].rows].map(row => {
          const cell = row.cells[i]
          if (cell.classList.contains('x')) return null
          if (head.className === 't') return cell.textContent
          const text = cell.dataset.v ?? cell.textContent
          return text === '' || Number.isNaN(Number(text)) ? null : Number(text)
        })
        const missing = keys.indexOf(null)
        if (missing >= 0 && keys.slice(missing).some(key => key !== null))
          found.push(`"${head.textContent}" ${way}: a missing value is not last`)
        const present = keys.filter(key => key !== null)
        const collator = new Intl.Collator('en', { numeric: true })
        for (let k = 1; k < present.length; k++) {
          const [a, b] = [present[k - 1], present[k]]
          const order = typeof a === 'string' ? collator.compare(a, b) : a - b
          if (way === 'ascending' ? order > 0 : order < 0) {
            found.push(`"${head.textContent}" ${way}: ${a} before ${b}`)
            break
          }
        }
      }
    })
  }
  return { found, columns }
}

async function sorting(browser, site, pages) {
  let columns = 0
  const found = await visit(browser, site, pages, {}, async tab => {
    const result = await tab.evaluate(sortEverything)
    columns += result.columns
    return result.found
  })
  if (columns === 0) found.push('no sortable column was found')
  return found
}

async function filters(browser, site, pages) {
  return visit(browser, site, pages, {}, tab =>
    tab.evaluate(() => {
      const found = []
      for (const select of document.querySelectorAll('.filters select')) {
        const rows = [...select.closest('.filters').nextElementSibling.querySelectorAll('tbody tr')]
        const shown = () => rows.filter(row => row.offsetParent !== null)
        if (select.options.length < 2) continue
        const wanted = select.options[1].value
        select.value = wanted
        select.dispatchEvent(new Event('change'))
        const some = shown()
        if (some.length === 0 || !some.every(row => row.textContent.includes(wanted)))
          found.push(`filter ${wanted} shows ${some.length} of ${rows.length}`)
        select.value = ''
        select.dispatchEvent(new Event('change'))
        if (shown().length !== rows.length) found.push('"all" does not show all')
      }
      return found
    })
  )
}

async function find(browser, site) {
  return visit(browser, site, ['index.html'], {}, async tab => {
    const input = tab.locator('.find input')
    if (!(await input.isVisible())) return ['the search field is not shown']
    const rows = tab.locator('tbody tr:visible, .links li:visible')
    const before = await rows.count()
    const word = (await tab.locator('tbody th[scope=row]').first().textContent()).trim()
    await input.fill(word)
    const after = await rows.count()
    const found = after > 0 && after < before ? [] : [`"${word}" leaves ${after} of ${before}`]
    const said = tab.locator('.find [role=status]')
    const first = await tab.locator('tbody tr:visible').first().boundingBox()
    if (!first || first.y > 720) found.push(`"${word}" is found out of sight`)
    if ((await said.textContent()).trim() !== `${after} found`) found.push(`${await said.textContent()}, not ${after}`)
    await input.fill('(.* zz')
    if ((await rows.count()) || !(await said.textContent()).includes('nothing')) found.push('found what is not there')
    await input.fill(' ')
    if ((await rows.count()) !== before || (await said.textContent())) found.push('an empty search hides rows')
    return found
  })
}

// Scripts off: no control that does nothing, and every row of every table is there.
async function still(browser, site, pages) {
  const with_ = new Map()
  const count = tab =>
    tab.evaluate(() => [
      document.querySelectorAll('tbody:not([id]) tr').length, // a script fills the one with an id
      document.querySelectorAll('thead button, select, input').length,
      document.querySelector('main').innerText.length
    ])
  await visit(browser, site, pages, {}, async (tab, page) => {
    with_.set(page, await count(tab))
  })
  return visit(browser, site, pages, { javaScriptEnabled: false }, async (tab, page) => {
    const [rows] = with_.get(page)
    const html = site.read(page)
    const own = (html.match(/<tr[ >]/g) ?? []).length - (html.match(/<thead><tr>/g) ?? []).length
    const found = []
    if (own !== rows) found.push(`${own} rows without scripts, ${rows} with`)
    if (await tab.locator('thead button:visible, select:visible').count())
      found.push('idle controls')
    const field = tab.locator('.find')
    if ((await field.count()) && (await field.isVisible())) found.push('idle search field')
    if (!(await tab.locator('h1').isVisible())) found.push('no heading is shown')
    return found
  })
}

// Runs in the page: on paper rows are no whole pixels high, and a cell with a ground hides the line
// above it.
function grounds() {
  const clear = ['transparent', 'rgba(0, 0, 0, 0)']
  const found = [...document.querySelectorAll('th')].filter(
    th => !clear.includes(getComputedStyle(th).backgroundColor)
  )
  return found.length > 0 ? [`${found.length} heads have a ground on paper`] : []
}

// A table over several sheets shows its head on each.
async function paper(browser, site, pages) {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'))
  const file = join(folder, 'page.pdf')
  let long = 0
  const found = await visit(browser, site, pages, {}, async tab => {
    const head = await tab.evaluate(() => {
      const tables = [...document.querySelectorAll('section > .scroll > table')]
      const table = tables.find(t => t.tBodies[0].rows.length > 60)
      return table && [table.tHead.rows[0].cells[0].firstChild.textContent.trim()]
    })
    if (!head) return []
    long++
    await tab.emulateMedia({ media: 'print' })
    const painted = await tab.evaluate(grounds)
    await tab.pdf({ path: file, format: 'A4' })
    await tab.emulateMedia({ media: null })
    const text = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout
    const sheets = text.split('\f').filter(sheet => sheet.includes(head[0]))
    return sheets.length > 1 ? painted : [`"${head[0]}" stands on ${sheets.length} sheet`]
  })
  rmSync(folder, { recursive: true })
  if (long === 0) found.push('no table is longer than a sheet')
  return found
}

// In forced colours every text keeps a system colour and marks stay visible.
async function forced(browser, site, pages) {
  const options = { forcedColors: 'active', colorScheme: 'dark' }
  return visit(browser, site, pages, options, tab =>
    tab.evaluate(() => {
      const found = []
      const ground = getComputedStyle(document.body).backgroundColor
      for (const element of document.querySelectorAll('h1, p, td, th, a, svg text, svg .l')) {
        const style = getComputedStyle(element)
        const svg = element instanceof SVGElement
        const inks = svg ? [style.fill, style.stroke] : [style.color]
        if (inks.every(ink => ink === ground || ink === 'none'))
          found.push(`${element.tagName} ${element.textContent.slice(0, 30)} is ${inks}`)
      }
      return found.slice(0, 3)
    })
  )
}

// Runs in the page: a chart lies whole on the screen, its texts can be read and none over another.
function chartTexts() {
  const found = []
  for (const svg of document.querySelectorAll('svg.chart')) {
    const name = svg.querySelector('title').textContent
    if (svg.getBoundingClientRect().right > innerWidth) found.push(`"${name}" is cut off`)
    const texts = [...svg.querySelectorAll('text')].map(t => [t, t.getBoundingClientRect()])
    const size = parseFloat(getComputedStyle(svg).fontSize) * svg.getCTM().a
    if (size < 8) found.push(`"${name}" is set in ${size.toFixed(1)} px`)
    texts.forEach(([t, a], i) => {
      if (a.right > innerWidth + 1) found.push(`"${t.textContent}" is cut off`)
      for (const [u, b] of texts.slice(i + 1)) {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        if (wide > 1 && high > 0.45 * Math.min(a.height, b.height))
          found.push(`"${t.textContent}" lies over "${u.textContent}"`)
      }
    })
  }
  return found.slice(0, 5)
}

// Runs in the page: beside a chart stands another block, or its own numbers.
function emptyHalves() {
  const found = []
  for (const section of document.querySelectorAll('section:has(> .chart)')) {
    const top = section.getBoundingClientRect().top
    const beside = [...section.parentElement.children].some(
      other => other !== section && Math.abs(other.getBoundingClientRect().top - top) < 2
    )
    const own = section.querySelector('details[open] table')?.getBoundingClientRect()
    if (!beside && !(own?.left > section.querySelector('svg').getBoundingClientRect().right))
      found.push(`nothing stands beside "${section.querySelector('h2').textContent}"`)
  }
  return found
}

// Runs in the page: where two blocks stand abreast, each heading stays with what it is of.
function farHeads() {
  const text = document.createRange()
  return [...document.querySelectorAll('.two > section > h2')]
    .map(h2 => {
      text.selectNodeContents(h2)
      return [h2, h2.nextElementSibling.getBoundingClientRect().top - text.getBoundingClientRect().bottom]
    })
    .filter(([, gap]) => gap > 24)
    .map(([h2, gap]) => `"${h2.textContent}" stands ${gap} px above its block`)
}

// Runs in the page: what is drawn only in sight lies near the top, or a picture of the whole page,
// which browsers take without scrolling, has a blank there.
function drawnLate() {
  return [...document.querySelectorAll('main *')]
    .filter(e => getComputedStyle(e).contentVisibility === 'auto' && e.getBoundingClientRect().top > 2.5 * innerHeight)
    .map(e => `"${e.querySelector('caption')?.textContent}" is blank in a picture of the page`)
}

async function filled(browser, site, pages) {
  const options = { viewport: { width: 1280, height: 900 } }
  return visit(browser, site, pages, options, async tab => [
    ...(await tab.evaluate(emptyHalves)),
    ...(await tab.evaluate(farHeads)),
    ...(await tab.evaluate(drawnLate))
  ])
}

async function charts(browser, site, pages, width) {
  return visit(browser, site, pages, { viewport: { width, height: 900 } }, tab => tab.evaluate(chartTexts))
}

async function motion(browser, site, pages) {
  return visit(browser, site, pages, {}, tab =>
    tab.evaluate(() => {
      const moves = style => style.animationName !== 'none' || style.transitionDuration !== '0s'
      const found = [...document.querySelectorAll('*')].filter(e => moves(getComputedStyle(e)))
      return found.slice(0, 3).map(e => `${e.tagName} moves`)
    })
  )
}

export async function checkAxe(site) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  const pages = site.sample(2)
  for (const width of [320, 1280]) {
    const options = { colorScheme: 'light', viewport: { width, height: 900 } }
    await check(`axe ${width} px, light and dark, ${pages.length} pages`, () => axe(browser, site, pages, options))
  }
  await browser.close()
}

export async function checkLooks(site) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  const pages = site.sample(2)
  const several = site.sample()
  const all = `${several.length} pages`
  await check(`one request, quiet console, ${all}`, () => quiet(browser, site, several))
  await check(`no sideways scroll, no blank above heads, whole rows, choices apart at 320 px, ${all}`, () => narrow(browser, site, several))
  for (const width of [320, 1280])
    await check(`charts whole and legible at ${width} px, ${all}`, () => charts(browser, site, several, width))
  await check(`no half row empty, heads by their blocks, no blank in a picture at 1280 px, ${all}`, () => filled(browser, site, several))
  await check(`sorting, ${all}`, () => sorting(browser, site, several))
  await check(`filters, ${all}`, () => filters(browser, site, several))
  await check('search on the index', () => find(browser, site))
  await check(`scripts off, ${all}`, () => still(browser, site, several))
  await check('table heads on every sheet, every hairline whole', () => paper(browser, site, several))
  await check(`forced colours, ${pages.length} pages`, () => forced(browser, site, pages))
  await check(`nothing moves, ${pages.length} pages`, () => motion(browser, site, pages))
  await browser.close()
}
