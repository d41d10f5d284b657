//! Values as people type them: numbers that stay exact, dates in the ways of both languages, lists from lines, objects as
//! trees. Reads and writes texts only; the words for what is wrong are the reader's.

mod items;
mod moment;
mod number;
mod tree;

pub use items::{read_item, read_items, read_list, read_object};
pub use moment::{Leap, leap, read_moment, weeks, write_moment};
pub use number::read_number;
pub use tree::{Kind, MAX_ENTRIES, MAX_LEVELS, TreeEdit, TreeRow, edit_tree, tree_rows};

/// Why a text is not a value of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// No number.
    NotANumber,
    /// A number that would be rounded.
    TooExact,
    /// No date.
    NotADate,
    /// No JSON; where that shows, counted from 1.
    NotJson {
        /// Line.
        line: usize,
        /// Character in the line.
        column: usize,
    },
    /// JSON of something else than an object.
    NotAnObject,
    /// JSON of something else than a list.
    NotAList,
    /// Nested too deep.
    TooDeep,
    /// Too many entries.
    TooMany,
    /// The item of this number, from 1, is not of the list's type.
    Item(usize),
}

/// Returns a text with the digits and signs of Japanese keyboards as those of ASCII.
pub(crate) fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' | '：' | '／' | '．' | '＋' | '，' => {
                char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
            }
            '－' | '−' | 'ー' | '―' => '-',
            '\u{3000}' => ' ',
            _ => c,
        })
        .collect()
}
