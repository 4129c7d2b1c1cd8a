// The index finds as you type: list items and rows that hold all the words, and only the blocks
// that have one.
(d=>{
for(const p of d.querySelectorAll('.find')){
const said=d.createElement('span')
said.role='status'
p.append(said)
p.hidden=false
p.oninput=e=>{
const asked=e.target.value.trim(),words=asked.toLowerCase().split(/\s+/)
let found=0
for(const r of d.querySelectorAll('.links li,tbody tr'))r.classList.toggle('no',!words.every(w=>r.textContent.toLowerCase().includes(w)))
for(const s of d.querySelectorAll('main section')){
const n=s.querySelectorAll(':scope>.scroll tbody tr:not(.no,.off),.links li:not(.no)').length
s.style.display=asked&&!n?'none':''
found+=n
}
said.textContent=asked?` ${found||'nothing'} found`:''
}
}
})(document)
