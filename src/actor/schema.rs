//! The form of the actor files (`actors-*.toml`): what a political scientist reads and extends.

use serde::Deserialize;

/// One file of the section `actors`. Every part may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub actor: Vec<ActorDef>,
    pub title: Vec<TitleDef>,
    pub unit: Vec<UnitDef>,
    pub guard: Vec<GuardDef>,
    pub post: Vec<PostDef>,
    pub modifier: Vec<ModifierDef>,
    pub metonym: Vec<MetonymDef>,
    pub example: Vec<ExampleDef>,
}

/// A state, organisation, person, group, company, medium or construct.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ActorDef {
    /// `UZB`, `UZB.KARIMOV`: what stands before the first full stop is the state or organisation it belongs to.
    pub code: String,
    /// state, igo, office, person, group, construct, media or company.
    pub kind: String,
    /// Display name.
    pub name: String,
    /// Name in headlines, where shorter than `name`.
    pub short: String,
    /// "Uzbek": in front of a noun.
    pub adjective: String,
    /// Further adjectives and nouns for its people.
    pub people: Vec<String>,
    /// Capitals whose name may stand for the government.
    pub capital: Vec<String>,
    /// Further cities where other states have a consulate: a cable from there comes from this state.
    pub seats: Vec<String>,
    /// Other names. All capitals: an abbreviation, found only in capitals or with full stops.
    pub aliases: Vec<String>,
    /// Abbreviations that cables use for its government ("GOU"); several states share some.
    pub gov: Vec<String>,
    /// For persons: given names and their variants; those of `name` are added.
    pub given: Vec<String>,
    /// For persons: surnames; without this, the last word of `name`.
    pub surname: Option<Vec<String>>,
    /// For persons: whether the surname alone, with no title in the document, names this person.
    pub bare: Option<bool>,
    /// For persons: "president 1990-03-24/2016-09-02", "secretary-general@NATO 1999-10-14/2003-12-31".
    pub roles: Vec<String>,
    /// For organisations: "UZB 1992-05-15/1999-04-02".
    pub members: Vec<String>,
    /// For constructs: the states and organisations it may stand for.
    pub stands_for: Vec<String>,
    /// When it existed (EDTF interval); empty: always.
    pub exists: String,
}

/// A title that persons carry.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TitleDef {
    /// The office: "foreign-minister".
    pub office: String,
    /// The words for it.
    pub words: Vec<String>,
    /// Suffix of the office's code under its state ("MFA"); empty: the state itself.
    pub unit: String,
    /// The state or organisation, where the title tells it ("Secretary of State": USA).
    pub state: String,
    /// Whether one person at a time holds it in a state, so that a person with other roles is another one.
    pub exclusive: bool,
    /// Whether it is an office of a state, which nobody holds who leads a movement ("Governor").
    pub of_state: bool,
    /// Whether the word alone, after "the", may name the holder ("the Ambassador").
    pub alone: bool,
    /// Whether the words must be capitalised to count ("General", "Secretary").
    pub capitalised: bool,
    /// Sentences in which it is found, and as what.
    pub examples: Vec<ExampleDef>,
}

/// A part of a state or its people: "Foreign Ministry", "troops", "officials".
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct UnitDef {
    /// Suffix of the code ("MFA"); empty: the state itself.
    pub unit: String,
    /// Display name after the adjective: "Foreign Ministry".
    pub name: String,
    /// The words for it, singular and plural.
    pub words: Vec<String>,
    /// Whether a word of it may be a verb ("forces"): after a state's bare name it then does not count.
    pub verb_like: bool,
    /// Whether it may follow a person's name ("the Bush administration").
    pub after_person: bool,
    /// Whether "the Foreign Ministry" alone, in a cable, means the host state's.
    pub alone: bool,
    /// Whether the bare word ("demonstrators") means those of the state that the sentence or the document is about.
    pub bare: bool,
    /// Whether it may stand in another state than its own ("troops in Iraq").
    pub abroad: bool,
    /// Parts of a state that command it: behind one of them in a sentence, the bare word means that state's ("the Pentagon
    /// expects that the troops will leave").
    pub under: Vec<String>,
    /// Sentences in which it is found, and as what.
    pub examples: Vec<ExampleDef>,
}

/// When an ambiguous alias counts.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct GuardDef {
    /// The alias.
    pub alias: String,
    /// "any", "title" (first letter a capital) or "upper" (all capitals, or with full stops).
    pub case: String,
    /// Never right after these words.
    pub not_after: Vec<String>,
    /// Never right before these words.
    pub not_before: Vec<String>,
    /// In sentences all in capitals: never right after these words.
    pub caps_not_after: Vec<String>,
    /// Only where an alias of these actors stands in the same document (sentence, where one sentence is all).
    pub only_with: Vec<String>,
    /// Sentences in which it is found, and in which it is not.
    pub examples: Vec<ExampleDef>,
}

/// A word by which a document's sender speaks of itself.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PostDef {
    /// Beginnings of a document's origin for which it counts ("Embassy").
    pub origins: Vec<String>,
    /// The code it stands for.
    pub code: String,
    /// The words, with or without "the".
    pub words: Vec<String>,
    /// Words that count only behind "the" ("the consul").
    pub definite: Vec<String>,
    /// Words that count only with a capital letter ("Mission", "the Charge").
    pub capitalised: Vec<String>,
    /// Words that count only outside quotation marks ("we").
    pub pronouns: Vec<String>,
    /// Sentences in a document of such an origin.
    pub examples: Vec<ExampleDef>,
}

/// Words that may stand between a state and a title or unit.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ModifierDef {
    /// "deputy" (makes another office), "former" (no longer in it), "plain"; "never-given": capitalised words that
    /// are no given names; "department": words in which the name of a department ends; "particle": small words inside names; "elsewhere": words before a unit that
    /// say that it is of no state named ("foreign troops"); "within": prepositions after it whose state it is of; "marking": words in
    /// brackets that abbreviate nothing ("SBU").
    pub kind: String,
    /// The words.
    pub words: Vec<String>,
}

/// Context of a capital's name that decides between government and place.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct MetonymDef {
    /// "place" or "government".
    pub reading: String,
    /// Words right before (articles and "the city of" aside).
    pub after: Vec<String>,
    /// Words right after.
    pub before: Vec<String>,
    /// Two words right before, which outweigh `after` ("pressure from").
    pub after_two: Vec<String>,
    /// Sentences with the reading.
    pub examples: Vec<ExampleDef>,
}

/// A sentence and what must, and must not, be found in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ExampleDef {
    /// The sentence.
    pub text: String,
    /// "words=CODE" that must be found; CODE may end in "@place" for a capital read as a place.
    pub finds: Vec<String>,
    /// Words over which nothing may be found, or "words=CODE" that may not.
    pub not: Vec<String>,
    /// Origin of the document ("Embassy Dushanbe").
    pub origin: String,
    /// Day of the document.
    pub date: String,
}
