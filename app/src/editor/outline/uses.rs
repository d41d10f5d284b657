//! The outputs of a card in the outline, and the list of fields that a value can go into: mapping without dragging.

use flow::{InputRef, OutputRef, StepId};
use leptos::prelude::*;

use super::{model, use_shared};
use crate::canvas::board::{Board, focus_card, use_board};
use crate::card::{AddField, run_value, type_name};
use crate::editor::Editor;
use crate::i18n::texts::{CanvasText, EditorText, OutlineText};
use crate::i18n::{t, use_speech};
use crate::kit::Icon;

/// The outputs of a card.
#[component]
pub(super) fn Outputs(id: StepId) -> impl IntoView {
    let (board, shared) = (use_board(), use_shared());
    let step = board.step(&id);
    let rows = Memo::new(move |_| {
        step.with(|step| {
            let step = step.as_ref();
            board
                .unfolded
                .with(|unfolded| step.map(|step| model::outputs(step, &unfolded.objects)))
                .unwrap_or_default()
        })
    });
    let place = board.place(&id);
    let extends = Memo::new(move |_| {
        place.with(|place| {
            place
                .as_ref()
                .is_some_and(|card| card.rows.add_output.is_some())
        })
    });
    view! {
        {move || (!rows.with(Vec::is_empty)).then(|| view! {
            <ul class="outline-outputs" aria-label=t(EditorText::Outputs)>
                <For each=move || rows.get() key=|row| (row.source.clone(), row.open) let(row)>
                    <Output row/>
                </For>
            </ul>
        })}
        {move || (extends.get() && shared.editor().is_some()).then(|| view! { <AddField id=id.clone() y=0.0 as_output=true/> })}
    }
}

#[component]
fn Output(row: model::Given) -> impl IntoView {
    let (board, speech, shared) = (use_board(), use_speech(), use_shared());
    let is_open = RwSignal::new(false);
    let label = {
        let source = row.source.clone();
        Memo::new(move |_| board.names(|names| names.source(&source)))
    };
    let uses = move || speech.say(&OutlineText::UseIn { value: label.get() });
    let ty = row.ty.clone();
    let (badge, indent) = (row.ty.badge(), row.source.path.len().to_string());
    let fold = row
        .open
        .map(|open| fold_button(board, row.source.clone(), open));
    let value = run_value(&row.source);
    let source = row.source;
    view! {
        <li class="outline-output" style:--indent=indent>
            <div class="outline-output-line">
                {fold}
                <span class="outline-label">{move || label.get()}</span>
                <span class="badge" data-badge=badge title=move || type_name(speech, &ty)></span>
                {value}
                {move || shared.editor().map(|_| view! {
                    <button
                        class="button button-bare outline-tool"
                        type="button"
                        aria-expanded=move || is_open.get().to_string()
                        on:click=move |_| is_open.update(|open| *open = !*open)
                    >
                        {uses}
                    </button>
                })}
            </div>
            {move || {
                let editor = shared.editor().filter(|_| is_open.get())?;
                Some(view! { <Takers editor source=source.clone() is_open/> })
            }}
        </li>
    }
}

fn fold_button(board: Board, source: OutputRef, is_open: bool) -> impl IntoView {
    let label = t(if is_open {
        CanvasText::FoldObject
    } else {
        CanvasText::UnfoldObject
    });
    let icon = if is_open {
        "chevron-down"
    } else {
        "chevron-right"
    };
    view! {
        <button
            class="bar-button"
            type="button"
            aria-label=label
            title=label
            aria-expanded=is_open.to_string()
            on:click=move |_| board.toggle_object(&source)
        >
            <Icon name=icon/>
        </button>
    }
}

/// The fields that can take a value.
#[component]
fn Takers(editor: Editor, source: OutputRef, is_open: RwSignal<bool>) -> impl IntoView {
    let board = editor.board;
    let taken = source.clone();
    let fields = Memo::new(move |_| board.flow.with(|flow| model::takers(flow, &taken)));
    let map = move |at: &InputRef| {
        is_open.set(false);
        editor.map(&source, at, None);
        focus_card(&source.step);
    };
    let map = StoredValue::new(map);
    view! {
        <ul class="outline-takers" aria-label=t(OutlineText::Uses)>
            <For each=move || fields.get() key=InputRef::clone let(at)>
                {
                    let shown = at.clone();
                    view! {
                        <li>
                            <button class="outline-taker" type="button" on:click=move |_| map.with_value(|map| map(&at))>
                                {move || field_name(board, &shown)}
                            </button>
                        </li>
                    }
                }
            </For>
        </ul>
        {move || fields.with(Vec::is_empty).then(|| view! { <p class="hint">{t(OutlineText::NoUses)}</p> })}
    }
}

fn field_name(board: Board, at: &InputRef) -> String {
    board.speech.say(&OutlineText::FieldOf {
        number: board.number(&at.step).unwrap_or(0),
        card: board.title(&at.step),
        field: board.names(|names| names.input_at(at)),
    })
}
