// usage: node check.mjs SITE_DIR [markup|data|axe|look|calculator|lighthouse ...]
import { checkCalculator } from './calculator.mjs'
import { checkData } from './data.mjs'
import { checkLighthouse } from './lighthouse.mjs'
import { checkAxe, checkLooks } from './look.mjs'
import { checkMarkup } from './markup.mjs'
import { finish } from './report.mjs'
import { Site } from './site.mjs'

const [directory, ...only] = process.argv.slice(2)
if (!directory) {
  console.error('usage: node check.mjs SITE_DIR [markup|data|axe|look|calculator|lighthouse ...]')
  process.exit(2)
}
const site = new Site(directory)
const parts = { markup: checkMarkup, data: checkData, axe: checkAxe, look: checkLooks, calculator: checkCalculator, lighthouse: checkLighthouse }
for (const [name, part] of Object.entries(parts))
  if (only.length === 0 || only.includes(name)) await part(site)
process.exit(finish())
