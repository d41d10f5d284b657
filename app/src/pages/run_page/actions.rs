//! The actions of the page of a run: to the runs beside it, to the flow, keep, download, cancel, run again.

use api::RunView;
use flow::RunId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use serde_json::{Map, Value as Json};

use super::again::AgainButton;
use super::cancel::CancelRun;
use super::short;
use crate::canvas::board::Board;
use crate::i18n::texts::{RunningText, TraceText};
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, Icon, LinkButton, use_toasts};
use crate::rpc;
use crate::shell::use_may_change;

/// What can be done with the run.
#[component]
pub(super) fn Actions(board: Board) -> impl IntoView {
    let navigate = use_navigate();
    let flow = Memo::new(move |_| {
        board.run.with(|run| {
            let run = run.as_ref()?;
            let card = (run.failed_step.as_ref()).map(|card| format!("&card={card}"));
            let card = card.unwrap_or_default();
            Some(format!("/flows/{}?run={}{card}", run.row.flow, run.row.id))
        })
    });
    let may_change = use_may_change();
    let go = move |run: RunId| {
        navigate(
            &format!("/runs/{run}"),
            leptos_router::NavigateOptions::default(),
        );
    };
    view! {
        <Neighbours board/>
        <MoreActions board/>
        {move || flow.get().map(|href| view! {
            <LinkButton href icon="pencil">{t(TraceText::OpenFlow)}</LinkButton>
        })}
        {move || may_change.get().then(|| view! {
            <CancelRun board/>
            <AgainButton board is_primary=true on_started=go.clone()/>
        })}
    }
}

/// The ways to the next newer and older run of the flow.
#[component]
fn Neighbours(board: Board) -> impl IntoView {
    let beside = move |newer: bool| {
        let run = board.run.get()?;
        let id = if newer {
            run.newer.clone()
        } else {
            run.older.clone()
        };
        Some(format!("/runs/{}", id?))
    };
    let link = move |is_newer: bool, icon: &'static str, text: RunningText| {
        let label = t(text);
        move || {
            match beside(is_newer) {
            Some(href) => view! { <a class="bar-button" href=href aria-label=label title=label><Icon name=icon/></a> }.into_any(),
            None => view! { <span class="bar-button" aria-hidden="true" data-off="true"><Icon name=icon/></span> }.into_any(),
        }
        }
    };
    view! {
        {link(true, "chevron-up", RunningText::NewerRun)}
        {link(false, "chevron-down", RunningText::OlderRun)}
    }
}

/// What is done seldom: keep the inputs, take the run away as a file.
#[component]
fn MoreActions(board: Board) -> impl IntoView {
    let toasts = use_toasts();
    let speech = use_speech();
    let may_change = use_may_change();
    let has_data = Memo::new(move |_| {
        board
            .run
            .with(|run| run.as_ref().is_some_and(|run| !run.is_private))
    });
    let save = move || {
        let Some(run) = board.run.get_untracked() else {
            return;
        };
        let date = speech.say_now(&RunningText::TestOf {
            flow: run.row.flow_name.clone(),
        });
        let test = api::NewTest {
            flow: run.row.flow.clone(),
            name: format!("{date} {}", short(&run.row.id)),
            inputs: first_values(&run),
        };
        spawn_local(async move {
            match rpc::save_test(test).await {
                Ok(_) => toasts.say(&RunningText::TestSaved),
                Err(refusal) => toasts.refuse(&refusal),
            }
        });
    };
    let download = move || {
        if let Some(run) = board.run.get_untracked() {
            let text = serde_json::to_string_pretty(&*run).unwrap_or_default();
            let name = format!("run-{}.json", run.row.id);
            if crate::pages::flows::export::save(&name, &text).is_none() {
                leptos::logging::warn!("the file cannot be saved");
            }
        }
    };
    view! {
        {move || (has_data.get() && may_change.get()).then(|| view! {
            <Button icon="save" on_press=save>{t(RunningText::SaveTest)}</Button>
        })}
        <Button kind=ButtonKind::Bare icon="download" label=t(RunningText::Download) on_press=download/>
    }
}

/// The values that the first card gave, to start another run with them.
fn first_values(run: &RunView) -> Map<String, Json> {
    let first = run.flow.steps.first().map(|step| &step.id);
    let did = run.steps.iter().find(|did| Some(&did.step) == first);
    let outputs = did.map(|did| did.outputs.as_slice()).unwrap_or_default();
    outputs
        .iter()
        .filter(|output| {
            output.field.group.as_deref() != Some("context") && !output.value.is_null()
        })
        .map(|output| (api::field_name(&output.field), output.value.clone()))
        .collect()
}
