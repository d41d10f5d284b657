//! Editors of typed values: one value, a date with its calendar, a list by rows, an object as a tree and as JSON. They
//! stand in the fields of cards, in dialogs and in rows of tables.

pub mod calendar;
mod clock;
pub mod json;
pub mod list;
pub mod scalar;
pub mod tree;

pub use calendar::DatePicker;
pub(crate) use clock::{from_local, offset_minutes, shown_date, to_local};
pub use json::JsonBox;
pub use list::ListEditor;
pub use scalar::ScalarBox;
pub use tree::ObjectEditor;

use flow::literal::{MAX_ENTRIES, MAX_LEVELS, Unreadable};

use crate::i18n::texts::FieldText;

/// Returns why a text is not a value of its type, in words.
pub fn unreadable_text(fault: Unreadable) -> FieldText {
    match fault {
        Unreadable::NotANumber => FieldText::NotANumber,
        Unreadable::TooExact => FieldText::NumberTooExact,
        Unreadable::NotADate => FieldText::NotADate,
        Unreadable::NotJson { line, column } => FieldText::NotJson { line, column },
        Unreadable::NotAnObject => FieldText::NotAnObject,
        Unreadable::NotAList => FieldText::NotAList,
        Unreadable::TooDeep => FieldText::TooDeep { n: MAX_LEVELS },
        Unreadable::TooMany => FieldText::TooMany { n: MAX_ENTRIES },
        Unreadable::Item(n) => FieldText::ItemWrong { n },
    }
}
