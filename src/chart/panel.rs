//! One panel of a timeline: an axis, and lanes with their rows of events.
//!
//! A panel is planned first (which rows, how high) and drawn once its place on the page is known.

use super::axis::{Axis, Scale};
use super::entry::{Block, Entry, places};
use super::font::{Face, wrap};
use super::mark::Glyph;
use super::pack::{Place, Rows, Slot, Wish};
use super::scene::{Fill, Group, Hmm, Item, Rect, Stroke, Text};
use super::style::{GREY, HAIR, INK, PAD, RULE, SHADE, Sizes};
use super::when::Day;
use super::words::Words;
use std::collections::{BTreeMap, BTreeSet};

/// Space above and below the rows of a lane.
const LANE_PAD: Hmm = 55;
/// More marks than this in a lane are counted in cells instead of drawn one by one.
const MARKS: usize = 250;
/// Width of a cell.
const CELL: Hmm = 150;

/// How an event appears on a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// With its label.
    Label,
    /// With a number that the list explains.
    Key(usize),
    /// As a mark in the lane's last row.
    Mark,
}

/// What all panels of a figure share.
pub struct Frame<'a> {
    /// Font sizes.
    pub sizes: Sizes,
    /// Where labels may stand.
    pub room: (Hmm, Hmm),
    /// Names of all lanes.
    pub names: &'a [String],
    /// Width of the column of lane names; `None` where they stand in the lanes.
    pub column: Option<Hmm>,
    /// Words.
    pub words: &'a Words,
    /// Whether events that rest on one source get a ring.
    pub mark_single: bool,
    /// Makes the link of an event.
    pub link: &'a dyn Fn(&str) -> Option<String>,
}

impl Frame<'_> {
    /// Size of lane names: in a column of their own they may be larger than the rows beside them.
    fn name_size(&self) -> Hmm {
        if self.column.is_some() { self.sizes.lane } else { self.sizes.label }
    }
}

struct Placed {
    entry: usize,
    glyph: Glyph,
    slot: Slot,
    place: Option<(Place, Block)>,
    key: Option<usize>,
}

struct Lane {
    index: usize,
    name: Vec<String>,
    placed: Vec<Placed>,
    marks: Vec<(usize, Glyph)>,
    rows: usize,
}

/// A planned panel.
pub struct Panel {
    scale: Scale,
    axis: Axis,
    lanes: Vec<Lane>,
    /// Labels that had to be shortened.
    pub shortened: usize,
    /// Keys of the legend for what is drawn.
    pub keys: BTreeSet<&'static str>,
    /// Height with axis.
    pub height: Hmm,
}

impl Panel {
    /// Plans a panel: `shown` are indices into `entries`, with how each appears.
    pub fn plan(
        entries: &[Entry<'_>],
        shown: &[(usize, Show)],
        scale: Scale,
        frame: &Frame<'_>,
        cache: &Blocks,
    ) -> Self {
        let mut by_lane: BTreeMap<usize, Vec<(usize, Show)>> = BTreeMap::new();
        for (index, show) in shown {
            by_lane.entry(entries[*index].lane).or_default().push((*index, *show));
        }
        let axis = Axis::new(scale, frame.sizes, frame.words);
        let mut panel = Panel { scale, axis, lanes: Vec::new(), shortened: 0, keys: BTreeSet::new(), height: 0 };
        for (index, shown) in by_lane {
            let lane = panel.lane(index, entries, shown, frame, cache);
            panel.lanes.push(lane);
        }
        panel.height = panel.axis.height() + panel.lanes.iter().map(|l| lane_height(l, frame)).sum::<Hmm>();
        panel
    }

    fn lane(
        &mut self,
        index: usize,
        entries: &[Entry<'_>],
        mut shown: Vec<(usize, Show)>,
        frame: &Frame<'_>,
        cache: &Blocks,
    ) -> Lane {
        let mut rows = Rows::default();
        let sizes = &frame.sizes;
        let title = frame.names.get(index).map_or("", String::as_str);
        let limit = frame.column.unwrap_or(frame.room.1 - frame.room.0);
        let name = wrap(title, Face::Bold, frame.name_size(), limit);
        if frame.column.is_none() {
            for (row, line) in name.iter().enumerate() {
                let width = Face::Bold.width(line, frame.name_size());
                rows.take(row, (frame.room.0 - 2000, frame.room.0 + width + 2 * PAD));
            }
        }
        let long = (self.scale.x1 - self.scale.x0) / 4;
        let mut ready = Vec::new();
        let mut marks = Vec::new();
        shown.sort_by_key(|(i, _)| entries[*i].order());
        for (i, show) in shown {
            let entry = &entries[i];
            let Some(glyph) = Glyph::new(&entry.when, &self.scale, entry.traits(frame.mark_single)) else { continue };
            self.keys.extend(glyph.keys.iter().copied());
            match show {
                Show::Mark => marks.push((i, glyph)),
                Show::Label => ready.push((i, glyph, cache.of(i), None)),
                Show::Key(n) => {
                    let text = n.to_string();
                    let width = Face::Bold.width(&text, sizes.label);
                    ready.push((i, glyph, vec![(vec![text], width)], Some(n)));
                }
            }
        }
        ready.sort_by_key(|(_, glyph, ..)| glyph.stretch.1 - glyph.stretch.0 <= long); // stable: long ones first
        let placed: Vec<Placed> = ready
            .into_iter()
            .map(|(entry, glyph, blocks, key)| place(entry, glyph, blocks, key, frame, &mut rows))
            .collect();
        self.shortened += placed.iter().filter(|p| p.key.is_none() && cache.shortened(p.entry)).count();
        Lane { index, name, placed, marks, rows: rows.count() }
    }

    /// Draws the panel with its upper edge at `y`. `letter` names it; `shade` is the part that another panel enlarges.
    pub fn draw(
        &self,
        y: Hmm,
        entries: &[Entry<'_>],
        frame: &Frame<'_>,
        letter: Option<char>,
        shade: Option<(Day, Day)>,
        with_ids: &dyn Fn(usize) -> bool,
    ) -> Vec<Item> {
        let mut items = Vec::new();
        let top = y + self.axis.height();
        let bottom = y + self.height;
        if let Some((a, b)) = shade {
            let (x0, x1) = (self.scale.start(a), self.scale.end(b));
            let middle = (x0 + x1) / 2;
            let (x0, x1) = if x1 - x0 < 120 { (middle - 60, middle + 60) } else { (x0, x1) };
            items.push(Item::Rect(Rect::new(x0, top, x1, bottom), Fill::Solid(SHADE, 100), None));
        }
        items.extend(self.axis.grid(top, bottom));
        items.extend(self.axis.draw(top));
        if let Some(letter) = letter {
            let base = top - 40 - frame.sizes.axis * 32 / 100;
            let text = Text::line(20, base, frame.sizes.panel, letter.to_string()).face(Face::Bold);
            items.push(Item::Text(text));
        }
        let mut at = top;
        for (number, lane) in self.lanes.iter().enumerate() {
            if number > 0 {
                let left = if frame.column.is_some() { 0 } else { self.scale.x0 };
                items.push(Item::Line(vec![(left, at), (self.scale.x1, at)], Stroke::new(RULE, HAIR)));
            }
            items.extend(self.draw_lane(lane, at, entries, frame, with_ids));
            at += lane_height(lane, frame);
        }
        items.push(Item::Line(vec![(self.scale.x0, bottom), (self.scale.x1, bottom)], Stroke::new(RULE, HAIR)));
        items
    }

    fn draw_lane(
        &self,
        lane: &Lane,
        y: Hmm,
        entries: &[Entry<'_>],
        frame: &Frame<'_>,
        with_ids: &dyn Fn(usize) -> bool,
    ) -> Vec<Item> {
        let sizes = &frame.sizes;
        let middle = |row: usize| y + LANE_PAD + sizes.row * row as Hmm + sizes.row / 2;
        let x = if frame.column.is_some() { 20 } else { frame.room.0 };
        let size = frame.name_size();
        // On the line of the first row; a larger name a touch higher.
        let base = Sizes::baseline(middle(0), sizes.label) - (size - sizes.label) / 2;
        let name = Text::block(x, base, size, sizes.row, lane.name.clone()).face(Face::Bold);
        let mut items = vec![Item::Text(name)];
        let mut list = Vec::new();
        for placed in &lane.placed {
            list.push(draw_event(placed, entries, frame, &middle, with_ids(placed.entry)));
        }
        if !lane.marks.is_empty() {
            let y = middle(lane.rows);
            if lane.marks.len() > MARKS {
                list.extend(self.cells(&lane.marks, y, frame));
            } else {
                for (entry, glyph) in &lane.marks {
                    let group = event_group(&entries[*entry], frame, with_ids(*entry));
                    list.push(Item::Group(group, glyph.draw(y)));
                }
            }
        }
        let title = frame.names.get(lane.index).cloned();
        items.push(Item::Group(
            Group { role: Some("list"), name: title, class: Some("lane"), ..Group::default() },
            list,
        ));
        items
    }

    /// Counts per cell for marks that are too many to be drawn one by one, darker for more.
    fn cells(&self, marks: &[(usize, Glyph)], y: Hmm, frame: &Frame<'_>) -> Vec<Item> {
        let mut counts: BTreeMap<Hmm, usize> = BTreeMap::new();
        for (_, glyph) in marks {
            let middle = (glyph.stretch.0 + glyph.stretch.1) / 2;
            *counts.entry((middle - self.scale.x0).div_euclid(CELL)).or_default() += 1;
        }
        let most = counts.values().copied().max().unwrap_or(1);
        let half = frame.sizes.row * 2 / 5;
        let cell = |(cell, n): (&Hmm, &usize)| {
            let x = self.scale.x0 + cell * CELL;
            // Five steps on the square root: a lone event stays visible beside a crowd.
            let step = 1 + ((*n as f64).sqrt() / (most as f64).sqrt() * 4.0).floor() as u8;
            let rect = Rect::new(x, y - half, (x + CELL - 8).min(self.scale.x1), y + half);
            let name = frame.words.events(*n);
            let group = Group { class: Some("cell"), name: Some(name), ..Group::default() };
            Item::Group(group, vec![Item::Rect(rect, Fill::Solid(GREY, (step * 18).min(100)), None)])
        };
        counts.iter().map(cell).collect()
    }

    /// Whether any lane shows counts instead of marks.
    pub fn has_cells(&self) -> bool {
        self.lanes.iter().any(|l| l.marks.len() > MARKS)
    }
}

fn lane_height(lane: &Lane, frame: &Frame<'_>) -> Hmm {
    let rows = (lane.rows + usize::from(!lane.marks.is_empty())).max(lane.name.len());
    frame.sizes.row * rows as Hmm + 2 * LANE_PAD
}

fn place(
    entry: usize,
    glyph: Glyph,
    blocks: Vec<Block>,
    key: Option<usize>,
    frame: &Frame<'_>,
    rows: &mut Rows,
) -> Placed {
    let choices = places(&glyph, &blocks, frame.room);
    let wish = Wish { glyph: glyph.stretch, places: choices.iter().map(|(p, _)| p.clone()).collect() };
    let slot = rows.place(std::slice::from_ref(&wish), PAD).into_iter().next().unwrap_or(Slot { row: 0, place: None });
    let place = slot.place.and_then(|i| choices.get(i)).map(|(p, b)| (p.clone(), blocks[*b].clone()));
    Placed { entry, glyph, slot, place, key }
}

fn draw_event(
    placed: &Placed,
    entries: &[Entry<'_>],
    frame: &Frame<'_>,
    middle: &dyn Fn(usize) -> Hmm,
    with_id: bool,
) -> Item {
    let entry = &entries[placed.entry];
    let sizes = &frame.sizes;
    let mut items = placed.glyph.draw(middle(placed.slot.row));
    if let Some((place, (lines, _))) = &placed.place {
        let base = Sizes::baseline(middle(placed.slot.row + place.below), sizes.label);
        let mut text = Text::block(place.label.0, base, sizes.label, sizes.leading, lines.clone());
        text.face = if placed.key.is_some() { Face::Bold } else { entry.face };
        text.colour = INK;
        text.flush_right = place.below == 0 && place.label.1 <= placed.glyph.stretch.0;
        items.push(Item::Text(text));
    }
    Item::Group(event_group(entry, frame, with_id), items)
}

fn event_group(entry: &Entry<'_>, frame: &Frame<'_>, with_id: bool) -> Group {
    Group {
        role: Some("listitem"),
        class: None,
        id: with_id.then(|| entry.event.uid.clone()),
        name: Some(entry.name.clone()),
        link: (frame.link)(&entry.event.uid),
    }
}

/// The labels of all entries broken into lines, made once for all trials of a layout.
pub struct Blocks {
    all: BTreeMap<usize, (Vec<Block>, bool)>,
}

impl Blocks {
    /// Breaks the labels of these entries for a panel that is so wide.
    pub fn new(entries: &[Entry<'_>], which: &[usize], sizes: &Sizes, width: Hmm) -> Self {
        let all = which.iter().map(|i| (*i, entries[*i].blocks(sizes, width))).collect();
        Blocks { all }
    }

    fn of(&self, entry: usize) -> Vec<Block> {
        self.all.get(&entry).map(|(blocks, _)| blocks.clone()).unwrap_or_default()
    }

    fn shortened(&self, entry: usize) -> bool {
        self.all.get(&entry).is_some_and(|(_, shortened)| *shortened)
    }
}
