//! Runs that wait at a card until somebody resumes them. What they are resumed with is on disk before anybody is told.

use flow::RunId;
use sqlx::AnyConnection;

use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// What became of a pause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resumed {
    /// The run goes on with what was given.
    Now,
    /// Somebody was faster.
    Before,
    /// The run does not wait.
    NotPaused,
}

/// Notes that a run waits at a card; nothing changes where that is noted already.
pub async fn insert(store: &Store, run: &RunId, card: &str, until: i64) -> Result<(), StoreError> {
    let mut sql = Sql::new("insert into pause (run, card, until_at) values (");
    bind!(sql, run.as_str(), card, until);
    sql.push(") on conflict (run, card) do nothing");
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Returns what the run was resumed with at this card, as JSON in the journal's form.
pub async fn given(store: &Store, run: &RunId, card: &str) -> Result<Option<String>, StoreError> {
    let mut sql = Sql::new("select given from pause where run = ");
    sql.bind(run.as_str()).push(" and card = ").bind(card);
    let row = sql.first(store.pool()).await?;
    Ok(row
        .map(|row| row.maybe_text("given"))
        .transpose()?
        .flatten())
}

/// Resumes a run that waits, at `card` or wherever it is.
pub async fn resume(
    store: &Store,
    run: &RunId,
    card: Option<&str>,
    given: &str,
    now: i64,
) -> Result<Resumed, StoreError> {
    let mut change = store.change().await?;
    let mut sql = Sql::new("update pause set given = ");
    sql.bind(given).push(", resumed_at = ").bind(now);
    sql.push(" where resumed_at is null and run = ")
        .bind(run.as_str());
    sql.push(" and until_at > ").bind(now);
    if let Some(card) = card {
        sql.push(" and card = ").bind(card);
    }
    sql.push(" and exists (select 1 from run where run.id = pause.run and run.status in ('queued', 'running', 'waiting'))");
    if sql.run(&mut *change).await? > 0 {
        change.commit().await?;
        return Ok(Resumed::Now);
    }
    let mut known =
        Sql::new("select 1 as is_known from pause where resumed_at is not null and run = ");
    known.bind(run.as_str());
    if let Some(card) = card {
        known.push(" and card = ").bind(card);
    }
    let was_resumed = known.first(&mut *change).await?.is_some();
    Ok(if was_resumed {
        Resumed::Before
    } else {
        Resumed::NotPaused
    })
}

/// Returns the runs that were resumed since `since`: what another server may have been told.
pub async fn resumed_since(store: &Store, since: i64) -> Result<Vec<RunId>, StoreError> {
    let mut sql = Sql::new("select run from pause where resumed_at is not null and resumed_at >= ");
    sql.bind(since);
    let rows = sql.all(store.pool()).await?;
    rows.iter().map(|row| row.id("run")).collect()
}

/// Deletes the pauses of runs that are over or gone.
pub async fn delete_ended(store: &Store) -> Result<u64, StoreError> {
    let sql = Sql::new(
        "delete from pause where not exists (select 1 from run where run.id = pause.run and \
         run.status in ('queued', 'running', 'waiting', 'outcome_unknown'))",
    );
    let mut change = store.change().await?;
    let count = sql.run(&mut *change).await?;
    change.commit().await?;
    Ok(count)
}

/// Takes away what a run was resumed with.
pub(crate) async fn erase_in(change: &mut AnyConnection, run: &RunId) -> Result<(), StoreError> {
    let mut sql = Sql::new("delete from pause where run = ");
    sql.bind(run.as_str());
    sql.run(change).await?;
    Ok(())
}
