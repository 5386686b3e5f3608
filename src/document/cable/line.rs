//! What a single line of a cable is: routing, address, classification banner, a header label, a page break, or text.
//!
//! The shapes are those of ACP 121/ACP 126 (message format of allied telegrams) and of 5 FAH-2 (Foreign Affairs
//! Handbook, telecommunications: TAGS, SUBJECT, REF, E.O. line). Only the shape of the line is judged, never its place.

use itertools::Itertools;
use regex::Regex;
use std::sync::LazyLock;

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum Kind {
    /// Nothing, or only a trailing backslash.
    Blank,
    /// "VZCZC…", "PP RUEHC", "DE RUEHNT #1989/01 3201039", "ZNY CCCCC ZZH", "BT", "NNNN".
    Routing,
    /// "P 161039Z NOV 07".
    Dtg,
    /// "FM …", "TO …", "INFO …".
    Address,
    /// "S E C R E T SECTION 01 OF 02 DUSTVILLE 000042".
    Banner,
    /// "SIPDIS", "NOFORN" and other distribution captions.
    Caption,
    /// "E.O. 12958: DECL: 11/16/2017".
    ExecutiveOrder,
    /// "TAGS: PGOV UZ".
    Tags,
    /// "SUBJECT: …".
    Subject,
    /// "REF: …".
    Reference,
    /// "CLASSIFIED BY: …" and "REASON: …".
    Classified,
    /// "STATE FOR EUR/CACEN": for whom at the addressee.
    Attention,
    /// "TASHKENT 00001989 002 OF 002".
    PageBreak,
    /// Dashes that underline a heading or part off a section.
    Rule,
    /// Anything else.
    Text,
}

macro_rules! pattern {
    ($name:ident, $regex:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($regex).expect("a constant pattern"));
    };
}
pub(in crate::document) use pattern;

/// The classifications with which a banner begins, their letters apart or together, as alternatives of a pattern.
pub(super) fn markings() -> String {
    let spaced = |word: &str| word.chars().join(" ?");
    let (unclassified, rest) = (spaced("UNCLAS"), spaced("SIFIED"));
    let (confidential, secret) = (spaced("CONFIDENTIAL"), spaced("SECRET"));
    format!("{unclassified}(?: ?{rest})?|{confidential}|TOP SECRET|{secret}|LIMITED OFFICIAL USE")
}

pattern!(
    ROUTING,
    r"^(?:VZCZC|ZNR |ZNY |ZZNY |DE R[A-Z]{3,8} ?#?\d|[ZOPR]{2} R[A-Z]{3,8}\b|BT$|NNNN$|RR$|#\d{4}$|\d{3,6}\s+(?:\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}) )"
);
pattern!(DTG, r"^(?:[ZOPRY](?:[ /]+[ZOPRY])* +)?\d{6}Z? [A-Z]{3} \d{2}\b");
pattern!(ADDRESS, r"^(?:FM|TO|INFO) +[A-Z]");
pattern!(BANNER, &format!(r"(?i)^(?:{}|L I M I T E D +O F F I C I A L +U S E)\b", markings()));
pattern!(SECTION, r"(?i)^ SECTION \d+ OF \d+\b");
pattern!(BANNER_TAIL, r"(?i)\bSECTION \d+ OF\b|\b[A-Z]{3,} \d{3,7}\b|//|\bFOR OFFICIAL USE ONLY\b|\bNOFORN\b");
pattern!(
    CAPTION,
    r"^(?:SIPDIS|NOFORN|NODIS|EXDIS|STADIS|LIMDIS|ROGER CHANNEL|SENSITIVE|NOCONTRACT|TERREP|CODEL|CORRECTED COPY|C O R R E C T E D +C O P Y|[A-Z ,/()#-]*SIPDIS[A-Z ,/()#-]*|(?i:sipdis))[\s,/-]*$"
);
pattern!(EO, r"(?i)^E\.? ?O\.?:? *1[0-9]{4}");
pattern!(TAGS, r"(?i)^TAGS?\b *(?:[:;,.]|[A-Z]{2,5}\b)");
pattern!(SUBJECT, r"(?i)^SUBJ(?:ECT)?(?: ?[:;]| {2,}[A-Z])");
pattern!(REFERENCE, r"(?i)^REF(?:ERENCE)?\(?S?\)?(?:TEL)?\(?S?\)? *(?:[:;.]|\(?[A-Z][.):] |[A-Z]+ \d)");
pattern!(
    CLASSIFIED,
    r"(?i)^(?:CLASSIFIED|DECLASSIFIED|DERIVED|DECLASSIFY) +(?:BY|FROM|ON)\b|^CLASSIFIED *:|^\(?(?:FOR )?REASONS?\b.{0,12}[:(]? *1[.5-9 ]|^REASONS? *:"
);
pattern!(
    ATTENTION,
    r"^(?:(?:FOR|FROM|PASS|PLEASE|ALSO|STATE|DEPT|DEPARTMENT|NSC|NSA|USAID|AID|TREASURY|USDOC|USTR|DOD|DOE|DOJ|OSD|OVP|EPA|CIA|FBI|GENEVA|VIENNA|BRUSSELS|PARIS|LONDON|[A-Z]+ FOR|[A-Z]+ PASS|[A-Z/]+ ALSO FOR)\b)[A-Z0-9 .,;:/&()'-]*$"
);
pattern!(
    PAGE_BREAK,
    r"^[A-Z][A-Za-z .'-]+ 0\d{6,8} +\d{3}(?:\.\d+)? (?i:OF) \d{3}$|^PAGE \d\d? [A-Z]+ +\d+|^PAGE \d+ OF \d+$"
);

/// The line without the white space, backslashes and paragraph signs that web pages put around it.
pub(in crate::document) fn clean(line: &str) -> &str {
    line.trim().trim_end_matches('\\').trim_end().trim_start_matches('¶').trim_start()
}

/// What this line is, judged by itself.
pub(in crate::document) fn kind(line: &str) -> Kind {
    let line = clean(line);
    let Some(&first) = line.as_bytes().first() else { return Kind::Blank };
    if is_rule(line) {
        return Kind::Rule;
    }
    let table: &[(&LazyLock<Regex>, Kind)] = match first.to_ascii_uppercase() {
        b'V' | b'Z' | b'D' | b'B' | b'N' | b'#' => {
            &[(&ROUTING, Kind::Routing), (&CAPTION, Kind::Caption), (&DTG, Kind::Dtg), (&CLASSIFIED, Kind::Classified)]
        }
        b'O' | b'P' | b'Y' | b'0'..=b'9' => &[(&ROUTING, Kind::Routing), (&DTG, Kind::Dtg)],
        b'R' => &[
            (&ROUTING, Kind::Routing),
            (&DTG, Kind::Dtg),
            (&CLASSIFIED, Kind::Classified),
            (&REFERENCE, Kind::Reference),
            (&CAPTION, Kind::Caption),
        ],
        b'F' | b'I' => &[(&ADDRESS, Kind::Address), (&CLASSIFIED, Kind::Classified)],
        b'T' => &[(&TAGS, Kind::Tags), (&ADDRESS, Kind::Address), (&CAPTION, Kind::Caption)],
        b'E' => &[(&EO, Kind::ExecutiveOrder), (&CAPTION, Kind::Caption)],
        b'S' => &[(&SUBJECT, Kind::Subject), (&CAPTION, Kind::Caption)],
        b'C' => &[(&CLASSIFIED, Kind::Classified), (&CAPTION, Kind::Caption)],
        b'(' => &[(&CLASSIFIED, Kind::Classified)],
        _ => &[(&CAPTION, Kind::Caption)],
    };
    if let Some((_, kind)) = table.iter().find(|(pattern, _)| pattern.is_match(line)) {
        return *kind;
    }
    if matches!(first.to_ascii_uppercase(), b'U' | b'C' | b'S' | b'T' | b'L') && is_banner(line) {
        return Kind::Banner;
    }
    if line.len() < 80 && PAGE_BREAK.is_match(line) {
        return Kind::PageBreak;
    }
    if line.len() < 100 && ATTENTION.is_match(line) { Kind::Attention } else { Kind::Text }
}

/// A classification at the line's start that a station, a section or nothing follows.
fn is_banner(line: &str) -> bool {
    BANNER.find(line).is_some_and(|m| {
        let rest = line.get(m.end()..line.len().min(m.end() + 120)).unwrap_or(&line[m.end()..]);
        let spaced = m.as_str().contains(' ') && !m.as_str().contains("  ");
        rest.trim().is_empty()
            || SECTION.is_match(rest)
            || BANNER_TAIL.is_match(rest) && (spaced || m.as_str().chars().all(char::is_uppercase))
    })
}

/// At least four dashes, underscores or the like and nothing else.
fn is_rule(line: &str) -> bool {
    line.len() >= 4 && line.bytes().all(|b| matches!(b, b'-' | b'=' | b'_' | b'*' | b'~' | b' ' | b'#' | b'+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_known_by_their_shape() {
        for (line, want) in [
            (" \\", Kind::Blank),
            ("VZCZCXRO1234", Kind::Routing),
            ("RR RUEHWEB", Kind::Routing),
            ("DE RUEHXX #0042/01 1230456", Kind::Routing),
            ("O R 021155Z MAY 01", Kind::Dtg),
            ("R 180853Z SEP 08\\", Kind::Dtg),
            ("FM AMEMBASSY DUSTVILLE", Kind::Address),
            ("INFO RUEHXX/AMEMBASSY NOWHERE 1234", Kind::Address),
            ("S E C R E T SECTION 01 OF 02 DUSTVILLE 000042 ", Kind::Banner),
            ("UNCLAS DUSTVILLE 000042", Kind::Banner),
            ("S e c r e t section 01 of 03 dustville 000042 e.o. 12958", Kind::Banner),
            ("Secret SECTION 01 OF 03 DUSTVILLE 000042", Kind::Banner),
            ("Secret talks began in Dustville.", Kind::Text),
            ("SIPDIS", Kind::Caption),
            ("E.O. 12958: DECL: 11/21/2015", Kind::ExecutiveOrder),
            ("EO 12958 DECL:  12/2/2015", Kind::ExecutiveOrder),
            ("TAGS PREL, PGOV, TI", Kind::Tags),
            ("SUBJECT: DUST", Kind::Subject),
            ("REF: A. 06 DUSTVILLE 12", Kind::Reference),
            ("REFTEL: STATE 12", Kind::Reference),
            ("Classified By: Poloff for reasons 1.4 (b, d).", Kind::Classified),
            ("REASON: 1.4 (b), (d)", Kind::Classified),
            ("STATE FOR EUR/CACEN, SA", Kind::Attention),
            ("DUSTVILLE 00000042 002 OF 002", Kind::PageBreak),
            ("Dustville 00000042 002 of 004", Kind::PageBreak),
            ("--------- ----", Kind::Rule),
            ("1. (C) The minister left.", Kind::Text),
            ("The talks broke down.", Kind::Text),
        ] {
            assert_eq!(kind(line), want, "{line}");
        }
    }
}
