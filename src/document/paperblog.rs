//! An article on Paperblog as text: section, title, "Posted on the 21 June 2012 by …", paragraphs, a link back.
//!
//! The page glues the names of its pictures (the title again) and captions in capitals to the sentences around them;
//! the former are skipped, the latter become captions.

use super::article;
use super::cable::line::pattern;
use super::draft::{Draft, squeeze};
use super::lines::paragraphs;
use super::{DateBasis, Zone, stated};
use regex::Regex;
use std::sync::LazyLock;

pattern!(POSTED, r"(?m)^[ \t]*Posted on the (\d{1,2} [A-Z][a-z]+ \d{4})(?: by ([^\n@]+?))?(?:[ \t]+@\w+)?[ \t]*$");
pattern!(
    FOOTER,
    r"^(?:Back to Featured Articles|Report Spam/Abuse|Tags ?:|About the author|COMMENTS ?\(|You might also like)"
);

/// Whether the text has Paperblog's posted line.
pub(super) fn recognise(text: &str) -> bool {
    POSTED.is_match(text) && text.contains("Paperblog")
}

/// Reads the article.
pub(super) fn read(text: String) -> Result<Draft, String> {
    let mut draft = Draft::new(text);
    let Some(found) = POSTED.captures(&draft.text) else { return Err("has no posted line".to_string()) };
    let line = found.get(0).map_or(0..0, |m| m.range());
    let stated = stated::day(&found[0]).map(|(day, _)| (day, squeeze(&found[0])));
    draft.meta.author = found.get(2).map(|m| squeeze(m.as_str()));
    draft.meta.origin = Some("Paperblog".to_string());
    if let Some((day, note)) = stated {
        draft.claim(day, DateBasis::Posted, note);
    }
    let above = paragraphs(&draft.text, 0..line.start);
    draft.meta.title = above.last().map(|r| squeeze(&draft.text[r.clone()]));
    for range in above.iter().cloned() {
        let zone = if Some(&range) == above.last() { Zone::Header } else { Zone::Boilerplate };
        draft.block(range, zone);
    }
    draft.block(line.clone(), Zone::Header);
    let mut footer = false;
    for range in article::paragraphs(&draft.text, line.end) {
        footer |= FOOTER.is_match(&draft.text[range.clone()]);
        if footer {
            draft.block(range, Zone::Boilerplate);
        } else {
            article::paragraph(&mut draft, range);
        }
    }
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::super::Document;

    #[test]
    fn captions_and_picture_names_are_told_apart() {
        let text = "Dust Magazine\n\nDusta’s Quiet Turn\n\nPosted on the 21 June 2012 by Plains Watch @PlainsWatch\n\
            Dusta’s quiet turn On Thursday this week, the drill ended in Mudville. It was long.\n\
            \u{20}     PRESIDENT DUSTOV AND GENERAL MUD AT A PARADE IN MUDVILLE IN MAY 2011 Dusta’s quiet turn After years of dust, rain fell.\n\n\
            Back to Featured Articles on Logo Paperblog";
        let doc = Document::from_bytes("x.txt", text.as_bytes()).expect("reads");
        assert_eq!(doc.format, "paperblog");
        assert_eq!(doc.meta.author.as_deref(), Some("Plains Watch"));
        assert_eq!(doc.date.as_ref().map(|d| d.day.to_string()).as_deref(), Some("2012-06-21"));
        let told: Vec<String> = crate::text::sentences(&doc)
            .iter()
            .filter(|s| s.zone.tells_events())
            .map(|s| format!("{}: {}", s.zone.as_str(), &doc.text[s.range.clone()]))
            .collect();
        let want = [
            "body: On Thursday this week, the drill ended in Mudville.",
            "body: It was long.",
            "caption: PRESIDENT DUSTOV AND GENERAL MUD AT A PARADE IN MUDVILLE IN MAY 2011",
            "body: After years of dust, rain fell.",
        ];
        assert_eq!(told, want);
    }
}
