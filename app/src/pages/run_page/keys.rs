//! The keys on the canvas of a run: walking, zooming, wires.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::canvas::board::Board;
use crate::canvas::keyboard::{Command, Key, command};
use crate::canvas::reading::neighbour;
use crate::canvas::traced::{PASSES, Walk};

/// A key on the canvas of a run.
pub(crate) fn on_key(board: Board, event: &KeyboardEvent) {
    if event.default_prevented() || crate::editor::is_switched_off(board, event) {
        return;
    }
    if let Some(by) = pass_key(event) {
        let selected = board.selected.get_untracked();
        if selected.is_some_and(|id| board.walk_passes(&id, by)) {
            board.traced.tab.set(PASSES);
            event.prevent_default();
        }
        return;
    }
    let key = Key {
        key: event.key(),
        code: event.code(),
        ctrl: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
        composing: event.is_composing(),
    };
    let is_done = match command(&key) {
        Some(Command::Go(way)) => {
            let selected = board.selected.get_untracked();
            let next = board.flow.with_untracked(|flow| match &selected {
                Some(id) => neighbour(flow, id, way),
                None => flow.steps.first().map(|step| step.id.clone()),
            });
            if let Some(next) = next {
                board.go_to(&next);
            }
            true
        }
        Some(Command::Wires) => {
            board.all_wires.update(|all| *all = !*all);
            true
        }
        Some(Command::ZoomIn) => {
            board.zoom_by(1.2);
            true
        }
        Some(Command::ZoomOut) => {
            board.zoom_by(1.0 / 1.2);
            true
        }
        Some(Command::FullSize) => {
            board.zoom_to(1.0);
            true
        }
        Some(Command::Fit) => {
            board.fit();
            true
        }
        Some(Command::FitSelection) => {
            board.fit_selection();
            true
        }
        Some(Command::Escape) => board.leave_view(),
        _ => false,
    };
    if is_done {
        event.prevent_default();
    }
}

/// Page Up and Page Down go through the passes of the selected card, with Shift to the first and the last.
fn pass_key(event: &KeyboardEvent) -> Option<Walk> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    match (event.key().as_str(), event.shift_key()) {
        ("PageUp", false) => Some(Walk::Back),
        ("PageDown", false) => Some(Walk::On),
        ("PageUp", true) => Some(Walk::First),
        ("PageDown", true) => Some(Walk::Last),
        _ => None,
    }
}
