//! Cells in SQL: a column of a table as an expression over the JSON of a row.
//!
//! The expressions hold names as quoted texts, not as parameters, because an index on an expression is used only where
//! the same expression stands in the statement.

use crate::dialect::Dialect;
use crate::row::to_json;
use crate::sql::quoted;
use crate::{StoreError, tables};
use tables::{Column, ColumnType, DataTable};

/// What every row has beside the cells of its columns: the name by which a filter or a sort calls it, in lower case, and
/// where it is kept.
const SYSTEM: [(&str, System); 4] = [
    ("row id", System::Id),
    ("id", System::Id),
    ("created", System::Created),
    ("updated", System::Updated),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    Id,
    Created,
    Updated,
}

/// What is compared or sorted by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'t> {
    /// The cells of a column.
    Column(&'t Column),
    /// What every row has. Times are milliseconds.
    System(System),
}

impl<'t> Place<'t> {
    /// Returns what a filter or a sort names: a column, or else what every row has.
    pub(super) fn named(table: &'t DataTable, name: &str) -> Result<Self, StoreError> {
        if let Some(column) = table.columns.iter().find(|column| column.name == name) {
            return Ok(Self::Column(column));
        }
        let lower = name.to_lowercase();
        let system = SYSTEM.iter().find(|(known, _)| *known == lower);
        system
            .map(|(_, system)| Self::System(*system))
            .ok_or(StoreError::not_found("column"))
    }

    /// Returns the type by which it is compared.
    pub(super) fn ty(self) -> ColumnType {
        match self {
            Self::Column(column) => column.ty,
            Self::System(System::Id) => ColumnType::Text,
            Self::System(_) => ColumnType::Number,
        }
    }

    /// Returns the expression of its value, as [`cell`].
    pub(super) fn value(self, dialect: Dialect) -> Result<String, StoreError> {
        Ok(match self {
            Self::Column(column) => cell(dialect, column.cell(), column.ty)?,
            Self::System(System::Id) => "id".to_owned(),
            Self::System(System::Created) => "created_at".to_owned(),
            Self::System(System::Updated) => "updated_at".to_owned(),
        })
    }

    /// Returns the expression of its text.
    pub(super) fn text(self, dialect: Dialect) -> Result<String, StoreError> {
        match self {
            Self::Column(column) => cell_text(dialect, column.cell()),
            Self::System(System::Id) => Ok("id".to_owned()),
            Self::System(_) => Ok(format!("cast({} as text)", self.value(dialect)?)),
        }
    }
}

/// Returns the cell as a value of its column's type: a number, 0 or 1, or text; null when it is not of that type.
pub(super) fn cell(dialect: Dialect, cell: &str, ty: ColumnType) -> Result<String, StoreError> {
    Ok(match (ty, dialect) {
        (ColumnType::Text | ColumnType::Date, _) => cell_text(dialect, cell)?,
        (ColumnType::Number, Dialect::Sqlite) => {
            let path = path(cell)?;
            format!(
                "(case when json_type(cells, {path}) in ('integer', 'real') then json_extract(cells, {path}) end)"
            )
        }
        (ColumnType::Boolean, Dialect::Sqlite) => {
            let path = path(cell)?;
            format!("(case json_type(cells, {path}) when 'true' then 1 when 'false' then 0 end)")
        }
        (ColumnType::Number, Dialect::Postgres) => {
            let name = quoted(cell);
            format!(
                "(case when jsonb_typeof(cells::jsonb -> {name}) = 'number' \
                 then (cells::jsonb ->> {name})::double precision end)"
            )
        }
        (ColumnType::Boolean, Dialect::Postgres) => {
            let name = quoted(cell);
            format!(
                "(case (cells::jsonb -> {name})::text when 'true' then 1 when 'false' then 0 end)"
            )
        }
    })
}

fn cell_text(dialect: Dialect, cell: &str) -> Result<String, StoreError> {
    Ok(match dialect {
        Dialect::Sqlite => {
            let path = path(cell)?;
            format!(
                "(case json_type(cells, {path}) when 'true' then 'true' when 'false' then 'false' \
                 else cast(json_extract(cells, {path}) as text) end)"
            )
        }
        Dialect::Postgres => format!("((cells::jsonb ->> {}) collate \"C\")", quoted(cell)),
    })
}

/// Returns the path of a cell in SQLite's notation, where a name in quotes is a JSON string.
pub(super) fn path(cell: &str) -> Result<String, StoreError> {
    Ok(quoted(&format!("$.{}", to_json(&cell)?)))
}
