// Reads a Markwhen file with Markwhen's own parser (@markwhen/parser, where NODE_PATH leads) and holds it against the
// same events in JSON Lines: each is there, with its days, its headline and its tag.
//   node markwhen.js FILE EVENTS.jsonl
const fs = require("fs");
const { parse } = require("@markwhen/parser");

const day = (iso) => iso.slice(0, 10);
const next = (iso) => new Date(Date.parse(iso) + 86400000).toISOString().slice(0, 10);
const read = parse(fs.readFileSync(process.argv[2], "utf8"));
const wanted = fs
  .readFileSync(process.argv[3], "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line))
  .filter((event) => event.earliest || event.latest);
const problems = read.parseMessages.map((m) => JSON.stringify(m));
const found = read.events.children;
if (found.length !== wanted.length) problems.push(`${found.length} events, ${wanted.length} wanted`);
found.forEach((event, i) => {
  const { fromDateTimeIso: from, toDateTimeIso: to } = event.dateRangeIso;
  const { earliest, latest } = wanted[i] || {};
  if (earliest && latest && (day(from) !== earliest || day(to) !== next(latest)))
    problems.push(`${event.firstLine.full}: read as ${from} to ${to}`);
  if (event.tags.length !== 1 || !event.firstLine.full.endsWith(`#${event.tags[0]}`))
    problems.push(`${event.firstLine.full}: read with the tags ${event.tags}`);
});
console.log(problems.slice(0, 10).join("\n") || `${found.length} events`);
process.exit(problems.length ? 1 : 0);
