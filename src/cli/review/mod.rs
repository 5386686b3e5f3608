//! `dateline review`: a terminal screen for decisions, one event at a time.
//!
//! `session` holds the queue and does what a key asks for, by the code of the commands `accept`, `set`, …; `screen`
//! draws it. Both are tried without a terminal. This file is the loop between keys and screen.

mod screen;
mod session;
#[cfg(test)]
mod tests;

use super::{FilterArgs, Global, Outcome};
use crate::{Error, Result};
use ratatui::crossterm::event::{self, Event, KeyEventKind};
use session::Session;
use std::io::IsTerminal;

/// Which events.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ReviewArgs {
    #[command(flatten)]
    filter: FilterArgs,
    /// The most salient first, instead of by date.
    #[arg(long)]
    salient: bool,
    /// Also events that are decided upon already.
    #[arg(long)]
    again: bool,
    /// Whose decisions they are; the name of the user by default.
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
}

pub(super) fn run(global: &Global, args: &ReviewArgs) -> Result<Outcome> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Error::Usage(
            "review needs a terminal to draw on; elsewhere, `dateline accept`, `reject`, `set` and `merge` decide"
                .into(),
        ));
    }
    let mut session = Session::open(global, args)?;
    if session.is_empty() {
        println!("No event that answers is undecided; --again shows those decided upon");
        return Ok(Outcome::Nothing);
    }
    let terminal = |e| Error::io("terminal", e);
    let mut screen = ratatui::try_init().map_err(terminal)?;
    let mut work = || -> Result<()> {
        while !session.over {
            screen.draw(|frame| screen::draw(frame, &mut session)).map_err(terminal)?;
            if let Event::Key(key) = event::read().map_err(terminal)?
                && key.kind == KeyEventKind::Press
            {
                session.key(key);
            }
        }
        Ok(())
    };
    let done = work();
    ratatui::restore();
    done?;
    println!("{}", session.farewell());
    Ok(Outcome::Done)
}
