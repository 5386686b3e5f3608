//! What the rules of dating make of the ways in which a cable tells: titles, occasions, papers, what lies ahead.

use super::Extractor;
use super::dating_tests::holds;
use crate::date::Span;
use crate::document::{DateBasis, Document, DocumentDate};
use crate::rules::Rules;

#[test]
fn the_ways_of_a_cable_date_as_their_examples_say() {
    let extractor = Extractor::new(&Rules::builtin()).expect("the rules are right");
    let day = "2006-03-10";
    let cases = [
        // An occasion in which the embassy takes part is what the cable reports.
        (
            "On March 8, the Ambassador took part in a lunch for the minister of Norway.\n\nThe minister criticized Sweden.",
            "criticized",
            "2006-03-08",
            "scene",
        ),
        // The day until which something is asked for is not that of the asking.
        ("Norway requests an answer by March 20.", "requests", "2006-03-10", "at-document"),
        // A day earlier is that of the noun before it, and no scene.
        (
            "The minister met the Ambassador on March 8. They began with a talk about the delivery, the day before, of a \
             letter. The minister thanked Norway.",
            "thanked",
            "2006-03-08",
            "scene",
        ),
        // Who talked with the embassy was heard there, even if somebody of his name spoke in public.
        (
            "Olsen told us on March 8 that Norway was cold.\n\nIn a March 3 interview, Olsen praised Sweden.\n\nOlsen \
             stressed that Norway was poor.",
            "stressed",
            "2006-03-08",
            "scene",
        ),
        // A paragraph's own occasion goes before what somebody said in public elsewhere.
        (
            "Olsen spoke at a congress in Norway on March 3. He predicted a crisis.\n\nAt a press conference on March 8, \
             Olsen praised Sweden.",
            "predicted",
            "2006-03-03",
            "scene",
        ),
        // A description with a time of its own is not what was told before.
        (
            "Norwegian miners held a demonstration on March 3.\n\nThe teachers prepare their demonstration on March 20.",
            "demonstration",
            "2006-03-20",
            "bound-timex",
        ),
        // What was done recently, or is so now, is no day to recall.
        (
            "Norway recently appointed Olsen as envoy.\n\nThe appointment of the envoy of Norway angered Sweden.",
            "appointment",
            "../2006-03-10",
            "before-document",
        ),
        // Done before the conversation.
        (
            "The minister met the Ambassador on March 8.\n\nHe had announced his plan for Norway in May.",
            "announced",
            "2005-05",
            "bound-timex",
        ),
        // So long before what was told.
        (
            "The killings in Bor on March 3 shocked Norway. Two days before the killings, Sweden had closed the border.",
            "closed",
            "2006-03-01",
            "set-apart",
        ),
        // An invitation looks ahead.
        (
            "Sweden has invited the king of Norway on April 4 for a meeting with Denmark.",
            "meeting",
            "2006-04-04",
            "clause-timex",
        ),
        // What perhaps was lies back; what will be, in the author's words, is ahead of the document.
        ("Norway may have expelled the envoy of Sweden.", "expelled", "../2006-03-10", "before-document"),
        (
            "The minister met the Ambassador on February 20.\n\nNorway will send ships to Sweden.",
            "send",
            "2006-03-10/..",
            "ahead-of-document",
        ),
        // The years of a person hold for nothing else.
        (
            "Former President Olsen (1998-2002) lives in Bergen. Norway criticized Sweden.",
            "criticized",
            "../2006-03-10",
            "before-document",
        ),
        // What is judged happened before.
        (
            "The elections of March 2 in Norway were calm. Sweden criticized the elections on March 6.",
            "elections",
            "2006-03-02",
            "told-before",
        ),
        // A day in what is said is not that of the saying.
        (
            "The minister told the Ambassador that Norway was as calm as on March 3. He criticized Sweden.",
            "criticized",
            "2006-03-03/2006-03-10",
            "narrative-order",
        ),
        // A letter says what it says on its day.
        (
            "A March 3 letter from Norway demanded a vote. The letter warned Denmark.",
            "warned",
            "2006-03-03",
            "told-before",
        ),
        // What two others told each other was not told in the conversation.
        (
            "Olsen told us on March 8 that Norway was cold.\n\nSolberg told Bergstrom that Sweden was warm.",
            "told",
            "../2006-03-08",
            "before-document",
        ),
    ];
    holds(&extractor, day, &cases);
}

#[test]
fn the_day_in_a_title_is_that_of_the_meeting_it_names() {
    let extractor = Extractor::new(&Rules::builtin()).expect("the rules are right");
    for (title, date) in [
        ("READOUT OF THE MARCH 8 MEETING OF THE NORDIC COUNCIL", "2006-03-08"),
        ("NORWAY: MARCH 8 PRESS ROUND-UP", "2006-02-07/2006-03-10"),
        ("NORWAY: MARCH 20 MEETING AHEAD", "2006-02-07/2006-03-10"),
    ] {
        let mut document = Document::from_text("example", "Sweden criticized Norway.");
        let Ok(day) = "2006-03-10".parse() else { continue };
        let note = String::new();
        document.date = Some(DocumentDate { day, span: Span::day(day), basis: DateBasis::Header, note });
        document.meta.classification = Some("UNCLASSIFIED".to_string());
        document.meta.title = Some(title.to_string());
        let told = extractor.candidates(&document);
        assert_eq!(told.first().map(|c| c.mention.when.date.edtf.as_str()), Some(date), "{title}");
    }
}
