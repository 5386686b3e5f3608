//! The time axis: days to places, and where ticks and their labels go. One painter for every chart.

use super::font::Face;
use super::scene::{Hmm, Item, Stroke, Text};
use super::style::{GREY, GRID, HAIR, RULE, Sizes};
use super::when::{Day, calendar, number};
use super::words::Words;
use crate::date::NaiveDate;
use chrono::{Datelike, Months};

/// Days to places: day `first` begins at `x0`, day `last` ends at `x1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// First day shown.
    pub first: Day,
    /// Last day shown.
    pub last: Day,
    /// Left edge of the plot.
    pub x0: Hmm,
    /// Right edge of the plot.
    pub x1: Hmm,
}

impl Scale {
    /// Number of days shown.
    pub fn days(&self) -> Day {
        self.last - self.first + 1
    }

    /// Where a day begins, kept within the plot.
    pub fn start(&self, day: Day) -> Hmm {
        let day = day.clamp(self.first, self.last + 1);
        self.x0 + ((day - self.first) * i64::from(self.x1 - self.x0) / self.days()) as Hmm
    }

    /// Where a day ends.
    pub fn end(&self, day: Day) -> Hmm {
        self.start(day.saturating_add(1))
    }

    /// The middle of a day.
    pub fn middle(&self, day: Day) -> Hmm {
        (self.start(day) + self.end(day)) / 2
    }

    /// Width of so many days.
    pub fn width(&self, days: Day) -> Hmm {
        (days * i64::from(self.x1 - self.x0) / self.days()) as Hmm
    }
}

/// How fine the labelled ticks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Years(i32),
    Months,
    Days,
}

/// One interval of the axis: first day, first day of the next, label.
struct Tick {
    start: Day,
    next: Day,
    label: String,
}

/// An axis made ready: its height is known before it is drawn.
pub struct Axis {
    scale: Scale,
    unit: Unit,
    ticks: Vec<Tick>,
    upper: Vec<Tick>,
    minor: Vec<Day>,
    sizes: Sizes,
}

impl Axis {
    /// The axis for a scale: the finest ticks whose labels fit.
    pub fn new(scale: Scale, sizes: Sizes, words: &Words) -> Self {
        let wide = |text: &str| Face::Regular.width(text, sizes.axis);
        let month = words.months.iter().map(|m| wide(m)).max().unwrap_or(0);
        let letter = wide("M");
        let unit = if scale.width(1) * 2 >= wide("30") * 3 / 4 {
            Unit::Days
        } else if scale.width(30) >= letter + 60 {
            Unit::Months
        } else {
            let year = wide("0000") + 120;
            let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000, 100_000];
            Unit::Years(steps.into_iter().find(|s| scale.width(Day::from(*s) * 365) >= year).unwrap_or(100_000))
        };
        let short = scale.width(28) < month + 100;
        let (ticks, upper, minor) = match unit {
            Unit::Days => (days(&scale), months(&scale, words, false, true), Vec::new()),
            Unit::Months => (months(&scale, words, short, false), years(&scale, 1), Vec::new()),
            Unit::Years(step) => {
                let minor = if step > 1 {
                    years(&scale, if step % 5 == 0 { step / 5 } else { 1 }).iter().map(|t| t.start).collect()
                } else if scale.width(91) >= 250 {
                    months(&scale, words, true, false).iter().map(|t| t.start).filter(quarter).collect()
                } else {
                    Vec::new()
                };
                (years(&scale, step), Vec::new(), minor)
            }
        };
        Axis { scale, unit, ticks, upper, minor, sizes }
    }

    /// Height of the labels above the plot.
    pub fn height(&self) -> Hmm {
        let tier = self.sizes.axis * 138 / 100;
        tier * if self.upper.is_empty() { 1 } else { 2 } + 40
    }

    /// Grid lines from `top` to `bottom` of the plot: drawn under everything.
    pub fn grid(&self, top: Hmm, bottom: Hmm) -> Vec<Item> {
        let line = |day: Day, from: Hmm, colour| {
            let x = self.scale.start(day);
            Item::Line(vec![(x, from), (x, bottom)], Stroke::new(colour, HAIR))
        };
        let inside = |day: &Day| *day > self.scale.first && *day <= self.scale.last;
        let mut items: Vec<Item> =
            self.ticks.iter().map(|t| t.start).filter(inside).map(|d| line(d, top, GRID)).collect();
        items.extend(self.upper.iter().map(|t| t.start).filter(inside).map(|d| line(d, top - self.height(), RULE)));
        items
    }

    /// The line, ticks and labels above a plot that begins at `y`.
    pub fn draw(&self, y: Hmm) -> Vec<Item> {
        let Scale { x0, x1, .. } = self.scale;
        let mut items = vec![Item::Line(vec![(x0, y), (x1, y)], Stroke::new(RULE, HAIR))];
        for day in &self.minor {
            let x = self.scale.start(*day);
            if x > x0 && x < x1 {
                items.push(Item::Line(vec![(x, y - 35), (x, y)], Stroke::new(RULE, HAIR)));
            }
        }
        let base = y - 40 - self.sizes.axis * 32 / 100;
        let from_line = matches!(self.unit, Unit::Years(s) if s > 1);
        if from_line {
            for tick in self.ticks.iter().filter(|t| t.start >= self.scale.first && t.start <= self.scale.last) {
                let x = self.scale.start(tick.start);
                items.push(Item::Line(vec![(x, y - 75), (x, y)], Stroke::new(RULE, HAIR)));
            }
        }
        self.labels(&self.ticks, base, from_line, &mut items);
        self.labels(&self.upper, base - self.sizes.axis * 138 / 100, false, &mut items);
        items
    }

    /// Labels centred in their intervals (or beginning at their line), none touching the one before.
    fn labels(&self, ticks: &[Tick], base: Hmm, from_line: bool, items: &mut Vec<Item>) {
        let mut free = self.scale.x0 - 100;
        let size = self.sizes.axis;
        let mut drawn = false;
        for tick in ticks {
            let (a, b) = (self.scale.start(tick.start), self.scale.start(tick.next));
            let width = Face::Regular.width(&tick.label, size);
            let x = if from_line { a + 25 } else { (a + b - width) / 2 };
            let fits = if from_line {
                tick.start >= self.scale.first && x + width <= self.scale.x1
            } else {
                width <= b - a - 20
            };
            if fits && x >= free {
                items.push(Item::Text(Text::line(x, base, size, tick.label.clone()).colour(GREY)));
                free = x + width + 60;
                drawn = true;
            }
        }
        // An axis without a single label tells nothing: then the first that fits the plot at all.
        if !drawn
            && let Some(tick) = ticks.iter().max_by_key(|t| self.scale.end(t.next - 1) - self.scale.start(t.start))
        {
            let width = Face::Regular.width(&tick.label, size);
            let x = self.scale.start(tick.start).min(self.scale.x1 - width).max(self.scale.x0);
            if x + width <= self.scale.x1 {
                items.push(Item::Text(Text::line(x, base, size, tick.label.clone()).colour(GREY)));
            }
        }
    }
}

fn quarter(day: &Day) -> bool {
    calendar(*day).month0().is_multiple_of(3)
}

fn years(scale: &Scale, step: i32) -> Vec<Tick> {
    let start = calendar(scale.first).year().div_euclid(step) * step;
    let first_of = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).map(number);
    let mut ticks = Vec::new();
    let mut year = start;
    while let (Some(a), Some(b)) = (first_of(year), first_of(year + step)) {
        if a > scale.last {
            break;
        }
        let label = if year < 0 { format!("−{}", -year) } else { year.to_string() };
        ticks.push(Tick { start: a, next: b, label });
        year += step;
    }
    ticks
}

fn months(scale: &Scale, words: &Words, short: bool, with_year: bool) -> Vec<Tick> {
    let first = calendar(scale.first);
    let mut month = NaiveDate::from_ymd_opt(first.year(), first.month(), 1).unwrap_or(first);
    let mut ticks = Vec::new();
    while number(month) <= scale.last {
        let Some(next) = month.checked_add_months(Months::new(1)) else { break };
        let name = words.months.get(month.month0() as usize).map_or("", String::as_str);
        let label = match (short, with_year) {
            (true, _) => name.chars().take(1).collect(),
            (false, true) => format!("{name} {}", month.year()),
            (false, false) => name.to_string(),
        };
        ticks.push(Tick { start: number(month), next: number(next), label });
        month = next;
    }
    ticks
}

fn days(scale: &Scale) -> Vec<Tick> {
    let tick = |day: Day| Tick { start: day, next: day + 1, label: calendar(day).day().to_string() };
    let wide = scale.width(1) >= Face::Regular.width("30", 240) + 60;
    (scale.first..=scale.last).filter(|d| wide || (calendar(*d).day() - 1).is_multiple_of(2)).map(tick).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::scene::Scene;

    fn axis(first: &str, last: &str, width: Hmm) -> (Vec<String>, Scene) {
        let day = |t: &str| number(t.parse().expect("a test date"));
        let scale = Scale { first: day(first), last: day(last), x0: 500, x1: width - 200 };
        let axis = Axis::new(scale, Sizes::new(6.5), &Words::english());
        let mut scene = Scene { width, height: 3000, ..Scene::default() };
        scene.items = axis.draw(1500);
        let labels = scene.texts().iter().map(|t| t.lines.concat()).collect();
        (labels, scene)
    }

    #[test]
    fn labels_suit_the_span_and_never_touch() {
        for width in [8800, 12000, 18000, 25400] {
            for (first, last) in [
                ("1991-01-01", "2012-12-31"),
                ("2005-01-01", "2005-12-31"),
                ("2005-05-01", "2005-11-30"),
                ("2005-05-12", "2005-05-14"),
                ("2005-05-13", "2005-05-13"),
                ("2004-12-20", "2005-01-20"),
                ("-1000-01-01", "2000-12-31"),
                ("2003-01-01", "2006-12-31"),
            ] {
                let (labels, scene) = axis(first, last, width);
                assert!(!labels.is_empty(), "{first} {last} {width}");
                assert_eq!(scene.overlaps(), [], "{first} {last} {width}");
                assert_eq!(scene.outside(), [""; 0], "{first} {last} {width}");
            }
        }
        assert_eq!(axis("2005-01-01", "2005-12-31", 18000).0[..3], ["Jan", "Feb", "Mar"]);
        assert!(axis("2005-01-01", "2005-12-31", 18000).0.contains(&"2005".to_string()));
    }
}
