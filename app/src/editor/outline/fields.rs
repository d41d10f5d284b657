//! The fields of a card in the outline: with the same boxes as on the canvas where they can be changed, as text where
//! they can only be read.

use flow::{Binding, InputRef, LaneId, Part, Severity, StepId};
use leptos::prelude::*;

use super::{model, use_shared};
use crate::canvas::board::{Board, use_board};
use crate::canvas::template::parts;
use crate::card::{AddField, Field, choice_label, pill_label};
use crate::editor::{Mend, problem_text};
use crate::i18n::texts::{EditorText, OutlineText};
use crate::i18n::{Speech, t, use_speech};
use crate::kit::Icon;

/// The fields of a card or of one of its lanes.
#[component]
pub(super) fn Inputs(id: StepId, lane: Option<LaneId>, yields: bool) -> impl IntoView {
    let (board, shared) = (use_board(), use_shared());
    let step = board.step(&id);
    let is_own = lane.is_none();
    let fields = Memo::new(move |_| {
        step.with(|step| {
            step.as_ref()
                .map(|step| model::inputs(step, lane.as_ref(), yields))
                .unwrap_or_default()
        })
    });
    let place = board.place(&id);
    let extends = Memo::new(move |_| {
        place.with(|place| {
            is_own
                && place
                    .as_ref()
                    .is_some_and(|card| card.rows.add_input.is_some())
        })
    });
    let is_editable = move || board.is_run() || shared.editor().is_some();
    view! {
        {move || (!fields.with(Vec::is_empty)).then(|| view! {
            <div class="outline-fields" role="group" aria-label=t(EditorText::Inputs)>
                <For each=move || fields.get() key=InputRef::clone let(at)>
                    {
                        let known = at.clone();
                        view! {
                            <div class="outline-field inspector-field">
                                {move || if is_editable() {
                                    view! { <Field at=at.clone()/> }.into_any()
                                } else {
                                    view! { <PlainField at=at.clone()/> }.into_any()
                                }}
                                <Problems id=known.step.clone() at=Some(known.clone())/>
                            </div>
                        }
                    }
                </For>
            </div>
        })}
        {move || (extends.get() && shared.editor().is_some()).then(|| view! { <AddField id=id.clone() y=0.0 as_output=false/> })}
    }
}

/// A field as text.
#[component]
fn PlainField(at: InputRef) -> impl IntoView {
    let (board, speech) = (use_board(), use_speech());
    let label = {
        let at = at.clone();
        move || board.names(|names| names.input_at(&at))
    };
    let value = move || value_text(board, speech, &at);
    view! {
        <p class="outline-plain">
            <span class="outline-label">{label}</span>
            {move || match value() {
                Some(text) => view! { <span class="outline-value">{text}</span> }.into_any(),
                None => view! { <span class="outline-value muted">{t(OutlineText::Nothing)}</span> }.into_any(),
            }}
        </p>
    }
}

/// The fields of a closed card that hold something, in one line.
#[component]
pub(super) fn Summary(id: StepId) -> impl IntoView {
    let (board, speech) = (use_board(), use_speech());
    let step = board.step(&id);
    let line = Memo::new(move |_| {
        let fields = step.with(|step| {
            step.as_ref()
                .map(|step| model::inputs(step, None, false))
                .unwrap_or_default()
        });
        let held = fields.iter().filter_map(|at| {
            let value = value_text(board, speech, at)?;
            Some(format!(
                "{}: {value}",
                board.names(|names| names.input_at(at))
            ))
        });
        held.collect::<Vec<_>>().join(" · ")
    });
    move || {
        line.with(|line| {
            (!line.is_empty()).then(|| view! { <p class="outline-summary">{line.clone()}</p> })
        })
    }
}

/// What a field holds, as text; values by the number of their card and their name. Nothing for an empty field.
fn value_text(board: Board, speech: Speech, at: &InputRef) -> Option<String> {
    let input = board.flow.with(|flow| flow.input(at).cloned())?;
    if input.binding.is_blank() {
        return None;
    }
    let whole = parts(&input.binding).into_iter().map(|part| match part {
        Part::Text { text } => choice_label(board, speech, &input, at, &text),
        Part::Value { binding, .. } => {
            let number = match binding.as_ref() {
                Binding::Output { source, .. } => board.number(&source.step),
                _ => None,
            };
            let name = pill_label(board, &binding);
            number.map_or_else(
                || format!("{{{name}}}"),
                |number| format!("{{{number} {name}}}"),
            )
        }
    });
    Some(whole.collect::<Vec<_>>().join(""))
}

/// What is wrong with a card as a whole, or with one of its fields, each with the button that repairs it.
#[component]
pub(super) fn Problems(id: StepId, at: Option<InputRef>) -> impl IntoView {
    let (board, speech, shared) = (use_board(), use_speech(), use_shared());
    let mine = Memo::new(move |_| {
        board.problems.with(|problems| {
            problems
                .iter()
                .filter(|problem| problem.step.as_ref() == Some(&id) && problem.input == at)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    move || {
        let editor = shared.editor();
        mine.get()
            .into_iter()
            .map(|problem| {
                let tone = match problem.severity {
                    Severity::Error => "bad",
                    Severity::Warning => "warn",
                };
                view! {
                    <div class="outline-problem" data-tone=tone>
                        <Icon name="circle-alert"/>
                        <p>{problem_text(speech, &problem)}</p>
                        {editor.map(|editor| view! { <Mend editor problem=problem.clone() leads=false/> })}
                    </div>
                }
            })
            .collect_view()
    }
}
