// The index finds as you type: list items and rows that hold all the words.
for(const p of document.querySelectorAll('.find')){
p.hidden=false
p.oninput=e=>{
const words=e.target.value.toLowerCase().split(' ')
for(const r of document.querySelectorAll('.links li,tbody tr'))r.classList.toggle('no',!words.every(w=>r.textContent.toLowerCase().includes(w)))
}
}
