//! The time frame of a document: when it was written, which meetings it reports, and the order of its telling.

use super::MentionDate;
use super::public::Speech;
use crate::date::{Date, NaiveDate, Span};
use crate::document::Document;
use crate::text::Sentence;
use crate::timex::Relation;
use chrono::Datelike;

/// A dated meeting or statement that the sentences after it go on reporting.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Index of the sentence that sets it.
    pub sentence: usize,
    /// Its days.
    pub span: Span,
    /// How they are known.
    pub trace: String,
    /// Whose conversation it is, and who takes part.
    pub set: Setting,
}

/// Who meets or speaks in a scene, and how that is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Whose conversation it is.
    pub footing: Footing,
    /// The names of those who take part, in small letters.
    pub names: Vec<String>,
    /// A meeting, and not only what somebody said or did.
    pub talk: bool,
    /// Index of the word that dates it in its sentence.
    pub word: usize,
}

/// On what footing a date sets a scene, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Footing {
    /// A conversation with the document's own side ("told us on May 3"): what the report is about.
    Own,
    /// A meeting or statement of others, told as the sentence's main fact.
    Others,
    /// A public occasion at which things are said ("held its convention on May 3"), in its paragraph.
    Occasion,
    /// A meeting or statement spoken of within what somebody said, or told again.
    Spoken,
}

/// A dated point of the telling.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Index of the sentence.
    pub sentence: usize,
    /// Its block.
    pub block: usize,
    /// Its days.
    pub span: Span,
    /// How they are known.
    pub trace: String,
    /// Something happened then; else only by then ("by mid-1989").
    pub begins: bool,
    /// Index of the word that heads it in its sentence.
    pub word: usize,
}

/// What the order of the telling says of a sentence without a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The days that it leaves.
    pub span: Span,
    /// The date stays in force from an earlier sentence of the paragraph, or stands in this one.
    pub in_force: bool,
    /// How the days are known.
    pub trace: String,
}

/// How far before the document a meeting may lie for its report to be about it.
pub(super) const REPORT_DAYS: i64 = 45;
/// A cable with more dated conversations than this is no report of one.
const SCENES: usize = 3;
/// A meeting lasts at most so many days.
const SCENE_DAYS: i64 = 7;
/// A press report cited for news is at most so old.
const CITED_DAYS: i64 = 60;
/// Bytes that a bracket of press citations takes at the most.
const BRACKET: usize = 160;
/// A month, and whatever is longer, has at least so many days.
pub const MONTH_DAYS: i64 = 27;
/// What happened of late is at most so many days before the document.
const LATELY_DAYS: i64 = 14;
/// News tells of the last days where so many of its dates lie in them.
const FEW: usize = 3;
/// What a document is about is told in its first numbered paragraphs, or in so many first sentences.
const OPENING_PARAGRAPHS: u32 = 3;
const OPENING_SENTENCES: usize = 12;
/// A date among so many first words opens its sentence and holds for all of it.
const OPENING: usize = 6;
/// A point of a narrative is at most so wide.
const POINT_DAYS: i64 = 366;

/// The frame of one document.
#[derive(Debug)]
pub struct Story {
    pub(super) reference: Option<NaiveDate>,
    note: String,
    cable: bool,
    blocks: Vec<usize>,
    ends: Vec<usize>,
    numbers: Vec<Option<u32>>,
    /// Index of the first sentence behind the opening paragraphs.
    opening: usize,
    /// Written for somebody who is about to come, not to report a conversation.
    prepares: bool,
    /// The side that the document comes from, by its code.
    side: Option<String>,
    scenes: Vec<Scene>,
    points: Vec<Point>,
    /// How many of the points lie shortly before the document, and the first of their days.
    late: usize,
    late_from: Option<NaiveDate>,
    press: Vec<(usize, NaiveDate)>,
    reports: Vec<(usize, NaiveDate)>,
    told: Vec<Told>,
    /// Dated occasions at which things are said: noun, day, trace.
    pub(super) occasions: Vec<(String, Date, String)>,
    /// Dated papers, by sentence, noun, day and trace.
    pub(super) papers: Vec<(usize, String, Date, String)>,
    /// What was said in public.
    pub(super) speeches: Vec<Speech>,
}

/// A dated event that a later definite description may speak of again ("the visit").
#[derive(Clone, Debug, PartialEq)]
struct Told {
    block: usize,
    several: bool,
    key: String,
    codes: Vec<String>,
    date: Date,
    trace: String,
}

impl Story {
    /// The frame of a document before its events are known.
    pub fn new(document: &Document, sentences: &[Sentence]) -> Self {
        let note = match &document.date {
            Some(d) => format!("document date {} ({})", d.day, d.basis.as_str()),
            None => "no document date".to_string(),
        };
        let numbers: Vec<Option<u32>> =
            sentences.iter().map(|s| document.blocks.get(s.block).and_then(|b| b.number)).collect();
        let behind = numbers.iter().position(|n| n.is_some_and(|n| n > OPENING_PARAGRAPHS));
        let opening = behind.unwrap_or(OPENING_SENTENCES + 1);
        Story {
            // The document is not younger than the last day it may have been written on.
            reference: document.date.as_ref().map(|d| d.span.latest.unwrap_or(d.day)),
            note,
            cable: document.meta.classification.is_some(),
            blocks: sentences.iter().map(|s| s.block).collect(),
            ends: sentences.iter().map(|s| s.range.end).collect(),
            numbers,
            opening,
            prepares: false,
            side: None,
            scenes: Vec::new(),
            points: Vec::new(),
            late: 0,
            late_from: None,
            press: Vec::new(),
            reports: Vec::new(),
            told: Vec::new(),
            occasions: Vec::new(),
            papers: Vec::new(),
            speeches: Vec::new(),
        }
    }

    /// Notes a dated event of a kind (`key`) in which these actors (codes) took part.
    ///
    /// `several` says that it is told as more than one ("the attacks").
    pub fn tell(&mut self, sentence: usize, key: &str, codes: &[&str], several: bool, when: &MentionDate) {
        let codes = codes.iter().map(|t| t.to_string()).collect();
        let block = self.blocks.get(sentence).copied().unwrap_or_default();
        let (date, trace) = (when.date.clone(), when.trace.clone());
        self.told.push(Told { block, several, key: key.to_string(), codes, date, trace });
    }

    /// The date of the last event of this kind told before `sentence` (in a history, in its paragraph or the one before:
    /// it tells of many battles), if these actors can be its actors: all the persons among
    /// them took part, and where none is named at least one of the states.
    ///
    /// "The attacks" are not the one attack told before: then only what was told of `several` counts.
    pub fn recall(&self, key: &str, codes: &[&str], several: bool, sentence: usize) -> Option<(&Date, &str)> {
        let block = self.blocks.get(sentence).copied().unwrap_or_default();
        let history = self.reference.is_none();
        let top = |code: &str| code.split('.').next().unwrap_or_default().to_string();
        let fits = |t: &&Told| {
            let persons: Vec<&&str> = codes.iter().filter(|c| c.contains('.')).collect();
            let known = |c: &str| t.codes.iter().any(|k| k == c);
            let shared = codes.iter().any(|c| t.codes.iter().any(|k| top(k) == top(c)));
            let near = !history || t.block + 1 >= block;
            // "The attack" is none in particular of the attacks of a year.
            let one = several || !t.several || t.date.span.days().is_some_and(|d| d < MONTH_DAYS);
            t.key == key && (t.several || !several) && one && near && shared && persons.iter().all(|p| known(p))
        };
        self.told.iter().rev().find(fits).map(|t| (&t.date, t.trace.as_str()))
    }

    /// The date of the last event of this kind told before, whoever took part in it.
    pub fn last(&self, key: &str, several: bool) -> Option<(&Date, &str)> {
        let one = |t: &Told| several || !t.several || t.date.span.days().is_some_and(|d| d < MONTH_DAYS);
        let fits = |t: &&Told| t.key == key && (t.several || !several) && one(t);
        self.told.iter().rev().find(fits).map(|t| (&t.date, t.trace.as_str()))
    }

    /// Notes the press dates that a document cites: "(Agency, February 3)" follows what it reports; "(see the Bulletin,
    /// January 27)" names the earlier report that the document carries on. `at` is a byte of the text.
    pub fn cite(&mut self, at: usize, date: &Date, own: bool) {
        let Some(latest) = date.span.latest else { return };
        if self.reference.is_some_and(|r| (0..=CITED_DAYS).contains(&(r - latest).num_days())) {
            if own {
                self.reports.push((at, latest));
            } else {
                self.press.push((at, latest));
            }
        }
    }

    /// Notes a dated act that the following sentences may go on reporting.
    pub fn set_scene(&mut self, sentence: usize, date: &Date, trace: &str, set: Setting) {
        let footing = set.footing;
        let short = date.span.days().is_some_and(|d| d <= SCENE_DAYS);
        // "The vote on election day": what lies ahead is no conversation that was had.
        let ahead = self.reference.is_some_and(|r| date.span.earliest.is_some_and(|e| e > r));
        let known = self.scenes.iter().any(|s| s.sentence == sentence && s.set.footing <= footing);
        if !short || ahead || known || self.spoken_of(sentence, date.span, footing) {
            return;
        }
        self.scenes.retain(|s| s.sentence != sentence);
        self.scenes.push(Scene { sentence, span: date.span, trace: trace.to_string(), set });
        self.scenes.sort_by_key(|s| s.sentence);
    }

    /// Notes that the document is written for a visitor to come: the talks it tells of are not its own.
    pub fn prepare(&mut self) {
        self.prepares = true;
    }

    /// Notes the side that the document comes from.
    pub fn comes_from(&mut self, side: Option<&str>) {
        self.side = side.map(str::to_string);
    }

    /// The side that the document comes from.
    pub fn side(&self) -> Option<&str> {
        self.side.as_deref()
    }

    /// Whether a date is only spoken of in a conversation of the document's own side: a meeting that somebody mentions
    /// there, or one of others that lay before it.
    fn spoken_of(&self, sentence: usize, span: Span, footing: Footing) -> bool {
        let own = self.scenes.iter().rev().find(|s| s.set.footing == Footing::Own && s.sentence <= sentence);
        own.is_some_and(|own| match footing {
            Footing::Own => false,
            Footing::Others | Footing::Occasion => {
                self.same_paragraph(own.sentence, sentence) && span.latest < own.span.earliest
            }
            Footing::Spoken => true,
        })
    }

    /// Notes a date of the telling.
    pub fn set_point(&mut self, sentence: usize, date: &Date, relation: Relation, trace: &str, word: usize) {
        let narrow = date.span.days().is_some_and(|d| d <= POINT_DAYS);
        // "In the next weeks" begins on the day of the telling.
        let begun = |r: NaiveDate, e: NaiveDate| e < r || e == r && date.span.latest == Some(r);
        let past = self.reference.is_none_or(|r| date.span.earliest.is_some_and(|e| begun(r, e)));
        let begins = matches!(relation, Relation::At | Relation::After | Relation::Since);
        let ends = matches!(relation, Relation::By | Relation::Until | Relation::Before);
        if (begins || ends) && narrow && past {
            let block = self.blocks.get(sentence).copied().unwrap_or_default();
            let lately = |e: &NaiveDate| self.reference.is_some_and(|r| (r - *e).num_days() <= LATELY_DAYS);
            if let Some(earliest) = date.span.earliest.filter(lately) {
                self.late += 1;
                self.late_from = self.late_from.into_iter().chain([earliest]).min();
            }
            let place =
                self.points.partition_point(|p| (p.sentence, p.span.earliest) <= (sentence, date.span.earliest));
            let point = Point { sentence, block, span: date.span, trace: trace.to_string(), begins, word };
            self.points.insert(place, point);
        }
    }

    /// Whether the document is a cable.
    pub fn is_cable(&self) -> bool {
        self.cable
    }

    /// The day the document was written.
    pub fn reference(&self) -> Option<NaiveDate> {
        self.reference
    }

    /// The scene that a sentence reports: the last one set in its paragraph, else the document's main meeting.
    pub fn scene(&self, sentence: usize) -> Option<&Scene> {
        let end = self.scenes.partition_point(|s| s.sentence <= sentence);
        let last = end.checked_sub(1).and_then(|i| self.scenes.get(i));
        let here = last.filter(|s| self.same_paragraph(s.sentence, sentence));
        let here = here.filter(|s| !self.prepares || s.set.footing == Footing::Own);
        // What is told before a meeting that comes up late in a document was not told at it.
        let before = |m: &Scene| m.set.footing == Footing::Own && self.opens(m.sentence);
        let main = self.main_scene().filter(|m| m.sentence <= sentence || before(m));
        // "They had met last week": told within the report of a conversation whose day is known.
        let loose = |s: &&Scene| s.set.footing != Footing::Own && s.span.days() != Some(1);
        here.filter(|s| main.is_none() || !loose(s)).or(main)
    }

    /// The conversation of the document's own side with whoever bears one of these names, told up to a sentence: "Olsen
    /// told us on May 3 …", and further down "Olsen thought". Nobody is known by a name that two such conversations share.
    pub fn scene_with(&self, sentence: usize, names: &[String]) -> Option<&Scene> {
        let with = |s: &&Scene| s.set.footing == Footing::Own && s.set.names.iter().any(|n| names.contains(n));
        let mut scenes = self.scenes.iter().filter(|s| s.sentence <= sentence && self.is_fresh(s)).filter(with);
        let first = scenes.next()?;
        scenes.all(|s| s.span == first.span).then_some(first)
    }

    /// Whether somebody with one of these names talked with the document's own side, not long before it.
    pub fn is_partner(&self, names: &[String]) -> bool {
        let with = |s: &Scene| s.set.footing == Footing::Own && s.set.names.iter().any(|n| names.contains(n));
        self.scenes.iter().any(|s| with(s) && self.is_fresh(s))
    }

    /// Whether the document's own side talked with somebody on these days.
    pub fn with_us(&self, span: Span) -> bool {
        self.scenes.iter().any(|s| s.set.footing == Footing::Own && s.span == span)
    }

    /// Whether a sentence stands in the first paragraphs: what is told there is what the whole document reports.
    fn opens(&self, sentence: usize) -> bool {
        sentence < self.opening
    }

    /// Whether a scene lies not long before the document.
    fn is_fresh(&self, scene: &Scene) -> bool {
        self.lately(scene.span)
    }

    /// Whether these days lie not long before the document.
    pub fn lately(&self, span: Span) -> bool {
        let age = self.reference.zip(span.latest).map(|(r, l)| (r - l).num_days());
        age.is_some_and(|a| (0..=REPORT_DAYS).contains(&a))
    }

    /// Whether two sentences stand in one paragraph.
    pub fn same_paragraph(&self, a: usize, b: usize) -> bool {
        let number = |s: usize| self.numbers.get(s).copied().flatten();
        self.blocks.get(a) == self.blocks.get(b) || number(a).is_some() && number(a) == number(b)
    }

    /// A cable reports one conversation as a rule: the first dated one, not long before the cable.
    fn main_scene(&self) -> Option<&Scene> {
        if !self.cable || self.prepares {
            return None;
        }
        let changes = self.scenes.windows(2).filter(|w| w[0].span != w[1].span);
        if changes.take(SCENES).count() == SCENES {
            return None;
        }
        let reported = |s: &Scene| match s.set.footing {
            Footing::Own => true,
            // What others said to each other is what the document reports only where it begins with it.
            Footing::Others => self.opens(s.sentence) && s.set.talk,
            Footing::Spoken => self.opens(s.sentence),
            Footing::Occasion => false,
        };
        self.scenes.iter().find(|s| self.is_fresh(s) && reported(s))
    }

    /// What bounds anything told in this sentence: nothing after the scene's end, else the document's date.
    pub fn frame(&self, sentence: usize, aside: bool) -> Span {
        let scene = if aside { None } else { self.scene(sentence) };
        Span { earliest: None, latest: scene.and_then(|s| s.span.latest).or(self.reference) }
    }

    /// What [`Story::frame`] rests on, in words.
    pub fn anchor(&self, sentence: usize, aside: bool) -> String {
        match self.scene(sentence).filter(|_| !aside) {
            Some(scene) => format!("meeting of {}", Date::from_span(scene.span).edtf),
            None => self.note.clone(),
        }
    }

    /// What the dates told before and after a sentence leave for it: in a history across the whole text, in a dated
    /// document within the paragraph only.
    ///
    /// A history moves forward: what is told between two dates lies between them. Everywhere a month or year stays in force in its
    /// paragraph ("In May 1987 … rioted. He spoke with the rioters"); a day does not, since a day must never be claimed
    /// of what only follows it. `word` is the word of the sentence that tells it.
    pub fn narrative(&self, sentence: usize, word: usize) -> Option<Order> {
        let block = self.blocks.get(sentence)?;
        let history = self.reference.is_none();
        // What stands behind a word in its sentence is told later, but for a date that opens the sentence.
        let here = |p: &Point| p.sentence < sentence || p.sentence == sentence && p.word < word.max(OPENING);
        // Points are in order of their sentences, and so of their paragraphs.
        let (start, end) = (self.first_point(sentence), self.first_point(sentence + 1));
        let told = self.points.get(..end)?.iter().rev().take_while(|p| history || p.block == *block);
        let before = told.into_iter().find(|p| p.begins && here(p))?;
        // A look back from the meeting that a cable reports says nothing of what the report then goes on with.
        let back = |scene: &Scene| before.span.latest < scene.span.earliest;
        if self.cable && before.sentence < sentence && self.scene(sentence).is_some_and(back) {
            return None;
        }
        // A paragraph whose dates all go forward tells in order, in a cable as well.
        let later = match history || self.goes_forward(*block) {
            true => self.points.get(start..).unwrap_or_default(),
            false => &[],
        };
        let later = later.iter().take_while(|p| history || p.block == *block);
        let mut later = later.filter(|p| !here(p));
        let near = before.block == *block;
        let wide = before.span.days().is_some_and(|d| d >= MONTH_DAYS);
        // Not after the meeting that is reported, unless this is told as later than the meeting.
        let told = self.frame(sentence, false).latest.filter(|l| before.span.earliest.is_none_or(|e| e <= *l));
        let trace = format!("after {}", before.trace);
        if near && wide && told.is_none_or(|l| before.span.latest.is_some_and(|end| end <= l)) {
            return Some(Order { span: before.span, in_force: true, trace });
        }
        let after = later.find(|p| p.span.latest >= before.span.latest && p.span != before.span);
        // The year of a day stays in force in its paragraph as well.
        let year = before.span.latest.and_then(|d| NaiveDate::from_ymd_opt(d.year(), 12, 31));
        let year = year.filter(|_| history && near && !wide);
        let next = after.and_then(|p| p.span.latest);
        let latest = next.into_iter().chain(year).chain(told.filter(|_| !history)).min().or(told).or(self.reference);
        if latest.is_some() && latest < before.span.earliest {
            return None;
        }
        Some(Order { span: Span { earliest: before.span.earliest, latest }, in_force: false, trace })
    }

    /// Whether the dates told in a block follow each other in time.
    fn goes_forward(&self, block: usize) -> bool {
        // Points are in order of their sentences, and so of their blocks.
        let first = self.points.partition_point(|p| p.block < block);
        let end = self.points.partition_point(|p| p.block <= block);
        let days = self.points.get(first..end).unwrap_or_default().iter().map(|p| p.span.earliest);
        days.is_sorted()
    }

    /// The date told last before a word of a sentence, in its paragraph or the one before.
    pub fn told_last(&self, sentence: usize, word: usize) -> Option<&Point> {
        let block = self.blocks.get(sentence)?;
        let end = self.first_point(sentence + 1);
        let before = |p: &&Point| (p.sentence, p.word) < (sentence, word) && p.block + 1 >= *block;
        self.points.get(..end)?.iter().rev().find(before)
    }

    /// Since when a cable tells what has happened of late, where most of the dates it tells lie within the last days
    /// (in news, half of them, and no less than three): the first of those days, up to `until`. `None` where that is one day: a day is not claimed of what is told near it.
    pub fn recent(&self, until: Option<NaiveDate>) -> Option<Span> {
        // News is of late, whatever else it recalls; a brief says by the press that it cites of when it is.
        let news = self.late >= FEW && self.late * 2 >= self.points.len() && self.press.is_empty();
        let most = if self.cable { self.late * 4 >= self.points.len() * 3 } else { news };
        let earliest = self.late_from.filter(|_| most)?;
        until.is_none_or(|l| earliest < l).then_some(Span { earliest: Some(earliest), latest: until })
    }

    /// The number of the first point that is not told before a sentence.
    fn first_point(&self, sentence: usize) -> usize {
        self.points.partition_point(|p| p.sentence < sentence)
    }

    /// The end of the next date told after a sentence, for what happened after a long past date and before the telling
    /// moves on ("after 9/11 the base was offered … In May 2005 troops fired").
    pub fn next_point(&self, sentence: usize, after: Span) -> Option<NaiveDate> {
        let long_past = |end: NaiveDate| self.reference.is_none_or(|r| (r - end).num_days() > POINT_DAYS);
        let from = after.latest.filter(|l| long_past(*l))?;
        let mut later = self.points.get(self.first_point(sentence + 1)..)?.iter();
        let next = later.find(|p| p.span.earliest.is_some_and(|e| e > from))?;
        next.span.latest
    }

    /// When what a sentence reports as news became known: since the periodical's own last report of the matter, and by
    /// the latest press date of the citation that follows. `None` where no citation follows.
    pub fn press_window(&self, sentence: usize) -> Option<Span> {
        let end = *self.ends.get(sentence)?;
        let first = self.press.iter().find(|(at, _)| *at >= end)?.0;
        // One pair of brackets may hold several dates, a few dozen bytes apart.
        let latest = self.press.iter().filter(|(at, _)| (first..first + BRACKET).contains(at)).map(|(_, d)| *d).max();
        let earliest = self.reports.iter().map(|(_, d)| *d).max().filter(|e| latest.is_some_and(|l| *e <= l));
        Some(Span { earliest, latest })
    }
}
