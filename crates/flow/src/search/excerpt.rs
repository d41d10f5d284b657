//! A part of a long text around what was found.

use super::Mark;

/// So many letters are shown before the first mark of a long text.
const BEFORE: usize = 36;
/// And so many in all.
const LENGTH: usize = 160;

/// Returns a part of `text` around its first mark, on one line, with its marks.
pub fn excerpt(text: &str, marks: &[Mark]) -> (String, Vec<Mark>) {
    let first = marks.first().map_or(0, |mark| mark.from);
    let before = text.get(..first).unwrap_or_default();
    let start = if before.chars().count() <= BEFORE {
        0
    } else {
        let back = before.char_indices().rev().nth(BEFORE - 1);
        back.map_or(0, |(at, _)| at)
    };
    let rest = text.get(start..).unwrap_or_default();
    let end = rest
        .char_indices()
        .nth(LENGTH)
        .map_or(text.len(), |(at, _)| start + at);
    let mut part = String::new();
    if start > 0 {
        part.push('…');
    }
    let shift = part.len();
    let inside = text.get(start..end).unwrap_or_default();
    // Blanks have the length of what they stand for, so that the marks fit.
    part.extend(inside.chars().map(|letter| match letter {
        '\n' | '\r' | '\t' => ' ',
        letter => letter,
    }));
    if end < text.len() {
        part.push('…');
    }
    let marks = marks
        .iter()
        .filter(|mark| mark.from >= start && mark.to <= end)
        .map(|mark| Mark {
            from: mark.from - start + shift,
            to: mark.to - start + shift,
        })
        .collect();
    (part, marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Phrase;

    #[test]
    fn what_was_found_is_in_sight() {
        let long = format!("{}ここ\nです{}", "あ".repeat(100), "い".repeat(300));
        let marks = Phrase::new("ここ です").marks(&long);
        let (part, marks) = excerpt(&long, &marks);
        assert!(part.starts_with("…あ") && part.ends_with("い…"), "{part}");
        assert_eq!(part.chars().count(), LENGTH + 2);
        let found: Vec<&str> = Mark::parts(&part, &marks)
            .into_iter()
            .filter_map(|(text, is_marked)| is_marked.then_some(text))
            .collect();
        assert_eq!(found, ["ここ です"]);
        assert_eq!(excerpt("short", &[]), ("short".to_owned(), vec![]));
    }
}
