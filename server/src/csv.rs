//! CSV (RFC 4180) piece by piece: neither a file nor a table is ever in memory as a whole.

mod decode;
mod read;
mod write;

pub(crate) use decode::Decoded;
pub(crate) use read::{Lines, Record};
pub(crate) use write::write_line;

/// Reads what people write for the character between fields.
pub(crate) fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        "tab" | "\\t" | "\t" => Ok(b'\t'),
        text => match text.as_bytes() {
            [one] if one.is_ascii_punctuation() && *one != b'"' || *one == b' ' => Ok(*one),
            _ => Err(format!(
                "«{text}» cannot stand between fields. Use one character: a comma, a semicolon or tab."
            )),
        },
    }
}
