//! The weights file and the pipeline over it: words → tags → tree → lemmas.
//!
//! The file begins with eight bytes of magic and the lengths of its sections (little-endian, 32 bits each); the
//! sections follow: tags, index and lists of the tagger, actions, index and lists of the labels, lemmas, and what needs
//! no weighing.

use super::lemma::Lemmas;
use super::lexeme::{self, Capitals, Lexeme};
use super::parser::{self, NO_LABEL, State, Tables};
use super::table::{CLASSES, Lists, Pairs, Sure, Weights};
use super::tagger::{self, Features};
use super::vocabulary::Vocabulary;
use super::{Form, Relation, Syntax, Upos, Word};
use crate::text::{Token, TokenKind};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// First bytes of a weights file; the digit is the version of the format and of the features.
pub const MAGIC: &[u8; 8] = b"DLSYNT05";
/// Sections of a weights file.
pub const SECTIONS: usize = 8;

static WEIGHTS: &[u8] = include_bytes!("weights.bin");

/// Tagger, parser and lemmatiser over one weights file.
#[derive(Debug)]
pub struct Model<'a> {
    tags: Vec<(Upos, Form)>,
    tagger: Lists<'a>,
    actions: Pairs<'a>,
    labels: Lists<'a>,
    lemmas: Lemmas<'a>,
    sure: Sure<'a>,
    /// Tells this model from every other of the process.
    number: u64,
}

/// Buffers that one sentence leaves to the next.
#[derive(Debug, Default)]
struct Work {
    vocabulary: Vocabulary,
    /// Numbers of the words, as written and as read.
    written: Vec<u32>,
    read: Vec<u32>,
    lexemes: Vec<Lexeme>,
    tags: Vec<u8>,
    features: Features,
    state: State,
}

thread_local! {
    static WORK: std::cell::RefCell<Work> = std::cell::RefCell::default();
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
        let [tags, tag_index, tag_lists, actions, label_index, label_lists, lemmas, sure] = sections;
        static MODELS: AtomicU64 = AtomicU64::new(1);
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
            sure: Sure::new(sure),
            number: MODELS.fetch_add(1, Ordering::Relaxed),
        })
    }

    /// Whether a word is one of those the tagger has learnt something about: the common words of English.
    pub fn knows(&self, word: &str) -> bool {
        let mut features = super::tagger::Features::default();
        features.start(0);
        features.join([lexeme::lexeme(word, &mut String::new()).word]);
        features.hashes().first().is_some_and(|&feature| self.tagger.holds(feature))
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
        Syntax::new(self.words(forms))
    }

    /// The words of one sentence, not yet tied to a tree.
    pub(crate) fn words(&self, forms: &[&str]) -> Vec<Word> {
        WORK.with_borrow_mut(|work| self.analyse_with(forms, work, |_, _| {}))
    }

    /// Word class and form of each word of a sentence, without its tree.
    pub fn tags(&self, forms: &[&str]) -> Vec<(Upos, Form)> {
        WORK.with_borrow_mut(|work| {
            let capitals = self.look_up(forms, work);
            self.tag(capitals, work, |_, _| {});
            work.tags.iter().map(|&tag| self.tag_of(tag)).collect()
        })
    }

    fn tag_of(&self, tag: u8) -> (Upos, Form) {
        self.tags.get(usize::from(tag)).copied().unwrap_or((Upos::X, Form::Plain))
    }

    /// Analyses one sentence of words and tells `seen` every tag and label that was weighed, with the contexts in which
    /// it was: for the trainer, which learns from it where nothing needs weighing.
    #[doc(hidden)]
    pub fn watch(&self, forms: &[&str], seen: impl FnMut(&[u64], u8)) {
        self.analyse_with(forms, &mut Work::default(), seen);
    }

    fn analyse_with(&self, forms: &[&str], work: &mut Work, mut seen: impl FnMut(&[u64], u8)) -> Vec<Word> {
        let capitals = self.look_up(forms, work);
        self.tag(capitals, work, &mut seen);
        let Work { vocabulary, written, lexemes, tags, features, state, .. } = work;
        state.reset(lexemes, tags);
        let (label_count, root_label) = (Relation::ALL.len(), Relation::Root as u8);
        let tables = Tables { actions: &self.actions, labels: &self.labels, sure: &self.sure, label_count, root_label };
        parser::parse(state, &tables, features, seen);
        let word = |(i, form): (usize, &&str)| {
            let tag = tags.get(i).copied().unwrap_or(u8::MAX);
            let (upos, inflection) = self.tag_of(tag);
            let (head, label) = state.head(i);
            let head = usize::try_from(head).ok().filter(|&h| h < forms.len() && label != NO_LABEL);
            let relation = match head {
                None => Relation::Root,
                Some(_) => Relation::ALL.get(usize::from(label)).copied().unwrap_or(Relation::Dep),
            };
            let lemma = match upos {
                Upos::Propn => form.to_string(),
                _ => {
                    let find = |lower: &mut String| self.lemmas.lemma(form, upos, inflection, lower);
                    vocabulary.lemma(written[i], tag, find).to_string()
                }
            };
            Word { upos, form: inflection, lemma, head, relation }
        };
        forms.iter().enumerate().map(word).collect()
    }

    /// Looks the words up. A sentence in capitals is read as if it were in small letters: [`Capitals::None`].
    fn look_up(&self, forms: &[&str], work: &mut Work) -> Capitals {
        let Work { vocabulary, written, read, lexemes, .. } = work;
        vocabulary.begin(self.number);
        written.clear();
        written.extend(forms.iter().map(|form| vocabulary.number(form)));
        read.clear();
        let capitals = match lexeme::capitals(written.iter().map(|&w| vocabulary.letters(w))) {
            Capitals::All => {
                read.extend(forms.iter().map(|form| vocabulary.number(&form.to_lowercase())));
                Capitals::None
            }
            capitals => {
                read.extend_from_slice(written);
                capitals
            }
        };
        lexemes.clear();
        lexemes.extend(read.iter().map(|&w| vocabulary.lexeme(w)));
        capitals
    }

    /// Tags the words looked up, as [`tagger::tag`] would, but for the words whose tag is sure.
    fn tag(&self, capitals: Capitals, work: &mut Work, mut seen: impl FnMut(&[u64], u8)) {
        let Work { vocabulary, read, lexemes, tags, features, .. } = work;
        let classes = self.tags.len();
        tags.clear();
        for (i, &word) in read.iter().enumerate() {
            let first = i == 0;
            let alone = vocabulary.alone(word, first, capitals, classes, |lexeme| {
                let sure = self.sure.class(tagger::sure_context(lexeme, first, capitals, features));
                features.start(0);
                tagger::own_features(lexeme, first, capitals, features);
                let mut scores = [0; CLASSES];
                self.tagger.add(features.hashes(), &mut scores);
                (sure, scores.into_iter().take(classes).collect())
            });
            if let Some(tag) = alone.sure {
                tags.push(tag);
                continue;
            }
            let mut scores = [0; CLASSES];
            scores.iter_mut().zip(alone.scores).for_each(|(score, &own)| *score = own);
            features.start(0);
            tagger::around_features(lexemes, tags, i, capitals, features);
            self.tagger.add(features.hashes(), &mut scores);
            let tag = tagger::best(scores.iter().take(classes)).unwrap_or(0);
            seen(&[tagger::sure_context(&lexemes[i], first, capitals, features)], tag);
            tags.push(tag);
        }
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
