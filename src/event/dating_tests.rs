//! What the rules of dating make of sentences written for them: the day of the telling, the text, the word that names
//! the event, and the date and rule that are expected.

use super::{EventType, Extractor, Mark, Mention, Role};
use crate::date::Span;
use crate::document::{DateBasis, Document, DocumentDate};
use crate::rules::Rules;

/// Holds that the last trigger of each text is dated so: text, trigger, EDTF, rule.
pub(super) fn holds(extractor: &Extractor, day: &str, cases: &[(&str, &str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (text, trigger, edtf, rule) in cases {
        let when = dated(extractor, day, text, trigger).when;
        if (when.date.edtf.as_str(), when.rule.as_str()) != (*edtf, *rule) {
            wrong.push(format!("{text} gives {} by {}, not {edtf} by {rule}", when.date.edtf, when.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The mention at the last `trigger` of a text: a cable of `day` from an embassy, or a history without a day.
pub(super) fn dated(extractor: &Extractor, day: &str, text: &str, trigger: &str) -> Mention {
    let mut document = Document::from_text("example", text);
    if let Ok(day) = day.parse() {
        let note = String::new();
        document.date = Some(DocumentDate { day, span: Span::day(day), basis: DateBasis::Header, note });
        document.meta.classification = Some("UNCLASSIFIED".to_string());
        document.meta.origin = Some("Embassy Oslo".to_string());
    }
    let start = text.rfind(trigger).expect("the trigger stands in the text");
    let start = text[..start].chars().count();
    let mark = Mark { trigger: start..start + trigger.chars().count(), kind: EventType::Other };
    extractor.probe(&document, &[mark]).remove(0).expect("the trigger is read")
}

#[test]
fn rules_date_as_their_examples_say() {
    let extractor = Extractor::new(&Rules::builtin()).expect("the rules are right");
    // The clause that says of a noun's event that it takes place.
    let cases = [
        ("", "Denmark honoured the pact that it signed with Sweden in October 1905.", "pact", "1905-10", "bound-timex"),
        ("2006-03-10", "Norway prepared for the talks slated for March 25.", "talks", "2006-03-25", "bound-timex"),
        (
            "2006-03-10",
            "Norway skipped the meeting that took place on March 3.",
            "meeting",
            "2006-03-03",
            "bound-timex",
        ),
        // The time before a "when" is that of the clause behind it.
        (
            "",
            "Sweden first left the pact in April 1905 and returned in August 1911, when the two kings signed a protocol.",
            "signed",
            "1911-08",
            "bound-timex",
        ),
        // A clause with a subject of its own keeps its date.
        (
            "2006-03-10",
            "Norway backed the summit, and Sweden left the council in May 2005.",
            "backed",
            "../2006-03-10",
            "before-document",
        ),
        // What stands in front of a later verb, or behind a semicolon, dates nothing before it.
        (
            "",
            "In June 1911 Norway left the pact and shut its ports; in December the other members agreed.",
            "left",
            "1911-06",
            "bound-timex",
        ),
        (
            "",
            "In June 1911 Norway left the pact and shut its ports; in December the other members agreed.",
            "shut",
            "1911-06",
            "coordinated-timex",
        ),
        (
            "",
            "In June 1911 Norway shut its ports, and in December Sweden blocked the strait.",
            "shut",
            "1911-06",
            "bound-timex",
        ),
        // To conclude a treaty is to say nothing.
        (
            "2006-08-18",
            "The two countries concluded an alliance in November, and in January Norway joined the council.",
            "concluded an alliance",
            "2005-11",
            "bound-timex",
        ),
        // A month stays in force in its paragraph, a day does not.
        (
            "",
            "In June 1911, Norway raised tariffs. Sweden protested. Denmark closed the port.",
            "closed",
            "1911-06",
            "paragraph-timex",
        ),
        (
            "",
            "On June 3, 1911, Norway raised tariffs. Denmark closed the port. In August 1911, Sweden gave in.",
            "closed",
            "1911-06-03/1911-08-31",
            "narrative-order",
        ),
        // "As a result of" a month's event: mostly within it; a length with days is a date.
        (
            "2006-03-10",
            "As a result of the summit in January, Norway withdrew its envoy.",
            "withdrew",
            "2006-01",
            "bound-timex",
        ),
        ("2006-03-10", "Norway has met Sweden twice in the last month.", "met", "2006-02-10/2006-03-10", "bound-timex"),
        // A cable of the last days' events: what has no date happened within them, but no day is claimed.
        (
            "2006-03-10",
            "Rebels seized Bor on March 3.\n\nThe army shelled the town.",
            "shelled",
            "2006-03-03/2006-03-10",
            "recent-telling",
        ),
        (
            "2006-03-10",
            "Rebels seized Bor on March 10.\n\nThe army shelled the town.",
            "shelled",
            "../2006-03-10",
            "before-document",
        ),
        // Where the dates told lie further back, nothing is known to be recent.
        (
            "2006-03-10",
            "Rebels seized Bor in May 1999.\n\nThe army shelled the town.",
            "shelled",
            "../2006-03-10",
            "before-document",
        ),
        // Dates told together are one stretch; one "from … to …" has an end.
        ("2006-03-10", "Norway met Sweden on March 3 and March 4.", "met", "2006-03-03/2006-03-04", "bound-timex"),
        ("", "Norway fought Sweden from 1911-12.", "fought", "1911/1912", "bound-timex"),
        // A number of months that is not told exactly.
        (
            "2006-03-10",
            "Norway expelled the envoy several months ago.",
            "expelled",
            "2005-04-10/2006-01-10",
            "approximate-timex",
        ),
        // In the weeks and months just past.
        (
            "2006-03-10",
            "Norway has expelled two envoys in recent weeks.",
            "expelled",
            "2005-12-23/2006-03-10",
            "bound-timex",
        ),
        // The day of a noun is not that of the verb above it.
        (
            "2006-03-10",
            "Sweden condemned the arrests of February 10 in Oslo.",
            "condemned",
            "2006-02-10/2006-03-10",
            "narrative-order",
        ),
        // A year stays in force in its paragraph.
        (
            "2006-03-10",
            "In 2003 Norway signed a pact with Sweden. Denmark criticised the pact.",
            "criticised",
            "2003",
            "paragraph-timex",
        ),
        // Right before a day is on that day.
        (
            "2006-03-10",
            "Immediately before a March 3 meeting with Sweden, Norway repeated its demands.",
            "repeated",
            "2006-03-03",
            "sentence-timex",
        ),
        // A past verb tells nothing of a day to come.
        (
            "2006-03-10",
            "The consul of Norway was arrested in the port. He was expelled the next day.",
            "expelled",
            "../2006-03-10",
            "before-document",
        ),
        ("2006-03-10", "Norway gave Sweden until April 3.", "gave", "../2006-03-10", "before-document"),
        // What is spoken of or prepared for has a time of its own.
        (
            "2006-03-10",
            "On March 3 Norway held a seminar on the elections.",
            "elections",
            "../2006-03-03",
            "before-document",
        ),
        (
            "2006-03-10",
            "Norway and Sweden met on March 3 to discuss the upcoming talks.",
            "talks",
            "2006-03-03/..",
            "ahead-of-document",
        ),
        // Who takes part in an event does so when it is.
        ("2006-03-10", "The Norwegian king attended the March 3 congress.", "attended", "2006-03-03", "clause-timex"),
        // "By" belongs to who announces.
        (
            "2006-03-10",
            "Norway was angered by the March 3 Trade Board announcement.",
            "announcement",
            "2006-03-03",
            "bound-timex",
        ),
        // What is done every year is so when it is told.
        ("2006-03-10", "Norway and Sweden hold talks every year.", "talks", "2006-03-10", "at-document"),
        // The end of an age is an event.
        (
            "2006-03-10",
            "Norway has kept its distance since the end of the Cold War.",
            "Cold War",
            "1991",
            "named-event",
        ),
    ];
    let mut wrong = Vec::new();
    for (day, text, trigger, edtf, rule) in cases {
        let when = dated(&extractor, day, text, trigger).when;
        if (when.date.edtf.as_str(), when.rule.as_str()) != (edtf, rule) {
            wrong.push(format!("{text} gives {} by {}, not {edtf} by {rule}", when.date.edtf, when.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_name_behind_a_date_is_no_part_of_it() {
    let extractor = Extractor::new(&Rules::builtin()).expect("the rules are right");
    for time in ["In the autumn of 1911", "On 3 May 1911", "In May 1911,", "By July"] {
        let text = format!("{time} Norway and Sweden agreed to send ships to Denmark.");
        let mention = dated(&extractor, "1911-12-01", &text, "agreed");
        let initiators: Vec<&str> =
            mention.actors.iter().filter(|a| a.role == Role::Initiator).map(|a| a.top.as_str()).collect();
        assert_eq!(initiators, ["NOR", "SWE"], "{text}");
    }
}

#[test]
fn an_age_says_when_and_is_no_event() {
    let extractor = Extractor::new(&Rules::builtin()).expect("the rules are right");
    let document = Document::from_text("example", "During the Cold War Norway signed a treaty with Sweden.");
    let mentions = extractor.extract(&document).mentions;
    assert!(mentions.iter().all(|m| m.named_event.is_none()), "{mentions:?}");
}

#[test]
fn conversations_of_the_embassy_date_what_is_said_in_them() {
    let extractor = Extractor::new(&Rules::builtin()).expect("the rules are right");
    let day = "2006-03-10";
    let cases = [
        // A day right behind the verb of saying and those who are told is the verb's.
        ("The minister told us March 8 Norway had lost the case.", "told", "2006-03-08", "bound-timex"),
        ("The minister told us March 8 Norway had lost. He said the court was biased.", "said", "2006-03-08", "scene"),
        // One that somebody mentions in it is not.
        (
            "The minister told us on March 8 that Sweden was slow. He noted that Denmark had said on March 1 that it \
             agreed. He complained that Norway was late.",
            "complained",
            "2006-03-08",
            "scene",
        ),
        // What is done in a conversation.
        (
            "The minister met the Ambassador on March 8.\n\nThe minister described the plan of Norway.",
            "described",
            "2006-03-08",
            "scene",
        ),
        // A time told in what is said is not that of the saying.
        (
            "The minister said that Sweden closed the port in June 2005.",
            "said",
            "2005-06-01/2006-03-10",
            "after-content",
        ),
        // The preposition belongs to the noun.
        ("Norway changed the law before the March 2008 elections.", "elections", "2008-03", "bound-timex"),
        // What an act brings forth is as old as the act.
        ("The king of Norway issued a March 3 decree.", "issued", "2006-03-03", "clause-timex"),
        // A day behind whoever acts is that of the act.
        ("The Embassy on March 3 discussed the treaty with Norway.", "discussed", "2006-03-03", "bound-timex"),
        // Whoever receives the ambassador speaks with him.
        (
            "The minister received the Ambassador on March 8.\n\nHe promised that Norway would help.",
            "promised",
            "2006-03-08",
            "scene",
        ),
        // Others' talks that come up late are not what is reported; those of the embassy are from there on.
        (
            "Norway is calm. Rain fell. Snow fell. Hail fell. Rain fell. Snow fell. Hail fell. Rain fell. Snow fell. Hail \
             fell. Rain fell. Snow fell. Hail fell.\n\nThe kings of Denmark and Sweden met on March 3.\n\nThe minister \
             promised that Norway would help.",
            "promised",
            "2006-03-03/2006-03-10",
            "recent-telling",
        ),
        (
            "Norway is calm. Rain fell. Snow fell. Hail fell. Rain fell. Snow fell. Hail fell. Rain fell. Snow fell. Hail \
             fell. Rain fell. Snow fell. Hail fell.\n\nThe minister met the Ambassador on March 3.\n\nThe minister \
             promised that Norway would help.",
            "promised",
            "2006-03-03",
            "scene",
        ),
        // What is written says nothing in a conversation.
        (
            "The minister met the Ambassador on March 8.\n\nThe editorial urged Norway to help.",
            "urged",
            "../2006-03-08",
            "before-document",
        ),
        // A cable for a visitor reports no conversation.
        (
            "We look forward to your visit. The minister told the Ambassador on March 3 that Norway would help.\n\nThe \
             minister criticized Sweden.",
            "criticized",
            "2006-03-03/2006-03-10",
            "recent-telling",
        ),
        // Words quoted before the verb of saying, and what follows it.
        (
            "The minister met the Ambassador on March 8.\n\n\"Norway is late,\" the minister said, and he predicted a crisis.",
            "predicted",
            "2006-03-08",
            "scene",
        ),
        // One act in other words; many acts are not the one told before.
        (
            "A Norwegian consul was murdered on March 3.\n\nSnow fell there.\n\nThe killing shocked Sweden.",
            "killing",
            "2006-03-03",
            "told-before",
        ),
        (
            "Norwegian troops attacked Bor on March 3.\n\nSnow fell there.\n\nThe attacks by Norwegian troops failed.",
            "attacks",
            "2006-03-03/2006-03-10",
            "recent-telling",
        ),
        // "The meeting" in the report of one; what is said about an event came later than it.
        (
            "The minister met the Ambassador on March 8.\n\nHe spoke twice during the meeting of Norway.",
            "meeting",
            "2006-03-08",
            "told-before",
        ),
        (
            "The minister met the Ambassador on March 8.\n\nHe expressed sorrow over the March 3 attack on Norway.",
            "expressed",
            "2006-03-08",
            "scene",
        ),
        // A year behind the object is that of what is said; "since" as well.
        (
            "The minister met the Ambassador on March 8.\n\nHe criticized the behaviour of Norway in 2003.",
            "criticized",
            "2006-03-08",
            "scene",
        ),
        (
            "The minister met the Ambassador on March 8.\n\nHe stressed that Norway had waited since 1988.",
            "stressed",
            "2006-03-08",
            "scene",
        ),
        // The nearer elections are meant, whatever the verb.
        ("Norway prepared for the August parliamentary elections.", "elections", "2006-08", "bound-timex"),
        (
            "The minister met the Ambassador on March 8.\n\nHe will announce a law of Norway in April 2006.",
            "announce",
            "2006-04",
            "bound-timex",
        ),
        // An occasion whose day was told before.
        (
            "In a March 3 interview, the poet praised Norway.\n\nSnow fell.\n\nShe repeated in her interview that \
             Norway was cold.",
            "interview",
            "2006-03-03",
            "told-before",
        ),
        // Of several conversations the one in which the speaker was heard.
        (
            "Olsen told us on March 3 that Norway was cold.\n\nBergstrom told us on March 8 that Norway was \
             warm.\n\nBergstrom stressed that Norway was late.",
            "stressed",
            "2006-03-08",
            "scene",
        ),
        // Behind a colon something else is told.
        (
            "The minister told the Ambassador on March 8 his version: In 2003 Norway had signed a treaty.",
            "told",
            "2006-03-08",
            "bound-timex",
        ),
        (
            "The minister met the Ambassador on March 8.\n\nHe praised the law during the April elections in Norway.",
            "praised",
            "2006-03-08",
            "scene",
        ),
        // An occasion told before, and what was said at it.
        (
            "The company gave a presentation on March 3.\n\nIn its presentation, Norway promised lower prices.",
            "promised",
            "2006-03-03",
            "told-before",
        ),
        // What the author says of the present, weeks after the talk.
        (
            "The minister met the Ambassador on February 8.\n\nNorway is pressing Sweden for a pact.",
            "pressing",
            "2006-03-10",
            "at-document",
        ),
        (
            "The minister met the Ambassador on March 8.\n\nHe said Norway is pressing Sweden for a pact.",
            "pressing",
            "2006-03-08",
            "at-document",
        ),
        // What somebody said in public, once.
        (
            "The minister met the Ambassador on March 8.\n\nIn a March 3 interview, Olsen praised Sweden.\n\nOlsen stressed that Norway was poor.",
            "stressed",
            "2006-03-03",
            "scene",
        ),
        // The one told before.
        (
            "Norwegian troops attacked Bor on March 3.\n\nSnow fell there.\n\nThe attack failed.",
            "attack",
            "2006-03-03",
            "told-before",
        ),
    ];
    holds(&extractor, day, &cases);
}
