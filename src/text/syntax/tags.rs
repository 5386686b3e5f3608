//! The names of word classes, forms and relations, as in Universal Dependencies 2 (<https://universaldependencies.org>).

/// Declares an enumeration whose members have a number (for the weights file) and a name (as the treebanks write it).
macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $member:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum $name { $($(#[$doc])* $member,)+ }

        impl $name {
            /// Every member, in the order of their numbers.
            pub const ALL: &'static [$name] = &[$($name::$member,)+];

            /// Its name in the treebanks.
            pub fn name(self) -> &'static str {
                match self { $($name::$member => $text,)+ }
            }

            /// The member of that name.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($text => Some($name::$member),)+ _ => None }
            }
        }
    };
}

named! {
    /// Word class (UPOS).
    Upos {
        /// Adjective.
        Adj = "ADJ",
        /// Preposition or particle of a phrasal verb.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary, modal and copula.
        Aux = "AUX",
        /// "and", "or", "but".
        Cconj = "CCONJ",
        /// Article and other determiners.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Common noun.
        Noun = "NOUN",
        /// Numeral.
        Num = "NUM",
        /// "to" before a verb, "not", possessive "'s".
        Part = "PART",
        /// Pronoun, also possessive and relative.
        Pron = "PRON",
        /// Proper noun.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// "that", "if", "because".
        Sconj = "SCONJ",
        /// Symbol: "$", "%".
        Sym = "SYM",
        /// Verb, not auxiliary.
        Verb = "VERB",
        /// Anything else.
        X = "X",
    }
}

named! {
    /// Inflected form of a word, as far as English shows it. What it says depends on the word class.
    Form {
        /// The form without a mark: singular noun, positive adjective, anything that does not inflect.
        Plain = "Plain",
        /// Infinitive, imperative and subjunctive of a verb ("to visit", "visit!").
        Base = "Base",
        /// Present tense, not third person singular ("they visit").
        Present = "Present",
        /// Present tense, third person singular ("he visits").
        Present3 = "Present3",
        /// Past tense ("visited").
        Past = "Past",
        /// Past participle ("has visited", "was visited").
        PastParticiple = "PastParticiple",
        /// Form in -ing of a verb.
        Gerund = "Gerund",
        /// Modal: "will", "may", "must".
        Modal = "Modal",
        /// Plural noun or proper noun.
        Plural = "Plural",
        /// Comparative adjective or adverb.
        Comparative = "Comparative",
        /// Superlative adjective or adverb.
        Superlative = "Superlative",
        /// Relative or question word: "which", "who", "when".
        Wh = "Wh",
        /// Personal pronoun.
        Personal = "Personal",
        /// Possessive pronoun ("their") or the particle "'s".
        Possessive = "Possessive",
        /// "to" before a verb.
        To = "To",
        /// Particle of a phrasal verb ("throw out").
        Particle = "Particle",
        /// "there" in "there is".
        Existential = "Existential",
    }
}

named! {
    /// Relation of a word to its head.
    Relation {
        /// Head of the sentence.
        Root = "root",
        /// Clause that modifies a noun ("a decision to leave").
        Acl = "acl",
        /// Relative clause.
        AclRelcl = "acl:relcl",
        /// Adverbial clause ("after they left").
        Advcl = "advcl",
        /// Relative clause on a whole clause.
        AdvclRelcl = "advcl:relcl",
        /// Adverb.
        Advmod = "advmod",
        /// Adjective that modifies a noun.
        Amod = "amod",
        /// Apposition ("Norov, the foreign minister").
        Appos = "appos",
        /// Auxiliary.
        Aux = "aux",
        /// Auxiliary of the passive.
        AuxPass = "aux:pass",
        /// Preposition, or possessive "'s", of its noun.
        Case = "case",
        /// "and", "or".
        Cc = "cc",
        /// "both", "either".
        CcPreconj = "cc:preconj",
        /// Clause that is an object, with a subject of its own.
        Ccomp = "ccomp",
        /// Noun (or other word) that forms a compound with its head ("defence minister").
        Compound = "compound",
        /// Particle of a phrasal verb.
        CompoundPrt = "compound:prt",
        /// Member of a coordination; its head is the first member.
        Conj = "conj",
        /// Copula.
        Cop = "cop",
        /// Clause that is a subject.
        Csubj = "csubj",
        /// Clause that is the subject of another's predicate clause.
        CsubjOuter = "csubj:outer",
        /// Clause that is the subject of a passive.
        CsubjPass = "csubj:pass",
        /// No known relation.
        Dep = "dep",
        /// Determiner.
        Det = "det",
        /// "all" in "all the troops".
        DetPredet = "det:predet",
        /// "yes", "well".
        Discourse = "discourse",
        /// Element put outside its clause.
        Dislocated = "dislocated",
        /// Expletive "there" or "it".
        Expl = "expl",
        /// Later word of a fixed phrase ("as well as").
        Fixed = "fixed",
        /// Later word of a name.
        Flat = "flat",
        /// Later part of a word that was written in pieces.
        Goeswith = "goeswith",
        /// Indirect object.
        Iobj = "iobj",
        /// Item of a list.
        List = "list",
        /// Word that introduces a clause: "that", "to", "if".
        Mark = "mark",
        /// Noun phrase that modifies a noun, with a preposition ("of forces").
        Nmod = "nmod",
        /// Title or other description of a name ("President Karimov").
        NmodDesc = "nmod:desc",
        /// Possessor ("Uzbekistan's", "their").
        NmodPoss = "nmod:poss",
        /// Noun phrase that modifies a noun without a preposition.
        NmodUnmarked = "nmod:unmarked",
        /// Subject.
        Nsubj = "nsubj",
        /// Subject of a predicate that is a clause.
        NsubjOuter = "nsubj:outer",
        /// Subject of a passive.
        NsubjPass = "nsubj:pass",
        /// Number of a noun.
        Nummod = "nummod",
        /// Object.
        Obj = "obj",
        /// Noun phrase that modifies a verb, with a preposition ("in Tashkent").
        Obl = "obl",
        /// Agent of a passive ("by the government").
        OblAgent = "obl:agent",
        /// Noun phrase that modifies a verb without a preposition ("last week").
        OblUnmarked = "obl:unmarked",
        /// Orphan of an ellipsis.
        Orphan = "orphan",
        /// Clause or phrase set beside ("…", he said).
        Parataxis = "parataxis",
        /// Punctuation.
        Punct = "punct",
        /// Word that the speaker took back.
        Reparandum = "reparandum",
        /// Address.
        Vocative = "vocative",
        /// Clause that is an object and shares a participant as its subject.
        Xcomp = "xcomp",
    }
}

impl Relation {
    /// The relation without its subtype: "nsubj" of "nsubj:pass".
    pub fn universal(self) -> &'static str {
        let name = self.name();
        name.split(':').next().unwrap_or(name)
    }

    /// Whether it is any kind of subject.
    pub fn is_subject(self) -> bool {
        use Relation::*;
        matches!(self, Nsubj | NsubjPass | NsubjOuter | Csubj | CsubjPass | CsubjOuter)
    }

    /// Whether it is a noun phrase beside a predicate: oblique of any kind.
    pub fn is_oblique(self) -> bool {
        matches!(self, Relation::Obl | Relation::OblAgent | Relation::OblUnmarked)
    }
}

impl Form {
    /// The form that a Penn Treebank tag (XPOS of the treebanks) stands for.
    pub fn of_penn(tag: &str) -> Self {
        match tag {
            "VB" => Form::Base,
            "VBP" => Form::Present,
            "VBZ" => Form::Present3,
            "VBD" => Form::Past,
            "VBN" => Form::PastParticiple,
            "VBG" => Form::Gerund,
            "MD" => Form::Modal,
            "NNS" | "NNPS" => Form::Plural,
            "JJR" | "RBR" => Form::Comparative,
            "JJS" | "RBS" => Form::Superlative,
            "WDT" | "WP" | "WRB" | "WP$" => Form::Wh,
            "PRP" => Form::Personal,
            "PRP$" | "POS" => Form::Possessive,
            "TO" => Form::To,
            "RP" => Form::Particle,
            "EX" => Form::Existential,
            _ => Form::Plain,
        }
    }
}
