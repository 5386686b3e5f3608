//! Reads files and folders and prints one line a document: for looking over a corpus.

use dateline::document::{Mapping, inputs};

fn main() -> dateline::Result<()> {
    let paths: Vec<_> = std::env::args_os().skip(1).map(Into::into).collect();
    for input in inputs(&paths, &Mapping::default())? {
        match input.and_then(|i| i.read()) {
            Ok(d) => println!(
                "{}\t{}\t{}\t{} blocks\t{} told\t{} tags\t{} refs\tdecl={}\tby={}\t{}",
                d.id,
                d.format,
                d.date.as_ref().map(|d| d.day.to_string()).unwrap_or_default(),
                d.blocks.len(),
                d.blocks.iter().filter(|b| b.zone.tells_events()).count(),
                d.meta.tags.len(),
                d.meta.references.len(),
                d.meta.other.iter().find(|(n, _)| n == "decl").map_or("", |(_, v)| v),
                d.meta.author.as_deref().unwrap_or(""),
                d.warnings.join(" | ")
            ),
            Err(error) => println!("ERROR {error}"),
        }
    }
    Ok(())
}
