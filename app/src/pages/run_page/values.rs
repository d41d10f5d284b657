//! What a card took or gave, value by value: masked ones can be shown by who may, and each says where it came from.

use std::sync::Arc;

use api::{FieldValue, RunView, StepRun, ValueRef};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value as Json;

use crate::canvas::board::Board;
use crate::canvas::label::Names;
use crate::card::{file, pretty};
use crate::i18n::t;
use crate::i18n::texts::{InspectText, KitText, TraceText};
use crate::kit::{Button, ButtonKind, Dialog, ErrorBox, Icon};
use crate::rpc::{self, Refusal};

/// Inputs or outputs with their values.
#[component]
pub fn ValueList(
    /// Whose names are used, and who is asked about values.
    board: Board,
    /// The run.
    view: Arc<RunView>,
    /// What the card did.
    did: StepRun,
    /// What it took, not what it gave.
    is_input: bool,
) -> impl IntoView {
    let values = if is_input { did.inputs } else { did.outputs };
    if values.is_empty() {
        let text = if is_input {
            TraceText::NoInputs
        } else {
            TraceText::NoOutputs
        };
        return view! { <p class="inspector-part hint">{t(text)}</p> }.into_any();
    }
    let heading = if is_input {
        TraceText::Input
    } else {
        TraceText::Output
    };
    let step = did.step;
    let rows = values.into_iter().map(move |value| {
        let at = ValueRef {
            run: view.row.id.clone(),
            step: step.clone(),
            field: value.field.clone(),
            is_input,
            path: Vec::new(),
        };
        let label = label_of(board, &view, &at);
        view! { <ValueRow board at value label/> }
    });
    view! { <dl class="inspector-part values-of-run" aria-label=t(heading)>{rows.collect_view()}</dl> }.into_any()
}

/// What the field is called in the flow that ran.
fn label_of(board: Board, view: &RunView, at: &ValueRef) -> String {
    let catalogue = board.catalogue.read();
    let names = Names {
        flow: &view.flow,
        catalogue: &catalogue,
        index: None,
    };
    let found = view.flow.step(&at.step).and_then(|step| {
        if at.is_input {
            let input = step.all_inputs().find(|input| input.key == at.field)?;
            Some(names.input(step, input))
        } else {
            step.output(&at.field)
                .map(|output| names.output(step, output))
        }
    });
    found.unwrap_or_else(|| at.field.to_string())
}

#[component]
fn ValueRow(board: Board, at: ValueRef, value: FieldValue, label: String) -> impl IntoView {
    let revealed = RwSignal::new(None::<Json>);
    let FieldValue {
        value: seen,
        masked,
        ..
    } = value;
    let asked = at.clone();
    let asks = t(InspectText::WhereFrom);
    let name = label.clone();
    let is_hidden = Memo::new(move |_| masked && revealed.read().is_none());
    view! {
        <div class="value-row">
            <dt>
                {label}
                <button
                    type="button"
                    class="value-origin"
                    aria-label=asks
                    title=asks
                    on:click=move |_| board.ask_origin(asked.clone())
                >
                    <Icon name="route"/>
                </button>
            </dt>
            <dd>
                {move || shown(&revealed.get().unwrap_or_else(|| seen.clone()))}
                {masked.then(|| view! { <Reveal at name revealed is_hidden/> })}
            </dd>
        </div>
    }
}

fn shown(value: &Json) -> AnyView {
    let text = pretty(value);
    let is_long = text.contains('\n') || text.chars().count() > 60;
    match file(value) {
        Some(file) => view! {
            <a class="value-file" href=format!("/files/{}", file.key) download=file.name rel="external">
                <Icon name="file"/>{text}
            </a>
        }
        .into_any(),
        None if is_long => view! { <pre class="value-long" data-scrolls tabindex="0">{text}</pre> }.into_any(),
        None => view! { <code>{text}</code> }.into_any(),
    }
}

/// Asks before a masked value is shown: the audit log keeps who saw it.
#[component]
fn Reveal(
    at: ValueRef,
    name: String,
    revealed: RwSignal<Option<Json>>,
    is_hidden: Memo<bool>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let refused = RwSignal::new(None::<Refusal>);
    let is_busy = RwSignal::new(false);
    let show = move || {
        let at = at.clone();
        is_busy.set(true);
        spawn_local(async move {
            let answer = rpc::show_value(at).await;
            is_busy.try_set(false);
            match answer {
                Ok(value) => {
                    revealed.try_set(Some(value));
                    open.try_set(false);
                }
                Err(refusal) => {
                    refused.try_set(Some(refusal));
                }
            }
        });
    };
    view! {
        {move || is_hidden.get().then(|| view! {
            <Button kind=ButtonKind::Bare icon="eye" on_press=move || { refused.set(None); open.set(true); }>
                {t(InspectText::Show)}
            </Button>
        })}
        <Dialog open title=t(InspectText::ShowTitle { field: name })>
            {
                let show = show.clone();
                move || {
                    let show = show.clone();
                    view! {
                        <p>{t(InspectText::ShowText)}</p>
                        {move || refused.get().map(|refusal| view! { <ErrorBox refusal/> })}
                        <div class="dialog-foot">
                            <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                            <Button kind=ButtonKind::Primary icon="eye" disabled=is_busy on_press=show>{t(InspectText::ShowDo)}</Button>
                        </div>
                    }
                }
            }
        </Dialog>
    }
}
