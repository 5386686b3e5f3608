//! Between the program's values and the columns of the database.

use crate::date::{Date, NaiveDate, Precision, Span};

/// The number under which the database keeps a day: days since 1970-01-01.
pub fn day_number(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}

/// The day with this number; `None` beyond the calendar's range.
pub fn number_day(number: i64) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::try_days(number)?)
}

/// A date from its columns.
pub(crate) fn date_of(edtf: String, lo: Option<i64>, hi: Option<i64>, precision: &str) -> Date {
    let span = Span { earliest: lo.and_then(number_day), latest: hi.and_then(number_day) };
    Date { edtf, span, precision: Precision::parse(precision).unwrap_or(Precision::Open) }
}

/// The columns `lo` and `hi` of a span.
pub(crate) fn ends(span: Span) -> (Option<i64>, Option<i64>) {
    (span.earliest.map(day_number), span.latest.map(day_number))
}

/// A list of words as the JSON that a column holds.
pub(super) fn json_of(words: &[String]) -> String {
    serde_json::json!(words).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (day, number) in [("1970-01-01", 0), ("2005-05-13", 12916), ("1969-12-31", -1), ("0001-01-01", -719_162)] {
            let day: NaiveDate = day.parse().expect("a day");
            assert_eq!(day_number(day), number);
            assert_eq!(number_day(number), Some(day));
        }
        assert_eq!(number_day(i64::MAX), None);
    }
}
