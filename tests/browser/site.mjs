// The built site: its files, a fair sample of its pages, and a server for them.
import { readFileSync, readdirSync, statSync, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.csv': 'text/csv; charset=utf-8',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.pdf': 'application/pdf'
}

function walk(directory, found = []) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue
    const path = join(directory, entry.name)
    if (entry.isDirectory()) walk(path, found)
    else found.push(path)
  }
  return found
}

export class Site {
  constructor(root) {
    this.root = root
    this.files = walk(root).map(path => relative(root, path).split(sep).join('/')).sort()
    this.fileSet = new Set(this.files)
    this.pages = this.files.filter(path => path.endsWith('.html'))
  }

  read(path) {
    return readFileSync(join(this.root, path), 'utf8')
  }

  has(path) {
    return this.fileSet.has(path)
  }

  gzipBytes(path) {
    return gzipSync(readFileSync(join(this.root, path)), { level: 9 }).length
  }

  bytes(path) {
    return statSync(join(this.root, path)).size
  }

  // "models/a/b.html" is of kind "models/*/*", "models/a/index.html" of "models/*/index.html".
  kind(path) {
    const parts = path.split('/')
    return parts.map((part, i) => (i === 0 || part === 'index.html' ? part : '*')).join('/')
  }

  // Of each kind the first, the middle, the last and the largest page, at most `most` of a kind.
  sample(most = 4) {
    const kinds = new Map()
    for (const page of this.pages) {
      const kind = this.kind(page)
      if (!kinds.has(kind)) kinds.set(kind, [])
      kinds.get(kind).push(page)
    }
    const chosen = new Set()
    for (const pages of kinds.values()) {
      const largest = pages.reduce((a, b) => (this.bytes(b) > this.bytes(a) ? b : a))
      const picks = [largest, pages[0], pages[pages.length >> 1], pages[pages.length - 1]]
      for (const page of new Set(picks.slice(0, most))) chosen.add(page)
    }
    return [...chosen].sort()
  }

  // Serves the files as a plain host does. Returns { url, close }.
  serve() {
    const server = createServer((request, response) => {
      let path = decodeURIComponent(new URL(request.url, 'http://x').pathname).slice(1)
      if (path === '' || path.endsWith('/')) path += 'index.html'
      const known = this.has(path)
      const file = join(this.root, known ? path : '404.html')
      if (!known && !existsSync(file)) {
        response.writeHead(404).end()
        return
      }
      const type = TYPES[extname(file)] ?? 'application/octet-stream'
      const body = readFileSync(file)
      const zip = /gzip/.test(request.headers['accept-encoding'] ?? '')
      const headers = { 'content-type': type, ...(zip && { 'content-encoding': 'gzip' }) }
      response.writeHead(known ? 200 : 404, headers).end(zip ? gzipSync(body) : body)
    })
    return new Promise(resolve => {
      server.listen(0, '127.0.0.1', () => {
        const url = `http://127.0.0.1:${server.address().port}/`
        resolve({ url, close: () => server.close() })
      })
    })
  }
}
