//! Bad input, case by case: each ends in a clear warning or error with file and line, and the documents beside it are
//! read all the same.

use dateline::document::{Document, Mapping, inputs};
use std::io::Write;

const GOOD: &str = "The Treaty of Dustville\n\nThe treaty was signed on 3 May 1994.\n";

/// Reads a folder that holds `name` with `bytes` between two good documents; gives back what became of `name`.
fn among_good_ones(name: &str, bytes: &[u8]) -> Vec<Result<Document, String>> {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, bytes) in [("a-good.txt", GOOD.as_bytes()), (name, bytes), ("z-good.txt", GOOD.as_bytes())] {
        std::fs::write(dir.path().join(name), bytes).expect("written");
    }
    let found = inputs(&[dir.path().to_path_buf()], &Mapping::default()).expect("walks");
    let mut read: Vec<Result<Document, String>> =
        found.map(|i| i.and_then(|i| i.read()).map_err(|e| e.to_string())).collect();
    let first = read.remove(0).expect("the document before it is read");
    let last = read.pop().expect("there is one behind it").expect("the document behind it is read");
    assert_eq!((first.id.as_str(), last.id.as_str()), ("a-good", "z-good"));
    read
}

/// The error of one bad file, which names it.
fn error(name: &str, bytes: &[u8]) -> String {
    let mut found = among_good_ones(name, bytes);
    assert_eq!(found.len(), 1, "{found:?}");
    let error = found.remove(0).expect_err("is no document");
    assert!(error.contains(name), "{error}");
    error
}

/// The document of one odd file.
fn document(name: &str, bytes: &[u8]) -> Document {
    let mut found = among_good_ones(name, bytes);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).expect("is read")
}

const PAGE: &str = "<html><body><h3>Viewing cable 05DUSTVILLE42, DUST</h3><table class='cable'><tr><th>Reference ID</th>\
    <th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr><tr><td>05DUSTVILLE42</td>\
    <td>2005-11-21 12:22</td><td>2011-02-03 00:12</td><td>CONFIDENTIAL</td><td>Embassy Dustville</td></tr></table>\
    <code><pre>R 211222Z NOV 05\nFM AMEMBASSY DUSTVILLE</pre></code><code><pre>S E C R E T DUSTVILLE 000042\n\n\
    TAGS: PGOV\nSUBJECT: DUST\n\n1. (C) The minister met the envoy on May 3.\n\n2. (C) They parted.\nHILL</pre></code></body></html>";

#[test]
fn a_page_cut_short_anywhere() {
    let whole = document("page.html", PAGE.as_bytes());
    assert_eq!((whole.id.as_str(), whole.meta.author.as_deref()), ("05DUSTVILLE42", Some("HILL")));
    let at = |words: &str| PAGE.find(words).expect("stands there");
    // Before the cable there is nothing to read; in its header the body is missing; in its body the rest is.
    assert!(error("cut.html", &PAGE.as_bytes()[..at("<td>05DUST")]).contains("cut short"));
    let header = document("cut.html", &PAGE.as_bytes()[..at("1. (C)")]);
    assert!(header.warnings.iter().any(|w| w.contains("body is missing")), "{:?}", header.warnings);
    let body = document("cut.html", &PAGE.as_bytes()[..at("2. (C)")]);
    assert!(body.text.contains("met the envoy") && body.blocks.iter().any(|b| b.zone.tells_events()));
    for end in (0..PAGE.len()).filter(|&e| PAGE.is_char_boundary(e)) {
        let _ = Document::from_bytes("cut.html", &PAGE.as_bytes()[..end]);
    }
}

#[test]
fn nested_tables_and_ten_thousand_deep_tags() {
    let words = "The President of Dusta signed the Plains Treaty on Monday, officials of both governments said in the capital. ";
    let nested = format!(
        "<html><body>{}{words}{}</body></html>",
        "<table><tr><td>".repeat(300),
        "</td></tr></table>".repeat(300)
    );
    assert!(document("nested.html", nested.as_bytes()).text.contains("signed the Plains Treaty"));
    let deep = format!("<html><body>{}{words}", "<div>".repeat(10_000));
    let doc = document("deep.html", deep.as_bytes());
    assert!(doc.text.contains("signed the Plains Treaty"));
    assert!(doc.warnings.iter().any(|w| w.contains("nested")), "{:?}", doc.warnings);
}

#[test]
fn latin_1_that_claims_to_be_utf_8() {
    let page = b"<html><head><meta charset=\"utf-8\"><title>Caf\xE9</title></head><body><p>Le caf\xE9 est ferm\xE9 depuis mai 2005.</p></body></html>";
    let doc = document("latin.html", page);
    assert!(doc.text.contains("café est fermé"), "{}", doc.text);
    assert!(doc.warnings.iter().any(|w| w.contains("line 1 is no UTF-8")), "{:?}", doc.warnings);
}

#[test]
fn a_cable_with_two_date_time_groups() {
    let text = "R 161039Z NOV 07\nFM AMEMBASSY DUSTVILLE\nR 181039Z NOV 07\nUNCLAS DUSTVILLE 000042\nSUBJECT: DUST\n\n1. (C) He left.\n";
    let doc = document("two.txt", text.as_bytes());
    assert!(
        doc.warnings.iter().any(|w| w.contains("two date-time groups: 2007-11-16 and 2007-11-18")),
        "{:?}",
        doc.warnings
    );
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("compressed")
}

#[test]
fn gzip_cut_short() {
    // A single document: nothing of it is trusted.
    let text = (0..4000).map(|n| format!("They met {} times in {n}. ", n * 7919 % 1000)).collect::<String>();
    let whole = gzipped(text.as_bytes());
    assert_eq!(document("one.txt.gz", &whole).text.len(), text.len());
    assert!(error("one.txt.gz", &whole[..whole.len() / 2]).contains("damaged or cut short"));
    // A collection: the records before the cut are read, the line of the cut is named.
    let lines: String =
        (0..3000).map(|n| format!("{{\"id\":\"r{n}\",\"text\":\"Dust {} fell.\"}}\n", n * 7919 % 1000)).collect();
    let whole = gzipped(lines.as_bytes());
    let found = among_good_ones("many.jsonl.gz", &whole[..whole.len() / 2]);
    let (read, failed): (Vec<_>, Vec<_>) = found.into_iter().partition(Result::is_ok);
    assert!(read.len() > 10 && failed.len() == 1);
    let told = failed[0].as_ref().expect_err("the cut");
    assert!(told.contains(&format!("many.jsonl.gz#{}", read.len() + 1)) && told.contains("breaks off"), "{told}");
}

#[test]
fn json_lines_that_are_no_objects() {
    let lines = "{\"id\":\"a\",\"text\":\"They met.\"}\n[1, 2]\n\"words\"\n{\"id\":\"b\"\n{\"id\":\"c\"}\n{\"id\":\"d\",\"text\":\"They left.\"}\n";
    let found = among_good_ones("c.jsonl", lines.as_bytes());
    let told: Vec<String> = found.into_iter().map(|f| f.map_or_else(|e| e, |d| d.id)).collect();
    assert_eq!((told.len(), told[0].as_str(), told[5].as_str()), (6, "a", "d"));
    for (line, wanted) in [(2, "no JSON object"), (3, "no JSON object"), (4, "no JSON object"), (5, "holds no text")] {
        let error = &told[line - 1];
        assert!(error.contains(&format!("c.jsonl#{line}: ")) && error.contains(wanted), "{error}");
    }
}

/// A PDF of one page whose content stream is `content`, with its table of offsets.
fn pdf(content: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_string(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_string(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_string(),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

#[cfg(feature = "read-pdf")]
#[test]
fn pdf_with_text_without_text_and_damaged() {
    let lines = [
        "The treaty was signed in Dustville on 3 May 1994.",
        "It came into force in June, and the envoys signed an inter-",
        "national protocol.",
    ];
    let shown: String = lines.iter().map(|l| format!("({l}) Tj T*\n")).collect();
    let whole = pdf(&format!("BT /F1 12 Tf 14 TL 72 720 Td\n{shown}ET"));
    let doc = document("treaty.pdf", &whole);
    assert_eq!(doc.format, "pdf");
    assert!(doc.text.contains("signed in Dustville on 3 May 1994."), "{:?}", doc.text);
    let sentences = dateline::text::sentences(&doc);
    let words: Vec<_> = sentences.iter().flat_map(|s| &s.tokens).map(|t| t.word(&doc.text).into_owned()).collect();
    assert!(words.iter().any(|w| w == "international"), "{words:?}");
    assert!(error("scan.pdf", &pdf("0 0 m 100 100 l S")).contains("PDF without text"));
    for end in [10, 200, whole.len() / 2, whole.len() - 40] {
        // What the library can still read is read; all else is an error that names the file.
        for outcome in among_good_ones("cut.pdf", &whole[..end]) {
            if let Err(told) = outcome {
                assert!(told.contains("cut.pdf") && told.contains("PDF"), "{told}");
            }
        }
    }
    let mut damaged = whole.clone();
    let at = damaged.windows(6).position(|w| w == b"/Pages").expect("stands there");
    damaged[at..at + 6].copy_from_slice(b"/Pagez");
    assert!(error("damaged.pdf", &damaged).contains("PDF"));
}

#[cfg(not(feature = "read-pdf"))]
#[test]
fn a_pdf_names_the_feature_that_reads_it() {
    assert!(error("treaty.pdf", &pdf("")).contains("--features read-pdf"));
}

#[test]
fn bombs_are_refused() {
    // A gzip file of more than 512 MB of blanks, packed a thousandfold; several members, as gzip allows.
    let member = gzipped(&vec![b' '; 64 << 20]);
    let bomb: Vec<u8> = member.iter().copied().cycle().take(member.len() * 9).collect();
    let told = error("bomb.txt.gz", &bomb);
    assert!(told.contains("more than 512 MB"), "{told}");
    assert!(error("twice.gz", &gzipped(&gzipped(b"words"))).contains("gzipped twice"));
    // A ZIP file: refused for its size where the build reads such files (src/document/office.rs), else for its format.
    assert!(error("broken.docx", b"PK\x03\x04 broken").contains("ZIP"));
}

#[test]
fn files_that_are_no_documents() {
    for (name, bytes, wanted) in [
        ("empty.txt", &b""[..], "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("program.bin", b"\x7fELF\0\0\0\x01", "is no text"),
        ("old.doc", b"\xD0\xCF\x11\xE0 old", "save it as DOCX"),
    ] {
        assert!(error(name, bytes).contains(wanted), "{name}");
    }
}
