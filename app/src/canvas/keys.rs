//! The space bar: while it is held, the pointer moves the canvas instead of what lies under it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::board::Board;

/// Listens to the space bar for as long as the canvas is there.
pub(super) fn watch_space(board: Board) {
    Effect::new(move || {
        let down = window_event_listener(leptos::ev::keydown, move |event| pressed(board, &event));
        let up = window_event_listener(leptos::ev::keyup, move |event: KeyboardEvent| {
            if event.key() == " " {
                let_go(board);
            }
        });
        let left = window_event_listener(leptos::ev::blur, move |_| let_go(board));
        on_cleanup(move || {
            down.remove();
            up.remove();
            left.remove();
        });
    });
}

fn let_go(board: Board) {
    if board.hand.try_get_untracked() == Some(true) {
        board.hand.set(false);
    }
}

fn pressed(board: Board, event: &KeyboardEvent) {
    let is_space = event.key() == " " && !event.ctrl_key() && !event.alt_key() && !event.meta_key();
    if !is_space || event.is_composing() || takes_space(event) {
        return;
    }
    event.prevent_default();
    if board.hand.try_get_untracked() == Some(false) {
        board.hand.set(true);
    }
}

/// In a field the key writes, on a button it presses, outside of the canvas it is the page's.
fn takes_space(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_none_or(|target| {
        let is = |selector: &str| target.closest(selector).is_ok_and(|found| found.is_some());
        is("input, textarea, select, button, summary, a[href], [contenteditable], [role=button], dialog, [role=dialog]")
            || !(is(".canvas") || target.tag_name().eq_ignore_ascii_case("body"))
    })
}
