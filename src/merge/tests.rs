//! What merges and what does not.

use super::*;
use crate::event::{MentionDate, Place, Role, Trigger};
use crate::rules::Rules;

/// An account of something between Uzbekistan and another actor.
fn account(key: &str, kind: EventType, lemma: &str, other: &str, edtf: &str, quote: &str) -> Account {
    let part = |code: &str, role| Participant {
        code: code.to_string(),
        top: code.split('.').next().unwrap_or(code).to_string(),
        role,
        text: code.to_string(),
    };
    let mention = Mention {
        doc: key.to_string(),
        start: 0,
        end: quote.chars().count(),
        quote: quote.to_string(),
        trigger: Trigger { start: 0, end: 1, text: lemma.to_string() },
        lemma: lemma.to_string(),
        paragraph: None,
        marking: None,
        zone: "body".to_string(),
        kind,
        mode: None,
        subtype: None,
        contexts: Vec::new(),
        actors: vec![part("UZB", Role::Initiator), part(other, Role::Target)],
        modality: Modality::Asserted,
        attributed_to: None,
        place: None,
        when: MentionDate {
            date: Date::from_edtf(edtf).expect("a test date"),
            rule: "bound-timex".to_string(),
            anchor: String::new(),
            trace: edtf.to_string(),
            warning: None,
        },
        named_event: None,
        headline: format!("{lemma} {other}"),
        salience: 0.5,
        confidence: 0.7,
    };
    Account { key: key.to_string(), mention, source: key.to_string(), doc_date: None }
}

fn builtin() -> Words {
    Words::new(&Rules::builtin()).expect("the built-in words load")
}

fn sizes(accounts: &[Account]) -> Vec<usize> {
    merge(accounts, &Decisions::default(), &builtin()).iter().map(|c| c.members.len()).collect()
}

#[test]
fn two_accounts_of_one_signature_are_one_event_with_the_tighter_date() {
    let a = account("a", EventType::Agree, "sign", "RUS", "2005-11-14", "They signed the Alliance Treaty in Moscow.");
    let b = account("b", EventType::Agree, "sign", "RUS", "2005-11", "In November both signed the Alliance Treaty.");
    let clusters = merge(&[a, b], &Decisions::default(), &builtin());
    assert_eq!(clusters.len(), 1);
    assert_eq!(clusters[0].event.date.edtf, "2005-11-14");
    assert_eq!((clusters[0].event.accounts, clusters[0].event.sources), (2, 2));
}

/// An account at a place of its own in a document, with the trigger where `word` stands in the quote.
fn told(doc: &str, at: usize, kind: EventType, (lemma, word): (&str, &str), edtf: &str, quote: &str) -> Account {
    let mut a = account(&format!("{doc} {at}"), kind, lemma, "TUR", edtf, quote);
    let start = quote.find(word).expect("the trigger stands in the quote");
    a.mention.doc = doc.to_string();
    a.source = doc.to_string();
    a.mention.start = at;
    a.mention.end = at + quote.chars().count();
    a.mention.trigger = Trigger { start: at + start, end: at + start + word.len(), text: word.to_string() };
    a
}

#[test]
fn a_definite_description_is_what_was_told_before() {
    let day = "2004-03-02";
    let a = told("a", 0, EventType::Consult, ("visit", "visited"), day, "On March 2 the minister visited Ankara.");
    let mut b = told("a", 90, EventType::Consult, ("trip", "trip"), day, "The trip was short and cold.");
    b.mention.when.rule = "told-before".to_string();
    let c = told("a", 200, EventType::Consult, ("phone", "phoned"), day, "He phoned Ankara before he left.");
    assert_eq!(sizes(&[a, b, c]), [2, 1]);
}

#[test]
fn two_acts_of_one_conversation_are_two_and_a_summary_repeats() {
    let day = "2004-03-02";
    let of = |at, lemma: &str, word: &str, quote: &str| told("a", at, EventType::Request, (lemma, word), day, quote);
    let mut summary = of(0, "ask", "asked", "Tashkent asked Ankara for armoured buses to guard the pipeline workers.");
    summary.mention.zone = "summary".to_string();
    let body =
        of(500, "ask", "asked", "It asked Ankara for twelve armoured buses that would guard workers of the pipeline.");
    let other = of(700, "ask", "asked", "It also asked Ankara to send doctors and vaccine to the northern provinces.");
    assert_eq!(sizes(&[summary, body, other]), [2, 1]);
}

#[test]
fn copies_under_one_name_are_one_account_of_it() {
    let a = account("a", EventType::Agree, "sign", "RUS", "2005-11", "They signed the Treaty in Moscow.");
    let mut b = a.clone();
    b.key = "b".to_string();
    assert_eq!(sizes(&[a.clone(), b.clone()]), [2]);
    // The same words of other sources at another time are another event.
    b.mention.when.date = Date::from_edtf("1999-05").expect("a test date");
    assert_eq!(sizes(&[a, b]), [1, 1]);
}

#[test]
fn what_was_announced_and_done_is_linked_and_not_joined() {
    let quote = "They sign the Border Treaty in Moscow.";
    let mut plan = account("a", EventType::Agree, "sign", "RUS", "2005-11-01/2005-11-30", quote);
    plan.mention.modality = Modality::Future;
    let deed = account("b", EventType::Agree, "sign", "RUS", "2005-11-14", "They signed the Border Treaty.");
    let late = account("c", EventType::Agree, "sign", "RUS", "2006-11-14", "They signed a treaty.");
    let other = account("d", EventType::Agree, "sign", "USA", "2005-11-14", "They signed something with the US.");
    assert_eq!(sizes(&[plan.clone(), deed.clone()]), [1, 1]);
    let words = builtin();
    assert!(realises(&deed.mention, &plan.mention, &words));
    assert!(!realises(&plan.mention, &deed.mention, &words), "a plan realises nothing");
    assert!(!realises(&late.mention, &plan.mention, &words) && !realises(&other.mention, &plan.mention, &words));
}

#[test]
fn the_words_of_the_rules_do_as_their_examples_say() {
    let (examples, failures) = builtin().check_examples();
    assert!(examples > 30, "each family has examples");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn visits_on_two_days_stay_two_and_so_do_plan_and_deed() {
    let a = account("a", EventType::Consult, "visit", "RUS", "1999-12-10", "The premier visited Tashkent.");
    let b = account("b", EventType::Consult, "visit", "RUS", "2000-05-18", "The president visited Tashkent.");
    let mut plan = a.clone();
    plan.key = "plan".to_string();
    plan.mention.modality = Modality::Future;
    assert_eq!(sizes(&[a, b, plan]), [1, 1, 1]);
}

#[test]
fn two_visits_without_dates_are_not_one_for_want_of_knowledge() {
    let a = account("a", EventType::Consult, "visit", "RUS", "../2000-11-01", "The first visit was that of a premier.");
    let b = account("b", EventType::Consult, "visit", "RUS", "../2000-11-01", "He came soon after his election.");
    assert_eq!(sizes(&[a, b]), [1, 1]);
}

#[test]
fn a_named_event_is_one_wherever_it_is_told() {
    let mut a = account("a", EventType::Assault, "andijan", "UZB", "2005-05-13", "the events");
    let mut b = account("b", EventType::Assault, "andijan", "UZB", "2005-05-13", "the massacre");
    for x in [&mut a, &mut b] {
        x.mention.named_event = Some("andijan-2005".to_string());
    }
    assert_eq!(sizes(&[a, b]), [2]);
}

#[test]
fn the_order_of_the_accounts_does_not_matter() {
    let list: Vec<Account> = ["2005-11-14", "2005-11", "2005-07-29", "2005"]
        .iter()
        .enumerate()
        .map(|(i, d)| {
            account(&format!("k{i}"), EventType::Agree, "sign", "RUS", d, "They signed the Treaty in Moscow.")
        })
        .collect();
    let mut turned = list.clone();
    turned.reverse();
    let uids = |accounts: &[Account]| {
        let mut uids: Vec<String> =
            merge(accounts, &Decisions::default(), &builtin()).into_iter().map(|c| c.event.uid).collect();
        uids.sort();
        uids
    };
    assert_eq!(uids(&list), uids(&turned));
}

#[test]
fn the_researcher_has_the_last_word() {
    let a = account("a", EventType::Agree, "sign", "RUS", "2005-11-14", "They signed the Alliance Treaty in Moscow.");
    let b = account("b", EventType::Agree, "sign", "RUS", "2005-11-14", "Both signed the Alliance Treaty in Moscow.");
    let c = account("c", EventType::Accuse, "accuse", "USA", "2005-06", "They accused Washington.");
    let pair = |x: &str, y: &str| vec![(x.to_string(), y.to_string())];
    let apart = Decisions { apart: pair("a", "b"), ..Decisions::default() };
    assert_eq!(merge(&[a.clone(), b.clone()], &apart, &builtin()).len(), 2);
    let together = Decisions { together: pair("a", "c"), ..Decisions::default() };
    let clusters = merge(&[a, c], &together, &builtin());
    assert_eq!(clusters.len(), 1);
    assert!(clusters[0].event.conflict, "dates that contradict each other are flagged");
}

#[test]
fn an_act_of_one_day_at_one_place_is_told_once_by_its_name() {
    let day = "1999-10-15";
    let mut named = told("a", 0, EventType::Assault, ("osh-1999", "Osh"), day, "Nobody was tried for Osh.");
    let mut fired = told("b", 0, EventType::Assault, ("fire", "fired"), day, "Troops fired on the crowd in Osh.");
    let mut shot = told("b", 90, EventType::Assault, ("shoot", "shot"), day, "In Jalalabad too some were shot.");
    named.mention.named_event = Some("osh-1999".into());
    for (account, town) in [(&mut named, "Osh"), (&mut fired, "Osh"), (&mut shot, "Jalalabad")] {
        account.mention.actors.truncate(1);
        account.mention.place = Some(Place { name: town.into(), country: "KGZ".into(), lat: None, lon: None });
    }
    assert_eq!(sizes(&[named.clone(), fired.clone(), shot]), [2, 1]);
    // Another side is another act.
    fired.mention.actors[0].code = "KGZ".into();
    fired.mention.actors[0].top = "KGZ".into();
    assert_eq!(sizes(&[named, fired]), [1, 1]);
}

#[test]
fn what_befalls_a_person_once_is_one_event_in_a_text() {
    let named = |at: usize, word: (&str, &str), edtf: &str, victim: &str, quote: &str| {
        let mut a = told("a", at, EventType::Assault, word, edtf, quote);
        a.mention.actors[1] = Participant {
            code: "TUR".to_string(),
            top: "TUR".to_string(),
            role: Role::Target,
            text: victim.to_string(),
        };
        a
    };
    let day = "2006-10-07";
    let a = named(
        0,
        ("murder", "murder"),
        day,
        "journalist Ayla Ornek",
        "The murder of journalist Ayla Ornek shook Ankara.",
    );
    let b =
        named(90, ("killing", "killing"), "2006-10", "Ms. Ornek", "Nobody was charged with the killing of Ms. Ornek.");
    let mut c = named(200, ("assassination", "assassination"), day, "", "The assassination has no precedent there.");
    c.mention.when.rule = "told-before".to_string();
    let d = named(300, ("murder", "murder"), day, "banker Ali Deneme", "The murder of banker Ali Deneme came before.");
    assert_eq!(sizes(&[a, b, c, d]), [3, 1]);
}

#[test]
fn who_tells_on_a_day_opens_the_meeting_of_that_day() {
    let sides = |mut a: Account| {
        a.mention.actors[0].code = "UZB.NOROV".to_string();
        a.mention.actors[1].code = "TUR.EMB".to_string();
        a
    };
    let day = "2006-10-07";
    let mut a = sides(told("a", 0, EventType::Consult, ("meeting", "meeting"), day, "In a meeting Norov was calm."));
    a.mention.subtype = Some("meeting".to_string());
    let b = sides(told(
        "a",
        90,
        EventType::Consult,
        ("tell", "told"),
        day,
        "On October 7 Norov told the Ambassador of it.",
    ));
    let mut c = sides(told("a", 200, EventType::Consult, ("tell", "told"), day, "He told the Ambassador of dams too."));
    c.mention.when.rule = "scene".to_string();
    assert_eq!(sizes(&[a, b, c]), [2, 1]);
}

#[test]
fn a_summary_tells_in_its_own_words_what_the_text_tells_again() {
    let mut a = told(
        "a",
        0,
        EventType::Reject,
        ("interested", "interested"),
        "2006-10",
        "It is not interested in joining a collective group of donors.",
    );
    a.mention.zone = "summary".to_string();
    let b = told(
        "a",
        90,
        EventType::Reject,
        ("refuse", "refused"),
        "2006-10",
        "The ministry refused seats in a collective group of donors.",
    );
    let others = ["dams were opened", "roads were closed", "bread was dear", "wool was cheap", "rivers rose"];
    let others = others.iter().enumerate().map(|(n, text)| {
        told(
            "a",
            200 + 90 * n,
            EventType::Agree,
            ("agree", "agreed"),
            "2005-03",
            &format!("They agreed that {text} again."),
        )
    });
    let accounts: Vec<Account> = [a, b].into_iter().chain(others).collect();
    assert_eq!(merge(&accounts, &Decisions::default(), &builtin())[0].members, [0, 1]);
}
