//! The sender of a document speaking of itself: "Post", "the Ambassador", "Embassy Dushanbe", "we" outside quotations.

use super::ActorForm;
use super::compose::{Base, Composer, Tail};
use super::lexicon::What;
use super::model::top_of;
use super::scan::Atom;

impl Composer<'_> {
    /// The sender of a cable: "Post", "the Ambassador", "Embassy Dushanbe", "we".
    pub(super) fn own_phrase(&mut self, atom: &Atom, post: u32, pronoun: bool) -> usize {
        let inner = atom.start + usize::from(self.words.get(atom.start) == "the");
        if !pronoun && self.of_base(atom.end).is_some() && inner < atom.end {
            return self.title_from_own(inner, atom.end);
        }
        if pronoun && self.in_quotes(atom.start) {
            return atom.end;
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
        let capital = self.atom(end).filter(|a| self.whats(a).any(|w| matches!(w, What::Actor(_, ActorForm::Capital))));
        if let (false, Some(city)) = (pronoun, capital) {
            end = city.end;
        } else if !pronoun && let Some(name) = self.name(atom.end, &Tail::default(), None) {
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
