//! One panel of a timeline: an axis, and lanes with their rows of events.
//!
//! A panel is planned first (which rows, how high) and drawn once its place on the page is known.

use super::axis::{Axis, Scale};
use super::entry::{Block, Entry};
use super::font::{Face, wrap};
use super::legend::Used;
use super::mark::Glyph;
use super::pack::Rows;
use super::scene::{Fill, Group, Hmm, Item, Rect, Stroke, Text};
use super::style::{GREY, HAIR, INK, PAD, RULE, SHADE, Sizes};
use super::swim::{FEW, LANE_PAD, Labelled, Lane, Placed, Room};
use super::when::Day;
use super::words::Words;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

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
    /// As a mark in the lane's last rows.
    Mark,
    /// As a mark where labels leave room: another panel shows the event larger.
    Enlarged,
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
}

impl Frame<'_> {
    /// Size of lane names: in a column of their own they may be larger than the rows beside them.
    fn name_size(&self) -> Hmm {
        if self.column.is_some() { self.sizes.lane } else { self.sizes.label }
    }
}

/// The glyphs of events on one axis, made once for all trials of a layout.
pub struct Stock {
    scale: Scale,
    glyphs: Vec<Option<Glyph>>,
    /// The lane of each entry.
    lanes: Vec<usize>,
}

impl Stock {
    /// The glyphs of `which` on this axis.
    pub fn new(entries: &[Entry<'_>], which: impl Iterator<Item = usize>, scale: Scale) -> Self {
        let mut glyphs = vec![None; entries.len()];
        for i in which {
            glyphs[i] = Glyph::new(&entries[i].when, &scale, entries[i].traits());
        }
        Stock { scale, glyphs, lanes: entries.iter().map(|e| e.lane).collect() }
    }

    fn of(&self, entry: usize) -> Option<&Glyph> {
        self.glyphs.get(entry)?.as_ref()
    }
}

/// A planned panel.
#[derive(Clone)]
pub struct Panel {
    scale: Scale,
    lanes: Vec<Lane>,
    /// Labels that had to be shortened.
    pub shortened: usize,
    /// What the legend explains.
    pub used: Used,
    /// Height with axis.
    pub height: Hmm,
}

impl Panel {
    /// Plans a panel: `shown` are indices into `entries` in ascending order, with how each appears.
    pub fn plan(
        entries: &[Entry<'_>],
        shown: &[(usize, Show)],
        stock: &Stock,
        frame: &Frame<'_>,
        cache: &Blocks,
    ) -> Self {
        // One trial after another sorts a hundred thousand events into few lanes: a list does it faster than a map.
        let mut by_lane: Vec<Vec<(usize, Show)>> = Vec::new();
        for (index, show) in shown {
            let lane = stock.lanes[*index];
            if by_lane.len() <= lane {
                by_lane.resize_with(lane + 1, Vec::new);
            }
            by_lane[lane].push((*index, *show));
        }
        let mut panel = Panel { scale: stock.scale, lanes: Vec::new(), shortened: 0, used: Used::default(), height: 0 };
        for (index, shown) in by_lane.into_iter().enumerate().filter(|(_, shown)| !shown.is_empty()) {
            let lane = panel.lane(index, entries, &shown, stock, frame, cache);
            panel.lanes.push(lane);
        }
        panel.measure(frame);
        panel
    }

    fn axis(&self, frame: &Frame<'_>) -> Axis {
        Axis::new(self.scale, frame.sizes, frame.words)
    }

    fn measure(&mut self, frame: &Frame<'_>) {
        self.height = self.axis(frame).height() + self.lanes.iter().map(|l| l.height(&frame.sizes)).sum::<Hmm>();
    }

    fn lane(
        &mut self,
        index: usize,
        entries: &[Entry<'_>],
        shown: &[(usize, Show)],
        stock: &Stock,
        frame: &Frame<'_>,
        cache: &Blocks,
    ) -> Lane {
        let sizes = &frame.sizes;
        let title = frame.names.get(index).map_or("", String::as_str);
        let limit = frame.column.unwrap_or(frame.room.1 - frame.room.0);
        let name = wrap(title, Face::Bold, frame.name_size(), limit);
        let mut rows = Rows::default();
        if frame.column.is_none() {
            for (row, line) in name.iter().enumerate() {
                let width = Face::Bold.width(line, frame.name_size());
                rows.take(row, (frame.room.0 - 2000, frame.room.0 + width + 2 * PAD));
            }
        }
        let mut ready = Vec::new();
        let (mut marks, mut enlarged) = (Vec::new(), Vec::new());
        for (entry, show) in shown {
            let Some(glyph) = stock.of(*entry) else { continue };
            let (blocks, key) = match show {
                Show::Mark => {
                    marks.push((*entry, glyph));
                    continue;
                }
                Show::Enlarged => {
                    enlarged.push((*entry, glyph));
                    continue;
                }
                Show::Label => (cache.of(*entry), None),
                Show::Key(n) => {
                    let text = n.to_string();
                    let width = Face::Bold.width(&text, sizes.label);
                    (vec![(vec![text], width)], Some(*n))
                }
            };
            ready.push(Labelled { entry: *entry, glyph, blocks, key });
        }
        if enlarged.len() > FEW {
            marks.append(&mut enlarged);
            marks.sort_by_key(|(entry, _)| *entry);
        }
        let crowd = marks.len() > MARKS;
        self.used.keys.extend((!crowd && shown.iter().any(|(_, show)| *show == Show::Mark)).then_some("mark"));
        let drawn = ready.iter().map(|r| (r.entry, r.glyph)).chain(enlarged.iter().copied());
        for (entry, glyph) in drawn.chain(marks.iter().copied().filter(|_| !crowd)) {
            self.used.keys.extend(glyph.keys.iter().copied());
            self.used.kinds.insert(entries[entry].kind);
        }
        self.used.keys.extend(crowd.then_some("density"));
        let room = Room { edges: frame.room, long: (self.scale.x1 - self.scale.x0) / 4 };
        let mut lane = Lane::fullest(&ready, &enlarged, rows, &room);
        (lane.index, lane.name) = (index, name);
        self.shortened += lane.placed.iter().filter(|p| p.key.is_none() && cache.shortened(p.entry)).count();
        if frame.column.is_some() {
            lane.sort_rows();
        }
        if crowd {
            let mut cells: FxHashMap<Hmm, usize> = FxHashMap::default();
            for (_, glyph) in &marks {
                let middle = (glyph.stretch.0 + glyph.stretch.1) / 2;
                *cells.entry((middle - self.scale.x0).div_euclid(CELL)).or_default() += 1;
            }
            lane.cells = cells.into_iter().collect();
            lane.rows += 1;
        } else {
            lane.add_rest(&marks);
        }
        lane
    }

    /// Cuts a panel into pages: the first so high, the others so high. Lanes are kept together where one page can hold
    /// them.
    pub fn pages(self, first: Hmm, other: Hmm, frame: &Frame<'_>) -> Vec<Panel> {
        let axis = self.axis(frame).height();
        let empty = |panel: &Panel| Panel { lanes: Vec::new(), ..panel.clone() };
        let mut pages = vec![empty(&self)];
        let mut room = first - axis;
        let mut lanes: std::collections::VecDeque<Lane> = self.lanes.iter().cloned().collect();
        while let Some(lane) = lanes.pop_front() {
            let height = lane.height(&frame.sizes);
            let begun = pages.last().is_some_and(|p| !p.lanes.is_empty());
            if height <= room {
                room -= height;
            } else if begun && (height <= other - axis || room < other / 4) {
                pages.push(empty(&self));
                room = other - axis;
                lanes.push_front(lane);
                continue;
            } else if let Some((head, tail)) = lane.cut(((room - 2 * LANE_PAD) / frame.sizes.row).max(1) as usize) {
                if let Some(page) = pages.last_mut() {
                    page.lanes.push(head);
                }
                pages.push(empty(&self));
                room = other - axis;
                lanes.push_front(tail);
                continue;
            }
            if let Some(page) = pages.last_mut() {
                page.lanes.push(lane);
            }
        }
        pages.iter_mut().for_each(|p| p.measure(frame));
        pages
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
        let axis = self.axis(frame);
        let top = y + axis.height();
        let bottom = y + self.height;
        if let Some((a, b)) = shade {
            let (x0, x1) = (self.scale.start(a), self.scale.end(b));
            let middle = (x0 + x1) / 2;
            let (x0, x1) = if x1 - x0 < 120 { (middle - 60, middle + 60) } else { (x0, x1) };
            items.push(Item::Rect(Rect::new(x0, top, x1, bottom), Fill::Solid(SHADE, 100), None));
        }
        items.extend(axis.grid(top, bottom));
        items.extend(axis.draw(top));
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
            at += lane.height(&frame.sizes);
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
        for (entry, glyph, row) in &lane.marks {
            list.push(Item::Group(event_group(&entries[*entry], with_ids(*entry)), glyph.draw(middle(*row))));
        }
        if !lane.cells.is_empty() {
            list.extend(self.cells(&lane.cells, middle(lane.rows - 1), frame));
        }
        let title = frame.names.get(lane.index).cloned();
        items.push(Item::Group(
            Group { role: Some("list"), name: title, class: Some("lane"), ..Group::default() },
            list,
        ));
        items
    }

    /// Counts per cell for marks that are too many to be drawn one by one, darker for more.
    fn cells(&self, counts: &BTreeMap<Hmm, usize>, y: Hmm, frame: &Frame<'_>) -> Vec<Item> {
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
        text.face = if placed.key.is_some() { Face::Bold } else { entry.face() };
        text.colour = INK;
        text.flush_right = place.below == 0 && place.label.1 <= placed.glyph.stretch.0;
        items.push(Item::Text(text));
    }
    Item::Group(event_group(entry, with_id), items)
}

/// The group of an event: list item, name, link.
pub fn event_group(entry: &Entry<'_>, with_id: bool) -> Group {
    Group {
        role: Some("listitem"),
        class: None,
        id: with_id.then(|| entry.event.uid.clone()),
        name: Some(entry.name()),
        link: entry.link(),
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
