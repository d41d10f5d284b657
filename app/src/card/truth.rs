//! Boxes for what is not typed: True or False as a switch, and files, which come from earlier cards.

use flow::{Binding, InputRef};
use leptos::html;
use leptos::prelude::*;
use web_sys::{FocusEvent, KeyboardEvent};

use super::field::{input_of, tab_stop};
use super::literal::leave;
use crate::canvas::board::use_board;
use crate::editor::use_editor;
use crate::i18n::t;
use crate::i18n::texts::{CanvasText, FieldText, KindText};
use crate::kit::Icon;

/// True or False, as a switch; nothing until it is switched.
#[component]
pub(super) fn TruthBox(at: InputRef, label: Memo<String>) -> impl IntoView {
    let (board, editor) = (use_board(), use_editor());
    let input = input_of(board, &at);
    let tab = tab_stop(board, &at);
    let truth = Memo::new(move |_| {
        input.with(|input| {
            let constant = input.as_ref()?.constant()?;
            constant
                .as_bool()
                .or_else(|| constant.as_str()?.parse().ok())
        })
    });
    let (switched, cleared, opened) = (at.clone(), at.clone(), at);
    let clear = t(FieldText::ClearValue);
    let element = NodeRef::<html::Button>::new();
    view! {
        <button
            class="field-truth"
            type="button"
            role="switch"
            disabled=editor.is_none()
            aria-checked=move || truth.get().unwrap_or_default().to_string()
            aria-label=move || label.get()
            tabindex=move || tab.get()
            node_ref=element
            on:click=move |_| {
                if let Some(editor) = editor {
                    let now = truth.get_untracked().is_none_or(|truth| !truth);
                    editor.bind(&switched, Binding::constant(now));
                }
            }
            on:keydown=move |event: KeyboardEvent| {
                let opens = event.key() == "{" || (event.ctrl_key() && event.key() == " ");
                if let (Some(editor), Some(element)) = (editor, element.get_untracked())
                    && (opens || event.key() == "Escape" || event.key().starts_with("Arrow"))
                {
                    super::rich::field_key(editor, &opened, &event, opens, &element);
                }
            }
        >
            <span class="switch-track" aria-hidden="true"></span>
            <span class="field-truth-name">
                {move || match truth.get() {
                    Some(true) => t(CanvasText::True),
                    Some(false) => t(CanvasText::False),
                    None => t(KindText::NotChosen),
                }}
            </span>
        </button>
        {move || {
            let editor = editor.filter(|_| truth.get().is_some())?;
            let at = cleared.clone();
            Some(view! {
                <button class="field-open" type="button" tabindex="-1" aria-label=clear title=clear on:click=move |_| { editor.bind(&at, Binding::Empty); }>
                    <Icon name="x"/>
                </button>
            })
        }}
    }
}

/// A file is never typed: the box says where one comes from, and offers those of earlier cards.
#[component]
pub(super) fn FileBox(at: InputRef, label: Memo<String>) -> impl IntoView {
    let (board, editor) = (use_board(), use_editor());
    let tab = tab_stop(board, &at);
    let element = NodeRef::<html::Button>::new();
    let keys = at.clone();
    let open = move || {
        if let (Some(editor), Some(element)) = (editor, element.get_untracked()) {
            editor.open_values(&at, &element, 0);
        }
    };
    view! {
        <button
            class="field-file"
            type="button"
            tabindex=move || tab.get()
            aria-label=move || label.get()
            title=t(FieldText::FileHint)
            node_ref=element
            on:click=move |_| open()
            on:blur=move |_: FocusEvent| leave(editor)
            on:keydown=move |event: KeyboardEvent| {
                let opens = event.key() == "{" || (event.ctrl_key() && event.key() == " ");
                if let (Some(editor), Some(element)) = (editor, element.get_untracked()) {
                    super::rich::field_key(editor, &keys, &event, opens, &element);
                }
            }
        >
            <Icon name="file"/>
            <span class="ellipsis">{t(FieldText::FileHint)}</span>
        </button>
    }
}
