//! One run on its canvas: the flow as it ran, with the values in its fields, what each card did and when.

use std::sync::Arc;

use api::{RunStatus, RunView, StartRun, StepState};
use flow::{RunId, StepId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map};
use serde_json::{Map, Value as Json};

pub mod again;
pub mod cancel;
pub mod details;
pub mod facts;
pub mod keys;
pub mod log;
pub mod settle;
pub mod timeline;

use super::editor::fetch_catalogue;
use crate::canvas::bar::ViewBar;
use crate::canvas::board::Board;
use crate::canvas::rows::Purpose;
use crate::canvas::view::Canvas;
use crate::editor::Outline;
use crate::i18n::texts::{RunText, RunningText, TraceText};
use crate::i18n::{t, use_speech};
use crate::kit::{
    Button, ButtonKind, ErrorBox, Icon, LinkButton, Loading, RunTag, Tag, Tone, use_toasts,
};
use crate::live::use_run_news;
use crate::rpc::{self, Refusal};
use crate::shell::{RailPage, Width, use_width};
use cancel::CancelRun;
use details::Details;
use facts::Facts;
use timeline::Timeline;

/// One run on its canvas.
#[component]
pub fn RunPage() -> impl IntoView {
    let board = Board::new(Purpose::Run);
    provide_context(board);
    let refused = RwSignal::new(None::<Refusal>);
    open_run(board, refused);
    fetch_catalogue(board);
    fetch_names(board);
    let row = Memo::new(move |_| {
        board
            .run
            .with(|run| run.as_ref().map(|run| run.row.clone()))
    });
    let title = Signal::derive(move || {
        row.with(|row| row.as_ref().map(|row| row.flow_name.clone()))
            .unwrap_or_else(|| t(RunText::Title).get())
    });
    view! {
        <RailPage
            title
            lead=move || view! { <Lead board/> }
            actions=move || view! { <Actions board/> }
        >
            {move || match refused.get() {
                Some(refusal) => view! { <div class="page"><ErrorBox refusal/></div> }.into_any(),
                None => view! { <Body board/> }.into_any(),
            }}
        </RailPage>
    }
}

/// Opens the run of the address in the browser, and again whenever it went on.
fn open_run(board: Board, refused: RwSignal<Option<Refusal>>) {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let news = use_run_news(move |news| {
        id.try_get_untracked().is_some_and(|id| {
            news.id.as_str() == id
                || news
                    .parent
                    .as_ref()
                    .is_some_and(|parent| parent.as_str() == id)
        })
    });
    Effect::new(move || {
        news.track();
        let id = id.get();
        if id.is_empty() {
            return;
        }
        spawn_local(async move {
            match rpc::open_run(RunId::from(id)).await {
                Ok(view) => {
                    refused.try_set(None);
                    show(board, view);
                }
                Err(refusal) => {
                    refused.try_set(Some(refusal));
                }
            }
        });
    });
}

/// Fetches the names of what the cards use: connections, helper flows, tables. Where one cannot be had, its id is shown.
fn fetch_names(board: Board) {
    Effect::new(move || {
        spawn_local(async move {
            if let Ok(connections) = rpc::list_connections().await {
                board.connections.try_set(connections);
            }
            if let Ok(list) = rpc::list_flows(api::FlowQuery::default()).await {
                board.callable.try_set(list.flows);
            }
            if let Ok(tables) = rpc::list_tables().await {
                board.tables.try_set(tables);
            }
        });
    });
}

fn show(board: Board, view: RunView) {
    let Some(before) = board.run.try_get_untracked() else {
        return;
    };
    let is_other = before
        .as_ref()
        .is_none_or(|before| before.row.id != view.row.id);
    if is_other || before.is_some_and(|before| before.flow != view.flow) {
        board.flow.set(view.flow.clone());
    }
    board
        .unfolded
        .update(|unfolded| unfolded.lanes = lanes_not_taken(&view));
    if is_other {
        board.selected.set(first_to_look_at(&view));
        board.passes.update(std::collections::HashMap::clear);
    } else if board.selected.with_untracked(Option::is_none) {
        board.selected.set(first_to_look_at(&view));
    }
    board.run.set(Some(Arc::new(view)));
}

fn first_to_look_at(view: &RunView) -> Option<StepId> {
    view.failed_step
        .clone()
        .or_else(|| view.steps.first().map(|step| step.step.clone()))
}

/// Lanes that the run did not take are folded.
fn lanes_not_taken(view: &RunView) -> std::collections::HashSet<(StepId, flow::LaneId)> {
    let mut folded = std::collections::HashSet::new();
    for did in &view.steps {
        let (Some(taken), Some(step)) = (&did.lane, view.flow.step(&did.step)) else {
            continue;
        };
        for lane in &step.lanes {
            let is_try = lane.id.as_str() == "try" && taken == "error";
            if lane.id.as_str() != taken && !is_try {
                folded.insert((step.id.clone(), lane.id.clone()));
            }
        }
    }
    folded
}

#[component]
fn Body(board: Board) -> impl IntoView {
    let is_loaded = Memo::new(move |_| {
        board.run.with(Option::is_some)
            && board
                .catalogue
                .with(|catalogue| catalogue.cards().next().is_some())
    });
    let width = use_width();
    view! {
        <Facts board/>
        <div class="run-page">
            <div class="run-middle">
                <div class="editor-middle">
                    {move || {
                        if is_loaded.get() && width.get() == Width::Phone {
                            view! { <Outline read_only=true/> }.into_any()
                        } else if is_loaded.get() {
                            view! {
                                <Canvas on_key=move |event| keys::on_key(board, &event)/>
                                <p class="read-only floating"><Icon name="lock"/>{move || read_only(board)}</p>
                                <ViewBar/>
                            }
                                .into_any()
                        } else {
                            view! { <div class="canvas"><Loading/></div> }.into_any()
                        }
                    }}
                </div>
                {move || is_loaded.get().then(|| view! { <Timeline board/> })}
            </div>
            {move || is_loaded.get().then(|| view! { <Details board/> })}
            <p class="visually-hidden" role="status">{move || failure(board)}</p>
        </div>
    }
}

/// What a screen reader says when the run has failed.
fn failure(board: Board) -> Option<String> {
    let run = board.run.get()?;
    let id = run
        .failed_step
        .clone()
        .filter(|_| run.row.status == RunStatus::Failed)?;
    Some(board.speech.say(&RunningText::FailedAt {
        number: board.number(&id)?,
        title: board.title(&id),
        error: reason(&run),
    }))
}

/// Why a run failed, as short as it can be said: the status of the service's answer, else the reason.
pub(crate) fn reason(run: &RunView) -> String {
    let failed = run.failed_step.as_ref();
    let did = run.steps.iter().rev().find(|did| Some(&did.step) == failed);
    let status = did
        .and_then(|did| did.calls.last()?.status)
        .filter(|status| *status >= 400);
    let said = run.row.error.as_deref().unwrap_or_default();
    status.map_or_else(
        || said.trim_end_matches(['.', '。']).to_owned(),
        |status| status.to_string(),
    )
}

fn read_only(board: Board) -> String {
    let is_private = board
        .run
        .with(|run| run.as_ref().is_some_and(|run| run.is_private));
    t(if is_private {
        TraceText::NotKept
    } else {
        TraceText::ReadOnly
    })
    .get()
}

/// The way to the run, its id, its status with the card where it failed.
#[component]
fn Lead(board: Board) -> impl IntoView {
    let speech = use_speech();
    let row = Memo::new(move |_| {
        board
            .run
            .with(|run| run.as_ref().map(|run| run.row.clone()))
    });
    let failed = move || {
        let id = board
            .run
            .with(|run| run.as_ref().and_then(|run| run.failed_step.clone()))?;
        board.number(&id)
    };
    view! {
        <nav class="crumbs" aria-label=t(TraceText::Way)>
            <ol>
                <li><a href="/runs">{t(RunText::Title)}</a><Icon name="chevron-right"/></li>
                {move || row.get().map(|row| view! {
                    <li class="ellipsis"><a class="ellipsis" href=format!("/flows/{}", row.flow)>{row.flow_name}</a><Icon name="chevron-right"/></li>
                    {row.parent.map(|parent| view! {
                        <li><a href=format!("/runs/{parent}")>{t(TraceText::Parent)}</a><Icon name="chevron-right"/></li>
                    })}
                    <li class="crumbs-here" aria-current="page"><h1 class="run-id" title=row.id.to_string()>{short(&row.id)}</h1></li>
                })}
            </ol>
        </nav>
        {move || {
            let row = row.get()?;
            Some(match (row.status, failed()) {
                (RunStatus::Failed, Some(number)) => {
                    let text = speech.say(&TraceText::FailedAt { number });
                    view! { <Tag tone=Tone::Bad icon="circle-x">{text}</Tag> }.into_any()
                }
                (status, _) => view! { <RunTag status/> }.into_any(),
            })
        }}
    }
}

/// The end of an id, which tells runs apart; the whole is the tooltip.
fn short(id: &RunId) -> String {
    let count = id.as_str().chars().count();
    id.as_str().chars().skip(count.saturating_sub(10)).collect()
}

#[component]
fn Actions(board: Board) -> impl IntoView {
    let (toasts, navigate) = (use_toasts(), use_navigate());
    let flow = Memo::new(move |_| {
        board
            .run
            .with(|run| run.as_ref().map(|run| run.row.flow.clone()))
    });
    let busy = RwSignal::new(false);
    let again = move || {
        let Some(run) = board.run.get_untracked() else {
            return;
        };
        let navigate = navigate.clone();
        busy.set(true);
        spawn_local(async move {
            let answer = rpc::start_run(StartRun {
                id: run.row.flow.clone(),
                inputs: first_values(&run),
            })
            .await;
            busy.try_set(false);
            match answer {
                Ok(id) => navigate(
                    &format!("/runs/{id}"),
                    leptos_router::NavigateOptions::default(),
                ),
                Err(refusal) => toasts.refuse(&refusal),
            }
        });
    };
    let is_private = Signal::derive(move || {
        board
            .run
            .with(|run| run.as_ref().is_none_or(|run| run.is_private))
    });
    view! {
        {move || flow.get().map(|id| view! {
            <LinkButton href=format!("/flows/{id}") icon="pencil">{t(TraceText::OpenFlow)}</LinkButton>
        })}
        <CancelRun board/>
        <Button kind=ButtonKind::Primary icon="rotate-ccw" busy=busy disabled=is_private on_press=again>{t(TraceText::RunAgain)}</Button>
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
        .map(|output| {
            let key = match &output.field.group {
                Some(group) => format!("{group}.{}", output.field.key),
                None => output.field.key.clone(),
            };
            (key, output.value.clone())
        })
        .collect()
}

/// Returns the word for the state of a card.
pub(crate) fn state_text(state: Option<StepState>) -> TraceText {
    match state {
        None => TraceText::NotReached,
        Some(StepState::Running) => TraceText::Running,
        Some(StepState::Waiting) => TraceText::Waiting,
        Some(StepState::Succeeded) => TraceText::Succeeded,
        Some(StepState::Failed) => TraceText::Failed,
        Some(StepState::OutcomeUnknown) => TraceText::OutcomeUnknown,
    }
}
