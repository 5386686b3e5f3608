//! What a browser makes of the figures: headless Chromium measures every text. Run by hand and by `.ci/run`:
//! `cargo test --lib chart::browser -- --ignored --nocapture`.

use super::fixture::{many, sample};
use super::tests::options;
use super::*;
use std::process::Command;

/// Counts, in the page, pairs of texts whose boxes share more than half a pixel both ways, and texts off the page.
const MEASURE: &str = r#"<script>document.fonts.ready.then(() => {
const svg = document.querySelector('svg'), page = svg.getBoundingClientRect();
const boxes = [...svg.querySelectorAll('text')].map(t => [t.getBoundingClientRect(), t.textContent]);
let overlaps = [], outside = [];
boxes.forEach(([a, s], i) => {
  if (a.left < page.left - 0.5 || a.right > page.right + 0.5 || a.top < page.top - 0.5 || a.bottom > page.bottom + 0.5) outside.push(s);
  boxes.slice(i + 1).forEach(([b, t]) => {
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5)
      overlaps.push(s + ' | ' + t);
  });
});
document.body.textContent = 'texts ' + boxes.length + ' overlaps ' + overlaps.length + ' outside ' + outside.length +
  ' fonts ' + document.fonts.size + ' ' + overlaps.slice(0, 5).join('; ') + outside.slice(0, 5).join('; ');
});</script>"#;

fn measure(figure: &Figure) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let svg = figure.svg(Fonts::Embedded);
    let svg = svg.split_once("?>").map_or(svg.as_str(), |(_, rest)| rest);
    let page = folder.path().join("page.html");
    let html = format!("<!doctype html><meta charset=utf-8><body style=margin:0>{svg}{MEASURE}</body>");
    std::fs::write(&page, html).expect("a file");
    let out = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.path().display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("chromium runs");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

#[test]
#[ignore = "needs Chromium; run with: cargo test --lib chart::browser -- --ignored --nocapture"]
fn no_texts_overlap_in_a_browser() {
    if Command::new("chromium").arg("--version").output().is_err() {
        println!("SKIPPED: there is no chromium on this machine, the figures were not measured in a browser");
        return;
    }
    for (name, events) in [("sample", sample()), ("many", many(2_000))] {
        let cites = events.iter().map(|e| (e.uid.clone(), vec![format!("Source {}", e.headline.len() % 9)])).collect();
        for width in [8_800, 18_000] {
            let options = options(&events, width);
            for (chart, figure) in [
                ("timeline", timeline(&events, &options)),
                ("relations", relations(&events, &options)),
                ("density", density(&events, &options)),
                ("network", network(&events, "Uzbekistan", &options)),
                ("coverage", coverage(&events, &cites, &options)),
            ] {
                let said = measure(&figure.expect(chart));
                let found = said.split_once("texts ").map_or("", |(_, rest)| rest.split('<').next().unwrap_or(""));
                println!("{chart} {name} {}: texts {found}", width / 100);
                assert!(found.contains(" overlaps 0 outside 0 "), "{chart} {name} {width}: {said}");
            }
        }
    }
}
