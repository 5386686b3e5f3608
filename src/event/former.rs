//! Which state a seat of government stood for at the time: "Moscow" in 1985 is the Soviet Union.

use super::lexicon::Lexicon;
use super::{MentionDate, Participant};
use chrono::NaiveDate;

/// Gives participants named by a seat of government the state that governed from there when it happened. The rules list
/// `roles.former` holds the word, the state it stands for now, that of before, and the last day of that one.
pub fn at_the_time(lexicon: &Lexicon, when: &MentionDate, cast: &mut [Participant]) {
    let Some(latest) = when.date.span.latest else { return };
    for entry in lexicon.phrases("roles.former") {
        let [word, now, before, until] = entry.as_slice() else { continue };
        let named = |p: &Participant| p.code.eq_ignore_ascii_case(now) && names(&p.text, word);
        if !cast.iter().any(named) || !until.parse::<NaiveDate>().is_ok_and(|until| latest <= until) {
            continue;
        }
        for p in cast.iter_mut().filter(|p| named(p)) {
            p.code = before.to_uppercase();
            p.top = p.code.split('.').next().unwrap_or_default().to_string();
        }
    }
}

/// Whether a name is this word, with or without an article or a possessive.
fn names(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|w| w.eq_ignore_ascii_case(word))
}
