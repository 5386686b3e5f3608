//! `dateline explain`: how each date and event of a document was found.

use super::extract::standard_input;
use super::output::{stdout, to_stdout};
use super::{Global, Outcome, rules};
use crate::Result;
use crate::document::{CharIndex, Document};
use crate::event::{Extraction, Extractor, Mention};
use crate::timex::Timex;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Which document.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// The file; "-" is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A folder of rule files (*.toml) to use besides those compiled in.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

pub(super) fn run(_global: &Global, args: &ExplainArgs) -> Result<Outcome> {
    let extractor = Extractor::new(&rules(args.rules.as_ref())?)?;
    let doc = if args.file == Path::new("-") { standard_input()? } else { Document::read(&args.file)? };
    let found = extractor.extract(&doc);
    to_stdout(|out| out.write_all(text_of(&doc, &found).as_bytes()).map_err(stdout))?;
    Ok(if found.timexes.is_empty() && found.mentions.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn text_of(doc: &Document, found: &Extraction) -> String {
    let mut text = format!("{} ({})\n", doc.id, doc.format);
    if let Some(title) = &doc.meta.title {
        let _ = writeln!(text, "title: {title}");
    }
    match &doc.date {
        Some(date) => {
            let _ = writeln!(text, "date: {} by {}: {}", date.day, date.basis.as_str(), date.note);
        }
        None => text.push_str("date: nothing tells when it was written\n"),
    }
    for claim in doc.date_claims.iter().skip(1) {
        let _ = writeln!(text, "  also {} by {}: {}", claim.day, claim.basis.as_str(), claim.note);
    }
    for warning in &doc.warnings {
        let _ = writeln!(text, "warning: {warning}");
    }
    let chars = CharIndex::new(&doc.text);
    for (i, sentence) in found.sentences.iter().enumerate() {
        let at = chars.range(&sentence.range);
        let timexes: Vec<&Timex> = found.timexes.iter().filter(|t| t.sentence == i).collect();
        let mentions: Vec<&Mention> = found.mentions.iter().filter(|m| at.contains(&m.trigger.start)).collect();
        if timexes.is_empty() && mentions.is_empty() {
            continue;
        }
        let words = doc.text.get(sentence.range.clone()).unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "\n[{}] {}..{} {words}", sentence.zone.as_str(), at.start, at.end);
        timexes.iter().for_each(|t| timex(&mut text, doc, t));
        mentions.iter().for_each(|m| mention(&mut text, m));
    }
    text
}

fn timex(text: &mut String, doc: &Document, t: &Timex) {
    let words = doc.text.get(t.range.clone()).unwrap_or_default();
    let date = t.date.as_ref().map_or("no date", |d| d.edtf.as_str());
    let _ = writeln!(text, "  time   \"{words}\" = {} ({date}), rule {}, anchor {}", t.value, t.rule, t.anchor);
    let _ = writeln!(text, "         {}", t.trace);
    if let Some(warning) = &t.warning {
        let _ = writeln!(text, "         doubt: {warning}");
    }
}

fn mention(text: &mut String, m: &Mention) {
    let subtype = m.subtype.as_ref().map(|s| format!(" {s}")).unwrap_or_default();
    let _ = writeln!(
        text,
        "  event  \"{}\" = {}{subtype}, {}: {}",
        m.trigger.text,
        m.kind.as_str(),
        m.modality.as_str(),
        m.headline
    );
    let actors: Vec<String> =
        m.actors.iter().map(|a| format!("{} {} \"{}\"", a.role.as_str(), a.code, a.text)).collect();
    if !actors.is_empty() {
        let _ = writeln!(text, "         {}", actors.join(", "));
    }
    let _ = writeln!(text, "         {} by {}: {}", m.when.date.edtf, m.when.rule, m.when.trace);
    if let Some(warning) = &m.when.warning {
        let _ = writeln!(text, "         doubt: {warning}");
    }
}
