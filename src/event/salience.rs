//! How much a historian would want an event on a timeline.

use super::{EventType, Mention, Modality, Role};
use crate::date::Precision;

/// Salience of one mention, 0..1: act over statement, state over person, two sides over one, dated over vague.
pub fn salience(m: &Mention) -> f64 {
    let deed: f64 = match m.kind {
        EventType::Assault | EventType::Sanction | EventType::Retreat => 0.34,
        EventType::Cooperate | EventType::Agree | EventType::Support | EventType::Reject | EventType::Mobilize => 0.30,
        EventType::Threaten | EventType::Coerce | EventType::Protest | EventType::Aid | EventType::Concede => 0.26,
        EventType::Consult | EventType::Other => 0.20,
        EventType::Accuse | EventType::Request => 0.16,
        EventType::Statement => 0.04,
    };
    let named = if m.named_event.is_some() || m.subtype.is_some() { 0.16 } else { 0.0 };
    let sides = match (m.actors.iter().any(|p| p.role == Role::Initiator), m.tops().len()) {
        (_, 0) => 0.0,
        (true, n) if n >= 2 => 0.18,
        _ => 0.08,
    };
    let dated = match m.when.date.precision {
        Precision::Day => 0.16,
        Precision::Week | Precision::Month => 0.13,
        Precision::Season | Precision::Year | Precision::Range => 0.09,
        Precision::Decade | Precision::Century => 0.04,
        Precision::Open => 0.0,
    };
    let real = match m.modality {
        Modality::Asserted | Modality::Reported => 0.16,
        Modality::Ongoing | Modality::Future => 0.08,
        Modality::Negated | Modality::Hypothetical => 0.02,
    };
    round(deed + named + sides + dated + real)
}

/// Two decimals: more would be a claim to a precision that is not there.
fn round(value: f64) -> f64 {
    (value.clamp(0.0, 1.0) * 100.0).round() / 100.0
}
