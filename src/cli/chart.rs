//! `dateline chart`: figures from events.

use super::{FilterArgs, Global, Outcome, Output};
use crate::actor::Lexicon;
use crate::chart::{self, Figure, Fonts, Hmm, LanePlan, Options, Palette, Scene, Words};
use crate::merge::Event;
use crate::query::{Answer, Sort, accounts, events, names};
use crate::rules::Rules;
use crate::store::Store;
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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
    /// How relations went: the mean score of their events over time
    Relations(PlainArgs),
    /// How many events per lane and month
    Density(PlainArgs),
    /// Who deals with whom, period by period
    Network(PlainArgs),
    /// Which source tells of what, and what rests on one source
    Coverage(PlainArgs),
}

#[derive(Clone, Debug, clap::Args)]
struct TimelineArgs {
    #[command(flatten)]
    plain: PlainArgs,
    /// One panel only, without enlarging a crowded part.
    #[arg(long)]
    no_focus: bool,
    /// Label every event, on as many pages as that needs, instead of numbering or only marking the least salient.
    #[arg(long)]
    pages: bool,
}

#[derive(Clone, Debug, clap::Args)]
struct PlainArgs {
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    look: Look,
    #[command(flatten)]
    output: Output,
}

/// What divides events into lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Lanes {
    /// The counterpart of the actor that most events name.
    Actor,
    /// The pair of actors.
    Dyad,
    /// The kind of event.
    Type,
    /// The document that tells of it first.
    Source,
}

/// The colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Colours {
    /// Eight colours that stand out from white and from each other for every kind of colour vision.
    House,
    /// Okabe and Ito 2008.
    OkabeIto,
    /// Greys alone.
    Grey,
}

/// How a figure looks.
#[derive(Clone, Debug, clap::Args)]
struct Look {
    /// What divides events into lanes.
    #[arg(long, value_enum, default_value = "actor")]
    lanes: Lanes,
    /// Width: 88mm, 120mm, 180mm, any other number of mm, or slide (254 mm).
    #[arg(long, value_name = "WIDTH", default_value = "180mm")]
    width: String,
    /// Height not to be exceeded: a number of mm, or none; 225mm, on slides 143mm. What does not fit goes on in
    /// further files, NAME-2 and so on.
    #[arg(long, value_name = "HEIGHT")]
    height: Option<String>,
    /// Only so many events, the most salient ones; the caption says how many are left out.
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// A title above the figure (journals want none: they print a caption).
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Size of labels in points; 6.5, on narrow pages 6, on slides 8.
    #[arg(long, value_name = "POINTS")]
    font_size: Option<f64>,
    /// The colours; shapes, dashes and places tell the same.
    #[arg(long, value_enum, default_value = "house")]
    palette: Colours,
    /// A ring around events, cells and numbers that rest on one source alone (coverage shows them always).
    #[arg(long)]
    mark_single_source: bool,
    /// Language of months, legend and caption.
    #[arg(long, value_name = "CODE", default_value = "en")]
    lang: String,
    /// Name the typeface instead of embedding it: for editing in drawing programs.
    #[arg(long)]
    plain: bool,
    /// Where an event's link leads; {uid} stands for its identifier.
    #[arg(long, value_name = "URL")]
    link: Option<String>,
    /// Pixels an inch of a .png.
    #[arg(long, value_name = "DPI", default_value_t = 300)]
    dpi: u32,
    /// Also write the events drawn (.csv) and the caption (.txt) beside the figure.
    #[arg(long, requires = "output")]
    data: bool,
    /// A folder of rule files: other lanes, other words.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

pub(super) fn run(global: &Global, args: &ChartArgs) -> Result<Outcome> {
    let plain = match &args.chart {
        Chart::Timeline(args) => &args.plain,
        Chart::Relations(args) | Chart::Density(args) | Chart::Network(args) | Chart::Coverage(args) => args,
    };
    form(&plain.output)?;
    let store = global.open()?;
    let filter = plain.filter.filter(&store)?;
    let answers = events(&store, &filter, Sort::Date, None)?;
    let cites = match (&args.chart, plain.look.lanes) {
        (Chart::Coverage(_), _) | (_, Lanes::Source) => cites(&store, &answers)?,
        _ if plain.look.data => cites(&store, &answers)?,
        _ => BTreeMap::new(),
    };
    let found: Vec<Event> = answers.into_iter().map(|a| a.event).collect();
    let rules = super::rules(plain.look.rules.as_ref())?;
    let mut names: BTreeMap<String, String> = names(&store)?.into_iter().collect();
    // Lanes have room for short names: "US", "Russia".
    names.extend(Lexicon::new(&rules)?.actors().map(|a| (a.code.clone(), a.short.clone())));
    let mut options = plain.look.options(&rules, &found, &names, &cites)?;
    options.period = filter.span();
    options.query = filter.period.as_ref().map(|p| p.asked.clone()).unwrap_or_default();
    let figure = match &args.chart {
        Chart::Timeline(args) => {
            options.focus = !args.no_focus;
            options.paged = args.pages;
            chart::timeline(&found, &options)?
        }
        Chart::Relations(_) => chart::relations(&found, &options)?,
        Chart::Density(_) => chart::density(&found, &options)?,
        Chart::Network(_) => {
            let actors = match plain.look.lanes {
                Lanes::Actor => options.plan.clone(),
                _ => LanePlan::choose(&rules, &found, &names, &options.words)?,
            };
            let subject = names.get(&actors.subject).unwrap_or(&actors.subject);
            chart::network(&found, (&actors, subject), &options)?
        }
        Chart::Coverage(_) => chart::coverage(&found, &cites, &options)?,
    };
    write(global, &plain.output, &plain.look, &figure, &cites)?;
    Ok(if figure.rows.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// The documents that tell of each event, each once, the earliest first.
fn cites(store: &Store, answers: &[Answer]) -> Result<BTreeMap<String, Vec<String>>> {
    let mut all = BTreeMap::new();
    for answer in answers {
        let mut names: Vec<String> = Vec::new();
        for account in accounts(store, answer.id)? {
            if !names.contains(&account.stem) {
                names.push(account.stem);
            }
        }
        all.insert(answer.event.uid.clone(), names);
    }
    Ok(all)
}

impl Look {
    fn options(
        &self,
        rules: &Rules,
        events: &[Event],
        names: &BTreeMap<String, String>,
        cites: &BTreeMap<String, Vec<String>>,
    ) -> Result<Options> {
        let words = Words::load(rules, &self.lang)?;
        let plan = match self.lanes {
            Lanes::Actor => LanePlan::choose(rules, events, names, &words)?,
            Lanes::Dyad => LanePlan::by_dyad(events, names, &words),
            Lanes::Type => LanePlan::by_kind(&words),
            Lanes::Source => {
                let first = |(uid, names): (&String, &Vec<String>)| Some((uid.clone(), names.first()?.clone()));
                LanePlan::by_source(cites.iter().filter_map(first).collect(), &words)
            }
        };
        let mut options = Options::new(plan, words, width(&self.width)?);
        let slide = self.width == "slide";
        options.max_height = match self.height.as_deref() {
            None if slide => Some(14_300),
            None => options.max_height,
            Some("none") => None,
            Some(other) => Some(millimetres("--height", other)?),
        };
        options.label_points = self.font_size.unwrap_or(if slide { 8.0 } else { options.label_points });
        options.top = self.top;
        options.mark_single = self.mark_single_source;
        options.palette = match self.palette {
            Colours::House => Palette::House,
            Colours::OkabeIto => Palette::OkabeIto,
            Colours::Grey => Palette::Grey,
        };
        options.title = self.title.clone();
        options.link = self.link.clone();
        Ok(options)
    }
}

/// The form of a file, from the ending of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Svg,
    Pdf,
    Png,
}

/// Refuses what cannot be written before anything is computed.
fn form(output: &Output) -> Result<Form> {
    let Some(path) = &output.output else { return Ok(Form::Svg) };
    let left_out = |kind: &str| {
        Err(Error::Usage(format!(
            "{}: this dateline writes no .{kind}; build it with --features write-{kind}, or write .svg and convert it",
            path.display()
        )))
    };
    match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("svg") => Ok(Form::Svg),
        Some("pdf") if cfg!(feature = "write-pdf") => Ok(Form::Pdf),
        Some("png") if cfg!(feature = "write-png") => Ok(Form::Png),
        Some(kind @ ("pdf" | "png")) => left_out(kind),
        _ => Err(Error::Usage(format!("{}: a figure's name ends in .svg, .pdf or .png", path.display()))),
    }
}

/// The bytes of the file.
fn bytes(form: Form, look: &Look, page: &Scene) -> Result<Vec<u8>> {
    match form {
        #[cfg(feature = "write-pdf")]
        Form::Pdf => page.pdf(),
        #[cfg(feature = "write-png")]
        Form::Png => page.png(look.dpi),
        _ => {
            let fonts = if look.plain { Fonts::Named } else { Fonts::Embedded };
            Ok(page.svg(fonts).into_bytes())
        }
    }
}

/// Writes the figure and, if asked for, its data and caption.
fn write(
    global: &Global,
    output: &Output,
    look: &Look,
    figure: &Figure,
    cites: &BTreeMap<String, Vec<String>>,
) -> Result<()> {
    let form = form(output)?;
    let io = |e| Error::io("output", e);
    for (n, page) in figure.pages().enumerate() {
        let bytes = bytes(form, look, page)?;
        let output = Output { output: output.output.as_ref().map(|path| numbered(path, n)), force: output.force };
        output.write(|out| out.write_all(&bytes).map_err(io))?;
        if output.output.is_none() && !figure.more.is_empty() {
            let pages = figure.more.len() + 1;
            eprintln!("dateline: this is page 1 of {pages}; give -o FILE for all of them, or --height none for one");
            break;
        }
    }
    let Some(path) = &output.output else { return Ok(()) };
    if look.data {
        let beside = |ending: &str| Output { output: Some(path.with_extension(ending)), force: output.force };
        let csv = figure.csv()?;
        beside("csv").write(|out| out.write_all(csv.as_bytes()).map_err(io))?;
        beside("txt").write(|out| out.write_all(described(figure, cites).as_bytes()).map_err(io))?;
    }
    if !global.quiet {
        eprintln!("dateline: {}: {}", path.display(), figure.caption);
    }
    Ok(())
}

/// The file of a page: the name given, then `name-2.svg` and so on.
fn numbered(path: &Path, page: usize) -> PathBuf {
    if page == 0 {
        return path.to_path_buf();
    }
    let part = |p: Option<&std::ffi::OsStr>| p.unwrap_or_default().to_string_lossy().into_owned();
    path.with_file_name(format!("{}-{}.{}", part(path.file_stem()), page + 1, part(path.extension())))
}

/// The caption, every event drawn with the numbers of its sources, and the sources.
fn described(figure: &Figure, cites: &BTreeMap<String, Vec<String>>) -> String {
    let mut sources: Vec<&str> = Vec::new();
    let mut out = format!("{}\n\n", figure.caption);
    for row in &figure.rows {
        let mut numbers = Vec::new();
        for source in cites.get(&row.uid).into_iter().flatten() {
            let known = sources.iter().position(|s| s == source).unwrap_or_else(|| {
                sources.push(source);
                sources.len() - 1
            });
            numbers.push((known + 1).to_string());
        }
        out.push_str(&format!("{}  {} [{}]\n", row.date, row.headline, numbers.join(", ")));
    }
    out.push('\n');
    for (n, source) in sources.iter().enumerate() {
        out.push_str(&format!("[{}] {source}\n", n + 1));
    }
    out
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
    fn a_file_says_its_form_by_its_ending_and_others_are_refused_with_the_way_out() {
        let of = |name: &str| form(&Output { output: Some(name.into()), force: false });
        assert_eq!(of("a.svg").ok(), Some(Form::Svg));
        assert_eq!(of("A.SVG").ok(), Some(Form::Svg));
        assert!(of("a.gif").is_err() && of("a").is_err());
        for (name, there) in [("a.pdf", cfg!(feature = "write-pdf")), ("a.png", cfg!(feature = "write-png"))] {
            match of(name) {
                Ok(_) => assert!(there),
                Err(e) => assert!(!there && e.to_string().contains("--features write-"), "{e}"),
            }
        }
    }

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
