//! Starting a run by hand: one field for each value that the first card gives and the flow uses, filled with the values of
//! a real event, of an earlier run or of a saved test. It runs the draft as it is on the canvas.

use api::FieldValue;
use flow::{Flow, Output};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value as Json};

use super::run_card::CardForm;
use super::run_samples::{ActsOn, SamplePicker, SaveTest};
use super::state::Editor;
use super::trial::Mode;
use crate::canvas::board::Board;
use crate::canvas::layout::used_outputs;
use crate::i18n::t;
use crate::i18n::texts::{EditorText, KindText, KitText, RunningText};
use crate::kit::{Button, ButtonKind, Dialog, ErrorBox, NotTaken, ValueField, ValueSlot};
use crate::rpc::Refusal;

/// The dialog that starts a run of the flow, or of a part of it.
#[component]
pub fn RunDialog(editor: Editor) -> impl IntoView {
    let mode = editor.trials.mode;
    let title = Signal::derive(move || match mode.get() {
        Mode::Whole => t(EditorText::RunTitle).get(),
        Mode::Until(id) => t(RunningText::UntilTitle {
            title: editor.board.title(&id),
        })
        .get(),
        Mode::Only(id) => t(RunningText::OnlyTitle {
            title: editor.board.title(&id),
        })
        .get(),
    });
    view! {
        <Dialog open=editor.running title wide=true>
            {match mode.get_untracked() {
                Mode::Only(id) => view! { <CardForm editor id/> }.into_any(),
                mode => view! { <RunForm editor mode/> }.into_any(),
            }}
        </Dialog>
    }
}

/// What is typed in, as fields or as JSON.
#[derive(Clone)]
pub struct Asked {
    /// The fields.
    pub fields: Vec<ValueSlot>,
    is_json: RwSignal<bool>,
    json: RwSignal<String>,
    /// What the chosen sample had beside the fields that are asked for.
    rest: RwSignal<Map<String, Json>>,
    wrong: RwSignal<Option<String>>,
}

impl Asked {
    pub(super) fn new(fields: Vec<ValueSlot>) -> Self {
        Self {
            fields,
            is_json: RwSignal::new(false),
            json: RwSignal::new("{}".to_owned()),
            rest: RwSignal::new(Map::new()),
            wrong: RwSignal::new(None),
        }
    }

    /// Fills everything in.
    pub(super) fn fill(&self, values: &Map<String, Json>) {
        for slot in &self.fields {
            slot.text.set(
                values
                    .get(&slot.name)
                    .map(|value| slot.shown(value))
                    .unwrap_or_default(),
            );
        }
        self.rest.set(values.clone());
        self.json
            .set(serde_json::to_string_pretty(values).unwrap_or_default());
    }

    /// Reads everything. What is wrong is said below the fields.
    pub(super) fn read(&self, editor: Editor) -> Option<Map<String, Json>> {
        let read = if self.is_json.get_untracked() {
            self.read_json()
        } else {
            read_slots(&self.fields).map(|read| {
                let mut all = self.rest.get_untracked();
                all.retain(|name, _| self.fields.iter().all(|slot| slot.name != *name));
                all.extend(read);
                all
            })
        };
        match read {
            Ok(values) => {
                self.wrong.set(None);
                Some(values)
            }
            Err(text) => {
                self.wrong.set(Some(editor.speech.say_now(&text)));
                None
            }
        }
    }

    fn read_json(&self) -> Result<Map<String, Json>, KindText> {
        let read: Result<Map<String, Json>, _> = serde_json::from_str(&self.json.get_untracked());
        let values = read.map_err(|_| KindText::WrongValue {
            field: "JSON".to_owned(),
        })?;
        for slot in &self.fields {
            let field = || slot.label.clone();
            match values.get(&slot.name).filter(|value| !value.is_null()) {
                None if slot.is_required => return Err(KindText::MustFill { field: field() }),
                Some(value) if !slot.takes(value) => {
                    return Err(KindText::WrongValue { field: field() });
                }
                _ => {}
            }
        }
        Ok(values)
    }

    /// Shows the same values in the other form. What cannot be read stays where it is.
    fn switch(&self, editor: Editor) {
        let to_json = !self.is_json.get_untracked();
        let Some(values) = self.read(editor) else {
            return;
        };
        self.fill(&values);
        self.is_json.set(to_json);
    }
}

/// The fields, or the JSON, and the way from one to the other.
#[component]
pub fn AskedFields(editor: Editor, asked: Asked) -> impl IntoView {
    let (is_json, json, wrong) = (asked.is_json, asked.json, asked.wrong);
    let fields = asked.fields.clone();
    let switched = asked.clone();
    let label = t(RunningText::AsJson);
    view! {
        {(!fields.is_empty()).then(|| view! {
            <p class="run-form-views">
                <label class="choice">
                    <input type="checkbox" prop:checked=move || is_json.get() on:change=move |_| switched.switch(editor)/>
                    {label}
                </label>
            </p>
        })}
        {move || {
            if is_json.get() {
                view! {
                    <textarea
                        class="input mono" rows="12" spellcheck="false" aria-label=t(RunningText::Inputs)
                        prop:value=move || json.get() on:input=move |event| json.set(event_target_value(&event))
                    ></textarea>
                }
                    .into_any()
            } else {
                let shown = fields.clone().into_iter().enumerate();
                shown.map(|(index, slot)| view! { <ValueField asked=slot id=format!("run-input-{index}")/> }).collect_view().into_any()
            }
        }}
        {move || wrong.get().map(|text| view! { <p class="field-error" role="alert">{text}</p> })}
    }
}

#[component]
fn RunForm(editor: Editor, mode: Mode) -> impl IntoView {
    let board = editor.board;
    let slots: Vec<ValueSlot> = board.flow.with_untracked(|flow| {
        let first = flow.steps.first();
        wanted(flow)
            .into_iter()
            .map(|output| slot_of(board, first, output))
            .collect()
    });
    let is_empty = slots.is_empty();
    let asked = Asked::new(slots);
    let refusal = RwSignal::new(None::<Refusal>);
    let busy = RwSignal::new(false);
    let started = asked.clone();
    let of_run = mode.clone();
    let start = move || {
        let Some(inputs) = started.read(editor) else {
            return;
        };
        begin(editor, of_run.clone(), inputs, Vec::new(), busy, refusal);
    };
    let submit = start.clone();
    view! {
        <form
            class="run-form"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            {(!is_empty).then(|| view! { <SamplePicker editor asked=asked.clone()/> })}
            <p class="hint">{t(if is_empty { EditorText::RunNoInputs } else { EditorText::RunInputs })}</p>
            <AskedFields editor asked=asked.clone()/>
            <ActsOn editor mode=mode.clone()/>
            <PinsHold editor/>
            {move || refusal.get().map(|refusal| view! { <ErrorBox refusal/> })}
            <div class="dialog-foot">
                {(!is_empty).then(|| view! { <SaveTest editor asked=asked.clone()/> })}
                <Button on_press=move || editor.running.set(false)>{t(KitText::Cancel)}</Button>
                <Button kind=ButtonKind::Primary icon="play" submit=true busy=busy>{t(EditorText::Run)}</Button>
            </div>
        </form>
    }
}

fn slot_of(board: Board, first: Option<&flow::Step>, output: Output) -> ValueSlot {
    let label = board
        .names_now(|names| first.map_or_else(String::new, |first| names.output(first, &output)));
    let twin = first.and_then(|first| first.inputs.iter().find(|input| input.key == output.key));
    ValueSlot {
        name: name_of(&output),
        label,
        is_required: twin.is_some_and(|input| input.required),
        choices: twin.map(|input| input.choices.clone()).unwrap_or_default(),
        ty: output.ty,
        text: RwSignal::new(String::new()),
    }
}

/// Starts a run and closes the dialog; the designer stays and shows what becomes of it.
pub(super) fn begin(
    editor: Editor,
    mode: Mode,
    inputs: Map<String, Json>,
    given: Vec<FieldValue>,
    busy: RwSignal<bool>,
    refusal: RwSignal<Option<Refusal>>,
) {
    busy.set(true);
    refusal.set(None);
    spawn_local(async move {
        let answer = editor.start_trial(mode, inputs, given).await;
        busy.try_set(false);
        match answer {
            Ok(()) => {
                editor.running.try_set(false);
            }
            Err(refused) => {
                refusal.try_set(Some(refused));
            }
        }
    });
}

/// Says that cards with pinned outputs do not run.
#[component]
fn PinsHold(editor: Editor) -> impl IntoView {
    let n = editor.board.flow.with_untracked(|flow| flow.pins.len());
    (n > 0).then(|| view! { <p class="hint">{t(RunningText::PinsHold { n })}</p> })
}

/// The outputs of the first card that somebody has to fill in: those made by the user and those that the flow uses.
fn wanted(flow: &Flow) -> Vec<Output> {
    let Some(first) = flow.steps.first() else {
        return Vec::new();
    };
    let used = used_outputs(flow);
    let is_made_here = |output: &Output| output.key.group.as_deref() == Some("context");
    first
        .outputs
        .iter()
        .filter(|output| !is_made_here(output))
        .filter(|output| output.custom || used.contains(&(first.id.clone(), output.key.clone())))
        .cloned()
        .collect()
}

/// The name by which the server knows an output: its key, or group and key joined by a dot.
pub fn name_of(output: &Output) -> String {
    match &output.key.group {
        Some(group) => format!("{group}.{}", output.key.key),
        None => output.key.key.clone(),
    }
}

/// Reads the fields. The error says which one cannot be taken.
pub fn read_slots(slots: &[ValueSlot]) -> Result<Map<String, Json>, KindText> {
    let mut inputs = Map::new();
    for slot in slots {
        let field = || slot.label.clone();
        match slot.read() {
            Ok(Some(value)) => {
                inputs.insert(slot.name.clone(), value);
            }
            Ok(None) => {}
            Err(NotTaken::Missing) => return Err(KindText::MustFill { field: field() }),
            Err(NotTaken::Wrong) => return Err(KindText::WrongValue { field: field() }),
        }
    }
    Ok(inputs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::branched;

    #[test]
    fn only_what_the_flow_uses_is_asked_for() {
        let flow = branched();
        let keys: Vec<_> = wanted(&flow)
            .into_iter()
            .map(|output| output.key.key)
            .collect();
        assert_eq!(keys, ["ID"]);
    }
}
