//! What a press or a click on a card does to the selection.

use flow::StepId;
use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::canvas::board::Board;

/// A press with Control or Shift selects further cards and leaves the focus to the selection.
pub(super) fn pick(board: Board, id: &StepId, event: &MouseEvent) {
    board.tapped.set_value(false);
    if board.is_run() || event.button() != 0 || is_in_control(event) || is_in_frame(event) {
        return;
    }
    let is_picked = board.pick_by(event, id);
    board.tapped.set_value(is_picked);
    if is_picked {
        event.prevent_default();
    }
}

/// A click on one of several selected cards leaves it alone, unless it was the end of a drag.
pub(super) fn end_pick(board: Board, id: &StepId, event: &MouseEvent) {
    let is_modified = event.shift_key() || event.ctrl_key() || event.meta_key();
    // The menu of one of them is the menu of all.
    let in_menu = board.chosen.with_untracked(|chosen| chosen.contains(id))
        && target_of(event).is_some_and(|target| {
            target
                .closest(".card-menu")
                .is_ok_and(|found| found.is_some())
        });
    let is_plain = !is_modified || is_in_control(event);
    let is_done = board.dragged.get_value() || board.tapped.get_value();
    if !is_done && is_plain && !in_menu {
        board.pick_one(id);
    }
}

fn is_in_control(event: &MouseEvent) -> bool {
    target_of(event).is_some_and(|target| {
        target
            .closest("button, input, textarea, select, a, [contenteditable], .output-grip")
            .is_ok_and(|found| found.is_some())
    })
}

/// The inside of a container is a piece of canvas: a frame may begin there.
fn is_in_frame(event: &MouseEvent) -> bool {
    target_of(event).is_some_and(|target| {
        let is_container = target
            .closest(".card")
            .ok()
            .flatten()
            .and_then(|card| card.get_attribute("data-shape"))
            .is_some_and(|shape| shape == "container");
        is_container
            && target
                .closest(".card-head")
                .is_ok_and(|found| found.is_none())
    })
}

fn target_of(event: &MouseEvent) -> Option<web_sys::Element> {
    use wasm_bindgen::JsCast;
    event.target()?.dyn_into::<web_sys::Element>().ok()
}
