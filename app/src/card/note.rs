//! Notes: a title and a text in a small safe part of Markdown.

use flow::{Note, StepId};
use leptos::html;
use leptos::prelude::*;

use super::stop::stop;
use crate::canvas::board::{Board, use_board};
use crate::canvas::markdown::{Block, Inline, blocks};
use crate::editor::{Editor, InPanel, use_editor};
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
    let (removed, widened, resized) = (id.clone(), id.clone(), id.clone());
    let in_panel = use_context::<InPanel>().is_some();
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
                                aria-label=t(CanvasText::NoteWide)
                                title=t(CanvasText::NoteWide)
                                aria-pressed=move || note.with(|note| note.wide).to_string()
                                on:click=move |_| {
                                    let note = note.get_untracked();
                                    editor.annotate(&widened, Note { wide: !note.wide, ..note });
                                }
                            >
                                <Icon name="columns-3"/>
                            </button>
                            <button
                                type="button"
                                tabindex=stop()
                                aria-label=t(CanvasText::Delete)
                                title=t(CanvasText::Delete)
                                on:click=move |_| editor.delete(&removed)
                            >
                                <Icon name="trash-2"/>
                            </button>
                        </div>
                        {(!in_panel).then(|| view! { <NoteHandle editor id=resized.clone()/> })}
                    }
                })}
        </div>
    }
}

/// The lower edge: dragged, or moved by arrow keys, it changes how high the note is.
#[component]
fn NoteHandle(editor: Editor, id: StepId) -> impl IntoView {
    const STEP: f64 = 24.0;
    let pressed = id.clone();
    let on_key = move |event: web_sys::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => -STEP,
            "ArrowDown" => STEP,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        editor.end_visit();
        set_height(editor, &id, height(editor, &id) + by);
        editor.end_visit();
    };
    view! {
        <button
            class="note-handle"
            type="button"
            tabindex="-1"
            aria-label=t(CanvasText::NoteHeight)
            title=t(CanvasText::NoteHeight)
            on:keydown=on_key
            on:pointerdown=move |event| resize(editor, &pressed, &event)
        ></button>
    }
}

fn height(editor: Editor, id: &StepId) -> f64 {
    editor.board.layout.with_untracked(|layout| {
        layout
            .card(id)
            .map_or(crate::canvas::measure::NOTE_LOW, |card| card.rect.h)
    })
}

/// Makes a note as high as this, as one step of undo with what went before in the same drag.
fn set_height(editor: Editor, id: &StepId, height: f64) {
    use crate::canvas::measure::{NOTE_HIGH, NOTE_LOW};
    let flow = editor.board.flow;
    let Some(note) = flow.with_untracked(|flow| flow.step(id).and_then(|step| step.note.clone()))
    else {
        return;
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between a few dozen and a thousand"
    )]
    let height = height.clamp(NOTE_LOW, NOTE_HIGH * 2.0).round() as u16;
    if note.height != Some(height) {
        let edit = flow::FlowEdit::Annotate {
            step: id.clone(),
            note: Some(Note {
                height: Some(height),
                ..note
            }),
        };
        editor.type_into(edit, &format!("height of {id}"));
    }
}

/// Follows the pointer until the button is released.
pub(super) fn resize(editor: Editor, id: &StepId, event: &web_sys::PointerEvent) {
    use wasm_bindgen::JsCast;
    if event.button() != 0 {
        return;
    }
    event.stop_propagation();
    event.prevent_default();
    editor.end_visit();
    let target = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let from = f64::from(event.client_y());
    let zoom = editor
        .board
        .viewport
        .with_untracked(|viewport| viewport.zoom);
    let before = height(editor, id);
    let Some(target) = target else { return };
    if target.set_pointer_capture(event.pointer_id()).is_err() {
        leptos::logging::warn!("the pointer cannot be captured");
    }
    let id = id.clone();
    let moved = window_event_listener(leptos::ev::pointermove, move |event| {
        let by = (f64::from(event.client_y()) - from) / zoom;
        set_height(editor, &id, before + by);
    });
    let kept = StoredValue::new(Some(moved));
    let ended = StoredValue::new(None::<WindowListenerHandle>);
    let end = move || {
        for handle in [kept, ended] {
            if let Some(handle) = handle.try_update_value(Option::take).flatten() {
                handle.remove();
            }
        }
        editor.end_visit();
    };
    ended.set_value(Some(window_event_listener(
        leptos::ev::pointerup,
        move |_| end(),
    )));
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
    let title = RwSignal::new(before.title.clone());
    let text = RwSignal::new(before.text.clone());
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
                ..before.clone()
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
