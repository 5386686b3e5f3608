//! `dateline chart`: figures from events.

use super::{FilterArgs, Global, Outcome, Output};
use crate::chart::{self, Figure, Fonts, Hmm, LanePlan, Options, Words};
use crate::query::{Sort, events, names};
use crate::{Error, Result};
use std::path::PathBuf;

/// Which figure.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ChartArgs {
    #[command(subcommand)]
    chart: Chart,
}

#[derive(Clone, Debug, clap::Subcommand)]
enum Chart {
    /// Events on lanes over time, the crowded part enlarged
    Timeline(TimelineArgs),
}

#[derive(Clone, Debug, clap::Args)]
struct TimelineArgs {
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    look: Look,
    /// One panel only, without enlarging a crowded part.
    #[arg(long)]
    no_focus: bool,
    #[command(flatten)]
    output: Output,
}

/// How a figure looks.
#[derive(Clone, Debug, clap::Args)]
struct Look {
    /// Width: 88mm, 120mm, 180mm, any other number of mm, or slide (254 mm).
    #[arg(long, value_name = "WIDTH", default_value = "180mm")]
    width: String,
    /// Height not to be exceeded: a number of mm, or none.
    #[arg(long, value_name = "HEIGHT", default_value = "225mm")]
    height: String,
    /// Only so many events, the most salient ones; the caption says how many are left out.
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// A title above the figure (journals want none: they print a caption).
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Size of labels in points; 6.5, on narrow pages 6.
    #[arg(long, value_name = "POINTS")]
    font_size: Option<f64>,
    /// Language of months, legend and caption.
    #[arg(long, value_name = "CODE", default_value = "en")]
    lang: String,
    /// Name the typeface instead of embedding it: for editing in drawing programs.
    #[arg(long)]
    plain: bool,
    /// Where an event's link leads; {uid} stands for its identifier.
    #[arg(long, value_name = "URL")]
    link: Option<String>,
    /// Also write the events drawn (.csv) and the caption (.txt) beside the figure.
    #[arg(long, requires = "output")]
    data: bool,
    /// A folder of rule files: other lanes, other words.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

pub(super) fn run(global: &Global, args: &ChartArgs) -> Result<Outcome> {
    match &args.chart {
        Chart::Timeline(args) => timeline(global, args),
    }
}

fn timeline(global: &Global, args: &TimelineArgs) -> Result<Outcome> {
    writable(&args.output)?;
    let store = global.open()?;
    let filter = args.filter.filter(&store)?;
    let found: Vec<_> = events(&store, &filter, Sort::Date, None)?.into_iter().map(|a| a.event).collect();
    let rules = super::rules(args.look.rules.as_ref())?;
    let words = Words::load(&rules, &args.look.lang)?;
    let names = names(&store)?.into_iter().collect();
    let plan = LanePlan::choose(&rules, &found, &names, &words)?;
    let mut options = Options::new(plan, words, width(&args.look.width)?);
    options.period = filter.span();
    options.query = filter.period.as_ref().map(|p| p.asked.clone()).unwrap_or_default();
    options.focus = !args.no_focus;
    args.look.apply(&mut options)?;
    let figure = chart::timeline(&found, &options)?;
    write(global, &args.output, &args.look, &figure)?;
    Ok(if figure.rows.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

impl Look {
    fn apply(&self, options: &mut Options) -> Result<()> {
        options.max_height = match self.height.as_str() {
            "none" => None,
            other => Some(millimetres("--height", other)?),
        };
        options.top = self.top;
        options.title = self.title.clone();
        options.link = self.link.clone();
        if let Some(points) = self.font_size {
            options.label_points = points;
        }
        Ok(())
    }
}

/// Refuses what cannot be written before anything is computed.
fn writable(output: &Output) -> Result<()> {
    let Some(path) = &output.output else { return Ok(()) };
    match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("svg") => Ok(()),
        Some(kind @ ("pdf" | "png")) => Err(Error::Usage(format!(
            "{}: this dateline writes no .{kind}; build it with --features write-{kind}, or write .svg and convert it",
            path.display()
        ))),
        _ => Err(Error::Usage(format!("{}: a figure's name ends in .svg", path.display()))),
    }
}

/// Writes the figure and, if asked for, its data and caption.
fn write(global: &Global, output: &Output, look: &Look, figure: &Figure) -> Result<()> {
    let fonts = if look.plain { Fonts::Named } else { Fonts::Embedded };
    let io = |e| Error::io("output", e);
    output.write(|out| out.write_all(figure.svg(fonts).as_bytes()).map_err(io))?;
    let Some(path) = &output.output else { return Ok(()) };
    if look.data {
        let beside = |ending: &str| Output { output: Some(path.with_extension(ending)), force: output.force };
        let csv = figure.csv()?;
        beside("csv").write(|out| out.write_all(csv.as_bytes()).map_err(io))?;
        beside("txt").write(|out| writeln!(out, "{}", figure.caption).map_err(io))?;
    }
    if !global.quiet {
        eprintln!("dateline: {}: {}", path.display(), figure.caption);
    }
    Ok(())
}

/// A width by name or in millimetres, in hundredths of a millimetre.
fn width(text: &str) -> Result<Hmm> {
    if text == "slide" { Ok(25_400) } else { millimetres("--width", text) }
}

fn millimetres(option: &str, text: &str) -> Result<Hmm> {
    let number = text.trim().trim_end_matches("mm").trim();
    match number.parse::<f64>() {
        Ok(mm) if (1.0..=10_000.0).contains(&mm) => Ok((mm * 100.0).round() as Hmm),
        _ => Err(Error::Usage(format!("{option} {text}: write a number of millimetres, such as 88mm"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_read_in_millimetres() {
        assert_eq!(width("88mm").ok(), Some(8_800));
        assert_eq!(width("127.5 mm").ok(), Some(12_750));
        assert_eq!(width("slide").ok(), Some(25_400));
        for bad in ["", "mm", "-3mm", "NaN", "1e9", "3in"] {
            assert!(width(bad).is_err(), "{bad}");
        }
    }
}
