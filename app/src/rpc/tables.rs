//! Tables and their rows.

use flow::{RowId, TableId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Lists tables.
#[server(endpoint = "list_tables", prefix = "/rpc", input = Json)]
pub async fn list_tables() -> Result<Vec<api::TableView>, Refusal> {
    backend()?.list_tables().await.map_err(refused)
}

/// Makes a table.
#[server(endpoint = "create_table", prefix = "/rpc", input = Json)]
pub async fn create_table(table: api::TableView) -> Result<api::TableView, Refusal> {
    backend()?.create_table(table).await.map_err(refused)
}

/// Reads a page of rows.
#[server(endpoint = "list_rows", prefix = "/rpc", input = Json)]
pub async fn list_rows(table: TableId, query: api::RowQuery) -> Result<api::RowPage, Refusal> {
    backend()?.list_rows(table, query).await.map_err(refused)
}

/// Adds a row.
#[server(endpoint = "insert_row", prefix = "/rpc", input = Json)]
pub async fn insert_row(table: TableId, change: api::RowChange) -> Result<api::TableRow, Refusal> {
    backend()?.insert_row(table, change).await.map_err(refused)
}

/// Changes a row.
#[server(endpoint = "update_row", prefix = "/rpc", input = Json)]
pub async fn update_row(
    table: TableId,
    row: RowId,
    change: api::RowChange,
) -> Result<api::TableRow, Refusal> {
    backend()?
        .update_row(table, row, change)
        .await
        .map_err(refused)
}

/// Deletes a row.
#[server(endpoint = "delete_row", prefix = "/rpc", input = Json)]
pub async fn delete_row(table: TableId, row: RowId) -> Result<(), Refusal> {
    backend()?.delete_row(table, row).await.map_err(refused)
}

/// Deletes rows.
#[server(endpoint = "delete_rows", prefix = "/rpc", input = Json)]
pub async fn delete_rows(table: TableId, rows: api::RowIds) -> Result<i64, Refusal> {
    backend()?.delete_rows(table, rows).await.map_err(refused)
}

/// Deletes all rows.
#[server(endpoint = "clear_table", prefix = "/rpc", input = Json)]
pub async fn clear_table(table: TableId) -> Result<i64, Refusal> {
    backend()?.clear_table(table).await.map_err(refused)
}

/// Renames a table.
#[server(endpoint = "change_table", prefix = "/rpc", input = Json)]
pub async fn change_table(
    table: TableId,
    change: api::TableChange,
) -> Result<api::TableView, Refusal> {
    backend()?
        .change_table(table, change)
        .await
        .map_err(refused)
}

/// Deletes a table.
#[server(endpoint = "delete_table", prefix = "/rpc", input = Json)]
pub async fn delete_table(table: TableId) -> Result<(), Refusal> {
    backend()?.delete_table(table).await.map_err(refused)
}

/// Lists the flows that use a table.
#[server(endpoint = "table_uses", prefix = "/rpc", input = Json)]
pub async fn table_uses(table: TableId) -> Result<Vec<api::TableUse>, Refusal> {
    backend()?.table_uses(table).await.map_err(refused)
}

/// Adds a column.
#[server(endpoint = "add_column", prefix = "/rpc", input = Json)]
pub async fn add_column(
    table: TableId,
    column: api::TableColumn,
) -> Result<api::TableView, Refusal> {
    backend()?.add_column(table, column).await.map_err(refused)
}

/// Changes a column.
#[server(endpoint = "change_column", prefix = "/rpc", input = Json)]
pub async fn change_column(
    table: TableId,
    name: String,
    change: api::ColumnChange,
) -> Result<api::TableView, Refusal> {
    backend()?
        .change_column(table, name, change)
        .await
        .map_err(refused)
}

/// Deletes a column.
#[server(endpoint = "delete_column", prefix = "/rpc", input = Json)]
pub async fn delete_column(table: TableId, name: String) -> Result<api::TableView, Refusal> {
    backend()?.delete_column(table, name).await.map_err(refused)
}

/// Adds a key.
#[server(endpoint = "add_table_key", prefix = "/rpc", input = Json)]
pub async fn add_table_key(
    table: TableId,
    key: api::NewKeyOfTable,
) -> Result<api::TableKey, Refusal> {
    backend()?.add_table_key(table, key).await.map_err(refused)
}

/// Deletes a key.
#[server(endpoint = "delete_table_key", prefix = "/rpc", input = Json)]
pub async fn delete_table_key(table: TableId, key: String) -> Result<(), Refusal> {
    backend()?
        .delete_table_key(table, key)
        .await
        .map_err(refused)
}
