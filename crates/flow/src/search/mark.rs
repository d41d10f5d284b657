//! What of a text matched.

use serde::{Deserialize, Serialize};

/// A part of a text that matched: bytes of the text from `from` up to `to`, on the borders of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// The first byte.
    pub from: usize,
    /// The byte behind the last one.
    pub to: usize,
}

impl Mark {
    /// Tells whether several words were found, each behind the one before it.
    pub(super) fn follow(marks: &[Self], words: usize) -> bool {
        words > 1
            && marks.len() == words
            && marks.is_sorted_by(|before, next| before.to <= next.from)
    }

    /// Returns marks in order, those that touch as one.
    pub fn joined(mut marks: Vec<Self>) -> Vec<Self> {
        marks.sort_unstable();
        let mut joined: Vec<Self> = Vec::with_capacity(marks.len());
        for mark in marks.into_iter().filter(|mark| mark.from < mark.to) {
            match joined.last_mut() {
                Some(last) if mark.from <= last.to => last.to = last.to.max(mark.to),
                _ => joined.push(mark),
            }
        }
        joined
    }

    /// Cuts `text` into its parts, each with whether it is marked. Marks that do not fit the text are left out.
    pub fn parts<'a>(text: &'a str, marks: &[Self]) -> Vec<(&'a str, bool)> {
        let mut parts = Vec::with_capacity(marks.len() * 2 + 1);
        let mut at = 0;
        for mark in marks {
            let (Some(before), Some(inside)) =
                (text.get(at..mark.from), text.get(mark.from..mark.to))
            else {
                continue;
            };
            parts.push((before, false));
            parts.push((inside, true));
            at = mark.to;
        }
        parts.push((text.get(at..).unwrap_or_default(), false));
        parts.retain(|(part, _)| !part.is_empty());
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_marks() {
        let marks = Mark::joined(vec![
            Mark { from: 5, to: 9 },
            Mark { from: 0, to: 2 },
            Mark { from: 2, to: 3 },
        ]);
        assert_eq!(
            Mark::parts("Read User", &marks),
            [("Rea", true), ("d ", false), ("User", true)]
        );
        let outside = [Mark { from: 3, to: 99 }];
        assert_eq!(Mark::parts("Read", &outside), [("Read", false)]);
    }
}
