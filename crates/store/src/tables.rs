//! Tables that flows read and write: a definition and rows of cells. The definition lives here, the rows in `rows`,
//! finding rows in `search`.

mod rows;
mod search;

mod cells;
mod columns;
mod condition;
mod keys;
mod upsert;

use flow::{FolderId, TableId};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::flows::{InFolder, NameCursor, name_key};
use crate::page::rows_to_ask;
use crate::row::{Columns, to_json};
use crate::sql::{Sql, anywhere, bind};
use crate::{Page, Store, StoreError};

pub(crate) use keys::PREFIX as KEY_PREFIX;

pub use columns::forget_cells;
pub use condition::{Compare, Condition, Operator};
pub use keys::{TableKey, add_key, delete_key, duplicates, list_keys};
pub use rows::{
    Cells, DataRow, RowPatch, clear, delete_row, delete_rows, find_row, insert_rows, update_row,
};
pub use search::{After, Search, Sort, count, last_id, search};
pub use upsert::{Put, Written, insert_new, upsert, upsert_each};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// Text.
    Text,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A point in time, as ISO 8601 text, which sorts by time.
    Date,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its name, unique in the table.
    pub name: String,
    /// Under which name cells are kept, where it is not that of the column: it was renamed, or came later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// What it holds.
    #[serde(rename = "type")]
    pub ty: ColumnType,
    /// What a new row gets where it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Json>,
}

impl Column {
    /// Returns the name under which cells are kept.
    pub fn cell(&self) -> &str {
        self.cell.as_deref().unwrap_or(&self.name)
    }
}

/// The definition of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct DataTable {
    /// Its id.
    pub id: TableId,
    /// The folder it is in; absent at the top.
    pub folder: Option<FolderId>,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// When it was made.
    pub created_at: i64,
    /// When the definition was changed last.
    pub updated_at: i64,
}

/// Which tables to list.
#[derive(Clone, Debug, Default)]
pub struct TableFilter {
    /// Where.
    pub folder: InFolder,
    /// Part of the name, in whatever case, or the whole id.
    pub text: Option<String>,
    /// Only after this one.
    pub after: Option<NameCursor>,
    /// At most this many.
    pub limit: u32,
}

const COLUMNS: &str = "id, folder, name, description, columns, created_at, updated_at";

/// Returns tables by name.
pub async fn list(
    store: &Store,
    filter: &TableFilter,
) -> Result<Page<DataTable, NameCursor>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from data_table where 1 = 1"));
    filter.folder.narrow(&mut sql);
    if let Some(text) = filter
        .text
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        sql.push(" and (name_key like ")
            .bind(anywhere(&name_key(text)));
        sql.push(" escape '\\' or id = ").bind(text).push(")");
    }
    NameCursor::narrow(filter.after.as_ref(), &mut sql);
    sql.push(" order by name_key, id limit ")
        .bind(rows_to_ask(filter.limit));
    let rows = sql.all(store.pool()).await?;
    let tables = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(tables, filter.limit, |table| NameCursor {
        name_key: name_key(&table.name),
        id: table.id.to_string(),
    }))
}

/// Returns the table of this id.
pub async fn find(store: &Store, id: &TableId) -> Result<Option<DataTable>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from data_table where id = "));
    sql.bind(id.as_str());
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Returns the table of this id, which must exist.
pub async fn get(store: &Store, id: &TableId) -> Result<DataTable, StoreError> {
    find(store, id).await?.ok_or(StoreError::not_found("table"))
}

/// Adds a table.
pub async fn insert(store: &Store, new: &DataTable) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    insert_in(&mut change, new).await?;
    change.commit().await
}

pub(crate) async fn insert_in(
    change: &mut AnyConnection,
    new: &DataTable,
) -> Result<(), StoreError> {
    let mut sql = Sql::new(&format!(
        "insert into data_table ({COLUMNS}, name_key) values ("
    ));
    bind!(
        sql,
        new.id.as_str(),
        new.folder.as_ref().map(FolderId::as_str),
        new.name.as_str(),
        new.description.as_str(),
        to_json(&new.columns)?,
        new.created_at,
        new.updated_at,
        name_key(&new.name),
    );
    sql.push(")");
    sql.run(change).await?;
    Ok(())
}

/// Stores the definition of a table. Cells of columns that are gone stay in their rows, unseen, until [`forget_cells`].
pub async fn save(store: &Store, table: &DataTable) -> Result<(), StoreError> {
    let mut sql = Sql::new("update data_table set folder = ");
    sql.bind(table.folder.as_ref().map(FolderId::as_str));
    sql.push(", name = ").bind(table.name.as_str());
    sql.push(", name_key = ").bind(name_key(&table.name));
    sql.push(", description = ")
        .bind(table.description.as_str());
    sql.push(", columns = ").bind(to_json(&table.columns)?);
    sql.push(", updated_at = ").bind(table.updated_at);
    sql.push(" where id = ").bind(table.id.as_str());
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        return Err(StoreError::not_found("table"));
    }
    change.commit().await
}

/// Removes a table with its rows.
pub async fn delete(store: &Store, id: &TableId) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    delete_in(&mut change, id).await?;
    change.commit().await
}

pub(crate) async fn delete_in(change: &mut AnyConnection, id: &TableId) -> Result<(), StoreError> {
    keys::drop_all(change, id).await?;
    let gone = sqlx::query("delete from data_table where id = $1")
        .bind(id.as_str())
        .execute(change)
        .await?;
    if gone.rows_affected() == 0 {
        return Err(StoreError::not_found("table"));
    }
    Ok(())
}

fn read(row: &AnyRow) -> Result<DataTable, StoreError> {
    Ok(DataTable {
        id: row.id("id")?,
        folder: row.maybe_id("folder")?,
        name: row.text("name")?,
        description: row.text("description")?,
        columns: row.json("columns")?,
        created_at: row.number("created_at")?,
        updated_at: row.number("updated_at")?,
    })
}
