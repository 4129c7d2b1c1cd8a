// The calculator answers as the command line does, to 1e-9, and is absent where scripts are off.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { commands } from './command.mjs'
import { check, note } from './report.mjs'
import { CHROMIUM, FLAGS } from './look.mjs'

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const BINARY = process.env.TALLYPRESS ?? join(PROJECT, 'build', 'tallypress')
const KIB = 1024

// Every seventh model, on what serves it cheapest or one of the GPUs in turn, with fields that change as it goes.
function questions(data) {
  const engines = data.engines.map(e => e[0])
  return data.models
    .filter((_, i) => i % 7 === 0)
    .map(([model, , , gpu, count], i) => ({
      model,
      gpu: i % 3 && gpu ? gpu : data.gpus[(i * 5) % data.gpus.length][0],
      count: i % 3 ? count : [8, 1, 4, 2][i % 4],
      engine: engines[i % engines.length],
      serving: i % 3 === 0 ? 0 : 1,
      input: [2035, 16035, 500, 1][i % 4],
      output: [300, 1000, 2000, 2][i % 4],
      batch: [0, 1, 16, 64][(i + 1) % 4],
      price: (1 + i / 7).toFixed(3),
      gamma: [0.3, 0, 1][i % 3],
      utilisation: [1, 0.5, 0.013][i % 3]
    }))
}

const get = (object, path) => path.split('.').reduce((o, key) => o?.[key], object)

// Rows of the page by label, and what the command line calls them.
const PAIRS = {
  'Price of output': 'price.usd_per_million_output',
  'Price of input': 'price.usd_per_million_input',
  'Output per dollar': 'price.output_tokens_per_usd',
  Output: 'throughput.output_tokens_per_s',
  'Each request': 'throughput.output_tokens_per_s_per_request',
  'First token': 'throughput.ttft_s',
  'Each further token': 'throughput.tpot_s',
  'Whole request': 'throughput.request_s',
  'Requests at once': 'batch',
  'Most that fit': 'memory.max_batch',
  'Fewest GPUs': 'memory.min_gpus',
  Weights: 'memory.weights_bytes',
  'KV cache per token': 'memory.kv_bytes_per_token',
  'Memory in use': 'memory.total_bytes',
  'Memory there is': 'memory.capacity_bytes'
}

async function answers(tab, url, question) {
  await tab.goto(`${url}#${new URLSearchParams(question)}`)
  await tab.reload() // a change of the fragment alone does not load the page again
  await tab.waitForSelector('#calculator:not([hidden])')
  return tab.evaluate(() => ({
    command: document.getElementById('command').textContent,
    sentence: document.getElementById('sentence').textContent,
    rows: Object.fromEntries(
      [...document.querySelectorAll('#answers tr')].map(row => [
        row.cells[0].textContent,
        Number(row.cells[1].dataset.v)
      ])
    )
  }))
}

// Where a question is infeasible the command line says null; the page need not have the figure.
function differences(question, page, cli) {
  const found = []
  for (const [label, path] of Object.entries(PAIRS)) {
    const expected = get(cli, path)
    const value = page.rows[label]
    if (expected === null || expected === undefined) continue
    const apart = Math.abs(value - expected) / Math.max(Math.abs(expected), 1e-300)
    if (!(value === expected || apart <= 1e-9))
      found.push(`${question.model} on ${question.gpu}: ${label} ${value}, not ${expected}`)
  }
  return found
}

async function equal(browser, url) {
  const tab = await browser.newPage()
  const found = []
  tab.on('console', message => found.push(message.text()))
  tab.on('pageerror', error => found.push(error.message))
  await tab.goto(url)
  const data = JSON.parse(await tab.locator('#inputs').textContent())
  let feasible = 0
  const asked = questions(data)
  for (const question of asked) {
    const page = await answers(tab, url, question)
    if (!page.command) {
      found.push(`${question.model} on ${question.gpu}: ${page.sentence}`)
      continue
    }
    const run = spawnSync(BINARY, [...page.command.split(' ').slice(1), '--json'], {
      encoding: 'utf8',
      cwd: PROJECT
    })
    if (run.status !== 0) found.push(`${page.command}: ${run.stderr.slice(0, 200)}`)
    else {
      const cli = JSON.parse(run.stdout)
      feasible += cli.feasible
      found.push(...differences(question, page, cli))
    }
  }
  note(`${asked.length} questions, ${feasible} feasible`)
  if (feasible < asked.length / 3) found.push('too few questions are feasible')
  await tab.close()
  return found
}

// From a pair's page its link leads to the very numbers the page gives.
async function followed(browser, site) {
  const tab = await browser.newPage()
  const found = []
  const pairs = site.pages.filter(page => site.kind(page) === 'models/*/*')
  let compared = 0
  for (let i = 0; i < pairs.length; i += Math.ceil(pairs.length / 40)) {
    await tab.goto(pathToFileURL(join(site.root, pairs[i])).href)
    const figures = await tab.locator('.figures b').allTextContents()
    const link = tab.locator('a[href*="calculator/index.html#"][href*="&batch="]')
    if (figures.length < 2 || !(await link.count())) continue
    await link.first().click()
    await tab.waitForSelector('#calculator:not([hidden])')
    const said = await tab.locator('#sentence').textContent()
    const wanted = [`${figures[0]} output tokens/s`, figures[3] && `${figures[3]} per 1M output tokens`]
    for (const words of wanted.filter(Boolean))
      if (!said.includes(words)) found.push(`${pairs[i]} says ${words}, its link: ${said}`)
    compared++
  }
  if (compared < 10) found.push(`only ${compared} pages were followed`)
  await tab.close()
  return found
}

// A field without a value it takes gets a sentence that names it, not an answer to another question.
async function refused(browser, url) {
  const tab = await browser.newPage()
  const found = []
  tab.on('pageerror', error => found.push(error.message))
  await tab.goto(url)
  const asked = { count: '1', input: '2035', output: '300', batch: '0', price: '3', gamma: '0.3', utilisation: '0.5' }
  const sentence = () => tab.locator('#sentence').textContent()
  for (const [id, good] of Object.entries(asked)) {
    const field = tab.locator(`#${id}`)
    const label = (await tab.locator(`label:has(#${id})`).textContent()).trim()
    for (const odd of ['', '-5', '1e300', '1e', '99999999999', '1.5', '0']) {
      await field.fill('')
      await field.pressSequentially(odd)
      const said = await sentence()
      const may = await field.evaluate(e => e.validity.valid && (e.value !== '' || e.id === 'price'))
      const answered = (await tab.locator('#answers tr').count()) > 0 && (await tab.locator('#command').textContent()) !== ''
      if (may !== answered || (!may && !said.startsWith(`“${label}” takes a `)))
        found.push(`${label} of "${odd}": ${said}`)
    }
    await field.fill(good)
    if (!(await sentence()).includes('output tokens/s')) found.push(`${label} of "${good}": ${await sentence()}`)
  }
  for (const link of ['model=no-such&gpu=none', 'gpu=none&weights=none&kv=none&engine=none&serving=9&sentence=x', 'input=x&count=']) {
    await tab.goto(`${url}#${link}`)
    await tab.reload()
    if (!(await tab.locator('#calculator').isVisible())) found.push(`#${link}: no calculator`)
    if (!/output tokens|takes a /.test(await sentence())) found.push(`#${link}: ${await sentence()}`)
  }
  await tab.close()
  return found
}

async function absent(browser, url) {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const tab = await context.newPage()
  await tab.goto(url)
  const found = []
  if (await tab.locator('#calculator').isVisible()) found.push('idle fields are shown')
  if (!(await tab.locator('#off').isVisible())) found.push('nothing says what to do instead')
  await context.close()
  return found
}

function size(site) {
  const html = site.read('calculator/index.html')
  const script = /<script>(const ENGINE='[^']*')/.exec(html)?.[1] ?? ''
  const engine = gzipSync(script, { level: 9 }).length
  const page = site.gzipBytes('calculator/index.html')
  note(`engine ${(engine / KIB).toFixed(1)} KiB, page ${(page / KIB).toFixed(1)} KiB gzip`)
  return script && page <= 40 * KIB ? [] : [`${page} bytes`]
}

// The module in the binary is what the sources of the engine give.
function fresh() {
  const folder = mkdtempSync(join(tmpdir(), 'calculator-'))
  const file = join(folder, 'calculator.wasm')
  const run = spawnSync(join(PROJECT, 'tests', 'browser', 'calculator.sh'), [file], { encoding: 'utf8' })
  const found = []
  if (run.status !== 0) found.push(run.stderr.slice(0, 300) || `calculator.sh ends with ${run.status}`)
  else if (!readFileSync(file).equals(readFileSync(join(PROJECT, 'assets', 'calculator.wasm'))))
    found.push('assets/calculator.wasm is not of these sources: run tests/browser/calculator.sh')
  rmSync(folder, { recursive: true })
  return found
}

export async function checkCalculator(site) {
  if (!existsSync(BINARY)) execFileSync('make', ['-s', 'all'], { cwd: PROJECT })
  const url = pathToFileURL(join(site.root, 'calculator', 'index.html')).href
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  await check('calculator equals the command line', () => equal(browser, url))
  await check('calculator opens at the numbers of a page', () => followed(browser, site))
  await check('calculator names a field it cannot take', () => refused(browser, url))
  await check('calculator absent with scripts off', () => absent(browser, url))
  await check('commands of pairs give their numbers', () => commands(site))
  await check('calculator size', () => size(site))
  await check('calculator is the engine', fresh)
  await browser.close()
}
