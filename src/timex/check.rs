//! Runs the examples and counter-examples that stand in the rule files.

use super::context::{Anchoring, Context};
use super::grammar::{Example, File, Rule};
use super::{Tagger, Timex};
use crate::Result;
use crate::rules::Rules;

/// An example that did not come out as its rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The rule file.
    pub file: String,
    /// The rule.
    pub rule: String,
    /// The example's text.
    pub text: String,
    /// What was wanted and what was found.
    pub reason: String,
}

/// Runs every example of the `timex` section; returns how many there are and those that fail.
///
/// # Errors
/// [`crate::Error::Rules`] when a file cannot be read or compiled.
pub fn check(rules: &Rules) -> Result<(usize, Vec<Failure>)> {
    let tagger = Tagger::new(rules)?;
    let mut count = 0;
    let mut failures = Vec::new();
    for (file, content) in rules.section::<File>("timex")? {
        for named in content.named.iter().filter(|n| n.source.is_empty()) {
            let name = named.names.first().cloned().unwrap_or_default();
            let reason = "the entry does not say where its dates come from".into();
            failures.push(Failure { file: file.clone(), rule: name, text: named.when.clone(), reason });
        }
        for rule in &content.rule {
            let mut fail = |text: &str, reason: String| {
                failures.push(Failure { file: file.clone(), rule: rule.name.clone(), text: text.into(), reason });
            };
            count += rule.examples.len() + rule.rejects.len();
            if rule.examples.is_empty() && !rule.part && rule.op != "ignore" {
                fail("", "the rule has no example".into());
            }
            for example in &rule.examples {
                if let Some(reason) = wrong(&tagger, rule, example) {
                    fail(&example.text, reason);
                }
            }
            for text in &rule.rejects {
                let found = tag(&tagger, text, None, None);
                if let Some(hit) = found.iter().find(|t| t.rule == rule.name) {
                    fail(text, format!("finds \"{}\"", text.get(hit.range.clone()).unwrap_or("")));
                }
            }
        }
    }
    Ok((count, failures))
}

fn tag(tagger: &Tagger, text: &str, dct: Option<&str>, anchoring: Option<&str>) -> Vec<Timex> {
    let anchoring = if anchoring == Some("narrative") { Anchoring::Narrative } else { Anchoring::News };
    let anchor = dct.and_then(|d| d.parse().ok());
    let sentences = super::split_light(text);
    tagger.tag(text, &sentences, &Context { anchor, anchoring, ..Context::default() })
}

/// What is wrong with an example, if anything.
fn wrong(tagger: &Tagger, rule: &Rule, example: &Example) -> Option<String> {
    let found = tag(tagger, &example.text, example.dct.as_deref(), example.anchoring.as_deref());
    let wanted = example.find.as_deref().unwrap_or(&example.text);
    let words = |t: &Timex| example.text.get(t.range.clone()).unwrap_or("").to_string();
    let Some(hit) = found.iter().find(|t| words(t) == wanted) else {
        let all: Vec<String> = found.iter().map(|t| format!("\"{}\" = {} by {}", words(t), t.value, t.rule)).collect();
        return Some(format!("does not find \"{wanted}\", but: {}", all.join(", ")));
    };
    let edtf = hit.date.as_ref().map(|d| d.edtf.as_str());
    let checks = [
        ("rule", rule.name.as_str(), hit.rule.as_str(), true),
        ("value", example.value.as_str(), hit.value.as_str(), true),
        ("type", example.kind.as_deref().unwrap_or("DATE"), hit.kind.as_str(), true),
        ("mod", example.modifier.as_deref().unwrap_or(""), hit.modifier.unwrap_or(""), true),
        ("quant", example.quant.as_deref().unwrap_or(""), hit.quant.as_deref().unwrap_or(""), example.quant.is_some()),
        ("freq", example.freq.as_deref().unwrap_or(""), hit.freq.as_deref().unwrap_or(""), example.freq.is_some()),
        ("edtf", example.edtf.as_deref().unwrap_or(""), edtf.unwrap_or(""), example.edtf.is_some()),
    ];
    for (what, wanted, got, asked) in checks {
        if asked && wanted != got {
            return Some(format!("{what} is \"{got}\", not \"{wanted}\" ({})", hit.trace));
        }
    }
    if example.implied.is_some_and(|implied| implied != hit.year_implied) {
        return Some(format!("year_implied is {}", hit.year_implied));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_keeps_its_examples() {
        let (count, failures) = check(&Rules::builtin()).expect("the built-in rules compile");
        let lines: Vec<String> =
            failures.iter().map(|f| format!("{} {}: \"{}\" {}", f.file, f.rule, f.text, f.reason)).collect();
        assert!(count > 100, "only {count} examples");
        assert!(lines.is_empty(), "{} of {count} examples fail:\n{}", lines.len(), lines.join("\n"));
    }
}
