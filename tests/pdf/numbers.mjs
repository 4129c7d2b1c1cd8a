// usage: node numbers.mjs SITE TEXTS   Every number of a model's page (its index.json and the tables
// that it names) stands in the text of its report (TEXTS/ID.txt, from pdftotext). Tables there have
// their first rows only and no column that the page leaves to its data files; the one of GPUs is
// ordered by price, and left out when it has none.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const ROWS = 24;
const [site, texts] = process.argv.slice(2);
const flat = (text) => text.replace(/\s+/g, " ");
const price = (row) => row.usd_per_million_output?.value ?? Infinity;

// The table itself: in the page's JSON, or in the file that it names.
function tableOf(block, folder) {
  if (block.table.rows) return block.table;
  return JSON.parse(readFileSync(join(folder, block.table.json), "utf8"));
}

function rowsOf(block, table) {
  const rows = [...table.rows];
  if (block.name === "gpus") {
    if (rows.every((row) => price(row) === Infinity)) return [];
    rows.sort((a, b) => price(a) - price(b));
  }
  return rows.slice(0, ROWS);
}

function* shown(page, folder) {
  for (const block of page.blocks) {
    for (const { figure } of block.figures ?? []) yield figure.shown;
    if (block.kind === "table") {
      const table = tableOf(block, folder);
      const columns = table.columns.filter((column) => column.on_page !== false);
      for (const row of rowsOf(block, table)) for (const { key } of columns) yield row[key]?.shown;
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
  for (const number of shown(page, folder)) {
    if (number === undefined) continue;
    numbers += 1;
    if (text.includes(flat(number))) continue;
    missing += 1;
    if (missing < 10) console.log(`${id}: '${number}' is not in the report`);
  }
}
console.log(`${numbers} numbers of ${reports} reports, ${missing} missing`);
process.exit(missing || !numbers ? 1 : 0);
