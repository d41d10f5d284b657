//! Figures over a span of runs. Counting a month of a busy server takes a while and open pages ask often, so what was
//! counted is kept for some seconds.

use std::collections::HashMap;
use std::sync::Mutex;

use api::{ApiError, Figures, HomeQuery, HomeSpan, PartBar};
use flow::RunId;
use store::Store;
use store::runs::{self, CauseCount, PartCount, RunStatus, Span};

use super::lengths;
use crate::error::from_store;

/// Durations of so many runs at most decide the median.
const SAMPLE: i64 = 5_000;
/// Causes that are looked at for calls lost to limits.
const CAUSES: i64 = 500;
/// Queries that are remembered.
const MOST: usize = 50;
const DAY_MS: i64 = 86_400_000;

/// What was counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    pub(super) now: Figures,
    pub(super) before: Figures,
    pub(super) parts: Vec<PartBar>,
}

/// Figures that were counted a moment ago.
#[derive(Default)]
pub(crate) struct HomeMemory {
    kept: Mutex<HashMap<HomeQuery, (i64, Counted)>>,
}

impl HomeMemory {
    /// Returns the figures of the span that ends `now`.
    pub(super) async fn figures(
        &self,
        store: &Store,
        query: &HomeQuery,
        now: i64,
    ) -> Result<Counted, ApiError> {
        if let Some(counted) = self.kept(query, now) {
            return Ok(counted);
        }
        let counted = count(store, query, now).await?;
        if let Ok(mut kept) = self.kept.lock() {
            if kept.len() >= MOST {
                kept.clear();
            }
            kept.insert(query.clone(), (now, counted.clone()));
        }
        Ok(counted)
    }

    fn kept(&self, query: &HomeQuery, now: i64) -> Option<Counted> {
        let kept = self.kept.lock().ok()?;
        let (at, counted) = kept.get(query)?;
        (now - at < lasts(query.span)).then(|| counted.clone())
    }
}

/// How long figures count as new, in milliseconds.
fn lasts(span: HomeSpan) -> i64 {
    match span {
        HomeSpan::Hour | HomeSpan::Day => 300,
        HomeSpan::Week => 5_000,
        HomeSpan::Month => 20_000,
    }
}

/// The span that ends with the part in which `now` lies, and the one to compare it with.
pub(super) fn span(query: &HomeQuery, now: i64) -> (Span, Span) {
    let (length, part) = lengths(query.span);
    let first = (now / part + 1) * part - length;
    let back = length.max(7 * DAY_MS);
    let of = |since: i64, until: Option<i64>| Span {
        since: first_run_id(since),
        until: until.map(first_run_id),
        connection: query.connection.clone(),
    };
    // Compared up to the same moment, not to the end of the part that has just begun.
    (of(first, None), of(first - back, Some(now - back)))
}

async fn count(store: &Store, query: &HomeQuery, now: i64) -> Result<Counted, ApiError> {
    let (length, part) = lengths(query.span);
    let (this, last) = span(query, now);
    let counts = runs::count_by_part(store, &this, part)
        .await
        .map_err(from_store)?;
    let durations = runs::durations(store, &this, SAMPLE)
        .await
        .map_err(from_store)?;
    let causes = runs::causes(store, &this, CAUSES)
        .await
        .map_err(from_store)?;
    let past = runs::count_by_part(store, &last, part)
        .await
        .map_err(from_store)?;
    let past_durations = runs::durations(store, &last, SAMPLE)
        .await
        .map_err(from_store)?;
    let first = now / part + 1 - length / part;
    Ok(Counted {
        parts: (first..=now / part)
            .map(|index| bar(&counts, &durations, index, part))
            .collect(),
        now: figures(&counts, &durations, &causes),
        before: figures(&past, &past_durations, &[]),
    })
}

fn figures(counts: &[PartCount], durations: &[(i64, i64)], causes: &[CauseCount]) -> Figures {
    let total = |wanted: fn(RunStatus) -> bool| {
        let wanted = counts.iter().filter(|count| wanted(count.status));
        wanted.map(|count| count.runs).sum()
    };
    let lost = causes
        .iter()
        .filter(|cause| cause.code.as_deref().is_some_and(is_limit));
    let all: Vec<i64> = durations.iter().map(|(_, took)| *took).collect();
    Figures {
        runs: total(|_| true),
        succeeded: total(is_good),
        failed: total(is_bad),
        median_ms: quantile(all.clone(), 50),
        p95_ms: quantile(all, 95),
        waited_ms: counts.iter().map(|count| count.waited_ms).sum(),
        lost: lost.map(|cause| cause.runs).sum(),
    }
}

/// Codes of errors that an org's rate limit causes.
fn is_limit(code: &str) -> bool {
    code.contains("429") || code.contains("rate_limit")
}

fn bar(counts: &[PartCount], durations: &[(i64, i64)], part: i64, part_ms: i64) -> PartBar {
    let mut bar = PartBar {
        at: part * part_ms,
        ..PartBar::default()
    };
    for count in counts.iter().filter(|count| count.part == part) {
        bar.waited_ms += count.waited_ms;
        if is_good(count.status) {
            bar.succeeded += count.runs - count.waited;
            bar.waited += count.waited;
        } else if is_bad(count.status) {
            bar.failed += count.runs;
        }
    }
    let own = durations
        .iter()
        .filter(|(at, _)| at.div_euclid(part_ms) == part);
    bar.median_ms = quantile(own.map(|(_, took)| *took).collect(), 50);
    bar
}

/// The value that `percent` of 100 do not exceed.
fn quantile(mut values: Vec<i64>, percent: usize) -> Option<i64> {
    values.sort_unstable();
    let last = values.len().checked_sub(1)?;
    values.get(last * percent / 100).copied()
}

pub(super) fn is_good(status: RunStatus) -> bool {
    matches!(status, RunStatus::Succeeded | RunStatus::Stopped)
}

fn is_bad(status: RunStatus) -> bool {
    matches!(status, RunStatus::Failed | RunStatus::OutcomeUnknown)
}

/// The smallest id of a run that began at `ms`: ids are ULIDs, whose first part is the time.
fn first_run_id(ms: i64) -> RunId {
    let ms = u64::try_from(ms).unwrap_or(0);
    RunId::new(ulid::Ulid::from_parts(ms, 0).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(part: i64, status: RunStatus, runs: i64, waited: i64) -> PartCount {
        PartCount {
            part,
            status,
            runs,
            waited,
            waited_ms: waited * 1_000,
        }
    }

    #[test]
    fn a_bar_tells_waiting_from_succeeding_and_failing() {
        let all = [
            counts(7, RunStatus::Succeeded, 10, 3),
            counts(7, RunStatus::Failed, 2, 1),
            counts(7, RunStatus::Running, 5, 0),
            counts(8, RunStatus::Succeeded, 1, 0),
        ];
        let bar = bar(&all, &[(7_000, 40), (7_500, 60), (8_000, 1)], 7, 1_000);
        assert_eq!(
            (bar.at, bar.succeeded, bar.waited, bar.failed),
            (7_000, 7, 3, 2)
        );
        assert_eq!((bar.waited_ms, bar.median_ms), (4_000, Some(40)));
    }

    #[test]
    fn a_quantile_of_nothing_is_nothing() {
        assert_eq!(quantile(Vec::new(), 50), None);
        assert_eq!(quantile(vec![3], 95), Some(3));
        assert_eq!(quantile((1..=101).rev().collect(), 50), Some(51));
        assert_eq!(quantile((1..=101).collect(), 95), Some(96));
    }

    #[test]
    fn a_span_ends_now_and_is_compared_with_last_week() {
        let now = 40 * DAY_MS + 12_345_678;
        for (span_of, back) in [
            (HomeSpan::Hour, 7),
            (HomeSpan::Day, 7),
            (HomeSpan::Week, 7),
            (HomeSpan::Month, 30),
        ] {
            let query = HomeQuery {
                span: span_of,
                connection: None,
            };
            let (this, last) = span(&query, now);
            let (length, part) = lengths(span_of);
            assert!(this.since < first_run_id(now - length + part + 1));
            assert_eq!(last.until, Some(first_run_id(now - back * DAY_MS)));
            assert!(last.since < this.since);
        }
    }
}
