// The engine of this site in the reader's browser: ENGINE is its WebAssembly in base64, and the
// element "inputs" holds every model, GPU and engine as rows of numbers and words. A question is
// the rows one after another; a word becomes its place in the engine's memory of words.
(async d => {
const at = id => d.getElementById(id)
const data = JSON.parse(at('inputs').textContent)
const bytes = Uint8Array.from(atob(ENGINE), c => c.charCodeAt(0))
const engine = (await WebAssembly.instantiate(bytes, { math: Math })).instance.exports
const option = (select, value, text) => select.add(new Option(text, value))
const [siteEngine, siteKv, gamma, utilisation, input, output, headline] = data.site
for (const [id, name] of data.models) option(at('model'), id, name)
for (const [id, name] of data.gpus) option(at('gpu'), id, name)
for (const [id, name] of data.engines) option(at('engine'), id, name)
data.precisions.forEach(([, name, weights, kv], i) => {
if (weights) option(at('weights'), i, name)
if (kv) option(at('kv'), i, name)
})
const entry = (list, id) => data[list].find(e => e[0] === at(id).value)
const number = id => Number(at(id).value)
// A model as it is published, on what serves it cheapest; a GPU at its cheapest offer.
const chooseModel = () => {
const [, , weights, gpu, count] = entry('models', 'model')
at('weights').value = weights
at('batch').value = 0
if (gpu) at('gpu').value = gpu
at('count').value = count
}
const chooseGpu = () => { at('price').value = entry('gpus', 'gpu')[2] ?? '' }
const ask = () => {
const model = entry('models', 'model'), gpu = entry('gpus', 'gpu'), calibration = entry('engines', 'engine')[2]
const price = at('price').value === '' ? NaN : number('price') * number('count')
const row = [calibration ? 1 : 0, number('count'), number('weights') + 1, number('kv') + 1, number('input'), number('output'), number('batch'), number('serving') + 1, 1, 1, price, number('gamma'), number('utilisation'), ...model[5], ...gpu[3], ...(calibration ?? [])]
const slots = new Float64Array(engine.memory.buffer, engine.slots(), row.length)
const words = new Uint8Array(engine.memory.buffer, engine.words(), 4096)
let used = 0
row.forEach((value, i) => {
if (typeof value !== 'string') {
slots[i] = value ?? NaN
return
}
slots[i] = used
const text = new TextEncoder().encode(value + '\0')
words.set(text, used)
used += text.length
})
const place = engine.run(row.length, used)
return place ? [...new Float64Array(engine.memory.buffer, place, 19)] : null
}
// Three significant digits, as on the pages; whole numbers below 1,000 as they are.
const shown = x => {
const near = Number(x.toPrecision(3))
if (near >= 1e15 || near && Math.abs(near) < 1e-6) return x.toExponential(2)
return near >= 1000 ? near.toLocaleString('en') : Number.isInteger(x) ? String(x) : near.toPrecision(3)
}
const figures = [
['Price of output', 17, 1, '$ per 1M tokens'], ['Price of input', 16, 1, '$ per 1M tokens'], ['Output per dollar', 18, 1, 'tokens'],
['Output', 10, 1, 'tokens/s'], ['Each request', 11, 1, 'tokens/s'], ['First token', 12, 1e3, 'ms'], ['Each further token', 13, 1e3, 'ms'], ['Whole request', 14, 1, 's'],
['Requests at once', 3, 1, ''], ['Most that fit', 4, 1, ''], ['Fewest GPUs', 5, 1, ''],
['Weights', 6, 1e-9, 'GB'], ['KV cache per token', 7, 1e-3, 'kB'], ['Memory in use', 8, 1e-9, 'GB'], ['Memory there is', 9, 1e-9, 'GB']]
// The first field whose value is none it takes; a GPU may have no price.
const wrongField = () => [...at('calculator').querySelectorAll('select, input')].find(e => !e.validity.valid || !e.value && e.id !== 'price')
const plain = text => Number(text).toLocaleString('en', { maximumFractionDigits: 4 })
const takes = e => `“${e.labels[0].firstChild.data.trim()}” takes a ${e.step ? '' : 'whole '}number ` + (e.max ? `from ${plain(e.min)} to ${plain(e.max)}.` : `of ${plain(e.min)} or more.`)
const show = () => {
const wrong = wrongField(), a = wrong ? null : ask(), body = at('answers')
body.replaceChildren()
at('pair').replaceChildren()
at('command').textContent = ''
if (!a) {
at('sentence').textContent = wrong ? takes(wrong) : 'These numbers make no question.'
return
}
const precision = id => data.precisions[number(id)][0], name = id => at(id).selectedOptions[0].text
for (const [label, i, factor, unit] of figures) {
const row = body.insertRow(), head = d.createElement('th'), value = d.createElement('td')
head.scope = 'row'
head.textContent = label
value.dataset.v = a[i]
value.textContent = Number.isFinite(a[i]) ? shown(a[i] * factor) : '–'
row.append(head, value)
const last = row.insertCell()
last.className = 't'
last.textContent = unit
}
const who = `${name('model')} on ${number('count') > 1 ? number('count') + '×\u202f' : ''}${name('gpu')}`
at('sentence').textContent = a[0] ? `${who}: ${shown(a[10])} output tokens/s, ${shown(a[3])} at once with ${shown(a[11])} each` + (Number.isFinite(a[17]) ? `, $${shown(a[17])} per 1M output tokens at ${shown(100 * number('utilisation'))}\u202f% use` : ', no price') + ` (${data.provenances[a[2]]}; decoding waits for ${data.bounds[a[15]]}).` : `${who}: ${data.reasons[a[1]]}`
at('command').textContent = `tallypress estimate --model ${at('model').value} --gpu ${at('gpu').value} --count ${number('count')} --engine ${at('engine').value} --weights ${precision('weights')} --kv ${precision('kv')} --serving ${number('serving') ? 'continuous' : 'static'} --input ${number('input')} --output ${number('output')} --batch ${number('batch') || 'max'}${at('price').value ? ` --price ${number('price')}` : ''} --gamma ${number('gamma')} --utilisation ${number('utilisation')}`
const link = d.createElement('a')
link.href = `../models/${at('model').value}/${at('gpu').value}.html`
link.textContent = `The page of ${name('model')} on ${name('gpu')}`
at('pair').append(link)
}
at('engine').value = siteEngine
if (at('engine').selectedIndex < 0) at('engine').selectedIndex = 0 // no calibration of it here
at('kv').value = siteKv
at('gamma').value = gamma
at('utilisation').value = utilisation
at('input').value = input
at('output').value = output
// A link may bring values, precisions by name: #model=...&gpu=...&count=4&weights=fp8; names that
// are not listed, as those of an old link, change nothing.
const brought = new URLSearchParams(location.hash.slice(1))
const bring = (id, value) => {
const select = at(id), before = select.value
select.value = value
if (select.selectedIndex < 0) select.value = before
}
at('model').value = headline
if (brought.has('model')) bring('model', brought.get('model'))
chooseModel()
if (brought.has('gpu')) bring('gpu', brought.get('gpu'))
chooseGpu()
for (const [id, value] of brought) {
if (!at(id)?.matches('#calculator select, #calculator input')) continue
const place = id === 'weights' || id === 'kv' ? data.precisions.findIndex(p => p[0] === value) : -1
bring(id, place < 0 ? value : place)
}
at('calculator').oninput = e => {
if (e.target.id === 'model') chooseModel()
if (e.target.id === 'model' || e.target.id === 'gpu') chooseGpu()
show()
}
at('off').hidden = true
at('calculator').hidden = false
show()
})(document)
