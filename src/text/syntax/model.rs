//! The weights file and the pipeline over it: words → tags → tree → lemmas.
//!
//! The file begins with eight bytes of magic and the lengths of its sections (little-endian, 32 bits each); the
//! sections follow: tags, index and lists of the tagger, actions, index and lists of the labels, lemmas.

use super::lemma::Lemmas;
use super::lexeme::{self, Lexeme};
use super::parser::{self, NO_LABEL, State};
use super::table::{Lists, Pairs};
use super::tagger::{self, Features};
use super::{Form, Relation, Syntax, Upos, Word};
use crate::text::{Token, TokenKind};
use std::sync::OnceLock;

/// First bytes of a weights file; the digit is the version of the format and of the features.
pub const MAGIC: &[u8; 8] = b"DLSYNT04";
/// Sections of a weights file.
pub const SECTIONS: usize = 7;

static WEIGHTS: &[u8] = include_bytes!("weights.bin");

/// Tagger, parser and lemmatiser over one weights file.
#[derive(Debug)]
pub struct Model<'a> {
    tags: Vec<(Upos, Form)>,
    tagger: Lists<'a>,
    actions: Pairs<'a>,
    labels: Lists<'a>,
    lemmas: Lemmas<'a>,
}

/// Buffers that one sentence leaves to the next.
#[derive(Debug, Default)]
struct Work {
    lexemes: Vec<Lexeme>,
    tags: Vec<u8>,
    features: Features,
    state: State,
    lower: String,
}

impl Model<'static> {
    /// The model compiled into the program, trained on UD English EWT.
    ///
    /// # Panics
    /// Never with the weights file of the repository, which a test reads.
    pub fn builtin() -> &'static Model<'static> {
        static MODEL: OnceLock<Model<'static>> = OnceLock::new();
        MODEL.get_or_init(|| Model::from_bytes(WEIGHTS).expect("the weights file that is compiled in is whole"))
    }
}

impl<'a> Model<'a> {
    /// Reads a weights file; `None` when it is none, or cut off.
    pub fn from_bytes(bytes: &'a [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (lengths, mut rest) = rest.split_at_checked(4 * SECTIONS)?;
        let mut sections = [&bytes[..0]; SECTIONS];
        for (section, length) in sections.iter_mut().zip(lengths.chunks_exact(4)) {
            let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]);
            (*section, rest) = rest.split_at_checked(length as usize)?;
        }
        let [tags, tag_index, tag_lists, actions, label_index, label_lists, lemmas] = sections;
        let tags = tags
            .chunks_exact(2)
            .map(|pair| Some((*Upos::ALL.get(usize::from(pair[0]))?, *Form::ALL.get(usize::from(pair[1]))?)))
            .collect::<Option<Vec<_>>>()?;
        Some(Model {
            tags,
            tagger: Lists::new(tag_index, tag_lists),
            actions: Pairs::new(actions),
            labels: Lists::new(label_index, label_lists),
            lemmas: Lemmas::read(std::str::from_utf8(lemmas).ok()?),
        })
    }

    /// Whether a word is one of those the tagger has learnt something about: the common words of English.
    pub fn knows(&self, word: &str) -> bool {
        let mut features = super::tagger::Features::default();
        features.start(0);
        features.join([lexeme::lexeme(word, &mut String::new()).word]);
        features.hashes.first().is_some_and(|&feature| self.tagger.holds(feature))
    }

    /// Analyses one sentence: `tokens` are its tokens, their offsets bytes of `text`. A token whose offsets do not fit
    /// the text counts as an empty word.
    ///
    /// The full stop of an abbreviation inside the sentence ("Gen. Petrov") is read with its word, as the treebanks
    /// have it, and hangs on it as punctuation.
    pub fn analyse(&self, text: &str, tokens: &[Token]) -> Syntax {
        // Words that a line end breaks are read in one piece.
        let mended: Vec<String> = tokens.iter().filter(|t| t.broken).map(|t| t.word(text).into_owned()).collect();
        let mut mended = mended.iter();
        let mut forms: Vec<&str> = Vec::with_capacity(tokens.len());
        let mut starts: Vec<usize> = Vec::with_capacity(tokens.len());
        for (i, token) in tokens.iter().enumerate() {
            let whole = if token.broken { mended.next().map(String::as_str) } else { text.get(token.range()) };
            let form = whole.unwrap_or_default();
            let before = i.checked_sub(1).and_then(|at| tokens.get(at));
            let longer = before
                .filter(|b| form == "." && abbreviates(b, token, tokens.get(i + 1)))
                .and_then(|b| text.get(b.start as usize..token.end as usize));
            match (longer, forms.last_mut()) {
                (Some(longer), Some(last)) => *last = longer,
                _ => {
                    forms.push(form);
                    starts.push(i);
                }
            }
        }
        let syntax = self.analyse_words(&forms);
        if forms.len() == tokens.len() { syntax } else { spread(syntax, &starts, tokens.len()) }
    }

    /// Analyses one sentence of words.
    pub fn analyse_words(&self, forms: &[&str]) -> Syntax {
        thread_local! {
            static WORK: std::cell::RefCell<Work> = std::cell::RefCell::default();
        }
        WORK.with_borrow_mut(|work| self.analyse_with(forms, work))
    }

    fn analyse_with(&self, forms: &[&str], work: &mut Work) -> Syntax {
        let Work { lexemes, tags, features, state, lower } = work;
        let capitals = lexeme::sentence(forms, lower, lexemes);
        tagger::tag(lexemes, capitals, self.tags.len(), &self.tagger, features, tags);
        state.reset(lexemes, tags);
        parser::parse(state, &self.actions, &self.labels, Relation::ALL.len(), Relation::Root as u8, features);
        let words = forms.iter().enumerate().map(|(i, form)| {
            let (upos, inflection) =
                tags.get(i).and_then(|&t| self.tags.get(usize::from(t))).copied().unwrap_or((Upos::X, Form::Plain));
            let (head, label) = state.head(i);
            let head = usize::try_from(head).ok().filter(|&h| h < forms.len() && label != NO_LABEL);
            let relation = match head {
                None => Relation::Root,
                Some(_) => Relation::ALL.get(usize::from(label)).copied().unwrap_or(Relation::Dep),
            };
            Word { upos, form: inflection, lemma: self.lemmas.lemma(form, upos, inflection, lower), head, relation }
        });
        Syntax::new(words.collect())
    }
}

/// Longest word, in bytes, whose full stop inside a sentence is taken for an abbreviation's.
const LONGEST_ABBREVIATION: u32 = 6;

/// Whether a full stop belongs to the word before it: a short word, nothing between them, and the sentence goes on
/// after a space.
fn abbreviates(word: &Token, stop: &Token, next: Option<&Token>) -> bool {
    word.kind == TokenKind::Word
        && !stop.spaced
        && word.end.saturating_sub(word.start) <= LONGEST_ABBREVIATION
        && next.is_some_and(|n| n.spaced && n.kind != TokenKind::Punct)
}

/// Gives each of `count` tokens its word, where word i begins at token `starts[i]` and other tokens are stops.
fn spread(syntax: Syntax, starts: &[usize], count: usize) -> Syntax {
    let stop = |i: usize| Word {
        upos: Upos::Punct,
        form: Form::Plain,
        lemma: ".".to_string(),
        head: i.checked_sub(1),
        relation: Relation::Punct,
    };
    let mut words: Vec<Word> = (0..count).map(stop).collect();
    for (word, &start) in syntax.words.into_iter().zip(starts) {
        if let Some(place) = words.get_mut(start) {
            *place = Word { head: word.head.and_then(|h| starts.get(h).copied()), ..word };
        }
    }
    Syntax::new(words)
}
