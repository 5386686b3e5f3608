//! How fast documents are read: cable pages as HTML (the real ones beside the project, else made-up ones), records of a
//! collection, and an article. `cargo bench --bench read`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::document::{Document, Mapping, inputs};
use std::hint::black_box;
use std::path::{Path, PathBuf};

/// The real pages, or as many made-up ones where they are missing.
fn pages() -> Vec<Vec<u8>> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora/cables/pages"));
    let Ok(entries) = std::fs::read_dir(folder) else {
        eprintln!("{} is not here: made-up pages are read", folder.display());
        return vec![made_up(); 300];
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    paths.iter().filter_map(|p| std::fs::read(p).ok()).collect()
}

fn made_up() -> Vec<u8> {
    let links = "<a href='/date/2005-05_0.html'>2005</a>\n".repeat(900);
    let body: String = (1..30)
        .map(|n| format!("¶{n}. (C) The minister met the envoy of Dusta on May {n} and said \nthat the treaty would not be prolonged. &#x000A; \n"))
        .collect();
    format!(
        "<html><body>{links}<h3>Viewing cable 05DUSTVILLE42, DUST</h3><table class='cable'><tr><th>Reference ID</th><th>Created</th>\
         <th>Released</th><th>Classification</th><th>Origin</th></tr><tr><td>05DUSTVILLE42</td><td>2005-11-21 12:22</td>\
         <td>2011-02-03 00:12</td><td>CONFIDENTIAL</td><td>Embassy Dustville</td></tr></table><code><pre>R 211222Z NOV 05\nFM AMEMBASSY DUSTVILLE</pre></code>\
         <code><pre>S E C R E T DUSTVILLE 000042\n\nTAGS: PGOV\nSUBJECT: DUST\n\n{body}</pre></code></body></html>"
    )
    .into_bytes()
}

fn read(c: &mut Criterion) {
    let pages = pages();
    let bytes: usize = pages.iter().map(Vec::len).sum();
    let mut group = c.benchmark_group("read");
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("cable-pages-html", |b| {
        b.iter(|| pages.iter().filter(|p| Document::from_bytes("page.html", black_box(p)).is_ok()).count());
    });
    let paragraph =
        "<p>The president of Dusta, who had long been silent, signed the treaty on Monday, officials said in May.</p>";
    let article = format!(
        "<!DOCTYPE html><html><head><title>Dust</title></head><body><article>{}</article></body></html>",
        paragraph.repeat(200)
    );
    group.throughput(Throughput::Bytes(article.len() as u64));
    group.bench_function("article-html", |b| {
        b.iter(|| Document::from_bytes("a.html", black_box(article.as_bytes())).is_ok())
    });
    let records = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora/cables/cables.jsonl.gz"));
    if records.exists() {
        let length = std::fs::metadata(records).map_or(0, |m| m.len());
        group.throughput(Throughput::Bytes(length));
        group.bench_function("records-gzipped", |b| {
            b.iter(|| {
                let found = inputs(&[records.to_path_buf()], &Mapping::default()).into_iter().flatten();
                found.filter(|i| i.as_ref().is_ok_and(|i| i.read().is_ok())).count()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
