//! Prints how a file is read: its metadata, its date claims and every sentence with zone, paragraph and portion mark.
//!
//! `cargo run --example zones -- FILE...`

use dateline::document::{Document, walk};
use dateline::text::sentences;

fn main() -> dateline::Result<()> {
    let paths: Vec<_> = std::env::args_os().skip(1).map(Into::into).collect();
    for input in walk(&paths)? {
        match input.read() {
            Ok(document) => print(&document),
            Err(error) => eprintln!("{error}"),
        }
    }
    Ok(())
}

fn print(document: &Document) {
    println!("== {} [{}] {}", document.id, document.format, document.source);
    println!("{:#?}\n{:#?}\n{:?}", document.meta, document.date_claims, document.warnings);
    for sentence in sentences(document) {
        let block = &document.blocks[sentence.block];
        let number = block.number.map(|n| n.to_string()).unwrap_or_default();
        let words: Vec<&str> = sentence.tokens.iter().map(|t| &document.text[t.range()]).collect();
        println!(
            "{:>3} {:<11} {:>3} {:<4} {}",
            sentence.block,
            sentence.zone.as_str(),
            number,
            block.marking.as_deref().unwrap_or(""),
            words.join(" ")
        );
    }
}
