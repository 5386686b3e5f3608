//! The lexicon against its own examples, and what must hold of the files as a whole.

use super::*;
use crate::document::Zone;
use crate::rules::Rules;
use crate::text::{Sentence, tokenize};

/// One sentence out of a whole text.
fn sentence(text: &str) -> Sentence {
    let mut tokens = Vec::new();
    tokenize(text, 0, text.len(), &mut tokens);
    Sentence { range: 0..text.len(), block: 0, zone: Zone::Body, tokens }
}

fn lexicon() -> Lexicon {
    Lexicon::new(&Rules::builtin()).expect("the built-in actor files")
}

fn written<'a>(text: &'a str, s: &Sentence, tokens: &std::ops::Range<usize>) -> &'a str {
    &text[s.tokens[tokens.start].start as usize..s.tokens[tokens.end - 1].end as usize]
}

/// "words=CODE" of every hit; a capital read as a place ends in "@place".
fn found(lexicon: &Lexicon, text: &str, context: &Context) -> Vec<String> {
    let s = sentence(text);
    let hits = lexicon.find_document(text, std::slice::from_ref(&s), context);
    let show = |h: &ActorHit| {
        let place = if h.place_reading { "@place" } else { "" };
        format!("{}={}{place}", written(text, &s, &h.tokens), h.code)
    };
    hits.iter().flatten().map(show).collect()
}

#[test]
fn every_example_of_the_files_holds() {
    let lexicon = lexicon();
    let mut wrong = Vec::new();
    assert!(lexicon.examples.len() > 20);
    for (file, example) in &lexicon.examples {
        let context = Context {
            origin: (!example.origin.is_empty()).then_some(example.origin.as_str()),
            date: (!example.date.is_empty()).then(|| example.date.parse().expect("an example's date")),
        };
        let found = found(&lexicon, &example.text, &context);
        let missing: Vec<_> = example.finds.iter().filter(|f| !found.contains(f)).collect();
        let has = |n: &String| found.iter().any(|f| f == n || f.split('=').next() == Some(n));
        let extra: Vec<_> = example.not.iter().filter(|n| has(n)).collect();
        if !missing.is_empty() || !extra.is_empty() {
            wrong.push(format!(
                "{file}: {:?}: found {found:?}, missing {missing:?}, not wanted {extra:?}",
                example.text
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_name_of_a_named_event_finds_it() {
    let named = NamedEvents::new(&Rules::builtin()).expect("the built-in named events");
    assert!(named.events().len() >= 60, "{}", named.events().len());
    let show = |text: &str| {
        let s = sentence(text);
        let hits = named.find(text, &s);
        let one = |h: &NamedHit| format!("{}={}", written(text, &s, &h.tokens), named.event(h).expect("its event").id);
        hits.iter().map(one).collect::<Vec<_>>()
    };
    for (name, id, bare) in named.names() {
        let text =
            if bare { format!("Nothing changed after {name}.") } else { format!("They spoke of the {name} again.") };
        assert!(show(&text).iter().any(|f| f.ends_with(&format!("={id}"))), "{text}: {:?}", show(&text));
    }
    for (file, example) in &named.examples {
        let found = show(&example.text);
        let missing: Vec<_> = example.finds.iter().filter(|f| !found.contains(f)).collect();
        let extra: Vec<_> =
            example.not.iter().filter(|n| found.iter().any(|f| f.split('=').next() == Some(n))).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{file}: {:?}: {found:?}", example.text);
    }
}

#[test]
fn named_events_refer_to_what_there_is() {
    let (lexicon, rules) = (lexicon(), Rules::builtin());
    let named = NamedEvents::new(&rules).expect("the built-in named events");
    let gazetteer = Gazetteer::new(&rules).expect("the built-in places");
    for event in named.events() {
        assert!(crate::event::EventType::parse(&event.kind).is_some(), "{}: type {}", event.id, event.kind);
        for code in event.initiators.iter().chain(&event.targets) {
            assert!(lexicon.actor(code).is_some(), "{}: {code} is no actor", event.id);
        }
        let known =
            event.place.is_empty() || gazetteer.named(&event.place).is_some() || lexicon_has(&lexicon, &event.place);
        assert!(known, "{}: no place {}", event.id, event.place);
        assert!(!event.headline.is_empty() && !event.name.is_empty(), "{}", event.id);
    }
}

fn lexicon_has(lexicon: &Lexicon, name: &str) -> bool {
    lexicon.actors().any(|a| a.name == name)
}

#[test]
fn every_name_of_a_place_finds_it() {
    let gazetteer = Gazetteer::new(&Rules::builtin()).expect("the built-in places");
    let lexicon = lexicon();
    assert!(gazetteer.places().len() >= 250, "{}", gazetteer.places().len());
    for place in gazetteer.places() {
        for name in [&place.name].into_iter().chain(&place.aliases) {
            let text = format!("They met near {name} again.");
            let s = sentence(&text);
            let hits = gazetteer.find(&text, &s);
            let found: Vec<&str> = hits.iter().filter_map(|h| gazetteer.place(h)).map(|p| p.name.as_str()).collect();
            assert_eq!(found, [place.name.as_str()], "{text}");
        }
        let kinds = [
            "capital", "city", "town", "base", "region", "river", "lake", "sea", "mountain", "island", "building",
            "site",
        ];
        assert!(kinds.contains(&place.kind.as_str()), "{}: {}", place.name, place.kind);
        assert!(
            place.country.is_empty() || lexicon.actor(&place.country).is_some(),
            "{}: {}",
            place.name,
            place.country
        );
    }
}

#[test]
fn places_are_found_in_every_spelling() {
    let gazetteer = Gazetteer::new(&Rules::builtin()).expect("the built-in places");
    let find = |text: &str| {
        let s = sentence(text);
        let names = gazetteer.find(text, &s).into_iter().filter_map(|h| gazetteer.place(&h).map(|p| p.name.clone()));
        names.collect::<Vec<_>>()
    };
    assert_eq!(find("The base at Qarshi-Khonobod was called K2."), ["Karshi-Khanabad"; 2]);
    assert_eq!(find("From Andizhan to Khojand by road."), ["Andijan", "Khujand"]);
    assert_eq!(find("they crossed the amu darya near termez."), ["Amu Darya", "Termez"]);
    assert_eq!(find("The New York Times sent nobody to New York."), ["New York"]);
    assert_eq!(find("He kept a mary in the garden."), Vec::<String>::new());
    assert_eq!(gazetteer.named("Andijon").map(|p| p.country.as_str()), Some("UZB"));
}

#[test]
fn capitals_of_the_lexicon_are_places() {
    let (lexicon, gazetteer) = (lexicon(), Gazetteer::new(&Rules::builtin()).expect("the built-in places"));
    for (name, code) in [("Tashkent", "UZB"), ("Moscow", "RUS"), ("Washington", "USA"), ("Dushanbe", "TJK")] {
        let place = gazetteer.named(name).expect(name);
        assert_eq!(lexicon.actor(&place.country).map(|a| a.code.as_str()), Some(code));
    }
}

#[test]
fn the_files_hold_together() {
    let lexicon = lexicon();
    let count = lexicon.actors().count();
    assert!(count >= 250, "{count} actors");
    let persons = lexicon.actors().filter(|a| a.kind == ActorKind::Person).count();
    assert!(persons >= 120, "{persons} persons");
    for actor in lexicon.actors() {
        let top = lexicon.actor(actor.top()).unwrap_or_else(|| panic!("{}: its top is no actor", actor.code));
        assert!(!top.code.contains('.'), "{}", actor.code);
        assert!(!actor.name.is_empty() && !actor.short.is_empty() && !actor.adjective.is_empty(), "{}", actor.code);
        for role in &actor.roles {
            let known = lexicon.holders(&role.office, &role.of).any(|(a, _)| a.code == actor.code);
            assert!(known, "{}: {}", actor.code, role.office);
        }
    }
}

/// Names that several actors share must be told apart by a rule: persons by title and date, abbreviations of
/// governments by origin, the rest by when they existed.
#[test]
fn no_name_clashes_without_a_rule() {
    let lexicon = lexicon();
    let clashes = lexicon.clashes();
    assert!(clashes.is_empty(), "{}", clashes.join("\n"));
}

#[test]
fn every_alias_finds_its_actor() {
    let lexicon = lexicon();
    let mut wrong = Vec::new();
    for (alias, code) in lexicon.plain_aliases() {
        let text = format!("They named {alias} again.");
        let s = sentence(&text);
        let hits = lexicon.find(&text, &s, &Context::default());
        if !hits.iter().any(|h| h.candidates.contains(&code)) {
            wrong.push(format!("{alias} ({code}): {:?}", hits.iter().map(|h| &h.code).collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn roles_and_memberships_are_dated() {
    let lexicon = lexicon();
    let day = |text: &str| text.parse().expect("a test date");
    assert_eq!(lexicon.resolve_role("president", "UZB", day("2005-05-13")), Some("UZB.KARIMOV"));
    assert_eq!(lexicon.resolve_role("formin", "UZB", day("2007-11-12")), Some("UZB.NOROV"));
    assert_eq!(lexicon.resolve_role("president", "RUS", day("2009-03-01")), Some("RUS.MEDVEDEV"));
    assert_eq!(lexicon.resolve_role("prime minister", "RUS", day("1999-12-10")), Some("RUS.PUTIN"));
    assert_eq!(lexicon.resolve_role("president", "RUS", day("1985-01-01")), None);
    assert!(lexicon.member_on("UZB.KARIMOV", "CST", day("1998-01-01")));
    assert!(!lexicon.member_on("UZB", "CST", day("1999-06-01")));
    assert!(!lexicon.member_on("UZB", "CSTO", day("2005-11-12")));
    assert!(lexicon.member_on("UZB", "CSTO", day("2007-11-12")));
    assert!(
        lexicon.member_on("UZB", "GUAM", day("2004-01-01")) && !lexicon.member_on("UZB", "GUAM", day("2006-01-01"))
    );
    let offices: Vec<&str> =
        lexicon.roles_on("RUS.PUTIN", day("2000-02-01")).iter().map(|r| r.office.as_str()).collect();
    assert_eq!(offices, ["prime-minister", "president"]);
    assert_eq!(lexicon.top("UZB.KARIMOV"), "UZB");
    assert_eq!(lexicon.stands_for("XWEST"), ["USA", "EU"]);
    assert_eq!(lexicon.actor("TJK.MFA").map(|a| a.name.as_str()), Some("Tajik Foreign Ministry"));
    assert_eq!(lexicon.actor("USA").map(|a| (a.short.as_str(), a.adjective.as_str())), Some(("US", "US")));
}

/// The hits of every sentence of a document, as "words=CODE" with the name of a person unknown to the lexicon.
fn told(sentences: &[&str], origin: &str, date: &str) -> Vec<Vec<String>> {
    let lexicon = lexicon();
    let text = sentences.join(" ");
    let mut list = Vec::new();
    let mut at = 0;
    for one in sentences {
        let mut tokens = Vec::new();
        tokenize(&text, at, at + one.len(), &mut tokens);
        list.push(Sentence { range: at..at + one.len(), block: 0, zone: Zone::Body, tokens });
        at += one.len() + 1;
    }
    let context = Context { origin: Some(origin), date: date.parse().ok() };
    let all = lexicon.find_document(&text, &list, &context);
    let show = |(hits, s): (Vec<ActorHit>, &Sentence)| {
        hits.iter()
            .map(|h| {
                let person = h.person.as_ref().map(|p| format!(" ({p})")).unwrap_or_default();
                format!("{}={}{person}", written(&text, s, &h.tokens), h.code)
            })
            .collect()
    };
    all.into_iter().zip(&list).map(show).collect()
}

#[test]
fn a_document_remembers_whom_it_introduced() {
    let found = told(
        &[
            "Kazakh Deputy Foreign Minister Nurlan Primerov received the DCM.",
            "Primerov said that Astana would wait.",
            "The Deputy Foreign Minister added that the Foreign Minister had been in Moscow.",
            "Foreign Minister Tokayev returns soon.",
        ],
        "Embassy Astana",
        "2005-06-01",
    );
    assert_eq!(
        found[0],
        ["Kazakh Deputy Foreign Minister Nurlan Primerov=KAZ.MFA (Nurlan Primerov)", "the DCM=USA.EMB"]
    );
    assert_eq!(found[1], ["Primerov=KAZ.MFA (Nurlan Primerov)", "Astana=KAZ"]);
    assert_eq!(
        found[2],
        ["Deputy Foreign Minister=KAZ.MFA (Nurlan Primerov)", "Foreign Minister=KAZ.TOKAYEV", "Moscow=RUS"]
    );
    assert_eq!(found[3], ["Foreign Minister Tokayev=KAZ.TOKAYEV"]);
}

#[test]
fn one_surname_two_men() {
    let found = told(
        &["Deputy Defense Minister Niyazov spoke of the plan.", "Niyazov promised it for May."],
        "Embassy Tashkent",
        "2007-06-01",
    );
    assert_eq!(found, [["Deputy Defense Minister Niyazov=UZB.MOD (Niyazov)"], ["Niyazov=UZB.MOD (Niyazov)"]]);
    let found = told(&["Niyazov refused to come.", "Moscow shrugged."], "Embassy Tashkent", "2000-11-01");
    assert_eq!(found[0], ["Niyazov=TKM.NIYAZOV"]);
}

#[test]
fn a_lower_cased_text_is_read() {
    let found = told(
        &["the u.s. and the gou agreed that formin kamilov would see us.", "nato and the csto did not."],
        "Embassy Tashkent",
        "2000-11-01",
    );
    assert_eq!(found[0], ["u.s.=USA", "gou=UZB", "formin kamilov=UZB.KAMILOV", "us=USA.EMB"]);
    assert_eq!(found[1], ["nato=NATO", "csto=CSTO"]);
}

#[test]
fn common_surnames_are_not_those_of_namesakes() {
    let found = told(
        &["Minister Gordon and Ambassador Hill left.", "Assistant Secretary Gordon stayed.", "Gordon slept."],
        "Embassy Dushanbe",
        "2010-03-01",
    );
    assert_eq!(found[0][0], "Minister Gordon=TJK.GOV (Gordon)");
    assert_eq!(found[1], ["Assistant Secretary Gordon=USA.GORDON"]);
}

#[test]
fn a_name_beside_a_title_is_remembered() {
    let found = told(
        &["Gazprom's chief of strategy, Pavel Testov, called.", "Testov complained."],
        "Embassy Moscow",
        "2008-03-01",
    );
    assert_eq!(found[1], ["Testov=RUS.GAZPROM (Pavel Testov)"]);
}

#[test]
fn an_abbreviation_stands_for_what_the_document_says() {
    let found = told(
        &[
            "The Norwegian Ministry of External Relations (MER) met the Department of Public Prosecutions (DPP) and the LDP.",
            "The MER asked the DPP, and Taiwan was not there.",
        ],
        "Embassy Oslo",
        "2008-03-01",
    );
    let texts: Vec<&str> = found[1].iter().map(|h| h.split('=').next().unwrap_or_default()).collect();
    assert_eq!(texts, ["MER", "Taiwan"], "{found:?}");
}

#[test]
fn what_short_names_stand_for_depends_on_the_post() {
    let hits = |origin: &str| told(&["The GOC paid."], origin, "2008-03-01").remove(0);
    assert_eq!(hits("Embassy San Jose"), ["GOC=CRI"]);
    assert_eq!(hits("Embassy Bogota"), ["GOC=COL"]);
}
