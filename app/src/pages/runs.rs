//! The list of runs, newest first. Filters are in the address; rows that are shown stay current, and new ones wait until
//! somebody asks for them.

use std::collections::{BTreeSet, HashMap};

use api::{FlowQuery, RunFilter, RunList, RunRow, RunStatus};
use flow::{FlowId, RunId};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub mod bulk;
pub mod clear;
pub mod filters;
pub mod peek;
pub mod query;
pub mod row;
pub mod views;

use crate::i18n::t;
use crate::i18n::texts::{RunText, RunningText};
use crate::kit::{Button, EmptyState, LinkButton, loaded};
use crate::live::use_run_news;
use crate::rpc;
use crate::shell::{Page, address, use_may_change};
use bulk::BulkBar;
use clear::ClearData;
use filters::Filters;
use peek::Peek;
use row::RunLine;
use views::Views;

/// So many new runs are counted at most.
const COUNTED: i64 = 100;

/// What the parts of the list share.
#[derive(Clone, Copy)]
pub struct Listed {
    /// The newest run that is shown, with the filter for which it is.
    top: StoredValue<Option<(RunFilter, RunId)>>,
    /// Counts how often somebody asked for the newest.
    again: RwSignal<u32>,
    /// Runs that are chosen.
    pub chosen: RwSignal<BTreeSet<RunId>>,
    /// The run whose sheet is open.
    pub peeked: RwSignal<Option<RunId>>,
    /// How long runs of a flow usually take, in milliseconds.
    pub usual: RwSignal<HashMap<FlowId, i64>>,
}

/// The list of runs.
#[component]
pub fn RunsPage() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| query::filter(&query.read()));
    let listed = Listed {
        top: StoredValue::new(None),
        again: RwSignal::new(0),
        chosen: RwSignal::new(BTreeSet::new()),
        peeked: RwSignal::new(None),
        usual: RwSignal::new(HashMap::new()),
    };
    let news = use_run_news(move |news| concerns(news, filter));
    let runs = Resource::new(
        move || (filter.get(), listed.again.get(), news.get()),
        move |(filter, ..)| rpc::list_runs(bounded(listed, filter)),
    );
    let flows = Resource::new(|| (), |()| rpc::list_flows(FlowQuery::default()));
    let may_change = use_may_change();
    let is_filtered = move || query::is_filtered(&query.read());
    view! {
        <Page
            title=t(RunText::Title)
            actions=move || view! {
                <Views/>
                {move || may_change.get().then(|| view! { <ClearData flow=move || only_flow(&filter.read())/> })}
                <span class="live">{t(RunText::Live)}</span>
            }
        >
            <Filters flows/>
            <NewRuns listed filter news/>
            {loaded(
                runs,
                move |list: RunList| {
                    if list.runs.is_empty() {
                        view! { <NoRuns filtered=is_filtered()/> }.into_any()
                    } else {
                        remember(listed, &filter.get_untracked(), &list.runs);
                        view! { <RunTable list listed/> }.into_any()
                    }
                },
            )}
            {move || may_change.get().then(|| view! { <BulkBar listed/> })}
            <Peek listed/>
        </Page>
    }
}

fn only_flow(filter: &RunFilter) -> Option<FlowId> {
    match filter.flows.0.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// The filter, so that runs newer than those on the screen stay away until somebody asks for them.
fn bounded(listed: Listed, filter: RunFilter) -> RunFilter {
    let top = listed.top.try_get_value().flatten();
    let newest = top
        .filter(|(of, _)| *of == filter)
        .map(|(_, newest)| newest);
    RunFilter { newest, ..filter }
}

/// Takes note of the newest run on the screen.
fn remember(listed: Listed, filter: &RunFilter, runs: &[RunRow]) {
    let known = listed.top.get_value().is_some_and(|(of, _)| of == *filter);
    if let (false, None, Some(first)) = (known, &filter.after, runs.first()) {
        listed
            .top
            .set_value(Some((filter.clone(), first.id.clone())));
    }
}

/// Tells whether a changed run may belong to this list.
fn concerns(news: &crate::live::RunNews, filter: Memo<RunFilter>) -> bool {
    filter.try_with_untracked(|filter| {
        let flows = &filter.flows.0;
        let is_of_flow = flows.is_empty() || flows.contains(&news.flow);
        is_of_flow && (news.parent.is_none() || filter.with_helpers || !flows.is_empty())
    }) == Some(true)
}

/// How many runs came since; a press shows them.
#[component]
fn NewRuns(listed: Listed, filter: Memo<RunFilter>, news: ReadSignal<u32>) -> impl IntoView {
    let count = LocalResource::new(move || {
        let filter = filter.get();
        listed.again.track();
        let is_first = news.get() == 0;
        let top = listed.top.try_get_value().flatten();
        async move {
            let (of, top) = top.filter(|_| !is_first)?;
            if of != filter || filter.after.is_some() {
                return None;
            }
            let newer = RunFilter {
                since: Some(top),
                limit: Some(COUNTED),
                ..filter
            };
            let list = rpc::list_runs(newer).await.ok()?;
            Some((list.runs.len(), list.next.is_some()))
        }
    });
    let show = move || {
        listed.top.set_value(None);
        listed.again.update(|again| *again += 1);
    };
    move || {
        let (n, is_more) = count.get().flatten().filter(|(n, _)| *n > 0)?;
        let text = if is_more {
            RunningText::ManyNewRuns
        } else {
            RunningText::NewRuns { n }
        };
        Some(view! {
            <p class="new-runs" role="status">
                <Button icon="arrow-up" on_press=show>{t(text)}</Button>
            </p>
        })
    }
}

#[component]
fn RunTable(list: RunList, listed: Listed) -> impl IntoView {
    let query = use_query_map();
    let older = list.next.map(|next| {
        let href = move || {
            let mut query = query.get();
            query.remove("after");
            query.insert("after", next.clone());
            address("/runs", &query)
        };
        view! { <LinkButton icon="arrow-down" href=Signal::derive(href)>{t(RunText::Older)}</LinkButton> }
    });
    ask_usual(listed, &list.runs);
    let ids: Vec<RunId> = list.runs.iter().map(|run| run.id.clone()).collect();
    let shown = StoredValue::new(ids);
    let all = move || {
        listed
            .chosen
            .with(|chosen| shown.with_value(|ids| ids.iter().all(|id| chosen.contains(id))))
    };
    let choose_all = move |event: web_sys::Event| {
        let is_on = event_target_checked(&event);
        listed.chosen.update(|chosen| {
            for id in shown.get_value() {
                if is_on {
                    chosen.insert(id);
                } else {
                    chosen.remove(&id);
                }
            }
        });
    };
    let select_all = t(RunningText::SelectAll);
    let rows = list
        .runs
        .into_iter()
        .map(|run| view! { <RunLine run listed/> });
    view! {
        <div class="table-wrap">
            <table class="table run-table">
                <thead>
                    <tr>
                        <th scope="col" class="cell-tight"><input type="checkbox" aria-label=select_all title=select_all prop:checked=all on:change=choose_all/></th>
                        <th scope="col">{t(RunText::Status)}</th>
                        <th scope="col">{t(RunText::Flow)}</th>
                        <th scope="col" class="cell-roomy">{t(RunningText::ByPerson)}</th>
                        <th scope="col" class="cell-roomy">{t(RunText::Cause)}</th>
                        <th scope="col">{t(RunText::Started)}</th>
                        <th scope="col" class="cell-number">{t(RunText::Duration)}</th>
                        <th scope="col" class="cell-number cell-roomy">{t(RunText::Version)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <div class="pager">{older}</div>
    }
}

/// Asks how long runs of the flows on the screen usually take, for those of which it is not known.
fn ask_usual(listed: Listed, runs: &[RunRow]) {
    let flows: BTreeSet<FlowId> = runs.iter().map(|run| run.flow.clone()).collect();
    Effect::new(move || {
        let known = listed.usual.get_untracked();
        let asked: Vec<FlowId> = flows
            .iter()
            .filter(|flow| !known.contains_key(*flow))
            .cloned()
            .collect();
        if asked.is_empty() {
            return;
        }
        leptos::task::spawn_local(async move {
            if let Ok(found) = rpc::usual_durations(asked).await {
                listed.usual.try_update(|usual| {
                    usual.extend(found.into_iter().map(|usual| (usual.flow, usual.ms)));
                });
            }
        });
    });
}

#[component]
fn NoRuns(filtered: bool) -> impl IntoView {
    if filtered {
        view! {
            <div class="panel">
                <EmptyState icon="search" text=t(RunText::NoMatch)>
                    <LinkButton href="/runs">{t(RunText::ClearAll)}</LinkButton>
                </EmptyState>
            </div>
        }
        .into_any()
    } else {
        view! {
            <div class="panel">
                <EmptyState icon="history" text=t(RunText::Empty)>
                    <LinkButton href="/flows">{t(RunText::SeeFlows)}</LinkButton>
                </EmptyState>
            </div>
        }
        .into_any()
    }
}

/// All statuses, in the order in which they are offered.
pub(crate) const STATUSES: [RunStatus; 8] = [
    RunStatus::Failed,
    RunStatus::OutcomeUnknown,
    RunStatus::Running,
    RunStatus::Waiting,
    RunStatus::Queued,
    RunStatus::Succeeded,
    RunStatus::Stopped,
    RunStatus::Canceled,
];
