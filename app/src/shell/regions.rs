//! F6: from one part of the page to the next. A part is an element with `data-region`, a number that gives the order;
//! what had the focus in a part gets it back.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Marks what had the focus when a part was left.
const WAS_HERE: &str = "data-was-here";

const FOCUSABLE: &str = "a[href]:not([tabindex='-1']), button:not(:disabled):not([tabindex='-1']), \
    input:not(:disabled):not([tabindex='-1']), select:not(:disabled):not([tabindex='-1']), \
    textarea:not([tabindex='-1']), [contenteditable]:not([tabindex='-1']), [tabindex='0']";

/// F6 and Shift F6, anywhere on the page. The browser keeps them where a page has only one part.
pub(super) fn on_key(event: &KeyboardEvent) {
    if event.key() != "F6" || event.is_composing() || event.ctrl_key() || event.alt_key() {
        return;
    }
    if go(if event.shift_key() { -1 } else { 1 }) {
        event.prevent_default();
    }
}

/// Goes to the next or previous part. Tells whether there is one.
pub fn go(by: isize) -> bool {
    let parts = parts();
    if parts.len() < 2 {
        return false;
    }
    let active = document().active_element();
    let here = parts
        .iter()
        .position(|part| part.contains(active.as_ref().map(AsRef::as_ref)));
    if let (Some(part), Some(active)) = (here.and_then(|at| parts.get(at)), &active) {
        remember(part, active);
    }
    let next = next_of(parts.len(), here, by);
    if let Some(part) = parts.get(next) {
        enter(part);
    }
    true
}

fn next_of(count: usize, here: Option<usize>, by: isize) -> usize {
    match here {
        Some(here) => (here + count).saturating_add_signed(by) % count,
        None if by > 0 => 0,
        None => count - 1,
    }
}

/// The parts that can be seen, in their order.
fn parts() -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all("[data-region]") else {
        return Vec::new();
    };
    let mut parts: Vec<(u32, HtmlElement)> = (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
        .filter(|part| is_seen(part))
        .map(|part| {
            let order = part.get_attribute("data-region");
            (
                order.and_then(|order| order.parse().ok()).unwrap_or(0),
                part,
            )
        })
        .collect();
    parts.sort_by_key(|part| part.0);
    parts.into_iter().map(|part| part.1).collect()
}

fn is_seen(element: &Element) -> bool {
    let rect = element.get_bounding_client_rect();
    rect.width() > 0.0 && rect.height() > 0.0
}

fn remember(part: &HtmlElement, active: &Element) {
    if let Ok(Some(before)) = part.query_selector(&format!("[{WAS_HERE}]"))
        && before.remove_attribute(WAS_HERE).is_err()
    {
        leptos::logging::warn!("a mark cannot be removed");
    }
    if active.set_attribute(WAS_HERE, "").is_err() {
        leptos::logging::warn!("a mark cannot be set");
    }
}

/// Puts the focus into a part: where it was, else on the card that is its tab stop, else on its first element that takes
/// it, else on the part itself.
fn enter(part: &HtmlElement) {
    let first = |selector: &str| {
        let found = part.query_selector_all(selector).ok()?;
        (0..found.length())
            .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
            .find(|element| is_seen(element) && element.tab_index() >= 0)
    };
    let target = first(&format!("[{WAS_HERE}]"))
        .or_else(|| first("[data-step]"))
        .or_else(|| first(FOCUSABLE));
    let target = target.unwrap_or_else(|| {
        part.set_tab_index(-1);
        part.clone()
    });
    if target.focus().is_err() {
        leptos::logging::warn!("a part of the page cannot be focused");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_each_other_in_a_circle() {
        assert_eq!(next_of(3, Some(2), 1), 0);
        assert_eq!(next_of(3, Some(0), -1), 2);
        assert_eq!((next_of(3, None, 1), next_of(3, None, -1)), (0, 2));
    }
}
