//! The home page: what ran in the last 24 hours and what somebody should look at.

use std::collections::BTreeMap;

use api::{ApiError, Attention, BusyFlow, Home, HourBar};
use flow::{FlowId, RunId};
use store::connections::{ConnectionRow, ConnectionState};
use store::flows::FlowFilter;
use store::runs::{self, HourCount, RunFilter, RunParent, RunStatus};

use super::{Caller, Right};
use crate::clock;
use crate::error::from_store;

const HOUR_MS: i64 = 3_600_000;
const HOURS: i64 = 24;
/// Lists of the page.
const LINES: usize = 6;

pub(super) async fn home(caller: &Caller) -> Result<Home, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    let this_hour = clock::now_ms() / HOUR_MS;
    let first_hour = this_hour - HOURS + 1;
    let since = first_run_id(first_hour * HOUR_MS);
    let counts = runs::count_by_hour(store, &since)
        .await
        .map_err(from_store)?;
    let total = |wanted: fn(RunStatus) -> bool| {
        counts
            .iter()
            .filter(|count| wanted(count.status))
            .map(|count| count.runs)
            .sum()
    };
    let hours = (first_hour..=this_hour)
        .map(|hour| bar(&counts, hour))
        .collect();
    let (flows, flows_on) = flow_counts(caller).await?;
    let connections = store::connections::list(store).await.map_err(from_store)?;
    let mut attention: Vec<Attention> = connections
        .iter()
        .filter(|row| row.state == ConnectionState::NeedsReauthorization)
        .map(|row| Attention::Connection {
            connection: row.id.clone(),
            name: row.name.clone(),
        })
        .collect();
    attention.extend(connections.iter().filter_map(|row| limit_of(caller, row)));
    attention.extend(failures(caller, &counts, &since).await?);
    Ok(Home {
        flows_on,
        flows,
        succeeded: total(is_good),
        failed: total(is_bad),
        hours,
        attention,
        busiest: busiest(&counts),
        connections: connections.len(),
    })
}

/// The fullest bucket of a connection's org, where less than a tenth is left or calls wait.
fn limit_of(caller: &Caller, row: &ConnectionRow) -> Option<Attention> {
    let budget = caller.server.connections.budget(&row.base_url)?;
    let scarce = budget.buckets.into_iter().filter_map(|bucket| {
        let (limit, left) = (bucket.limit?, bucket.left?);
        let waiting = i64::try_from(bucket.waiting).unwrap_or(i64::MAX);
        let is_scarce = waiting > 0 || left * 10 < limit;
        is_scarce.then(|| Attention::Limit {
            connection: row.id.clone(),
            name: row.name.clone(),
            bucket: bucket.name,
            left,
            limit,
            waiting,
        })
    });
    scarce.max_by_key(|item| match item {
        Attention::Limit { waiting, left, .. } => (*waiting, -*left),
        _ => (0, 0),
    })
}

fn is_good(status: RunStatus) -> bool {
    matches!(status, RunStatus::Succeeded | RunStatus::Stopped)
}

fn is_bad(status: RunStatus) -> bool {
    matches!(status, RunStatus::Failed | RunStatus::OutcomeUnknown)
}

fn bar(counts: &[HourCount], hour: i64) -> HourBar {
    let sum = |wanted: fn(RunStatus) -> bool| {
        counts
            .iter()
            .filter(|count| count.hour == hour && wanted(count.status))
            .map(|count| count.runs)
            .sum()
    };
    HourBar {
        at: hour * HOUR_MS,
        succeeded: sum(is_good),
        failed: sum(is_bad),
    }
}

fn busiest(counts: &[HourCount]) -> Vec<BusyFlow> {
    let mut by_flow: BTreeMap<&FlowId, BusyFlow> = BTreeMap::new();
    for count in counts {
        let busy = BusyFlow {
            flow: count.flow.clone(),
            name: count.flow_name.clone(),
            runs: 0,
        };
        by_flow.entry(&count.flow).or_insert(busy).runs += count.runs;
    }
    let mut busiest: Vec<BusyFlow> = by_flow.into_values().collect();
    busiest.sort_by_key(|busy| std::cmp::Reverse(busy.runs));
    busiest.truncate(LINES);
    busiest
}

async fn failures(
    caller: &Caller,
    counts: &[HourCount],
    since: &RunId,
) -> Result<Vec<Attention>, ApiError> {
    let mut failed: BTreeMap<FlowId, i64> = BTreeMap::new();
    for count in counts.iter().filter(|count| is_bad(count.status)) {
        *failed.entry(count.flow.clone()).or_default() += count.runs;
    }
    let mut found = Vec::new();
    for (flow, count) in failed.into_iter().take(LINES) {
        let filter = RunFilter {
            flows: vec![flow.clone()],
            statuses: vec![RunStatus::Failed, RunStatus::OutcomeUnknown],
            parent: RunParent::Top,
            limit: 1,
            ..RunFilter::default()
        };
        let page = runs::list(&caller.server.store, &filter)
            .await
            .map_err(from_store)?;
        let Some(newest) = page
            .items
            .into_iter()
            .next()
            .filter(|row| row.id.as_str() >= since.as_str())
        else {
            continue;
        };
        found.push(Attention::FailedRun {
            run: newest.id,
            flow,
            flow_name: newest.flow_name,
            error: newest.error_message.unwrap_or_default(),
            count,
            at: newest.created_at,
        });
    }
    Ok(found)
}

async fn flow_counts(caller: &Caller) -> Result<(usize, usize), ApiError> {
    let mut filter = FlowFilter {
        limit: store::MAX_PAGE,
        ..FlowFilter::default()
    };
    let (mut all, mut on) = (0, 0);
    loop {
        let page = store::flows::list(&caller.server.store, &filter)
            .await
            .map_err(from_store)?;
        all += page.items.len();
        on += page.items.iter().filter(|row| row.is_on).count();
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok((all, on)),
        }
    }
}

/// The smallest id of a run that began at `ms`: ids are ULIDs, whose first part is the time.
fn first_run_id(ms: i64) -> RunId {
    let ms = u64::try_from(ms).unwrap_or(0);
    RunId::new(ulid::Ulid::from_parts(ms, 0).to_string())
}
