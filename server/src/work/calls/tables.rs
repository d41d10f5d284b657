//! Table cards: rows are read and written in our own store.

use std::sync::Arc;

use engine::{Answer, Call};
use flow::{Args, CardError, FieldKey, Outputs, RowId, TableId, Value};
use serde_json::{Map, Value as Json, json};
use store::tables::{
    self, Compare, Condition, DataRow, DataTable, Operator, RowPatch, Search, Sort,
};
use store::{MAX_PAGE, StoreError};

use crate::clock;
use crate::state::Server;
use crate::tables::{cells_for, value_of};

/// Rows that one search gives at most, whatever its limit says (Okta's figure).
const ROWS: usize = 3_500;

pub(super) async fn call(server: &Arc<Server>, call: Call) -> Result<Answer, CardError> {
    let args = &call.args;
    let id = TableId::new(args.get("parameters", "stash").to_text());
    let found = tables::find(&server.store, &id).await.map_err(failed)?;
    let table = found.ok_or_else(|| {
        CardError::new(
            "table.gone",
            "The table does not exist any more. Choose another on the card.",
        )
    })?;
    let outputs = match call.card.method() {
        "createRow" => create(server, &table, args).await?,
        "updateRow" => update(server, &table, args).await?,
        "readRow" => read(server, &table, args).await?,
        "deleteRow" => {
            tables::delete_row(&server.store, &table.id, &row_id(args, "Delete By")?)
                .await
                .map_err(failed)?;
            Vec::new()
        }
        "searchRows2" => search(server, &table, args).await?,
        "clearTable" => {
            let count = tables::clear(&server.store, &table.id)
                .await
                .map_err(failed)?;
            vec![(
                FieldKey::in_group("Table", "Cleared Rows"),
                Value::from(i64::try_from(count).unwrap_or(i64::MAX)),
            )]
        }
        "readTable" => vec![(
            FieldKey::in_group("Output", "Column Schema"),
            schema(&table),
        )],
        other => {
            return Err(CardError::new(
                "card.unavailable",
                format!("The table card {other} is not available here."),
            ));
        }
    };
    Ok(Answer {
        outputs,
        page: None,
        trace: Vec::new(),
    })
}

async fn create(server: &Server, table: &DataTable, args: &Args) -> Result<Outputs, CardError> {
    let given = fields(args);
    let cells =
        cells_for(table, &given, true).map_err(|text| CardError::new("table.column", text))?;
    let now = clock::now_ms();
    let row = DataRow {
        id: RowId::new(clock::new_id()),
        table: table.id.clone(),
        cells,
        created_at: now,
        updated_at: now,
    };
    tables::insert_rows(&server.store, std::slice::from_ref(&row))
        .await
        .map_err(failed)?;
    Ok(vec![(
        FieldKey::in_group("Output", "Row ID"),
        Value::text(row.id.as_str()),
    )])
}

async fn update(server: &Server, table: &DataTable, args: &Args) -> Result<Outputs, CardError> {
    let clears = args.get("parameters", "updateEmptyInputs").as_text() == Some("Yes");
    let mut given = fields(args);
    if !clears {
        given.retain(|_, value| !matches!(value, Json::Null) && value.as_str() != Some(""));
    }
    let cells =
        cells_for(table, &given, false).map_err(|text| CardError::new("table.column", text))?;
    let patch = RowPatch {
        table: &table.id,
        row: &row_id(args, "Update By")?,
        cells: &cells,
        at: clock::now_ms(),
    };
    tables::update_row(&server.store, &patch)
        .await
        .map_err(failed)?;
    Ok(Vec::new())
}

async fn read(server: &Server, table: &DataTable, args: &Args) -> Result<Outputs, CardError> {
    let found = tables::find_row(&server.store, &table.id, &row_id(args, "Read By")?)
        .await
        .map_err(failed)?;
    Ok(found
        .map(|row| row_outputs(table, &row))
        .unwrap_or_default())
}

async fn search(server: &Server, table: &DataTable, args: &Args) -> Result<Outputs, CardError> {
    let one = args.get("parameters", "resultSet").as_text() == Some("one");
    let whole = |key: &str| {
        args.get("Sort", key)
            .as_number()
            .and_then(flow::Number::as_i64)
            .and_then(|n| usize::try_from(n).ok())
    };
    let limit = if one {
        1
    } else {
        whole("Limit")
            .filter(|limit| *limit > 0)
            .unwrap_or(ROWS)
            .min(ROWS)
    };
    let mut search = Search {
        condition: condition(table, args)?,
        sort: sort(table, args),
        limit: 0,
        offset: whole("Offset").unwrap_or(0) as u64,
    };
    let mut rows: Vec<DataRow> = Vec::new();
    while rows.len() < limit {
        search.limit = u32::try_from(limit - rows.len())
            .unwrap_or(MAX_PAGE)
            .min(MAX_PAGE);
        let page = tables::search(&server.store, table, &search)
            .await
            .map_err(failed)?;
        let is_last = page.len() < search.limit as usize;
        search.offset += page.len() as u64;
        rows.extend(page);
        if is_last {
            break;
        }
    }
    if one {
        return Ok(rows
            .first()
            .map(|row| row_outputs(table, row))
            .unwrap_or_default());
    }
    let list = rows.iter().map(|row| row_object(table, row)).collect();
    Ok(vec![(
        FieldKey::in_group("Result", "Rows"),
        Value::list(list),
    )])
}

/// Rows of the filter, AND before OR. The join of a row says how it goes on with the next one.
fn condition(table: &DataTable, args: &Args) -> Result<Option<Condition>, CardError> {
    let filter = args.get("Filter", "Where Expression").to_json();
    let Some(rows) = filter.get("expr").and_then(Json::as_array) else {
        return Ok(None);
    };
    let mut groups: Vec<Vec<Condition>> = vec![Vec::new()];
    for row in rows {
        let text = |key: &str| row.get(key).and_then(Json::as_str).unwrap_or_default();
        let column = text("lhs");
        if column.is_empty() {
            continue;
        }
        let known =
            table.columns.iter().any(|known| known.name == column) || SYSTEM.contains(&column);
        if !known {
            return Err(CardError::new(
                "table.column",
                format!("The table «{}» has no column «{column}».", table.name),
            ));
        }
        let value = match row
            .get("rhd")
            .and_then(|dynamic| dynamic.get("outputId"))
            .and_then(Json::as_str)
        {
            Some(key) => args.get("_expr", key).to_json(),
            None => row.get("rhs").cloned().unwrap_or(Json::Null),
        };
        let compare = Compare {
            column: column.to_owned(),
            operator: operator(text("op"))?,
            value,
        };
        if let Some(group) = groups.last_mut() {
            group.push(Condition::Compare(compare));
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

const SYSTEM: [&str; 3] = ["Row ID", "Created", "Updated"];

fn operator(text: &str) -> Result<Operator, CardError> {
    Ok(match text {
        "=" | "==" | "===" => Operator::Equal,
        "!=" | "<>" => Operator::NotEqual,
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
        other => {
            return Err(CardError::new(
                "table.operator",
                format!("The filter's comparison {other} is not known."),
            ));
        }
    })
}

fn sort(table: &DataTable, args: &Args) -> Option<Sort> {
    let column = args.get("Sort", "Column").to_text();
    let is_known =
        table.columns.iter().any(|known| known.name == column) || SYSTEM.contains(&column.as_str());
    let is_descending = args
        .get("Sort", "Direction")
        .to_text()
        .eq_ignore_ascii_case("desc");
    is_known.then_some(Sort {
        column,
        is_descending,
    })
}

fn fields(args: &Args) -> Map<String, Json> {
    args.group("Fields")
        .iter()
        .map(|(key, value)| (key.to_string(), value.to_json()))
        .collect()
}

fn row_id(args: &Args, group: &str) -> Result<RowId, CardError> {
    match args.get(group, "Row ID").to_text() {
        id if id.is_empty() => Err(CardError::new("table.row", "The Row ID is empty.")),
        id => Ok(RowId::new(id)),
    }
}

fn row_outputs(table: &DataTable, row: &DataRow) -> Outputs {
    let system = [
        (
            FieldKey::in_group("Row", "Row ID"),
            Value::text(row.id.as_str()),
        ),
        (FieldKey::in_group("Row", "Created"), date(row.created_at)),
        (FieldKey::in_group("Row", "Updated"), date(row.updated_at)),
    ];
    let cells = table.columns.iter().map(|column| {
        (
            FieldKey::in_group("Fields", column.name.as_str()),
            value_of(column, row.cells.get(&column.name)),
        )
    });
    system.into_iter().chain(cells).collect()
}

fn row_object(table: &DataTable, row: &DataRow) -> Value {
    let system = [
        ("Row ID", Value::text(row.id.as_str())),
        ("Created", date(row.created_at)),
        ("Updated", date(row.updated_at)),
    ];
    let cells = table.columns.iter().map(|column| {
        (
            column.name.as_str(),
            value_of(column, row.cells.get(&column.name)),
        )
    });
    Value::from_pairs(system.into_iter().chain(cells))
}

fn date(ms: i64) -> Value {
    chrono::DateTime::from_timestamp_millis(ms).map_or(Value::Null, Value::Date)
}

fn schema(table: &DataTable) -> Value {
    let columns = table.columns.iter().map(|column| {
        let ty = serde_json::to_value(column.ty).unwrap_or(Json::Null);
        let described = json!({ "name": column.name, "type": ty, "default": column.default });
        Value::from_json(&described).unwrap_or_default()
    });
    Value::list(columns.collect())
}

fn failed(error: StoreError) -> CardError {
    match error {
        StoreError::NotFound { what: "row" } => CardError::new(
            "table.row",
            "There is no row with this Row ID. It may have been deleted.",
        ),
        StoreError::NotFound { .. } => {
            CardError::new("table.gone", "The table does not exist any more.")
        }
        error => {
            tracing::error!(%error, "a table card could not reach the store");
            CardError::new(
                "server.storage",
                "The server could not read or write the table. Try again.",
            )
        }
    }
}
