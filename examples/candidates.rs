//! Every candidate of the documents given, as JSON Lines: what is judged by hand, to be fitted on by `calibrate`.
//!
//! `cargo run --release --example candidates -- [--rules DIR] DOCUMENT... > candidates.jsonl`; files in the rules folder take
//! the place of the built-in ones of their names.

use dateline::document::{Mapping, inputs};
use dateline::event::Extractor;
use dateline::rules::Rules;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let mut rules = Rules::builtin();
    if paths.first().is_some_and(|first| first.as_os_str() == "--rules") && paths.len() > 1 {
        rules = rules.with_dir(&paths[1])?;
        paths.drain(..2);
    }
    let extractor = Extractor::new(&rules)?;
    for input in inputs(&paths, &Mapping::default())? {
        let document = input?.read()?;
        for candidate in extractor.candidates(&document) {
            let mut row = serde_json::to_value(&candidate.mention)?;
            row["source"] = document.source.clone().into();
            row["kept"] = candidate.kept.into();
            row["features"] = candidate.features.into();
            println!("{row}");
        }
    }
    Ok(())
}
