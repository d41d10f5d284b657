//! Walking through the list by keyboard: arrows move the focus, letters go back into the search.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// The list around an element.
const LIST: &str = ".palette, .add-popover";
const SEARCH: &str = ".palette-search input";
const STOPS: &str =
    ".palette-search input, .palette-list > :not([hidden]) .palette-item, .palette-action";

/// Where to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    Next,
    Previous,
    First,
    Last,
}

/// A key on a card of the list. Tells whether it was used.
pub(super) fn walk(event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
        return false;
    }
    let to = match event.key().as_str() {
        "ArrowDown" => To::Next,
        "ArrowUp" => To::Previous,
        "Home" => To::First,
        "End" => To::Last,
        key => {
            // What is typed goes on in the search: the letter follows the focus.
            if key.chars().count() == 1 && key != " " || key == "Backspace" {
                focus(list_of(event).and_then(|list| list.query_selector(SEARCH).ok().flatten()));
            }
            return false;
        }
    };
    go(event, to);
    true
}

/// Moves the focus in the list.
pub(super) fn go(event: &KeyboardEvent, to: To) {
    let Some(stops) = list_of(event).and_then(|list| list.query_selector_all(STOPS).ok()) else {
        return;
    };
    let active = document().active_element();
    let count = stops.length();
    let here =
        (0..count).find(|index| stops.item(*index).as_ref() == active.as_ref().map(AsRef::as_ref));
    let last = count.saturating_sub(1);
    let next = match (here, to) {
        (_, To::Last) => last,
        (_, To::First) => 1.min(last),
        (Some(here), To::Next) => (here + 1).min(last),
        (Some(here), To::Previous) => here.saturating_sub(1),
        (None, _) => 0,
    };
    let stop = stops
        .item(next)
        .and_then(|stop| stop.dyn_into::<Element>().ok());
    focus(stop);
}

fn list_of(event: &KeyboardEvent) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(LIST).ok().flatten()
}

fn focus(element: Option<Element>) {
    let element = element.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if element.is_some_and(|element| element.focus().is_err()) {
        leptos::logging::warn!("a card of the palette cannot be focused");
    }
}
