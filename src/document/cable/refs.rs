//! The REF line: what a cable refers to, by letter, with the identifier and year of each cable where they can be told.

use super::line::pattern;
use crate::date::NaiveDate;
use crate::document::Reference;
use crate::document::cable::dtg::full_year;
use crate::document::draft::squeeze;
use chrono::Datelike;
use regex::Regex;
use std::sync::LazyLock;

pattern!(LETTER, r"(?:^|[\s;,])[¶(]{0,2}([A-Z])[.):](?:\s|$)");
pattern!(
    CABLE,
    r"(?:^|[\s(,;&])(?:((?:19|20)?\d{2}) ?)?([A-Za-z][A-Za-z'-]+(?: [A-Za-z][A-Za-z'-]+){0,2}) (\d{1,7})(?:[\s),;.&]|$)"
);

/// The references of a REF field. `sent`: the day the citing cable was sent, which decides the year of a number without
/// one; `station`: its own post (a number above the cable's own belongs to the year before), with its number.
pub(super) fn references(field: &str, sent: Option<NaiveDate>, own: Option<(&str, u32)>) -> Vec<Reference> {
    let field = field.trim();
    let marks: Vec<_> = LETTER.captures_iter(field).filter_map(|c| Some((c.get(0)?, c.get(1)?))).collect();
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

/// References without letters are parted by semicolons, commas or "AND".
fn split_plain(field: &str) -> Vec<&str> {
    field.split([';', ',']).flat_map(|p| p.split(" AND ")).flat_map(|p| p.split(" and ")).collect()
}

fn items(letter: Option<&str>, part: &str, sent: Option<NaiveDate>, own: Option<(&str, u32)>) -> Option<Reference> {
    let text =
        squeeze(part.trim_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '¶' | '\\' | '-' | ':')));
    if text.is_empty() || !text.chars().any(char::is_alphanumeric) {
        return None;
    }
    let (id, year) = cable_id(&text, sent, own).map_or((None, None), |(id, year)| (id, year));
    Some(Reference { letter: letter.map(str::to_string), text, id, year })
}

/// "06 TASHKENT 2332" → 06TASHKENT2332, 2006; "TASHKENT 989" takes the citing cable's year, or the year before where
/// that would lie in its future.
fn cable_id(text: &str, sent: Option<NaiveDate>, own: Option<(&str, u32)>) -> Option<(Option<String>, Option<i32>)> {
    let found = CABLE.captures(text)?;
    let station: String = found[2].chars().filter(|c| c.is_alphabetic()).collect::<String>().to_uppercase();
    let serial: u32 = found[3].parse().ok()?;
    if station.len() < 3 || ["DTD", "DATED", "PARA", "TEL"].contains(&station.as_str()) || serial == 0 {
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
        assert_eq!(told("(A) STATE 12 (B) DUSTVILLE 2400"), ["A:07STATE12", "B:06DUSTVILLE2400"]);
        assert_eq!(told("06 NEW DELHI 12; TEL AVIV 33"), [":06NEWDELHI12", ":07TELAVIV33"]);
        assert_eq!(told("SMITH E-MAIL DTD 11-18-05"), [":SMITH E-MAIL DTD 11-18-05"]);
        assert_eq!(
            told("A. USNATO 278\n     ¶B. JONES/REID E-MAIL TO DEPT"),
            ["A:07USNATO278", "B:JONES/REID E-MAIL TO DEPT"]
        );
    }
}
