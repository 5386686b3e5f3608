//! `dateline demo`: from the sample documents compiled in to a database, an answer and figures, by the very commands
//! that a user would type.

use super::output::{stdout, to_stdout};
use super::{Cli, Global, Outcome};
use crate::{Error, Result};
use clap::Parser;
use std::path::{Path, PathBuf};

macro_rules! samples {
    ($($name:literal),* $(,)?) => { &[$(($name, include_bytes!(concat!("../../tests/samples/", $name)))),*] };
}

/// The documents written for the demonstration: name and content.
const SAMPLES: &[(&str, &[u8])] = samples![
    "05BISHKEK90003.txt",
    "05DUSHANBE90002.txt",
    "05TASHKENT90001.txt",
    "06MOSCOW90004.txt",
    "08USNATO90005.txt",
    "99TASHKENT90006.txt",
    "chronology-1991-1994.txt",
    "monitor-1999-04.txt",
    "monitor-2001-10.txt",
    "news-2005-11-15.html",
    "news-2012-06-29.html",
    "paperblog-2009.txt",
    "paperblog-2012.txt",
    "retrospect-2013.txt",
    "us-uzbek-relations.md",
];

/// Where the demonstration goes.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct DemoArgs {
    /// The folder for the documents and the database.
    #[arg(long, value_name = "DIR", default_value = "demo")]
    dir: PathBuf,
    /// The folder for the figures.
    #[arg(long, value_name = "DIR", default_value = "charts")]
    charts: PathBuf,
}

/// The figures: file, kind and what it shows.
const FIGURES: [(&str, &[&str]); 8] = [
    ("timeline-1991-2012.svg", &["timeline", "1991..2012", "--actor", "UZB", "--top", "40"]),
    ("timeline-2005.svg", &["timeline", "2005", "--actor", "UZB"]),
    ("timeline-united-states.svg", &["timeline", "1999..2009", "--actor", "UZB", "--with", "USA", "--top", "30"]),
    ("timeline-one-column.svg", &["timeline", "1998..2006", "--actor", "UZB", "--top", "18", "--width", "88mm"]),
    ("relations.svg", &["relations", "1991..2012", "--actor", "UZB"]),
    ("density.svg", &["density", "1998..2006"]),
    ("network.svg", &["network", "1991..2012"]),
    ("coverage.svg", &["coverage", "1991..2012", "--actor", "UZB"]),
];

pub(super) fn run(global: &Global, args: &DemoArgs) -> Result<Outcome> {
    let documents = args.dir.join("documents");
    for folder in [&documents, &args.charts] {
        std::fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
    }
    for (name, bytes) in SAMPLES {
        write_if_new(&documents.join(name), bytes)?;
    }
    let db = args.dir.join("dateline.db").display().to_string();
    let documents = documents.display().to_string();
    say(&format!("{} sample documents are in {documents}. What they tell:\n", SAMPLES.len()))?;
    step(global, &["build", &documents, "--db", &db])?;
    step(global, &["events", "2005", "--actor", "UZB", "--min-salience", "0.5", "--db", &db])?;
    for (name, which) in FIGURES {
        let path = args.charts.join(name).display().to_string();
        step(global, &[&["chart"], which, &["-o", &path, "--force", "--db", &db]].concat())?;
    }
    say(&next(&db))?;
    Ok(Outcome::Done)
}

/// A document that is there already stays as it is, so that a second demonstration builds nothing anew.
fn write_if_new(path: &Path, bytes: &[u8]) -> Result<()> {
    if std::fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    std::fs::write(path, bytes).map_err(|e| Error::io(path, e))
}

/// Shows a command and runs it as if it had been typed.
fn step(global: &Global, args: &[&str]) -> Result<()> {
    say(&format!("$ dateline {}", args.iter().map(|a| quoted(a)).collect::<Vec<_>>().join(" ")))?;
    let mut typed = vec!["dateline"];
    typed.extend(args);
    if global.quiet {
        typed.push("--quiet");
    }
    let cli = Cli::try_parse_from(typed).map_err(|e| Error::Usage(e.to_string()))?;
    super::run(cli)?;
    say("")
}

/// An argument as a shell wants it.
fn quoted(arg: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,".contains(c);
    if arg.chars().all(plain) { arg.to_string() } else { format!("'{}'", arg.replace('\'', "'\\''")) }
}

fn say(text: &str) -> Result<()> {
    to_stdout(|out| writeln!(out, "{text}").map_err(stdout))
}

fn next(db: &str) -> String {
    format!(
        "Try next:
  dateline show EVENT --db {db}                      everything about one event (its identifier is in the table)
  dateline events 'since 2001' --with NATO --db {db} other questions; dateline events --help names them all
  dateline export docx 2005 -o 2005.docx --db {db}   a chronology with footnotes, for a paper
  dateline accept EVENT --db {db}                    your word on an event; it survives every build
  dateline build FOLDER                              your own documents, into dateline.db"
    )
}
