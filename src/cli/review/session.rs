//! What a review is about, and what each key does.

use super::super::{Global, curate};
use super::ReviewArgs;
use crate::Result;
use crate::query::{AccountRow, Details, Sort, Status, Twin, count, details, events, find, surroundings, twins};
use crate::store::{Decision, Op, Store};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Characters shown before and after a quote.
const AROUND: usize = 240;
/// Likely twins offered for merging.
const TWINS: usize = 5;

/// The fields that a key edits: key, name in the ledger, name on the screen.
pub(super) const FIELDS: [(char, &str, &str); 6] = [
    ('d', "date", "Date"),
    ('i', "initiators", "Who"),
    ('t', "targets", "To whom"),
    ('y', "type", "Type"),
    ('p', "place", "Place"),
    ('h', "headline", "Headline"),
];

/// What the keys mean at the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Decide.
    Look,
    /// Write the value of a field: its place in [`FIELDS`], and the text so far.
    Edit(usize, String),
    /// Choose the twin to merge with.
    Merge,
}

/// An event with all that is shown of it.
#[derive(Debug)]
pub(super) struct Shown {
    pub details: Details,
    /// For each account, what stands before and after its quote.
    pub around: Vec<(String, String)>,
    pub twins: Vec<Twin>,
}

/// A decision, and what it takes to go back to where it was taken.
#[derive(Debug)]
struct Decided {
    key: String,
    at: usize,
    /// The queue before it, where it was changed.
    queue: Option<Vec<String>>,
}

/// A review under way.
#[derive(Debug)]
pub(super) struct Session {
    global: Global,
    why: curate::Why,
    store: Store,
    queue: Vec<String>,
    at: usize,
    pub shown: Option<Shown>,
    pub mode: Mode,
    /// What the last key did, or why it could not.
    pub message: String,
    /// Lines that are scrolled out of sight.
    pub scroll: u16,
    pub over: bool,
    /// Decisions of this review that stand.
    decided: Vec<Decided>,
}

impl Session {
    /// The events that answer, undecided ones only unless asked otherwise.
    pub fn open(global: &Global, args: &ReviewArgs) -> Result<Self> {
        let store = global.open()?;
        let filter = args.filter.filter(&store)?;
        let sort = if args.salient { Sort::Salience } else { Sort::Date };
        let found = events(&store, &filter, sort, None)?;
        let wanted = found.into_iter().filter(|a| args.again || a.status == Status::Machine);
        let mut session = Session {
            global: Global { quiet: true, ..global.clone() },
            why: curate::Why { who: args.who.clone(), ..curate::Why::default() },
            queue: wanted.map(|a| a.event.uid).collect(),
            store,
            at: 0,
            shown: None,
            mode: Mode::Look,
            message: String::new(),
            scroll: 0,
            over: false,
            decided: Vec::new(),
        };
        session.load()?;
        Ok(session)
    }

    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// "3 of 17".
    pub fn place(&self) -> String {
        format!("{} of {}", self.at + 1, self.queue.len())
    }

    /// The last words of a review.
    pub fn farewell(&self) -> String {
        format!("{} taken; `dateline ledger` lists them", count(self.decided.len(), "decision"))
    }

    fn load(&mut self) -> Result<()> {
        (self.scroll, self.shown) = (0, None);
        // What is now part of another event, or was taken back, has no place any more.
        while self.queue.get(self.at).is_some_and(|uid| find(&self.store, uid).is_err()) {
            self.queue.remove(self.at);
            self.at = self.at.min(self.queue.len().saturating_sub(1));
        }
        let Some(uid) = self.queue.get(self.at) else { return Ok(()) };
        let details = details(&self.store, uid)?;
        let around = |row: &AccountRow| surroundings(&self.store, row, AROUND);
        let around = details.told_by.iter().map(around).collect::<Result<_>>()?;
        let twins = twins(&self.store, &details.answer, &details.told_by, TWINS)?;
        self.shown = Some(Shown { details, around, twins });
        Ok(())
    }

    /// Does what a key asks for. What cannot be done is told, and nothing is changed then.
    pub fn key(&mut self, key: KeyEvent) {
        self.message.clear();
        let interrupted = key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL);
        let done = match std::mem::replace(&mut self.mode, Mode::Look) {
            _ if interrupted => {
                self.over = true;
                Ok(())
            }
            Mode::Look => self.look(key.code),
            Mode::Edit(field, text) => self.edit(field, text, key.code),
            Mode::Merge => self.choose(key.code),
        };
        if let Err(error) = done {
            self.message = error.to_string();
        }
    }

    fn look(&mut self, key: KeyCode) -> Result<()> {
        match key {
            KeyCode::Char('q') | KeyCode::Esc => self.over = true,
            KeyCode::Char('a') => self.judge(Op::Accept)?,
            KeyCode::Char('r') => self.judge(Op::Reject)?,
            KeyCode::Char('s' | 'n' | ' ') | KeyCode::Right | KeyCode::Enter => self.go(1)?,
            KeyCode::Char('b') | KeyCode::Left => self.go(-1)?,
            KeyCode::Char('u') => self.undo()?,
            KeyCode::Char('m') => match self.shown.as_ref().map_or(0, |s| s.twins.len()) {
                0 => self.message = "no likely twin; `dateline merge` merges any events".into(),
                _ => self.mode = Mode::Merge,
            },
            KeyCode::Char('j') | KeyCode::Down => self.scroll = self.scroll.saturating_add(1),
            KeyCode::Char('k') | KeyCode::Up => self.scroll = self.scroll.saturating_sub(1),
            KeyCode::PageDown => self.scroll = self.scroll.saturating_add(10),
            KeyCode::PageUp => self.scroll = self.scroll.saturating_sub(10),
            KeyCode::Char(c) => {
                if let Some(field) = FIELDS.iter().position(|f| f.0 == c) {
                    self.mode = Mode::Edit(field, self.value(field));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A field as it is now, to be changed.
    fn value(&self, field: usize) -> String {
        use crate::event::Role;
        let Some(shown) = &self.shown else { return String::new() };
        let event = &shown.details.answer.event;
        let codes = |role: Role| {
            let codes: Vec<&str> = event.actors.iter().filter(|a| a.role == role).map(|a| a.code.as_str()).collect();
            codes.join(",")
        };
        match FIELDS[field].1 {
            "date" => event.date.edtf.clone(),
            "initiators" => codes(Role::Initiator),
            "targets" => codes(Role::Target),
            "type" => event.kind.as_str().to_string(),
            "place" => event.place.as_ref().map_or(String::new(), |p| format!("{}, {}", p.name, p.country)),
            _ => event.headline.clone(),
        }
    }

    fn edit(&mut self, field: usize, mut text: String, key: KeyCode) -> Result<()> {
        match key {
            KeyCode::Esc => return Ok(()),
            KeyCode::Enter => {
                let (_, name, shown) = FIELDS[field];
                if text.trim() == self.value(field) {
                    self.message = "unchanged".into();
                    return Ok(());
                }
                let asked = [format!("{name}={text}")];
                let done = self.decide(|store, why, uid| Ok(vec![curate::setting(store, why, uid, &asked)?]));
                if done.is_err() {
                    // What was written is not lost by a slip.
                    self.mode = Mode::Edit(field, text);
                    return done;
                }
                self.message = format!("{shown} set");
                return Ok(());
            }
            KeyCode::Backspace => drop(text.pop()),
            KeyCode::Char(c) => text.push(c),
            _ => {}
        }
        self.mode = Mode::Edit(field, text);
        Ok(())
    }

    fn choose(&mut self, key: KeyCode) -> Result<()> {
        let KeyCode::Char(c) = key else { return Ok(()) };
        let number = c.to_digit(10).and_then(|n| usize::try_from(n).ok()?.checked_sub(1));
        let twins = self.shown.as_ref().map(|s| s.twins.as_slice()).unwrap_or_default();
        let Some(twin) = number.and_then(|n| twins.get(n)).map(|t| t.answer.event.uid.clone()) else {
            self.message = "not merged".into();
            return Ok(());
        };
        let before = self.queue.clone();
        self.decide(|store, why, uid| Ok(vec![curate::merging(store, why, &[uid.to_string(), twin.clone()])?]))?;
        if let Some(last) = self.decided.last_mut() {
            last.queue = Some(before);
        }
        let now = self.shown.as_ref().map(|s| s.details.answer.event.uid.clone()).unwrap_or_default();
        // Whichever name the merged event bears, it stands in the queue once.
        self.queue.retain(|u| *u == now || *u != twin);
        self.at = self.queue.iter().position(|u| *u == now).unwrap_or(self.at);
        self.message = format!("merged with {twin}: now {now}");
        Ok(())
    }

    fn judge(&mut self, op: Op) -> Result<()> {
        self.decide(|store, why, uid| curate::judgements(store, why, &[uid.to_string()], op))?;
        let word = if op == Op::Accept { "accepted" } else { "rejected" };
        let uid = self.queue.get(self.at).cloned().unwrap_or_default();
        if self.at + 1 < self.queue.len() {
            self.go(1)?;
        }
        self.message = format!("{uid} {word}");
        Ok(())
    }

    fn go(&mut self, by: isize) -> Result<()> {
        match self.at.checked_add_signed(by).filter(|at| *at < self.queue.len()) {
            Some(at) => {
                self.at = at;
                self.load()
            }
            None => {
                self.message = if by > 0 { "this is the last one" } else { "this is the first one" }.into();
                Ok(())
            }
        }
    }

    /// Takes back the last decision of this review, and goes to the event it was about.
    fn undo(&mut self) -> Result<()> {
        let Some(last) = self.decided.last() else {
            self.message = "nothing was decided in this review".into();
            return Ok(());
        };
        let (key, at) = (last.key.clone(), last.at);
        let mut store = curate::open(&self.global)?;
        let decision = curate::undoing(&store, &self.why, Some(&key))?;
        store.curate(&[decision], &mut || ())?;
        drop(store);
        if let Some(queue) = self.decided.pop().and_then(|d| d.queue) {
            self.queue = queue;
        }
        self.at = at.min(self.queue.len().saturating_sub(1));
        self.load()?;
        self.message = format!("decision {key} undone");
        Ok(())
    }

    /// Takes decisions about the event on the screen: opens the database for writing only as long as that takes.
    fn decide(&mut self, make: impl Fn(&Store, &curate::Why, &str) -> Result<Vec<Decision>>) -> Result<()> {
        let Some(uid) = self.queue.get(self.at).cloned() else { return Ok(()) };
        let mut store = curate::open(&self.global)?;
        let decisions = make(&store, &self.why, &uid)?;
        let evidence = store.evidence_of(&uid)?;
        let keys = store.curate(&decisions, &mut || ())?;
        drop(store);
        self.decided.extend(keys.into_iter().map(|key| Decided { key, at: self.at, queue: None }));
        // The event may be part of another one now: then that one is looked at.
        if let Some(now) = evidence.first().map(|fp| self.store.event_of(fp)).transpose()?.flatten()
            && now != uid
        {
            self.queue.retain(|u| *u != now);
            self.at = self.queue.iter().position(|u| *u == uid).unwrap_or(self.at);
            if let Some(place) = self.queue.get_mut(self.at) {
                *place = now;
            }
        }
        self.load()
    }
}
