//! The sheet beside the list: what happened in a run, the failing card with its error, without leaving the list.

use api::{RunView, StepRun};
use flow::RunId;
use leptos::prelude::*;

use super::Listed;
use crate::card::{state_icon, took};
use crate::i18n::texts::{KitText, RunningText};
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, ErrorBox, Icon, LinkButton, Loading, RunTag};
use crate::rpc;

/// The sheet.
#[component]
pub fn Peek(listed: Listed) -> impl IntoView {
    let peeked = listed.peeked;
    let close = move || {
        let id = peeked.get_untracked();
        peeked.set(None);
        if let Some(id) = id {
            crate::canvas::board::focus_first(&format!("a.run-link[href='/runs/{id}']"));
        }
    };
    move || {
        let id = peeked.get()?;
        Some(view! {
            <aside
                class="peek" aria-label=t(RunningText::Peek)
                on:keydown=move |event| if event.key() == "Escape" { event.stop_propagation(); close(); }
            >
                <header class="peek-head">
                    <h2>{t(RunningText::Peek)}</h2>
                    <Button kind=ButtonKind::Bare icon="x" label=t(KitText::Close) on_press=close/>
                </header>
                <Sheet id/>
            </aside>
        })
    }
}

#[component]
fn Sheet(id: RunId) -> impl IntoView {
    let asked = id.clone();
    let view = LocalResource::new(move || rpc::open_run(asked.clone()));
    Effect::new(move || {
        if view.read().is_some() {
            request_animation_frame(|| crate::canvas::board::focus_first(".peek a.button"));
        }
    });
    move || match view.get() {
        None => view! { <Loading/> }.into_any(),
        Some(Err(refusal)) => view! { <ErrorBox refusal/> }.into_any(),
        Some(Ok(run)) => view! { <What run/> }.into_any(),
    }
}

#[component]
fn What(run: RunView) -> impl IntoView {
    let speech = use_speech();
    let failed = (run.failed_step.as_ref())
        .and_then(|id| run.steps.iter().find(|did| did.step == *id))
        .or(run.steps.last())
        .cloned();
    let title = |did: &StepRun| {
        let step = run.flow.step(&did.step);
        step.map(|step| {
            step.title
                .clone()
                .unwrap_or_else(|| step.card.method().to_owned())
        })
        .unwrap_or_default()
    };
    let number = |did: &StepRun| flow::numbers(&run.flow).get(&did.step).copied();
    let card = failed.as_ref().map(|did| (number(did), title(did)));
    let href = format!("/runs/{}", run.row.id);
    view! {
        <p class="peek-run"><RunTag status=run.row.status/><span class="ellipsis">{run.row.flow_name.clone()}</span></p>
        {failed.zip(card).map(|(did, (number, title))| view! {
            <section class="peek-card" data-state=crate::card::state_name(did.state)>
                <h3><span class="card-number number">{number}</span>{title}<Icon name=state_icon(Some(did.state))/></h3>
                {did.took_us.map(|us| view! { <p class="muted number">{took(us, speech)}</p> })}
                {did.error.map(|error| view! { <p class="field-error">{error.message}</p> })}
                {did.calls.last().cloned().map(|call| view! {
                    <p class="call-line"><span class="tag" data-tone="accent">{call.method}</span><code class="ellipsis" title=call.path.clone()>{call.path.clone()}</code>
                    <span class="tag number" data-tone=if call.status.is_some_and(|status| status < 400) { "ok" } else { "bad" }>{call.status.map_or_else(|| "–".to_owned(), |status| status.to_string())}</span></p>
                })}
            </section>
        })}
        <div class="peek-foot"><LinkButton href kind=ButtonKind::Primary icon="external-link">{t(RunningText::PeekOpen)}</LinkButton></div>
    }
}
