//! The list of runs, newest first. Filters are in the address; new runs appear by themselves.

use api::{FlowQuery, RunFilter, RunList, RunStatus};
use flow::FlowId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub mod filters;
pub mod row;

use crate::i18n::t;
use crate::i18n::texts::RunText;
use crate::kit::{EmptyState, LinkButton, loaded};
use crate::live::use_run_news;
use crate::rpc;
use crate::shell::{Page, address, use_query_value};
use filters::{Filters, parse_status};
use row::RunLine;

/// The list of runs.
#[component]
pub fn RunsPage() -> impl IntoView {
    let flow = use_query_value("flow");
    let status = use_query_value("status");
    let helpers = use_query_value("helpers");
    let after = use_query_value("after");
    let news = use_run_news(move |news| concerns(news, flow, helpers));
    let filter = Memo::new(move |_| RunFilter {
        flow: flow.get().map(FlowId::from),
        status: status.get().as_deref().and_then(parse_status),
        with_helpers: helpers.get().is_some(),
        after: after.get(),
        ..RunFilter::default()
    });
    let runs = Resource::new(
        move || (filter.get(), news.get()),
        |(filter, _)| rpc::list_runs(filter),
    );
    let flows = Resource::new(|| (), |()| rpc::list_flows(FlowQuery::default()));
    let is_filtered = move || filter.with(|filter| *filter != RunFilter::default());
    view! {
        <Page
            title=t(RunText::Title)
            actions=|| view! { <span class="live">{t(RunText::Live)}</span> }
        >
            <Filters flow status helpers flows/>
            {loaded(
                runs,
                move |list: RunList| {
                    if list.runs.is_empty() {
                        view! { <NoRuns filtered=is_filtered()/> }.into_any()
                    } else {
                        view! { <RunTable list/> }.into_any()
                    }
                },
            )}
        </Page>
    }
}

/// Tells whether a changed run may belong to this list.
fn concerns(
    news: &crate::live::RunNews,
    flow: Memo<Option<String>>,
    helpers: Memo<Option<String>>,
) -> bool {
    let is_of_flow = flow.with_untracked(|flow| {
        let flow = flow.as_deref();
        flow.is_none_or(|flow| flow == news.flow.as_str())
    });
    let is_shown = news.parent.is_none() || helpers.with_untracked(Option::is_some);
    is_of_flow && is_shown
}

#[component]
fn RunTable(list: RunList) -> impl IntoView {
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
    let rows = list.runs.into_iter().map(|run| view! { <RunLine run/> });
    view! {
        <div class="table-wrap">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t(RunText::Status)}</th>
                        <th scope="col">{t(RunText::Flow)}</th>
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
