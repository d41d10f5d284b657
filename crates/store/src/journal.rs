//! The journal of runs: what happened, in order. What the run page shows is what recovery replays.

use flow::RunId;
use sqlx::AnyConnection;

use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// Some entries of a run's journal that were written together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalPart {
    /// Counts from 0 in each run, without gaps.
    pub seq: i64,
    /// The entries, in the form that the engine gave them.
    pub entries: String,
}

/// Returns the whole journal of a run, in order.
pub async fn read(store: &Store, run: &RunId) -> Result<Vec<JournalPart>, StoreError> {
    read_after(store, run, -1).await
}

/// Returns what was added to the journal of a run after part `seq`: for a page that watches a run.
pub async fn read_after(
    store: &Store,
    run: &RunId,
    seq: i64,
) -> Result<Vec<JournalPart>, StoreError> {
    let rows =
        sqlx::query("select seq, entries from journal where run = $1 and seq > $2 order by seq")
            .bind(run.as_str())
            .bind(seq)
            .fetch_all(store.pool())
            .await?;
    rows.iter()
        .map(|row| {
            Ok(JournalPart {
                seq: row.number("seq")?,
                entries: row.text("entries")?,
            })
        })
        .collect()
}

/// Adds parts with one statement. A part that is there already is refused: then another server has the run.
pub(crate) async fn append_in(
    change: &mut AnyConnection,
    parts: &[(&RunId, i64, &str)],
) -> Result<(), StoreError> {
    let mut sql = Sql::new("insert into journal (run, seq, entries) values ");
    sql.rows(parts, |sql, (run, seq, entries)| {
        bind!(sql, run.as_str(), *seq, *entries)
    });
    sql.run(change).await?;
    Ok(())
}

/// Replaces one part of a journal by a shorter one; nothing happens where it is not there.
pub(crate) async fn shorten_in(
    change: &mut AnyConnection,
    run: &RunId,
    seq: i64,
    entries: &str,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("delete from journal where run = ");
    sql.bind(run.as_str()).push(" and seq = ").bind(seq);
    if sql.run(&mut *change).await? == 0 {
        return Ok(());
    }
    append_in(change, &[(run, seq, entries)]).await
}

/// Replaces the whole journal of a run by one part. Only for runs whose flow saves no data, when they are over.
pub(crate) async fn replace_in(
    change: &mut AnyConnection,
    run: &RunId,
    entries: &str,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("delete from journal where run = ");
    sql.bind(run.as_str());
    sql.run(&mut *change).await?;
    append_in(change, &[(run, 0, entries)]).await
}
