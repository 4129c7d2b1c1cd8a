// Reads `pdftotext -bbox` from files named: no word beyond the margins, none on top of
// another, no page behind the first for a paragraph alone.
// usage: node bounds.mjs NAME.bbox...   Prints what is wrong; status 1 then.
import { readFileSync } from "node:fs";

const LEAST = 120; // words of a page, its header and footer among them
const LEFT = 54 - 0.6, RIGHT = 595.28 - 54 + 0.6, TOP = 26, BOTTOM = 841.89 - 26;
const word = /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g;

function faults(page) {
  const words = [...page.matchAll(word)].map(([, x0, y0, x1, y1, text]) =>
    ({ x0: +x0, y0: +y0, x1: +x1, y1: +y1, text }));
  const found = words.filter((w) => w.x0 < LEFT || w.x1 > RIGHT || w.y0 < TOP || w.y1 > BOTTOM)
    .map((w) => `'${w.text}' lies beyond the margin (${w.x0}, ${w.y0}, ${w.x1}, ${w.y1})`);
  words.sort((a, b) => a.y0 - b.y0);
  words.forEach((a, i) => {
    for (let k = i + 1; k < words.length && words[k].y0 < a.y1; k++) {
      const b = words[k];
      const wide = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
      const high = Math.min(a.y1, b.y1) - b.y0;
      if (wide > 1 && high > 0.3 * Math.min(a.y1 - a.y0, b.y1 - b.y0))
        found.push(`'${a.text}' and '${b.text}' lie on each other (${a.x0}, ${a.y0})`);
    }
  });
  return [words.length, found];
}

let bad = 0, words = 0, pages = 0;
for (const file of process.argv.slice(2)) {
  readFileSync(file, "utf8").split("<page ").slice(1).forEach((page, number) => {
    const [count, found] = faults(page);
    if (number > 0 && count < LEAST) found.push(`has only ${count} words`);
    words += count;
    pages += 1;
    bad += found.length;
    found.slice(0, 5).forEach((text) => console.log(`${file}, page ${number + 1}: ${text}`));
  });
}
console.log(`${words} words on ${pages} pages, ${bad} faults`);
process.exit(bad || !words ? 1 : 0);
