//! The keys of a field: over values and past them, the list of earlier values, out of the field.

use flow::{InputRef, Part};
use leptos::prelude::*;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::dom::{caret, read, select, selected};
use crate::canvas::template::{is_value, length, slice};
use crate::editor::Editor;

/// What a key did to a value beside the caret.
pub(super) enum OverValue {
    /// The caret went past it.
    Moved,
    /// It is selected, so that the same key removes it.
    Selected(Part),
    /// It is to be removed, with what is selected around it.
    Removed {
        /// From here.
        from: usize,
        /// To here.
        to: usize,
    },
}

/// Arrow keys step over a value at once; Backspace and Delete select one first, then remove it.
pub(super) fn over_values(event: &KeyboardEvent, root: &Element) -> Option<OverValue> {
    if event.is_composing() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let (from, to) = selected(root)?;
    let parts = read(root);
    let holds_value = |from: usize, to: usize| {
        slice(&parts, from, to)
            .iter()
            .any(|part| matches!(part, Part::Value { .. }))
    };
    match event.key().as_str() {
        "ArrowLeft"
            if !event.shift_key() && from == to && from > 0 && is_value(&parts, from - 1) =>
        {
            select(root, from - 1, from - 1);
            Some(OverValue::Moved)
        }
        "ArrowRight" if !event.shift_key() && from == to && is_value(&parts, from) => {
            select(root, from + 1, from + 1);
            Some(OverValue::Moved)
        }
        // Browsers stop behind a value that begins the line.
        "Home" if !event.shift_key() && is_value(&parts, 0) && is_first_line(&parts, from) => {
            select(root, 0, 0);
            Some(OverValue::Moved)
        }
        "Backspace" | "Delete" if from < to && holds_value(from, to) => {
            Some(OverValue::Removed { from, to })
        }
        "Backspace" if from == to && from > 0 && is_value(&parts, from - 1) => {
            Some(chosen(root, &parts, from - 1))
        }
        "Delete" if from == to && from < length(&parts) && is_value(&parts, from) => {
            Some(chosen(root, &parts, from))
        }
        _ => None,
    }
}

/// Whether nothing before the caret begins a new line.
fn is_first_line(parts: &[Part], caret: usize) -> bool {
    slice(parts, 0, caret)
        .iter()
        .all(|part| !matches!(part, Part::Text { text } if text.contains('\n')))
}

fn chosen(root: &Element, parts: &[Part], at: usize) -> OverValue {
    select(root, at, at + 1);
    match slice(parts, at, at + 1).into_iter().next() {
        Some(part) => OverValue::Selected(part),
        None => OverValue::Moved,
    }
}

/// The keys of a field: open the list of earlier values, walk it, leave the field.
pub(in crate::card) fn field_key(
    editor: Editor,
    at: &InputRef,
    event: &KeyboardEvent,
    opens: bool,
    element: &HtmlElement,
) {
    if event.is_composing() {
        return;
    }
    if event.ctrl_key() && matches!(event.key().as_str(), "z" | "Z" | "y" | "s" | "Enter") {
        return;
    }
    event.stop_propagation();
    let is_open = editor
        .values
        .with_untracked(|list| list.as_ref().is_some_and(|list| list.at == *at));
    if opens {
        // A second bracket is meant as one, and so is any where there is nothing to offer.
        if is_open && event.key() == "{" {
            editor.values.set(None);
            return;
        }
        editor.open_values(at, element, caret(element));
        let has_opened = editor.values.with_untracked(Option::is_some);
        if has_opened || event.key() != "{" {
            event.prevent_default();
        }
        return;
    }
    match event.key().as_str() {
        "ArrowDown" if is_open => editor.walk_values(1),
        "ArrowUp" if is_open => editor.walk_values(-1),
        "Enter" if is_open && editor.takes_value() => editor.insert_chosen(),
        "Escape" if is_open => editor.values.set(None),
        "Escape" => {
            let id = at.step.clone();
            editor.board.entered.set(None);
            crate::canvas::board::focus_card(&id);
            return;
        }
        _ => return,
    }
    event.prevent_default();
}
