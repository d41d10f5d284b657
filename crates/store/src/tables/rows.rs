//! Rows of tables.

use flow::{RowId, TableId};
use serde_json::{Map, Value as Json};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::row::{Columns, to_json};
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// The values of a row by column name.
pub type Cells = Map<String, Json>;

/// One row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct DataRow {
    /// Its id; rows without a sort come in the order of their ids.
    pub id: RowId,
    /// The table.
    pub table: TableId,
    /// Its values.
    pub cells: Cells,
    /// When it was made.
    pub created_at: i64,
    /// When it was changed last.
    pub updated_at: i64,
}

/// A change of some cells of a row.
#[derive(Clone, Debug)]
pub struct RowPatch<'a> {
    /// The table.
    pub table: &'a TableId,
    /// The row.
    pub row: &'a RowId,
    /// The cells to replace; the others stay.
    pub cells: &'a Cells,
    /// When.
    pub at: i64,
}

pub(super) const COLUMNS: &str = "id, table_id, cells, created_at, updated_at";

/// Rows that one statement adds.
pub(super) const AT_ONCE: usize = 64;

/// Returns the statement that adds these rows.
pub(super) fn insertion(rows: &[DataRow]) -> Result<Sql, StoreError> {
    let mut sql = Sql::new(&format!("insert into data_row ({COLUMNS}) values "));
    let texts = rows
        .iter()
        .map(|row| text_of(&row.cells))
        .collect::<Result<Vec<_>, _>>()?;
    let rows: Vec<_> = rows.iter().zip(texts).collect();
    sql.rows(&rows, |sql, (row, cells)| {
        bind!(
            sql,
            row.id.as_str(),
            row.table.as_str(),
            cells.as_str(),
            row.created_at,
            row.updated_at,
        );
    });
    Ok(sql)
}

/// Adds rows in one transaction.
pub async fn insert_rows(store: &Store, rows: &[DataRow]) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    for some in rows.chunks(AT_ONCE) {
        insertion(some)?.run(&mut *change).await?;
    }
    change.commit().await
}

/// Returns one row.
pub async fn find_row(
    store: &Store,
    table: &TableId,
    row: &RowId,
) -> Result<Option<DataRow>, StoreError> {
    let found = select(table, row, "").first(store.pool()).await?;
    found.as_ref().map(read).transpose()
}

/// Replaces some cells of a row and returns the whole row. Of two that change a row at once both take effect.
pub async fn update_row(store: &Store, patch: &RowPatch<'_>) -> Result<DataRow, StoreError> {
    let mut change = store.change().await?;
    let lock = store.dialect().for_update();
    let found = select(patch.table, patch.row, lock)
        .first(&mut *change)
        .await?;
    let mut row = read(&found.ok_or(StoreError::not_found("row"))?)?;
    row.cells.extend(
        patch
            .cells
            .iter()
            .map(|(name, value)| (name.clone(), value.clone())),
    );
    row.updated_at = patch.at;
    save_in(&mut change, &row).await?;
    change.commit().await?;
    Ok(row)
}

/// Removes one row.
pub async fn delete_row(store: &Store, table: &TableId, row: &RowId) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    let gone = sqlx::query("delete from data_row where table_id = $1 and id = $2")
        .bind(table.as_str())
        .bind(row.as_str())
        .execute(&mut *change)
        .await?;
    if gone.rows_affected() == 0 {
        return Err(StoreError::not_found("row"));
    }
    change.commit().await
}

/// Removes some rows and returns how many there were.
pub async fn delete_rows(
    store: &Store,
    table: &TableId,
    rows: &[RowId],
) -> Result<u64, StoreError> {
    let mut change = store.change().await?;
    let mut gone = 0;
    for some in rows.chunks(500) {
        let mut sql = Sql::new("delete from data_row where table_id = ");
        sql.bind(table.as_str()).push(" and id in (");
        sql.bind_all(some.iter().map(RowId::as_str)).push(")");
        gone += sql.run(&mut *change).await?;
    }
    change.commit().await?;
    Ok(gone)
}

/// Removes all rows of a table and returns how many there were.
pub async fn clear(store: &Store, table: &TableId) -> Result<u64, StoreError> {
    let mut change = store.change().await?;
    let gone = sqlx::query("delete from data_row where table_id = $1")
        .bind(table.as_str())
        .execute(&mut *change)
        .await?;
    change.commit().await?;
    Ok(gone.rows_affected())
}

fn select(table: &TableId, row: &RowId, lock: &str) -> Sql {
    let mut sql = Sql::new(&format!("select {COLUMNS} from data_row where table_id = "));
    sql.bind(table.as_str())
        .push(" and id = ")
        .bind(row.as_str())
        .push(lock);
    sql
}

async fn save_in(change: &mut AnyConnection, row: &DataRow) -> Result<(), StoreError> {
    sqlx::query("update data_row set cells = $1, updated_at = $2 where id = $3")
        .bind(text_of(&row.cells)?)
        .bind(row.updated_at)
        .bind(row.id.as_str())
        .execute(change)
        .await?;
    Ok(())
}

/// PostgreSQL cannot search JSON that holds the character U+0000, so it is left out.
pub(super) fn text_of(cells: &Cells) -> Result<String, StoreError> {
    let text = to_json(cells)?;
    if !text.contains("\\u0000") {
        return Ok(text);
    }
    to_json(&without_nul(&Json::Object(cells.clone())))
}

fn without_nul(value: &Json) -> Json {
    match value {
        Json::String(text) => Json::String(text.replace('\0', "")),
        Json::Array(items) => items.iter().map(without_nul).collect(),
        Json::Object(fields) => Json::Object(
            fields
                .iter()
                .map(|(name, value)| (name.replace('\0', ""), without_nul(value)))
                .collect(),
        ),
        other => other.clone(),
    }
}

pub(super) fn read(row: &AnyRow) -> Result<DataRow, StoreError> {
    Ok(DataRow {
        id: row.id("id")?,
        table: row.id("table_id")?,
        cells: row.json("cells")?,
        created_at: row.number("created_at")?,
        updated_at: row.number("updated_at")?,
    })
}
