//! The part of Markdown that notes use: headings, lists, bold, italics, code and links. Everything becomes a tree of
//! known nodes, never HTML, so that no note can bring markup of its own.

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List(Vec<Vec<Inline>>),
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain.
    Text(String),
    /// Bold.
    Strong(String),
    /// Emphasized.
    Emphasis(String),
    /// Code.
    Code(String),
    /// A link; only to `http`, `https` and `mailto`.
    Link {
        /// What is shown.
        text: String,
        /// Where to.
        url: String,
    },
}

/// So much of a note is read, in bytes; what follows is left out.
const LONGEST: usize = 20_000;
/// A mark is closed within this many bytes, or it is none.
const NEAR: usize = 1_000;

/// Reads a note.
pub fn blocks(text: &str) -> Vec<Block> {
    let text = text
        .get(..text.floor_char_boundary(LONGEST))
        .unwrap_or_default();
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    let mut items = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(item) = list_item(line) {
            end_paragraph(&mut paragraph, &mut blocks);
            items.push(inlines(item));
            continue;
        }
        if !items.is_empty() {
            blocks.push(Block::List(std::mem::take(&mut items)));
        }
        if line.is_empty() {
            end_paragraph(&mut paragraph, &mut blocks);
        } else if line.starts_with('#') {
            end_paragraph(&mut paragraph, &mut blocks);
            blocks.push(Block::Heading(inlines(line.trim_start_matches('#').trim())));
        } else {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line);
        }
    }
    end_paragraph(&mut paragraph, &mut blocks);
    if !items.is_empty() {
        blocks.push(Block::List(items));
    }
    blocks
}

fn list_item(line: &str) -> Option<&str> {
    if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return Some(item);
    }
    let (number, item) = line.split_once(". ")?;
    let is_number =
        !number.is_empty() && number.len() < 4 && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(item)
}

fn end_paragraph(paragraph: &mut String, blocks: &mut Vec<Block>) {
    if !paragraph.is_empty() {
        blocks.push(Block::Paragraph(inlines(paragraph)));
        paragraph.clear();
    }
}

fn inlines(line: &str) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut plain = String::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let taken = enclosed(rest, "**")
            .map(|(inner, after)| (Inline::Strong(inner), after))
            .or_else(|| enclosed(rest, "`").map(|(inner, after)| (Inline::Code(inner), after)))
            .or_else(|| enclosed(rest, "*").map(|(inner, after)| (Inline::Emphasis(inner), after)))
            .or_else(|| link(rest));
        if let Some((inline, after)) = taken {
            if !plain.is_empty() {
                found.push(Inline::Text(std::mem::take(&mut plain)));
            }
            found.push(inline);
            rest = after;
        } else {
            plain.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    if !plain.is_empty() {
        found.push(Inline::Text(plain));
    }
    found
}

fn enclosed<'a>(text: &'a str, mark: &str) -> Option<(String, &'a str)> {
    let (inner, after) = split_near(text.strip_prefix(mark)?, mark)?;
    let is_meant = !inner.is_empty() && !inner.starts_with(' ') && !inner.ends_with(' ');
    is_meant.then(|| (inner.to_owned(), after))
}

/// Splits at the first `mark`, if it comes soon: a text full of open marks takes no time.
fn split_near<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let near = text.get(..text.floor_char_boundary(NEAR))?;
    let at = near.find(mark)?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

fn link(text: &str) -> Option<(Inline, &str)> {
    let (label, after) = split_near(text.strip_prefix('[')?, "](")?;
    let (url, after) = split_near(after, ")")?;
    let is_safe = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| url.starts_with(scheme));
    (is_safe && !label.contains(']')).then(|| {
        let link = Inline::Link {
            text: label.to_owned(),
            url: url.to_owned(),
        };
        (link, after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    #[test]
    fn blocks_and_marks_are_read() {
        let read = blocks(
            "# Why\nNever join **prod-admins**,\nsee `SEC-412`.\n\n- one\n- *two*\n1. three",
        );
        assert_eq!(
            read,
            [
                Block::Heading(vec![text("Why")]),
                Block::Paragraph(vec![
                    text("Never join "),
                    Inline::Strong("prod-admins".into()),
                    text(", see "),
                    Inline::Code("SEC-412".into()),
                    text("."),
                ]),
                Block::List(vec![
                    vec![text("one")],
                    vec![Inline::Emphasis("two".into())],
                    vec![text("three")],
                ]),
            ]
        );
    }

    #[test]
    fn a_text_full_of_open_marks_is_read_at_once_and_a_long_one_is_cut() {
        for piece in ["*", "**a ", "[x](", "`"] {
            let read = blocks(&piece.repeat(50_000));
            assert_eq!(read.len(), 1);
        }
        let [Block::Paragraph(line)] = &blocks(&"あ".repeat(30_000))[..] else {
            panic!("one paragraph");
        };
        assert_eq!(line, &[text(&"あ".repeat(LONGEST / 3))]);
    }

    #[test]
    fn only_safe_links_are_links_and_markup_stays_text() {
        let safe = blocks("[help](https://example.com/a)");
        assert!(
            matches!(&safe[..], [Block::Paragraph(line)] if matches!(line[0], Inline::Link { .. }))
        );
        for unsafe_text in [
            "[x](javascript:alert(1))",
            "<b onclick=x>hi</b>",
            "2 * 3 * 4",
            "**",
        ] {
            let read = blocks(unsafe_text);
            let [Block::Paragraph(line)] = &read[..] else {
                panic!("{unsafe_text}");
            };
            assert_eq!(line, &[text(unsafe_text)], "{unsafe_text}");
        }
    }
}
