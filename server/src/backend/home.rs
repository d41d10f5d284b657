//! The home page: figures over a span beside those of a week before, what runs most, how full rate limits are. What needs
//! attention is put together in `attention`, figures in `figures`.

mod attention;
mod figures;

use api::{ApiError, BudgetBar, BusyFlow, Home, HomeQuery, HomeSpan, LastRun};
use store::flows::FlowFilter;
use store::runs::{self, FlowCount, Span};

use super::{Caller, Right};
use crate::clock;
use crate::error::from_store;

pub(super) use attention::{dismiss, restore};
pub(crate) use figures::HomeMemory;

/// Lines of the busiest flows, and of rate limits.
const LINES: i64 = 6;

pub(super) async fn home(caller: &Caller, query: HomeQuery) -> Result<Home, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    let now = clock::now_ms();
    let counted = caller.server.home.figures(store, &query, now).await?;
    let span = figures::span(&query, now).0;
    let connections = store::connections::list(store).await.map_err(from_store)?;
    let (flows, flows_on) = flow_counts(caller).await?;
    Ok(Home {
        flows_on,
        flows,
        attention: attention::list(caller, &connections, &span).await?,
        busiest: busiest(caller, &span).await?,
        budgets: budgets(caller, &connections, now),
        connections: connections
            .into_iter()
            .map(|row| (row.id, row.name))
            .collect(),
        figures: counted.now,
        before: counted.before,
        part_ms: part_ms(query.span),
        parts: counted.parts,
    })
}

/// Length of a span, and of its parts.
fn lengths(span: HomeSpan) -> (i64, i64) {
    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;
    match span {
        HomeSpan::Hour => (HOUR, 5 * MINUTE),
        HomeSpan::Day => (24 * HOUR, HOUR),
        HomeSpan::Week => (7 * 24 * HOUR, 6 * HOUR),
        HomeSpan::Month => (30 * 24 * HOUR, 24 * HOUR),
    }
}

fn part_ms(span: HomeSpan) -> i64 {
    lengths(span).1
}

async fn busiest(caller: &Caller, span: &Span) -> Result<Vec<BusyFlow>, ApiError> {
    let store = &caller.server.store;
    let counts = runs::busiest(store, span, LINES)
        .await
        .map_err(from_store)?;
    let mut busiest = Vec::new();
    for count in counts {
        busiest.push(busy(caller, count).await?);
    }
    Ok(busiest)
}

async fn busy(caller: &Caller, count: FlowCount) -> Result<BusyFlow, ApiError> {
    let store = &caller.server.store;
    let known = super::flows::row_of(caller, &count.flow).await?;
    let newest = runs::find(store, &count.newest).await.map_err(from_store)?;
    Ok(BusyFlow {
        name: known
            .as_ref()
            .map_or(count.flow_name, |flow| flow.name.clone()),
        flow_kind: known.map(|flow| flow.kind),
        flow: count.flow,
        runs: count.runs,
        failed: count.failed,
        last_run: newest.map(|run| LastRun {
            status: super::runs::status(run.status),
            at: run.created_at,
            id: run.id,
        }),
    })
}

/// The fullest buckets of all orgs, each org once, with where they will stand at the end of their minute.
fn budgets(
    caller: &Caller,
    connections: &[store::connections::ConnectionRow],
    now: i64,
) -> Vec<BudgetBar> {
    let mut orgs: Vec<&str> = Vec::new();
    let mut bars = Vec::new();
    for row in connections {
        if orgs.contains(&row.base_url.as_str()) {
            continue;
        }
        orgs.push(&row.base_url);
        let Some(budget) = caller.server.connections.budget(&row.base_url) else {
            continue;
        };
        for bucket in budget.buckets {
            let Some(limit) = bucket.limit.filter(|limit| *limit > 0) else {
                continue;
            };
            let is_open = bucket.resets_at_ms.is_some_and(|at| at > now);
            let used = if is_open {
                bucket
                    .left
                    .map_or(bucket.ours + bucket.others, |left| limit - left)
            } else {
                0
            };
            bars.push(BudgetBar {
                connection: row.id.clone(),
                name: row.name.clone(),
                bucket: bucket.name,
                used,
                limit,
                forecast: forecast(used, limit, bucket.resets_at_ms, now),
            });
        }
    }
    bars.sort_by_key(|bar| (-(bar.used * 1_000 / bar.limit), bar.bucket.clone()));
    bars.truncate(usize::try_from(LINES).unwrap_or(0));
    bars
}

/// Where a bucket stands at the end of its window of a minute, if calls go on as they did so far; at most at its limit.
fn forecast(used: i64, limit: i64, resets_at: Option<i64>, now: i64) -> i64 {
    const WINDOW: i64 = 60_000;
    /// So early in a window nothing can be said.
    const LEAST: i64 = 5_000;
    let Some(left) = resets_at.map(|at| at - now).filter(|left| *left > 0) else {
        return used;
    };
    let gone = WINDOW - left.min(WINDOW);
    if gone < LEAST {
        return used;
    }
    (used.saturating_mul(WINDOW) / gone).clamp(used, limit.max(used))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forecast_follows_the_pace_and_ends_at_the_limit() {
        // Half of the window is gone.
        assert_eq!(forecast(100, 600, Some(30_000), 0), 200);
        assert_eq!(forecast(400, 600, Some(30_000), 0), 600);
        // Too early, or no window.
        assert_eq!(forecast(9, 600, Some(58_000), 0), 9);
        assert_eq!(forecast(9, 600, None, 0), 9);
        assert_eq!(forecast(9, 600, Some(0), 10), 9);
    }
}
