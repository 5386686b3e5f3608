use dateline::{rules::Rules, timex::*};
use std::io::*;
fn main() {
    let t0 = std::time::Instant::now();
    let tagger = match Tagger::new(&Rules::builtin()) {
        Ok(t) => t,
        Err(e) => {
            eprintln!("{e}");
            std::process::exit(1)
        }
    };
    let start = t0.elapsed();
    let mode = match std::env::args().nth(1).as_deref() {
        Some("news") => Anchoring::News,
        Some("narrative") => Anchoring::Narrative,
        _ => Anchoring::Auto,
    };
    let quiet = std::env::args().nth(2).is_some();
    let mut input = String::new();
    stdin().read_to_string(&mut input).unwrap();
    let mut out = BufWriter::new(stdout());
    let (mut bytes, mut time) = (0, std::time::Duration::ZERO);
    for line in input.lines() {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = v["text"].as_str().unwrap();
        let dct = v["dct"].as_str().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
        let t0 = std::time::Instant::now();
        let found = tagger.tag_text(text, dct, mode);
        time += t0.elapsed();
        bytes += text.len();
        if quiet {
            continue;
        }
        for t in found {
            let start = text[..t.range.start].chars().count();
            let end = start + text[t.range.clone()].chars().count();
            let w = serde_json::json!({"doc_id": v["doc_id"], "start": start, "end": end, "text": &text[t.range.clone()], "type": t.kind.as_str(), "value": t.value, "mod": t.modifier, "edtf": t.date.as_ref().map(|d| d.edtf.clone()), "rule": t.rule, "anchor": t.anchor});
            writeln!(out, "{w}").unwrap();
        }
    }
    eprintln!("start-up {start:?}; {:.1} MB/s ({bytes} bytes in {time:?})", bytes as f64 / 1e6 / time.as_secs_f64());
}
