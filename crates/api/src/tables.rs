//! Tables and their rows.

use flow::{Base, FolderId, RowId, TableId};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A table without its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableView {
    /// Id.
    pub id: TableId,
    /// Folder.
    pub folder: Option<FolderId>,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// Columns.
    pub columns: Vec<TableColumn>,
    /// Number of rows.
    pub rows: i64,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableColumn {
    /// Name.
    pub name: String,
    /// Text, Number, True/False or Date & Time.
    #[serde(rename = "type")]
    pub base: Base,
    /// Value for rows that leave it out.
    #[serde(default)]
    pub default: Option<String>,
}

/// The value of a cell, as plain JSON.
pub type Cell = Json;

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableRow {
    /// Id.
    pub id: RowId,
    /// Cells by column.
    pub cells: serde_json::Map<String, Cell>,
    /// Made, milliseconds since 1970 in UTC.
    pub created_at: i64,
    /// Changed, milliseconds since 1970 in UTC.
    pub updated_at: i64,
}

/// Which rows to read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RowQuery {
    /// Skip this many.
    #[serde(default)]
    pub offset: i64,
    /// At most this many, 200 where absent, never more than 1,000.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowPage {
    /// The table.
    pub table: TableView,
    /// The rows, oldest first.
    pub rows: Vec<TableRow>,
}

/// Cells to write into a new row or over an old one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RowChange {
    /// Cells by column. Unknown columns are refused.
    pub cells: serde_json::Map<String, Cell>,
}
