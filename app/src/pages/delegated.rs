//! Delegated flows: those that the person may run, each with its form, and what became of the run.

use api::{DelegatedFlow, DelegatedRun, RunStatus, StartRun};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::card::pretty;
use crate::editor::run_dialog::read_slots;
use crate::i18n::t;
use crate::i18n::texts::KindText;
use crate::kit::{
    Button, ButtonKind, EmptyState, ErrorBox, FlowTile, RunTag, ValueField, ValueSlot, loaded,
};
use crate::rpc::{self, Refusal};
use crate::shell::Page;

/// Asked so often while a run goes on, in milliseconds.
const EVERY_MS: u64 = 700;

/// The page.
#[component]
pub fn DelegatedPage() -> impl IntoView {
    let flows = Resource::new(|| (), |()| rpc::list_delegated());
    view! {
        <Page title=t(KindText::Delegated)>
            {loaded(
                flows,
                move |flows| {
                    if flows.is_empty() {
                        return view! {
                            <div class="panel"><EmptyState icon="user-cog" text=t(KindText::DelegatedEmpty)/></div>
                        }
                        .into_any();
                    }
                    let panels = flows.into_iter().map(|flow| view! { <FlowPanel flow/> });
                    view! { <div class="delegated">{panels.collect_view()}</div> }.into_any()
                },
            )}
        </Page>
    }
}

#[component]
fn FlowPanel(flow: DelegatedFlow) -> impl IntoView {
    let slots: Vec<ValueSlot> = flow
        .inputs
        .iter()
        .map(|input| ValueSlot {
            name: input.name.clone(),
            label: input.label.clone(),
            ty: input.ty.clone(),
            is_required: input.is_required,
            choices: input.choices.clone(),
            text: RwSignal::new(String::new()),
        })
        .collect();
    let fields = slots
        .clone()
        .into_iter()
        .enumerate()
        .map(|(index, slot)| view! { <ValueField asked=slot id=format!("{}-{index}", flow.id)/> })
        .collect_view();
    let is_empty = slots.is_empty();
    let wrong = RwSignal::new(None::<KindText>);
    let refusal = RwSignal::new(None::<Refusal>);
    let run = RwSignal::new(None::<DelegatedRun>);
    let busy = RwSignal::new(false);
    let id = flow.id.clone();
    let start = move || {
        let inputs = match read_slots(&slots) {
            Ok(inputs) => inputs,
            Err(text) => return wrong.set(Some(text)),
        };
        let request = StartRun {
            id: id.clone(),
            inputs,
        };
        wrong.set(None);
        refusal.set(None);
        run.set(None);
        busy.set(true);
        spawn_local(async move {
            let answer = rpc::run_delegated(request).await;
            busy.try_set(false);
            match answer {
                Ok(begun) => follow(begun, run),
                Err(refused) => {
                    refusal.try_set(Some(refused));
                }
            }
        });
    };
    let title = format!("delegated-{}", flow.id);
    let heading = title.clone();
    view! {
        <section class="panel delegated-flow" aria-labelledby=title>
            <header class="cell-row">
                <FlowTile kind=flow::FlowKind::Delegated/>
                <h2 id=heading>{flow.name}</h2>
            </header>
            {(!flow.description.is_empty()).then(|| view! { <p class="delegated-about">{flow.description}</p> })}
            <form
                class="run-form"
                on:submit=move |event| {
                    event.prevent_default();
                    start();
                }
            >
                {is_empty.then(|| view! { <p class="hint">{t(KindText::NoInputs)}</p> })}
                {fields}
                {move || wrong.get().map(|text| view! { <p class="field-error" role="alert">{t(text)}</p> })}
                {move || refusal.get().map(|refusal| view! { <ErrorBox refusal/> })}
                <div class="actions">
                    <Button kind=ButtonKind::Primary icon="play" submit=true busy=busy>{t(KindText::DelegatedRun)}</Button>
                </div>
            </form>
            <div role="status" aria-live="polite">
                {move || run.get().map(|run| view! { <Outcome run/> })}
            </div>
        </section>
    }
}

#[component]
fn Outcome(run: DelegatedRun) -> impl IntoView {
    let text = match run.status {
        RunStatus::Succeeded => KindText::DelegatedDone,
        RunStatus::Stopped => KindText::DelegatedStopped,
        RunStatus::Failed | RunStatus::Canceled => KindText::DelegatedFailed,
        RunStatus::OutcomeUnknown => KindText::DelegatedUnknown,
        RunStatus::Queued | RunStatus::Running | RunStatus::Waiting => KindText::DelegatedRunning,
    };
    let returned = run.returned.filter(|value| match value {
        serde_json::Value::Object(fields) => !fields.is_empty(),
        serde_json::Value::Null => false,
        _ => true,
    });
    view! {
        <div class="delegated-outcome">
            <p class="cell-row"><RunTag status=run.status/>{t(text)}</p>
            {run.error.map(|error| view! { <p class="field-error">{error}</p> })}
            {returned.map(|value| view! {
                <p class="label">{t(KindText::DelegatedReturned)}</p>
                <pre class="mono delegated-returned" tabindex="0">{pretty(&value)}</pre>
            })}
        </div>
    }
}

fn is_over(status: RunStatus) -> bool {
    !matches!(
        status,
        RunStatus::Queued | RunStatus::Running | RunStatus::Waiting
    )
}

/// Shows the run until it is over. Ends with the page.
fn follow(begun: DelegatedRun, shown: RwSignal<Option<DelegatedRun>>) {
    let (id, is_done) = (begun.id.clone(), is_over(begun.status));
    shown.try_set(Some(begun));
    if is_done {
        return;
    }
    set_timeout(
        move || {
            spawn_local(async move {
                let is_wanted = shown
                    .try_get_untracked()
                    .is_some_and(|run| run.is_some_and(|run| run.id == id));
                if !is_wanted {
                    return;
                }
                if let Ok(now) = rpc::open_delegated(id).await {
                    follow(now, shown);
                }
            });
        },
        std::time::Duration::from_millis(EVERY_MS),
    );
}
