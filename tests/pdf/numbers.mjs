// usage: node numbers.mjs SITE TEXTS   Every number of a model's page (its index.json and the tables
// that it names) stands in the text of its report (TEXTS/ID.txt, from pdftotext). Tables there have
// as many rows as they say and no column that the page leaves to its data files; the one of GPUs is
// ordered by price without those that cannot run it, and left out when it has no price.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const ROWS = 24, LEAST = 10;
const [site, texts] = process.argv.slice(2);
const flat = (text) => text.replace(/\s+/g, " ");
const price = (row) => row.usd_per_million_output?.value ?? Infinity;

// The table itself: in the page's JSON, or in the file that it names.
function tableOf(block, folder) {
  if (block.table.rows) return block.table;
  return JSON.parse(readFileSync(join(folder, block.table.json), "utf8"));
}

// "The first 18 of 368 rows": at most 24; of two tables of a length the shorter.
function rowsOf(block, table, text) {
  let rows = [...table.rows];
  if (block.name === "gpus") {
    if (rows.every((row) => price(row) === Infinity)) return [];
    rows = rows.filter((row) => row.output_tokens_per_s?.value != null);
    rows.sort((a, b) => price(a) - price(b));
  }
  const total = table.rows.length.toLocaleString("en-US");
  const said = [...text.matchAll(/The first (\d+) of ([\d,]+) rows/g)].filter((m) => m[2] === total);
  const shown = Math.min(ROWS, ...said.map((m) => Number(m[1])));
  return rows.slice(0, Math.max(shown, LEAST));
}

function* shown(page, folder, text) {
  for (const block of page.blocks) {
    for (const { figure } of block.figures ?? []) yield figure.shown;
    if (block.kind === "table") {
      const table = tableOf(block, folder);
      const columns = table.columns.filter((column) => column.on_page !== false);
      for (const row of rowsOf(block, table, text)) for (const { key } of columns) yield row[key]?.shown;
    }
    if (block.kind === "answer") yield block.text;
  }
}

let numbers = 0, reports = 0, missing = 0;
for (const name of readdirSync(texts)) {
  const id = name.replace(/\.txt$/, "");
  const text = flat(readFileSync(join(texts, name), "utf8"));
  const folder = join(site, "models", id);
  const page = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
  reports += 1;
  for (const number of shown(page, folder, text)) {
    if (number === undefined) continue;
    numbers += 1;
    if (text.includes(flat(number))) continue;
    missing += 1;
    if (missing < 10) console.log(`${id}: '${number}' is not in the report`);
  }
}
console.log(`${numbers} numbers of ${reports} reports, ${missing} missing`);
process.exit(missing || !numbers ? 1 : 0);
