//! What holds for every input: no panic, spans in range and in order, dates that read back, linear work.

use super::{Anchoring, Context, Tagger, split_light};
use crate::date::Date;
use crate::rules::Rules;
use proptest::prelude::*;
use std::sync::LazyLock;

static TAGGER: LazyLock<Tagger> = LazyLock::new(|| Tagger::new(&Rules::builtin()).expect("the built-in rules"));

/// Pieces that expressions are made of, whole and broken.
const PIECES: &[&str] = &[
    "May",
    "may",
    "march",
    "12",
    "31",
    "30",
    "29",
    "February",
    "2003",
    "2004",
    "0",
    "0000",
    "99999999",
    "13/13/2003",
    "the",
    "last",
    "next",
    "week",
    "years",
    "ago",
    "of",
    "-",
    "–",
    "/",
    ":",
    "early",
    "mid-",
    "1990s",
    "'90s",
    "BC",
    "480",
    "12000 BC",
    "the 3rd century BC",
    "a",
    "few",
    "two",
    "hundred",
    "thousand",
    "later",
    "earlier",
    "Monday",
    "morning",
    "p.m.",
    "25:61",
    "24:00",
    "021155Z NOV 00",
    "325555Z NOV 00",
    "20051332",
    "1,989",
    "1.4",
    "half",
    ".",
    "from",
    "to",
    "and",
    "winter",
    "summer",
    "spring",
    "quarter",
    "third",
    "of that year",
    "the same day",
    "Easter",
    "9/11",
    "\n\n",
    "\u{1f600}",
    "é",
    "\u{0}",
    "’s",
    "after",
    "before",
    "since",
    "every",
    "daily",
    "two million years ago",
    "99999 years ago",
    "9999999 decades later",
    "the year",
    "in",
    "on",
    "decades",
    "centuries",
    "31 April",
    "year 0",
    "2Q10",
    "1H0000",
    "14,2011",
    "31Feb2003",
    "2h30m",
    "99days",
    "15h99",
    "25.30pm",
    "161030Z",
    "2003-14",
    "4pm",
    "every",
    "Friday",
    "weekend",
];

/// Document dates, with those at the ends of the calendar.
const DAYS: &[&str] = &["2005-11-21", "2004-02-29", "2000-01-01", "0001-01-01", "0000-12-31", "9999-12-31"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic_and_every_date_reads_back(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..25),
        narrative: bool,
        day in proptest::option::of(proptest::sample::select(DAYS)),
    ) {
        let text = pieces.join(" ");
        let anchoring = if narrative { Anchoring::Narrative } else { Anchoring::News };
        let anchor = day.map(|day| day.parse().expect("a day"));
        let found = TAGGER.tag_text(&text, anchor, anchoring);
        let mut at = 0;
        for timex in &found {
            prop_assert!(timex.range.start >= at && timex.range.end > timex.range.start);
            prop_assert!(text.get(timex.range.clone()).is_some(), "{:?}", timex.range);
            at = timex.range.end;
            if let Some(date) = &timex.date {
                let read = Date::from_edtf(&date.edtf);
                prop_assert!(read.is_ok(), "{} of {}", date.edtf, timex.trace);
                prop_assert_eq!(read.expect("checked").span, date.span, "{}", timex.trace);
            }
        }
    }

    #[test]
    fn any_string_at_all(text in "\\PC{0,80}") {
        let _ = TAGGER.tag_text(&text, None, Anchoring::Auto);
    }
}

#[test]
fn both_ways_in_find_the_same() {
    let text = "He came on 5 May 1999. Two days later he left.\n\nOn Monday they met.";
    let anchor = "2005-11-21".parse().ok();
    let context = Context { anchor, untraced: true, ..Context::default() };
    assert_eq!(TAGGER.tag(text, &split_light(text), &context), TAGGER.tag_text(text, anchor, Anchoring::Auto));
}

#[test]
fn impossible_days_are_no_days() {
    for (text, wrong) in
        [("on 31 February 2003", "2003-02-31"), ("on 29 February 2003", "2003-02-29"), ("2003-13-01", "2003-13")]
    {
        let found = TAGGER.tag_text(text, None, Anchoring::News);
        assert!(found.iter().all(|t| !t.value.starts_with(wrong)), "{text}: {found:?}");
    }
    let found = TAGGER.tag_text("on 29 February 2004", None, Anchoring::News);
    assert_eq!(found.first().map(|t| t.value.as_str()), Some("2004-02-29"));
}

#[test]
fn a_day_that_is_none_gives_its_month_at_most() {
    for (text, words, value) in [
        ("on 31 February 2003", "February 2003", "2003-02"),
        ("on 29 February 2003", "February 2003", "2003-02"),
        ("on 31 April 2003", "April 2003", "2003-04"),
    ] {
        let found = TAGGER.tag_text(text, None, Anchoring::News);
        let told: Vec<_> = found.iter().map(|t| (&text[t.range.clone()], t.value.as_str())).collect();
        assert_eq!(told, [(words, value)]);
    }
    for text in ["in 0 or 0000", "13/13/2003 and 00/00/2003", "at 25:61", "on 2003-00-10"] {
        let found = TAGGER.tag_text(text, None, Anchoring::News);
        assert!(found.iter().all(|t| t.value == "2003"), "{text}: {found:?}");
    }
}

#[test]
fn a_day_behind_another_of_its_sentence_is_of_its_year_unless_it_is_a_late_one() {
    let day = "2003-03-05".parse().ok();
    for (text, value) in [
        ("On 5 October 2001 he flew there, and on 12 October they signed.", "2001-10-12"),
        ("On 5 October 2001 he flew there. On 12 October they signed.", "2002-10-12"),
        ("He flew there on 5 January 2001, he said on 3 March.", "2003-03-03"),
    ] {
        let found = TAGGER.tag_text(text, day, Anchoring::News);
        assert_eq!(found.last().map(|t| t.value.as_str()), Some(value), "{text}");
    }
}

#[test]
fn without_a_document_date_relative_values_stay_open() {
    let text = "He left yesterday. Last week. Two years ago. Friday at 5. The week of March 3. Two summers ago.";
    let found = TAGGER.tag_text(text, None, Anchoring::News);
    let values: Vec<_> = found.iter().map(|t| t.value.as_str()).collect();
    assert_eq!(values, ["XXXX-XX-XX", "XXXX-WXX", "XXXX", "XXXX-WXX-5T05:00", "XXXX-WXX", "XXXX-SU"]);
    assert!(found.iter().all(|t| t.date.is_none() && t.anchor == "none"), "{found:?}");
}

#[test]
fn white_space_and_control_characters_part_words_as_blanks_do() {
    for text in ["on 5\r\nMay 2004", "on 5\rMay\n2004\r\n", "on\u{1}\t5 May\u{a0}2004\u{7f}", "𝒜 🕐 5 May 2004"] {
        let found = TAGGER.tag_text(text, None, Anchoring::News);
        assert_eq!(found.iter().map(|t| t.value.as_str()).collect::<Vec<_>>(), ["2004-05-05"], "{text:?}");
    }
}

#[test]
fn a_heading_gives_its_year_to_the_dates_below() {
    let anchor = "2011-11-21".parse().ok();
    let values = |text: &str| -> Vec<String> {
        TAGGER.tag_text(text, anchor, Anchoring::News).into_iter().map(|t| t.value).collect()
    };
    assert_eq!(values("2004:\n\nIn March they met. On June 5 they parted."), ["2004", "2004-03", "2004-06-05"]);
    assert_eq!(
        values("Chronology of 2004\n\nIn March they met. In 2006 they fell out. In May he left."),
        ["2004", "2004-03", "2006", "2011-05"]
    );
    // A serial number on a line of its own is no heading, nor is a sentence.
    assert_eq!(values("1204\n\nIn March they met."), ["1204", "2011-03"]);
    assert_eq!(values("They met in 2004.\n\nIn March they met."), ["2004", "2011-03"]);
}

#[test]
fn what_is_cited_was_written_before() {
    let anchor = "2011-03-21".parse().ok();
    let found =
        TAGGER.tag_text("The reftel of June 2 reported it. Ref B (dated March 30) will do.", anchor, Anchoring::News);
    let values: Vec<_> = found.iter().map(|t| t.value.as_str()).collect();
    assert_eq!(values, ["2010-06-02", "2010-03-30"]);
    // Days are counted from it.
    let found = TAGGER.tag_text("The telegram of June 2 named it. Two days later he left.", anchor, Anchoring::News);
    assert_eq!(found.last().map(|t| t.value.as_str()), Some("2010-06-04"));
}

#[test]
fn what_ends_a_range_tells_of_its_beginning() {
    let anchor = "2011-03-16".parse().ok();
    let values = |text: &str, anchoring| -> Vec<String> {
        TAGGER.tag_text(text, anchor, anchoring).into_iter().map(|t| t.value).collect()
    };
    for (text, wanted) in [
        ("They met from Monday to Friday.", ["2011-03-07", "2011-03-11"]),
        ("They will meet from Monday to Friday.", ["2011-03-21", "2011-03-25"]),
        ("They met from Monday through Tuesday.", ["2011-03-14", "2011-03-15"]),
        ("It is open from 2 to 4pm.", ["2011-03-16T14:00", "2011-03-16T16:00"]),
        ("It is open from 9 to 5pm.", ["2011-03-16T09:00", "2011-03-16T17:00"]),
    ] {
        assert_eq!(values(text, Anchoring::News), wanted, "{text}");
    }
    let text = "He landed on 10 March and fought on 11 April 1815.";
    assert_eq!(values(text, Anchoring::Narrative), ["1815-03-10", "1815-04-11"]);
}

#[test]
fn bounds_and_ranges_are_told() {
    use super::Relation;
    let anchor = "2005-11-21".parse().ok();
    let relation = |text: &str| TAGGER.tag_text(text, anchor, Anchoring::News).first().map(|t| t.relation);
    assert_eq!(relation("They have fought since 2004."), Some(Relation::Since));
    assert_eq!(relation("They left before May 2004."), Some(Relation::Before));
    assert_eq!(relation("They stay until early 2006."), Some(Relation::Until));
    assert_eq!(relation("They will leave by March."), Some(Relation::By));
    assert_eq!(relation("They left in 2004."), Some(Relation::At));
    let found = TAGGER.tag_text("It lasted from 1961 to 1963.", anchor, Anchoring::News);
    let edtf: Vec<_> = found.iter().filter_map(|t| t.date.as_ref()).map(|d| d.edtf.as_str()).collect();
    assert_eq!(edtf, ["1961/1963", "1963"]);
}

#[test]
fn a_weekday_of_this_week_named_on_that_weekday_is_doubtful() {
    let anchor = "2012-06-21".parse().ok();
    let found = TAGGER.tag_text("On Thursday this week the drill ended.", anchor, Anchoring::News);
    let date = found.first().and_then(|t| t.date.as_ref()).map(|d| d.edtf.as_str());
    assert_eq!(date, Some("[2012-06-14,2012-06-21]"));
    assert!(found[0].warning.is_some());
}
