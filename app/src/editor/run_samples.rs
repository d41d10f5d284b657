//! What a flow can be tried with: real events, earlier runs, saved tests; and on what it will act.

use std::collections::BTreeSet;

use api::{NewTest, RenameTest, Sample, Samples};
use flow::{ConnectionId, Flow, FlowId, RunId, Step};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value as Json};

use super::run_dialog::Asked;
use super::state::Editor;
use super::trial::Mode;
use crate::canvas::board::Board;
use crate::i18n::texts::{KitText, RunningText};
use crate::i18n::{Moment, t};
use crate::kit::{Button, ButtonKind, Icon};
use crate::rpc::{self, Refusal};

/// The list of samples; choosing one fills the fields.
#[component]
pub(super) fn SamplePicker(editor: Editor, asked: Asked) -> impl IntoView {
    let flow = editor.board.flow.with_untracked(|flow| flow.id.clone());
    let again = RwSignal::new(0_u32);
    let of_flow = flow.clone();
    let samples = LocalResource::new(move || {
        again.track();
        rpc::list_samples(of_flow.clone())
    });
    let chosen = RwSignal::new(String::new());
    Effect::new(move || {
        let id = chosen.get();
        let is_run = samples.with(|samples| {
            let samples = samples.as_ref().and_then(|samples| samples.as_ref().ok());
            samples.is_some_and(|samples| {
                let mut all = samples.events.iter().chain(&samples.manual);
                all.any(|sample| sample.run.as_str() == id)
            })
        });
        editor.trials.sample.set(is_run.then(|| RunId::from(id)));
    });
    let filled = StoredValue::new(false);
    let first = asked.clone();
    Effect::new(move || {
        // What was run last, or what really happened last, stands there at once.
        if let Some(Ok(samples)) = samples.get()
            && !filled.get_value()
        {
            filled.set_value(true);
            if let Some((id, values)) = newest(&samples) {
                chosen.set(id);
                first.fill(&values);
            }
        }
    });
    move || {
        let samples = samples.get()?.ok()?;
        let asked = asked.clone();
        Some(view! { <Groups samples asked chosen flow=flow.clone() again/> })
    }
}

/// The newest run by hand where it is newer than the newest real event, else that.
fn newest(samples: &Samples) -> Option<(String, Map<String, Json>)> {
    let known = |sample: &&Sample| sample.values.is_some();
    let event = samples.events.iter().find(known);
    let manual = samples.manual.iter().find(known);
    let sample = match (event, manual) {
        (Some(event), Some(manual)) if event.at > manual.at => event,
        (event, manual) => manual.or(event)?,
    };
    Some((sample.run.to_string(), sample.values.clone()?))
}

#[component]
fn Groups(
    samples: Samples,
    asked: Asked,
    chosen: RwSignal<String>,
    flow: FlowId,
    again: RwSignal<u32>,
) -> impl IntoView {
    let group = |text: RunningText, rows: Vec<Sample>, asked: &Asked| {
        let asked = asked.clone();
        let text = t(text);
        (!rows.is_empty()).then(|| view! {
            <div class="samples-group" role="group" aria-label=text>
                <p class="samples-head">{text}</p>
                {rows.into_iter().map(|row| view! { <SampleRow row asked=asked.clone() chosen/> }).collect_view()}
            </div>
        })
    };
    let has_none =
        samples.events.is_empty() && samples.manual.is_empty() && samples.tests.is_empty();
    let tests = samples.tests.into_iter().map(|test| {
        view! { <TestRow test asked=asked.clone() chosen flow=flow.clone() again/> }
    });
    let tests = tests.collect_view();
    let has_tests = !tests.is_empty();
    view! {
        <div class="samples" role="radiogroup" aria-label=t(RunningText::Samples)>
            {has_none.then(|| view! { <p class="hint">{t(RunningText::NoSamples)}</p> })}
            {has_tests.then(|| view! {
                <div class="samples-group" role="group" aria-label=t(RunningText::Tests)>
                    <p class="samples-head">{t(RunningText::Tests)}</p>
                    {tests}
                </div>
            })}
            {group(RunningText::RealEvents, samples.events, &asked)}
            {group(RunningText::ByHand, samples.manual, &asked)}
        </div>
    }
}

#[component]
fn SampleRow(row: Sample, asked: Asked, chosen: RwSignal<String>) -> impl IntoView {
    let id = row.run.to_string();
    let is_chosen = {
        let id = id.clone();
        move || chosen.get() == id
    };
    let who = row.person.clone().unwrap_or_else(|| row.flow_name.clone());
    let values = row.values;
    let is_lost = values.is_none();
    view! {
        <button
            class="samples-row" type="button" role="radio" disabled=is_lost
            aria-checked=move || is_chosen().to_string()
            on:click=move |_| {
                if let Some(values) = &values {
                    chosen.set(id.clone());
                    asked.fill(values);
                }
            }
        >
            <Moment at=row.at/>
            <span class="ellipsis" title=row.flow_name>{who}</span>
            {is_lost.then(|| view! { <span class="muted">"•••• "{t(RunningText::ValuesLost)}</span> })}
        </button>
    }
}

#[component]
fn TestRow(
    test: api::SavedTest,
    asked: Asked,
    chosen: RwSignal<String>,
    flow: FlowId,
    again: RwSignal<u32>,
) -> impl IntoView {
    let id = test.id.clone();
    let name = RwSignal::new(None::<String>);
    let is_chosen = {
        let id = id.clone();
        move || chosen.get() == id
    };
    let inputs = test.inputs;
    let toasts = crate::kit::use_toasts();
    let done = move |answer: Result<(), Refusal>| match answer {
        Ok(()) => again.update(|again| *again += 1),
        Err(refusal) => toasts.refuse(&refusal),
    };
    let rename = {
        let (id, flow) = (id.clone(), flow.clone());
        move || {
            let Some(text) = name.get_untracked() else {
                return;
            };
            name.set(None);
            let request = RenameTest {
                flow: flow.clone(),
                id: id.clone(),
                name: text,
            };
            spawn_local(async move { done(rpc::rename_test(request).await.map(|_| ())) });
        }
    };
    let remove = {
        let (id, flow) = (id.clone(), flow.clone());
        move |_| {
            let (id, flow) = (id.clone(), flow.clone());
            spawn_local(async move { done(rpc::delete_test(flow, id).await) });
        }
    };
    let kept = rename.clone();
    let title = test.name.clone();
    let (renames, deletes) = (
        t(RunningText::RenameTest {
            name: test.name.clone(),
        }),
        t(RunningText::DeleteTest {
            name: test.name.clone(),
        }),
    );
    let picked = id.clone();
    view! {
        <div class="samples-test">
            <button
                class="samples-row" type="button" role="radio"
                aria-checked=move || is_chosen().to_string()
                on:click=move |_| { chosen.set(picked.clone()); asked.fill(&inputs); }
            >
                <span class="ellipsis">{title}</span>
            </button>
            {move || {
                let rename = rename.clone();
                let kept = kept.clone();
                name.get().map(|text| view! {
                    <input
                        class="input" maxlength="200" autofocus=true aria-label=t(RunningText::TestName) value=text
                        on:input=move |event| name.set(Some(event_target_value(&event)))
                        on:keydown=move |event| match event.key().as_str() {
                            "Enter" if !event.is_composing() => { event.prevent_default(); rename(); }
                            "Escape" => { event.stop_propagation(); event.prevent_default(); name.set(None); }
                            _ => {}
                        }
                    />
                    <Button on_press=move || kept()>{t(KitText::Save)}</Button>
                })
            }}
            <button class="bar-button" type="button" aria-label=renames title=renames on:click={ let text = test.name.clone(); move |_| name.set(Some(text.clone())) }><Icon name="pencil"/></button>
            <button class="bar-button" type="button" aria-label=deletes title=deletes on:click=remove><Icon name="trash-2"/></button>
        </div>
    }
}

/// Keeps what is typed in under a name.
#[component]
pub(super) fn SaveTest(editor: Editor, asked: Asked) -> impl IntoView {
    let name = RwSignal::new(None::<String>);
    let toasts = editor.toasts;
    let save = move || {
        let (Some(text), Some(inputs)) = (name.get_untracked(), asked.read(editor)) else {
            return;
        };
        let test = NewTest {
            flow: editor.board.flow.with_untracked(|flow| flow.id.clone()),
            name: text,
            inputs,
        };
        spawn_local(async move {
            match rpc::save_test(test).await {
                Ok(_) => {
                    name.try_set(None);
                    toasts.say(&RunningText::TestSaved);
                }
                Err(refusal) => toasts.refuse(&refusal),
            }
        });
    };
    let by_key = save.clone();
    view! {
        <span class="save-test">
            {move || {
                let (save, by_key) = (save.clone(), by_key.clone());
                if name.read().is_none() {
                    return view! { <Button kind=ButtonKind::Bare icon="save" on_press=move || name.set(Some(String::new()))>{t(RunningText::SaveTest)}</Button> }.into_any();
                }
                view! {
                    <input
                        class="input" maxlength="200" autofocus=true aria-label=t(RunningText::TestName) placeholder=t(RunningText::TestName)
                        on:input=move |event| name.update(|name| *name = Some(event_target_value(&event)))
                        on:keydown=move |event| match event.key().as_str() {
                            "Enter" if !event.is_composing() => { event.prevent_default(); by_key(); }
                            "Escape" => { event.stop_propagation(); event.prevent_default(); name.set(None); }
                            _ => {}
                        }
                    />
                    <Button on_press=move || save()>{t(KitText::Save)}</Button>
                }
                .into_any()
            }}
        </span>
    }
}

/// Says on which orgs and services the run will act.
#[component]
pub(super) fn ActsOn(editor: Editor, mode: Mode) -> impl IntoView {
    let board = editor.board;
    let used = board
        .flow
        .with_untracked(|flow| connections_of(flow, &mode));
    let names = names_of(board, &used);
    if names.is_empty() {
        view! { <p class="hint acts-on"><Icon name="info"/>{t(RunningText::ActsOnNothing)}</p> }
            .into_any()
    } else {
        let names = names.join(", ");
        view! { <p class="acts-on"><Icon name="plug-zap"/>{t(RunningText::ActsOn { names })}</p> }
            .into_any()
    }
}

/// Returns connections with their orgs, as a person knows them.
pub(super) fn names_of(board: Board, used: &BTreeSet<ConnectionId>) -> Vec<String> {
    board.connections.with_untracked(|all| {
        used.iter()
            .map(|id| match all.iter().find(|known| known.id == *id) {
                Some(known) if known.domain.is_empty() => known.name.clone(),
                Some(known) => format!("{} ({})", known.name, known.domain),
                None => id.to_string(),
            })
            .collect()
    })
}

/// The connections of the cards that would run; the first card of a flow only listens.
pub(super) fn connections_of(flow: &Flow, mode: &Mode) -> BTreeSet<ConnectionId> {
    let mut found = BTreeSet::new();
    match mode {
        Mode::Only(id) => {
            if let Some(step) = flow.step(id) {
                collect(step, flow, true, &mut found);
            }
        }
        Mode::Whole | Mode::Until(_) => {
            for step in flow.steps.iter().skip(1) {
                collect(step, flow, false, &mut found);
                if matches!(mode, Mode::Until(id) if holds(step, id)) {
                    break;
                }
            }
        }
    }
    found
}

fn collect(step: &Step, flow: &Flow, with_pinned: bool, found: &mut BTreeSet<ConnectionId>) {
    if !with_pinned && flow.pin(&step.id).is_some() {
        return;
    }
    found.extend(step.connection.clone());
    for inner in step.lanes.iter().flat_map(|lane| &lane.steps) {
        collect(inner, flow, with_pinned, found);
    }
}

fn holds(step: &Step, id: &flow::StepId) -> bool {
    let mut inner = step.lanes.iter().flat_map(|lane| &lane.steps);
    step.id == *id || inner.any(|inner| holds(inner, id))
}
