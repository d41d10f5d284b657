//! The sizes of things on the canvas. Heights follow from the document, nothing is measured on the screen, so that
//! server, browser and tests agree and a scroll never jumps.

use super::geometry::Size;
use super::template::holds_text;
use flow::{Binding, Input, Note, OutputRef, Part, Step};
use serde_json::Value as Json;

/// Width of a card.
pub const CARD: f64 = 256.0;
/// Room between two cards in a row.
pub const GAP: f64 = 40.0;
/// Height of a card's header; the spine runs through its middle.
pub const HEADER: f64 = 52.0;
/// Distance of the spine from the upper edge of a row.
pub const SPINE: f64 = HEADER / 2.0;
/// Height of the connection line.
pub const CHIP: f64 = 34.0;
/// Height of a labelled field with one line.
pub const FIELD: f64 = 50.0;
/// Height of the box in a field with one line.
pub const BOX: f64 = 28.0;
/// What each further line of text adds.
pub const LINE: f64 = 24.0;
/// A box grows up to this many lines, then it scrolls.
pub const MAX_LINES: usize = 4;
/// Height of an output row.
pub const OUTPUT: f64 = 26.0;
/// Height of a card's foot.
pub const FOOT: f64 = 32.0;
/// Height of "n more" and "Add field".
pub const MORE: f64 = 30.0;
/// Height of the summary of a folded card.
pub const SUMMARY: f64 = 28.0;
/// Room between the frame of a container and its lanes.
pub const FRAME: f64 = 16.0;
/// Room inside a lane and between lanes.
pub const LANE: f64 = 12.0;
/// Height of a lane's heading, and of a folded lane.
pub const LANE_HEAD: f64 = 34.0;
/// Height of a line with a condition.
pub const CONDITION: f64 = 52.0;
/// Width of "+ Add card" at the end of a row, with its distance.
pub const ADD: f64 = 116.0;
/// The narrowest row in a lane: one card and what adds the next.
pub const ROW: f64 = CARD + ADD;
/// Room above a note that hangs under a card.
pub const NOTE_GAP: f64 = 24.0;
/// Room for the error under a failed card.
pub const ERROR: f64 = 24.0;
/// Input fields and outputs that are shown before "n more".
pub const SHOWN: usize = 8;

/// Returns about how wide a text of 12 px is.
pub fn text_width(text: &str) -> f64 {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> f64 {
    match c {
        'i' | 'l' | 'j' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 3.2,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' => 4.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 10.0,
        'A'..='Z' | '0'..='9' => 7.8,
        c if u32::from(c) >= 0x2e80 => 12.2,
        _ => 6.8,
    }
}

/// Returns how many lines of `width` the text fills when it is broken at spaces, and inside words where it must be.
pub fn lines(text: &str, width: f64) -> usize {
    text.split('\n')
        .map(|line| {
            let words = line.split_inclusive(' ').map(text_width);
            wrapped(words, width)
        })
        .sum::<usize>()
        .max(1)
}

fn wrapped(words: impl Iterator<Item = f64>, width: f64) -> usize {
    let mut count = 1;
    let mut filled = 0.0;
    for word in words {
        if filled > 0.0 && filled + word > width {
            count += 1;
            filled = 0.0;
        }
        filled += word;
        while filled > width {
            count += 1;
            filled -= width;
        }
    }
    count
}

/// Returns how many lines the box of this input shows, from 1 to [`MAX_LINES`]. `label` names the value of a pill.
pub fn box_lines(input: &Input, width: f64, label: &dyn Fn(&OutputRef) -> String) -> usize {
    let room = width - 16.0;
    let count = match &input.binding {
        Binding::Constant {
            value: Json::String(text),
        } if holds_text(input) => lines(text, room),
        Binding::Template { parts } => template_lines(parts, room, label),
        _ => 1,
    };
    count.min(MAX_LINES)
}

fn template_lines(parts: &[Part], room: f64, label: &dyn Fn(&OutputRef) -> String) -> usize {
    let mut count = 1;
    let mut words = Vec::new();
    for part in parts {
        match part {
            Part::Text { text } => {
                let mut first = true;
                for line in text.split('\n') {
                    if !first {
                        count += wrapped(words.drain(..), room);
                    }
                    first = false;
                    words.extend(line.split_inclusive(' ').map(text_width));
                }
            }
            Part::Value { binding, .. } => words.push(pill_width(binding, label).min(room)),
        }
    }
    count + wrapped(words.drain(..), room) - 1
}

fn pill_width(binding: &Binding, label: &dyn Fn(&OutputRef) -> String) -> f64 {
    match binding {
        Binding::Output { source, .. } => 38.0 + text_width(&label(source)),
        Binding::Constant { value } => 14.0 + text_width(&value.to_string()),
        _ => 40.0,
    }
}

/// Returns what an output is called where there is no catalogue: its label and the path into it.
pub fn plain_label(step: Option<&Step>, source: &OutputRef) -> String {
    let field = step
        .and_then(|step| step.output(&source.field))
        .map_or(source.field.key.as_str(), |output| output.label.as_str());
    let mut label = field.to_owned();
    for key in &source.path {
        label.push_str(" › ");
        label.push_str(key);
    }
    label
}

/// A note is at least this high.
pub const NOTE_LOW: f64 = 64.0;
/// A note grows up to this height by itself, and up to twice as much by hand.
pub const NOTE_HIGH: f64 = 420.0;
/// Containers from this nesting on show their lanes as views of their own, so that a frame never hides in frames.
pub const DEEP: usize = 4;

/// Returns the size of a note that is not folded.
pub fn note_size(note: &Note) -> Size {
    let w = if note.wide { CARD * 2.0 + GAP } else { CARD };
    let h = match note.height {
        Some(height) => f64::from(height).clamp(NOTE_LOW, NOTE_HIGH * 2.0),
        None => text_height(note, w - 40.0).clamp(NOTE_LOW, NOTE_HIGH),
    };
    Size { w, h }
}

fn text_height(note: &Note, width: f64) -> f64 {
    const HEADING: f64 = 28.0;
    const LINE_HEIGHT: f64 = 19.0;
    let body: f64 = note
        .text
        .split('\n')
        .take(200)
        .map(|line| {
            #[expect(clippy::cast_precision_loss, reason = "a note has few lines")]
            let count = lines(line.trim_start_matches(['#', '-', '*', ' ']), width) as f64;
            if line.trim().is_empty() {
                8.0
            } else {
                count * LINE_HEIGHT
            }
        })
        .sum();
    HEADING + body + 28.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use flow::{Base, FieldKey, Type};

    fn label(_: &OutputRef) -> String {
        "Display Name".into()
    }

    fn text_input(binding: Binding) -> Input {
        Input {
            binding,
            ..Input::new(FieldKey::plain("text"), Type::one(Base::Text))
        }
    }

    fn pill() -> Part {
        Part::Value {
            name: "v".into(),
            binding: Box::new(Binding::output(OutputRef {
                step: "a".into(),
                field: FieldKey::plain("x"),
                path: vec![],
            })),
        }
    }

    #[test]
    fn a_box_grows_with_its_text_up_to_four_lines() {
        let count = |binding| box_lines(&text_input(binding), 232.0, &label);
        assert_eq!(count(Binding::Empty), 1);
        assert_eq!(count(Binding::constant("short")), 1);
        assert_eq!(
            count(Binding::constant(
                "a text that is clearly too long for one line of a card"
            )),
            2
        );
        assert_eq!(count(Binding::constant("1\n2\n3\n4\n5\n6")), 4);
    }

    #[test]
    fn pills_wrap_as_a_whole() {
        let parts = vec![
            pill(),
            Part::Text {
                text: " joined ".into(),
            },
            pill(),
        ];
        assert_eq!(
            box_lines(&text_input(Binding::Template { parts }), 232.0, &label),
            2
        );
    }

    #[test]
    fn japanese_text_is_wider() {
        assert!(text_width("ユーザー") > text_width("user") * 1.5);
        assert_eq!(lines(&"あ".repeat(40), 224.0), 3);
    }
}
