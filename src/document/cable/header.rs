//! What a cable's header says: date-time group, addressees, classification, E.O. and DECL, TAGS, SUBJECT, REF,
//! classified-by, reason. Where a header is printed twice, the first word on each point counts.

use super::line::{Kind, clean, markings, pattern};
use super::message::Line;
use super::{dtg, refs};
use crate::document::draft::{Draft, squeeze};
use crate::document::{DateBasis, Zone};
use regex::Regex;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

pattern!(
    LABELS,
    r"E\.O\. ?1\d{4}|TAGS ?:|SUBJECT ?:|(?i)\b(?:e\. ?o\. ?1\d{4}|tags ?:|subject ?:|refs? ?:|classified by|reasons?:)"
);
pattern!(
    LABEL,
    r"(?i)^(?:E\.? ?O\.?:? *1\d{4}[^:A-Z]*:?|TAGS?\b *[:;,.]?|SUBJ(?:ECT)? *[:;]?|REF(?:ERENCE)?\(?S?\)?(?:TEL)?\(?S?\)? *[:;.]?|(?:DE)?CLASSIF(?:IED|Y)(?: BY| FROM| ON)? *:?|DERIVED FROM *:?|\(?(?:FOR )?REASONS?(?: FOR CLASSIFICATION)? *:?)\s*"
);
pattern!(DECL, r"(?i)DECL?(?:ASSIFY ON|ASSIFICATION)?[:.;]? *(.*)$");
pattern!(ORDER, r"^E\.? ?O\.?:? *(1\d{4})");
// A page-break line that the page has run into the header: "… 00001989 002 OF 002", behind the post's name.
pattern!(BREAK, r" 0\d{6,8} +\d{3}(?:\.\d+)? (?i:of) \d{3}\b");
// The next label, cut off by the page: "11/21/2015 TA...".
pattern!(CUT, r"\s+[A-Za-z]{0,10}(?:\.{3}|…).*$");
pattern!(BRACKETS, r"\([^)]*\)?");
pattern!(REASON, r"(?i)(?:,? *\b(?:for )?reasons?:?\s*)(\d.*)$");
pattern!(BANNER_WORD, &format!(r"(?i)^({})((?: ?//? ?[A-Z]+)*)", markings()));

/// How address lines write who sends a cable, and how the pages that show cables do.
const SENDERS: [(&str, &str); 6] = [
    ("AMEMBASSY", "Embassy"),
    ("AMCONSUL", "Consulate"),
    ("AMCONGEN", "Consulate"),
    ("USMISSION", "Mission"),
    ("USDEL", "Mission"),
    ("SECSTATE", "Secretary of State"),
];

/// One label of the header with all its text.
struct Field {
    kind: Kind,
    text: String,
}

/// Reads the header lines into the draft and covers them with header blocks.
pub(super) fn read(draft: &mut Draft, lines: &[Line]) {
    let fields = fields(&draft.text, lines, station(draft.id.as_deref().unwrap_or_default()));
    let mut julian = None;
    for field in &fields {
        if field.kind == Kind::Routing {
            julian = julian.or_else(|| dtg::julian_day(clean(&field.text)));
        }
        take(draft, field);
    }
    check_julian(draft, julian);
    for range in runs(lines) {
        draft.block(range, Zone::Header);
    }
}

/// REF lines are read once the document's own day and number are known.
pub(super) fn read_references(draft: &mut Draft, lines: &[Line]) {
    if !draft.meta.references.is_empty() {
        return;
    }
    let sent = draft.claims.iter().min_by_key(|c| c.basis).map(|c| c.day);
    let id = draft.id.clone().unwrap_or_default();
    let station = station(&id);
    let serial = id.get(2 + station.len()..).and_then(|s| s.parse().ok());
    let own = serial.filter(|_| !station.is_empty()).map(|serial| (station, serial));
    for field in fields(&draft.text, lines, station).iter().filter(|f| f.kind == Kind::Reference) {
        let found = refs::references(value(&field.text), sent, own);
        if !found.is_empty() {
            draft.meta.references = found;
            return;
        }
    }
}

/// Header lines gathered by label. A line without one belongs to the label before it; a long line may hold several.
fn fields(text: &str, lines: &[Line], station: &str) -> Vec<Field> {
    let mut out: Vec<Field> = Vec::new();
    for line in lines.iter().filter(|l| l.header) {
        let piece = without_break(clean(&text[line.range.clone()]), station);
        let piece = piece.as_ref();
        if is_cut_label(piece) {
            continue;
        }
        match line.kind {
            Kind::Blank | Kind::Rule | Kind::PageBreak => {}
            kind => {
                let cuts: Vec<usize> = LABELS.find_iter(piece).map(|m| m.start()).filter(|&s| s > 0).collect();
                let mut at = 0;
                for cut in cuts.into_iter().chain([piece.len()]) {
                    let part = &piece[at..cut];
                    add(&mut out, if at == 0 { kind } else { super::line::kind(part) }, part.trim());
                    at = cut;
                }
            }
        }
    }
    out
}

/// The post's name in a cable's number: "DUSTVILLE" of 05DUSTVILLE42.
fn station(id: &str) -> &str {
    let rest = id.get(2..).unwrap_or_default();
    &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())]
}

/// The line without a page break in its middle: the post's name (of one or more words) and the numbers behind it.
fn without_break<'a>(line: &'a str, station: &str) -> Cow<'a, str> {
    let Some(found) = BREAK.find(line) else { return Cow::Borrowed(line) };
    let before = &line[..found.start()];
    let mut start = before.len();
    for (at, _) in before.match_indices(' ').chain([(0, "")]) {
        let name: String = before[at..].chars().filter(|c| c.is_alphabetic()).collect();
        if !station.is_empty() && name.eq_ignore_ascii_case(station) {
            start = at;
        }
    }
    Cow::Owned(format!("{} {}", before[..start].trim_end(), line[found.end()..].trim_start()))
}

/// A label that the page has cut off: "Classifie...".
fn is_cut_label(line: &str) -> bool {
    let bare = line.trim_end_matches(['.', '…']).to_uppercase();
    let cut = line.ends_with("...") || line.ends_with('…');
    cut && bare.len() > 3
        && ["CLASSIFIED BY", "DECLASSIFY ON", "DERIVED FROM", "REASON:"].iter().any(|l| l.starts_with(&bare))
}

/// Adds a line to the fields: to the last one if it has no label of its own.
fn add(fields: &mut Vec<Field>, kind: Kind, text: &str) {
    match fields.last_mut() {
        Some(last) if kind == Kind::Text => {
            last.text.push('\n');
            last.text.push_str(text);
        }
        _ => fields.push(Field { kind, text: text.to_string() }),
    }
}

/// The text of a field without its label.
fn value(text: &str) -> &str {
    let once = |text| LABEL.find(text).map_or(text, |m| &text[m.end()..]);
    let value = once(text);
    // Some labels are printed twice: "SUBJECT: SUBJECT: …".
    if LABEL.is_match(value) && value.len() < text.len() { once(value) } else { value }
}

fn take(draft: &mut Draft, field: &Field) {
    let text = field.text.as_str();
    match field.kind {
        Kind::Dtg => take_dtg(draft, text),
        Kind::Address => take_address(draft, text),
        Kind::Banner => take_classification(draft, text),
        Kind::Caption => once(draft, "caption", text),
        Kind::Attention => once(draft, "attention", text),
        Kind::ExecutiveOrder => {
            if let Some(order) = ORDER.captures(&text.to_uppercase()) {
                once(draft, "executive_order", &order[1]);
            }
            if let Some(decl) = DECL.captures(&squeeze(text)).and_then(|c| c.get(1)) {
                once(draft, "decl", CUT.replace(decl.as_str(), ""));
            }
        }
        Kind::Tags if draft.meta.tags.is_empty() => draft.meta.tags = tags(value(text)),
        Kind::Subject => {
            let subject = squeeze(value(text));
            once(draft, "subject", &subject);
            if draft.meta.title.as_ref().is_none_or(|t| t.len() < subject.len()) && !subject.is_empty() {
                draft.meta.title = draft.get("subject").map(str::to_string);
            }
        }
        Kind::Classified => take_classified(draft, text),
        _ => {}
    }
}

/// Sets a further field unless it is set.
fn once(draft: &mut Draft, name: &str, value: impl AsRef<str>) {
    if draft.get(name).is_none() {
        draft.other(name, value);
    }
}

fn take_dtg(draft: &mut Draft, text: &str) {
    let line = text.lines().next().unwrap_or(text);
    let Some(day) = dtg::date_time_group(line) else { return };
    once(draft, "dtg", line);
    let known = draft.claims.iter().find(|c| c.basis == DateBasis::DateTimeGroup).map(|c| c.day);
    match known {
        None => draft.claim(day, DateBasis::DateTimeGroup, line.trim()),
        Some(first) if first != day => {
            draft
                .warnings
                .push(format!("two date-time groups: {first} and {day} (\"{}\"); taken: the first", line.trim()));
        }
        Some(_) => {}
    }
}

fn take_address(draft: &mut Draft, text: &str) {
    let (label, rest) = text.split_once(' ').unwrap_or((text, ""));
    let name = match label {
        "FM" => "from",
        "TO" => "to",
        _ => "info",
    };
    let list: Vec<String> = rest.lines().map(squeeze).filter(|l| !l.is_empty()).collect();
    if name == "from" && draft.meta.origin.is_none() {
        draft.meta.origin = list.first().map(|post| origin(post));
    }
    once(draft, name, list.join("; "));
}

/// The sender of an address line as pages of cables write it: "AMEMBASSY OSLO" is "Embassy Oslo".
fn origin(address: &str) -> String {
    let (head, place) = address.split_once(' ').unwrap_or((address, ""));
    let Some((_, kind)) = SENDERS.iter().find(|(code, _)| *code == head) else { return address.to_string() };
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect::<String>()
    };
    let place: Vec<String> = place.split_whitespace().map(capital).collect();
    match kind {
        &"Secretary of State" => kind.to_string(),
        _ => format!("{kind} {}", place.join(" ")).trim_end().to_string(),
    }
}

fn take_classification(draft: &mut Draft, text: &str) {
    if draft.meta.classification.is_none()
        && let Some(found) = BANNER_WORD.captures(text)
    {
        let word: String = found[1].to_uppercase();
        let word = if word.starts_with("U N C") || word.starts_with("UNCLAS") {
            "UNCLASSIFIED".to_string()
        } else if word.chars().nth(1) == Some(' ') {
            word.replace(' ', "")
        } else {
            word
        };
        draft.meta.classification = Some(format!("{word}{}", found[2].replace(' ', "").to_uppercase()));
    }
}

fn take_classified(draft: &mut Draft, text: &str) {
    let flat = squeeze(text);
    let body = value(&flat);
    if flat.to_lowercase().starts_with("reason")
        || flat.to_lowercase().starts_with("for reason")
        || flat.starts_with('(')
    {
        once(draft, "reason", body);
        return;
    }
    match REASON.captures(body) {
        Some(found) => {
            let by = found.get(0).map_or(body, |m| &body[..m.start()]);
            once(draft, "classified_by", by.trim_end_matches([',', ' ', '.']));
            once(draft, "reason", &found[1]);
        }
        None => once(draft, "classified_by", body),
    }
}

/// The tags of a TAGS field; a name in brackets ("OVIP (HILL, ANN)") belongs to the tag before it.
fn tags(field: &str) -> Vec<String> {
    BRACKETS
        .replace_all(field, " ")
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.'))
        .map(|t| t.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase())
        .filter(|t| (2..=8).contains(&t.len()))
        .collect()
}

/// The Julian day of the routing line should be that of the date-time group.
fn check_julian(draft: &mut Draft, julian: Option<u32>) {
    let dtg = draft.claims.iter().find(|c| c.basis == DateBasis::DateTimeGroup).map(|c| c.day);
    if let (Some(julian), Some(day)) = (julian, dtg)
        && !dtg::agrees(day, julian)
    {
        draft.warnings.push(format!("the routing line says day {julian} of the year, the date-time group {day}"));
    }
}

/// Runs of header lines without body lines between them.
fn runs(lines: &[Line]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for line in lines {
        if line.header {
            match out.last_mut().filter(|_| open) {
                Some(last) => last.end = line.range.end,
                None => out.push(line.range.clone()),
            }
        }
        open = line.header;
    }
    out
}
