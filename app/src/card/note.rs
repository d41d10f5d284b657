//! Notes: a title and a text in a small safe part of Markdown.

use flow::{Note, StepId};
use leptos::html;
use leptos::prelude::*;

use super::stop::stop;
use crate::canvas::board::{Board, use_board};
use crate::canvas::markdown::{Block, Inline, blocks};
use crate::editor::{Editor, use_editor};
use crate::i18n::t;
use crate::i18n::texts::CanvasText;
use crate::kit::Icon;

/// A note on the canvas: read, and on a double click edited.
#[component]
pub(crate) fn NoteBody(id: StepId) -> impl IntoView {
    let (board, editor) = (use_board(), use_editor());
    let is_edited = {
        let id = id.clone();
        Memo::new(move |_| editor.is_some_and(|editor| editor.naming.read().as_ref() == Some(&id)))
    };
    let note = note_of(board, &id);
    let opened = id.clone();
    let edit = move |_| {
        if let Some(editor) = editor {
            editor.naming.set(Some(opened.clone()));
        }
    };
    let edit_too = edit.clone();
    let name = t(CanvasText::EditNote);
    let removed = id.clone();
    view! {
        <div class="note-body" on:dblclick=edit_too>
            {move || match editor {
                Some(editor) if is_edited.get() => view! { <NoteForm editor id=id.clone()/> }.into_any(),
                _ => view! { <NoteText note/> }.into_any(),
            }}
            {editor
                .map(|editor| {
                    view! {
                        <div class="note-tools">
                            <button type="button" tabindex=stop() aria-label=name title=name on:click=edit><Icon name="pencil"/></button>
                            <button
                                type="button"
                                tabindex=stop()
                                aria-label=t(CanvasText::Delete)
                                on:click=move |_| editor.delete(&removed)
                            >
                                <Icon name="trash-2"/>
                            </button>
                        </div>
                    }
                })}
        </div>
    }
}

fn note_of(board: Board, id: &StepId) -> Memo<Note> {
    let step = board.step(id);
    Memo::new(move |_| {
        step.with(|step| step.as_ref().and_then(|step| step.note.clone()))
            .unwrap_or_default()
    })
}

#[component]
fn NoteText(note: Memo<Note>) -> impl IntoView {
    view! {
        <p class="note-title">
            <Icon name="sticky-note"/>
            <span class="ellipsis">{move || {
                let title = note.get().title;
                if title.is_empty() { t(CanvasText::Note).get() } else { title }
            }}</span>
        </p>
        <div class="note-text" data-scrolls>{move || view! { <Markdown text=note.get().text/> }}</div>
    }
}

#[component]
fn NoteForm(editor: Editor, id: StepId) -> impl IntoView {
    let before = editor
        .board
        .flow
        .with_untracked(|flow| flow.step(&id).and_then(|step| step.note.clone()))
        .unwrap_or_default();
    let title = RwSignal::new(before.title);
    let text = RwSignal::new(before.text);
    let first = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(first) = first.get()
            && first.focus().is_err()
        {
            leptos::logging::warn!("the note cannot be focused");
        }
    });
    let form = NodeRef::<html::Form>::new();
    let keep = {
        let id = id.clone();
        move || {
            // Taking the form away makes it lose the focus, when its owner is gone already.
            let (Some(title), Some(text)) = (title.try_get_untracked(), text.try_get_untracked())
            else {
                return;
            };
            let note = Note {
                title: title.trim().to_owned(),
                text,
            };
            editor.naming.set(None);
            editor.annotate(&id, note);
        }
    };
    let (on_leave, on_escape) = (keep.clone(), keep);
    view! {
        <form
            class="note-form"
            node_ref=form
            on:submit=|event| event.prevent_default()
            on:pointerdown=|event| event.stop_propagation()
            on:keydown=move |event| {
                event.stop_propagation();
                if event.key() == "Escape" && !event.is_composing() {
                    on_escape();
                    crate::canvas::board::focus_card(&id);
                }
            }
            on:focusout=move |event| {
                use wasm_bindgen::JsCast;
                let next = event.related_target().and_then(|next| next.dyn_into::<web_sys::Node>().ok());
                let stays = form.try_get_untracked().flatten().is_some_and(|form| next.is_some() && form.contains(next.as_ref()));
                if !stays {
                    on_leave();
                }
            }
        >
            <input aria-label=t(CanvasText::NoteTitle) placeholder=t(CanvasText::NoteTitle) maxlength="200" node_ref=first bind:value=title/>
            <textarea aria-label=t(CanvasText::NoteText) placeholder=t(CanvasText::NoteHint) prop:value=move || text.get() on:input=move |event| text.set(event_target_value(&event))></textarea>
        </form>
    }
}

/// A text in the small part of Markdown that notes use.
#[component]
pub fn Markdown(
    /// The text.
    text: String,
) -> impl IntoView {
    blocks(&text)
        .into_iter()
        .map(|block| match block {
            Block::Heading(line) => {
                view! { <p class="note-heading">{inlines(line)}</p> }.into_any()
            }
            Block::Paragraph(line) => view! { <p>{inlines(line)}</p> }.into_any(),
            Block::List(items) => {
                let items = items
                    .into_iter()
                    .map(|line| view! { <li>{inlines(line)}</li> });
                view! { <ul class="note-list">{items.collect_view()}</ul> }.into_any()
            }
        })
        .collect_view()
}

fn inlines(line: Vec<Inline>) -> impl IntoView {
    line.into_iter()
        .map(|piece| match piece {
            Inline::Text(text) => text.into_any(),
            Inline::Strong(text) => view! { <strong>{text}</strong> }.into_any(),
            Inline::Emphasis(text) => view! { <em>{text}</em> }.into_any(),
            Inline::Code(text) => view! { <code>{text}</code> }.into_any(),
            Inline::Link { text, url } => {
                view! { <a href=url target="_blank" rel="noopener noreferrer">{text}</a> }
                    .into_any()
            }
        })
        .collect_view()
}
