//! Reads the text of a distinguished name, byte by byte.

use super::{NotAName, Part};

/// Reads all parts.
pub(super) fn read(text: &str) -> Result<Vec<Part>, NotAName> {
    let mut reader = Reader {
        bytes: text.as_bytes(),
        at: 0,
    };
    let mut parts = Vec::new();
    reader.spaces();
    if reader.peek().is_none() {
        return Ok(parts);
    }
    loop {
        parts.push(reader.part()?);
        match reader.next() {
            None => return Ok(parts),
            Some(b',' | b';') => reader.spaces(),
            Some(_) => return Err(reader.wrong("a comma is missing")),
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek();
        self.at += usize::from(byte.is_some());
        byte
    }

    fn spaces(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    fn wrong(&self, what: &'static str) -> NotAName {
        NotAName::At { at: self.at, what }
    }

    fn part(&mut self) -> Result<Part, NotAName> {
        let mut pairs = Vec::new();
        loop {
            self.spaces();
            let attribute = self.attribute()?;
            self.spaces();
            if self.next() != Some(b'=') {
                return Err(self.wrong("an equals sign is missing"));
            }
            self.spaces();
            pairs.push((attribute, self.value()?));
            self.spaces();
            if self.peek() != Some(b'+') {
                return Ok(Part { pairs });
            }
            self.at += 1;
        }
    }

    /// A short name (`CN`) or numbers with dots (`2.5.4.3`).
    fn attribute(&mut self) -> Result<String, NotAName> {
        let mut name = String::new();
        while let Some(byte) = self.peek() {
            if !(byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.') {
                break;
            }
            name.push(char::from(byte));
            self.at += 1;
        }
        if name.is_empty() {
            return Err(self.wrong("the name of an attribute is missing"));
        }
        Ok(name)
    }

    fn value(&mut self) -> Result<String, NotAName> {
        let is_quoted = self.peek() == Some(b'"');
        let bytes = if is_quoted {
            self.at += 1;
            self.quoted()?
        } else {
            self.plain()?
        };
        String::from_utf8(bytes).map_err(|_| self.wrong("bytes that are no UTF-8 end"))
    }

    /// Up to the next separator; spaces at the end belong to it only where they are escaped.
    fn plain(&mut self) -> Result<Vec<u8>, NotAName> {
        let mut value = Vec::new();
        let mut kept = 0;
        while let Some(byte) = self.peek() {
            match byte {
                b',' | b';' | b'+' => break,
                b'"' | b'<' | b'>' => return Err(self.wrong("an escape is missing")),
                b'\\' => {
                    value.push(self.escape()?);
                    kept = value.len();
                }
                _ => {
                    value.push(byte);
                    self.at += 1;
                    if byte != b' ' {
                        kept = value.len();
                    }
                }
            }
        }
        value.truncate(kept);
        Ok(value)
    }

    /// RFC 2253 still allowed quotes.
    fn quoted(&mut self) -> Result<Vec<u8>, NotAName> {
        let mut value = Vec::new();
        loop {
            match self.peek() {
                None => return Err(self.wrong("the closing quote is missing")),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(value);
                }
                Some(b'\\') => value.push(self.escape()?),
                Some(byte) => {
                    value.push(byte);
                    self.at += 1;
                }
            }
        }
    }

    /// A backslash with two hexadecimal digits, or with the character that it protects.
    fn escape(&mut self) -> Result<u8, NotAName> {
        self.at += 1;
        let first = self
            .next()
            .ok_or_else(|| self.wrong("an escape ends early"))?;
        if let Some(high) = digit(first) {
            let low = self.next().and_then(digit);
            let low = low.ok_or_else(|| self.wrong("two hexadecimal digits are expected"))?;
            return Ok(high << 4 | low);
        }
        if b" \"#+,;<=>\\/".contains(&first) {
            return Ok(first);
        }
        Err(self.wrong("this needs no escape"))
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}
