//! Finding rows of a table: the database compares and sorts, so a big table is never read into memory.
//!
//! Comparison follows the type of the column. A cell that is missing or of another type than its column equals nothing
//! and differs from everything. Text is compared letter by letter, with case.

use serde_json::Value as Json;

use super::rows::{COLUMNS, DataRow, read};
use super::{Column, ColumnType, DataTable};
use crate::dialect::Dialect;
use crate::row::{Columns, to_json};
use crate::sql::Sql;
use crate::{MAX_PAGE, Store, StoreError};

/// Which rows to find.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What must hold; absent for all rows.
    pub condition: Option<Condition>,
    /// In which order; without it in the order in which they were made.
    pub sort: Option<Sort>,
    /// At most this many, [`MAX_PAGE`] at the most.
    pub limit: u32,
    /// Leave out this many first.
    pub offset: u64,
}

/// What must hold for a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All of these.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// This comparison.
    Compare(Compare),
}

/// A comparison of one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Compare {
    /// The name of the column.
    pub column: String,
    /// How.
    pub operator: Operator,
    /// With what; ignored by the operators that need nothing.
    pub value: Json,
}

/// How a cell is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The same.
    Equal,
    /// Not the same.
    NotEqual,
    /// More or later.
    Greater,
    /// As much or more.
    GreaterOrEqual,
    /// Less or earlier.
    Less,
    /// As much or less.
    LessOrEqual,
    /// Has this text somewhere.
    Contains,
    /// Has this text nowhere.
    NotContains,
    /// Begins with this text.
    StartsWith,
    /// Ends with this text.
    EndsWith,
    /// Has no value or an empty text.
    Empty,
    /// Has a value.
    NotEmpty,
}

/// The order of the rows. Rows without a value come last either way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The name of the column.
    pub column: String,
    /// From the greatest to the least.
    pub is_descending: bool,
}

const MAX_CONDITIONS: usize = 200;
const MAX_NESTING: usize = 10;

/// Returns the rows of a table that a search finds.
pub async fn search(
    store: &Store,
    table: &DataTable,
    search: &Search,
) -> Result<Vec<DataRow>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from data_row where table_id = "));
    sql.bind(table.id.as_str());
    let dialect = store.dialect();
    narrow(&mut sql, dialect, table, search.condition.as_ref())?;
    sql.push(" order by ");
    if let Some(sort) = &search.sort {
        let column = column(table, &sort.column)?;
        sql.push("case when ");
        cell(&mut sql, dialect, column)?;
        sql.push(" is null then 1 else 0 end, ");
        cell(&mut sql, dialect, column)?;
        sql.push(if sort.is_descending { " desc, " } else { ", " });
    }
    sql.push("id limit ")
        .bind(i64::from(search.limit.clamp(1, MAX_PAGE)));
    sql.push(" offset ")
        .bind(i64::try_from(search.offset).unwrap_or(i64::MAX));
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns how many rows of a table meet a condition.
pub async fn count(
    store: &Store,
    table: &DataTable,
    condition: Option<&Condition>,
) -> Result<i64, StoreError> {
    let mut sql = Sql::new("select count(*) as found from data_row where table_id = ");
    sql.bind(table.id.as_str());
    narrow(&mut sql, store.dialect(), table, condition)?;
    let row = sql
        .first(store.pool())
        .await?
        .ok_or(StoreError::not_found("table"))?;
    row.number("found")
}

fn narrow(
    sql: &mut Sql,
    dialect: Dialect,
    table: &DataTable,
    condition: Option<&Condition>,
) -> Result<(), StoreError> {
    let Some(condition) = condition else {
        return Ok(());
    };
    if size(condition, 0) > MAX_CONDITIONS {
        return Err(StoreError::Setup(format!(
            "a search may have {MAX_CONDITIONS} conditions, nested {MAX_NESTING} deep"
        )));
    }
    sql.push(" and ");
    write_condition(sql, dialect, table, condition)
}

/// Returns how many comparisons there are, or too many when they are nested too deep.
fn size(condition: &Condition, depth: usize) -> usize {
    match condition {
        Condition::Compare(_) => 1,
        _ if depth >= MAX_NESTING => MAX_CONDITIONS + 1,
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().map(|part| size(part, depth + 1)).sum()
        }
    }
}

fn write_condition(
    sql: &mut Sql,
    dialect: Dialect,
    table: &DataTable,
    condition: &Condition,
) -> Result<(), StoreError> {
    let (parts, between, of_none) = match condition {
        Condition::All(parts) => (parts, " and ", "1 = 1"),
        Condition::Any(parts) => (parts, " or ", "1 = 0"),
        Condition::Compare(compare) => return write_compare(sql, dialect, table, compare),
    };
    sql.push("(");
    if parts.is_empty() {
        sql.push(of_none);
    }
    for (index, part) in parts.iter().enumerate() {
        sql.push(if index > 0 { between } else { "" });
        write_condition(sql, dialect, table, part)?;
    }
    sql.push(")");
    Ok(())
}

fn write_compare(
    sql: &mut Sql,
    dialect: Dialect,
    table: &DataTable,
    compare: &Compare,
) -> Result<(), StoreError> {
    let column = column(table, &compare.column)?;
    let operator = match compare.operator {
        Operator::Equal => " = ",
        Operator::NotEqual => " <> ",
        Operator::Greater => " > ",
        Operator::GreaterOrEqual => " >= ",
        Operator::Less => " < ",
        Operator::LessOrEqual => " <= ",
        _ => return write_text_compare(sql, dialect, column, compare),
    };
    sql.push("(");
    cell(sql, dialect, column)?;
    sql.push(operator);
    if !bind_value(sql, column.ty, &compare.value) {
        // A value that the column cannot hold: nothing is equal to it.
        sql.push("null");
    }
    if compare.operator == Operator::NotEqual {
        sql.push(" or ");
        cell(sql, dialect, column)?;
        sql.push(" is null");
        if is_foreign(column.ty, &compare.value) {
            sql.push(" or 1 = 1");
        }
    }
    sql.push(")");
    Ok(())
}

fn write_text_compare(
    sql: &mut Sql,
    dialect: Dialect,
    column: &Column,
    compare: &Compare,
) -> Result<(), StoreError> {
    let text = text_of(&compare.value);
    let find = match dialect {
        Dialect::Sqlite => "instr(",
        Dialect::Postgres => "strpos(",
    };
    sql.push("(");
    match compare.operator {
        Operator::Contains | Operator::NotContains => {
            sql.push(find).push("coalesce(");
            cell_text(sql, dialect, column)?;
            sql.push(", ''), ").bind(text);
            sql.push(if compare.operator == Operator::Contains {
                ") > 0"
            } else {
                ") = 0"
            });
        }
        Operator::StartsWith | Operator::EndsWith => {
            // As an INTEGER: PostgreSQL's substr takes no BIGINT.
            let length = i32::try_from(text.chars().count()).unwrap_or(i32::MAX);
            sql.push("substr(");
            cell_text(sql, dialect, column)?;
            if compare.operator == Operator::StartsWith {
                sql.push(", 1, ").bind(length);
            } else {
                sql.push(", length(");
                cell_text(sql, dialect, column)?;
                sql.push(") + 1 - ").bind(length);
            }
            sql.push(") = ").bind(text);
        }
        Operator::Empty => {
            sql.push("coalesce(");
            cell_text(sql, dialect, column)?;
            sql.push(", '') = ''");
        }
        _ => {
            sql.push("coalesce(");
            cell_text(sql, dialect, column)?;
            sql.push(", '') <> ''");
        }
    }
    sql.push(")");
    Ok(())
}

fn column<'t>(table: &'t DataTable, name: &str) -> Result<&'t Column, StoreError> {
    table
        .columns
        .iter()
        .find(|column| column.name == name)
        .ok_or(StoreError::not_found("column"))
}

/// Writes the cell as a value of its column's type: a number, 0 or 1, or text; null when it is not of that type.
fn cell(sql: &mut Sql, dialect: Dialect, column: &Column) -> Result<(), StoreError> {
    match (column.ty, dialect) {
        (ColumnType::Text | ColumnType::Date, _) => return cell_text(sql, dialect, column),
        (ColumnType::Number, Dialect::Sqlite) => {
            let path = path(column)?;
            sql.push("case when json_type(cells, ").bind(path.as_str());
            sql.push(") in ('integer', 'real') then json_extract(cells, ")
                .bind(path)
                .push(") end");
        }
        (ColumnType::Boolean, Dialect::Sqlite) => {
            sql.push("case json_type(cells, ").bind(path(column)?);
            sql.push(") when 'true' then 1 when 'false' then 0 end");
        }
        (ColumnType::Number, Dialect::Postgres) => {
            sql.push("case when jsonb_typeof(cells::jsonb -> ")
                .bind(column.name.as_str());
            sql.push(") = 'number' then (cells::jsonb ->> ")
                .bind(column.name.as_str());
            sql.push(")::double precision end");
        }
        (ColumnType::Boolean, Dialect::Postgres) => {
            sql.push("case (cells::jsonb -> ")
                .bind(column.name.as_str());
            sql.push(")::text when 'true' then 1 when 'false' then 0 end");
        }
    }
    Ok(())
}

/// Writes the cell as text.
fn cell_text(sql: &mut Sql, dialect: Dialect, column: &Column) -> Result<(), StoreError> {
    match dialect {
        Dialect::Sqlite => {
            let path = path(column)?;
            sql.push("case json_type(cells, ").bind(path.as_str());
            sql.push(") when 'true' then 'true' when 'false' then 'false' else cast(json_extract(cells, ");
            sql.bind(path).push(") as text) end");
        }
        Dialect::Postgres => {
            sql.push("(cells::jsonb ->> ")
                .bind(column.name.as_str())
                .push(") collate \"C\"");
        }
    }
    Ok(())
}

/// Returns the path of a column in SQLite's notation, where a name in quotes is a JSON string.
fn path(column: &Column) -> Result<String, StoreError> {
    Ok(format!("$.{}", to_json(&column.name)?))
}

/// Binds the value as the column's type; returns false when it is not of that type.
fn bind_value(sql: &mut Sql, ty: ColumnType, value: &Json) -> bool {
    match (ty, value) {
        (ColumnType::Number, value) => match number_of(value) {
            Some(number) => sql.bind(number),
            None => return false,
        },
        (ColumnType::Boolean, value) => match boolean_of(value) {
            Some(truth) => sql.bind(i64::from(truth)),
            None => return false,
        },
        (ColumnType::Text | ColumnType::Date, value) => sql.bind(text_of(value)),
    };
    true
}

fn is_foreign(ty: ColumnType, value: &Json) -> bool {
    match ty {
        ColumnType::Number => number_of(value).is_none(),
        ColumnType::Boolean => boolean_of(value).is_none(),
        ColumnType::Text | ColumnType::Date => false,
    }
}

fn number_of(value: &Json) -> Option<f64> {
    match value {
        Json::Number(number) => number.as_f64(),
        Json::String(text) => text
            .trim()
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

fn boolean_of(value: &Json) -> Option<bool> {
    match value {
        Json::Bool(truth) => Some(*truth),
        Json::String(text) => text.trim().to_lowercase().parse().ok(),
        _ => None,
    }
}

fn text_of(value: &Json) -> String {
    match value {
        Json::String(text) => text.replace('\0', ""),
        Json::Null => String::new(),
        other => other.to_string(),
    }
}
