//! What must hold for a row, as SQL.
//!
//! Comparison follows the type of the column. A cell that is missing or of another type than its column equals nothing
//! and differs from everything. Text is compared letter by letter, with case. What is compared with no value at all, or with
//! an empty text where the column holds no text, asks whether there is a value.

use serde_json::Value as Json;

use super::cells::Place;
use super::{ColumnType, DataTable};
use crate::StoreError;
use crate::dialect::Dialect;
use crate::sql::Sql;

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
    /// Has this text somewhere, in whatever case.
    ContainsAnyCase,
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

const MAX_CONDITIONS: usize = 200;
const MAX_NESTING: usize = 10;

/// Adds the condition to a statement that has a `where`.
pub(super) fn narrow(
    sql: &mut Sql,
    dialect: Dialect,
    table: &DataTable,
    condition: Option<&Condition>,
) -> Result<(), StoreError> {
    let Some(condition) = condition else {
        return Ok(());
    };
    sql.push(" and ");
    write_condition(sql, dialect, table, condition)
}

/// Refuses a condition that is too long or nested too deep; to be asked before anything else is done with it.
pub(super) fn bound(condition: Option<&Condition>) -> Result<(), StoreError> {
    match condition {
        Some(condition) if size(condition, 0) > MAX_CONDITIONS => Err(StoreError::Setup(format!(
            "a search may have {MAX_CONDITIONS} conditions, nested {MAX_NESTING} deep"
        ))),
        _ => Ok(()),
    }
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
    let place = Place::named(table, &compare.column)?;
    let is_nothing = compare.value.is_null()
        || (place.ty() != ColumnType::Text && compare.value.as_str() == Some(""));
    let operator = match compare.operator {
        Operator::Equal if is_nothing => {
            return write_presence(sql, dialect, place, Operator::Empty);
        }
        Operator::NotEqual if is_nothing => {
            return write_presence(sql, dialect, place, Operator::NotEmpty);
        }
        Operator::Equal => " = ",
        Operator::NotEqual => " <> ",
        Operator::Greater => " > ",
        Operator::GreaterOrEqual => " >= ",
        Operator::Less => " < ",
        Operator::LessOrEqual => " <= ",
        Operator::Empty | Operator::NotEmpty => {
            return write_presence(sql, dialect, place, compare.operator);
        }
        _ => return write_text_compare(sql, dialect, place, compare),
    };
    let value = place.value(dialect)?;
    sql.push("(").push(&value).push(operator);
    if is_nothing || !bind_value(sql, place.ty(), &compare.value) {
        // A value that the column cannot hold: nothing is equal to it.
        sql.push("null");
    }
    if compare.operator == Operator::NotEqual {
        sql.push(" or ").push(&value).push(" is null");
        if is_foreign(place.ty(), &compare.value) {
            sql.push(" or 1 = 1");
        }
    }
    sql.push(")");
    Ok(())
}

fn write_presence(
    sql: &mut Sql,
    dialect: Dialect,
    place: Place<'_>,
    operator: Operator,
) -> Result<(), StoreError> {
    sql.push("coalesce(").push(&place.text(dialect)?);
    sql.push(match operator {
        Operator::Empty => ", '') = ''",
        _ => ", '') <> ''",
    });
    Ok(())
}

fn write_text_compare(
    sql: &mut Sql,
    dialect: Dialect,
    place: Place<'_>,
    compare: &Compare,
) -> Result<(), StoreError> {
    let text = text_of(&compare.value);
    let cell = place.text(dialect)?;
    let find = match dialect {
        Dialect::Sqlite => "instr(",
        Dialect::Postgres => "strpos(",
    };
    sql.push("(");
    match compare.operator {
        Operator::StartsWith | Operator::EndsWith => {
            // As an INTEGER: PostgreSQL's substr takes no BIGINT.
            let length = i32::try_from(text.chars().count()).unwrap_or(i32::MAX);
            sql.push("substr(").push(&cell);
            if compare.operator == Operator::StartsWith {
                sql.push(", 1, ").bind(length);
            } else {
                sql.push(", length(").push(&cell);
                sql.push(") + 1 - ").bind(length);
            }
            sql.push(") = ").bind(text);
        }
        Operator::ContainsAnyCase => {
            sql.push(find).push("lower(coalesce(").push(&cell);
            sql.push(", '')), lower(").bind(text).push(")) > 0");
        }
        operator => {
            sql.push(find).push("coalesce(").push(&cell);
            sql.push(", ''), ").bind(text);
            sql.push(match operator {
                Operator::NotContains => ") = 0",
                _ => ") > 0",
            });
        }
    }
    sql.push(")");
    Ok(())
}

/// Binds the value as the column's type; returns false when it is not of that type.
pub(super) fn bind_value(sql: &mut Sql, ty: ColumnType, value: &Json) -> bool {
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
