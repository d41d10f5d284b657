//! The bar at the foot of the canvas while several cards are selected: how many, and what can be done with them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::Editor;
use super::arranging::Wrapper;
use crate::i18n::t;
use crate::i18n::texts::EditingText;
use crate::kit::Icon;

/// The bar.
#[component]
pub fn SelectionBar(editor: Editor) -> impl IntoView {
    let board = editor.board;
    // A card outside of the selection that gets the focus ends it.
    Effect::new(move || {
        let focus = board.selected.get();
        let is_over = board.picked.with_untracked(|picked| {
            !picked.is_empty() && focus.as_ref().is_none_or(|id| !picked.contains(id))
        });
        if is_over {
            board.picked.set(Vec::new());
        }
    });
    let count = Memo::new(move |_| board.chosen.read().len());
    let is_there = Memo::new(move |_| count.get() > 1);
    move || is_there.get().then(|| view! { <Bar editor count/> })
}

#[component]
fn Bar(editor: Editor, count: Memo<usize>) -> impl IntoView {
    let tool = move |icon: &'static str, text: EditingText, keys: &'static str, act: fn(Editor)| {
        view! {
            <button class="selection-tool" type="button" title=keys on:click=move |_| act(editor)>
                <Icon name=icon/>
                <span>{t(text)}</span>
            </button>
        }
    };
    view! {
        <div class="floating selection-bar" role="toolbar" aria-label=t(EditingText::SelectionBar) on:keydown=walk>
            <p class="selection-count">{move || t(EditingText::Selected { n: count.get() })}</p>
            {tool("copy", EditingText::Duplicate, "Ctrl D", Editor::duplicate_chosen)}
            {tool("file-text", EditingText::Copy, "Ctrl C", Editor::copy_chosen)}
            {tool("scissors", EditingText::Cut, "Ctrl X", Editor::cut_chosen)}
            {tool("shield-alert", EditingText::IfError, "G E", |editor| editor.wrap_chosen(Wrapper::IfError))}
            {tool("split", EditingText::IfElse, "G I", |editor| editor.wrap_chosen(Wrapper::IfElse))}
            {tool("corner-down-right", EditingText::HelperFlow, "G H", Editor::ask_extract)}
            {tool("minus", EditingText::Fold, "C", Editor::fold_chosen)}
            {tool("trash-2", EditingText::Delete, "Delete", Editor::ask_delete_chosen)}
            <button
                class="bar-button"
                type="button"
                aria-label=t(EditingText::ClearSelection)
                title=t(EditingText::ClearSelection)
                on:click=move |_| {
                    let focus = editor.board.selected.get_untracked();
                    editor.board.pick_none();
                    if let Some(id) = focus {
                        editor.board.go_to(&id);
                    }
                }
            >
                <Icon name="x"/>
            </button>
        </div>
    }
}

/// The arrow keys walk along the bar.
fn walk(event: KeyboardEvent) {
    let here = document().active_element();
    let next = here.and_then(|here| match event.key().as_str() {
        "ArrowRight" => next_button(here, Element::next_element_sibling),
        "ArrowLeft" => next_button(here, Element::previous_element_sibling),
        _ => None,
    });
    let Some(button) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    event.prevent_default();
    event.stop_propagation();
    if button.focus().is_err() {
        leptos::logging::warn!("a button of the bar cannot be focused");
    }
}

fn next_button(from: Element, step: fn(&Element) -> Option<Element>) -> Option<Element> {
    let mut here = step(&from)?;
    while here.tag_name() != "BUTTON" {
        here = step(&here)?;
    }
    Some(here)
}
