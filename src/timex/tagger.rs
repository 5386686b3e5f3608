//! The tagger: rules compiled once, then any number of texts.

use super::automaton::{Automaton, Pool};
use super::compile::{Tables, compile};
use super::context::{Anchoring, Context};
use super::grammar::File;
use super::heading::Headings;
use super::lexicon::{Kind, KindId, NOTHING, Symbol};
use super::meaning::{Meaning, Sem, Unit};
use super::normalise::meaning;
use super::phrase::Phrases;
use super::ranges::Links;
use super::recognise::{Matcher, View};
use super::relation::Bounds;
use super::resolve::{Outcome, resolve};
use super::state::{Ahead, Direction, State};
use super::stream::Stream;
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
    links: Links,
    phrases: Phrases,
    headings: Headings,
    main_line: Option<Symbol>,
    of: Option<Symbol>,
    /// "had": a date behind it looks back.
    pluperfect: Option<Symbol>,
    determiner: Option<Symbol>,
    /// What a token of each kind says of the sort of text.
    clues: Vec<Clue>,
    automata: Pool,
}

/// What a token says of the sort of text.
#[derive(Clone, Copy, Debug)]
enum Clue {
    None,
    /// News: "yesterday".
    News,
    /// A history: "BC".
    Era,
    /// A year: which one tells.
    Year,
}

impl Clue {
    fn of_kinds(tables: &Tables) -> Vec<Clue> {
        let clues = [
            (tables.class("news-marker"), Clue::News),
            (tables.class("era"), Clue::Era),
            (tables.symbols.get('#', "year"), Clue::Year),
        ];
        let clue = |kind: &Kind| clues.iter().find(|(symbol, _)| symbol.is_some_and(|s| kind.has(s)));
        tables.lexicon.kinds.iter().map(|kind| clue(kind).map_or(Clue::None, |(_, clue)| *clue)).collect()
    }
}

/// How many expressions are resolved together, at the least: a date without a year looks ahead no further than this.
const TOGETHER: usize = 8192;
/// Words before a date that opens a sentence as an attribute: "In the May 2007 elections".
const FRONTED: usize = 2;

/// What is known while a text is read piece by piece.
pub(super) struct Reading {
    /// Whether it is a narrative, once that is decided: by its first piece.
    narrative: Option<bool>,
    state: State,
    /// How many sentences have been read.
    sentences: usize,
}

impl Reading {
    pub fn new(context: &Context) -> Self {
        let (basis, untraced) = (context.basis.clone(), context.untraced);
        let state = State { document: context.anchor, basis, untraced, ..State::default() };
        Reading { narrative: None, state, sentences: 0 }
    }
}

/// A recognised expression, not yet resolved.
struct Hit {
    sentence: usize,
    start: usize,
    end: usize,
    rule: u16,
    meaning: Meaning,
    direction: Direction,
    /// Whether it may move the running reference time.
    leads: bool,
    /// Whether the clause before it is in the pluperfect.
    looks_back: bool,
    /// Whether it says which one a noun means, and not when the telling is: "the riots of May 13".
    describes: bool,
    /// The year that it gives to the dates below, where it is a heading.
    heads: Option<i32>,
    /// Where its words begin, without what only modifies it.
    first: usize,
    /// Where its words end, with the noun phrase that belongs to it.
    words: usize,
    /// Whether it is joined to the expression before it ("June or July").
    joined: bool,
    /// Whether it ends a range ("from June through July").
    ends: bool,
    /// Whether it ends a range of weekdays ("from Monday to Friday").
    ranged: bool,
}

/// The kinds of all tokens, run by run.
struct Kinds {
    all: Vec<KindId>,
    starts: Vec<usize>,
}

impl Kinds {
    fn of(&self, run: usize) -> &[KindId] {
        let range = self.starts.get(run).zip(self.starts.get(run + 1));
        range.and_then(|(a, b)| self.all.get(*a..*b)).unwrap_or_default()
    }
}

impl Tagger {
    /// Compiles the `timex` section of the rules.
    ///
    /// # Errors
    /// [`crate::Error::Rules`] with file and rule when a rule cannot be read or compiled.
    pub fn new(rules: &Rules) -> Result<Self> {
        let tables = compile(&rules.section::<File>("timex")?)?;
        Ok(Tagger {
            markers: Markers::new(&tables),
            bounds: Bounds::new(&tables),
            links: Links::new(&tables),
            phrases: Phrases::new(&tables),
            headings: Headings::new(&tables),
            main_line: tables.class("main-line"),
            of: tables.class("described-by"),
            pluperfect: tables.class("pluperfect"),
            determiner: tables.class("determiner"),
            clues: Clue::of_kinds(&tables),
            automata: Pool::default(),
            tables,
        })
    }

    /// The time expressions of a document, in order, not overlapping. `sentences` are those of `text`.
    pub fn tag(&self, text: &str, sentences: &[Sentence], context: &Context) -> Vec<Timex> {
        let runs: Vec<&[Token]> = sentences.iter().map(|s| s.tokens.as_slice()).collect();
        self.tag_runs(text, &runs, context)
    }

    /// Like [`Tagger::tag`] for raw text, split by [`super::split_light`]. A text too long for one piece is read as
    /// [`Tagger::stream`] reads it.
    pub fn tag_text(&self, text: &str, document_date: Option<NaiveDate>, anchoring: Anchoring) -> Vec<Timex> {
        let (mut out, mut at) = (Vec::new(), 0);
        let mut stream = self.stream(document_date, anchoring);
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let shift = at;
            at += stream.piece(rest, |_, found| {
                out.extend(found.into_iter().map(|mut timex| {
                    timex.range = timex.range.start + shift..timex.range.end + shift;
                    timex
                }));
            });
        }
        out
    }

    /// For a text that may be too long for memory: it is given piece by piece.
    pub fn stream(&self, document_date: Option<NaiveDate>, anchoring: Anchoring) -> Stream<'_> {
        Stream::new(self, Context { anchor: document_date, anchoring, untraced: true, ..Context::default() })
    }

    fn tag_runs(&self, text: &str, runs: &[&[Token]], context: &Context) -> Vec<Timex> {
        let mut out = Vec::new();
        self.read(text, runs, context, &mut Reading::new(context), &mut |found| out.extend(found));
        out
    }

    /// Tags a text or the next piece of one, and gives what is found to `sink`, some thousands at a time.
    pub(super) fn read(
        &self,
        text: &str,
        runs: &[&[Token]],
        context: &Context,
        reading: &mut Reading,
        sink: &mut dyn FnMut(Vec<Timex>),
    ) {
        let kinds = self.kinds(text, runs);
        let narrative = *reading.narrative.get_or_insert_with(|| match context.anchoring {
            Anchoring::News => false,
            Anchoring::Narrative => true,
            Anchoring::Auto => self.is_narrative(text, runs, &kinds, context.anchor),
        });
        reading.state.narrative = narrative;
        let view = |index: usize| View {
            text,
            tokens: runs.get(index).copied().unwrap_or_default(),
            kinds: kinds.of(index),
            tables: &self.tables,
            narrative,
        };
        self.automata.with(|automaton| {
            let mut hits = Vec::new();
            for index in 0..runs.len() {
                self.recognise(view(index), index, context.anchor, automaton, &mut hits);
                if hits.len() >= TOGETHER || index + 1 == runs.len() {
                    sink(self.settle(&mut hits, reading, &view));
                    hits.clear();
                }
            }
        });
        reading.sentences += runs.len();
    }

    /// Resolves expressions that were recognised, in the light of each other and of what was read before.
    fn settle<'a>(&self, hits: &mut [Hit], reading: &mut Reading, view: &dyn Fn(usize) -> View<'a>) -> Vec<Timex> {
        for i in (1..hits.len()).rev() {
            let (before, after) = hits.split_at_mut(i);
            if let (Some(a), Some(b)) = (before.last_mut(), after.first_mut())
                && a.sentence == b.sentence
            {
                a.words = a.words.min(b.start).max(a.end);
                if self.links.side_by_side(&view(a.sentence), a.end, b.start) {
                    super::joined::share(&mut a.meaning.sem, &mut b.meaning.sem);
                    b.joined = true;
                    b.ends = self.links.ranged(&view(a.sentence), a.end);
                    b.ranged = b.ends
                        && super::joined::is_weekday(&a.meaning.sem)
                        && super::joined::is_weekday(&b.meaning.sem);
                    if b.ranged {
                        b.direction = a.direction;
                    }
                }
            }
        }
        super::joined::agree_on_order(hits.iter_mut().map(|hit| &mut hit.meaning.sem));
        let ahead = Ahead::of_all(hits.iter().map(|hit| (&hit.meaning, hit.leads)));
        let mut out: Vec<Timex> = Vec::with_capacity(hits.len());
        let (state, before) = (&mut reading.state, reading.sentences);
        for (i, (hit, ahead)) in hits.iter().zip(ahead).enumerate() {
            state.ahead = ahead;
            let first =
                i.checked_sub(1).filter(|_| hit.joined).and_then(|i| Some((&hits.get(i)?.meaning.sem, out.last()?)));
            state.beside = first.and_then(|(sem, timex)| {
                let year = timex.date.as_ref()?.span.earliest?.year();
                super::joined::year_of_second(sem, year, &hit.meaning.sem)
            });
            state.until = hits
                .get(i + 1)
                .filter(|next| next.ends && hit.meaning.sem.is_of_year())
                .and_then(|next| if let Sem::Fields(fields) = &next.meaning.sem { Some(fields.clone()) } else { None });
            state.sentence = before + hit.sentence;
            state.section(hit.heads, &hit.meaning.sem, hit.leads);
            let outcome = resolve(state, &hit.meaning, hit.direction);
            out.push(self.timex(&view(hit.sentence), hit, outcome, state));
            if hit.ranged
                && let Some((last, rest)) = out.split_last_mut()
                && let Some(first) = rest.last_mut()
            {
                super::joined::in_order(first, last, hit.direction.ahead());
            }
        }
        self.links.join(&mut out, |sentence| view(sentence - before));
        out
    }

    fn kinds(&self, text: &str, runs: &[&[Token]]) -> Kinds {
        let mut kinds = Kinds { all: Vec::with_capacity(runs.iter().map(|r| r.len()).sum()), starts: vec![0] };
        for run in runs {
            for token in *run {
                // A mark is looked up by its text as well: dashes and quotes have their classes.
                kinds.all.push(self.tables.lexicon.kind(&token.word(text)));
            }
            kinds.starts.push(kinds.all.len());
        }
        kinds
    }

    /// Whether a text tells of other years more than of its own days: a history, not news.
    fn is_narrative(&self, text: &str, runs: &[&[Token]], kinds: &Kinds, document: Option<NaiveDate>) -> bool {
        let (mut far, mut near, mut deictic) = (0usize, 0usize, 0usize);
        for (token, kind) in runs.iter().flat_map(|run| run.iter()).zip(&kinds.all) {
            match self.clues[usize::from(*kind)] {
                Clue::None => {}
                Clue::News => deictic += 1,
                Clue::Era => far += 1,
                Clue::Year => {
                    let written = text.get(token.range()).filter(|_| token.kind == TokenKind::Number);
                    let Some(written) = written.map(|w| w.parse().unwrap_or(0)) else { continue };
                    let other = document.is_none_or(|d| (d.year() - written).abs() > 1);
                    if other { far += 1 } else { near += 1 }
                }
            }
        }
        far >= 8 && far > near && far > 3 * deictic
    }

    fn recognise(
        &self,
        view: View,
        sentence: usize,
        document: Option<NaiveDate>,
        automaton: &mut Automaton,
        hits: &mut Vec<Hit>,
    ) {
        let mut matcher = Matcher::new(view, automaton);
        let mut at = 0;
        while at < view.tokens.len() {
            let here = view.kinds[at];
            let next = view.kinds.get(at + 1).copied().unwrap_or(NOTHING);
            if !self.tables.may_begin(here, next) {
                at += 1;
                continue;
            }
            let Some((mut meaning, node)) = matcher.best(at, |node| meaning(&view, node)) else {
                at += 1;
                continue;
            };
            at = node.end;
            if meaning.sem == Sem::Nothing {
                continue;
            }
            // "Will open in two weeks" may tell when; "the most serious in ten years" looks back over them.
            if let Sem::Within { amount, unit } = meaning.sem
                && (view.narrative || !self.markers.within(&view, node.start, node.end))
            {
                meaning.sem = Sem::Length(vec![(amount, unit)]);
            }
            // "Today is the second day of the strike": the day that is counted is there.
            let here = meaning.sem == Sem::SomeDay && self.markers.is_there(&view, node.start);
            let direction = if here { Direction::Unknown } else { self.markers.direction(&view, node.start, node.end) };
            // "the May 2007 high" describes; "in May 2007" tells, and so does what opens a sentence: "In the May 2007
            // elections they won".
            let is = |back: usize, symbol: Option<Symbol>| {
                node.start.checked_sub(back).zip(symbol).is_some_and(|(at, symbol)| view.is(at, symbol))
            };
            let fronted = node.start == FRONTED && is(1, self.determiner) && is(FRONTED, self.main_line);
            let told = node.start == 0 || is(1, self.main_line) || fronted;
            let looks_back = (0..node.start).any(|at| self.pluperfect.is_some_and(|s| view.is(at, s)));
            let leads = meaning.sem.leads(told);
            // The tail belongs to the words, not to the tokens: the events in it are told all the same.
            let tail = view.narrative && self.tables.rules[usize::from(node.rule)].tail;
            let words = if tail { self.phrases.end(&view, node.end) } else { node.end };
            let outside = self.tables.rules[usize::from(node.rule)].outside.filter(|_| !view.narrative);
            let first = node.start + usize::from(outside.is_some_and(|class| view.is(node.start, class)));
            let heads = self.headings.year(&view, node.start..node.end, &meaning.sem, document);
            let (start, end, rule) = (node.start, node.end, node.rule);
            hits.push(Hit {
                sentence,
                start,
                end,
                rule,
                meaning,
                direction,
                leads,
                looks_back,
                describes: is(1, self.of),
                heads,
                first,
                words,
                joined: false,
                ends: false,
                ranged: false,
            });
        }
    }

    fn timex(&self, view: &View, hit: &Hit, outcome: Outcome, state: &mut State) -> Timex {
        let start = view.tokens.get(hit.first).map_or(0, |t| t.start as usize);
        let end = hit.words.checked_sub(1).and_then(|i| view.tokens.get(i)).map_or(start, |t| t.end as usize);
        let words = view.text.get(start..end).unwrap_or("");
        let rule = self.tables.rules[usize::from(hit.rule)].name.clone();
        let trace = if state.untraced {
            String::new()
        } else {
            let days = outcome.date.as_ref().map_or("no days", |d| d.edtf.as_str());
            format!("\"{words}\" → {rule} → {} → {days}", outcome.anchor)
        };
        if let Some(focus) = outcome.focus {
            let past = hit.direction.behind();
            // "The 1988 period" is there to compare with: it is not the quarter that figures are told of.
            let written = matches!(&hit.meaning.sem, Sem::Fields(fields) if !fields.fiscal);
            // "The same day" after "spoke of the riots of May 13" is not the day of the riots.
            let beside = hit.describes && focus.unit <= Unit::Week && state.day.is_some();
            if !beside {
                state.note(focus, words, hit.leads && !state.behind(focus, hit.looks_back), written, past);
            }
        }
        let relation = self.bounds.relation(view, hit.start);
        let counted = matches!(hit.meaning.sem, Sem::Shift { .. });
        Timex {
            range: start..end,
            sentence: state.sentence,
            tokens: hit.start..hit.end,
            kind: outcome.kind,
            value: outcome.value,
            modifier: outcome.modifier,
            quant: outcome.quant,
            freq: outcome.freq,
            date: outcome.date,
            // "More than a year ago" is before that year by its modifier, but what happened then is dated by it.
            relation: if outcome.modifier == Some("BEFORE") && !counted { Relation::Before } else { relation },
            year_implied: outcome.year_implied,
            anchor: outcome.anchor,
            rule,
            trace,
            warning: outcome.warning,
        }
    }
}
