//! The command `chart`: five charts, each with every option, with data and caption beside them.

mod support;

use support::{Bench, database};

const CHARTS: [&str; 5] = ["timeline", "relations", "density", "network", "coverage"];

#[test]
fn every_chart_takes_every_option_and_writes_data_and_caption() {
    let bench = Bench::new();
    database(&bench.path("e.db"));
    for chart in CHARTS {
        let file = format!("{chart}.svg");
        let base = ["chart", chart, "1999..2006", "--db", "e.db", "-o", &file, "--force", "--data", "--quiet"];
        let look = ["--width", "120mm", "--height", "90mm", "--top", "4", "--title", "A <title>", "--font-size", "7"];
        let rest = ["--palette", "grey", "--lang", "en", "--lanes", "actor", "--mark-single-source"];
        bench.run(&[&base[..], &look, &rest, &["--link", "https://example.org/{uid}"]].concat()).ok();
        let read = |ending: &str| {
            std::fs::read_to_string(bench.path(&format!("{chart}.{ending}"))).unwrap_or_else(|e| panic!("{chart}: {e}"))
        };
        let (svg, csv, txt) = (read("svg"), read("csv"), read("txt"));
        assert!(svg.contains("width=\"120mm\"") && svg.contains("A &lt;title&gt;"), "{chart}");
        assert!(svg.contains("<d:query xmlns:d=\"urn:dateline\">1999..2006</d:query>"), "{chart}");
        assert!(svg.contains("data-sha256") && svg.contains("<desc id=\"desc\">"), "{chart}");
        let rows = csv.lines().count() - 1;
        assert!((1..=4).contains(&rows), "{chart}: {csv}");
        assert!(csv.starts_with("uid,date,earliest,latest,lane,type,"), "{chart}: {csv}");
        assert!(txt.contains("[1] "), "{chart}: {txt}");
        assert_eq!(txt.lines().filter(|l| l.contains("  ") && l.ends_with(']')).count(), rows, "{chart}: {txt}");
        for lanes in ["dyad", "type", "source"] {
            let args = ["chart", chart, "--db", "e.db", "--lanes", lanes];
            assert!(bench.run(&args).ok().contains("</svg>"), "{chart} {lanes}");
        }
    }
}

#[test]
fn a_chart_too_full_for_its_height_goes_on_in_further_files() {
    let bench = Bench::new();
    database(&bench.path("e.db"));
    bench.run(&["chart", "network", "--db", "e.db", "-o", "n.svg", "--width", "88mm", "--height", "60mm"]).ok();
    let second = std::fs::read_to_string(bench.path("n-2.svg")).expect("a second page");
    assert!(second.contains("</svg>"));
    let shown = bench.run(&["chart", "network", "--db", "e.db", "--width", "88mm", "--height", "60mm"]);
    assert!(shown.err.contains("page 1 of"), "{}", shown.err);
}
