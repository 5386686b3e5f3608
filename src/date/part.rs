//! One simple EDTF date taken apart for saying it, in whatever language.

/// How sure a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    None,
    /// `~`.
    About,
    /// `?`.
    Perhaps,
    /// `%`.
    PerhapsAbout,
}

/// The year of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// As it is counted: 2005.
    Of(i64),
    /// 44 BC; EDTF counts astronomically, year 0 is 1 BC.
    BeforeChrist(i64),
    /// Years that begin alike, by the first of them: 1990 for `199X`.
    From(i64),
}

/// One simple EDTF date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub doubt: Doubt,
    pub day: Option<u32>,
    /// 1 to 12, or a season, 21 to 24.
    pub month: Option<u32>,
    pub year: Year,
}

impl Part {
    /// Reads `YYYY`, `YYYY-MM`, `YYYY-SS`, `YYYY-MM-DD`, `YYYX`, `YYXX`, `YYYY-XX`, each with `~`, `?` or `%` behind or
    /// inside. `None` for other forms.
    pub fn read(edtf: &str) -> Option<Self> {
        let doubt = match edtf.chars().find(|c| matches!(c, '~' | '?' | '%')) {
            Some('~') => Doubt::About,
            Some('?') => Doubt::Perhaps,
            Some(_) => Doubt::PerhapsAbout,
            None => Doubt::None,
        };
        let plain: String = edtf.chars().filter(|c| !matches!(c, '~' | '?' | '%')).collect();
        let (before_christ, plain) = match plain.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, plain.as_str()),
        };
        let mut fields = plain.split('T').next()?.split('-');
        let year = year(fields.next()?, before_christ)?;
        let month = number(fields.next())?;
        let day = if month.is_some() { number(fields.next())? } else { None };
        let known = month.is_none_or(|m| matches!(m, 1..=12 | 21..=24));
        known.then_some(Part { doubt, day, month, year })
    }
}

/// A field that may be missing or unknown; `None` where it is no number.
fn number(field: Option<&str>) -> Option<Option<u32>> {
    field.filter(|f| *f != "XX").map(str::parse).transpose().ok()
}

fn year(field: &str, before_christ: bool) -> Option<Year> {
    let known = field.trim_end_matches('X');
    if known.is_empty() || !known.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let number: i64 = field.replace('X', "0").parse().ok()?;
    Some(match (known.len() < field.len(), before_christ) {
        (true, _) => Year::From(number),
        (_, true) => Year::BeforeChrist(number.checked_add(1)?),
        _ => Year::Of(number),
    })
}
