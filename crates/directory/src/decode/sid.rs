//! objectSid: a revision, a big-endian authority, and up to 15 little-endian numbers (MS-DTYP, SID).

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::guid::hexadecimal;

/// The most numbers after the authority.
const MAX_PARTS: usize = 15;

/// A security identifier: `S-1-5-21-3651439817-3830778075-3639916501-1102`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Sid {
    authority: u64,
    parts: Vec<u32>,
}

/// Bytes or text that are no security identifier.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotASid {
    /// The bytes end too early, or more follow than the identifier says.
    #[error("A security identifier with {parts} numbers has {} bytes, not {bytes}.", 8 + 4 * parts)]
    Length {
        /// How many numbers it says that it has.
        parts: usize,
        /// How many bytes there are.
        bytes: usize,
    },
    /// A revision other than 1, or more than 15 numbers.
    #[error("This is no security identifier of revision 1 with at most 15 numbers.")]
    Form,
    /// A text in none of the known forms.
    #[error("This is no security identifier: S-1-…, hexadecimal digits or base64 is expected.")]
    Text,
}

impl Sid {
    /// Takes the bytes of the attribute as they are in the directory.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotASid> {
        let [revision, count, rest @ ..] = bytes else {
            return Err(NotASid::Length {
                parts: 0,
                bytes: bytes.len(),
            });
        };
        let parts = usize::from(*count);
        if *revision != 1 || parts > MAX_PARTS {
            return Err(NotASid::Form);
        }
        let wrong_length = NotASid::Length {
            parts,
            bytes: bytes.len(),
        };
        let Some((authority, numbers)) = rest.split_at_checked(6) else {
            return Err(wrong_length);
        };
        if numbers.len() != 4 * parts {
            return Err(wrong_length);
        }
        let authority = authority
            .iter()
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        let number = |bytes: &[u8]| {
            bytes
                .iter()
                .rev()
                .fold(0, |sum, byte| sum << 8 | u32::from(*byte))
        };
        Ok(Self {
            authority,
            parts: numbers.chunks_exact(4).map(number).collect(),
        })
    }

    /// The bytes as the directory holds them.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![1, u8::try_from(self.parts.len()).unwrap_or_default()];
        bytes.extend(self.authority.to_be_bytes().iter().skip(2));
        bytes.extend(self.parts.iter().flat_map(|part| part.to_le_bytes()));
        bytes
    }

    /// The last number, which tells objects of one domain apart.
    #[must_use]
    pub fn relative_id(&self) -> Option<u32> {
        self.parts.last().copied()
    }

    /// The identifier of the group with this number in the same domain, as `primaryGroupID` names it.
    #[must_use]
    pub fn sibling(&self, relative_id: u32) -> Self {
        let mut parts = self.parts.clone();
        parts.pop();
        parts.push(relative_id);
        Self {
            authority: self.authority,
            parts,
        }
    }
}

impl fmt::Display for Sid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // MS-DTYP 2.4.2.1: an authority of more than 32 bits is written in hexadecimal digits.
        if self.authority > u64::from(u32::MAX) {
            write!(out, "S-1-{:#014x}", self.authority)?;
        } else {
            write!(out, "S-1-{}", self.authority)?;
        }
        self.parts
            .iter()
            .try_for_each(|part| write!(out, "-{part}"))
    }
}

/// Reads `S-1-…`, or the directory's bytes as hexadecimal digits or as base64.
impl FromStr for Sid {
    type Err = NotASid;

    fn from_str(text: &str) -> Result<Self, NotASid> {
        let text = text.trim();
        if text.starts_with("S-") || text.starts_with("s-") {
            return from_text(text).ok_or(NotASid::Text);
        }
        if let Some(bytes) = hexadecimal(text) {
            // Base64 may consist of hexadecimal digits alone.
            if let Ok(sid) = Self::from_bytes(&bytes) {
                return Ok(sid);
            }
        }
        let bytes = base64::engine::general_purpose::STANDARD.decode(text);
        Self::from_bytes(&bytes.map_err(|_| NotASid::Text)?)
    }
}

fn from_text(text: &str) -> Option<Sid> {
    let mut pieces = text.split('-').skip(1);
    if pieces.next()? != "1" {
        return None;
    }
    let authority = pieces.next()?;
    let authority = match authority.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok()?,
        None => number(authority)?,
    };
    let parts: Option<Vec<u32>> = pieces.map(number).collect();
    let parts = parts.filter(|parts| parts.len() <= MAX_PARTS)?;
    (authority < 1 << 48).then_some(Sid { authority, parts })
}

fn number<N: FromStr>(text: &str) -> Option<N> {
    let is_plain = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    is_plain.then(|| text.parse().ok()).flatten()
}

impl From<Sid> for String {
    fn from(sid: Sid) -> Self {
        sid.to_string()
    }
}

impl TryFrom<String> for Sid {
    type Error = NotASid;

    fn try_from(text: String) -> Result<Self, NotASid> {
        text.parse()
    }
}
