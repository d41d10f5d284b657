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
