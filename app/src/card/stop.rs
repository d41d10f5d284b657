//! Whether the buttons of a card are tab stops.

use leptos::prelude::*;

use crate::editor::InPanel;

/// Returns the `tabindex` of a button on a card: on the canvas Tab walks the entered card in its own way, in a panel
/// everything is an ordinary tab stop.
pub(crate) fn stop() -> &'static str {
    if use_context::<InPanel>().is_some() {
        "0"
    } else {
        "-1"
    }
}
