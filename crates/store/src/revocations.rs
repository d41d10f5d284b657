//! Tokens of deleted connections that a service has not yet confirmed as revoked.

use flow::{ConnectionId, PersonId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::connections::{Sealed, read_sealed};
use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// Tokens to revoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// Its id.
    pub id: String,
    /// The connection that was.
    pub connection: ConnectionId,
    /// What it was called.
    pub name: String,
    /// Where the service is.
    pub base_url: String,
    /// The tokens and the client, sealed.
    pub sealed: Sealed,
    /// How often it was tried.
    pub attempts: i64,
    /// When to try next.
    pub next_at: i64,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// Since when.
    pub created_at: i64,
    /// Who deleted the connection; absent where its tokens were replaced.
    pub actor: Option<PersonId>,
    /// The connection was deleted; otherwise its tokens were replaced, or came after its deletion.
    pub is_deletion: bool,
}

const COLUMNS: &str = "id, connection, name, base_url, sealed, sealed_key_version, attempts, next_at, last_error, created_at, actor, is_deletion";

/// Returns all that are open, oldest first.
pub async fn list(store: &Store) -> Result<Vec<Revocation>, StoreError> {
    let sql = Sql::new(&format!(
        "select {COLUMNS} from pending_revocation order by created_at, id"
    ));
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Takes those whose time has come, and moves their next time by `hold_ms` so that no other server tries them too.
pub async fn claim(
    store: &Store,
    now: i64,
    hold_ms: i64,
    limit: u32,
) -> Result<Vec<Revocation>, StoreError> {
    let mut sql = Sql::new("update pending_revocation set next_at = ");
    sql.bind(now + hold_ms)
        .push(" where id in (select id from pending_revocation where next_at <= ");
    sql.bind(now)
        .push(" order by next_at limit ")
        .bind(i64::from(limit.clamp(1, crate::MAX_PAGE)));
    sql.push(store.dialect().skip_locked())
        .push(&format!(") returning {COLUMNS}"));
    let mut change = store.change().await?;
    let rows = sql.all(&mut *change).await?;
    change.commit().await?;
    rows.iter().map(read).collect()
}

/// Returns the open one of a connection that was deleted.
pub async fn find_of_connection(
    store: &Store,
    connection: &ConnectionId,
) -> Result<Option<Revocation>, StoreError> {
    let mut sql = Sql::new(&format!(
        "select {COLUMNS} from pending_revocation where connection = "
    ));
    sql.bind(connection.as_str())
        .push(" and is_deletion = 1 order by created_at desc, id desc limit 1");
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Replaces the tokens that are to be revoked: they had to be renewed once more.
pub async fn save_sealed(
    store: &Store,
    connection: &ConnectionId,
    sealed: &Sealed,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("update pending_revocation set sealed = ");
    sql.bind(sealed.bytes.as_slice())
        .push(", sealed_key_version = ")
        .bind(sealed.key_version);
    sql.push(" where connection = ")
        .bind(connection.as_str())
        .push(" and is_deletion = 1");
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Notes a failed attempt.
pub async fn save_attempt(
    store: &Store,
    id: &str,
    next_at: i64,
    error: &str,
) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("update pending_revocation set attempts = attempts + 1, next_at = $1, last_error = $2 where id = $3")
        .bind(next_at)
        .bind(error)
        .bind(id)
        .execute(&mut *change)
        .await?;
    change.commit().await
}

/// Forgets tokens that are revoked.
pub async fn delete(store: &Store, id: &str) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("delete from pending_revocation where id = $1")
        .bind(id)
        .execute(&mut *change)
        .await?;
    change.commit().await
}

/// Adds one: tokens that were replaced, or that came for a connection that is gone.
pub async fn insert(store: &Store, new: &Revocation) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    insert_in(&mut change, new).await?;
    change.commit().await
}

/// Adds one inside the transaction that deletes the connection.
pub(crate) async fn insert_in(
    change: &mut AnyConnection,
    new: &Revocation,
) -> Result<(), StoreError> {
    let mut sql = Sql::new(&format!(
        "insert into pending_revocation ({COLUMNS}) values ("
    ));
    bind!(
        sql,
        new.id.as_str(),
        new.connection.as_str(),
        new.name.as_str(),
        new.base_url.as_str(),
        new.sealed.bytes.as_slice(),
        new.sealed.key_version,
        new.attempts,
        new.next_at,
        new.last_error.as_deref(),
        new.created_at,
        new.actor.as_ref().map(PersonId::as_str),
        i64::from(new.is_deletion),
    );
    sql.push(")");
    sql.run(change).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Revocation, StoreError> {
    Ok(Revocation {
        id: row.text("id")?,
        connection: row.id("connection")?,
        name: row.text("name")?,
        base_url: row.text("base_url")?,
        sealed: read_sealed(row)?,
        attempts: row.number("attempts")?,
        next_at: row.number("next_at")?,
        last_error: row.maybe_text("last_error")?,
        created_at: row.number("created_at")?,
        actor: row.maybe_id("actor")?,
        is_deletion: row.flag("is_deletion")?,
    })
}
