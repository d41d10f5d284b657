//! Bearer tokens for the API. Only a hash of each is kept.

use flow::PersonId;
use sqlx::any::AnyRow;

use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// A bearer token of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// SHA-256 of the token, in hex; unique.
    pub hash: String,
    /// Whose rights it has.
    pub person: PersonId,
    /// When it was made.
    pub created_at: i64,
    /// When it was used last, by the minute.
    pub last_used_at: Option<i64>,
    /// When it ends; absent for never.
    pub expires_at: Option<i64>,
}

const COLUMNS: &str = "id, name, hash, person, created_at, last_used_at, expires_at";
const NOTE_USE_EVERY_MS: i64 = 60_000;

/// Stores a new token.
pub async fn insert(store: &Store, token: &TokenRow) -> Result<(), StoreError> {
    let mut sql = Sql::new(&format!("insert into token ({COLUMNS}) values ("));
    bind!(
        sql,
        token.id.as_str(),
        token.name.as_str(),
        token.hash.as_str(),
        token.person.as_str(),
        token.created_at,
        token.last_used_at,
        token.expires_at,
    );
    sql.push(")");
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Returns the token with this hash, unless it has ended.
pub async fn find_by_hash(
    store: &Store,
    hash: &str,
    now: i64,
) -> Result<Option<TokenRow>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from token where hash = "));
    sql.bind(hash)
        .push(" and (expires_at is null or expires_at > ")
        .bind(now)
        .push(")");
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Returns the tokens of one person, or of everyone, newest first.
pub async fn list(store: &Store, person: Option<&PersonId>) -> Result<Vec<TokenRow>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from token"));
    if let Some(person) = person {
        sql.push(" where person = ").bind(person.as_str());
    }
    sql.push(" order by created_at desc, id");
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Notes that a token was used, at most once a minute: a read should not cost a write.
pub async fn note_use(store: &Store, token: &TokenRow, now: i64) -> Result<(), StoreError> {
    if token
        .last_used_at
        .is_some_and(|last| now - last < NOTE_USE_EVERY_MS)
    {
        return Ok(());
    }
    let mut change = store.change().await?;
    sqlx::query("update token set last_used_at = $1 where id = $2")
        .bind(now)
        .bind(token.id.as_str())
        .execute(&mut *change)
        .await?;
    change.commit().await
}

/// Removes a token.
pub async fn delete(store: &Store, id: &str) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    let gone = sqlx::query("delete from token where id = $1")
        .bind(id)
        .execute(&mut *change)
        .await?;
    if gone.rows_affected() == 0 {
        return Err(StoreError::not_found("token"));
    }
    change.commit().await
}

fn read(row: &AnyRow) -> Result<TokenRow, StoreError> {
    Ok(TokenRow {
        id: row.text("id")?,
        name: row.text("name")?,
        hash: row.text("hash")?,
        person: row.id("person")?,
        created_at: row.number("created_at")?,
        last_used_at: row.maybe_number("last_used_at")?,
        expires_at: row.maybe_number("expires_at")?,
    })
}
