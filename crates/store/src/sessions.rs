//! Sessions of people who are signed in: what `tower-sessions` wants kept. Its trait is implemented by the server.

use crate::row::Columns;
use crate::{Store, StoreError};

/// One session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Its id, as text.
    pub id: String,
    /// Its data as JSON.
    pub data: String,
    /// When it ends.
    pub expires_at: i64,
}

/// Stores a new session. Refuses an id that is taken.
pub async fn create(store: &Store, session: &SessionRow) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("insert into session (id, data, expires_at) values ($1, $2, $3)")
        .bind(session.id.as_str())
        .bind(session.data.as_str())
        .bind(session.expires_at)
        .execute(&mut *change)
        .await?;
    change.commit().await
}

/// Stores a session, new or not.
pub async fn save(store: &Store, session: &SessionRow) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query(
        "insert into session (id, data, expires_at) values ($1, $2, $3) \
         on conflict (id) do update set data = excluded.data, expires_at = excluded.expires_at",
    )
    .bind(session.id.as_str())
    .bind(session.data.as_str())
    .bind(session.expires_at)
    .execute(&mut *change)
    .await?;
    change.commit().await
}

/// Returns the session of this id, unless it has ended.
pub async fn load(store: &Store, id: &str, now: i64) -> Result<Option<SessionRow>, StoreError> {
    let row =
        sqlx::query("select id, data, expires_at from session where id = $1 and expires_at > $2")
            .bind(id)
            .bind(now)
            .fetch_optional(store.pool())
            .await?;
    row.map(|row| {
        Ok(SessionRow {
            id: row.text("id")?,
            data: row.text("data")?,
            expires_at: row.number("expires_at")?,
        })
    })
    .transpose()
}

/// Ends a session; not an error when there is none.
pub async fn delete(store: &Store, id: &str) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("delete from session where id = $1")
        .bind(id)
        .execute(&mut *change)
        .await?;
    change.commit().await
}

/// Removes sessions that have ended and returns how many.
pub async fn delete_expired(store: &Store, now: i64) -> Result<u64, StoreError> {
    let mut change = store.change().await?;
    let gone = sqlx::query("delete from session where expires_at <= $1")
        .bind(now)
        .execute(&mut *change)
        .await?;
    change.commit().await?;
    Ok(gone.rows_affected())
}
