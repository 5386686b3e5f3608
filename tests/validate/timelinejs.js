// Shows a JSON file in TimelineJS in Chromium and counts the slides that come of it.
//   node timelinejs.js FILE          with @knight-lab/timelinejs and puppeteer-core where NODE_PATH leads
//   node timelinejs.js --installed   ends with 0 if all of it is there
const fs = require("fs");
const path = require("path");

const browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => fs.existsSync(p));
const puppeteer = require("puppeteer-core");
const library = path.join(path.dirname(require.resolve("@knight-lab/timelinejs/package.json")), "dist");
if (!browser) throw new Error("Chromium is not installed");
if (process.argv[2] === "--installed") process.exit(0);

(async () => {
  const json = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
  const chromium = await puppeteer.launch({
    executablePath: browser,
    args: ["--no-sandbox", "--allow-file-access-from-files"],
  });
  const page = await chromium.newPage();
  const errors = [];
  page.on("pageerror", (e) => errors.push(String(e)));
  const html = path.join(path.dirname(path.resolve(process.argv[2])), "timelinejs.html");
  fs.writeFileSync(
    html,
    `<!DOCTYPE html><meta charset="utf-8"><link rel="stylesheet" href="file://${library}/css/timeline.css">
     <script src="file://${library}/js/timeline.js"></script><div id="t" style="width:1200px;height:700px"></div>`
  );
  await page.goto(`file://${html}`);
  await page.evaluate((data) => {
    window.timeline = new TL.Timeline("t", data, { language: "en", font: null });
  }, json);
  await page.waitForSelector(".tl-timemarker", { timeout: 30000 });
  await new Promise((done) => setTimeout(done, 1000));
  const seen = await page.evaluate(() => ({
    markers: document.querySelectorAll(".tl-timemarker").length,
    bold: document.querySelectorAll(".tl-headline b").length,
    message: document.querySelector(".tl-message-content")?.innerText ?? "",
  }));
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
  await chromium.close();
  console.log(JSON.stringify({ ...seen, errors, wanted: json.events.length }));
  if (errors.length || seen.markers !== json.events.length || seen.bold > 0) process.exit(1);
})().catch((e) => {
  console.error(e);
  process.exit(1);
});
