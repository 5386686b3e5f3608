//! The REF line: what a cable refers to, by letter, with the identifier and year of each cable where they can be told.

use super::line::pattern;
use crate::date::NaiveDate;
use crate::document::Reference;
use crate::document::cable::dtg::full_year;
use crate::document::draft::squeeze;
use chrono::{Datelike, Month};
use regex::Regex;
use std::sync::LazyLock;

pattern!(LETTER, r"(?:^|[\s;,])[¶(]{0,2}([A-Za-z])[.):]");
pattern!(
    CABLE,
    r"(?:^|[\s(,;&])(?:((?:19|20)?\d{2}) ?)?([A-Za-z][A-Za-z'-]+(?: [A-Za-z][A-Za-z'-]+){0,2}) (\d{1,7})(?:[\s),;.&]|$)"
);

pattern!(ITEM, r"\n\s*(?:(?:19|20)?\d\d )?[A-Z]{3,}(?: [A-Z]{2,})? \d{2,}");
/// Words that stand before a number in prose and name no post.
const NO_POST: [&str; 15] =
    ["dtd", "dated", "para", "of", "on", "by", "in", "to", "and", "from", "for", "page", "section", "article", "fax"];

/// The references of a REF field. `sent`: the day the citing cable was sent, which decides the year of a number without
/// one; `station`: its own post (a number above the cable's own belongs to the year before), with its number.
pub(super) fn references(field: &str, sent: Option<NaiveDate>, own: Option<(&str, u32)>) -> Vec<Reference> {
    let field = field.trim();
    let marks: Vec<_> = LETTER
        .captures_iter(field)
        .filter_map(|c| Some((c.get(0)?, c.get(1)?)))
        .filter(|(whole, letter)| marks_item(&field[whole.end()..], letter.as_str()))
        .collect();
    if marks.is_empty() {
        return split_plain(field).into_iter().flat_map(|part| items(None, part, sent, own)).collect();
    }
    let mut out = Vec::new();
    if let Some((first, _)) = marks.first() {
        out.extend(items(None, &field[..first.start()], sent, own));
    }
    for (at, (whole, letter)) in marks.iter().enumerate() {
        let end = marks.get(at + 1).map_or(field.len(), |(next, _)| next.start());
        out.extend(items(Some(letter.as_str()), &field[whole.end().min(end)..end], sent, own));
    }
    out
}

/// Whether a letter with its stop marks an item, by what follows: a blank, or at once a post or a year ("(A)STATE 12"),
/// but not the rest of an abbreviation ("U.S."). A small letter needs the blank.
fn marks_item(rest: &str, letter: &str) -> bool {
    let word = rest.chars().take_while(|c| c.is_ascii_uppercase()).count();
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let small = letter.starts_with(char::is_lowercase);
    rest.is_empty() || rest.starts_with(char::is_whitespace) || !small && (word > 2 || digits >= 2)
}

/// References without letters are parted by semicolons, commas or "AND".
fn split_plain(field: &str) -> Vec<&str> {
    let parts = field.split([';', ',']).flat_map(|p| p.split(" AND ")).flat_map(|p| p.split(" and "));
    parts.flat_map(split_lines).collect()
}

/// A line that begins with a cable's number is an item of its own.
fn split_lines(part: &str) -> Vec<&str> {
    let mut cuts: Vec<usize> = ITEM.find_iter(part).map(|m| m.start()).collect();
    cuts.insert(0, 0);
    cuts.push(part.len());
    cuts.windows(2).map(|w| &part[w[0]..w[1]]).collect()
}

fn items(letter: Option<&str>, part: &str, sent: Option<NaiveDate>, own: Option<(&str, u32)>) -> Option<Reference> {
    let text =
        squeeze(part.trim_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '¶' | '\\' | '-' | ':')));
    if text.is_empty() || !text.chars().any(char::is_alphanumeric) {
        return None;
    }
    let (id, year) = cable_id(&text, sent, own).map_or((None, None), |(id, year)| (id, year));
    Some(Reference { letter: letter.map(str::to_uppercase), text, id, year })
}

/// "06 TASHKENT 2332" → 06TASHKENT2332, 2006; "TASHKENT 989" takes the citing cable's year, or the year before where
/// that would lie in its future.
fn cable_id(text: &str, sent: Option<NaiveDate>, own: Option<(&str, u32)>) -> Option<(Option<String>, Option<i32>)> {
    let found = CABLE.captures(text)?;
    let station: String = found[2].chars().filter(|c| c.is_alphabetic()).collect::<String>().to_uppercase();
    let serial: u32 = found[3].parse().ok()?;
    let prose = |w: &str| NO_POST.contains(&w.to_lowercase().as_str()) || w.len() > 2 && w.parse::<Month>().is_ok();
    if station.len() < 3 || station == "TEL" || found[2].split(' ').any(prose) || serial == 0 {
        return None;
    }
    let year = match found.get(1) {
        Some(y) => Some(full_year(y.as_str().parse().ok()?)),
        None => sent.map(|day| match own {
            Some((post, number)) if post == station && serial >= number => day.year() - 1,
            _ => day.year(),
        }),
    };
    let id = year.map(|y| format!("{:02}{station}{serial}", y.rem_euclid(100)));
    Some((id, year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(field: &str) -> Vec<String> {
        let sent = "2007-11-16".parse().ok();
        references(field, sent, Some(("DUSTVILLE", 1989)))
            .into_iter()
            .map(|r| format!("{}:{}", r.letter.unwrap_or_default(), r.id.unwrap_or(r.text)))
            .collect()
    }

    #[test]
    fn letters_years_and_stations() {
        assert_eq!(told("A. 06 DUSTVILLE 2332  \n \nB. DUSTVILLE 989"), ["A:06DUSTVILLE2332", "B:07DUSTVILLE989"]);
        assert_eq!(told("STATE 214783"), [":07STATE214783"]);
        assert_eq!(told("(A)STATE 12 (NOTAL), (B)DUSTVILLE 56"), ["A:07STATE12", "B:07DUSTVILLE56"]);
        assert_eq!(told("a. DUSTVILLE 320\nb. DUSTVILLE 799"), ["A:07DUSTVILLE320", "B:07DUSTVILLE799"]);
        assert_eq!(told("A. STATE 12\n     B.TRIPOLI 566"), ["A:07STATE12", "B:07TRIPOLI566"]);
        assert_eq!(told("07 STATE 237; 06 STATE 153 \n06 STATE 1072"), [":07STATE237", ":06STATE153", ":06STATE1072"]);
        assert_eq!(
            told("HILL E-MAIL TO THE U.S. MISSION OF OCTOBER 14"),
            [":HILL E-MAIL TO THE U.S. MISSION OF OCTOBER 14"]
        );
        assert_eq!(told("(A) STATE 12 (B) DUSTVILLE 2400"), ["A:07STATE12", "B:06DUSTVILLE2400"]);
        assert_eq!(told("06 NEW DELHI 12; TEL AVIV 33"), [":06NEWDELHI12", ":07TELAVIV33"]);
        assert_eq!(told("SMITH E-MAIL DTD 11-18-05"), [":SMITH E-MAIL DTD 11-18-05"]);
        assert_eq!(
            told("A. USNATO 278\n     ¶B. JONES/REID E-MAIL TO DEPT"),
            ["A:07USNATO278", "B:JONES/REID E-MAIL TO DEPT"]
        );
    }
}
