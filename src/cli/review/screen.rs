//! The screen of a review: what is drawn of a session.

use super::super::table;
use super::session::{FIELDS, Mode, Session, Shown};
use crate::event::Role;
use crate::query::{AccountRow, count};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

/// The line that says which key does what.
const HELP: &str = "a accept  r reject  s skip  b back  u undo  d date  i who  t to whom  y type  p place  h headline  \
                    m merge  ↑↓ scroll  q quit";

/// Styles that a screen without colours shows too.
const LOUD: Style = Style::new().add_modifier(Modifier::BOLD);
const FAINT: Style = Style::new().add_modifier(Modifier::DIM);
const TRIGGER: Style = Style::new().add_modifier(Modifier::BOLD).add_modifier(Modifier::REVERSED);

/// Draws the session: the place in the queue, the event with its quotes, what the last key did, the keys.
pub(super) fn draw(frame: &mut Frame, session: &mut Session) {
    let help = Paragraph::new(help(session)).wrap(Wrap { trim: true });
    let width = frame.area().width.max(1);
    let rows = u16::try_from(help_width(session).div_ceil(usize::from(width))).unwrap_or(1).max(1) + 1;
    let [top, middle, message, bottom] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(1),
        Constraint::Length(rows.min(5)),
    ])
    .areas(frame.area());
    frame.render_widget(Paragraph::new(title(session)).style(Style::new().add_modifier(Modifier::REVERSED)), top);
    let lines = session.shown.as_ref().map(body).unwrap_or_else(|| vec![Line::from("No event is left here.")]);
    // Not beyond the last line: as many rows as the text takes at least.
    let most = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_sub(1);
    session.scroll = session.scroll.min(most);
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }).scroll((session.scroll, 0)), middle);
    frame.render_widget(Paragraph::new(session.message.clone()).style(LOUD), message);
    frame.render_widget(help, bottom);
}

fn title(session: &Session) -> String {
    let event = session.shown.as_ref().map(|s| &s.details.answer);
    let event = event.map(|a| format!("  {}  {}", a.event.uid, a.status.as_str())).unwrap_or_default();
    format!(" {}{event}", session.place())
}

fn help_width(session: &Session) -> usize {
    help(session).width()
}

fn help(session: &Session) -> Line<'static> {
    match &session.mode {
        Mode::Look => Line::styled(HELP, FAINT),
        Mode::Edit(field, text) => Line::from(vec![
            Span::styled(format!("{}: ", FIELDS[*field].2), LOUD),
            Span::raw(text.clone()),
            Span::styled(" ", Style::new().add_modifier(Modifier::REVERSED)),
            Span::styled("  Enter sets it, Esc leaves it", FAINT),
        ]),
        Mode::Merge => Line::styled("Merge with which? Its number; any other key: none", LOUD),
    }
}

fn body(shown: &Shown) -> Vec<Line<'static>> {
    let event = &shown.details.answer.event;
    let mut lines = vec![Line::styled(event.headline.clone(), LOUD)];
    let mut field = |name: &str, value: String| {
        if !value.is_empty() {
            lines.push(Line::from(vec![Span::styled(format!("{name:<9}"), FAINT), Span::raw(value)]));
        }
    };
    field("When", format!("{} ({})", event.date.in_words(), event.date.edtf));
    field("Why", event.date_trace.clone());
    field("Conflict", if event.conflict { "the accounts contradict each other's dates".into() } else { String::new() });
    field("Doubt", event.warning.clone().unwrap_or_default());
    let kind = [Some(event.kind.as_str()), event.mode.as_deref(), event.subtype.as_deref(), table::caveat(event)];
    field("What", kind.into_iter().flatten().collect::<Vec<_>>().join(" / "));
    for (role, name) in [(Role::Initiator, "Who"), (Role::Target, "To whom"), (Role::Other, "Also")] {
        let codes: Vec<&str> = event.actors.iter().filter(|a| a.role == role).map(|a| a.code.as_str()).collect();
        field(name, codes.join(", "));
    }
    field("Where", event.place.as_ref().map(|p| format!("{} {}", p.name, p.country)).unwrap_or_default());
    for decision in &shown.details.decisions {
        field("Decided", decision.clone());
    }
    for (i, (row, around)) in shown.details.told_by.iter().zip(&shown.around).enumerate() {
        lines.push(Line::default());
        let when = row.mention.when.date.in_words();
        let paragraph = row.mention.paragraph.map_or(String::new(), |n| format!(", ¶ {n}"));
        lines.push(Line::styled(format!("{}. {}{paragraph}: {when}", i + 1, row.mention.doc), FAINT));
        lines.push(quote(row, around));
    }
    if !shown.twins.is_empty() {
        lines.push(Line::default());
        lines.push(Line::styled("May be the same (m merges):", FAINT));
    }
    for (i, twin) in shown.twins.iter().enumerate() {
        let (e, accounts) = (&twin.answer.event, count(twin.answer.event.accounts, "account"));
        let text = format!("{}. {}, {}, {accounts}, {:.2}", i + 1, e.headline, e.date.in_words(), twin.likeness);
        lines.push(Line::from(text));
    }
    lines
}

/// The quote with its trigger, between faint words from before and after it.
fn quote(row: &AccountRow, (before, after): &(String, String)) -> Line<'static> {
    let m = &row.mention;
    let chars: Vec<char> = m.quote.chars().collect();
    let at = |n: usize| n.saturating_sub(m.start).min(chars.len());
    let (start, end) = (at(m.trigger.start), at(m.trigger.end).max(at(m.trigger.start)));
    let piece = |range: std::ops::Range<usize>| clean(&chars.get(range).unwrap_or_default().iter().collect::<String>());
    Line::from(vec![
        Span::styled(format!("…{}", clean(before)), FAINT),
        Span::raw(piece(0..start)),
        Span::styled(piece(start..end), TRIGGER),
        Span::raw(piece(end..chars.len())),
        Span::styled(format!("{}…", clean(after)), FAINT),
    ])
}

/// Line breaks and control characters of a document as spaces, several as one: they would move the terminal's cursor.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_control() || c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}
