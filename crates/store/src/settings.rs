//! Settings of the whole installation: a text under a name.

use crate::row::Columns;
use crate::{Store, StoreError};

/// Returns the value of a setting.
pub async fn find(store: &Store, name: &str) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("select value from setting where name = $1")
        .bind(name)
        .fetch_optional(store.pool())
        .await?;
    row.map(|row| row.text("value")).transpose()
}

/// Returns all settings, by name.
pub async fn list(store: &Store) -> Result<Vec<(String, String)>, StoreError> {
    let rows = sqlx::query("select name, value from setting order by name")
        .fetch_all(store.pool())
        .await?;
    rows.iter()
        .map(|row| Ok((row.text("name")?, row.text("value")?)))
        .collect()
}

/// Stores a setting.
pub async fn save(store: &Store, name: &str, value: &str, at: i64) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query(
        "insert into setting (name, value, updated_at) values ($1, $2, $3) \
         on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at",
    )
    .bind(name)
    .bind(value)
    .bind(at)
    .execute(&mut *change)
    .await?;
    change.commit().await
}

/// Stores a setting unless it has a value, and returns the value that it has now. Servers that start together agree so.
pub async fn save_first(
    store: &Store,
    name: &str,
    value: &str,
    at: i64,
) -> Result<String, StoreError> {
    let mut change = store.change().await?;
    sqlx::query("insert into setting (name, value, updated_at) values ($1, $2, $3) on conflict (name) do nothing")
        .bind(name)
        .bind(value)
        .bind(at)
        .execute(&mut *change)
        .await?;
    let row = sqlx::query("select value from setting where name = $1")
        .bind(name)
        .fetch_one(&mut *change)
        .await?;
    change.commit().await?;
    row.text("value")
}

/// Removes a setting; returns whether it had a value, so that a one-time code is used once.
pub async fn delete(store: &Store, name: &str) -> Result<bool, StoreError> {
    let mut change = store.change().await?;
    let gone = sqlx::query("delete from setting where name = $1")
        .bind(name)
        .execute(&mut *change)
        .await?;
    change.commit().await?;
    Ok(gone.rows_affected() > 0)
}
