// Tables sort and filter. Everything is readable without.
(d=>{
let all=(r,s)=>[...r.querySelectorAll(s)],add=(p,n,t='')=>{let e=d.createElement(n);e.append(t);p.append(e);return e},live=add(d.body,'p')
live.className='vh'
live.role='status'
all(d,'[data-s]').forEach(t=>{
let hs=all(t,'thead th'),b=t.tBodies[0],rs=[...b.rows],picks=[],f
hs.forEach((h,i)=>{
let name=h.firstChild.data,u=d.createElement('button'),text=r=>r.cells[i].textContent
u.append(...h.childNodes)
h.append(u)
// [is missing, value, row]: what is missing stays last both ways.
let key=r=>{let c=r.cells[i],v=c.dataset.v||text(r),m=c.matches('.x');return h.className?[m,v,r]:[m||isNaN(v),+v,r]}
u.onclick=()=>{
let o=h.ariaSort=='ascending'?'descending':'ascending',g=o[0]=='a'?1:-1
hs.forEach(x=>x.ariaSort=null)
h.ariaSort=o
b.append(...rs.map(key).sort(([m,x],[n,y])=>m-n||g*(h.className?x.localeCompare(y,'en',{numeric:1}):x-y)).map(k=>k[2]))
live.textContent=name+' '+o
}
if(h.matches('[data-f]')){
if(!f){f=d.createElement('p');f.className='filters';t.parentNode.before(f)}
let s=add(add(f,'label',name+' '),'select')
add(s,'option','all').value=''
new Set(rs.map(text)).forEach(v=>add(s,'option',v))
picks.push(r=>!s.value||text(r)==s.value)
s.onchange=()=>rs.forEach(r=>r.classList.toggle('off',!picks.every(p=>p(r))))
}
})
})
})(document)
