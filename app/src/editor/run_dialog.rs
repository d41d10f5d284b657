//! Starting a run by hand: one field for each value that the first card gives and the flow uses.

use api::{StartRun, TurnOn};
use flow::{Flow, Output};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use serde_json::{Map, Value as Json};

use super::draft::DraftState;
use super::state::Editor;
use crate::canvas::layout::used_outputs;
use crate::i18n::t;
use crate::i18n::texts::{EditorText, KindText, KitText};
use crate::kit::{Button, ButtonKind, Dialog, ErrorBox, NotTaken, ValueField, ValueSlot};
use crate::rpc::{self, Refusal};

/// The dialog that starts a run.
#[component]
pub fn RunDialog(editor: Editor) -> impl IntoView {
    view! {
        <Dialog open=editor.running title=t(EditorText::RunTitle)>
            <RunForm editor/>
        </Dialog>
    }
}

#[component]
fn RunForm(editor: Editor) -> impl IntoView {
    let navigate = use_navigate();
    let board = editor.board;
    let fields: Vec<ValueSlot> = board.flow.with_untracked(|flow| {
        let first = flow.steps.first();
        wanted(flow)
            .into_iter()
            .map(|output| {
                let label = board.names_now(|names| {
                    first.map_or_else(String::new, |first| names.output(first, &output))
                });
                let twin = first
                    .and_then(|first| first.inputs.iter().find(|input| input.key == output.key));
                ValueSlot {
                    name: name_of(&output),
                    label,
                    is_required: twin.is_some_and(|input| input.required),
                    choices: twin.map(|input| input.choices.clone()).unwrap_or_default(),
                    ty: output.ty,
                    text: RwSignal::new(String::new()),
                }
            })
            .collect()
    });
    let wrong = RwSignal::new(None::<KindText>);
    let refusal = RwSignal::new(None::<Refusal>);
    let busy = RwSignal::new(false);
    let shown = fields.clone().into_iter().enumerate().map(|(index, slot)| {
        view! { <ValueField asked=slot id=format!("run-input-{index}")/> }
    });
    let shown = shown.collect_view();
    let is_empty = fields.is_empty();
    let start = move || {
        let inputs = match read_slots(&fields) {
            Ok(inputs) => inputs,
            Err(text) => {
                wrong.set(Some(text));
                return;
            }
        };
        wrong.set(None);
        let navigate = navigate.clone();
        busy.set(true);
        refusal.set(None);
        spawn_local(async move {
            let answer = begin(editor, inputs).await;
            busy.try_set(false);
            match answer {
                Ok(run) => {
                    editor.running.set(false);
                    navigate(
                        &format!("/runs/{run}"),
                        leptos_router::NavigateOptions::default(),
                    );
                }
                Err(refused) => {
                    refusal.try_set(Some(refused));
                }
            }
        });
    };
    let is_on = move || {
        editor
            .row
            .with(|row| row.as_ref().is_some_and(|row| row.is_on))
    };
    let is_version = move || editor.draft.state.get() == DraftState::Version;
    view! {
        <form
            class="run-form"
            on:submit=move |event| {
                event.prevent_default();
                start();
            }
        >
            <p class="hint">{t(if is_empty { EditorText::RunNoInputs } else { EditorText::RunInputs })}</p>
            {shown}
            {move || (is_on() && !is_version()).then(|| view! { <p class="hint">{t(EditorText::RunsVersion)}</p> })}
            {move || (!is_on()).then(|| view! { <p class="hint">{t(EditorText::RunTurnsOn)}</p> })}
            {move || refusal.get().map(|refusal| view! { <ErrorBox refusal/> })}
            {move || wrong.get().map(|text| view! { <p class="field-error" role="alert">{t(text)}</p> })}
            <div class="dialog-foot">
                <Button on_press=move || editor.running.set(false)>{t(KitText::Cancel)}</Button>
                <Button kind=ButtonKind::Primary icon="play" submit=true busy=busy>{move || t(if is_on() { EditorText::Run } else { EditorText::TurnOnAndRun })}</Button>
            </div>
        </form>
    }
}

/// Turns the flow on where it is off, and starts a run.
async fn begin(editor: Editor, inputs: Map<String, Json>) -> Result<flow::RunId, Refusal> {
    let id = editor.board.flow.with_untracked(|flow| flow.id.clone());
    let is_on = editor
        .row
        .with_untracked(|row| row.as_ref().is_some_and(|row| row.is_on));
    if !is_on {
        editor.draft.save_now(editor).await;
        let row = rpc::turn(TurnOn {
            id: id.clone(),
            on: true,
        })
        .await?;
        editor.row.set(Some(row));
        editor.draft.state.set(DraftState::Version);
    }
    rpc::start_run(StartRun { id, inputs }).await
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
