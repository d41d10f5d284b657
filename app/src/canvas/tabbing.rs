//! Tab on the canvas: through the fields of the card that the keyboard is in, else to the next part of the page. All
//! other parts of all other cards are no tab stops, so the canvas is one.

use flow::StepId;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent};

use super::board::Board;
use super::geometry::Rect;
use crate::shell::regions;

/// What can have the focus inside a card. The arrow beside a list to choose from is for the mouse.
const STOPS: &str = "select:not(:disabled), input:not(:disabled), textarea, [contenteditable], \
    button:not(:disabled, .field-open), a[href], .output-grip";

/// Where Tab goes from a place among the stops of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Stop(usize),
    Card,
    Away,
}

/// A key on the canvas. Tells whether it was Tab, or Escape in a list to choose from, and something was done.
pub fn on_key(board: Board, event: &KeyboardEvent) -> bool {
    if event.key() == "Escape" {
        return leave(board, event);
    }
    let is_tab = event.key() == "Tab" && !event.ctrl_key() && !event.alt_key() && !event.meta_key();
    if !is_tab || event.is_composing() || event.default_prevented() {
        return false;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target.filter(|target| !is_elsewhere(target)) else {
        return false;
    };
    let Ok(Some(card)) = target.closest(".card") else {
        return false;
    };
    let by = if event.shift_key() { -1 } else { 1 };
    let stops = if target == card {
        Vec::new()
    } else {
        stops(&card)
    };
    let here = stops
        .iter()
        .position(|stop| stop.contains(Some(target.as_ref())));
    let done = match next(stops.len(), here, by) {
        Next::Stop(at) => stops.get(at).is_some_and(|stop| stop.focus().is_ok()),
        Next::Card => card
            .dyn_into::<HtmlElement>()
            .is_ok_and(|card| card.focus().is_ok()),
        Next::Away => regions::go(by),
    };
    if done {
        event.prevent_default();
        event.stop_propagation();
    }
    done
}

/// Escape in a field that does not know the key itself: back to its card.
fn leave(board: Board, event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let chosen = target.filter(|target| target.matches("select").unwrap_or(false));
    let card = chosen.and_then(|chosen| chosen.closest(".card").ok().flatten());
    let Some(card) = card.and_then(|card| card.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    if event.is_composing() || event.default_prevented() {
        return false;
    }
    board.entered.set(None);
    event.prevent_default();
    event.stop_propagation();
    card.focus().is_ok()
}

fn next(count: usize, here: Option<usize>, by: isize) -> Next {
    match here.map(|here| here.checked_add_signed(by)) {
        None => Next::Away,
        Some(None) => Next::Card,
        Some(Some(at)) if at < count => Next::Stop(at),
        Some(Some(_)) => Next::Away,
    }
}

/// Menus and dialogs have their own order.
fn is_elsewhere(target: &Element) -> bool {
    target
        .closest("[role='menu'], dialog")
        .is_ok_and(|found| found.is_some())
}

/// In the order connection, options, inputs, outputs, foot; the menu of the card last.
fn stops(card: &Element) -> Vec<HtmlElement> {
    let Ok(found) = card.query_selector_all(STOPS) else {
        return Vec::new();
    };
    let (menu, mut stops): (Vec<HtmlElement>, Vec<HtmlElement>) = (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
        .filter(|stop| stop.get_bounding_client_rect().width() > 0.0)
        .partition(|stop| {
            stop.closest(".card-menu")
                .is_ok_and(|found| found.is_some())
        });
    stops.extend(menu);
    stops
}

/// Puts the focus on the first stop of a card; tells whether there is one.
pub fn enter(id: &StepId) -> bool {
    let card = document()
        .query_selector(&format!(".card[data-step='{id}']"))
        .ok()
        .flatten();
    // What is wrong with a field stands before it, and is not what somebody enters a card for.
    let is_field = |stop: &HtmlElement| !stop.matches(".field-warning").unwrap_or(false);
    let Some(first) = card.and_then(|card| stops(&card).into_iter().find(is_field)) else {
        return false;
    };
    if first.focus().is_err() {
        leptos::logging::warn!("a field cannot be focused");
    }
    true
}

/// Brings what got the focus by keyboard into sight. The canvas is moved, not scrolled, so the browser cannot.
pub fn reveal_focused(board: Board, event: &FocusEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target.filter(|target| target.matches(":focus-visible").unwrap_or(false))
    else {
        return;
    };
    // On its way to a card the canvas gets there by itself.
    if board.is_flying() || !target.closest(".cards").is_ok_and(|found| found.is_some()) {
        return;
    }
    let rect = target.get_bounding_client_rect();
    let (origin, viewport) = (board.origin.get_value(), board.viewport.get_untracked());
    let corner = viewport.to_world(super::geometry::Point::new(
        rect.left() - origin.x,
        rect.top() - origin.y,
    ));
    let zoom = viewport.zoom.max(0.01);
    let world = Rect::new(
        corner.x,
        corner.y,
        (rect.width() / zoom).min(300.0),
        (rect.height() / zoom).min(420.0),
    );
    let after = viewport.revealing(world, board.size.get_untracked());
    if after != viewport {
        board.viewport.set(after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tab_goes_through_the_card_and_then_away() {
        assert_eq!(next(3, Some(0), 1), Next::Stop(1));
        assert_eq!(next(3, Some(2), 1), Next::Away);
        assert_eq!(next(3, Some(0), -1), Next::Card);
        assert_eq!(next(0, None, 1), Next::Away);
    }
}
