//! Figures over the runs of a span of time, for the home page. Helper runs are left out everywhere.

use flow::{ConnectionId, FlowId, RunId, StepId};

use super::RunStatus;
use crate::row::Columns;
use crate::sql::Sql;
use crate::{Store, StoreError};

/// Which runs are counted: those that began from `since` up to, without it, `until` (ids sort by time).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The smallest id.
    pub since: RunId,
    /// The first id that is too late; absent for no end.
    pub until: Option<RunId>,
    /// Only of flows that use this connection.
    pub connection: Option<ConnectionId>,
}

/// How many runs began in one part of a span and how they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartCount {
    /// The part, counted from 1970 in units of the asked length.
    pub part: i64,
    /// Where the runs are.
    pub status: RunStatus,
    /// How many.
    pub runs: i64,
    /// Of these, those whose calls waited for a rate limit.
    pub waited: i64,
    /// How long all these waited, in milliseconds.
    pub waited_ms: i64,
}

/// How many runs of one flow there were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowCount {
    /// The flow.
    pub flow: FlowId,
    /// What it was called.
    pub flow_name: String,
    /// How many.
    pub runs: i64,
    /// Of these, failed or of unknown outcome.
    pub failed: i64,
    /// The newest of them.
    pub newest: RunId,
}

/// Failed runs of one flow with one cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseCount {
    /// The flow.
    pub flow: FlowId,
    /// What it was called.
    pub flow_name: String,
    /// Failed, or stopped with an unknown outcome.
    pub status: RunStatus,
    /// The error's code.
    pub code: Option<String>,
    /// The card that failed.
    pub step: Option<StepId>,
    /// How many runs.
    pub runs: i64,
    /// When the first of them began, milliseconds since 1970 in UTC.
    pub first_at: i64,
    /// The newest of them.
    pub newest: RunId,
}

/// Counts runs by part of `part_ms` milliseconds and status. At most 10,000 lines.
pub async fn count_by_part(
    store: &Store,
    span: &Span,
    part_ms: i64,
) -> Result<Vec<PartCount>, StoreError> {
    let mut sql = Sql::new("select created_at / ");
    // Written out, because PostgreSQL must see the same words in both places; it is a number of ours.
    let part = format!("{}", part_ms.max(1));
    sql.push(&part);
    sql.push(
        " as part, status, count(*) as runs, sum(case when waited_ms > 0 then 1 else 0 end) as waited, \
         cast(sum(coalesce(waited_ms, 0)) as bigint) as waited_ms from run where ",
    );
    span.narrow(&mut sql);
    sql.push(" group by created_at / ").push(&part);
    sql.push(", status order by part, status limit 10000");
    let rows = sql.all(store.pool()).await?;
    rows.iter()
        .map(|row| {
            Ok(PartCount {
                part: row.number("part")?,
                status: row.word("status")?,
                runs: row.number("runs")?,
                waited: row.number("waited")?,
                waited_ms: row.number("waited_ms")?,
            })
        })
        .collect()
}

/// Returns the flows with most runs.
pub async fn busiest(store: &Store, span: &Span, most: i64) -> Result<Vec<FlowCount>, StoreError> {
    let mut sql = Sql::new(
        "select flow, max(flow_name) as flow_name, count(*) as runs, \
         sum(case when status in ('failed', 'outcome_unknown') then 1 else 0 end) as failed, max(id) as newest \
         from run where ",
    );
    span.narrow(&mut sql);
    sql.push(" group by flow order by runs desc, flow limit ")
        .bind(most);
    let rows = sql.all(store.pool()).await?;
    rows.iter()
        .map(|row| {
            Ok(FlowCount {
                flow: row.id("flow")?,
                flow_name: row.text("flow_name")?,
                runs: row.number("runs")?,
                failed: row.number("failed")?,
                newest: row.id("newest")?,
            })
        })
        .collect()
}

/// Returns what failed, by flow, card and code; the newest first.
pub async fn causes(store: &Store, span: &Span, most: i64) -> Result<Vec<CauseCount>, StoreError> {
    let mut sql = Sql::new(
        "select flow, max(flow_name) as flow_name, status, error_code, failed_step, count(*) as runs, \
         min(created_at) as first_at, max(id) as newest from run where status <> 'succeeded' \
         and status in ('failed', 'outcome_unknown') and ",
    );
    span.narrow(&mut sql);
    sql.push(" group by flow, status, error_code, failed_step order by newest desc limit ")
        .bind(most);
    let rows = sql.all(store.pool()).await?;
    rows.iter()
        .map(|row| {
            Ok(CauseCount {
                flow: row.id("flow")?,
                flow_name: row.text("flow_name")?,
                status: row.word("status")?,
                code: row.maybe_text("error_code")?,
                step: row.maybe_text("failed_step")?.map(StepId::from),
                runs: row.number("runs")?,
                first_at: row.number("first_at")?,
                newest: row.id("newest")?,
            })
        })
        .collect()
}

/// Returns when runs that ended well began and how long they took, the newest first, at most so many.
pub async fn durations(
    store: &Store,
    span: &Span,
    most: i64,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let mut sql = Sql::new(
        "select created_at, duration_ms from run where status in ('succeeded', 'stopped') \
         and duration_ms is not null and ",
    );
    span.narrow(&mut sql);
    sql.push(" order by id desc limit ").bind(most);
    let rows = sql.all(store.pool()).await?;
    rows.iter()
        .map(|row| Ok((row.number("created_at")?, row.number("duration_ms")?)))
        .collect()
}

/// Returns the newest run of each flow: flow, run, status, and when it was asked for.
pub async fn newest_of_flows(
    store: &Store,
) -> Result<Vec<(FlowId, RunId, RunStatus, i64)>, StoreError> {
    let sql = Sql::new(
        "select flow, id, status, created_at from run \
         where id in (select (select max(id) from run where run.flow = flow.id) from flow)",
    );
    let rows = sql.all(store.pool()).await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.id("flow")?,
                row.id("id")?,
                row.word("status")?,
                row.number("created_at")?,
            ))
        })
        .collect()
}

impl Span {
    fn narrow(&self, sql: &mut Sql) {
        sql.push("parent_run is null and id >= ")
            .bind(self.since.as_str());
        if let Some(until) = &self.until {
            sql.push(" and id < ").bind(until.as_str());
        }
        if let Some(connection) = &self.connection {
            sql.push(
                " and flow in (select flow from flow_use where kind = 'connection' and target = ",
            )
            .bind(connection.as_str())
            .push(")");
        }
    }
}
