//! What a page's head says about the article: meta tags, JSON-LD, `<time datetime>`: title, author, site, day.
//!
//! The names are those of Open Graph, Dublin Core, schema.org and the habits of newspapers.

use super::entity;
use crate::date::NaiveDate;
use crate::document::cable::line::pattern;
use crate::document::draft::squeeze;
use crate::document::stated;
use regex::Regex;
use std::sync::LazyLock;

pattern!(META, r"(?is)<meta\b[^>]{0,2000}>");
pattern!(ATTRIBUTE, r#"(?is)\b(name|property|itemprop|content|http-equiv)\s*=\s*(?:"([^"]*)"|'([^']*)')"#);
pattern!(JSON_LD, r#"(?is)<script\b[^>]*application/ld\+json[^>]*>(.*?)</script>"#);
pattern!(TIME, r#"(?is)<time\b[^>]*\bdatetime\s*=\s*["']([^"']{8,40})["']"#);
pattern!(TITLE, r"(?is)<title[^>]*>(.*?)</title>");

/// Names that give the day of publication, best first.
const PUBLISHED: [&str; 14] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "date",
];
const AUTHOR: [&str; 6] = ["author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author"];
const SITE: [&str; 3] = ["og:site_name", "dc.publisher", "application-name"];
const TITLES: [&str; 4] = ["og:title", "dc.title", "dcterms.title", "twitter:title"];

/// What the head says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub title: Option<String>,
    pub author: Option<String>,
    pub site: Option<String>,
    /// Days of publication, each with where it stands, best first.
    pub days: Vec<(NaiveDate, String)>,
}

/// Reads a page's head (its meta tags may stand anywhere).
pub(super) fn read(html: &str) -> Head {
    let metas: Vec<(String, String)> = META.find_iter(html).filter_map(|m| meta(m.as_str())).collect();
    let find = |names: &[&str]| {
        names.iter().find_map(|n| metas.iter().find(|(name, v)| name == n && !v.is_empty()).map(|(_, v)| v.clone()))
    };
    let mut head = Head { title: find(&TITLES), author: find(&AUTHOR), site: find(&SITE), days: Vec::new() };
    for name in PUBLISHED {
        for (_, value) in metas.iter().filter(|(n, _)| n == name) {
            head.days.extend(stated::day(value).map(|(day, _)| (day, format!("{name}: {value}"))));
        }
    }
    for found in JSON_LD.captures_iter(html) {
        if let Ok(value) = serde_json::from_str(found[1].trim()) {
            json(&value, &mut head, 0);
        }
    }
    if let Some(found) = TIME.captures(html)
        && let Some((day, _)) = stated::day(&found[1])
    {
        head.days.push((day, format!("time: {}", &found[1])));
    }
    head.title = head.title.or_else(|| TITLE.captures(html).map(|c| decoded(&c[1])).filter(|t| !t.is_empty()));
    head.days.dedup_by_key(|(day, _)| *day);
    head
}

fn meta(tag: &str) -> Option<(String, String)> {
    let (mut name, mut content) = (None, None);
    for found in ATTRIBUTE.captures_iter(tag) {
        let value = found.get(2).or(found.get(3)).map_or("", |m| m.as_str());
        match found[1].to_ascii_lowercase().as_str() {
            "content" => content = Some(decoded(value)),
            _ => name = name.or_else(|| Some(value.trim().to_lowercase())),
        }
    }
    Some((name?, content?))
}

fn decoded(value: &str) -> String {
    let mut out = String::new();
    entity::decode(value, &mut out);
    squeeze(&out)
}

/// Takes an article's fields out of a JSON-LD value.
fn json(value: &serde_json::Value, head: &mut Head, depth: usize) {
    use serde_json::Value;
    match value {
        Value::Array(items) if depth < 8 => items.iter().for_each(|v| json(v, head, depth + 1)),
        Value::Object(map) if depth < 8 => {
            let text = |v: &Value| match v {
                Value::String(s) => Some(squeeze(s)),
                Value::Object(o) => o.get("name").and_then(Value::as_str).map(squeeze),
                Value::Array(a) => a.first().and_then(|f| f.get("name").unwrap_or(f).as_str()).map(squeeze),
                _ => None,
            };
            let article = map.get("@type").is_some_and(|t| {
                let word = t.to_string();
                ["Article", "Posting", "Report", "WebPage"].iter().any(|k| word.contains(k))
            });
            if article {
                if let Some((value, (day, _))) =
                    map.get("datePublished").and_then(text).and_then(|s| stated::day(&s).map(|d| (s, d)))
                {
                    head.days.push((day, format!("JSON-LD datePublished: {value}")));
                }
                head.author = head.author.take().or_else(|| map.get("author").and_then(text));
                head.title = head.title.take().or_else(|| map.get("headline").and_then(text));
                head.site = head.site.take().or_else(|| map.get("publisher").and_then(text));
            }
            map.get("@graph").into_iter().for_each(|v| json(v, head, depth + 1));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meta_tags_json_ld_and_time() {
        let html = r#"<head><title>Dust &amp; Rain</title><meta property="article:published_time" content="2005-05-20T08:00Z">
            <meta content='A. Writer' name='author'>
            <script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2005-05-21","publisher":{"name":"Dust Daily"}}]}</script>
            </head><time datetime="2005-05-20">May 20</time>"#;
        let head = read(html);
        assert_eq!(
            (head.title.as_deref(), head.author.as_deref(), head.site.as_deref()),
            (Some("Dust & Rain"), Some("A. Writer"), Some("Dust Daily"))
        );
        let days: Vec<String> = head.days.iter().map(|(d, _)| d.to_string()).collect();
        assert_eq!(days, ["2005-05-20", "2005-05-21", "2005-05-20"]);
    }
}
