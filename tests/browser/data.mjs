// The figures of the pages: every page has its data as CSV and JSON, rounded alike, and every chart
// says in words what it shows and has its numbers as a table.
import { posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { check, note } from './report.mjs'

// Prose and a form have no data of their own.
const NO_DATA = /^(404|method\/index|glossary\/index|calculator\/index)\.html$/

const links = html => [...html.matchAll(/<a href="([^":#]*)"/g)].map(m => m[1])

// A page links a CSV and a JSON, its own or, for one of many alike, those with a row for each.
function dataOfPages(site) {
  const found = []
  for (const page of site.pages) {
    if (NO_DATA.test(page)) continue
    const near = links(site.read(page)).map(href => posix.join(posix.dirname(page), href))
    for (const kind of ['csv', 'json'])
      if (!near.some(path => path.endsWith('.' + kind) && site.has(path)))
        found.push(`${page}: no ${kind.toUpperCase()}`)
  }
  return found
}

const plain = html =>
  html
    .replace(/<abbr.*?<\/abbr>/g, '')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

// Each cell of a table stands in its row of the file, in the same order, letter for letter.
function tablesAsFiles(site, pages) {
  const found = []
  let cells = 0
  for (const page of pages) {
    const html = site.read(page)
    const tables = html.matchAll(
      /aria-labelledby="([a-z0-9_]+)-c">(<table.*?<\/table>)<\/div><p class="get">/gs
    )
    for (const [, name, table] of tables) {
      const path = posix.join(posix.dirname(page), name + '.json')
      if (!site.has(path)) continue
      const { rows } = JSON.parse(site.read(path))
      const shown = [...table.split('<tbody>')[1].matchAll(/<tr>(.*?)<\/tr>/gs)]
      shown.forEach(([, row], i) => {
        const said = Object.values(rows[i] ?? []).map(cell => cell.shown ?? cell.value)
        let at = 0
        for (const [, text] of row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)) {
          const wanted = plain(text)
          if (wanted === '–') continue
          cells++
          const next = said.indexOf(wanted, at)
          if (next < 0) return found.push(`${page} ${name} row ${i + 1}: "${wanted}" is not in ${path}`)
          at = next + 1
        }
      })
    }
  }
  note(`${cells} cells compared`)
  if (cells === 0) found.push('no cell was compared')
  return found
}

function charts(site) {
  const found = []
  let count = 0
  let most = 0
  for (const page of site.pages) {
    const html = site.read(page)
    for (const [svg] of html.matchAll(/<svg class="chart".*?<\/svg>(\s*<details[^>]*>.*?<table)?/gs)) {
      count++
      const title = /<title>([^<]+)</.exec(svg)?.[1]
      const desc = /<desc>([^<]+)</.exec(svg)?.[1]
      const drawing = svg.slice(0, svg.indexOf('</svg>') + 6)
      most = Math.max(most, gzipSync(drawing).length)
      if (!/^<svg[^>]* role="img"><title>[^<]+<\/title><desc>[^<]+<\/desc>/.test(svg)) found.push(`${page}: a chart is no image`)
      if (!title) found.push(`${page}: a chart without a title`)
      if (!desc || !/\d/.test(desc)) found.push(`${page}: "${title}" is not described`)
      if (!/<details/.test(svg)) found.push(`${page}: "${title}" has no table`)
      if (/ style=|-0[ <"]|\d\.\d{7}|NaN|inf/.test(drawing.replace(/<(title|desc).*?<\/\1>/g, '')))
        found.push(`${page}: "${title}" has a style, -0, NaN or needless digits`)
    }
  }
  note(`${count} charts, the largest ${most} bytes gzip`)
  if (count === 0) found.push('there is no chart')
  return found
}

// Every kind of chart is in use somewhere: descriptions begin with it, and panels name each series.
function chartKinds(site) {
  const seen = new Set()
  for (const page of site.pages)
    for (const [, desc] of site.read(page).matchAll(/<desc>([^<]*)/g)) {
      seen.add(/^[A-Z][a-z ]*/.exec(desc)?.[0] ?? desc)
      if (/ on the frontier/.test(desc)) seen.add('Frontier')
    }
  note([...seen].sort().join(', '))
  const wanted = ['Lines', 'Points', 'Frontier', 'Bars', 'Stacked bars', 'Roofline', 'Table of shades']
  return wanted.filter(kind => !seen.has(kind)).map(kind => `no ${kind}`)
}

// The calculator is a click away, with the values of the page.
function ownNumbers(site) {
  const found = []
  for (const page of site.pages) {
    const [, model, gpu] = /^models\/([^/]+)\/(?:([^/]+)\/)?index\.html$/.exec(page) ?? []
    const html = site.read(page)
    const wanted = !model ? '' : /^(price|training)$/.test(gpu) ? '' : gpu ? `#model=${model}&amp;gpu=${gpu}` : `#model=${model}`
    if (page !== '404.html' && page !== 'calculator/index.html' && !new RegExp(`calculator/index.html${wanted}["&]`).test(html))
      found.push(`${page}: no link to the calculator${wanted}`)
  }
  return found
}

export async function checkData(site) {
  const pages = site.sample()
  await check('every page as CSV and JSON', () => dataOfPages(site))
  await check('files rounded as the pages', () => tablesAsFiles(site, pages))
  await check('charts described, with their numbers', () => charts(site))
  await check('every kind of chart', () => chartKinds(site))
  await check('calculator with the values of the page', () => ownNumbers(site))
}
