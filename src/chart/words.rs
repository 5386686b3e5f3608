//! The words that charts print, in one language. They are data (`rules/data/chart-*.toml`): this module names no word.

use crate::date::Date;
use crate::rules::Rules;
use crate::{Error, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The words of charts in one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Words {
    /// Language code (ISO 639-1).
    pub lang: String,
    /// Short names of the twelve months.
    pub months: Vec<String>,
    /// Names of the kinds of events, by [`super::style::Kind::key`].
    kinds: BTreeMap<String, String>,
    /// What the legend says of each glyph.
    glyphs: BTreeMap<String, String>,
    /// Sentences with `{places}` to fill.
    text: BTreeMap<String, String>,
}

impl Words {
    /// The words of a language from the rule files.
    ///
    /// # Errors
    /// [`Error::Usage`] when no file has that language; [`Error::Rules`] when a file is wrong.
    pub fn load(rules: &Rules, lang: &str) -> Result<Self> {
        let files: Vec<(String, Words)> = rules.section("chart")?;
        let known: Vec<String> = files.iter().map(|(_, w)| w.lang.clone()).collect();
        for (file, words) in &files {
            if words.months.len() != 12 {
                return Err(Error::Rules { file: file.clone(), reason: "`months` must name twelve months".into() });
            }
        }
        files
            .into_iter()
            .rev()
            .map(|(_, words)| words)
            .find(|words| words.lang == lang)
            .ok_or_else(|| Error::Usage(format!("charts have no words in \"{lang}\"; there are: {}", known.join(", "))))
    }

    /// The built-in English words. Without them (a broken build) charts print the keys instead.
    pub fn english() -> Self {
        Words::load(&Rules::builtin(), "en").unwrap_or_else(|_| Words {
            lang: "en".to_string(),
            months: (1..=12).map(|m| m.to_string()).collect(),
            kinds: BTreeMap::new(),
            glyphs: BTreeMap::new(),
            text: BTreeMap::new(),
        })
    }

    /// The name of a kind of events.
    pub fn kind<'a>(&'a self, key: &'a str) -> &'a str {
        self.kinds.get(key).map_or(key, String::as_str)
    }

    /// What the legend says of a glyph.
    pub fn glyph<'a>(&'a self, key: &'a str) -> &'a str {
        self.glyphs.get(key).map_or(key, String::as_str)
    }

    /// A sentence with its places filled.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut out = self.text.get(key).cloned().unwrap_or_else(|| key.to_string());
        for (name, value) in values {
            out = out.replace(&format!("{{{name}}}"), value);
        }
        out
    }

    /// A date in words where the language has them, else in EDTF.
    pub fn date(&self, date: &Date) -> String {
        if self.lang == "en" { date.in_words() } else { date.edtf.clone() }
    }

    /// The date of what lasts: "from … to …" where both ends are known.
    pub fn lasting(&self, date: &Date) -> String {
        let ends = date.edtf.split_once('/').map(|(a, b)| (Date::from_edtf(a), Date::from_edtf(b)));
        match ends {
            Some((Ok(a), Ok(b))) => self.fill("date_range", &[("from", &self.date(&a)), ("to", &self.date(&b))]),
            _ => self.date(date),
        }
    }

    /// `1 event`, `7 events`.
    pub fn events(&self, n: usize) -> String {
        if n == 1 { self.fill("events_one", &[]) } else { self.fill("events_many", &[("n", &grouped(n))]) }
    }
}

/// A number with thin spaces between thousands: `12 345`, as ISO 80000-1 wants it.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{2009}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::style::Kind;

    #[test]
    fn every_language_has_every_word_of_english() {
        let files: Vec<(String, Words)> = Rules::builtin().section("chart").expect("the built-in words");
        let english = Words::english();
        assert!(!files.is_empty());
        for (file, words) in files {
            for (ours, theirs) in
                [(&english.kinds, &words.kinds), (&english.glyphs, &words.glyphs), (&english.text, &words.text)]
            {
                assert!(ours.keys().eq(theirs.keys()), "{file}");
            }
            for kind in Kind::ALL {
                assert_ne!(words.kind(kind.key()), "", "{file}");
                assert!(words.kinds.contains_key(kind.key()), "{file}: {}", kind.key());
            }
        }
    }

    #[test]
    fn numbers_are_grouped_from_five_digits() {
        assert_eq!([grouped(7), grouped(1310), grouped(12345)], ["7", "1310", "12\u{2009}345"]);
    }

    #[test]
    fn an_unknown_language_is_refused_with_those_there_are() {
        let message = Words::load(&Rules::builtin(), "xx").expect_err("no such language").to_string();
        assert!(message.contains("en"), "{message}");
    }
}
