//! Event hooks: one for each connection, where its org posts events to. A hook outlives its connection until the org
//! has confirmed that it is gone.

use std::collections::BTreeSet;

use flow::ConnectionId;
use sqlx::any::AnyRow;

use crate::connections::{Sealed, read_sealed};
use crate::row::{Columns, to_json};
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// An event hook, as far as the org confirmed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookRow {
    /// Our id for it, a part of its address.
    pub id: String,
    /// The connection whose org it is registered at.
    pub connection: ConnectionId,
    /// The org's id for it, once it is registered.
    pub remote_id: Option<String>,
    /// Where the org was told to post to.
    pub address: String,
    /// The event types that the org was asked for.
    pub types: BTreeSet<String>,
    /// The secret that the org sends along.
    pub sealed: Sealed,
    /// The org has verified the address, so it delivers.
    pub is_verified: bool,
    /// How often registering failed since it last went well.
    pub attempts: i64,
    /// When to look after it again.
    pub next_at: i64,
    /// Why registering failed last.
    pub last_error: Option<String>,
    /// Since when.
    pub created_at: i64,
    /// When the org verified it, or its list of event types was changed last.
    pub verified_at: Option<i64>,
}

const COLUMNS: &str = "id, connection, remote_id, address, types, sealed, sealed_key_version, is_verified, attempts, \
    next_at, last_error, created_at, verified_at";

/// Returns all hooks, by connection.
pub async fn list(store: &Store) -> Result<Vec<HookRow>, StoreError> {
    let sql = Sql::new(&format!(
        "select {COLUMNS} from event_hook order by connection"
    ));
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns the hook of this id, as long as its connection is there.
pub async fn find_open(store: &Store, id: &str) -> Result<Option<HookRow>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from event_hook where id = "));
    sql.bind(id)
        .push(" and connection in (select id from connection)");
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Returns the hook of a connection, also of one that was deleted.
pub async fn find_of_connection(
    store: &Store,
    connection: &ConnectionId,
) -> Result<Option<HookRow>, StoreError> {
    let mut sql = Sql::new(&format!(
        "select {COLUMNS} from event_hook where connection = "
    ));
    sql.bind(connection.as_str());
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Adds a hook unless the connection has one, and returns the one that it has now.
pub async fn insert_first(store: &Store, new: &HookRow) -> Result<HookRow, StoreError> {
    let mut sql = Sql::new(&format!("insert into event_hook ({COLUMNS}) values ("));
    bind!(
        sql,
        new.id.as_str(),
        new.connection.as_str(),
        new.remote_id.as_deref(),
        new.address.as_str(),
        to_json(&new.types)?,
        new.sealed.bytes.as_slice(),
        new.sealed.key_version,
        i64::from(new.is_verified),
        new.attempts,
        new.next_at,
        new.last_error.as_deref(),
        new.created_at,
        new.verified_at,
    );
    sql.push(") on conflict (connection) do nothing");
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await?;
    find_of_connection(store, &new.connection)
        .await?
        .ok_or(StoreError::not_found("event hook"))
}

/// Takes a hook for `hold_ms`, so that no other server registers or removes it meanwhile. Returns whether it could.
pub async fn claim(store: &Store, id: &str, now: i64, hold_ms: i64) -> Result<bool, StoreError> {
    let mut sql = Sql::new("update event_hook set held_until = ");
    sql.bind(now + hold_ms).push(" where id = ").bind(id);
    sql.push(" and (held_until is null or held_until <= ")
        .bind(now)
        .push(")");
    let mut change = store.change().await?;
    let taken = sql.run(&mut *change).await?;
    change.commit().await?;
    Ok(taken > 0)
}

/// Lets go of all hooks: nobody else uses this database, so whoever held them is gone.
pub async fn release(store: &Store) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("update event_hook set held_until = null where held_until is not null")
        .execute(&mut *change)
        .await?;
    change.commit().await
}

/// Stores the org's id for a hook as soon as it is known.
pub async fn save_remote(store: &Store, id: &str, remote_id: &str) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("update event_hook set remote_id = $1 where id = $2")
        .bind(remote_id)
        .bind(id)
        .execute(&mut *change)
        .await?;
    change.commit().await
}

/// Says when to look after a hook again.
pub async fn postpone(store: &Store, id: &str, next_at: i64) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("update event_hook set next_at = $1 where id = $2")
        .bind(next_at)
        .bind(id)
        .execute(&mut *change)
        .await?;
    change.commit().await
}

/// Stores what became of a hook, everything but its secret, and lets go of it.
pub async fn save(store: &Store, row: &HookRow) -> Result<(), StoreError> {
    let mut sql = Sql::new("update event_hook set held_until = null, remote_id = ");
    sql.bind(row.remote_id.as_deref());
    sql.push(", address = ").bind(row.address.as_str());
    sql.push(", types = ").bind(to_json(&row.types)?);
    sql.push(", is_verified = ")
        .bind(i64::from(row.is_verified));
    sql.push(", attempts = ").bind(row.attempts);
    sql.push(", next_at = ").bind(row.next_at);
    sql.push(", last_error = ").bind(row.last_error.as_deref());
    sql.push(", verified_at = ").bind(row.verified_at);
    sql.push(" where id = ").bind(row.id.as_str());
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Forgets a hook that is gone at the org.
pub async fn delete(store: &Store, id: &str) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("delete from event_hook where id = $1")
        .bind(id)
        .execute(&mut *change)
        .await?;
    change.commit().await
}

fn read(row: &AnyRow) -> Result<HookRow, StoreError> {
    Ok(HookRow {
        id: row.text("id")?,
        connection: row.id("connection")?,
        remote_id: row.maybe_text("remote_id")?,
        address: row.text("address")?,
        types: row.json("types")?,
        sealed: read_sealed(row)?,
        is_verified: row.flag("is_verified")?,
        attempts: row.number("attempts")?,
        next_at: row.number("next_at")?,
        last_error: row.maybe_text("last_error")?,
        created_at: row.number("created_at")?,
        verified_at: row.maybe_number("verified_at")?,
    })
}
