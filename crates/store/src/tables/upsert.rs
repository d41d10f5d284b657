//! Writing many rows, and writing a row whether it exists or not.
//!
//! Whether it exists is decided by the database in the same statement that writes, by the index of a unique key, so two
//! that write the same values at once make one row.

use std::collections::HashSet;

use flow::RowId;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::DataTable;
use super::keys::TableKey;
use super::rows::{AT_ONCE, COLUMNS, Cells, DataRow, insertion, text_of};
use crate::dialect::Dialect;
use crate::row::Columns;
use crate::sql::quoted;
use crate::{Store, StoreError};

/// A row to write where its key finds none, and what to change where it finds one.
#[derive(Clone, Debug)]
pub struct Put {
    /// The row, with the defaults of what was not given.
    pub row: DataRow,
    /// The cells that replace those of the row that is there.
    pub cells: Cells,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its id.
    pub row: RowId,
    /// It is new.
    pub is_new: bool,
}

/// Adds rows in one transaction and leaves out those that a unique key forbids. Returns the ids of those that were added.
pub async fn insert_new(store: &Store, rows: &[DataRow]) -> Result<HashSet<RowId>, StoreError> {
    let mut added = HashSet::new();
    let mut change = store.change().await?;
    for some in rows.chunks(AT_ONCE) {
        let mut sql = insertion(some)?;
        sql.push(" on conflict do nothing returning id");
        for row in &sql.all(&mut *change).await? {
            added.insert(row.id("id")?);
        }
    }
    change.commit().await?;
    Ok(added)
}

/// Writes a row: changes the one that has the same values in the columns of the key, or adds it. The row must have a value
/// in each of these columns, or it is like no other.
pub async fn upsert(
    store: &Store,
    table: &DataTable,
    key: &TableKey,
    put: &Put,
) -> Result<Written, StoreError> {
    let target = target(store.dialect(), table, key)?;
    let mut change = store.change().await?;
    must_exist(&mut change, key).await?;
    let written = write(&mut change, store.dialect(), &target, put).await?;
    change.commit().await?;
    Ok(written)
}

/// Writes several rows in one transaction, as [`upsert`]; a row that another unique key forbids is left out and gives its
/// error.
pub async fn upsert_each(
    store: &Store,
    table: &DataTable,
    key: &TableKey,
    puts: &[Put],
) -> Result<Vec<Result<Written, StoreError>>, StoreError> {
    let target = target(store.dialect(), table, key)?;
    let mut written = Vec::new();
    let mut change = store.change().await?;
    must_exist(&mut change, key).await?;
    for put in puts {
        point(&mut change, "savepoint put").await?;
        match write(&mut change, store.dialect(), &target, put).await {
            Err(error @ (StoreError::Duplicate | StoreError::KeyTooLong)) => {
                point(&mut change, "rollback to savepoint put").await?;
                written.push(Err(error));
            }
            other => written.push(Ok(other?)),
        }
        point(&mut change, "release savepoint put").await?;
    }
    change.commit().await?;
    Ok(written)
}

/// Finds the key. SQLite notices here that another connection made its index; the statement that writes would only be
/// refused, because a connection that does not know the index yet finds nothing that its `on conflict` could mean.
async fn must_exist(change: &mut AnyConnection, key: &TableKey) -> Result<(), StoreError> {
    let found = sqlx::query("select id from data_key where id = $1")
        .bind(&key.id)
        .fetch_optional(change)
        .await?;
    found.map(|_| ()).ok_or(StoreError::not_found("key"))
}

async fn point(change: &mut AnyConnection, statement: &'static str) -> Result<(), StoreError> {
    sqlx::query(statement).execute(change).await?;
    Ok(())
}

fn target(dialect: Dialect, table: &DataTable, key: &TableKey) -> Result<String, StoreError> {
    Ok(format!(
        "({}) where table_id = {}",
        key.values(dialect, table)?,
        quoted(table.id.as_str())
    ))
}

async fn write(
    change: &mut AnyConnection,
    dialect: Dialect,
    target: &str,
    put: &Put,
) -> Result<Written, StoreError> {
    // A cell that becomes null is taken out on SQLite (RFC 7396), which reads the same.
    let merged = match dialect {
        Dialect::Sqlite => "json_patch(data_row.cells, $6)",
        Dialect::Postgres => "(data_row.cells::jsonb || $6::jsonb)::text",
    };
    let statement = format!(
        "insert into data_row ({COLUMNS}) values ($1, $2, $3, $4, $5) on conflict {target} \
         do update set cells = {merged}, updated_at = excluded.updated_at returning id"
    );
    let row = sqlx::query(AssertSqlSafe(statement))
        .bind(put.row.id.as_str())
        .bind(put.row.table.as_str())
        .bind(text_of(&put.row.cells)?)
        .bind(put.row.created_at)
        .bind(put.row.updated_at)
        .bind(text_of(&put.cells)?)
        .fetch_one(change)
        .await?;
    let id: RowId = row.id("id")?;
    Ok(Written {
        is_new: id == put.row.id,
        row: id,
    })
}
