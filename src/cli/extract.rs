//! `dateline extract`: documents in, accounts out, no database. The same code as `dateline build` reads them.

use super::output::Output;
use super::{Global, Outcome, build::bar, rules};
use crate::document::{Document, Input, Mapping, inputs};
use crate::event::{Extractor, Mention};
use crate::export::mention_line;
use crate::store::fingerprint;
use crate::{Error, Result};
use rayon::prelude::*;
use std::io::{Read, Write};
use std::path::PathBuf;

/// Documents held in memory at a time.
const CHUNK: usize = 32;

/// Which documents.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ExtractArgs {
    /// Files and folders; standard input where none is given, or for "-".
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// A folder of rule files (*.toml) to use besides those compiled in.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// What a field of a collection's records means: id=KEY, date=SENT, text=MEMO, header, title, author, origin, tags.
    #[arg(long, value_name = "WHAT=NAME")]
    map: Vec<String>,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(global: &Global, args: &ExtractArgs) -> Result<Outcome> {
    let extractor = Extractor::new(&rules(args.rules.as_ref())?)?;
    let (mut failed, mut found) = (false, 0);
    args.output.write(|out| {
        if args.paths.is_empty() || args.paths == [PathBuf::from("-")] {
            let doc = standard_input()?;
            found += write(&extractor.extract(&doc).mentions, &doc, out)?;
            return Ok(());
        }
        let mut inputs = inputs(&args.paths, &Mapping::parse(&args.map)?)?;
        let bar = bar(global.quiet);
        bar.set_length(inputs.files() as u64);
        loop {
            let chunk: Vec<Result<Input>> = inputs.by_ref().take(CHUNK).collect();
            if chunk.is_empty() {
                break;
            }
            let read: Vec<Result<(Document, Vec<Mention>)>> = chunk
                .into_par_iter()
                .map(|input| {
                    let doc = input?.read()?;
                    let mentions = extractor.extract(&doc).mentions;
                    Ok((doc, mentions))
                })
                .collect();
            for one in read {
                match one {
                    Ok((doc, mentions)) => found += write(&mentions, &doc, out)?,
                    Err(error) => {
                        failed = true;
                        bar.suspend(|| eprintln!("dateline: {error}"));
                    }
                }
            }
            bar.set_position(inputs.begun() as u64);
        }
        bar.finish_and_clear();
        Ok(())
    })?;
    Ok(match (failed, found) {
        (true, _) => Outcome::SomeFailed,
        (_, 0) => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

/// The document that comes by standard input.
pub(super) fn standard_input() -> Result<Document> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|e| Error::io("standard input", e))?;
    Document::from_bytes("stdin", &bytes)
}

fn write(mentions: &[Mention], doc: &Document, out: &mut dyn Write) -> Result<usize> {
    for (mention, fp) in mentions.iter().zip(fingerprint(&doc.text, mentions)) {
        mention_line(mention, &fp, doc, out)?;
    }
    Ok(mentions.len())
}
