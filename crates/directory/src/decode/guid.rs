//! objectGUID: 16 bytes, of which the first three numbers are little-endian (MS-DTYP, GUID).

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The identifier of an object of the directory. It never changes, so it is the key of an imported user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Guid([u8; 16]);

/// Bytes or text that are no objectGUID.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotAGuid {
    /// A number of bytes other than 16.
    #[error("An objectGUID has 16 bytes, not {0}.")]
    Length(usize),
    /// A text in none of the known forms.
    #[error(
        "This is no objectGUID: text with hyphens, 32 hexadecimal digits or base64 is expected."
    )]
    Text,
}

/// The places of the bytes in the text, in its order.
const ORDER: [usize; 16] = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

impl Guid {
    /// All zeros: no object has it.
    pub const NONE: Self = Self([0; 16]);

    /// Takes the 16 bytes of the attribute as they are in the directory.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotAGuid> {
        let known: Result<[u8; 16], _> = bytes.try_into();
        known.map(Self).map_err(|_| NotAGuid::Length(bytes.len()))
    }

    /// The bytes as the directory holds them.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The value for a search filter: every byte escaped, in the directory's order (RFC 4515).
    #[must_use]
    pub fn for_filter(&self) -> String {
        self.0.iter().map(|byte| format!("\\{byte:02x}")).collect()
    }
}

/// `018675b8-c6c8-4adb-8c51-b629d644f4b1`.
impl fmt::Display for Guid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, index) in ORDER.into_iter().enumerate() {
            if matches!(place, 4 | 6 | 8 | 10) {
                out.write_str("-")?;
            }
            let byte = self.0.get(index).copied().unwrap_or_default();
            write!(out, "{byte:02x}")?;
        }
        Ok(())
    }
}

/// Reads the text with hyphens (also in braces), or the directory's bytes as 32 hexadecimal digits or as base64.
impl FromStr for Guid {
    type Err = NotAGuid;

    fn from_str(text: &str) -> Result<Self, NotAGuid> {
        let text = text.trim();
        let bare = text
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'));
        let bare = bare.unwrap_or(text);
        if bare.len() == 36 {
            return from_text(bare).ok_or(NotAGuid::Text);
        }
        if bare.len() == 32 {
            return Self::from_bytes(&hexadecimal(bare).ok_or(NotAGuid::Text)?);
        }
        let bytes = base64::engine::general_purpose::STANDARD.decode(text);
        Self::from_bytes(&bytes.map_err(|_| NotAGuid::Text)?)
    }
}

fn from_text(text: &str) -> Option<Guid> {
    let is_hyphen = |place: usize| matches!(place, 8 | 13 | 18 | 23);
    let mut digits = String::with_capacity(32);
    for (place, letter) in text.chars().enumerate() {
        if is_hyphen(place) != (letter == '-') {
            return None;
        }
        if letter != '-' {
            digits.push(letter);
        }
    }
    let shown = hexadecimal(&digits)?;
    let mut bytes = [0; 16];
    for (byte, index) in shown.iter().zip(ORDER) {
        *bytes.get_mut(index)? = *byte;
    }
    (shown.len() == 16).then_some(Guid(bytes))
}

/// Pairs of hexadecimal digits as bytes.
pub(crate) fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || text.len() % 2 == 1 {
        return None;
    }
    let pairs = text.as_bytes().chunks_exact(2);
    let byte = |pair: &[u8]| {
        let text = std::str::from_utf8(pair).ok()?;
        text.bytes()
            .all(|digit| digit.is_ascii_hexdigit())
            .then_some(())?;
        u8::from_str_radix(text, 16).ok()
    };
    pairs.map(byte).collect()
}

impl From<Guid> for String {
    fn from(guid: Guid) -> Self {
        guid.to_string()
    }
}

impl TryFrom<String> for Guid {
    type Error = NotAGuid;

    fn try_from(text: String) -> Result<Self, NotAGuid> {
        text.parse()
    }
}
