//! How large what a card makes may be. Inputs come from outside, and a few cards in a row, or one with two long inputs,
//! could otherwise ask for more memory than there is.

use flow::CardError;

/// A text that a card makes, in bytes: 16 MB.
pub(crate) const MAX_TEXT: usize = 16 << 20;
/// A list that a card makes.
pub(crate) const MAX_ITEMS: usize = 1_000_000;

/// A text under construction that does not grow beyond [`MAX_TEXT`].
#[derive(Default)]
pub(crate) struct TextMaker(String);

impl TextMaker {
    /// Adds a part.
    pub(crate) fn push(&mut self, part: &str) -> Result<(), CardError> {
        if self.0.len() + part.len() > MAX_TEXT {
            return Err(too_long());
        }
        self.0.push_str(part);
        Ok(())
    }

    /// Returns the text.
    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// Refuses a text that is too long.
pub(crate) fn text_within(text: String) -> Result<String, CardError> {
    if text.len() > MAX_TEXT {
        Err(too_long())
    } else {
        Ok(text)
    }
}

/// Refuses a list that is too long, by its length.
pub(crate) fn items_within(count: usize) -> Result<(), CardError> {
    if count > MAX_ITEMS {
        return Err(CardError::new(
            "too_large",
            "The list would have more than 1,000,000 items. Work in smaller parts.",
        ));
    }
    Ok(())
}

fn too_long() -> CardError {
    CardError::new(
        "too_large",
        "The text would be longer than 16 MB. Work in smaller parts.",
    )
}
