//! One panel of a timeline: an axis, and lanes with their rows of events.
//!
//! A panel is planned first (which rows, how high) and drawn once its place on the page is known.

use super::axis::{Axis, Scale};
use super::entry::{Block, Entry, places};
use super::font::{Face, wrap};
use super::legend::Used;
use super::mark::Glyph;
use super::pack::{Place, Rows, Slot, Stretch, Wish};
use super::scene::{Fill, Group, Hmm, Item, Rect, Stroke, Text};
use super::seeded::Seeded;
use super::style::{GREY, HAIR, INK, PAD, RULE, SHADE, Sizes};
use super::when::Day;
use super::words::Words;
use std::collections::{BTreeMap, BTreeSet};

/// Space above and below the rows of a lane.
const LANE_PAD: Hmm = 45;
/// More marks than this in a lane are counted in cells instead of drawn one by one.
const MARKS: usize = 250;
/// Width of a cell.
const CELL: Hmm = 150;
/// Up to so many marks of a lane that another panel enlarges go into rows that labels leave free.
const FEW: usize = 24;
/// Rows for the marks of a lane that have no label anywhere: what these cannot hold is drawn over others.
const REST_ROWS: usize = 3;
/// Rows that marks may take before labels are packed around them.
const MARK_ROWS: usize = 2;
/// What such a mark keeps free at both sides, lest a label be taken for its own.
const ALOOF: Hmm = 220;
/// Lanes with more labels than this are packed in order of time only.
const SEARCHED: usize = 40;
/// Further orders in which a lane is packed, to find one that needs fewer rows.
const SHUFFLES: usize = 16;

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
}

impl Stock {
    /// The glyphs of `which` on this axis.
    pub fn new(entries: &[Entry<'_>], which: impl Iterator<Item = usize>, scale: Scale) -> Self {
        let mut glyphs = vec![None; entries.len()];
        for i in which {
            glyphs[i] = Glyph::new(&entries[i].when, &scale, entries[i].traits());
        }
        Stock { scale, glyphs }
    }

    fn of(&self, entry: usize) -> Option<&Glyph> {
        self.glyphs.get(entry)?.as_ref()
    }
}

#[derive(Clone)]
struct Placed {
    entry: usize,
    glyph: Glyph,
    slot: Slot,
    place: Option<(Place, Block)>,
    key: Option<usize>,
}

impl Placed {
    /// Its last row.
    fn last(&self) -> usize {
        let label = self.place.as_ref().map_or(0, |(p, _)| p.below + p.lines - 1);
        self.slot.row + label
    }
}

/// An event that gets a label or a number: its glyph, the blocks that the label may take, and the number.
struct Labelled<'g> {
    entry: usize,
    glyph: &'g Glyph,
    blocks: Vec<Block>,
    key: Option<usize>,
}

#[derive(Clone, Default)]
struct Lane {
    index: usize,
    name: Vec<String>,
    placed: Vec<Placed>,
    /// Marks with their rows.
    marks: Vec<(usize, Glyph, usize)>,
    /// Counts by cell, in the last row, where marks are too many.
    cells: BTreeMap<Hmm, usize>,
    rows: usize,
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
        let mut by_lane: BTreeMap<usize, Vec<(usize, Show)>> = BTreeMap::new();
        for (index, show) in shown {
            by_lane.entry(entries[*index].lane).or_default().push((*index, *show));
        }
        let mut panel = Panel { scale: stock.scale, lanes: Vec::new(), shortened: 0, used: Used::default(), height: 0 };
        for (index, shown) in by_lane {
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
        self.height = self.axis(frame).height() + self.lanes.iter().map(|l| lane_height(l, frame)).sum::<Hmm>();
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
        let mut lane = self.fullest(&ready, &enlarged, rows, frame);
        (lane.index, lane.name) = (index, name);
        self.shortened += lane.placed.iter().filter(|p| p.key.is_none() && cache.shortened(p.entry)).count();
        if frame.column.is_some() {
            lane.sort_rows();
        }
        if crowd {
            for (_, glyph) in &marks {
                let middle = (glyph.stretch.0 + glyph.stretch.1) / 2;
                *lane.cells.entry((middle - self.scale.x0).div_euclid(CELL)).or_default() += 1;
            }
            lane.rows += 1;
        } else {
            lane.add_rest(&marks);
        }
        lane
    }

    /// The labels and the few marks of a lane in as few rows as can be found: marks where labels leave room, or labels
    /// around marks.
    fn fullest(&self, ready: &[Labelled<'_>], marks: &[(usize, &Glyph)], rows: Rows, frame: &Frame<'_>) -> Lane {
        let (placed, taken) = self.pack(ready, &rows, frame);
        let mut first = Lane { placed, rows: taken.count(), ..Lane::default() };
        first.add_marks(marks, &taken);
        if marks.is_empty() || ready.is_empty() {
            return first;
        }
        let mut second = Lane { rows: MARK_ROWS, ..Lane::default() };
        second.add_marks(marks, &rows);
        if second.rows > MARK_ROWS {
            return first;
        }
        let mut around = rows;
        second.marks.iter().map(|(.., row)| *row).collect::<BTreeSet<usize>>().into_iter().for_each(|row| {
            let stretches = second.marks.iter().filter(|(.., r)| *r == row).map(|(_, g, _)| g.stretch);
            unions(stretches.map(|(a, b)| (a - ALOOF, b + ALOOF)).collect())
                .into_iter()
                .for_each(|s| around.take(row, s));
        });
        let (placed, taken) = self.pack(ready, &around, frame);
        (second.placed, second.rows) = (placed, taken.count());
        if second.rows < first.rows { second } else { first }
    }

    /// Packs the labels of a lane, long glyphs first: in order of time, unless another order needs fewer rows.
    fn pack(&self, ready: &[Labelled<'_>], rows: &Rows, frame: &Frame<'_>) -> (Vec<Placed>, Rows) {
        let long = (self.scale.x1 - self.scale.x0) / 4;
        let is_short = |i: &usize| ready[*i].glyph.stretch.1 - ready[*i].glyph.stretch.0 <= long;
        let mut order: Vec<usize> = (0..ready.len()).collect();
        order.sort_by_key(is_short); // stable
        let mut best = arrange(ready, &order, rows.clone(), frame);
        if ready.len() > SEARCHED {
            return best;
        }
        let mut random = Seeded(ready.len() as u64);
        let widest = |i: &usize| -ready[*i].blocks.first().map_or(0, |b| b.1);
        for attempt in 0..SHUFFLES {
            if best.1.count() <= 2 {
                break;
            }
            let mut order: Vec<usize> = (0..ready.len()).collect();
            match attempt {
                0 => order.reverse(),
                1 => order.sort_by_key(widest),
                _ => random.shuffle(&mut order),
            }
            order.sort_by_key(is_short);
            let other = arrange(ready, &order, rows.clone(), frame);
            if other.1.count() < best.1.count() {
                best = other;
            }
        }
        best.0.sort_by_key(|p| p.entry);
        best
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
            let height = lane_height(&lane, frame);
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

impl Lane {
    /// Puts rows into the order in which their first events begin; rows that a label spans stay together.
    fn sort_rows(&mut self) {
        let crossed = |row: usize| self.placed.iter().any(|p| p.slot.row < row && p.last() >= row);
        let mut blocks: Vec<(Hmm, usize, usize)> = Vec::new();
        for row in 0..self.rows {
            let glyphs = self.placed.iter().filter(|p| p.slot.row == row).map(|p| p.glyph.stretch.0);
            let first = glyphs.min().unwrap_or(Hmm::MAX);
            match blocks.last_mut().filter(|_| crossed(row)) {
                Some((key, _, end)) => (*key, *end) = ((*key).min(first), row + 1),
                None => blocks.push((first, row, row + 1)),
            }
        }
        blocks.sort_by_key(|(first, ..)| *first); // stable
        let mut place = vec![0; self.rows];
        let all = blocks.into_iter().flat_map(|(_, a, b)| a..b);
        all.enumerate().for_each(|(new, old)| place[old] = new);
        let moved = |row: &mut usize| *row = place.get(*row).copied().unwrap_or(*row);
        self.placed.iter_mut().for_each(|p| moved(&mut p.slot.row));
        self.marks.iter_mut().for_each(|(.., row)| moved(row));
    }

    fn add_marks(&mut self, marks: &[(usize, &Glyph)], taken: &Rows) {
        let labels = self.rows;
        let mut own = Rows::default();
        for (entry, glyph) in marks {
            let (a, b) = glyph.stretch;
            // Marks may stand side by side: only labels keep them at a distance.
            let free = |row: &usize| taken.free(*row, (a - ALOOF, b + ALOOF)) && own.free(*row, (a, b + 20));
            let free = (0..labels).find(free);
            if let Some(row) = free {
                own.take(row, (a, b + 20));
            }
            let row = free.unwrap_or(labels);
            self.rows = self.rows.max(row + 1);
            self.marks.push((*entry, (*glyph).clone(), row));
        }
    }

    /// Marks in rows of their own, off each other as far as these rows reach.
    fn add_rest(&mut self, marks: &[(usize, &Glyph)]) {
        let (first, mut own) = (self.rows, Rows::default());
        for (entry, glyph) in marks {
            let stretch = (glyph.stretch.0, glyph.stretch.1 + 20);
            let free = (0..REST_ROWS).find(|row| own.free(*row, stretch));
            if let Some(row) = free {
                own.take(row, stretch);
            }
            let row = first + free.unwrap_or(REST_ROWS - 1);
            self.rows = self.rows.max(row + 1);
            self.marks.push((*entry, (*glyph).clone(), row));
        }
    }

    /// The lane cut before a row that no event crosses, at most `most` rows down.
    fn cut(&self, most: usize) -> Option<(Lane, Lane)> {
        let crossed = |row: usize| self.placed.iter().any(|p| p.slot.row < row && p.last() >= row);
        let at = (1..self.rows.min(most + 1)).rev().find(|row| !crossed(*row))?;
        let mut head = Lane { rows: at, cells: BTreeMap::new(), ..self.clone() };
        let mut tail = Lane { rows: self.rows - at, ..self.clone() };
        head.placed.retain(|p| p.slot.row < at);
        head.marks.retain(|(.., row)| *row < at);
        tail.placed.retain(|p| p.slot.row >= at);
        tail.marks.retain(|(.., row)| *row >= at);
        tail.placed.iter_mut().for_each(|p| p.slot.row -= at);
        tail.marks.iter_mut().for_each(|(.., row)| *row -= at);
        Some((head, tail))
    }
}

/// Stretches merged where they overlap.
fn unions(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut out: Vec<Stretch> = Vec::new();
    for (a, b) in stretches {
        match out.last_mut().filter(|(_, end)| *end >= a) {
            Some((_, end)) => *end = (*end).max(b),
            None => out.push((a, b)),
        }
    }
    out
}

fn lane_height(lane: &Lane, frame: &Frame<'_>) -> Hmm {
    frame.sizes.row * lane.rows.max(lane.name.len()) as Hmm + 2 * LANE_PAD
}

/// Packs labels in this order.
fn arrange(ready: &[Labelled<'_>], order: &[usize], mut rows: Rows, frame: &Frame<'_>) -> (Vec<Placed>, Rows) {
    let mut all = Vec::with_capacity(order.len());
    for Labelled { entry, glyph, blocks, key } in order.iter().map(|i| &ready[*i]) {
        let choices = places(glyph, blocks, frame.room);
        let wish = Wish { glyph: glyph.stretch, places: choices.iter().map(|(p, _)| p.clone()).collect() };
        let slot = rows.put(&wish, PAD);
        let place = slot.place.and_then(|i| choices.get(i)).map(|(p, b)| (p.clone(), blocks[*b].clone()));
        all.push(Placed { entry: *entry, glyph: (*glyph).clone(), slot, place, key: *key });
    }
    (all, rows)
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
