//! What the model that is compiled in makes of sentences of our own, and of nonsense.

use super::{Form, Model, Relation, Syntax, Upos, Word};
use crate::text::tokenize;
use proptest::prelude::*;

/// Tokenises and analyses; words are found again by their text.
struct Read {
    forms: Vec<String>,
    syntax: Syntax,
}

fn read(text: &str) -> Read {
    let mut tokens = Vec::new();
    tokenize(text, 0, text.len(), &mut tokens);
    let forms = tokens.iter().map(|t| text[t.range()].to_string()).collect();
    Read { forms, syntax: Model::builtin().analyse(text, &tokens) }
}

impl Read {
    fn at(&self, form: &str) -> usize {
        self.forms.iter().position(|f| f == form).unwrap_or_else(|| panic!("{form:?} is in {:?}", self.forms))
    }

    fn word(&self, form: &str) -> &Word {
        &self.syntax.words[self.at(form)]
    }

    /// "child -relation-> head" of a word.
    fn arc(&self, form: &str) -> String {
        let word = self.word(form);
        let head = word.head.map_or("ROOT", |h| &self.forms[h]);
        format!("{form} -{}-> {head}", word.relation.name())
    }
}

#[test]
fn subject_and_object_of_an_active() {
    let r = read("Uzbekistan expelled the American troops in 2005.");
    assert_eq!(r.arc("Uzbekistan"), "Uzbekistan -nsubj-> expelled");
    assert_eq!(r.arc("troops"), "troops -obj-> expelled");
    assert_eq!(r.arc("2005"), "2005 -obl-> expelled");
    assert_eq!(r.word("expelled").lemma, "expel");
    assert_eq!(r.word("troops").lemma, "troop");
    assert_eq!(r.syntax.root(), Some(r.at("expelled")));
}

#[test]
fn a_passive_and_its_agent() {
    let r = read("The soldiers were ordered home by the government.");
    assert_eq!(r.arc("soldiers"), "soldiers -nsubj:pass-> ordered");
    assert_eq!(r.arc("were"), "were -aux:pass-> ordered");
    assert_eq!(r.arc("government"), "government -obl:agent-> ordered");
    assert_eq!((r.word("ordered").form, r.word("ordered").lemma.as_str()), (Form::PastParticiple, "order"));
}

#[test]
fn members_of_a_coordination() {
    let r = read("Russia and Kazakhstan signed the treaty and opened the border.");
    assert_eq!(r.arc("Kazakhstan"), "Kazakhstan -conj-> Russia");
    assert_eq!(r.arc("opened"), "opened -conj-> signed");
    let members: Vec<usize> = r.syntax.conjuncts(r.at("Russia")).collect();
    assert_eq!(members, [r.at("Russia"), r.at("Kazakhstan")]);
    assert_eq!(r.syntax.first_conjunct(r.at("Kazakhstan")), r.at("Russia"));
}

#[test]
fn a_possessor() {
    let r = read("The minister's visit surprised the ambassador.");
    assert_eq!(r.arc("minister"), "minister -nmod:poss-> visit");
    assert_eq!(r.arc("'s"), "'s -case-> minister");
    assert_eq!(r.word("visit").upos, Upos::Noun);
}

#[test]
fn visit_is_a_verb_or_a_noun() {
    assert_eq!(read("They will visit Moscow.").word("visit").upos, Upos::Verb);
    assert_eq!(read("The visit to Moscow was short.").word("visit").upos, Upos::Noun);
}

#[test]
fn may_is_a_modal_or_a_month() {
    let modal = read("The delegation may leave tomorrow.");
    assert_eq!((modal.word("may").upos, modal.word("may").form), (Upos::Aux, Form::Modal));
    let month = read("The delegation left in May.");
    assert_eq!(month.word("May").upos, Upos::Propn);
    assert_eq!(month.word("left").lemma, "leave");
}

#[test]
fn small_letters_and_capitals_read_alike() {
    for text in
        ["the president met the foreign minister in moscow.", "THE PRESIDENT MET THE FOREIGN MINISTER IN MOSCOW."]
    {
        let r = read(text);
        let case = |form: &str| if text.starts_with('t') { form.to_string() } else { form.to_uppercase() };
        assert_eq!(r.syntax.root(), Some(r.at(&case("met"))), "{text}");
        assert_eq!(r.word(&case("met")).lemma, "meet");
        assert_eq!(r.word(&case("president")).relation, Relation::Nsubj);
        assert_eq!(r.word(&case("minister")).relation, Relation::Obj);
    }
}

#[test]
fn the_stop_of_an_abbreviation_ends_nothing() {
    let r = read("Gen. Petrov met Amb. Smith in Nov. 1999.");
    assert_eq!(r.syntax.words.len(), r.forms.len());
    assert_eq!(r.arc("."), ". -punct-> Gen");
    assert_eq!(r.syntax.root(), Some(r.at("met")));
    assert!(r.syntax.is_under(r.at("Gen"), r.at("met")));
}

#[test]
fn dictionary_forms() {
    for (text, form, lemma) in [
        ("The forces withdrew.", "forces", "force"),
        ("The forces withdrew.", "withdrew", "withdraw"),
        ("They have agreed to it.", "agreed", "agree"),
        ("They stopped the talks.", "stopped", "stop"),
        ("He was leaving the country.", "leaving", "leave"),
        ("He denies it.", "denies", "deny"),
        ("The countries differ.", "countries", "country"),
        ("He didn’t go.", "n’t", "not"),
    ] {
        assert_eq!(read(text).word(form).lemma, lemma, "{form} in {text}");
    }
}

/// A tree by hand: (head, relation) of each word.
fn tree(words: &[(Option<usize>, Relation)]) -> Syntax {
    let word = |&(head, relation): &(Option<usize>, Relation)| Word {
        upos: Upos::X,
        form: Form::Plain,
        lemma: String::new(),
        head,
        relation,
    };
    Syntax::new(words.iter().map(word).collect())
}

#[test]
fn ways_through_a_tree() {
    use Relation::*;
    // The minister of defence signed an agreement with Russia
    let s = tree(&[
        (Some(1), Det),
        (Some(4), Nsubj),
        (Some(3), Case),
        (Some(1), Nmod),
        (None, Root),
        (Some(6), Det),
        (Some(4), Obj),
        (Some(8), Case),
        (Some(6), Nmod),
    ]);
    assert_eq!(s.root(), Some(4));
    assert_eq!((s.span(1), s.span_without(1, &[Nmod]), s.span(4)), (0..4, 0..2, 0..9));
    assert!(s.is_under(3, 4) && !s.is_under(4, 1));
    let path = s.path(3, 6).expect("one tree");
    assert_eq!((path.words, path.top), (vec![3, 1, 4, 6], 2));
    assert_eq!(s.path(6, 6).expect("one word").words, [6]);
    assert_eq!((s.child(4, &[Obj, Iobj]), s.child(4, &[Obl])), (Some(6), None));
    assert_eq!(s.children(1).collect::<Vec<_>>(), [0, 3]);
    assert_eq!((s.span(99), s.path(0, 99), s.children(99).count()), (0..0, None, 0));
}

#[test]
fn a_list_without_an_end_is_read_in_linear_time() {
    let words = vec!["troops"; 20_000];
    assert_eq!(Model::builtin().analyse_words(&words).words.len(), 20_000);
}

#[test]
fn a_damaged_weights_file_is_refused() {
    assert!(Model::from_bytes(b"").is_none());
    assert!(Model::from_bytes(b"DLSYNT99").is_none());
    let mut cut = super::model::MAGIC.to_vec();
    cut.extend([255; 28]);
    assert!(Model::from_bytes(&cut).is_none());
}

proptest! {
    #[test]
    fn any_text_gives_one_tree(text in "([a-zA-Z'’.,0-9 \u{300}-]|\\PC){0,80}") {
        let r = read(&text);
        prop_assert_eq!(r.syntax.words.len(), r.forms.len());
        let roots = r.syntax.words.iter().filter(|w| w.head.is_none()).count();
        prop_assert_eq!(roots, usize::from(!r.forms.is_empty()));
        for i in 0..r.forms.len() {
            // No circle: every word hangs under the root, and the span of a word holds it.
            prop_assert!(r.syntax.is_under(i, r.syntax.root().expect("a root")));
            prop_assert!(r.syntax.span(i).contains(&i));
        }
    }

    #[test]
    fn any_bytes_after_the_magic_are_refused_or_harmless(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut file = super::model::MAGIC.to_vec();
        file.extend(&bytes);
        if let Some(model) = Model::from_bytes(&file) {
            prop_assert_eq!(model.analyse_words(&["a", "b"]).words.len(), 2);
        }
    }

    #[test]
    fn any_heads_give_a_tree_that_can_be_walked(heads in proptest::collection::vec(proptest::option::of(0usize..12), 0..10)) {
        let syntax = tree(&heads.iter().map(|&head| (head, Relation::Conj)).collect::<Vec<_>>());
        for i in 0..heads.len() + 1 {
            let _ = (syntax.span(i), syntax.first_conjunct(i), syntax.path(0, i), syntax.is_under(i, 0));
        }
        prop_assert_eq!(syntax.words.len(), heads.len());
    }
}
