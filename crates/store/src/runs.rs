//! Runs of flows. Status is a state machine that the database itself enforces; a finished run never changes again.

mod claim;
mod erase;
mod list;
mod look;
mod status;
mod summary;

use flow::{FlowId, PersonId, RunId, StepId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::word::words;
use crate::{Store, StoreError, Word};

pub use claim::{claim, release, renew};
pub use list::{Children, RunFilter, RunParent, StartedBy, canceled, children, list};
pub use look::{Neighbours, again, ended_well, neighbours, usual_duration, with_data};
pub use status::{StatusChange, change_status};
pub use summary::{
    CauseCount, FlowCount, PartCount, Span, busiest, causes, count_by_part, durations,
    newest_of_flows,
};

pub(crate) use erase::{clear_in, erase_in, erase_returned_in};
pub(crate) use status::{change_in, moved};

words! {
    /// What started a run.
    pub enum Cause {
        /// An event of a connected service.
        Event = "event",
        /// The clock.
        Schedule = "schedule",
        /// A person.
        Manual = "manual",
        /// An HTTP call.
        Api = "api",
        /// Another flow.
        Helper = "helper",
    }
}

words! {
    /// How somebody tries a flow out.
    pub enum Trial {
        /// From the beginning, with the draft.
        Flow = "flow",
        /// Up to a card.
        Until = "until",
        /// One card alone.
        Card = "card",
    }
}

words! {
    /// Where a run is. The last four never change.
    pub enum RunStatus {
        /// Waits for a server to take it.
        Queued = "queued",
        /// A server has it.
        Running = "running",
        /// Sleeps until a time.
        Waiting = "waiting",
        /// Stopped at a call of which nobody knows whether it happened; waits for a person.
        OutcomeUnknown = "outcome_unknown",
        /// Came to its end.
        Succeeded = "succeeded",
        /// Ended early on purpose.
        Stopped = "stopped",
        /// A card failed.
        Failed = "failed",
        /// A person ended it.
        Canceled = "canceled",
    }
}

impl RunStatus {
    /// Tells whether it never changes again.
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Succeeded | Self::Stopped | Self::Failed | Self::Canceled
        )
    }
}

/// A run without its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// Its id, a ULID: runs sort by start.
    pub id: RunId,
    /// The flow.
    pub flow: FlowId,
    /// What the flow was called then.
    pub flow_name: String,
    /// The version that runs; below zero for a draft that is tried out, see [`crate::trials`].
    pub version: i64,
    /// The run that called it.
    pub parent_run: Option<RunId>,
    /// The card there, as a path.
    pub parent_step: Option<String>,
    /// The run that all this began with; itself when nobody called it.
    pub root_run: RunId,
    /// Which item of the caller's list it is for, from 0.
    pub item: Option<i64>,
    /// What started it.
    pub cause: Cause,
    /// Where it is.
    pub status: RunStatus,
    /// When it was queued.
    pub created_at: i64,
    /// When a server took it first.
    pub started_at: Option<i64>,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// How long that took.
    pub duration_ms: Option<i64>,
    /// Why it failed, as a code.
    pub error_code: Option<String>,
    /// Why it failed, in words.
    pub error_message: Option<String>,
    /// The card that failed.
    pub failed_step: Option<StepId>,
    /// Who started it.
    pub person: Option<PersonId>,
    /// Whom it is about, such as a login; searched as a whole.
    pub subject: Option<String>,
    /// Its values are not kept.
    pub is_private: bool,
    /// The server that has it.
    pub lease_owner: Option<String>,
    /// When somebody has to look at it again: while queued, when it may start; while running, when the lease ends; while
    /// waiting, when it wakes. Absent when nothing is to be done.
    pub due_at: Option<i64>,
    /// The run that it repeats.
    pub again_of: Option<RunId>,
    /// Somebody tries the flow out.
    pub trial: Option<Trial>,
}

/// A run with its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRecord {
    /// All but the data.
    pub row: RunRow,
    /// The outputs of the trigger, as JSON.
    pub input: String,
    /// What it returned, as JSON.
    pub result: Option<String>,
}

const COLUMNS: &str = "id, flow, flow_name, version, parent_run, parent_step, root_run, item, cause, status, created_at, \
    started_at, ended_at, duration_ms, error_code, error_message, failed_step, person, subject, is_private, lease_owner, \
    due_at, again_of, trial";
/// Stands for "not for an item": a number sorts and pages alike on both databases, null does not.
const NO_ITEM: i64 = -1;

/// Returns the run of this id without its data.
pub async fn find(store: &Store, id: &RunId) -> Result<Option<RunRow>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from run where id = "));
    sql.bind(id.as_str());
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Returns the run of this id with its data.
pub async fn get(store: &Store, id: &RunId) -> Result<RunRecord, StoreError> {
    let mut sql = Sql::new(&format!(
        "select {COLUMNS}, input, result from run where id = "
    ));
    sql.bind(id.as_str());
    let row = sql
        .first(store.pool())
        .await?
        .ok_or(StoreError::not_found("run"))?;
    record(&row)
}

/// Tells whether a run of this flow that nobody called is queued, running or waiting.
pub async fn is_going(store: &Store, flow: &FlowId) -> Result<bool, StoreError> {
    let mut sql = Sql::new("select id from run where flow = ");
    sql.bind(flow.as_str());
    sql.push(
        " and status <> 'succeeded' and status in ('queued', 'running', 'waiting') and parent_run is null limit 1",
    );
    Ok(sql.first(store.pool()).await?.is_some())
}

/// Adds runs in one transaction and announces them. What runs themselves start goes through [`crate::Writer`].
pub async fn insert(store: &Store, runs: &[RunRecord]) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    for some in runs.chunks(64) {
        let some: Vec<_> = some.iter().collect();
        insert_in(&mut change, &some).await?;
    }
    store.announce_in(&mut change).await?;
    change.commit().await?;
    store.announce_here();
    Ok(())
}

/// Removes finished runs that are older than `older_than`, with their journals, at most `limit`, and returns how many.
/// Call it until it returns 0: short transactions let others through.
pub async fn delete_older(
    store: &Store,
    older_than: &RunId,
    limit: u32,
) -> Result<u64, StoreError> {
    let mut old = Sql::new("select id from run where id < ");
    old.bind(older_than.as_str());
    old.push(" and status in ('succeeded', 'stopped', 'failed', 'canceled') order by id limit ");
    old.bind(i64::from(limit.clamp(1, crate::MAX_PAGE)));
    let rows = old.all(store.pool()).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let ids = rows
        .iter()
        .map(|row| row.text("id"))
        .collect::<Result<Vec<_>, _>>()?;
    let mut change = store.change().await?;
    for statement in [
        "delete from journal where run in (",
        "delete from run where id in (",
    ] {
        let mut sql = Sql::new(statement);
        sql.bind_all(ids.iter().map(String::as_str)).push(")");
        sql.run(&mut *change).await?;
    }
    change.commit().await?;
    Ok(ids.len() as u64)
}

/// Adds runs with one statement.
pub(crate) async fn insert_in(
    change: &mut AnyConnection,
    runs: &[&RunRecord],
) -> Result<(), StoreError> {
    let mut sql = Sql::new(&format!(
        "insert into run ({COLUMNS}, input, result) values "
    ));
    sql.rows(runs, |sql, run| {
        let row = &run.row;
        bind!(
            sql,
            row.id.as_str(),
            row.flow.as_str(),
            row.flow_name.as_str(),
            row.version,
            row.parent_run.as_ref().map(RunId::as_str),
            row.parent_step.as_deref(),
            row.root_run.as_str(),
            row.item.unwrap_or(NO_ITEM),
            row.cause.word(),
            row.status.word(),
            row.created_at,
            row.started_at,
            row.ended_at,
            row.duration_ms,
            row.error_code.as_deref(),
            row.error_message.as_deref(),
            row.failed_step.as_ref().map(StepId::as_str),
            row.person.as_ref().map(PersonId::as_str),
            row.subject.as_deref(),
            i64::from(row.is_private),
            row.lease_owner.as_deref(),
            row.due_at,
            row.again_of.as_ref().map(RunId::as_str),
            row.trial.as_ref().map(Word::word),
            run.input.as_str(),
            run.result.as_deref(),
        );
    });
    sql.run(change).await?;
    Ok(())
}

fn record(row: &AnyRow) -> Result<RunRecord, StoreError> {
    Ok(RunRecord {
        row: read(row)?,
        input: row.text("input")?,
        result: row.maybe_text("result")?,
    })
}

fn read(row: &AnyRow) -> Result<RunRow, StoreError> {
    Ok(RunRow {
        id: row.id("id")?,
        flow: row.id("flow")?,
        flow_name: row.text("flow_name")?,
        version: row.number("version")?,
        parent_run: row.maybe_id("parent_run")?,
        parent_step: row.maybe_text("parent_step")?,
        root_run: row.id("root_run")?,
        item: Some(row.number("item")?).filter(|item| *item != NO_ITEM),
        cause: row.word("cause")?,
        status: row.word("status")?,
        created_at: row.number("created_at")?,
        started_at: row.maybe_number("started_at")?,
        ended_at: row.maybe_number("ended_at")?,
        duration_ms: row.maybe_number("duration_ms")?,
        error_code: row.maybe_text("error_code")?,
        error_message: row.maybe_text("error_message")?,
        failed_step: row.maybe_id("failed_step")?,
        person: row.maybe_id("person")?,
        subject: row.maybe_text("subject")?,
        is_private: row.flag("is_private")?,
        lease_owner: row.maybe_text("lease_owner")?,
        due_at: row.maybe_number("due_at")?,
        again_of: row.maybe_id("again_of")?,
        trial: row.maybe_text("trial")?.as_deref().and_then(Trial::of_word),
    })
}
