//! The words of headlines: verbs that agree with their subjects, lists of names.

/// Names shown on each side before "and others".
const NAMES: usize = 3;

/// Names as a list: "Russia, China and Iran".
pub fn join(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        _ if names.len() <= NAMES => {
            format!("{} and {}", names[..names.len() - 1].join(", "), names[names.len() - 1])
        }
        _ => format!("{} and others", names[..NAMES].join(", ")),
    }
}

/// "Uzbek forces" takes the plural; "the US" does not.
pub fn is_plural(names: &[String]) -> bool {
    let last = names.first().and_then(|n| n.rsplit(' ').next()).unwrap_or_default();
    names.len() == 1 && last.ends_with('s') && last.chars().next().is_some_and(char::is_lowercase)
}

/// "refuse" → "refuses".
pub fn third_person(verb: &str) -> String {
    let (first, rest) = verb.split_once(' ').unwrap_or((verb, ""));
    if first == "have" {
        return format!("has {rest}").trim_end().to_string();
    }
    let sibilant = ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| first.ends_with(e));
    let stem = first.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u']));
    let inflected = match stem {
        Some(stem) => format!("{stem}ies"),
        None if sibilant => format!("{first}es"),
        None => format!("{first}s"),
    };
    format!("{inflected} {rest}").trim_end().to_string()
}

/// "refuses" → "refuse", for several subjects.
pub fn plural(verb: &str) -> String {
    match verb {
        "is" => "are".to_string(),
        "does" => "do".to_string(),
        "has" => "have".to_string(),
        "goes" => "go".to_string(),
        _ => {
            if let Some(stem) = verb.strip_suffix("ies") {
                return format!("{stem}y");
            }
            let es = ["ches", "shes", "sses", "xes", "zes", "oes"].iter().any(|e| verb.ends_with(e));
            verb.strip_suffix(if es { "es" } else { "s" }).unwrap_or(verb).to_string()
        }
    }
}

/// "Uzbekistan" → "Uzbekistan's".
pub fn possessive(name: &str) -> String {
    format!("{name}'{}", if name.ends_with('s') { "" } else { "s" })
}

/// A text with its first letter as a capital.
pub fn capitalise(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_agree_with_their_subjects() {
        for (base, third) in
            [("refuse", "refuses"), ("reach out", "reaches out"), ("deny", "denies"), ("veto", "vetoes")]
        {
            assert_eq!(third_person(base), third);
        }
        for (third, base) in [("refuses", "refuse"), ("denies", "deny"), ("is", "are"), ("reaches", "reach")] {
            assert_eq!(plural(third), base);
        }
    }

    #[test]
    fn many_names_are_cut_short() {
        let all = ["Russia", "China", "Iran", "India"].map(String::from);
        assert_eq!(join(&all), "Russia, China, Iran and others");
        assert_eq!(join(&all[..2]), "Russia and China");
    }

    #[test]
    fn a_name_that_ends_in_s_takes_the_apostrophe_alone() {
        assert_eq!((possessive("NATO"), possessive("US forces")), ("NATO's".into(), "US forces'".into()));
    }
}
