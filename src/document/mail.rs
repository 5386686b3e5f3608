//! E-mail messages (`.eml`, RFC 5322 and MIME), by `mail-parser` (feature `read-mail`).

use super::binary::Answer;
use super::cable::line::pattern;
use regex::Regex;
use std::sync::LazyLock;

pattern!(FIELD, r"(?im)^(?:From|Date|Subject|To|Received|Return-Path|Message-ID|MIME-Version|Delivered-To):");
pattern!(SURE, r"(?im)^(?:Received|Return-Path|Message-ID|MIME-Version):");

/// Whether the bytes begin with a message's fields.
pub(super) fn recognise(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(8 << 10)]);
    let fields = head.split("\n\n").next().unwrap_or_default().split("\r\n\r\n").next().unwrap_or_default();
    let first = fields.lines().next().unwrap_or_default();
    let named = first.split(':').next().is_some_and(|n| !n.is_empty() && n.len() < 40 && !n.contains(' '))
        && first.contains(':');
    named && SURE.is_match(fields) && FIELD.find_iter(fields).count() >= 3
}

#[cfg(not(feature = "read-mail"))]
pub(super) fn read(_: &[u8]) -> Answer {
    Err("is an e-mail message; this build does not read it: build dateline with --features read-mail".to_string())
}

/// Reads a message: its text, or the text of its HTML; attachments are named in a warning.
#[cfg(feature = "read-mail")]
pub(super) fn read(bytes: &[u8]) -> Answer {
    use super::{DateBasis, Zone};
    let message = mail_parser::MessageParser::default().parse(bytes).ok_or("is a damaged e-mail message")?;
    let body = message.body_text(0).map(|b| b.replace("\r\n", "\n")).filter(|b| !b.trim().is_empty());
    let body = body.ok_or("is an e-mail message without text; save its attachment and read that")?;
    let (mut draft, _) = super::read::of_text(body)?;
    draft.meta.title = message.subject().map(super::draft::squeeze);
    let sender = message.from().and_then(|f| f.first()).and_then(|a| a.name().or(a.address()));
    draft.meta.author = sender.map(super::draft::squeeze);
    if let Some(id) = message.message_id() {
        draft.other("message_id", id);
    }
    if let Some(sent) = message.date()
        && let Some(day) =
            crate::date::NaiveDate::from_ymd_opt(i32::from(sent.year), u32::from(sent.month), u32::from(sent.day))
    {
        draft.claim(day, DateBasis::Header, format!("Date: {}", sent.to_rfc3339()));
    }
    // Quoted lines of an earlier message are somebody else's words under another date.
    for block in &mut draft.blocks {
        if draft.text[block.range.clone()].lines().all(|l| l.trim_start().starts_with('>')) {
            block.zone = Zone::Boilerplate;
        }
    }
    if message.attachment_count() > 0 {
        draft.warnings.push(format!("{} attachment(s) are not read", message.attachment_count()));
    }
    Ok((draft, "mail"))
}

#[cfg(all(test, feature = "read-mail"))]
mod tests {
    use super::super::{DateBasis, Document};

    #[test]
    fn a_message_has_a_sender_and_a_day() {
        let text = "Return-Path: <a@x.org>\r\nFrom: Ann Hill <a@x.org>\r\nTo: b@x.org\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n\
            Date: Fri, 20 May 2005 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThey met on May 13.\r\n\r\n> They did not.\r\n";
        let doc = Document::from_bytes("m.eml", text.as_bytes()).expect("reads");
        assert_eq!(
            (doc.format, doc.meta.title.as_deref(), doc.meta.author.as_deref()),
            ("mail", Some("Café"), Some("Ann Hill"))
        );
        assert_eq!(doc.date.map(|d| (d.day.to_string(), d.basis)), Some(("2005-05-20".into(), DateBasis::Header)));
        assert_eq!(doc.blocks.iter().filter(|b| b.zone.tells_events()).count(), 1);
    }
}
