//! Tables and their rows.

use flow::{Base, FlowId, FolderId, RowId, TableId};
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowQuery {
    /// Skip this many.
    #[serde(default)]
    pub offset: i64,
    /// At most this many, 200 where absent, never more than 1,000.
    #[serde(default)]
    pub limit: Option<i64>,
    /// Column to sort by, or `Row ID`, `Created`, `Updated`; in the order in which they were made where absent. Rows
    /// without a value come last.
    #[serde(default)]
    pub sort: Option<String>,
    /// From the greatest to the least.
    #[serde(default)]
    pub descending: bool,
    /// What must hold, as the JSON text of a filter as on the card Search Rows:
    /// `{"expr": [{"lhs": "Column", "op": "=", "rhs": "value", "join": "AND"}]}`.
    #[serde(default)]
    pub filter: Option<String>,
    /// Only rows with this text in one of their columns, in whatever case.
    #[serde(default)]
    pub text: Option<String>,
}

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowPage {
    /// The table.
    pub table: TableView,
    /// The rows, oldest first unless the query sorts them.
    pub rows: Vec<TableRow>,
    /// How many rows meet filter and text.
    pub matching: i64,
    /// The table's keys.
    pub keys: Vec<TableKey>,
}

/// Columns by which rows are found fast, and of which, where it is unique, no two rows have the same values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableKey {
    /// Id.
    pub id: String,
    /// Columns, in order.
    pub columns: Vec<String>,
    /// No two rows have the same values. A row that lacks one of them is like no other.
    pub is_unique: bool,
}

/// Makes a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKeyOfTable {
    /// Columns, in order.
    pub columns: Vec<String>,
    /// No two rows may have the same values.
    pub is_unique: bool,
}

/// Another name or description of a table; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableChange {
    /// Name.
    #[serde(default)]
    pub name: Option<String>,
    /// Description.
    #[serde(default)]
    pub description: Option<String>,
}

/// Another name or default of a column; what is absent stays, an empty default is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnChange {
    /// Name.
    #[serde(default)]
    pub name: Option<String>,
    /// Value for rows that leave it out.
    #[serde(default)]
    pub default: Option<String>,
}

/// A flow that uses a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableUse {
    /// The flow.
    pub flow: FlowId,
    /// Its name.
    pub name: String,
    /// Turned on.
    pub is_on: bool,
    /// The columns that its cards name.
    pub columns: Vec<String>,
}

/// Rows by their ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowIds {
    /// The ids.
    pub rows: Vec<RowId>,
}

/// Writes a row whether it exists or not: changes the one that has the same values in the key's columns, or adds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PutRow {
    /// The columns of a unique key; may be left out where the table has one unique key only.
    #[serde(default)]
    pub key: Vec<String>,
    /// Cells by column; other cells of a row that exists stay.
    pub cells: serde_json::Map<String, Cell>,
}

/// What became of a row that was put.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PutReply {
    /// The row.
    pub row: TableRow,
    /// It is new.
    pub is_new: bool,
}

/// How rows leave as CSV (RFC 4180).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CsvQuery {
    /// What stands between fields, one character; a comma where absent. `tab` means a tabulator.
    #[serde(default)]
    pub delimiter: Option<String>,
    /// What must hold, as in [`RowQuery::filter`].
    #[serde(default)]
    pub filter: Option<String>,
    /// Only rows with this text in one of their columns, in whatever case.
    #[serde(default)]
    pub text: Option<String>,
    /// Begin with a byte order mark, by which Excel knows UTF-8.
    #[serde(default)]
    pub bom: bool,
    /// Add the columns `Row ID`, `Created` and `Updated`.
    #[serde(default)]
    pub system: bool,
}

/// A part of a table as CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvPart {
    /// The lines.
    pub text: String,
    /// Pass it to get the next part; absent at the end.
    pub next: Option<String>,
}

/// What to do with the rows of a CSV file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CsvMode {
    /// Add each.
    #[default]
    Add,
    /// Change the row that has the same values in the columns of a unique key, or add it.
    Put,
}

/// How rows come in as CSV.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CsvUpload {
    /// What to do with the rows.
    #[serde(default)]
    pub mode: CsvMode,
    /// For `put`: the columns of the key, apart by commas; the only unique key where absent.
    #[serde(default)]
    pub key: Option<String>,
    /// What stands between fields; found out from the first line where absent.
    #[serde(default)]
    pub delimiter: Option<String>,
    /// The text's encoding by its label, for instance `shift_jis`; UTF-8 where absent. A byte order mark decides before.
    #[serde(default)]
    pub encoding: Option<String>,
}

/// Lines of a CSV file, on their way into a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvRows {
    /// What to do.
    pub upload: CsvUpload,
    /// The names of the columns, from the first line.
    pub header: Vec<String>,
    /// The lines with their numbers; a field that is empty without quotes is nothing.
    pub rows: Vec<(u64, Vec<Option<String>>)>,
}

/// What came of a CSV file. Lines that are wrong are left out, the others are in the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CsvReport {
    /// Rows that were added.
    pub added: u64,
    /// Rows that were changed.
    pub changed: u64,
    /// Lines that were left out.
    pub refused: u64,
    /// What is wrong with them, of the first 100.
    pub problems: Vec<CsvProblem>,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CsvProblem {
    /// The line, from 1.
    pub line: u64,
    /// The column, where it is about one.
    pub column: Option<String>,
    /// Sentence in English.
    pub message: String,
}

/// Cells to write into a new row or over an old one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RowChange {
    /// Cells by column. Unknown columns are refused.
    pub cells: serde_json::Map<String, Cell>,
}
