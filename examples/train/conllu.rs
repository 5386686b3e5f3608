//! Sentences of a treebank in CoNLL-U (<https://universaldependencies.org/format.html>), gzipped.

use anyhow::{Context, Result, anyhow};
use dateline::text::syntax::{Form, Relation, Upos};
use std::io::Read;
use std::path::Path;

/// One sentence as annotated.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    pub forms: Vec<String>,
    pub lemmas: Vec<String>,
    pub tags: Vec<(Upos, Form)>,
    /// Heads; the number of words stands for the root.
    pub heads: Vec<u32>,
    pub labels: Vec<Relation>,
}

/// Reads all sentences of a file. Words of a contraction are read, the contraction itself is not; nor are empty nodes.
pub fn read(path: &Path) -> Result<Vec<Sentence>> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).with_context(|| path.display().to_string())?;
    let mut sentences = Vec::new();
    let mut open = Sentence::default();
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() {
            close(&mut open, &mut sentences);
        } else if !line.starts_with('#') {
            word(line, &mut open).with_context(|| format!("{}, line {}", path.display(), number + 1))?;
        }
    }
    close(&mut open, &mut sentences);
    Ok(sentences)
}

fn close(open: &mut Sentence, sentences: &mut Vec<Sentence>) {
    let n = open.forms.len() as u32;
    for head in &mut open.heads {
        // 1-based, 0 for the root, becomes 0-based, n for the root.
        *head = head.checked_sub(1).unwrap_or(n);
    }
    if n > 0 {
        sentences.push(std::mem::take(open));
    }
}

fn word(line: &str, open: &mut Sentence) -> Result<()> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, _, head, label, ..] = fields[..] else {
        return Err(anyhow!("a word has 10 fields"));
    };
    if id.parse::<u32>().is_err() {
        return Ok(());
    }
    open.forms.push(form.to_string());
    open.lemmas.push(lemma.to_string());
    let upos = Upos::parse(upos).ok_or_else(|| anyhow!("unknown word class {upos}"))?;
    open.tags.push((upos, Form::of_penn(xpos)));
    open.heads.push(head.parse()?);
    open.labels.push(Relation::parse(label).ok_or_else(|| anyhow!("unknown relation {label}"))?);
    Ok(())
}
