//! Who works on a run: a server takes it for a while, and takes it again before the while is over.

use super::{COLUMNS, RunRecord, record};
use crate::sql::Sql;
use crate::{Store, StoreError};

/// Takes runs that are due: queued ones, waiting ones whose time has come, and those of a server that went away. What
/// has to be replayed is in the journal; it is empty for a run that never began.
pub async fn claim(
    store: &Store,
    owner: &str,
    now: i64,
    lease_ms: i64,
    limit: u32,
) -> Result<Vec<RunRecord>, StoreError> {
    // Looking costs no write, and there is nothing most of the time.
    let due = sqlx::query("select id from run where due_at <= $1 limit 1")
        .bind(now)
        .fetch_optional(store.pool())
        .await?;
    if due.is_none() {
        return Ok(Vec::new());
    }
    let mut sql =
        Sql::new("with due as materialized (select id as due_id from run where due_at <= ");
    sql.bind(now)
        .push(" order by due_at limit ")
        .bind(i64::from(limit.clamp(1, crate::MAX_PAGE)));
    sql.push(store.dialect().skip_locked());
    sql.push(") update run set status = 'running', lease_owner = ")
        .bind(owner);
    sql.push(", due_at = ").bind(now + lease_ms);
    sql.push(", started_at = coalesce(started_at, ").bind(now);
    sql.push(&format!(
        ") from due where id = due_id returning {COLUMNS}, input, result"
    ));
    let mut change = store.change().await?;
    let rows = sql.all(&mut *change).await?;
    change.commit().await?;
    rows.iter().map(record).collect()
}

/// Keeps all runs of a server for another `lease_ms` and returns how many it has.
pub async fn renew(store: &Store, owner: &str, now: i64, lease_ms: i64) -> Result<u64, StoreError> {
    let mut sql = Sql::new("with mine as materialized (select id as my_id from run where ");
    sql.push("status <> 'succeeded' and status = 'running' and lease_owner = ")
        .bind(owner);
    // Rows that the writer has locked are changing anyway; waiting for them could end in a deadlock.
    sql.push(store.dialect().skip_locked())
        .push(") update run set due_at = ")
        .bind(now + lease_ms);
    sql.push(" from mine where id = my_id");
    let mut change = store.change().await?;
    let kept = sql.run(&mut *change).await?;
    change.commit().await?;
    Ok(kept)
}

/// Gives the running runs of a server back to the queue, when it stops in good order. Without `owner` all of them: for
/// the start of the only server of a SQLite database, whose leases can only be those of its own former life. A running
/// run without an owner is a helper run that its caller carries through: it is left to the caller.
pub async fn release(store: &Store, owner: Option<&str>, now: i64) -> Result<u64, StoreError> {
    if owner.is_none() && store.is_shared() {
        return Err(StoreError::Setup(
            "other servers may be working on these runs".to_owned(),
        ));
    }
    let mut sql = Sql::new("update run set status = 'queued', lease_owner = null, due_at = ");
    sql.bind(now)
        .push(" where status <> 'succeeded' and status = 'running' and lease_owner is not null");
    if let Some(owner) = owner {
        sql.push(" and lease_owner = ").bind(owner);
    }
    let mut change = store.change().await?;
    let released = sql.run(&mut *change).await?;
    store.announce_in(&mut change).await?;
    change.commit().await?;
    store.announce_here();
    Ok(released)
}
