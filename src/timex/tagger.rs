//! The tagger: rules compiled once, then any number of texts.

use super::compile::{Tables, compile};
use super::context::{Anchoring, Context};
use super::grammar::File;
use super::lexicon::{KindId, NOTHING};
use super::normalise::meaning;
use super::recognise::{Matcher, Node, View};
use super::relation::Bounds;
use super::resolve::{Outcome, State, resolve};
use super::tense::Markers;
use super::{Relation, Timex};
use crate::Result;
use crate::date::NaiveDate;
use crate::rules::Rules;
use crate::text::{Sentence, Token, TokenKind};
use chrono::Datelike;

/// Finds and resolves time expressions. Made once from the rules; tagging does not change it, so threads may share it.
#[derive(Clone, Debug)]
pub struct Tagger {
    tables: Tables,
    markers: Markers,
    bounds: Bounds,
}

impl Tagger {
    /// Compiles the `timex` section of the rules.
    ///
    /// # Errors
    /// [`crate::Error::Rules`] with file and rule when a rule cannot be read or compiled.
    pub fn new(rules: &Rules) -> Result<Self> {
        let tables = compile(&rules.section::<File>("timex")?)?;
        Ok(Tagger { markers: Markers::new(&tables), bounds: Bounds::new(&tables), tables })
    }

    /// The time expressions of a document, in order, not overlapping. `sentences` are those of `text`.
    pub fn tag(&self, text: &str, sentences: &[Sentence], context: &Context) -> Vec<Timex> {
        let kinds: Vec<Vec<KindId>> = sentences.iter().map(|s| self.kinds(text, &s.tokens)).collect();
        let mut state = State {
            document: context.anchor,
            basis: context.basis.clone(),
            narrative: match context.anchoring {
                Anchoring::News => false,
                Anchoring::Narrative => true,
                Anchoring::Auto => self.is_narrative(text, sentences, &kinds, context.anchor),
            },
            reference: None,
        };
        let mut out = Vec::new();
        for (index, (sentence, kinds)) in sentences.iter().zip(&kinds).enumerate() {
            let tables = &self.tables;
            let view = View { text, tokens: &sentence.tokens, kinds, tables, narrative: state.narrative };
            self.sentence(view, index, &mut state, &mut out);
        }
        out
    }

    /// Like [`Tagger::tag`] for raw text, split by [`super::split_light`].
    pub fn tag_text(&self, text: &str, document_date: Option<NaiveDate>, anchoring: Anchoring) -> Vec<Timex> {
        let context = Context { anchor: document_date, anchoring, ..Context::default() };
        self.tag(text, &super::split_light(text), &context)
    }

    fn kinds(&self, text: &str, tokens: &[Token]) -> Vec<KindId> {
        let kind = |t: &Token| match text.get(t.range()) {
            Some(word) => self.tables.lexicon.kind(word),
            None => NOTHING,
        };
        tokens.iter().map(kind).collect()
    }

    /// Whether a text tells of other years more than of its own days: a history, not news.
    fn is_narrative(
        &self,
        text: &str,
        sentences: &[Sentence],
        kinds: &[Vec<KindId>],
        document: Option<NaiveDate>,
    ) -> bool {
        let (year, today) = (self.tables.symbols.get('#', "year"), self.tables.class("news-marker"));
        let (mut far, mut near) = (0usize, 0usize);
        for (sentence, kinds) in sentences.iter().zip(kinds) {
            for (token, kind) in sentence.tokens.iter().zip(kinds) {
                if *kind == NOTHING {
                    continue;
                }
                let kind = &self.tables.lexicon.kinds[usize::from(*kind)];
                if today.is_some_and(|s| kind.has(s)) {
                    near += 1;
                } else if token.kind == TokenKind::Number && year.is_some_and(|s| kind.has(s)) {
                    let written: i32 = text.get(token.range()).and_then(|w| w.parse().ok()).unwrap_or(0);
                    let other = document.is_none_or(|d| (d.year() - written).abs() > 1);
                    if other { far += 1 } else { near += 1 }
                }
            }
        }
        far >= 5 && far > 2 * near
    }

    fn sentence(&self, view: View, index: usize, state: &mut State, out: &mut Vec<Timex>) {
        let mut matcher = Matcher::new(view);
        let mut at = 0;
        while at < view.tokens.len() {
            let here = view.kinds[at];
            let next = view.kinds.get(at + 1).copied().unwrap_or(NOTHING);
            if !self.tables.may_begin(here, next) {
                at += 1;
                continue;
            }
            let hit = matcher.at(at).into_iter().find_map(|node| Some((meaning(&view, &node)?, node)));
            match hit {
                Some((meaning, node)) => {
                    let direction = self.markers.direction(&view, node.start, node.end);
                    let outcome = resolve(state, &meaning, direction);
                    at = node.end;
                    out.push(self.timex(&view, index, &node, outcome, state));
                }
                None => at += 1,
            }
        }
    }

    fn timex(&self, view: &View, sentence: usize, node: &Node, outcome: Outcome, state: &mut State) -> Timex {
        let start = view.tokens.get(node.start).map_or(0, |t| t.start as usize);
        let end = node.end.checked_sub(1).and_then(|i| view.tokens.get(i)).map_or(start, |t| t.end as usize);
        let words = view.text.get(start..end).unwrap_or("");
        let rule = self.tables.rules[usize::from(node.rule)].name.clone();
        let days = outcome.date.as_ref().map_or("no days", |d| d.edtf.as_str());
        let trace = format!("\"{words}\" → {rule} → {} → {days}", outcome.anchor);
        if let Some(focus) = outcome.focus {
            state.reference = Some((focus, words.to_string()));
        }
        let relation = self.bounds.relation(view, node.start);
        Timex {
            range: start..end,
            sentence,
            tokens: node.start..node.end,
            kind: outcome.kind,
            value: outcome.value,
            modifier: outcome.modifier,
            date: outcome.date,
            relation: if outcome.modifier == Some("BEFORE") { Relation::Before } else { relation },
            year_implied: outcome.year_implied,
            anchor: outcome.anchor,
            rule,
            trace,
            warning: outcome.warning,
        }
    }
}
