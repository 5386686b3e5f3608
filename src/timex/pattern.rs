//! The pattern language of the rules.
//!
//! A pattern is a sequence of items: a word (`ago`), a sign in quotes (`'-'`), a word class (`@month`), a number shape
//! or suffix class (`#day`, `#nth`), another rule's category (`<date>`). `?` makes the item before it optional, `( … |
//! … )` chooses, `_` in front of an item says that no white space stands before it. Classes, shapes and categories are
//! captured under their own name, or under another: `@month:from`.

/// One item of a parsed pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    /// A literal word or sign.
    Word { text: String, glued: bool },
    /// A word class.
    Class { name: String, capture: String, glued: bool },
    /// A number shape or suffix class.
    Shape { name: String, capture: String, glued: bool },
    /// A category of rules.
    Category { name: String, capture: String, glued: bool },
    /// One of several sequences.
    Choice(Vec<Vec<Item>>),
    /// The sequence or nothing.
    Optional(Vec<Item>),
}

/// Parses a pattern; the error says what is wrong.
pub(super) fn parse(text: &str) -> Result<Vec<Item>, String> {
    let mut parser = Parser { rest: text };
    let choice = parser.choice()?;
    if !parser.rest.trim_start().is_empty() {
        return Err(format!("unexpected \"{}\"", parser.rest.trim()));
    }
    Ok(flatten(choice))
}

fn flatten(mut choice: Vec<Vec<Item>>) -> Vec<Item> {
    if choice.len() == 1 { choice.remove(0) } else { vec![Item::Choice(choice)] }
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn choice(&mut self) -> Result<Vec<Vec<Item>>, String> {
        let mut all = vec![self.sequence()?];
        while self.eat('|') {
            all.push(self.sequence()?);
        }
        Ok(all)
    }

    fn sequence(&mut self) -> Result<Vec<Item>, String> {
        let mut items = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            match self.rest.chars().next() {
                None | Some('|' | ')') => break,
                Some(_) => {
                    let item = self.item()?;
                    items.push(if self.eat_here('?') { Item::Optional(item) } else { Item::Choice(vec![item]) });
                }
            }
        }
        if items.is_empty() {
            return Err("an empty sequence".into());
        }
        // A choice of one is the sequence itself.
        Ok(items
            .into_iter()
            .flat_map(|item| match item {
                Item::Choice(mut all) if all.len() == 1 => all.remove(0),
                other => vec![other],
            })
            .collect())
    }

    fn item(&mut self) -> Result<Vec<Item>, String> {
        if self.eat('(') {
            let choice = self.choice()?;
            if !self.eat(')') {
                return Err("a \")\" is missing".into());
            }
            return Ok(flatten(choice));
        }
        let glued = self.eat('_');
        let first = self.rest.chars().next().ok_or("the pattern ends early")?;
        self.rest = if matches!(first, '@' | '#' | '<' | '\'') { &self.rest[1..] } else { self.rest };
        let item = match first {
            '\'' => {
                let end = self.rest.find('\'').ok_or("a closing ' is missing")?;
                let text = self.rest[..end].to_string();
                self.rest = &self.rest[end + 1..];
                Item::Word { text, glued }
            }
            '<' => {
                let end = self.rest.find('>').ok_or("a \">\" is missing")?;
                let inner = self.rest[..end].to_string();
                self.rest = &self.rest[end + 1..];
                let (name, capture) = named(&inner);
                Item::Category { name, capture, glued }
            }
            '@' | '#' => {
                let (name, capture) = named(&self.word()?);
                if first == '@' { Item::Class { name, capture, glued } } else { Item::Shape { name, capture, glued } }
            }
            _ => {
                let text = self.word()?;
                if text.contains(':') {
                    return Err(format!("\"{text}\": only a class, a shape or a category is captured"));
                }
                Item::Word { text, glued }
            }
        };
        Ok(vec![item])
    }

    fn word(&mut self) -> Result<String, String> {
        let end = self.rest.find(|c: char| c.is_whitespace() || "?|()'<>@#".contains(c)).unwrap_or(self.rest.len());
        if end == 0 {
            return Err(format!("a word is missing before \"{}\"", self.rest));
        }
        let word = self.rest[..end].to_string();
        self.rest = &self.rest[end..];
        Ok(word)
    }

    fn eat(&mut self, c: char) -> bool {
        self.rest = self.rest.trim_start();
        self.eat_here(c)
    }

    fn eat_here(&mut self, c: char) -> bool {
        if let Some(rest) = self.rest.strip_prefix(c) {
            self.rest = rest;
            return true;
        }
        false
    }
}

fn named(text: &str) -> (String, String) {
    match text.split_once(':') {
        Some((name, capture)) => (name.to_string(), capture.to_string()),
        None => (text.to_string(), text.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_and_faults_told() {
        let items = parse("early? @month:m _'-' (<date> | #day)").expect("a pattern");
        assert_eq!(items.len(), 4);
        assert!(matches!(&items[0], Item::Optional(inner) if inner.len() == 1));
        assert_eq!(items[1], Item::Class { name: "month".into(), capture: "m".into(), glued: false });
        assert_eq!(items[2], Item::Word { text: "-".into(), glued: true });
        assert!(matches!(&items[3], Item::Choice(all) if all.len() == 2));
        for wrong in ["", "(a", "a)", "<date", "'-", "a | "] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
