//! A box for text with values in it. The browser edits the text; the values stand in it as pills that count as one
//! character each. What is typed is read back from the element after each change.

use flow::{Binding, FlowEdit, InputRef, Part};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent, Node};

use super::field::{input_of, tab_stop};
use super::literal::leave;
use super::pill::pill_label;
use crate::canvas::board::{Board, use_board};
use crate::canvas::template::{binding, parts};
use crate::canvas::wires::Which;
use crate::editor::{Editor, use_editor};
use crate::i18n::t;
use crate::i18n::texts::CanvasText;

/// A box for text with values in it.
#[component]
pub(super) fn RichBox(at: InputRef, label: Memo<String>) -> impl IntoView {
    let (board, editor) = (use_board(), use_editor());
    let input = input_of(board, &at);
    let element = NodeRef::<html::Div>::new();
    let shown = StoredValue::new(None::<Vec<Painted>>);
    let visit = format!("{at:?}");
    let tab = tab_stop(board, &at);
    Effect::new(move || {
        let parts = input.with(|input| {
            input
                .as_ref()
                .map(|input| parts(&input.binding))
                .unwrap_or_default()
        });
        let painted: Vec<Painted> = parts.into_iter().map(|part| paint(board, part)).collect();
        let Some(root) = element.get() else { return };
        if shown.with_value(|shown| shown.as_ref() == Some(&painted)) {
            return;
        }
        write(&root, &painted);
        shown.set_value(Some(painted));
        if is_focused(&root) {
            caret_to_end(&root);
        }
    });
    let typed = {
        let at = at.clone();
        move |_: web_sys::Event| {
            let (Some(editor), Some(root)) = (editor, element.get_untracked()) else {
                return;
            };
            let now = read(&root);
            shown.set_value(Some(
                now.iter().cloned().map(|part| paint(board, part)).collect(),
            ));
            let edit = FlowEdit::Bind {
                input: at.clone(),
                binding: binding(now),
            };
            editor.type_into(edit, &visit);
            editor.filter_values(&at, &root.text_content().unwrap_or_default(), caret(&root));
        }
    };
    let (opened, keys) = (at.clone(), at.clone());
    view! {
        <div
            class="field-rich"
            data-scrolls
            contenteditable="plaintext-only"
            role="textbox"
            aria-multiline="true"
            tabindex=move || tab.get()
            aria-label=move || label.get()
            data-placeholder=t(CanvasText::HintText)
            spellcheck="false"
            node_ref=element
            on:input=typed
            on:click=move |event: MouseEvent| {
                if let (Some(editor), Some(root)) = (editor, element.get_untracked()) {
                    if root.child_nodes().length() == 0 {
                        editor.open_values(&opened, &root, 0);
                    } else if let Some(source) = source_under(&event) {
                        board.lit.set(Some(Which::From(source)));
                    }
                }
            }
            on:pointerover=move |event| board.lit.set(source_under(&event).map(Which::From))
            on:blur=move |_| leave(editor)
            on:keydown=move |event: KeyboardEvent| {
                let opens = event.key() == "{" || (event.ctrl_key() && event.key() == " ");
                if let (Some(editor), Some(root)) = (editor, element.get_untracked()) {
                    field_key(editor, &keys, &event, opens, &root);
                }
            }
        ></div>
    }
}

/// The keys of a field: open the list of earlier values, walk it, leave the field.
pub(super) fn field_key(
    editor: Editor,
    at: &InputRef,
    event: &KeyboardEvent,
    opens: bool,
    element: &HtmlElement,
) {
    if event.is_composing() {
        return;
    }
    if event.ctrl_key() && matches!(event.key().as_str(), "z" | "Z" | "y" | "s" | "Enter") {
        return;
    }
    event.stop_propagation();
    if opens {
        event.prevent_default();
        editor.open_values(at, element, caret(element));
        return;
    }
    let is_open = editor
        .values
        .with_untracked(|list| list.as_ref().is_some_and(|list| list.at == *at));
    match event.key().as_str() {
        "ArrowDown" if is_open => editor.walk_values(1),
        "ArrowUp" if is_open => editor.walk_values(-1),
        "Enter" if is_open && editor.takes_value() => editor.insert_chosen(),
        "Escape" if is_open => editor.values.set(None),
        "Escape" => {
            let id = at.step.clone();
            editor.board.entered.set(None);
            crate::canvas::board::focus_card(&id);
            return;
        }
        _ => return,
    }
    event.prevent_default();
}

/// A part as it is drawn: a value with the number, the colour and the name it has now.
#[derive(Clone, Debug, PartialEq)]
enum Painted {
    Text(String),
    Pill {
        number: String,
        family: &'static str,
        name: String,
        part: String,
    },
}

fn paint(board: Board, part: Part) -> Painted {
    match part {
        Part::Text { text } => Painted::Text(text),
        Part::Value { ref binding, .. } => {
            let step = match binding.as_ref() {
                Binding::Output { source, .. } => Some(&source.step),
                _ => None,
            };
            Painted::Pill {
                number: step
                    .and_then(|id| board.number(id))
                    .map_or_else(|| "?".to_owned(), |number| number.to_string()),
                family: step.map_or("list", |id| board.family(id)),
                name: pill_label(board, binding),
                part: serde_json::to_string(&part).unwrap_or_default(),
            }
        }
    }
}

fn write(root: &Element, painted: &[Painted]) {
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
fn read(root: &Element) -> Vec<Part> {
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

/// Where the caret is, a value counted as one character; at the end where it is elsewhere.
fn caret(root: &HtmlElement) -> usize {
    let found = window()
        .get_selection()
        .ok()
        .flatten()
        .and_then(|selection| selection.get_range_at(0).ok());
    let Some(range) = found else {
        return usize::MAX;
    };
    let (Ok(container), Ok(offset)) = (range.start_container(), range.start_offset()) else {
        return usize::MAX;
    };
    let own: &Node = root.as_ref();
    let nodes = root.child_nodes();
    let mut before = 0;
    for index in 0..nodes.length() {
        let Some(node) = nodes.item(index) else { break };
        if (container == *own && index == offset) || container == node {
            let inside = if container == node { offset } else { 0 };
            return before + characters(&node, inside);
        }
        before += match read_node(&node) {
            Some(Part::Text { text }) => text.chars().count(),
            Some(Part::Value { .. }) => 1,
            None => 0,
        };
    }
    if own.contains(Some(&container)) {
        before
    } else {
        usize::MAX
    }
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

fn is_focused(root: &Element) -> bool {
    document().active_element().as_ref() == Some(root)
}

fn caret_to_end(root: &Element) {
    let moved = (|| {
        let selection = window().get_selection().ok()??;
        selection.select_all_children(root).ok()?;
        selection.collapse_to_end().ok()
    })();
    if moved.is_none() {
        leptos::logging::warn!("the caret cannot be moved");
    }
}

fn source_under(event: &web_sys::Event) -> Option<flow::OutputRef> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let pill = target.closest("[data-part]").ok()??;
    match serde_json::from_str(&pill.get_attribute("data-part")?).ok()? {
        Part::Value { binding, .. } => match *binding {
            Binding::Output { source, .. } => Some(source),
            _ => None,
        },
        Part::Text { .. } => None,
    }
}
