//! Runs the examples and counter-examples of the event rules.

use super::Extractor;
use crate::document::Document;

impl Extractor {
    /// Runs every example and counter-example of the event senses; the answer lists what fails, empty when all hold.
    pub fn check_examples(&self) -> Vec<String> {
        let mut failures = Vec::new();
        for sense in &self.lexicon().senses {
            for example in &sense.examples {
                let found = self.senses_in(&Document::from_text("example", example.text.as_str()));
                let right = |(name, trigger): &(String, String)| *name == sense.name && *trigger == example.trigger;
                if !found.iter().any(right) {
                    failures.push(format!("sense \"{}\": \"{}\" gives {found:?}", sense.name, example.text));
                }
            }
            for text in &sense.rejects {
                let found = self.senses_in(&Document::from_text("example", text.as_str()));
                if found.iter().any(|(name, _)| *name == sense.name) {
                    failures.push(format!("sense \"{}\": found in \"{text}\"", sense.name));
                }
            }
        }
        failures
    }
}

#[cfg(test)]
mod tests {
    use crate::event::Extractor;
    use crate::rules::Rules;

    #[test]
    fn every_example_gives_its_sense_and_no_counter_example_does() {
        let extractor = Extractor::new(&Rules::builtin()).expect("the built-in rules load");
        let failures = extractor.check_examples();
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }
}
