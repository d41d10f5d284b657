//! Filters of tables as conditions: rows of column, comparison and value, as the card Search Rows holds them and as the
//! table's page and REST send them.

use flow::{Type, Value, coerce};
use serde_json::Value as Json;
use store::tables::{ColumnType, Compare, Condition, DataTable, Operator};

use super::base;

/// What every row has beside its columns, as filters and sorts name it.
const SYSTEM: [&str; 4] = ["row id", "id", "created", "updated"];

/// Tells whether a filter or a sort may name it.
pub(crate) fn is_known(table: &DataTable, column: &str) -> bool {
    table.columns.iter().any(|known| known.name == column)
        || SYSTEM.contains(&column.to_lowercase().as_str())
}

/// Returns what a filter means; AND binds closer than OR, and the join of a row says how it goes on with the next one.
/// `operand` gives the values that come from elsewhere in the flow, by their keys.
pub(crate) fn condition(
    table: &DataTable,
    filter: &Json,
    operand: &dyn Fn(&str) -> Json,
) -> Result<Option<Condition>, String> {
    let Some(rows) = filter.get("expr").and_then(Json::as_array) else {
        return Ok(None);
    };
    let mut groups: Vec<Vec<Condition>> = vec![Vec::new()];
    for row in rows {
        let text = |key: &str| row.get(key).and_then(Json::as_str).unwrap_or_default();
        let column = text("lhs");
        if !column.is_empty() {
            let value = match row
                .get("rhd")
                .and_then(|dynamic| dynamic.get("outputId"))
                .and_then(Json::as_str)
            {
                Some(key) => operand(key),
                None => row.get("rhs").cloned().unwrap_or(Json::Null),
            };
            let compare = Compare {
                value: as_held(table, column, value)?,
                column: column.to_owned(),
                operator: operator(text("op"))?,
            };
            if let Some(group) = groups.last_mut() {
                group.push(Condition::Compare(compare));
            }
        }
        if text("join").eq_ignore_ascii_case("or") {
            groups.push(Vec::new());
        }
    }
    groups.retain(|group| !group.is_empty());
    let mut all: Vec<Condition> = groups.into_iter().map(Condition::All).collect();
    Ok(match all.len() {
        0 => None,
        1 => all.pop(),
        _ => Some(Condition::Any(all)),
    })
}

/// Returns the condition of rows that have a text in one of their columns.
pub(crate) fn anywhere(table: &DataTable, text: &str) -> Option<Condition> {
    if text.trim().is_empty() {
        return None;
    }
    let compare = |column: &store::tables::Column| {
        Condition::Compare(Compare {
            column: column.name.clone(),
            operator: Operator::ContainsAnyCase,
            value: Json::from(text.trim()),
        })
    };
    Some(Condition::Any(table.columns.iter().map(compare).collect()))
}

/// Returns both where there are both.
pub(crate) fn both(one: Option<Condition>, other: Option<Condition>) -> Option<Condition> {
    match (one, other) {
        (Some(one), Some(other)) => Some(Condition::All(vec![one, other])),
        (one, other) => one.or(other),
    }
}

/// Returns the value as the column holds it, so that a date is compared as a date. What the column cannot hold stays as it
/// is: nothing is equal to it.
fn as_held(table: &DataTable, name: &str, value: Json) -> Result<Json, String> {
    let column = table.columns.iter().find(|column| column.name == name);
    let ty = match column {
        Some(column) => base(column.ty),
        None if !is_known(table, name) => {
            return Err(format!(
                "The table «{}» has no column «{name}».",
                table.name
            ));
        }
        None if name.to_lowercase().ends_with("id") => base(ColumnType::Text),
        None => base(ColumnType::Date),
    };
    let read = Value::from_json(&value).map_err(|error| error.to_string())?;
    Ok(match coerce(&read, None, &Type::one(ty)) {
        Ok(Value::Date(date)) if column.is_none() => Json::from(date.timestamp_millis()),
        Ok(held) => held.to_json(),
        Err(_) => value,
    })
}

fn operator(text: &str) -> Result<Operator, String> {
    Ok(match text.trim().to_lowercase().as_str() {
        "=" | "==" | "===" | "" => Operator::Equal,
        "!=" | "<>" | "!==" => Operator::NotEqual,
        ">" => Operator::Greater,
        ">=" => Operator::GreaterOrEqual,
        "<" => Operator::Less,
        "<=" => Operator::LessOrEqual,
        "contains" | "like" => Operator::Contains,
        "not contains" | "does not contain" => Operator::NotContains,
        "starts with" => Operator::StartsWith,
        "ends with" => Operator::EndsWith,
        "is empty" => Operator::Empty,
        "is not empty" => Operator::NotEmpty,
        other => return Err(format!("The filter's comparison {other} is not known.")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use store::tables::Column;

    fn table() -> DataTable {
        let column = |name: &str, ty| Column {
            name: name.to_owned(),
            cell: None,
            ty,
            default: None,
        };
        DataTable {
            id: "t".into(),
            folder: None,
            name: "T".to_owned(),
            description: String::new(),
            columns: vec![column("a", ColumnType::Text), column("d", ColumnType::Date)],
            created_at: 0,
            updated_at: 0,
        }
    }

    #[test]
    fn and_binds_closer_than_or() {
        let filter = json!({ "expr": [
            { "lhs": "a", "op": "=", "rhs": "1", "join": "AND" },
            { "lhs": "a", "op": "!=", "rhs": "2", "join": "OR" },
            { "lhs": "a", "op": "=", "rhd": { "outputId": "k" }, "join": "AND" },
        ]});
        let found = condition(&table(), &filter, &|key| Json::from(format!("of {key}"))).unwrap();
        let Some(Condition::Any(groups)) = found else {
            panic!("two groups: {found:?}");
        };
        let [Condition::All(first), Condition::All(second)] = groups.as_slice() else {
            panic!("{groups:?}");
        };
        assert_eq!((first.len(), second.len()), (2, 1));
    }

    #[test]
    fn dates_are_compared_as_they_are_held_and_unknown_columns_are_named() {
        let filter = json!({ "expr": [{ "lhs": "d", "op": "<", "rhs": "2026-01-02", "join": "AND" },
            { "lhs": "created", "op": "<", "rhs": "1970-01-01T00:00:01Z" }]});
        let Some(Condition::All(parts)) = condition(&table(), &filter, &|_| Json::Null).unwrap()
        else {
            panic!("one group");
        };
        let values: Vec<Json> = parts
            .into_iter()
            .map(|part| match part {
                Condition::Compare(compare) => compare.value,
                _ => Json::Null,
            })
            .collect();
        assert_eq!(values, [json!("2026-01-02T00:00:00.000Z"), json!(1000)]);
        let unknown = json!({ "expr": [{ "lhs": "nope", "op": "=", "rhs": "" }]});
        assert!(
            condition(&table(), &unknown, &|_| Json::Null)
                .unwrap_err()
                .contains("nope")
        );
        assert_eq!(
            condition(&table(), &json!({}), &|_| Json::Null).unwrap(),
            None
        );
    }
}
