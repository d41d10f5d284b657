//! Distinguished names (RFC 4514): `CN=Smith\, John,OU=Staff,DC=corp,DC=example`. Names are compared by their parsed parts and
//! without regard to capitals, never as text; whether an object is in an organizational unit is a question about parts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

mod reading;

/// The most bytes of a name.
pub const MAX_LENGTH: usize = 16 * 1024;

/// A distinguished name, taken apart. The first part is the object itself, the last the top of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Name {
    parts: Vec<Part>,
}

/// One step of a name: one attribute and value, or several joined with `+`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pairs: Vec<(String, String)>,
}

/// Text that is no distinguished name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotAName {
    /// More than [`MAX_LENGTH`] bytes.
    #[error("A distinguished name has at most {MAX_LENGTH} bytes.")]
    TooLong,
    /// Something else is wrong at this byte.
    #[error("This is no distinguished name: {what} at byte {at}.")]
    At {
        /// The byte, counted from 0.
        at: usize,
        /// What is missing or wrong there.
        what: &'static str,
    },
}

impl Name {
    /// The parts from the object to the top.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether the object is `base` or somewhere below it.
    #[must_use]
    pub fn is_within(&self, base: &Self) -> bool {
        let above = self.parts.len().checked_sub(base.parts.len());
        let tail = above.and_then(|above| self.parts.get(above..));
        tail.is_some_and(|tail| {
            tail.iter()
                .zip(&base.parts)
                .all(|(part, other)| part.is_same(other))
        })
    }

    /// Whether both name the same object.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.parts.len() == other.parts.len() && self.is_within(other)
    }

    /// The name of what contains the object; `None` at the top.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (_, above) = self.parts.split_first()?;
        (!above.is_empty()).then(|| Self {
            parts: above.to_vec(),
        })
    }

    /// The DNS name of the domain: its `DC` parts with dots. `None` where the name does not end with one.
    #[must_use]
    pub fn domain(&self) -> Option<String> {
        let labels: Vec<&str> = self
            .parts
            .iter()
            .rev()
            .map_while(Part::domain_label)
            .collect();
        let labels: Vec<String> = labels.into_iter().rev().map(str::to_lowercase).collect();
        (!labels.is_empty()).then(|| labels.join("."))
    }

    /// A text that is equal for equal names.
    #[must_use]
    pub fn key(&self) -> String {
        let parts: Vec<String> = self.parts.iter().map(Part::key).collect();
        parts.join(",")
    }
}

impl Part {
    /// The attributes and values of this step; most have one.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    fn is_same(&self, other: &Self) -> bool {
        self.pairs.len() == other.pairs.len() && self.key() == other.key()
    }

    fn domain_label(&self) -> Option<&str> {
        match self.pairs.as_slice() {
            [(attribute, value)] if attribute.eq_ignore_ascii_case("DC") => Some(value),
            _ => None,
        }
    }

    /// Pairs in one order, without capitals.
    fn key(&self) -> String {
        let pair = |(attribute, value): &(String, String)| {
            format!(
                "{}={}",
                attribute.to_lowercase(),
                escaped(&value.to_lowercase())
            )
        };
        let mut pairs: Vec<String> = self.pairs.iter().map(pair).collect();
        pairs.sort();
        pairs.join("+")
    }
}

/// Writes the name with the escapes that RFC 4514 asks for.
impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                out.write_str(",")?;
            }
            for (index, (attribute, value)) in part.pairs.iter().enumerate() {
                let plus = if index > 0 { "+" } else { "" };
                write!(out, "{plus}{attribute}={}", escaped(value))?;
            }
        }
        Ok(())
    }
}

/// Reads a name; the empty text is the root of the tree.
impl FromStr for Name {
    type Err = NotAName;

    fn from_str(text: &str) -> Result<Self, NotAName> {
        if text.len() > MAX_LENGTH {
            return Err(NotAName::TooLong);
        }
        reading::read(text).map(|parts| Self { parts })
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.to_string()
    }
}

impl TryFrom<String> for Name {
    type Error = NotAName;

    fn try_from(text: String) -> Result<Self, NotAName> {
        text.parse()
    }
}

/// A value as it stands in a name.
#[must_use]
pub fn escaped(value: &str) -> String {
    let last = value.chars().count().saturating_sub(1);
    let mut text = String::with_capacity(value.len());
    for (place, letter) in value.chars().enumerate() {
        match letter {
            ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=' => text.extend(['\\', letter]),
            '#' if place == 0 => text.push_str("\\#"),
            ' ' if place == 0 || place == last => text.push_str("\\ "),
            letter if letter.is_ascii_control() => {
                text.push_str(&format!("\\{:02X}", u32::from(letter)));
            }
            letter => text.push(letter),
        }
    }
    text
}

/// Those of the units that are not inside another one of them: one search in each finds everything once.
#[must_use]
pub fn outermost(units: &[Name]) -> Vec<Name> {
    let mut kept: Vec<Name> = Vec::new();
    for unit in units {
        if kept.iter().any(|other| unit.is_within(other)) {
            continue;
        }
        kept.retain(|other| !other.is_within(unit));
        kept.push(unit.clone());
    }
    kept
}
