//! One card alone: its dialog, and the inspector's tab with what it did last and what is pinned to it.

use api::{FieldValue, StepRun};
use flow::{Binding, FieldKey, Input, Output, Step, StepId, json_at};
use leptos::prelude::*;
use serde_json::{Map, Value as Json};

use super::run_dialog::{Asked, AskedFields, begin};
use super::run_samples::{ActsOn, connections_of, names_of};
use super::state::Editor;
use super::trial::{Mode, last_outputs, why_not_alone, why_not_pinned};
use crate::canvas::board::Board;
use crate::card::{state_icon, took};
use crate::i18n::texts::{EditorText, KitText, RunningText};
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, ErrorBox, Icon, ValueSlot};
use crate::pages::run_page::values::ValueList;
use crate::rpc::Refusal;

/// The dialog's form: the inputs with the values that they would have, to be changed before the card runs.
#[component]
pub(super) fn CardForm(editor: Editor, id: StepId) -> impl IntoView {
    let board = editor.board;
    let step = board.flow.with_untracked(|flow| flow.step(&id).cloned());
    let keys: Vec<(FieldKey, ValueSlot)> = step
        .iter()
        .flat_map(|step| step.inputs.iter().map(move |input| (step, input)))
        .filter(|(_, input)| is_asked(input))
        .map(|(step, input)| (input.key.clone(), slot_of(board, step, input)))
        .collect();
    let asked = Asked::new(keys.iter().map(|(_, slot)| slot.clone()).collect());
    let mode = Mode::Only(id.clone());
    let refusal = RwSignal::new(None::<Refusal>);
    let busy = RwSignal::new(false);
    let warning = outside(editor, &id);
    let (read, of_run) = (asked.clone(), mode.clone());
    let start = move || {
        let Some(values) = read.read(editor) else {
            return;
        };
        let given = keys.iter().filter_map(|(key, slot)| {
            Some(FieldValue {
                field: key.clone(),
                value: values.get(&slot.name)?.clone(),
                masked: false,
            })
        });
        begin(
            editor,
            of_run.clone(),
            Map::new(),
            given.collect(),
            busy,
            refusal,
        );
    };
    view! {
        <form
            class="run-form"
            on:submit=move |event| {
                event.prevent_default();
                start();
            }
        >
            <p class="hint">{t(RunningText::OnlyHint)}</p>
            <AskedFields editor asked/>
            {match warning {
                Some(text) => view! { <p class="acts-on acts-outside"><Icon name="triangle-alert"/>{t(text)}</p> }.into_any(),
                None => view! { <ActsOn editor mode/> }.into_any(),
            }}
            {move || refusal.get().map(|refusal| view! { <ErrorBox refusal/> })}
            <div class="dialog-foot">
                <Button on_press=move || editor.running.set(false)>{t(KitText::Cancel)}</Button>
                <Button kind=ButtonKind::Primary icon="play" submit=true busy=busy>{t(EditorText::Run)}</Button>
            </div>
        </form>
    }
}

/// Mapped and typed inputs are asked for; options and items of a loop stay as they are.
fn is_asked(input: &Input) -> bool {
    !input.option
        && !input.arg
        && !matches!(input.binding, Binding::Item { .. })
        && (!input.hidden || !input.binding.is_blank())
}

/// What a card does outside, as a warning before it runs.
fn outside(editor: Editor, id: &StepId) -> Option<RunningText> {
    let board = editor.board;
    let mode = Mode::Only(id.clone());
    let used = board
        .flow
        .with_untracked(|flow| connections_of(flow, &mode));
    let names = names_of(board, &used);
    if names.is_empty() {
        return None;
    }
    let title = board.title_now(id);
    let does = board.names_now(|names| {
        let step = names.flow.step(id)?;
        let help = names.spec(step)?.help.clone();
        let end = help.find(['.', '。']).map_or(help.len(), |at| at);
        help.get(..end).map(str::to_owned)
    });
    Some(RunningText::ActsForReal {
        title,
        names: names.join(", "),
        does: does.unwrap_or_default(),
    })
}

fn slot_of(board: Board, step: &Step, input: &Input) -> ValueSlot {
    let at = flow::InputRef::of(step.id.clone(), input.key.clone());
    let label = board.names_now(|names| names.input_at(&at));
    let slot = ValueSlot {
        name: api::field_name(&input.key),
        label,
        ty: input.ty.clone(),
        is_required: input.required,
        choices: input.choices.clone(),
        text: RwSignal::new(String::new()),
    };
    if let Some(value) = value_now(board, input) {
        let text = slot.shown(&value);
        slot.text.set(text);
    }
    slot
}

/// The value that an input would have: from pinned outputs, else from what the cards before gave last.
fn value_now(board: Board, input: &Input) -> Option<Json> {
    resolve(&input.binding, &|source| {
        let pinned = (board.flow).with_untracked(|flow| {
            let pin = flow.pin(&source.step)?;
            let (_, value) = pin.outputs.iter().find(|(key, _)| *key == source.field)?;
            json_at(value, &source.path).cloned()
        });
        pinned.or_else(|| {
            let did = board.step_run_now(&source.step)?;
            let found = did
                .outputs
                .iter()
                .find(|value| value.field == source.field && !value.masked)?;
            json_at(&found.value, &source.path).cloned()
        })
    })
}

fn resolve(binding: &Binding, value: &dyn Fn(&flow::OutputRef) -> Option<Json>) -> Option<Json> {
    match binding {
        Binding::Constant { value } => Some(value.clone()),
        Binding::Output { source, .. } => value(source),
        Binding::Template { parts } => {
            let mut text = String::new();
            for part in parts {
                match part {
                    flow::Part::Text { text: literal } => text.push_str(literal),
                    flow::Part::Value { binding, .. } => match resolve(binding, value) {
                        Some(Json::String(part)) => text.push_str(&part),
                        Some(Json::Null) | None => {}
                        Some(other) => text.push_str(&other.to_string()),
                    },
                }
            }
            Some(Json::String(text))
        }
        Binding::Empty | Binding::Item { .. } => None,
    }
}

/// The inspector's tab: run this card, run up to it, what it did last, its pin.
#[component]
pub fn TestTab(editor: Editor, id: StepId) -> impl IntoView {
    let why = why_not_alone(editor, &id);
    let (only, until) = (id.clone(), id.clone());
    let can = why.is_none();
    view! {
        <section class="inspector-part test-actions">
            {why.map(|why| view! { <p class="hint">{t(why)}</p> })}
            {can.then(|| view! {
                <Button icon="play" on_press=move || editor.ask_run_only(&only)>{t(RunningText::RunCard)}</Button>
            })}
            <Button icon="arrow-right" on_press=move || editor.ask_run_until(&until)>{t(RunningText::RunUntil)}</Button>
        </section>
        <LastRun editor id=id.clone()/>
        <PinPart editor id/>
    }
}

#[component]
fn LastRun(editor: Editor, id: StepId) -> impl IntoView {
    let speech = use_speech();
    let did = editor.board.step_run(&id);
    let board = editor.board;
    let values = move |title: RunningText, did: &StepRun, is_input: bool| {
        let view = board.run.get_untracked()?;
        let did = did.clone();
        Some(view! {
            <h3>{t(title)}</h3>
            <ValueList board view did is_input/>
        })
    };
    view! {
        <section class="inspector-part">
            {move || match did.get() {
                None => view! { <p class="hint">{t(RunningText::NotTried)}</p> }.into_any(),
                Some(did) => view! {
                    <p class="test-state" data-state=crate::card::state_name(did.state)>
                        <Icon name=state_icon(Some(did.state))/>
                        {t(crate::pages::run_page::state_text(Some(did.state)))}
                        " "{did.took_us.map(|us| took(us, speech))}
                    </p>
                    {did.error.as_ref().map(|error| view! { <p class="field-error">{error.message.clone()}</p> })}
                    {values(RunningText::Took, &did, true)}
                    {values(RunningText::Gave, &did, false)}
                }
                .into_any(),
            }}
        </section>
    }
}

/// What stands in for the card in trials.
#[component]
fn PinPart(editor: Editor, id: StepId) -> impl IntoView {
    let board = editor.board;
    let pinned = {
        let id = id.clone();
        Memo::new(move |_| board.flow.with(|flow| flow.pin(&id).cloned()))
    };
    let why = why_not_pinned(editor, &id);
    let text = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let shown = id.clone();
    Effect::new(move || {
        let values = pinned.get().map(|pin| pin.outputs);
        let values = values.or_else(|| last_outputs(board, &shown));
        text.set(as_json(board, &shown, &values.unwrap_or_default()));
    });
    let (kept, taken) = (id.clone(), id.clone());
    let keep = move || match from_json(board, &kept, &text.get_untracked()) {
        Some(outputs) => {
            wrong.set(false);
            editor.pin(&kept, Some(outputs));
        }
        None => wrong.set(true),
    };
    if let Some(why) = why {
        return view! { <section class="inspector-part"><h3>{t(RunningText::PinTitle)}</h3><p class="hint">{t(why)}</p></section> }.into_any();
    }
    view! {
        <section class="inspector-part">
            <h3>{t(RunningText::PinTitle)}</h3>
            <p class="hint">{t(RunningText::PinHint)}</p>
            <textarea
                class="input mono" rows="6" spellcheck="false" aria-label=t(RunningText::PinTitle)
                prop:value=move || text.get() on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            {move || wrong.get().then(|| view! { <p class="field-error" role="alert">{t(RunningText::PinWrong)}</p> })}
            <div class="test-actions">
                <Button icon="pin" on_press=keep>{move || t(if pinned.read().is_some() { RunningText::PinChange } else { RunningText::Pin }).get()}</Button>
                {move || {
                    let taken = taken.clone();
                    pinned.read().is_some().then(|| view! {
                        <Button kind=ButtonKind::Bare on_press=move || editor.pin(&taken, None)>{t(RunningText::Unpin)}</Button>
                    })
                }}
            </div>
        </section>
    }
    .into_any()
}

/// Outputs as one object, by the names under which callers know fields; those without a value are null.
fn as_json(board: Board, id: &StepId, outputs: &[(FieldKey, Json)]) -> String {
    let all: Map<String, Json> = outputs_of(board, id)
        .iter()
        .map(|output| {
            let found = outputs.iter().find(|(key, _)| *key == output.key);
            let value = found.map(|(_, value)| value.clone()).unwrap_or_default();
            (api::field_name(&output.key), value)
        })
        .collect();
    serde_json::to_string_pretty(&all).unwrap_or_default()
}

fn outputs_of(board: Board, id: &StepId) -> Vec<Output> {
    board.flow.with_untracked(|flow| {
        let step = flow.step(id);
        step.map(|step| step.outputs.clone()).unwrap_or_default()
    })
}

/// Reads the object; nothing where it is none, or names what the card does not give.
fn from_json(board: Board, id: &StepId, text: &str) -> Option<Vec<(FieldKey, Json)>> {
    let given: Map<String, Json> = serde_json::from_str(text).ok()?;
    let outputs = outputs_of(board, id);
    given
        .into_iter()
        .map(|(name, value)| {
            let output = outputs
                .iter()
                .find(|output| api::field_name(&output.key) == name)?;
            let takes = value.is_null()
                || ValueSlot {
                    name: String::new(),
                    label: String::new(),
                    ty: output.ty.clone(),
                    is_required: false,
                    choices: Vec::new(),
                    text: RwSignal::new(String::new()),
                }
                .takes(&value);
            takes.then(|| (output.key.clone(), value))
        })
        .collect()
}
