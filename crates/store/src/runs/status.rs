//! Changing the status of a run: only from the status, and by the server, that the caller names.

use flow::{RunId, StepId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::RunStatus;
use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::{Store, StoreError, Word};

/// A step of a run through its states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusChange {
    /// The run.
    pub run: RunId,
    /// The status it must have.
    pub from: RunStatus,
    /// The status it gets.
    pub to: RunStatus,
    /// When.
    pub at: i64,
    /// The server that must have the lease; absent where nobody needs one.
    pub held_by: Option<String>,
    /// The server that has it from now on, when it gets `running`.
    pub lease_owner: Option<String>,
    /// When somebody has to look at it again; see [`super::RunRow::due_at`]. Dropped when there is nothing to wait for.
    pub due_at: Option<i64>,
    /// Why it failed, as a code.
    pub error_code: Option<String>,
    /// Why it failed, in words.
    pub error_message: Option<String>,
    /// The card that failed.
    pub failed_step: Option<StepId>,
    /// What it returned, as JSON.
    pub result: Option<String>,
    /// How long its calls waited for rate limits, in milliseconds; added to what was noted before.
    pub waited_ms: Option<i64>,
}

impl StatusChange {
    /// Returns a change of nothing but the status.
    pub fn new(run: RunId, from: RunStatus, to: RunStatus, at: i64) -> Self {
        Self {
            run,
            from,
            to,
            at,
            held_by: None,
            lease_owner: None,
            due_at: None,
            error_code: None,
            error_message: None,
            failed_step: None,
            result: None,
            waited_ms: None,
        }
    }
}

const HEAD: &str = "with change (run_id, from_status, to_status, at, is_last, held_by, owner, due, code, message, step, \
    outcome, waited) as (values ";
const TAIL: &str = ") update run set status = c.to_status, lease_owner = c.owner, due_at = c.due, \
    started_at = case when c.to_status = 'running' then coalesce(started_at, c.at) else started_at end, \
    ended_at = case when c.is_last = 1 then c.at end, \
    duration_ms = case when c.is_last = 1 then c.at - coalesce(started_at, c.at) end, \
    error_code = c.code, error_message = c.message, failed_step = c.step, result = c.outcome, \
    waited_ms = coalesce(c.waited + coalesce(waited_ms, 0), waited_ms) \
    from change c where id = c.run_id and status = c.from_status \
    and (c.held_by is null or lease_owner = c.held_by) returning id";

/// Changes the status of one run; [`StoreError::RunMoved`] when it was not as expected.
pub async fn change_status(store: &Store, change: &StatusChange) -> Result<(), StoreError> {
    let mut transaction = store.change().await?;
    if change_in(&mut transaction, &[change]).await? == 0 {
        return Err(moved(&mut transaction, &change.run).await);
    }
    store.announce_in(&mut transaction).await?;
    transaction.commit().await?;
    store.announce_here();
    Ok(())
}

/// Changes the status of different runs with one statement and returns how many were as expected.
pub(crate) async fn change_in(
    transaction: &mut AnyConnection,
    changes: &[&StatusChange],
) -> Result<usize, StoreError> {
    let mut sql = Sql::new(HEAD);
    sql.rows(changes, |sql, change| {
        let owner = change
            .lease_owner
            .as_deref()
            .filter(|_| change.to == RunStatus::Running);
        let rests = change.to.is_final() || change.to == RunStatus::OutcomeUnknown;
        let due_at = change.due_at.filter(|_| !rests);
        bind!(
            sql,
            change.run.as_str(),
            change.from.word(),
            change.to.word(),
            change.at,
            i64::from(change.to.is_final()),
            change.held_by.as_deref(),
            owner,
            due_at,
            change.error_code.as_deref(),
            change.error_message.as_deref(),
            change.failed_step.as_ref().map(StepId::as_str),
            change.result.as_deref(),
            change.waited_ms,
        );
    });
    sql.push(TAIL);
    Ok(sql.all(transaction).await?.len())
}

/// Returns the error that says where the run is instead.
pub(crate) async fn moved(transaction: &mut AnyConnection, run: &RunId) -> StoreError {
    let found = sqlx::query("select status from run where id = $1")
        .bind(run.as_str())
        .fetch_optional(transaction)
        .await;
    let status = |row: AnyRow| row.word("status");
    match found.map(|row| row.map(status).transpose()) {
        Ok(Ok(Some(status))) => StoreError::RunMoved { status },
        Ok(Ok(None)) => StoreError::not_found("run"),
        Ok(Err(error)) => error,
        Err(error) => error.into(),
    }
}
