//! Starting a run by hand: one field for each value that the first card gives and the flow uses.

use api::{StartRun, TurnOn};
use flow::{Base, Flow, Output, Type};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use serde_json::{Map, Value as Json};

use super::draft::DraftState;
use super::state::Editor;
use crate::canvas::layout::used_outputs;
use crate::card::type_name;
use crate::i18n::texts::{EditorText, KitText};
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, Dialog, ErrorBox};
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
    let (speech, navigate) = (use_speech(), use_navigate());
    let board = editor.board;
    let fields: Vec<(Output, String, RwSignal<String>)> = board.flow.with_untracked(|flow| {
        let wanted = wanted(flow);
        wanted
            .into_iter()
            .map(|output| {
                let label = board.names_now(|names| {
                    names
                        .flow
                        .steps
                        .first()
                        .map_or_else(String::new, |first| names.output(first, &output))
                });
                (output, label, RwSignal::new(String::new()))
            })
            .collect()
    });
    let wrong = RwSignal::new(None::<String>);
    let refusal = RwSignal::new(None::<Refusal>);
    let busy = RwSignal::new(false);
    let shown = fields.clone().into_iter().enumerate().map(|(index, (output, label, value))| {
        let id = format!("run-input-{index}");
        let is_long = output.ty.list || matches!(output.ty.base, Base::Object | Base::Any);
        let set = move |event: web_sys::Event| value.set(event_target_value(&event));
        view! {
            <div class="field">
                <label for=id.clone()>{label}" "<span class="muted">{ let ty = output.ty.clone(); move || type_name(speech, &ty) }</span></label>
                {if is_long {
                    view! { <textarea class="input mono" id=id rows="4" spellcheck="false" on:input=set></textarea> }.into_any()
                } else {
                    view! { <input class="input" id=id autocomplete="off" spellcheck="false" on:input=set/> }.into_any()
                }}
            </div>
        }
    });
    let shown = shown.collect_view();
    let is_empty = fields.is_empty();
    let start = move || {
        let inputs = match read(&fields) {
            Ok(inputs) => inputs,
            Err(label) => {
                wrong.set(Some(label));
                return;
            }
        };
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
            {move || wrong.get().map(|field| view! { <p class="field-error" role="alert">{t(EditorText::NotJson { field })}</p> })}
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

/// Reads the fields. The error is the label of the field that cannot be read.
fn read(fields: &[(Output, String, RwSignal<String>)]) -> Result<Map<String, Json>, String> {
    let mut inputs = Map::new();
    for (output, label, value) in fields {
        let text = value.get_untracked();
        if text.trim().is_empty() {
            continue;
        }
        let read = value_of(&text, &output.ty).ok_or_else(|| label.clone())?;
        inputs.insert(name_of(output), read);
    }
    Ok(inputs)
}

/// Reads a value as its type asks; text that is not JSON stays text where anything may come.
pub fn value_of(text: &str, ty: &Type) -> Option<Json> {
    let json = serde_json::from_str::<Json>(text).ok();
    match (ty.list, ty.base) {
        (true, _) => json.filter(Json::is_array),
        (false, Base::Object) => json.filter(Json::is_object),
        (false, Base::Number) => json.filter(Json::is_number),
        (false, Base::Boolean) => json.filter(Json::is_boolean),
        (false, Base::Any) => Some(json.unwrap_or_else(|| Json::String(text.to_owned()))),
        (false, _) => Some(Json::String(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::branched;
    use serde_json::json;

    #[test]
    fn only_what_the_flow_uses_is_asked_for() {
        let flow = branched();
        let keys: Vec<_> = wanted(&flow)
            .into_iter()
            .map(|output| output.key.key)
            .collect();
        assert_eq!(keys, ["ID"]);
    }

    #[test]
    fn values_are_read_by_their_type() {
        let one = Type::one;
        assert_eq!(value_of("12", &one(Base::Text)), Some(json!("12")));
        assert_eq!(value_of("12", &one(Base::Number)), Some(json!(12)));
        assert_eq!(value_of("x", &one(Base::Number)), None);
        assert_eq!(
            value_of(r#"["a"]"#, &Type::list_of(Base::Text)),
            Some(json!(["a"]))
        );
        assert_eq!(value_of("plain", &one(Base::Any)), Some(json!("plain")));
    }
}
