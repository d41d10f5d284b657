//! One card of the outline: number, title, connection, what is wrong with it, what it did in a run; opened also its
//! fields, its outputs and what can be done with it.

use flow::{Severity, Step, StepId};
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::fields::{Inputs, Problems, Summary};
use super::lane::Lanes;
use super::tools::Tools;
use super::use_shared;
use super::uses::Outputs;
use crate::canvas::board::{Board, use_board};
use crate::card::{NoteBody, Tile, TitleField, card_name, state_icon, state_name};
use crate::editor::use_editor;
use crate::i18n::texts::{CanvasText, OutlineText, TraceText};
use crate::i18n::{Speech, t, use_speech};
use crate::kit::Icon;

/// A card with the cards inside it.
#[component]
pub(super) fn Item(
    /// Which.
    id: StepId,
    /// Level of its heading.
    level: usize,
) -> impl IntoView {
    let (board, shared) = (use_board(), use_shared());
    let step = board.step(&id);
    let is_note = Memo::new(move |_| step.with(|step| step.as_ref().is_some_and(Step::is_note)));
    let is_open = {
        let id = id.clone();
        Memo::new(move |_| shared.opened.with(|opened| opened.contains(&id)))
    };
    let is_selected = {
        let id = id.clone();
        Memo::new(move |_| board.selected.with(|known| known.as_ref() == Some(&id)))
    };
    let has_lanes = Memo::new(move |_| {
        step.with(|step| step.as_ref().is_some_and(|step| !step.lanes.is_empty()))
    });
    let family = {
        let id = id.clone();
        move || board.family(&id)
    };
    let (head, note, tools, body, lanes) =
        (id.clone(), id.clone(), id.clone(), id.clone(), id.clone());
    view! {
        <li
            class="outline-item"
            class:selected=move || is_selected.get()
            data-outline=id.to_string()
            data-family=family
        >
            <Head id=head level is_open/>
            {move || {
                let editor = shared.editor().filter(|_| is_selected.get())?;
                Some(view! { <Tools editor id=tools.clone()/> })
            }}
            {move || is_note.get().then(|| view! { <div class="outline-note"><NoteBody id=note.clone()/></div> })}
            {move || {
                if is_note.get() {
                    ().into_any()
                } else if is_open.get() {
                    view! { <Body id=body.clone()/> }.into_any()
                } else {
                    view! { <Summary id=body.clone()/> }.into_any()
                }
            }}
            {move || has_lanes.get().then(|| view! { <Lanes id=lanes.clone() level is_open/> })}
        </li>
    }
    .into_any()
}

#[component]
fn Head(id: StepId, level: usize, is_open: Memo<bool>) -> impl IntoView {
    let (board, editor, speech, shared) = (use_board(), use_editor(), use_speech(), use_shared());
    let step = board.step(&id);
    let is_named = {
        let id = id.clone();
        Memo::new(move |_| {
            let is_note = step.with(|step| step.as_ref().is_some_and(Step::is_note));
            let named = editor.is_some_and(|editor| editor.naming.read().as_ref() == Some(&id));
            named && !is_note
        })
    };
    let opener = id.clone();
    view! {
        <div class="outline-head">
            <div class="outline-heading" role="heading" {..custom_attribute("aria-level", level.to_string())}>
                {move || match editor.filter(|_| is_named.get()) {
                    Some(editor) => {
                        let title = board.title_now(&opener);
                        view! { <TitleField editor id=opener.clone() title/> }.into_any()
                    }
                    None => view! { <Opener id=opener.clone() is_open opened=shared.opened/> }.into_any(),
                }}
            </div>
            {facts(board, speech, &id)}
        </div>
    }
}

/// Opens and closes a card. What a screen reader says of it is the same sentence as on the canvas.
#[component]
fn Opener(
    id: StepId,
    is_open: Memo<bool>,
    opened: RwSignal<std::collections::HashSet<StepId>>,
) -> impl IntoView {
    let (board, speech) = (use_board(), use_speech());
    let step = board.step(&id);
    let with_names = move |read: fn(&crate::canvas::label::Names, &Step) -> String| {
        step.with(|step| {
            step.as_ref()
                .map(|step| board.names(|names| read(&names, step)))
        })
        .unwrap_or_default()
    };
    let title = Memo::new(move |_| {
        let title = with_names(|names, step| match &step.note {
            Some(note) if step.is_note() => note.title.clone(),
            _ => names.card(step),
        });
        if title.is_empty() {
            speech.say(&CanvasText::Note)
        } else {
            title
        }
    });
    let subtitle = Memo::new(move |_| with_names(|names, step| names.subtitle(step)));
    let is_note = Memo::new(move |_| step.with(|step| step.as_ref().is_some_and(Step::is_note)));
    let icon = Signal::derive(move || {
        with_names(|names, step| {
            let spec = names.spec(step);
            spec.map_or_else(|| "plug".to_owned(), |spec| spec.icon.clone())
        })
    });
    let (number, name, toggled) = (id.clone(), id.clone(), id.clone());
    let toggle = move |_| {
        board.selected.set(Some(toggled.clone()));
        opened.update(|opened| {
            if !opened.remove(&toggled) {
                opened.insert(toggled.clone());
            }
        });
    };
    view! {
        <button
            class="outline-open"
            type="button"
            data-step=id.to_string()
            aria-expanded=move || (!is_note.get()).then(|| is_open.get().to_string())
            aria-label=move || card_name(board, speech, &name)
            on:click=toggle
        >
            {move || (!is_note.get()).then(|| view! { <Icon name="chevron-right"/> })}
            <Tile icon/>
            {move || board.number(&number).map(|number| view! { <span class="card-number number">{number}</span> })}
            <span class="card-names">
                <span class="card-title">{move || title.get()}</span>
                <span class="card-sub">{move || subtitle.get()}</span>
            </span>
        </button>
    }
}

/// The connection, the problems and the state in a run, as tags.
fn facts(board: Board, speech: Speech, id: &StepId) -> impl IntoView + use<> {
    let did = board.step_run(id);
    let state = move || {
        board
            .run
            .with(Option::is_some)
            .then(|| did.with(|did| did.as_ref().map(|did| did.state)))
    };
    let of_problems = id.clone();
    let problems = Memo::new(move |_| {
        board.problems.with(|problems| {
            let mine = || {
                problems
                    .iter()
                    .filter(|problem| problem.step.as_ref() == Some(&of_problems))
            };
            let is_bad = mine().any(|problem| problem.severity == Severity::Error);
            (mine().count(), is_bad)
        })
    });
    let connection = connection_text(board, speech, id);
    view! {
        <p class="outline-facts">
            {move || connection.get().map(|text| view! { <span>{text}</span> })}
            {move || {
                let (n, is_bad) = problems.get();
                let tone = if is_bad { "bad" } else { "warn" };
                (n > 0).then(|| view! {
                    <span class="tag" data-tone=tone><Icon name="circle-alert"/>{speech.say(&CanvasText::ProblemCount { n })}</span>
                })
            }}
            {move || state().map(|state| view! {
                <span class="outline-state" data-state=state.map(state_name)>
                    <Icon name=state_icon(state)/>
                    {t(state_text(state))}
                </span>
            })}
        </p>
    }
}

fn state_text(state: Option<api::StepState>) -> TraceText {
    use api::StepState;
    match state {
        None => TraceText::NotReached,
        Some(StepState::Running) => TraceText::Running,
        Some(StepState::Waiting) => TraceText::Waiting,
        Some(StepState::Succeeded) => TraceText::Succeeded,
        Some(StepState::Failed) => TraceText::Failed,
        Some(StepState::OutcomeUnknown) => TraceText::OutcomeUnknown,
    }
}

fn connection_text(board: Board, speech: Speech, id: &StepId) -> Memo<Option<String>> {
    let step = board.step(id);
    Memo::new(move |_| {
        step.with(|step| {
            let step = step.as_ref()?;
            let spec = board.spec(step);
            let needs = spec.is_some_and(|spec| spec.connector.is_some() && !spec.goes_without);
            let chosen = step.connection.as_ref();
            let name = chosen.and_then(|chosen| {
                board.connections.with(|all| {
                    let known = all.iter().find(|known| known.id == *chosen);
                    known.map(|known| known.name.clone())
                })
            });
            match name.or_else(|| chosen.map(ToString::to_string)) {
                Some(name) => Some(speech.say(&OutlineText::ConnectionIs { name })),
                None => needs.then(|| speech.say(&OutlineText::NoConnectionYet)),
            }
        })
    })
}

#[component]
fn Body(id: StepId) -> impl IntoView {
    let (board, shared) = (use_board(), use_shared());
    let did = board.step_run(&id);
    let error = move || {
        did.with(|did| {
            did.as_ref()?
                .error
                .as_ref()
                .map(|error| error.message.clone())
        })
    };
    view! {
        <div class="outline-body">
            {move || error().map(|text| view! { <p class="outline-problem" data-tone="bad"><Icon name="circle-x"/>{text}</p> })}
            <Problems id=id.clone() at=None/>
            {
                let id = id.clone();
                move || shared.editor().map(|_| view! { <crate::card::ConnectionChip id=id.clone()/> })
            }
            <Inputs id=id.clone() lane=None yields=false/>
            <Outputs id/>
        </div>
    }
}
