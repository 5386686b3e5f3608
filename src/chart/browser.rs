//! What a browser makes of the figures: headless Chromium measures every text of the gallery and of the sample.
//! Skipped, with a word, where there is no Chromium.

use super::fixture::{many, sample};
use super::tests::{all_charts, options};
use super::*;
use std::process::Command;

/// Counts in every frame pairs of texts whose boxes share more than half a pixel both ways, and texts off the page.
const MEASURE: &str = r#"<script>
const done = frame => { const d = frame.contentDocument; return d.fonts.ready.then(() => {
  const svg = d.querySelector('svg'), page = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')].map(t => [t.getBoundingClientRect(), t.textContent]);
  let overlaps = [], outside = [];
  boxes.forEach(([a, s], i) => {
    if (a.left < page.left - 0.5 || a.right > page.right + 0.5 || a.top < page.top - 0.5 || a.bottom > page.bottom + 0.5) outside.push(s);
    boxes.slice(i + 1).forEach(([b, t]) => {
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5)
        overlaps.push(s + ' | ' + t);
    });
  });
  const loaded = [...d.fonts].filter(f => f.status == 'loaded').length;
  return 'FIGURE ' + frame.title + ': texts ' + boxes.length + ' overlaps ' + overlaps.length + ' outside ' + outside.length +
    ' fonts ' + loaded + ' ' + overlaps.slice(0, 5).join('; ') + outside.slice(0, 5).join('; ');
}); };
window.onload = () => Promise.all([...document.querySelectorAll('iframe')].map(done)).then(all => {
  document.body.textContent = all.join('\n') + '\nEND';
});
</script>"#;

/// What Chromium says of these figures, a line each; `None` where there is none.
fn measure(figures: &[(String, String)]) -> Option<Vec<String>> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let browser = names.into_iter().find(|name| Command::new(name).arg("--version").output().is_ok())?;
    let folder = tempfile::tempdir().expect("a folder");
    let mut html = String::from("<!doctype html><meta charset=utf-8><body>");
    for (name, svg) in figures {
        let svg = svg.split_once("?>").map_or(svg.as_str(), |(_, rest)| rest);
        let inner = format!("<!doctype html><meta charset=utf-8><body style=margin:0>{svg}</body>");
        let inner = inner.replace('&', "&amp;").replace('"', "&quot;");
        html.push_str(&format!("<iframe width=1200 height=1200 title=\"{name}\" srcdoc=\"{inner}\"></iframe>"));
    }
    html.push_str(MEASURE);
    let page = folder.path().join("page.html");
    std::fs::write(&page, html).expect("a file");
    let out = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.path().display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("the browser runs");
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(said.contains("\nEND"), "the browser did not finish: {}", said.chars().take(2000).collect::<String>());
    Some(said.split("FIGURE ").skip(1).map(str::to_string).collect())
}

#[test]
fn no_texts_overlap_in_a_browser() {
    let mut figures = Vec::new();
    let gallery = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("charts");
    let mut files: Vec<_> =
        std::fs::read_dir(&gallery).expect("the gallery").filter_map(|f| Some(f.ok()?.path())).collect();
    files.sort();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "svg")) {
        figures.push((file.display().to_string(), std::fs::read_to_string(file).expect("a figure")));
    }
    for (name, events) in [("sample", sample()), ("many", many(600))] {
        for width in [8_800, 18_000] {
            for (chart, figure) in all_charts(&events, &options(&events, width)) {
                for (n, page) in figure.pages().enumerate() {
                    let name = format!("{chart} {name} {} page {}", width / 100, n + 1);
                    figures.push((name, page.svg(Fonts::Embedded)));
                }
            }
        }
    }
    let Some(said) = measure(&figures) else {
        println!("SKIPPED: there is no Chromium on this machine, the figures were not measured in a browser");
        return;
    };
    assert_eq!(said.len(), figures.len());
    for line in &said {
        println!("{}", line.trim_end());
        assert!(line.contains(" overlaps 0 outside 0 fonts ") && !line.contains(" fonts 0 "), "{line}");
    }
}
