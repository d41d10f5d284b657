//! What somebody put away from the list of what needs attention, with the reason. It counts only as long as its mark is
//! the present one: what changes comes back.

use flow::PersonId;

use crate::row::Columns;
use crate::{Store, StoreError};

/// Something that was put away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dismissal {
    /// What it is about.
    pub key: String,
    /// How it stood.
    pub mark: String,
    /// Why nobody has to look.
    pub reason: String,
    /// Who said so.
    pub person: PersonId,
    /// When.
    pub at: i64,
}

/// Older ones than this many are forgotten.
const MOST: i64 = 1_000;

/// Returns everything that was put away, the newest first.
pub async fn list(store: &Store) -> Result<Vec<Dismissal>, StoreError> {
    let rows =
        sqlx::query("select key, mark, reason, person, at from dismissal order by at desc, key")
            .fetch_all(store.pool())
            .await?;
    rows.iter()
        .map(|row| {
            Ok(Dismissal {
                key: row.text("key")?,
                mark: row.text("mark")?,
                reason: row.text("reason")?,
                person: row.id("person")?,
                at: row.number("at")?,
            })
        })
        .collect()
}

/// Puts something away, in place of what was said of it before.
pub async fn save(store: &Store, dismissal: &Dismissal) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query(
        "insert into dismissal (key, mark, reason, person, at) values ($1, $2, $3, $4, $5) on conflict (key) do update \
         set mark = excluded.mark, reason = excluded.reason, person = excluded.person, at = excluded.at",
    )
    .bind(dismissal.key.as_str())
    .bind(dismissal.mark.as_str())
    .bind(dismissal.reason.as_str())
    .bind(dismissal.person.as_str())
    .bind(dismissal.at)
    .execute(&mut *change)
    .await?;
    sqlx::query(
        "delete from dismissal where key not in (select key from dismissal order by at desc, key limit $1)",
    )
    .bind(MOST)
    .execute(&mut *change)
    .await?;
    change.commit().await
}

/// Takes it back.
pub async fn delete(store: &Store, key: &str) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("delete from dismissal where key = $1")
        .bind(key)
        .execute(&mut *change)
        .await?;
    change.commit().await
}
