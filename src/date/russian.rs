//! Dates in plain Russian: "13 мая 2005", "около мая 2005", "между 13 мая и 21 ноября 2005". As in English, what is
//! said is what the EDTF string says. Cases: a month after a day, after "около", "не позднее" and "не ранее" stands in
//! the genitive; bounds after "между" in the instrumental, unless they have a day.

use super::part::{Doubt, Part, Year};

/// What is said of a date that is not known.
pub(super) const UNKNOWN: &str = "дата неизвестна";

/// Months as footnotes shorten them (ГОСТ Р 7.0.12-2011).
pub(super) const SHORT: [&str; 12] =
    ["янв.", "февр.", "марта", "апр.", "мая", "июня", "июля", "авг.", "сент.", "окт.", "нояб.", "дек."];

#[derive(Clone, Copy)]
enum Case {
    Nominative,
    Genitive,
    Instrumental,
}

/// Months and seasons (EDTF 21 to 24) in three cases.
const MONTHS: [[&str; 3]; 12] = [
    ["январь", "января", "январём"],
    ["февраль", "февраля", "февралём"],
    ["март", "марта", "мартом"],
    ["апрель", "апреля", "апрелем"],
    ["май", "мая", "маем"],
    ["июнь", "июня", "июнем"],
    ["июль", "июля", "июлем"],
    ["август", "августа", "августом"],
    ["сентябрь", "сентября", "сентябрём"],
    ["октябрь", "октября", "октябрём"],
    ["ноябрь", "ноября", "ноябрём"],
    ["декабрь", "декабря", "декабрём"],
];
const SEASONS: [[&str; 3]; 4] =
    [["весна", "весны", "весной"], ["лето", "лета", "летом"], ["осень", "осени", "осенью"], ["зима", "зимы", "зимой"]];

/// The words for an EDTF string; `None` for forms that have none.
pub(super) fn of_edtf(edtf: &str) -> Option<String> {
    if let Some(set) = edtf.strip_prefix('[').and_then(|s| s.strip_suffix(']')) {
        let parts: Vec<Part> = set.split(',').map(|p| Part::read(p.trim())).collect::<Option<_>>()?;
        return Some(one_of(&parts, Case::Nominative, " или "));
    }
    match edtf.split_once('/') {
        None => Some(Part::read(edtf)?.say(Case::Nominative)),
        Some((".." | "", ".." | "")) => Some(UNKNOWN.into()),
        Some((".." | "", to)) => Some(format!("не позднее {}", Part::read(to)?.say(Case::Genitive))),
        Some((from, ".." | "")) => Some(format!("не ранее {}", Part::read(from)?.say(Case::Genitive))),
        Some((from, to)) => {
            Some(format!("между {}", one_of(&[Part::read(from)?, Part::read(to)?], Case::Instrumental, " и ")))
        }
    }
}

/// Parts with their common month and year said once.
fn one_of(parts: &[Part], case: Case, last: &str) -> String {
    let mut said = String::new();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            said.push_str(if i + 1 == parts.len() { last } else { ", " });
        }
        let next = parts.get(i + 1).filter(|next| next.doubt == Doubt::None && next.month.is_some());
        let same_year = next.is_some_and(|next| part.month.is_some() && part.year == next.year);
        let same_month =
            same_year && next.is_some_and(|n| n.month == part.month && part.day.is_some() && n.day.is_some());
        said.push_str(&part.say_without(case, same_month, same_year));
    }
    said
}

impl Part {
    fn say(&self, case: Case) -> String {
        self.say_without(case, false, false)
    }

    fn say_without(&self, case: Case, month: bool, year: bool) -> String {
        // What follows "около", and a month that follows a day, is in the genitive.
        let (doubt, case) = match self.doubt {
            Doubt::None => ("", case),
            Doubt::Perhaps => ("возможно, ", case),
            Doubt::About => ("около ", Case::Genitive),
            Doubt::PerhapsAbout => ("возможно, около ", Case::Genitive),
        };
        let of_month = if self.day.is_some() { Case::Genitive } else { case };
        let mut words: Vec<String> = self.day.iter().map(u32::to_string).collect();
        if !month {
            words.extend(self.month.and_then(|m| named(m, of_month)).map(str::to_string));
        }
        if !year {
            words.push(self.year_in(case));
        }
        format!("{doubt}{}", words.join(" "))
    }

    /// A year that stands alone after a preposition needs its noun: "около 2005 года", "между 1999 и 2005 годом".
    fn year_in(&self, case: Case) -> String {
        let year = match self.year {
            Year::Of(year) => year.to_string(),
            Year::BeforeChrist(year) => format!("{year} до н. э."),
            Year::From(first) => {
                return match case {
                    Case::Nominative => format!("{first}-е годы"),
                    Case::Genitive => format!("{first}-х годов"),
                    Case::Instrumental => format!("{first}-ми годами"),
                };
            }
        };
        match case {
            Case::Genitive if self.month.is_none() => format!("{year} года"),
            _ => year,
        }
    }
}

fn named(month: u32, case: Case) -> Option<&'static str> {
    let row = match month {
        1..=12 => MONTHS.get(month as usize - 1),
        21..=24 => SEASONS.get(month as usize - 21),
        _ => None,
    }?;
    row.get(case as usize).copied()
}

#[cfg(test)]
mod tests {
    use crate::date::{Date, words::Lang};

    #[test]
    fn dates_are_said_in_the_right_case() {
        for (edtf, words) in [
            ("2005-05-13", "13 мая 2005"),
            ("2005-05", "май 2005"),
            ("2005", "2005"),
            ("199X", "1990-е годы"),
            ("2008-21", "весна 2008"),
            ("2005-05~", "около мая 2005"),
            ("2005~", "около 2005 года"),
            ("2005-05-13?", "возможно, 13 мая 2005"),
            ("2005-05-13/2005-11-21", "между 13 мая и 21 ноября 2005"),
            ("2012-06-12/2012-06-13", "между 12 и 13 июня 2012"),
            ("2005-05/2005-11", "между маем и ноябрём 2005"),
            ("1999/2005", "между 1999 и 2005"),
            ("../2005-11-21", "не позднее 21 ноября 2005"),
            ("../2005-11", "не позднее ноября 2005"),
            ("2005/..", "не ранее 2005 года"),
            ("[2012-06-14,2012-06-21]", "14 или 21 июня 2012"),
        ] {
            assert_eq!(Date::from_edtf(edtf).expect(edtf).said_in(Lang::Ru), words, "{edtf}");
        }
        assert_eq!(Date::from_span(crate::date::Span::default()).said_in(Lang::Ru), "дата неизвестна");
    }
}
