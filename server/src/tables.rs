//! Tables: what users and cards give and what a column holds; filters; rows as CSV.

pub(crate) mod carry;
pub(crate) mod filter;
pub(crate) mod keys;

use flow::{Base, Type, Value, coerce};
use serde_json::{Map, Value as Json};
use store::tables::{Column, ColumnType, DataRow, DataTable};

/// Okta's limit for the text of a cell, in bytes.
const MAX_CELL: usize = 16 << 10;

/// Returns what the columns of a table hold for `given`; with `fill`, columns that are left out get their default.
pub(crate) fn cells_for(
    table: &DataTable,
    given: &Map<String, Json>,
    fill: bool,
) -> Result<Map<String, Json>, String> {
    if let Some(name) = given
        .keys()
        .find(|name| !table.columns.iter().any(|column| column.name == **name))
    {
        return Err(format!(
            "The table «{}» has no column «{name}».",
            table.name
        ));
    }
    let mut cells = Map::new();
    for column in &table.columns {
        let value = match given.get(&column.name) {
            Some(value) => value.clone(),
            None if fill => column.default.clone().unwrap_or(Json::Null),
            None => continue,
        };
        let value = Value::from_json(&value).map_err(|error| error.to_string())?;
        let held = coerce(&value, None, &Type::one(base(column.ty)))
            .map_err(|text| format!("Column «{}»: {text}", column.name))?;
        if matches!(&held, Value::Text(text) if text.len() > MAX_CELL) {
            return Err(format!(
                "Column «{}»: a cell holds at most 16 KB.",
                column.name
            ));
        }
        cells.insert(column.cell().to_owned(), held.to_json());
    }
    Ok(cells)
}

/// Returns the value of the row's cell in a column.
pub(crate) fn value_of(column: &Column, row: &DataRow) -> Value {
    let value = row
        .cells
        .get(column.cell())
        .and_then(|cell| Value::from_json(cell).ok())
        .unwrap_or_default();
    // A cell that was written before the column got its type stays as it is.
    coerce(&value, None, &Type::one(base(column.ty))).unwrap_or(value)
}

/// Returns the type of a column's cells.
pub(crate) fn base(ty: ColumnType) -> Base {
    match ty {
        ColumnType::Text => Base::Text,
        ColumnType::Number => Base::Number,
        ColumnType::Boolean => Base::Boolean,
        ColumnType::Date => Base::Date,
    }
}

/// Returns the column type that holds `base`; text for what tables do not know.
pub(crate) fn column_type(base: Base) -> ColumnType {
    match base {
        Base::Number => ColumnType::Number,
        Base::Boolean => ColumnType::Boolean,
        Base::Date => ColumnType::Date,
        _ => ColumnType::Text,
    }
}
