// A project whose every name, note, source and link wants out of its place: what a scraped list may
// hold. Ids stay what the readers accept; those they refuse are tried by tests/fault/hostile.sh.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Each calls alert() or asks for a picture when it is let in.
export const PAYLOADS = [
  `</title><script>alert('title')</script>`,
  `"><img src=https://evil.example/a.png onerror=alert('img')>`,
  `' onmouseover=alert('quote') x='`,
  `]]></text></svg><script>alert('svg')</script>`,
  `--></style><style>@import "https://evil.example/a.css";</style>`,
  `</script><script>alert('json')</script>`,
  `{{{block.answer}}}{{>page}}{{#x}}`,
  `[link](javascript:alert('markdown')) ![i](https://evil.example/b.png)`,
  `javascript:alert('url')`,
  `data:text/html,<script>alert('data')</script>`,
  `//evil.example/c.js`,
  `=HYPERLINK("https://evil.example/d","click")`,
  `+1+1|'/bin/sh'!A1`,
  `\\) Tj ET BT (pdf) /URI (javascript:app.alert\\(1\\))`,
  `gnp.exe\u2028\u2029\uFEFF\u200B`, // a mark that turns the direction is refused by the readers
  `<svg onload=alert('svg2')><foreignObject><iframe src=https://evil.example/>`,
  `&lt;script&gt;alert('entity')&lt;/script&gt; &#60;b&#62;`,
  `<base href=https://evil.example/><meta http-equiv=refresh content=0;url=https://evil.example/>`
]

export const BASE = 'https://hostile.example/site/'

export class Hostile {
  constructor(root, repository) {
    this.root = root
    this.repository = repository
    this.next = 0
  }

  payload(name) {
    return `${name} ${PAYLOADS[this.next++ % PAYLOADS.length]}`
  }

  json(path) {
    return JSON.parse(readFileSync(join(this.repository, path), 'utf8'))
  }

  write(path, text) {
    const file = join(this.root, path)
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text, null, 1))
  }

  cell(text) {
    return `"${text.replaceAll('"', '""')}"`
  }

  rows(path, header, rows) {
    this.write(path, [header, ...rows.map(row => row.map(c => this.cell(String(c))).join(','))].join('\n') + '\n')
  }

  site() {
    const site = this.json('src/starter/data/site.json')
    site.title = this.payload('Title')
    site.description = this.payload('Description')
    site.owner = this.payload('Owner')
    site.workloads.forEach(w => (w.name = this.payload(w.name)))
    this.write('data/site.json', site)
  }

  gpus() {
    const file = this.json('src/starter/data/gpus.json')
    for (const gpu of file.gpus) {
      gpu.aliases = [...(gpu.aliases ?? []), gpu.id]
      for (const key of ['name', 'short_name', 'vendor', 'architecture', 'form_factor', 'note'])
        gpu[key] = this.payload(gpu[key] ?? key)
      if (gpu.link?.name) gpu.link.name = this.payload(gpu.link.name)
    }
    for (const source of Object.values(file.sources)) source.text = this.payload('Source')
    this.write('data/gpus.json', file)
    return file.gpus.map(gpu => gpu.id)
  }

  models() {
    const ids = ['llama-3.1-8b', 'qwen3-30b-a3b', 'gemma-2-9b']
    for (const id of ids) {
      const model = this.json(`data/models/${id}.json`)
      for (const key of ['name', 'family', 'source', 'license']) model[key] = this.payload(model[key] ?? key)
      delete model.license
      model.aliases = [id]
      for (const count of model.published ?? []) count.source = this.payload('Published')
      this.write(`data/models/${id}.json`, model)
    }
    return ids
  }

  prices(gpus) {
    const rows = []
    for (let i = 0; i < 3 * PAYLOADS.length; i++)
      rows.push([this.payload('P'), this.payload('I'), gpus[i % gpus.length], 1 + (i % 2), 1.5 + i / 10,
        this.payload('R'), 'instance', '2026-10-10', this.payload('S'), this.payload('N')])
    for (const row of rows.slice()) // each cost more a month before: what moved names them
      rows.push([...row.slice(0, 4), row[4] + 0.5, ...row.slice(5, 7), '2026-09-10', ...row.slice(8)])
    this.rows('data/prices/hostile.csv',
      'platform,instance,gpu,gpu_count,on_demand_usd_per_hour,region,kind,as_of,source,note', rows)
  }

  apiPrices(models) {
    const rows = PAYLOADS.map((_, i) => [this.payload('A'), models[i % models.length], 0.1 + i / 50, 0.4 + i / 20,
      '2026-10-10', this.payload('S')])
    this.rows('data/api-prices/hostile.csv',
      'provider,model,input_usd_per_million,output_usd_per_million,as_of,source', rows)
  }

  benchmarks(models, gpus) {
    const rows = PAYLOADS.map((_, i) => ({
      model: models[i % models.length], gpu: gpus[i % gpus.length], gpu_count: 1, engine: this.payload('E'),
      engine_version: this.payload('V'), weight_dtype: 'bf16', input_tokens: 128, output_tokens: 128,
      batch_or_concurrency: 1 + i, scenario: 'fixed-batch', metric: 'output_tokens_per_s', value: 50 + i,
      source: this.payload('S'), note: this.payload('N'), date: '2026-09-09'
    }))
    this.write('data/benchmarks/hostile.jsonl', rows.map(row => JSON.stringify(row)).join('\n') + '\n')
  }

  power(models, gpus) {
    const sources = Object.fromEntries(PAYLOADS.map((_, i) => [`P${i}`, this.payload('Source')]))
    const at = i => `P${i % PAYLOADS.length}`
    const regions = PAYLOADS.map((_, i) => ({
      id: this.payload(`R${i}`), name: this.payload('Region'), gco2_per_kwh: 20 + i, carbon_source: at(i),
      carbon_date: '2025', usd_per_kwh: 0.05 + i / 100, price_source: at(i + 1), price_date: '2025'
    }))
    const overheads = PAYLOADS.map((_, i) => (
      { id: `o-${i}`, name: this.payload('Overhead'), pue: 1.1 + i / 20, source: at(i), date: '2025' }))
    const measured = PAYLOADS.map((_, i) => ({
      model: models[i % models.length], gpu: gpus[i % gpus.length], gpu_count: 1, batch: 1 + i,
      energy_per_output_token: `${1 + i} J`, engine: this.payload('E'), metered: this.payload('M'), source: at(i),
      date: '2025-09'
    }))
    this.write('data/power.json', {
      sources, regions, overheads, measured,
      all_in: [{ gpu: gpus[0], power: '1.73 kW', source: at(0), date: '2026-04-03' }]
    })
  }

  make() {
    this.site()
    const gpus = this.gpus()
    const models = this.models()
    this.prices(gpus)
    this.apiPrices(models)
    this.benchmarks(models, gpus)
    this.power(models, gpus)
  }
}

// Makes the project below `root` and builds its site with `tallypress`; returns the site's directory.
export function buildHostileSite(root, repository, tallypress) {
  new Hostile(join(root, 'project'), repository).make()
  execFileSync(tallypress, ['build', '--quiet', '--project', join(root, 'project'), '--out', join(root, 'site'),
    '--base-url', BASE, '--pdf', 'all'], { stdio: ['ignore', 'inherit', 'inherit'] })
  return join(root, 'site')
}
