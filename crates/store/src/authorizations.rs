//! Authorizations under way: what is remembered between sending a browser to a service and its coming back.

use flow::ConnectionId;
use sqlx::any::AnyRow;

use crate::connections::{Sealed, read_sealed};
use crate::row::Columns;
use crate::{Store, StoreError};

/// An authorization under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// The random `state` of the request.
    pub state: String,
    /// The connection that is authorized again; absent for a new one.
    pub connection: Option<ConnectionId>,
    /// The verifier and whatever else has to come back, sealed.
    pub sealed: Sealed,
    /// When it began.
    pub created_at: i64,
    /// Until when it can be finished.
    pub expires_at: i64,
}

/// Remembers an authorization, and forgets those whose time is over.
pub async fn insert(store: &Store, new: &Authorization) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("delete from pending_authorization where expires_at <= $1")
        .bind(new.created_at)
        .execute(&mut *change)
        .await?;
    sqlx::query(
        "insert into pending_authorization (state, connection, sealed, sealed_key_version, created_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(new.state.as_str())
    .bind(new.connection.as_ref().map(ConnectionId::as_str))
    .bind(new.sealed.bytes.as_slice())
    .bind(new.sealed.key_version)
    .bind(new.created_at)
    .bind(new.expires_at)
    .execute(&mut *change)
    .await?;
    change.commit().await
}

/// Returns what was remembered under `state` and keeps it.
pub async fn find(
    store: &Store,
    state: &str,
    now: i64,
) -> Result<Option<Authorization>, StoreError> {
    let row = sqlx::query(
        "select state, connection, sealed, sealed_key_version, created_at, expires_at \
         from pending_authorization where state = $1",
    )
    .bind(state)
    .fetch_optional(store.pool())
    .await?;
    let found = row.as_ref().map(read).transpose()?;
    Ok(found.filter(|found| found.expires_at > now))
}

/// Returns the authorization and forgets it: each `state` works once.
pub async fn take(
    store: &Store,
    state: &str,
    now: i64,
) -> Result<Option<Authorization>, StoreError> {
    let mut change = store.change().await?;
    let row = sqlx::query(
        "delete from pending_authorization where state = $1 \
         returning state, connection, sealed, sealed_key_version, created_at, expires_at",
    )
    .bind(state)
    .fetch_optional(&mut *change)
    .await?;
    change.commit().await?;
    let found = row.as_ref().map(read).transpose()?;
    Ok(found.filter(|found| found.expires_at > now))
}

fn read(row: &AnyRow) -> Result<Authorization, StoreError> {
    Ok(Authorization {
        state: row.text("state")?,
        connection: row.maybe_id("connection")?,
        sealed: read_sealed(row)?,
        created_at: row.number("created_at")?,
        expires_at: row.number("expires_at")?,
    })
}
