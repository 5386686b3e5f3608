//! What has been done since something else: "Since his election in February he has reopened schools", "since then".
//!
//! It happened between that and the telling. "Since" with a date right behind it is the tagger's (`Relation::Since`).

use super::dating::{Circumstances, Tense};
use super::extract::{Extractor, Read};
use super::story::Story;
use super::trigger::Found;
use super::{MentionDate, Modality};
use crate::date::{Date, NaiveDate, Span};
use crate::text::syntax::Relation as Dep;

impl Extractor {
    /// The days since what the sentence says that it is since, if it says so and that has a day.
    pub(super) fn since(&self, story: &Story, read: &Read, found: &Found, at: &Circumstances) -> Option<MentionDate> {
        let lasting = at.tense == Tense::Perfect || at.modality == Modality::Ongoing;
        let told = !matches!(at.modality, Modality::Future | Modality::Hypothetical);
        let tree = read.facts.tree;
        let clause = if tree.is_predicate(found.head) { found.head } else { tree.governor(found.head)? };
        let (word, (earliest, trace)) =
            (lasting && told).then(|| self.beginning(story, read, found.head, clause))??;
        // What has been done has been done by the day of the document, whatever the paragraph tells of.
        let ends = [story.frame(read.index, at.aside).latest, story.reference()];
        let latest = ends.into_iter().flatten().find(|l| *l > earliest);
        if latest.is_none() && story.reference().is_some() {
            return None;
        }
        let date = Date::from_span(Span { earliest: Some(earliest), latest });
        let trace = format!("\"{}\" {trace} → since-event → {}", read.facts.surface(word), date.edtf);
        Some(MentionDate { date, rule: "since-event".to_string(), anchor: trace.clone(), trace, warning: None })
    }

    /// What the clause of a trigger (`head`) is told to be since: the word "since" and the first day, with how that is known.
    fn beginning(
        &self,
        story: &Story,
        read: &Read,
        head: usize,
        clause: usize,
    ) -> Option<(usize, (NaiveDate, String))> {
        let facts = &read.facts;
        let tree = facts.tree;
        let is = |w: usize| self.lexicon().is("order.since", &tree.lower[w]);
        // "has since shrunk"
        if let Some(adverb) = tree.with(clause, &[Dep::Advmod]).find(|&w| is(w)) {
            return told(story, read.index, adverb).map(|t| (adverb, t));
        }
        if let Some(told) = self.fronted(story, read, head) {
            return Some(told);
        }
        let top = tree.syntax.first_conjunct(clause);
        let phrases =
            [clause, top].into_iter().flat_map(|c| tree.with(c, &[Dep::Obl, Dep::Nmod, Dep::Advcl, Dep::Advmod]));
        let mut marked = phrases.filter_map(|p| Some((tree.with(p, &[Dep::Case, Dep::Mark]).find(|&m| is(m))?, p)));
        let (since, phrase) = marked.next()?;
        // "since his election" does not date the election.
        if tree.under(head, phrase) {
            return None;
        }
        let all: Vec<usize> = (since + 1..tree.len()).filter(|&w| tree.under(w, phrase)).collect();
        self.begun(story, read, since, &all).map(|t| (since, t))
    }

    /// The same where "since" opens the sentence, of which parsers make what they like: the words up to the comma, or
    /// "then".
    fn fronted(&self, story: &Story, read: &Read, head: usize) -> Option<(usize, (NaiveDate, String))> {
        let lower = &read.facts.tree.lower;
        let is = |w: usize, list: &str| lower.get(w).is_some_and(|word| self.lexicon().is(list, word));
        if !is(0, "order.since") {
            return None;
        }
        let comma = lower.iter().position(|w| w == ",");
        let end = if is(1, "order.then") { 2 } else { comma? };
        let words: Vec<usize> = (1..end).collect();
        (end <= head).then(|| self.begun(story, read, 0, &words)).flatten().map(|t| (0, t))
    }

    /// The first day of what these words behind "since" tell, and how it is known.
    fn begun(&self, story: &Story, read: &Read, since: usize, words: &[usize]) -> Option<(NaiveDate, String)> {
        let facts = &read.facts;
        let tree = facts.tree;
        // "since then"
        if words.iter().all(|&w| self.lexicon().is("order.then", &tree.lower[w])) {
            return told(story, read.index, since);
        }
        let timex = facts.times.iter().find(|t| words.contains(&tree.top_of(&t.tokens)) && t.date.is_some());
        if let Some((day, timex)) = timex.and_then(|t| Some((t.date.as_ref()?.span.earliest?, t))) {
            return Some((day, timex.trace.clone()));
        }
        let of = read.found.iter().find(|f| words.contains(&f.head))?;
        let (date, trace) = story.last(&self.matter(facts, of), false)?;
        Some((date.span.earliest?, trace.to_string()))
    }
}

/// The day told last before a word.
fn told(story: &Story, sentence: usize, word: usize) -> Option<(NaiveDate, String)> {
    let point = story.told_last(sentence, word)?;
    Some((point.span.earliest?, point.trace.clone()))
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::event::Extractor;
    use crate::rules::Rules;

    #[test]
    fn what_has_been_done_since_lies_between_that_and_the_telling() {
        let extractor = Extractor::new(&Rules::builtin()).expect("the rules are right");
        let head = "OSLO, May 28, 1997 -- ";
        for (text, trigger, date) in [
            (
                "Since his election in February, the president has dismissed two ministers.",
                "dismissed",
                "1997-02-01/1997-05-28",
            ),
            (
                "Jets struck Norway on May 20 (Reuters, May 21). Sweden and Denmark have since closed their border (AP, May 22).",
                "closed",
                "1997-05-20/1997-05-28",
            ),
            (
                "Norway left the pact on May 3. Since then Sweden has expelled two diplomats.",
                "expelled",
                "1997-05-03/1997-05-28",
            ),
            (
                "Norway left the pact on May 3. Sweden and Denmark have since signed a treaty with Russia.",
                "signed",
                "1997-05-03/1997-05-28",
            ),
        ] {
            let document = Document::from_bytes("x.txt", format!("{head}{text}").as_bytes()).expect("reads");
            let mentions = extractor.extract(&document).mentions;
            let found = mentions.iter().find(|m| m.trigger.text.starts_with(trigger)).expect(text);
            assert_eq!(found.when.date.edtf, date, "{text}: {}", found.when.trace);
        }
    }
}
