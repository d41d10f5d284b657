//! A text that is looked for as it stands, in values and notes.

use super::{Folded, Mark};

/// Longer texts are not looked for.
const MOST_LETTERS: usize = 200;

/// A text that is looked for as it stands, but for the form of its letters and the kind and number of spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    chars: Vec<char>,
}

impl Phrase {
    /// Reads what was typed.
    pub fn new(text: &str) -> Self {
        let short: String = text.trim().chars().take(MOST_LETTERS).collect();
        let mut chars = Folded::of(&short).chars;
        chars.dedup_by(|next, before| *next == ' ' && *before == ' ');
        Self { chars }
    }

    /// Tells whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Returns the text in the form in which it is compared.
    pub fn folded(&self) -> String {
        self.chars.iter().collect()
    }

    /// Returns all places of a text that match; they do not overlap.
    pub fn marks(&self, text: &str) -> Vec<Mark> {
        // Folding costs; most texts have too few letters or none of it.
        if self.is_empty() || text.is_empty() {
            return Vec::new();
        }
        self.marks_in(&Folded::of(text))
    }

    fn marks_in(&self, text: &Folded) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut at = 0;
        while at < text.chars.len() {
            match self.length_at(text, at) {
                Some(length) => {
                    marks.extend(text.mark(at, at + length));
                    at += length;
                }
                None => at += 1,
            }
        }
        marks
    }

    /// How many letters of the text match from here on; a space stands for any number of them.
    fn length_at(&self, text: &Folded, at: usize) -> Option<usize> {
        let mut length = 0;
        for letter in &self.chars {
            if text.chars.get(at + length) != Some(letter) {
                return None;
            }
            length += 1;
            while *letter == ' ' && text.chars.get(at + length) == Some(&' ') {
                length += 1;
            }
        }
        Some(length)
    }
}

/// Returns a text as it is kept for searching in many: folded, with single spaces.
pub(super) fn kept(text: &str) -> String {
    let mut chars = Folded::of(text).chars;
    chars.dedup_by(|next, before| *next == ' ' && *before == ' ');
    chars.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(typed: &str, text: &str, expected: &[&str]) {
        let marks = Phrase::new(typed).marks(text);
        let found: Vec<&str> = marks
            .iter()
            .map(|mark| text.get(mark.from..mark.to).unwrap())
            .collect();
        assert_eq!(found, expected, "{typed} in {text}");
    }

    #[test]
    fn a_text_is_found_wherever_it_stands() {
        finds("Acme", "acme and ACME", &["acme", "ACME"]);
        finds(
            "ﾕｰｻﾞｰ",
            "新しいユーザーとゆーざー",
            &["ユーザー", "ゆーざー"],
        );
        finds("a  b", "a b, a\n  b", &["a b", "a\n  b"]);
        finds("aa", "aaaa", &["aa", "aa"]);
        finds("x@y.z", "mail x@y.z.", &["x@y.z"]);
        finds("", "anything", &[]);
        finds("ーー", "anything", &[]);
        finds("long text", "long", &[]);
    }
}
