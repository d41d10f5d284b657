//! A box for text with values in it. The browser edits the text; the values stand in it as pills that count as one
//! character each. What is typed is read back from the element after each change.

mod dom;
mod keys;

use flow::{Binding, FlowEdit, InputRef, Part};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlElement, KeyboardEvent, MouseEvent};

use super::field::{input_of, tab_stop};
use super::literal::leave;
use super::pill::pill_label;
use crate::canvas::board::{Board, use_board};
use crate::canvas::template::{self, binding, length, parts};
use crate::canvas::wires::Which;
use crate::editor::use_editor;
use crate::i18n::t;
use crate::i18n::texts::{CanvasText, FieldText};

pub(crate) use dom::under_point;
use dom::{caret, read, select, selected, write};
pub(super) use keys::field_key;

/// On the clipboard beside the plain text: the parts as they are.
const PARTS: &str = "application/x-nagare-parts";

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
        let painted: Vec<Painted> = parts
            .iter()
            .map(|part| paint(board, part.clone()))
            .collect();
        let Some(root) = element.get() else { return };
        if shown.with_value(|shown| shown.as_ref() == Some(&painted)) {
            return;
        }
        let is_here = is_focused(&root);
        // What changed elsewhere leaves the caret where it was in the text.
        let before = selected(&root).filter(|_| is_here);
        let count_before = length(&read(&root));
        write(&root, &painted);
        shown.set_value(Some(painted));
        if is_here {
            let count = length(&parts);
            let place = match before {
                Some((_, to)) => (to + count).saturating_sub(count_before).min(count),
                None => count,
            };
            select(&root, place, place);
        }
    });
    // What the box makes of the text itself: the caret goes behind it.
    let put = {
        let (at, visit) = (at.clone(), visit.clone());
        move |root: &Element, new: Vec<Part>, caret_at: usize| {
            let Some(editor) = editor else { return };
            let edit = FlowEdit::Bind {
                input: at.clone(),
                binding: binding(new),
            };
            editor.type_into(edit, &visit);
            let root = root.clone();
            request_animation_frame(move || select(&root, caret_at, caret_at));
        }
    };
    let typed = {
        let at = at.clone();
        move |_: web_sys::Event| {
            let (Some(editor), Some(root)) = (editor, element.get_untracked()) else {
                return;
            };
            let now = read(&root);
            let text = plain(&now);
            let binding = binding(now);
            // As it comes back from the flow, so that nothing is drawn anew while an input method composes.
            let painted = parts(&binding).into_iter().map(|part| paint(board, part));
            shown.set_value(Some(painted.collect()));
            let edit = FlowEdit::Bind {
                input: at.clone(),
                binding,
            };
            editor.type_into(edit, &visit);
            editor.filter_values(&at, &text, caret(&root));
        }
    };
    let copy = move |event: &ClipboardEvent| {
        let root = element.get_untracked()?;
        let (from, to) = selected(&root).filter(|(from, to)| from < to)?;
        let all = read(&root);
        let chosen = template::slice(&all, from, to);
        let data = event.clipboard_data()?;
        data.set_data(PARTS, &template::to_clipboard(&chosen))
            .ok()?;
        data.set_data("text/plain", &readable(board, &chosen))
            .ok()?;
        event.prevent_default();
        Some((root, template::replace(&all, from, to, Vec::new()), from))
    };
    let cut = {
        let put = put.clone();
        move |event: ClipboardEvent| {
            if let Some((root, left, place)) = copy(&event) {
                put(&root, left, place);
            }
        }
    };
    let paste = {
        let put = put.clone();
        move |event: ClipboardEvent| {
            let data = event.clipboard_data();
            let text = data.and_then(|data| data.get_data(PARTS).ok());
            let pasted = text.as_deref().and_then(template::from_clipboard);
            if let (Some(pasted), Some(root)) = (pasted, element.get_untracked()) {
                event.prevent_default();
                let all = read(&root);
                let (from, to) = selected(&root).unwrap_or((usize::MAX, usize::MAX));
                let from = from.min(length(&all));
                let place = from + length(&pasted);
                put(&root, template::replace(&all, from, to, pasted), place);
            }
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
            on:copy=move |event| {
                copy(&event);
            }
            on:cut=cut
            on:paste=paste
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
                    match keys::over_values(&event, &root) {
                        Some(keys::OverValue::Moved) => {
                            event.prevent_default();
                            event.stop_propagation();
                        }
                        Some(keys::OverValue::Selected(part)) => {
                            event.prevent_default();
                            event.stop_propagation();
                            editor.say(&FieldText::PillSelected { value: value_name(board, &part) });
                        }
                        Some(keys::OverValue::Removed { from, to }) => {
                            event.prevent_default();
                            event.stop_propagation();
                            let all = read(&root);
                            let gone = template::slice(&all, from, to);
                            put(&root, template::replace(&all, from, to, Vec::new()), from);
                            if let [only] = gone.as_slice() {
                                editor.say(&FieldText::PillRemoved { value: value_name(board, only) });
                            }
                        }
                        None => field_key(editor, &keys, &event, opens, &root),
                    }
                }
            }
        ></div>
    }
}

/// Gives a field the focus, with the caret at a position of its text.
pub(crate) fn focus_at(at: &InputRef, place: usize) {
    let selector = format!(
        ".field-box[data-at='{}'] .field-rich",
        crate::editor::address(at)
    );
    request_animation_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(root) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            if root.focus().is_err() {
                leptos::logging::warn!("a field cannot be focused");
            }
            select(&root, place, place);
        }
    });
}

/// The text with each value as one character, so that positions agree.
fn plain(parts: &[Part]) -> String {
    const VALUE: char = '\u{fffc}';
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Text { text: more } => text.push_str(more),
            Part::Value { .. } => text.push(VALUE),
        }
    }
    text
}

fn value_name(board: Board, part: &Part) -> String {
    match part {
        Part::Value { binding, .. } => untrack(|| pill_label(board, binding)),
        Part::Text { text } => text.clone(),
    }
}

/// The text for other programs: each value by the number of its card and its name.
fn readable(board: Board, parts: &[Part]) -> String {
    let shown = |part: &Part| match part {
        Part::Text { text } => text.clone(),
        Part::Value { binding, .. } => {
            let number = match binding.as_ref() {
                Binding::Output { source, .. } => untrack(|| board.number(&source.step)),
                _ => None,
            };
            let number = number
                .map(|number| format!("{number} "))
                .unwrap_or_default();
            format!("{{{number}{}}}", value_name(board, part))
        }
    };
    parts.iter().map(shown).collect()
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

fn is_focused(root: &Element) -> bool {
    document().active_element().as_ref() == Some(root)
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
