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
use crate::editor::{Editor, use_editor};
use crate::i18n::t;
use crate::i18n::texts::{CanvasText, FieldText};

pub(crate) use dom::under_point;
use dom::{caret, read, select, selected, write};
use keys::OverValue;
pub(super) use keys::field_key;

/// On the clipboard beside the plain text: the parts as they are.
const PARTS: &str = "application/x-nagare-parts";

/// A box for text with values in it.
#[component]
pub(super) fn RichBox(at: InputRef, label: Memo<String>) -> impl IntoView {
    let (board, editor) = (use_board(), use_editor());
    let input = input_of(board, &at);
    let tab = tab_stop(board, &at);
    let rich = Rich {
        board,
        editor,
        at: StoredValue::new(at),
        element: NodeRef::new(),
        shown: StoredValue::new(None),
    };
    Effect::new(move || {
        let parts = input.with(|input| {
            input
                .as_ref()
                .map(|input| parts(&input.binding))
                .unwrap_or_default()
        });
        rich.draw(&parts);
    });
    view! {
        <div
            class="field-rich"
            data-scrolls
            contenteditable=if editor.is_some() { "plaintext-only" } else { "false" }
            role="textbox"
            aria-multiline="true"
            aria-readonly=editor.is_none().then_some("true")
            tabindex=move || tab.get()
            aria-label=move || label.get()
            data-placeholder=t(CanvasText::HintText)
            spellcheck="false"
            node_ref=rich.element
            on:input=move |_| rich.typed()
            on:copy=move |event| {
                rich.copy(&event);
            }
            on:cut=move |event| rich.cut(&event)
            on:paste=move |event| rich.paste(&event)
            on:click=move |event| rich.clicked(&event)
            on:pointerover=move |event| {
                let whole = || Which::To(rich.at.get_value());
                board.lit.set(Some(source_under(&event).map_or_else(whole, Which::From)));
            }
            on:blur=move |_| leave(editor)
            on:keydown=move |event| rich.key(&event)
        ></div>
    }
}

/// A box with what it shows.
#[derive(Clone, Copy)]
struct Rich {
    board: Board,
    editor: Option<Editor>,
    at: StoredValue<InputRef>,
    element: NodeRef<html::Div>,
    /// What was drawn, or typed, last.
    shown: StoredValue<Option<Vec<Painted>>>,
}

impl Rich {
    fn painted(self, parts: &[Part]) -> Vec<Painted> {
        let paint = |part: &Part| paint(self.board, part.clone());
        parts.iter().map(paint).collect()
    }

    /// Draws the parts where they are not what is shown.
    fn draw(self, parts: &[Part]) {
        let painted = self.painted(parts);
        let Some(root) = self.element.get() else {
            return;
        };
        let is_shown = |shown: &Option<Vec<Painted>>| shown.as_ref() == Some(&painted);
        if self.shown.with_value(is_shown) {
            return;
        }
        // What changed elsewhere leaves the caret where it was in the text.
        let element: &Element = &root;
        let is_here = document().active_element().as_ref() == Some(element);
        let before = selected(&root).filter(|_| is_here);
        let count_before = length(&read(&root));
        write(&root, &painted);
        self.shown.set_value(Some(painted));
        if is_here {
            let count = length(parts);
            let place = match before {
                Some((_, to)) => (to + count).saturating_sub(count_before).min(count),
                None => count,
            };
            select(&root, place, place);
        }
    }

    /// Makes a change that is one step of undo with the others of this visit.
    fn bind(self, editor: Editor, binding: Binding) {
        let at = self.at.get_value();
        let visit = format!("{at:?}");
        editor.type_into(FlowEdit::Bind { input: at, binding }, &visit);
    }

    /// Puts what the box makes of the text itself; the caret goes behind it.
    fn put(self, new: Vec<Part>, caret_at: usize) {
        let (Some(editor), Some(root)) = (self.editor, self.element.get_untracked()) else {
            return;
        };
        self.bind(editor, binding(new));
        request_animation_frame(move || select(&root, caret_at, caret_at));
    }

    /// Something was typed: the element says what.
    fn typed(self) {
        let (Some(editor), Some(root)) = (self.editor, self.element.get_untracked()) else {
            return;
        };
        let now = read(&root);
        let text = plain(&now);
        let binding = binding(now);
        // As it comes back from the flow, so that nothing is drawn anew while an input method composes.
        self.shown.set_value(Some(self.painted(&parts(&binding))));
        self.bind(editor, binding);
        let at = self.at.get_value();
        editor.filter_values(&at, &text, caret(&root));
    }

    /// Copies what is selected; returns what would be left without it, and the place where it was.
    fn copy(self, event: &ClipboardEvent) -> Option<(Vec<Part>, usize)> {
        let root = self.element.get_untracked()?;
        let (from, to) = selected(&root).filter(|(from, to)| from < to)?;
        let all = read(&root);
        let chosen = template::slice(&all, from, to);
        let data = event.clipboard_data()?;
        data.set_data(PARTS, &template::to_clipboard(&chosen))
            .ok()?;
        let text = readable(self.board, &chosen);
        data.set_data("text/plain", &text).ok()?;
        event.prevent_default();
        event.stop_propagation();
        Some((template::replace(&all, from, to, Vec::new()), from))
    }

    fn cut(self, event: &ClipboardEvent) {
        if let Some((left, place)) = self.copy(event) {
            self.put(left, place);
        }
    }

    /// Values come back as values; any other text is the browser's to paste.
    fn paste(self, event: &ClipboardEvent) {
        event.stop_propagation();
        let data = event.clipboard_data();
        let text = data.and_then(|data| data.get_data(PARTS).ok());
        let pasted = text.as_deref().and_then(template::from_clipboard);
        if let (Some(pasted), Some(root)) = (pasted, self.element.get_untracked()) {
            event.prevent_default();
            let all = read(&root);
            let (from, to) = selected(&root).unwrap_or((usize::MAX, usize::MAX));
            let from = from.min(length(&all));
            let place = from + length(&pasted);
            self.put(template::replace(&all, from, to, pasted), place);
        }
    }

    fn clicked(self, event: &MouseEvent) {
        let (Some(editor), Some(root)) = (self.editor, self.element.get_untracked()) else {
            return;
        };
        if root.child_nodes().length() == 0 {
            editor.open_values(&self.at.get_value(), &root, 0);
        } else if let Some(source) = source_under(event) {
            self.board.lit.set(Some(Which::From(source)));
        }
    }

    fn key(self, event: &KeyboardEvent) {
        let (Some(editor), Some(root)) = (self.editor, self.element.get_untracked()) else {
            return;
        };
        let Some(done) = keys::over_values(event, &root) else {
            let opens = event.key() == "{" || (event.ctrl_key() && event.key() == " ");
            field_key(editor, &self.at.get_value(), event, opens, &root);
            return;
        };
        event.prevent_default();
        event.stop_propagation();
        match done {
            OverValue::Moved => {}
            OverValue::Selected(part) => editor.say(&FieldText::PillSelected {
                value: value_name(self.board, &part),
            }),
            OverValue::Removed { from, to } => {
                let all = read(&root);
                let gone = template::slice(&all, from, to);
                self.put(template::replace(&all, from, to, Vec::new()), from);
                if let [only] = gone.as_slice() {
                    editor.say(&FieldText::PillRemoved {
                        value: value_name(self.board, only),
                    });
                }
            }
        }
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

fn source_under(event: &web_sys::Event) -> Option<flow::OutputRef> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    source_of(&target.closest("[data-part]").ok()??)
}

/// Returns the value that a pill in a text stands for.
pub(crate) fn source_of(pill: &Element) -> Option<flow::OutputRef> {
    match serde_json::from_str(&pill.get_attribute("data-part")?).ok()? {
        Part::Value { binding, .. } => match *binding {
            Binding::Output { source, .. } => Some(source),
            _ => None,
        },
        Part::Text { .. } => None,
    }
}
