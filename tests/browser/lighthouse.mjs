// Lighthouse: 100 in all four categories.
import lighthouse from 'lighthouse'
import { launch } from 'chrome-launcher'
import { check } from './report.mjs'
import { CHROMIUM, FLAGS } from './look.mjs'

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo']

function findings(result, base) {
  const found = []
  for (const name of CATEGORIES) {
    const category = result.categories[name]
    if (category.score === 1) continue
    const bad = category.auditRefs
      .map(ref => result.audits[ref.id])
      .filter(audit => audit.score !== null && audit.score < 1)
      .map(audit => audit.id)
    found.push(`${name} ${Math.round(category.score * 100)}: ${bad.join(', ')} ${base}`)
  }
  return found
}

export async function checkLighthouse(site) {
  const server = await site.serve()
  const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: [...FLAGS, '--headless=new'] })
  const kinds = [/^index\.html$/, /^models\/[^/]+\/index\.html$/, /^models\/[^/]+\/[^/]+\/index\.html$/]
  for (const kind of kinds) {
    const page = site.pages.find(path => kind.test(path))
    await check(`lighthouse ${page}`, async () => {
      if (!page) return ['there is no such page']
      const url = server.url + page
      const options = { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'silent' }
      const { lhr } = await lighthouse(url, options)
      if (lhr.runtimeError) return [lhr.runtimeError.message]
      return findings(lhr, page)
    })
  }
  chrome.kill()
  server.close()
}
