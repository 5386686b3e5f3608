//! Text too long for memory, decoded as it is read: plain, or a string inside a line of JSON.

use serde::Deserialize;
use serde::de::IgnoredAny;
use std::fs::File;
use std::io::{self, BufRead, Read, Seek, Write};

/// Text decoded as it is read; what is no UTF-8 becomes U+FFFD.
pub(super) struct Decoded<R> {
    reader: R,
    /// Bytes read and not yet decoded: the beginning of a character.
    bytes: Vec<u8>,
    text: String,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    pub fn new(reader: R) -> Self {
        Decoded { reader, bytes: Vec::new(), text: String::new(), ended: false }
    }

    /// The text from the current place on: at least so many bytes of it, unless it ends before.
    pub fn ahead(&mut self, least: usize) -> io::Result<&str> {
        while self.text.len() < least && !self.ended {
            let read = self.reader.by_ref().take(1 << 16).read_to_end(&mut self.bytes)?;
            self.ended = read == 0;
            self.decode();
        }
        Ok(&self.text)
    }

    /// Goes on to the place behind the first `length` bytes.
    pub fn drop_first(&mut self, length: usize) {
        self.text.drain(..length.min(self.text.len()));
    }

    fn decode(&mut self) {
        let mut at = 0;
        for chunk in self.bytes.utf8_chunks() {
            self.text.push_str(chunk.valid());
            at += chunk.valid().len();
            let invalid = chunk.invalid();
            // The end of what was read may be the beginning of a character.
            let begun = at + invalid.len() == self.bytes.len()
                && str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
            if begun && !self.ended {
                break;
            }
            if !invalid.is_empty() {
                self.text.push(char::REPLACEMENT_CHARACTER);
            }
            at += invalid.len();
        }
        self.bytes.drain(..at);
    }
}

/// A line of input without its text.
#[derive(Debug, Deserialize)]
pub(super) struct Head {
    pub doc_id: String,
    #[serde(default)]
    pub dct: Option<String>,
    /// Must be there; [`text_of`] reads it.
    #[serde(rename = "text")]
    _text: IgnoredAny,
}

/// Lays a line down in a temporary file, which is gone when it is closed. `begin` has been read of it already.
pub(super) fn lay_down(begin: &[u8], reader: &mut impl BufRead) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(begin)?;
    loop {
        let bytes = reader.fill_buf()?;
        let end = bytes.iter().position(|b| *b == b'\n');
        file.write_all(&bytes[..end.unwrap_or(bytes.len())])?;
        let (read, last) = (end.map_or(bytes.len(), |at| at + 1), end.is_some() || bytes.is_empty());
        reader.consume(read);
        if last {
            file.rewind()?;
            return Ok(file);
        }
    }
}

/// The string that is the value of "text" in a JSON object that is known to be well formed; `None` if it is no string.
pub(super) fn text_of<R: BufRead>(mut reader: R) -> io::Result<Option<JsonString<R>>> {
    let (mut depth, mut key) = (0usize, false);
    loop {
        match byte(&mut reader)? {
            b'{' | b'[' => {
                depth += 1;
                key = depth == 1;
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => key = depth == 1,
            b'"' => {
                let mut string = JsonString { reader, ready: Vec::new(), ended: false };
                let mut name = Vec::new();
                string.by_ref().take(8).read_to_end(&mut name)?;
                io::copy(&mut string, &mut io::sink())?;
                reader = string.reader;
                if !key || name != b"text" {
                    key = false;
                    continue;
                }
                while byte(&mut reader)? != b':' {}
                loop {
                    match byte(&mut reader)? {
                        b'"' => return Ok(Some(JsonString { reader, ready: Vec::new(), ended: false })),
                        space if space.is_ascii_whitespace() => {}
                        _ => return Ok(None),
                    }
                }
            }
            _ => {}
        }
    }
}

fn byte(reader: &mut impl BufRead) -> io::Result<u8> {
    let mut byte = [0];
    reader.read_exact(&mut byte)?;
    Ok(byte[0])
}

/// Reads the inside of a JSON string, its escapes resolved. Half a surrogate pair becomes U+FFFD.
pub(super) struct JsonString<R> {
    reader: R,
    /// What an escape stands for.
    ready: Vec<u8>,
    ended: bool,
}

impl<R: BufRead> Read for JsonString<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.ready.is_empty() && !self.ended && !out.is_empty() {
            let bytes = self.reader.fill_buf()?;
            let plain = bytes.iter().take(out.len()).take_while(|b| !matches!(b, b'"' | b'\\')).count();
            if plain > 0 {
                out[..plain].copy_from_slice(&bytes[..plain]);
                self.reader.consume(plain);
                return Ok(plain);
            }
            match byte(&mut self.reader)? {
                b'"' => self.ended = true,
                _ => self.escape()?,
            }
        }
        let length = self.ready.len().min(out.len());
        for (to, from) in out.iter_mut().zip(self.ready.drain(..length)) {
            *to = from;
        }
        Ok(length)
    }
}

impl<R: BufRead> JsonString<R> {
    /// Resolves the escape whose backslash has been read.
    fn escape(&mut self) -> io::Result<()> {
        let c = match byte(&mut self.reader)? {
            b'u' => {
                let unit = self.unit()?;
                return self.utf16(unit);
            }
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            other => char::from(other),
        };
        self.push(c);
        Ok(())
    }

    fn utf16(&mut self, unit: u16) -> io::Result<()> {
        let first = char::from_u32(u32::from(unit));
        if !(0xd800..0xdc00).contains(&unit) || self.reader.fill_buf()?.first() != Some(&b'\\') {
            self.push(first.unwrap_or(char::REPLACEMENT_CHARACTER));
            return Ok(());
        }
        byte(&mut self.reader)?;
        if self.reader.fill_buf()?.first() != Some(&b'u') {
            self.push(char::REPLACEMENT_CHARACTER);
            return self.escape();
        }
        byte(&mut self.reader)?;
        let second = self.unit()?;
        match char::decode_utf16([unit, second]).next() {
            Some(Ok(c)) => self.push(c),
            _ => {
                self.push(char::REPLACEMENT_CHARACTER);
                self.utf16(second)?;
            }
        }
        Ok(())
    }

    fn unit(&mut self) -> io::Result<u16> {
        let mut digits = [0; 4];
        self.reader.read_exact(&mut digits)?;
        let wrong = || io::Error::new(io::ErrorKind::InvalidData, "no hexadecimal digits behind \\u");
        str::from_utf8(&digits).ok().and_then(|d| u16::from_str_radix(d, 16).ok()).ok_or_else(wrong)
    }

    fn push(&mut self, c: char) {
        self.ready.extend(c.encode_utf8(&mut [0; 4]).bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads with buffers of every small size, so that every place is once at an edge.
    fn all_sizes(text: &[u8], read: impl Fn(io::BufReader<&[u8]>) -> String) -> String {
        let results: Vec<String> = (1..9).map(|size| read(io::BufReader::with_capacity(size, text))).collect();
        assert!(results.iter().all(|r| *r == results[0]), "{results:?}");
        results[0].clone()
    }

    fn decoded(reader: impl Read) -> String {
        let mut all = String::new();
        let mut text = Decoded::new(reader);
        loop {
            let ahead = text.ahead(1).expect("memory can be read");
            if ahead.is_empty() {
                return all;
            }
            let length = ahead.len();
            all.push_str(ahead);
            text.drop_first(length);
        }
    }

    #[test]
    fn a_string_inside_json_is_read_as_serde_reads_it() {
        let long = format!("{{\"text\": \"{}\"}}", "é𝒜\\n x".repeat(9000));
        for line in [
            r#"{"doc_id":"d","dct":null,"text":"a\n\"b\" \u00e9 \ud83d\ude00 \/ ende"}"#,
            r#" { "x" : {"text": "no", "l": ["text", ":", "{"]}, "te\u0078t" : "Mai\\", "doc_id": "text" } "#,
            r#"{"doc_id":"text","text":""}"#,
            &long,
        ] {
            let want: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let got = all_sizes(line.as_bytes(), |r| decoded(text_of(r).expect("read").expect("a string")));
            assert_eq!(got, want["text"].as_str().expect("a string"));
        }
        assert!(text_of(&br#"{"text": 5}"#[..]).expect("read").is_none());
        let halves = r#"{"text":"a\ud83d b\ud83d\n\ud83d\ud83d\ude00\ude00"}"#;
        let got = all_sizes(halves.as_bytes(), |r| decoded(text_of(r).expect("read").expect("a string")));
        assert_eq!(got, "a\u{fffd} b\u{fffd}\n\u{fffd}😀\u{fffd}");
    }

    #[test]
    fn bytes_are_decoded_as_if_all_were_there() {
        let mixed = b"ab\xffc\xc3\xa9 \xe2\x82 \xe2\x82\xac\xf0\x9f\x98\x80\xf0\x9f".repeat(5000);
        assert_eq!(all_sizes(&mixed, |mut r| decoded(&mut r)), String::from_utf8_lossy(&mixed));
    }

    #[test]
    fn a_line_laid_down_ends_with_the_line() {
        let mut reader = io::BufReader::with_capacity(3, &b"cdef\nnext\n"[..]);
        let mut line = String::new();
        lay_down(b"ab", &mut reader).and_then(|mut file| file.read_to_string(&mut line)).expect("a temporary file");
        let mut rest = String::new();
        reader.read_to_string(&mut rest).expect("memory can be read");
        assert_eq!((line.as_str(), rest.as_str()), ("abcdef", "next\n"));
    }
}
