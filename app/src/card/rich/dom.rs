//! The element of a text with values in it: drawing parts into it, reading them back, and where the caret stands. Values
//! count as one character each; texts count characters, not the UTF-16 units of browsers.

use flow::Part;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node, Range, Selection};

use super::Painted;

/// Draws parts into the element.
pub(super) fn write(root: &Element, painted: &[Painted]) {
    root.set_text_content(None);
    for part in painted {
        let node: Option<Node> = match part {
            Painted::Text(text) => Some(document().create_text_node(text).into()),
            Painted::Pill {
                number,
                family,
                name,
                part,
            } => pill(number, family, name, part).map(Into::into),
        };
        if let Some(node) = node
            && root.append_child(&node).is_err()
        {
            leptos::logging::warn!("a value cannot be drawn");
        }
    }
}

fn pill(number: &str, family: &str, name: &str, part: &str) -> Option<Element> {
    let pill = span("pill")?;
    for (attribute, value) in [
        ("contenteditable", "false"),
        ("data-family", family),
        ("data-part", part),
        ("title", name),
    ] {
        pill.set_attribute(attribute, value).ok()?;
    }
    let (left, right) = (span("pill-number number")?, span("pill-name ellipsis")?);
    left.set_text_content(Some(number));
    right.set_text_content(Some(name));
    pill.append_child(&left).ok()?;
    pill.append_child(&right).ok()?;
    Some(pill)
}

fn span(class: &str) -> Option<Element> {
    let span = document().create_element("span").ok()?;
    span.set_class_name(class);
    Some(span)
}

/// Reads the parts back from the element.
pub(super) fn read(root: &Element) -> Vec<Part> {
    let nodes = root.child_nodes();
    (0..nodes.length())
        .filter_map(|index| nodes.item(index))
        .filter_map(|node| read_node(&node))
        .collect()
}

fn read_node(node: &Node) -> Option<Part> {
    if let Some(element) = node.dyn_ref::<Element>() {
        if let Some(part) = element.get_attribute("data-part") {
            return serde_json::from_str(&part).ok();
        }
        if element.tag_name().eq_ignore_ascii_case("br") {
            return Some(Part::Text {
                text: "\n".to_owned(),
            });
        }
    }
    let text = node.text_content()?;
    Some(Part::Text { text })
}

fn selection() -> Option<Selection> {
    window().get_selection().ok().flatten()
}

/// Where the caret is, a value counted as one character; at the end where it is elsewhere.
pub(super) fn caret(root: &Element) -> usize {
    selected(root).map_or(usize::MAX, |range| range.0)
}

/// The selected range; both ends are the same where only the caret stands there. Nothing where it is elsewhere.
pub(super) fn selected(root: &Element) -> Option<(usize, usize)> {
    let range = selection()?.get_range_at(0).ok()?;
    let from = position(
        root,
        &range.start_container().ok()?,
        range.start_offset().ok()?,
    )?;
    let to = position(root, &range.end_container().ok()?, range.end_offset().ok()?)?;
    Some((from, to))
}

/// The position of a place in the element.
pub(super) fn position(root: &Element, container: &Node, offset: u32) -> Option<usize> {
    let own: &Node = root.as_ref();
    if !own.contains(Some(container)) {
        return None;
    }
    let nodes = root.child_nodes();
    let mut before = 0;
    for index in 0..nodes.length() {
        let Some(node) = nodes.item(index) else { break };
        if *container == *own && index == offset {
            return Some(before);
        }
        if *container == node && node.node_type() == Node::TEXT_NODE {
            return Some(before + characters(&node, offset));
        }
        // A place inside of a value is the place before it.
        if node.contains(Some(container)) {
            return Some(before);
        }
        before += node_length(&node);
    }
    Some(before)
}

fn node_length(node: &Node) -> usize {
    match read_node(node) {
        Some(Part::Text { text }) => text.chars().count(),
        Some(Part::Value { .. }) => 1,
        None => 0,
    }
}

/// Selects what stands between two positions; sets the caret where they are the same.
pub(super) fn select(root: &Element, from: usize, to: usize) {
    let made = (|| {
        let range: Range = document().create_range().ok()?;
        let (node, offset) = place(root, from);
        range.set_start(&node, offset).ok()?;
        let (node, offset) = place(root, to);
        range.set_end(&node, offset).ok()?;
        let selection = selection()?;
        selection.remove_all_ranges().ok()?;
        selection.add_range(&range).ok()
    })();
    if made.is_none() {
        leptos::logging::warn!("the caret cannot be moved");
    }
}

/// The place of a position: in a text, or between the nodes of the element.
fn place(root: &Element, at: usize) -> (Node, u32) {
    let nodes = root.child_nodes();
    let mut before = 0;
    for index in 0..nodes.length() {
        let Some(node) = nodes.item(index) else { break };
        let length = node_length(&node);
        let is_text = node.node_type() == Node::TEXT_NODE;
        if is_text && at <= before + length {
            let text = node.text_content().unwrap_or_default();
            let units: usize = text.chars().take(at - before).map(char::len_utf16).sum();
            return (node, u32::try_from(units).unwrap_or(0));
        }
        if at <= before {
            return (root.clone().into(), index);
        }
        before += length;
    }
    (root.clone().into(), nodes.length())
}

/// The text and the position in it under a point of the window, with the element that it is in.
pub(crate) fn under_point(x: f64, y: f64) -> Option<(Element, usize, web_sys::DomRect)> {
    let document = document();
    let call = |name: &str| {
        let found = js_sys::Reflect::get(&document, &name.into()).ok()?;
        let found = found.dyn_into::<js_sys::Function>().ok()?;
        found.call2(&document, &x.into(), &y.into()).ok()
    };
    let (node, offset) = match call("caretRangeFromPoint") {
        Some(range) => {
            let range = range.dyn_into::<Range>().ok()?;
            (range.start_container().ok()?, range.start_offset().ok()?)
        }
        None => {
            let place = call("caretPositionFromPoint")?;
            let node = js_sys::Reflect::get(&place, &"offsetNode".into()).ok()?;
            let offset = js_sys::Reflect::get(&place, &"offset".into())
                .ok()?
                .as_f64()?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a position in a text"
            )]
            (node.dyn_into::<Node>().ok()?, offset as u32)
        }
    };
    let near = match node.dyn_ref::<Element>() {
        Some(element) => Some(element.clone()),
        None => node.parent_element(),
    };
    let root = near?.closest(".field-rich").ok()??;
    let at = position(&root, &node, offset)?;
    let range = document.create_range().ok()?;
    let (node, offset) = place(&root, at);
    range.set_start(&node, offset).ok()?;
    range.collapse_with_to_start(true);
    let rect = range.get_bounding_client_rect();
    let rect = if rect.height() > 0.0 {
        rect
    } else {
        // Between values there is no text to measure.
        beside(&root, offset).unwrap_or(rect)
    };
    Some((root, at, rect))
}

/// The box of the value behind a place between nodes, else of the one before it.
fn beside(root: &Element, index: u32) -> Option<web_sys::DomRect> {
    let nodes = root.child_nodes();
    let element = |index: u32| nodes.item(index)?.dyn_into::<HtmlElement>().ok();
    if let Some(next) = element(index) {
        return Some(next.get_bounding_client_rect());
    }
    let before = element(index.checked_sub(1)?)?.get_bounding_client_rect();
    before.set_x(before.right());
    Some(before)
}

/// Browsers count UTF-16 units; templates count characters.
fn characters(node: &Node, units: u32) -> usize {
    let text = node.text_content().unwrap_or_default();
    let mut left = usize::try_from(units).unwrap_or(0);
    text.chars()
        .take_while(|c| {
            let goes = left > 0;
            left = left.saturating_sub(c.len_utf16());
            goes
        })
        .count()
}
