//! Bytes of a file as text, in the encoding that its byte order mark or the caller names. Excel writes Shift_JIS where
//! Japanese is the language of the system.

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

/// A decoder that refuses what is not text in its encoding.
pub(crate) struct Decoded {
    decoder: Decoder,
}

impl Decoded {
    /// Returns a decoder for an encoding by its label (<https://encoding.spec.whatwg.org/#names-and-labels>).
    pub(crate) fn new(label: Option<&str>) -> Result<Self, String> {
        let encoding = match label {
            None | Some("") => UTF_8,
            Some(label) => Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                format!("The encoding «{label}» is not known. Use utf-8 or shift_jis.")
            })?,
        };
        Ok(Self {
            decoder: encoding.new_decoder(),
        })
    }

    /// Returns the text of the next bytes.
    pub(crate) fn push(&mut self, mut bytes: &[u8], is_last: bool) -> Result<String, String> {
        let mut text = String::with_capacity(bytes.len() + 16);
        loop {
            text.reserve(
                self.decoder
                    .max_utf8_buffer_length_without_replacement(bytes.len())
                    .unwrap_or(bytes.len()),
            );
            let (result, read) = self
                .decoder
                .decode_to_string_without_replacement(bytes, &mut text, is_last);
            bytes = bytes.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return Ok(text),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    return Err(format!(
                        "The file is not text in {}. Save it as UTF-8, or name its encoding, for instance shift_jis.",
                        self.decoder.encoding().name()
                    ));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Decoded;

    #[test]
    fn a_mark_at_the_beginning_decides_and_pieces_may_end_anywhere() {
        let mut utf8 = Decoded::new(None).unwrap();
        let bytes = "\u{feff}名前".as_bytes();
        let text: String = bytes
            .chunks(1)
            .map(|byte| utf8.push(byte, false).unwrap())
            .collect();
        assert_eq!(text, "名前");
        let mut wide = Decoded::new(None).unwrap();
        assert_eq!(wide.push(&[0xff, 0xfe, 0x0d, 0x54], true).unwrap(), "名");
        let mut shift_jis = Decoded::new(Some("shift_jis")).unwrap();
        assert_eq!(
            shift_jis.push(&[0x96, 0xbc, 0x91, 0x4f], true).unwrap(),
            "名前"
        );
    }

    #[test]
    fn what_is_not_text_is_refused() {
        let mut utf8 = Decoded::new(None).unwrap();
        assert!(
            utf8.push(&[0x96, 0xbc, 0x91, 0x4f], true)
                .unwrap_err()
                .contains("shift_jis")
        );
        assert!(Decoded::new(Some("klingon")).is_err());
        let mut cut = Decoded::new(None).unwrap();
        assert!(cut.push(&[0xe5, 0x90], true).is_err());
    }
}
