//! Every candidate of the documents given, as JSON Lines: what is judged by hand, to be fitted on by `calibrate`.
//!
//! `cargo run --release --example candidates -- DOCUMENT... > candidates.jsonl`

use dateline::document::{Mapping, inputs};
use dateline::event::Extractor;
use dateline::rules::Rules;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let extractor = Extractor::new(&Rules::builtin())?;
    for input in inputs(&paths, &Mapping::default())? {
        let document = input?.read()?;
        for candidate in extractor.candidates(&document) {
            let mut row = serde_json::to_value(&candidate.mention)?;
            row["source"] = document.source.clone().into();
            row["kept"] = candidate.kept.into();
            println!("{row}");
        }
    }
    Ok(())
}
