//! The keys in the outline: up and down walk its cards, left and right open them; the rest is as on the canvas.

use std::collections::HashSet;

use flow::StepId;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::canvas::board::Board;
use crate::canvas::keyboard::{Command, command};
use crate::canvas::reading::Way;
use crate::editor::Editor;
use crate::editor::commands::{is_in_field, key_of, on_second_key};
use crate::editor::focus::is_switched_off;

/// A key in the outline; without an editor it only walks.
pub(super) fn on_key(
    board: Board,
    editor: Option<Editor>,
    opened: RwSignal<HashSet<StepId>>,
    event: &KeyboardEvent,
) {
    if is_in_field(event) || event.default_prevented() || is_switched_off(board, event) {
        return;
    }
    if editor.is_some_and(|editor| on_second_key(editor, event)) {
        return;
    }
    let Some(command) = command(&key_of(event)) else {
        return;
    };
    let done = match command {
        Command::Go(way) => on_card(event).is_some_and(|card| go(opened, &card, way)),
        Command::EnterCard => false,
        Command::TakeOutput => open_uses(board, opened),
        other => editor.is_some_and(|editor| editor.obey(other)),
    };
    if done {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// The button of a card, if the key was pressed on one.
fn on_card(event: &KeyboardEvent) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.has_attribute("data-step").then_some(target)
}

fn go(opened: RwSignal<HashSet<StepId>>, card: &Element, way: Way) -> bool {
    let id = card.get_attribute("data-step").map(StepId::from);
    match (way, id) {
        (Way::Back, Some(id)) => {
            opened.update(|opened| {
                opened.remove(&id);
            });
        }
        (Way::On, Some(id)) => {
            opened.update(|opened| {
                opened.insert(id);
            });
        }
        (Way::In, _) => walk(card, |here, _| here + 1),
        (Way::Out, _) => walk(card, |here, _| here.saturating_sub(1)),
        (Way::First, _) => walk(card, |_, _| 0),
        (Way::Last, _) => walk(card, |_, count| count.saturating_sub(1)),
        _ => return false,
    }
    true
}

/// Moves the focus among the cards of the outline, in reading order.
fn walk(card: &Element, to: impl Fn(u32, u32) -> u32) {
    let outline = card.closest(".outline").ok().flatten();
    let Some(cards) = outline.and_then(|outline| outline.query_selector_all("[data-step]").ok())
    else {
        return;
    };
    let count = cards.length();
    let here = (0..count).find(|index| cards.item(*index).as_ref() == Some(card.as_ref()));
    let next = cards.item(to(here.unwrap_or(0), count));
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok())
        && next.focus().is_err()
    {
        leptos::logging::warn!("a card of the outline cannot be focused");
    }
}

/// Opens the selected card and goes to the first of its outputs.
fn open_uses(board: Board, opened: RwSignal<HashSet<StepId>>) -> bool {
    let Some(id) = board.selected.get_untracked() else {
        return false;
    };
    opened.update(|opened| {
        opened.insert(id.clone());
    });
    request_animation_frame(move || {
        crate::canvas::board::focus_first(&format!(
            "[data-outline='{id}'] > .outline-body .outline-output-line [aria-expanded].outline-tool"
        ));
    });
    true
}
