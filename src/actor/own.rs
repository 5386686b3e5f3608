//! The sender of a document speaking of itself: "Post", "the Ambassador", "Embassy Dushanbe", "we" outside quotations.

use super::ActorForm;
use super::compose::{Base, Composer, Tail};
use super::lexicon::What;
use super::model::{ActorKind, top_of};
use super::scan::Atom;
use crate::text::{Case, TokenKind};

impl Composer<'_> {
    /// The sender of a cable: "Post", "the Ambassador", "Embassy Dushanbe", "we".
    pub(super) fn own_phrase(&mut self, atom: &Atom, post: u32, pronoun: bool) -> usize {
        let inner = atom.start + usize::from(self.words.get(atom.start) == "the");
        if !pronoun && self.of_base(atom.end).is_some() && inner < atom.end {
            return self.title_from_own(inner, atom.end);
        }
        if pronoun && (self.in_quotes(atom.start) || self.is_numeral(atom)) {
            return atom.end;
        }
        // "The OAS Mission", "the Peace Mission": another's.
        let beside = self.hits.last().is_some_and(|h| h.tokens.end == atom.start && h.form != ActorForm::Own);
        if !pronoun && self.is_general(atom) && (beside || self.in_longer_name(atom.start)) {
            return atom.end;
        }
        if !pronoun && let Some(code) = self.owner(atom.start) {
            let base = Base {
                start: atom.start,
                end: atom.end,
                actors: Vec::new(),
                form: ActorForm::Title,
                person: None,
                implied: true,
            };
            let tail = Tail { end: atom.end, head: atom.end - 1, title: None, ..Tail::default() };
            let name = self.name(atom.end, &tail, Some(top_of(&code)));
            return self.push_tail(&base, &Tail { name, ..tail }, vec![code]);
        }
        let mut base = Base {
            start: atom.start,
            end: atom.end,
            actors: Vec::new(),
            form: ActorForm::Own,
            person: None,
            implied: true,
        };
        let mut codes = vec![self.lex.posts[post as usize].code.clone()];
        let (mut end, mut head, mut form) = (atom.end, atom.end - 1, ActorForm::Own);
        // "Embassy Oslo", "Mission Norway"
        let seat = |what: What| match what {
            What::Actor(_, ActorForm::Capital) => true,
            What::Actor(a, ActorForm::Name) => {
                self.is_general(atom) && self.lex.actors[a as usize].kind == ActorKind::State
            }
            _ => false,
        };
        let capital = self.atom(end).filter(|a| self.whats(a).any(seat));
        if let (false, Some(city)) = (pronoun, capital) {
            end = city.end;
        } else if !pronoun && let Some(name) = self.name(self.past_stop(atom), &Tail::default(), None) {
            (end, head, form) = (name.end, name.end - 1, ActorForm::Title);
            if name.known.is_empty() {
                base.person = Some(name.text);
            } else {
                codes = name.known;
                base.implied = name.implied;
            }
        }
        self.push(&base, codes, head, end, form);
        end
    }

    /// Whether the words may name the part of any state or body ("mission", "embassy").
    fn is_general(&self, atom: &Atom) -> bool {
        self.whats(atom).any(|w| matches!(w, What::Unit(_)))
    }

    /// The token behind "Amb." with its full stop.
    fn past_stop(&self, atom: &Atom) -> usize {
        let short = self.words.get(atom.end - 1).len() <= 4 && self.words.get(atom.end) == ".";
        atom.end + usize::from(short && atom.end == atom.start + 1)
    }

    /// "Section I", "Charles I": no person speaks of itself.
    fn is_numeral(&self, atom: &Atom) -> bool {
        if self.words.get(atom.start) != "i" {
            return false;
        }
        let before = atom.start.checked_sub(1).and_then(|b| self.s.tokens.get(b));
        let named = before.is_some_and(|b| b.kind == TokenKind::Word && b.case != Case::Lower && atom.start > 1);
        let listed = |word: &str| matches!(word, "." | ")" | "/" | "-");
        let small = self.s.tokens[atom.start].case == Case::Lower;
        small || named || self.words.before(atom.start) == "/" || listed(self.words.get(atom.end))
    }

    /// "Sweden's DCM", "the Swedish Embassy's Political Counselor", "Swedish Embassy officials": the embassy of the state
    /// named right before.
    fn owner(&self, at: usize) -> Option<String> {
        let before = at.checked_sub(1)?;
        let mark = self.s.tokens.get(before).and_then(|t| self.text.get(t.range())).unwrap_or_default();
        let owned = matches!(mark, "'s" | "’s" | "'" | "’");
        let last = self.hits.last().filter(|h| !h.place_reading)?;
        let beside = last.form == ActorForm::Demonym && last.tokens.end == at && self.words.get(at) != "the";
        let code = format!("{}.EMB", top_of(&last.code));
        let sender = self.lex.posts.iter().any(|p| top_of(&p.code) == top_of(&last.code));
        let foreign = last.form != ActorForm::Own && !sender && (owned && last.tokens.end == before || beside);
        (foreign && self.lex.codes.contains_key(&code)).then_some(code)
    }

    /// "the Ambassador of X": X's, not the sender's.
    fn title_from_own(&mut self, start: usize, of: usize) -> usize {
        let Some((code, end)) = self.of_base(of) else { return of };
        let base = Base { start, end: of, actors: Vec::new(), form: ActorForm::Title, person: None, implied: false };
        let office = format!("{}.EMB", top_of(&code));
        let code = if self.lex.codes.contains_key(&office) { office } else { code };
        self.push(&base, vec![code], of - 1, end, ActorForm::Title);
        end
    }

    /// Whether a token stands inside quotation marks, as far as the sentence shows.
    fn in_quotes(&self, at: usize) -> bool {
        if let Some(open) = self.quoted {
            let marks = self.s.tokens[..at].iter().filter_map(|t| self.text.get(t.range())?.chars().next());
            return marks.fold(open, quote_after);
        }
        let mark = |t: &crate::text::Token| self.text.get(t.range()).and_then(|w| w.chars().next());
        let (mut straight, mut curly) = (0usize, 0i32);
        for token in &self.s.tokens[..at] {
            match mark(token) {
                Some('"') => straight += 1,
                Some('“') => curly += 1,
                Some('”') => curly -= 1,
                _ => {}
            }
        }
        // A quotation that closes here without having been opened began in an earlier sentence.
        let closes = self.s.tokens[at..].iter().filter_map(mark).find(|c| matches!(c, '“' | '”'));
        let later = self.s.tokens[at..].iter().filter(|t| mark(t) == Some('"')).count();
        straight % 2 == 1 || curly > 0 || closes == Some('”') || straight == 0 && later % 2 == 1
    }
}

/// Whether a quotation is open after this character.
pub(super) fn quote_after(open: bool, mark: char) -> bool {
    match mark {
        '"' => !open,
        '“' => true,
        '”' => false,
        _ => open,
    }
}
