//! Where the focus goes: out of a panel with Escape, to the outline and back, and onto a card again when what had the
//! focus is gone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::Editor;
use crate::canvas::board::{Board, focus_card, focus_first};
use crate::shell::keys::{is_single, store, stored};

const OUTLINE: &str = "nagare.outline";

/// What takes the focus where nothing has it, the first that is there: the tab stop of the canvas, the first offer of an
/// empty flow, the outline with its cards before its buttons.
const HOME: [&str; 5] = [
    ".cards > [tabindex='0']",
    ".slot-large",
    ".outline [data-step][tabindex='0']",
    ".outline [data-step]",
    ".outline button",
];

/// Tells whether a key is a single letter and those are switched off.
pub(crate) fn is_switched_off(board: Board, event: &KeyboardEvent) -> bool {
    let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
    is_plain && is_single(&event.key()) && !board.single_keys.get_untracked()
}

/// Tells whether a key was pressed on something that Enter presses.
pub(crate) fn is_on_button(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| {
        target
            .closest("button, a[href], summary, [role='button']")
            .is_ok_and(|found| found.is_some())
    })
}

impl Editor {
    /// Shows the outline instead of the canvas, or the canvas again; the selected card keeps the focus. This browser
    /// remembers it.
    pub fn show_outline(self, on: bool) {
        if self.outline.get_untracked() == on {
            return;
        }
        self.put_back();
        self.outline.set(on);
        store(OUTLINE, if on { "on" } else { "off" });
        let selected = self.board.selected.get_untracked();
        // One frame draws the other view, the next measures it.
        request_animation_frame(move || {
            request_animation_frame(move || match selected {
                Some(id) => self.board.go_to(&id),
                None => focus_home(),
            });
        });
    }

    /// Shows the outline where this browser showed it last.
    pub fn remember_outline(self) {
        if stored(OUTLINE).as_deref() == Some("on") {
            self.outline.set(true);
        }
    }

    /// Escape in a panel beside the canvas: back to the selected card.
    pub fn leave_panel(self, event: &KeyboardEvent) {
        if event.key() != "Escape" || event.is_composing() || event.default_prevented() {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        match self.board.selected.get_untracked() {
            Some(id) => focus_card(&id),
            None => focus_home(),
        }
    }

    /// Brings the focus back onto a card whenever a panel, a list or a dialog that had it is closed, or a change took
    /// its element away.
    pub fn keep_focus(self) {
        Effect::new(move |before: Option<usize>| {
            let open = [
                self.adding.read().is_some(),
                self.palette.get(),
                self.inspector.get(),
                self.deleting.read().is_some(),
                self.running.get(),
                self.shortcuts.get(),
            ];
            let open = open.into_iter().filter(|open| *open).count();
            if before.is_some_and(|before| open < before) {
                self.refocus();
            }
            open
        });
        Effect::new(move |before: Option<()>| {
            self.board.flow.track();
            if before.is_some() {
                self.refocus();
            }
        });
    }

    /// Two frames later, when dialogs have given the focus back: where nothing has it, the selected card gets it.
    fn refocus(self) {
        if is_lost_from_page() {
            return;
        }
        request_animation_frame(move || {
            request_animation_frame(move || {
                if !is_lost() {
                    return;
                }
                match self.board.selected.try_get_untracked().flatten() {
                    Some(id) => focus_card(&id),
                    None => focus_home(),
                }
            });
        });
    }
}

/// The window itself has not the focus: nothing is taken from other windows.
fn is_lost_from_page() -> bool {
    !document().has_focus().unwrap_or(true)
}

fn is_lost() -> bool {
    document()
        .active_element()
        .is_none_or(|active| active.tag_name().eq_ignore_ascii_case("body"))
}

fn focus_home() {
    let is_there = |selector: &&str| {
        let found = document().query_selector(selector);
        found.is_ok_and(|found| found.is_some())
    };
    if let Some(selector) = HOME.into_iter().find(is_there) {
        focus_first(selector);
    }
}
