use super::*;

fn days(text: &str) -> (String, String) {
    let span = parse(text).expect(text).span;
    let day = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    (day(span.earliest), day(span.latest))
}

#[test]
fn every_way_to_write_a_period() {
    for (text, earliest, latest) in [
        ("2005", "2005-01-01", "2005-12-31"),
        ("2005-05", "2005-05-01", "2005-05-31"),
        ("2005-05-13", "2005-05-13", "2005-05-13"),
        ("2005-05/2005-11", "2005-05-01", "2005-11-30"),
        ("../2001-09-10", "", "2001-09-10"),
        ("2001/..", "2001-01-01", ""),
        ("199x", "1990-01-01", "1999-12-31"),
        ("2005-05~", "2005-05-01", "2005-05-31"),
        ("[2012-06-14,2012-06-21]", "2012-06-14", "2012-06-21"),
        ("1999..2005", "1999-01-01", "2005-12-31"),
        ("1999 .. 2005-03", "1999-01-01", "2005-03-31"),
        ("..2005", "", "2005-12-31"),
        ("2005..", "2005-01-01", ""),
        ("1999-2005", "1999-01-01", "2005-12-31"),
        ("1999 – 2005", "1999-01-01", "2005-12-31"),
        ("May 2005", "2005-05-01", "2005-05-31"),
        ("Sept. 2001", "2001-09-01", "2001-09-30"),
        ("13 May 2005", "2005-05-13", "2005-05-13"),
        ("May 13, 2005", "2005-05-13", "2005-05-13"),
        ("on the 13th of May 2005", "2005-05-13", "2005-05-13"),
        ("in 2005", "2005-01-01", "2005-12-31"),
        ("spring 2008", "2008-03-01", "2008-05-31"),
        ("the fall of 2001", "2001-09-01", "2001-11-30"),
        ("winter 2004", "2004-12-01", "2005-02-28"),
        ("winter 1999/2000", "1999-12-01", "2000-02-29"),
        ("the winter of 1999-00", "1999-12-01", "2000-02-29"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("Q2 2005", "2005-04-01", "2005-06-30"),
        ("the second half of 2005", "2005-07-01", "2005-12-31"),
        ("third quarter of 2005", "2005-07-01", "2005-09-30"),
        ("since 2001", "2001-01-01", ""),
        ("2001 onwards", "2001-01-01", ""),
        ("from May 2005 on", "2005-05-01", ""),
        ("after May 2005", "2005-06-01", ""),
        ("before 11 September 2001", "", "2001-09-10"),
        ("until 2005", "", "2005-12-31"),
        ("between May and November 2005", "2005-05-01", "2005-11-30"),
        ("between 13 May and 21 November 2005", "2005-05-13", "2005-11-21"),
        ("from May 13 to November 21, 2005", "2005-05-13", "2005-11-21"),
        ("12-13 June 2012", "2012-06-12", "2012-06-13"),
        ("between 12 and 13 June 2012", "2012-06-12", "2012-06-13"),
        ("2001-09-11 to 2005", "2001-09-11", "2005-12-31"),
        ("May 2005/November 2005", "2005-05-01", "2005-11-30"),
        ("May-June 2005", "2005-05-01", "2005-06-30"),
        ("13 May - 2 June 2005", "2005-05-13", "2005-06-02"),
        ("May 13-15, 2005", "2005-05-13", "2005-05-15"),
        ("2005 Q1", "2005-01-01", "2005-03-31"),
        ("early 2005", "2005-01-01", "2005-05-01"),
        ("late May 2005", "2005-05-21", "2005-05-31"),
        ("between early May and late June 2005", "2005-05-01", "2005-06-30"),
        ("the nineties", "1990-01-01", "1999-12-31"),
        ("the 20th century", "1900-01-01", "1999-12-31"),
        ("week 20 of 2005", "2005-05-16", "2005-05-22"),
        ("Christmas 1991", "1991-12-25", "1991-12-25"),
        ("prior to 2001", "", "2000-12-31"),
        ("since the early 1990s", "1990-01-01", ""),
    ] {
        assert_eq!(days(text), (earliest.to_string(), latest.to_string()), "{text}");
    }
}

#[test]
fn what_is_not_understood_is_explained() {
    for (text, told) in [
        ("", "is no period"),
        ("sometime", "write a date"),
        ("5/13/2005", "which number is the day"),
        ("2005-02-30", "is no period"),
        ("31 June 2005", "is no period"),
        ("yesterday", "absolute"),
        ("last year", "absolute"),
        ("two weeks later", "is no period"),
        ("the same day", "is no period"),
        ("three years", "is no period"),
        ("2005-11/2005-05", "ends (31 May 2005) before it begins (1 November 2005)"),
        ("2005..1999", "before it begins"),
        ("since whenever", "is no period"),
        ("between 2001", "is no period"),
        ("2005'; DROP TABLE event; --", "is no period"),
    ] {
        let message = parse(text).expect_err(text).to_string();
        assert!(message.contains(told), "{text}: {message}");
    }
}

#[test]
fn an_answer_names_its_period() {
    for (text, opening) in [
        ("2005-05..2005-12", "Between May and December 2005"),
        ("2005", "In 2005"),
        ("the 1990s", "In the 1990s"),
        ("13 May 2005", "On 13 May 2005"),
        ("since 2001", "Since 1 January 2001"),
        ("before 2001", "Until 31 December 2000"),
        ("../..", "At any time"),
    ] {
        assert_eq!(parse(text).expect(text).opening(), opening);
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,40}") {
        let _ = parse(&text);
    }

    #[test]
    fn any_two_days_read_back(a in -200_000i64..200_000, b in 0i64..40_000) {
        let epoch = NaiveDate::default();
        let from = epoch + chrono::TimeDelta::days(a);
        let to = from + chrono::TimeDelta::days(b);
        if from.year() >= 1 {
            let span = Span::between(from, to);
            proptest::prop_assert_eq!(parse(&format!("{from}..{to}")).expect("days").span, span);
            proptest::prop_assert_eq!(parse(&words::of_span(span)).expect("words").span, span);
        }
    }
}
