// Shows a JSON file in a timeline of others in Chromium and counts what comes of it.
//   node shown.js timelinejs|vis FILE          with the library and puppeteer-core where NODE_PATH leads
//   node shown.js timelinejs|vis --installed   ends with 0 if all of it is there
const fs = require("fs");
const path = require("path");

// For each: where its files lie, how the page shows the data, what then stands for an event, and how many there must be.
const libraries = {
  timelinejs: {
    package: "@knight-lab/timelinejs",
    files: ["dist/css/timeline.css", "dist/js/timeline.js"],
    show: (data) => new TL.Timeline("t", data, { language: "en", font: null }),
    event: ".tl-timemarker",
    bold: ".tl-headline b",
    wanted: (data) => data.events.length,
  },
  vis: {
    package: "vis-timeline",
    files: ["styles/vis-timeline-graph2d.min.css", "standalone/umd/vis-timeline-graph2d.min.js"],
    show: (data) => new vis.Timeline(document.getElementById("t"), data.items, data.groups, { verticalScroll: true, height: "60000px", stack: true }),
    event: ".vis-item-content",
    bold: ".vis-item-content b",
    wanted: (data) => data.items.length,
  },
};

const library = libraries[process.argv[2]];
const browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => fs.existsSync(p));
const puppeteer = require("puppeteer-core");
const folder = (process.env.NODE_PATH || "").split(":").map((p) => path.join(p, library.package)).find((p) => fs.existsSync(p));
if (!browser || !folder) throw new Error(`Chromium or ${library.package} is not installed`);
if (process.argv[3] === "--installed") process.exit(0);

(async () => {
  const json = JSON.parse(fs.readFileSync(process.argv[3], "utf8"));
  const chromium = await puppeteer.launch({
    executablePath: browser,
    args: ["--no-sandbox", "--allow-file-access-from-files"],
  });
  const page = await chromium.newPage();
  await page.setViewport({ width: 1600, height: 1200 });
  const errors = [];
  page.on("pageerror", (e) => errors.push(String(e)));
  const html = path.join(path.dirname(path.resolve(process.argv[3])), `${process.argv[2]}.html`);
  const [css, js] = library.files.map((f) => `file://${folder}/${f}`);
  fs.writeFileSync(
    html,
    `<!DOCTYPE html><meta charset="utf-8"><link rel="stylesheet" href="${css}">
     <script src="${js}"></script><div id="t" style="width:1200px;height:700px"></div>`
  );
  await page.goto(`file://${html}`);
  await page.evaluate(`window.timeline = (${library.show})(${JSON.stringify(json)})`);
  await page.waitForSelector(library.event, { timeout: 30000 });
  await new Promise((done) => setTimeout(done, 1000));
  const seen = await page.evaluate(
    (event, bold) => ({
      events: document.querySelectorAll(event).length,
      bold: document.querySelectorAll(bold).length,
      message: document.querySelector(".tl-message-content")?.innerText ?? "",
    }),
    library.event,
    library.bold
  );
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
  await chromium.close();
  const wanted = library.wanted(json);
  console.log(JSON.stringify({ ...seen, errors, wanted }));
  if (errors.length || seen.events !== wanted || seen.bold > 0) process.exit(1);
})().catch((e) => {
  console.error(e);
  process.exit(1);
});
