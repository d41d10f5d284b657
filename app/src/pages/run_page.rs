//! One run on its canvas: the flow as it ran, with the values in its fields, what each card did and when.

use std::sync::Arc;

use api::{RunStatus, RunView, StepState};
use flow::{RunId, StepId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

pub mod actions;
pub mod again;
pub mod cancel;
pub mod details;
pub mod facts;
pub mod keys;
pub mod log;
pub mod origin;
pub mod passes;
pub mod settle;
pub mod timeline;
pub mod values;
pub mod walker;

use super::editor::fetch_catalogue;
use crate::canvas::bar::ViewBar;
use crate::canvas::board::Board;
use crate::canvas::rows::Purpose;
use crate::canvas::traced::{ORIGIN, PASSES};
use crate::canvas::view::Canvas;
use crate::editor::Outline;
use crate::i18n::texts::{InspectText, RunText, RunningText, TraceText};
use crate::i18n::{t, use_speech};
use crate::kit::{ErrorBox, Icon, Loading, RunTag, Tab, Tabs, Tag, Tone};
use crate::live::use_run_news;
use crate::rpc::{self, Refusal};
use crate::shell::{RailPage, Width, use_width};
use actions::Actions;
use details::Details;
use facts::Facts;
use log::{CallLog, Log};
use origin::OriginView;
use passes::PassesView;
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
    walk_by_key(board);
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

/// J and K go to the next older and newer run, wherever no text is typed.
fn walk_by_key(board: Board) {
    let navigate = use_navigate();
    Effect::new(move || {
        let navigate = navigate.clone();
        let keys = window_event_listener(leptos::ev::keydown, move |event| {
            if crate::editor::commands::is_in_field(&event) || event.is_composing() {
                return;
            }
            let key = crate::editor::commands::key_of(&event);
            if key.ctrl || key.alt || key.shift {
                return;
            }
            let beside = board.run.with_untracked(|run| {
                let run = run.as_ref()?;
                match key.key.as_str() {
                    "j" => run.older.clone(),
                    "k" => run.newer.clone(),
                    _ => None,
                }
            });
            if let Some(id) = beside {
                event.prevent_default();
                navigate(
                    &format!("/runs/{id}"),
                    leptos_router::NavigateOptions::default(),
                );
            }
        });
        on_cleanup(move || keys.remove());
    });
}

/// Opens the run of the address in the browser, and again whenever it went on.
fn open_run(board: Board, refused: RwSignal<Option<Refusal>>) {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let query = use_query_map();
    let card = Memo::new(move |_| query.read().get("card").map(StepId::from));
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
                    show(board, view, card);
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

fn show(board: Board, view: RunView, asked_card: Memo<Option<StepId>>) {
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
        let asked = (asked_card.get_untracked()).filter(|id| view.flow.step(id).is_some());
        board
            .selected
            .set(asked.or_else(|| first_to_look_at(&view)));
        board.traced.clear();
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
                {move || is_loaded.get().then(|| view! { <Below board/> })}
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

/// Timeline, log and calls, one at a time.
#[component]
fn Below(board: Board) -> impl IntoView {
    view! {
        <section class="run-panel run-below" data-region="6" aria-label=t(RunningText::PanelViews)>
            <header class="run-panel-head"><PanelTabs board/></header>
            <div class="run-panel-body"><PanelView board/></div>
        </section>
    }
}

/// Which view of a run the panel shows.
#[component]
pub fn PanelTabs(board: Board) -> impl IntoView {
    let tab = |value, label| Tab { value, label };
    let tabs = vec![
        tab("timeline", t(RunningText::Timeline)),
        tab("log", t(RunningText::Log)),
        tab("calls", t(RunningText::Calls)),
        tab(PASSES, t(InspectText::Passes)),
        tab(ORIGIN, t(InspectText::Origin)),
    ];
    view! { <Tabs label=t(RunningText::PanelViews) tabs chosen=board.traced.tab/> }
}

/// The view that is chosen.
#[component]
pub fn PanelView(board: Board) -> impl IntoView {
    // A memo: keys name the view again that is shown, and what is open in it stays open.
    let shown = Memo::new(move |_| board.traced.tab.get());
    move || match shown.get() {
        "log" => view! { <Log board/> }.into_any(),
        "calls" => view! { <CallLog board/> }.into_any(),
        PASSES => view! { <PassesView board/> }.into_any(),
        ORIGIN => view! { <OriginView board/> }.into_any(),
        _ => view! { <Timeline board bare=true/> }.into_any(),
    }
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
pub(crate) fn short(id: &RunId) -> String {
    let count = id.as_str().chars().count();
    id.as_str().chars().skip(count.saturating_sub(10)).collect()
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
