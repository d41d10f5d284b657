//! Table cards: rows are read and written in our own store.

use std::sync::Arc;

use engine::{Answer, Call};
use flow::{Args, CardError, FieldKey, Outputs, RowId, TableId, Value};
use serde_json::{Map, Value as Json, json};
use store::StoreError;
use store::tables::{self, DataRow, DataTable, RowPatch};

use crate::clock;
use crate::state::Server;
use crate::tables::keys::{self, NotPut};
use crate::tables::{cells_for, value_of};
use crate::work::files::Owner;

mod files;
mod search;

pub(super) async fn call(
    server: &Arc<Server>,
    owner: &Owner,
    call: Call,
) -> Result<Answer, CardError> {
    let args = &call.args;
    let id = TableId::new(args.get("parameters", "stash").to_text());
    let found = tables::find(&server.store, &id).await.map_err(failed)?;
    let table = found.ok_or_else(|| {
        CardError::new(
            "table.gone",
            "The table does not exist any more. Choose another on the card.",
        )
    })?;
    if call.card.method() == "searchRows2" && search::streams(args) {
        return Ok(Answer {
            outputs: Vec::new(),
            page: Some(search::page(server, &table, args, call.cursor.as_deref()).await?),
            trace: Vec::new(),
        });
    }
    let outputs = match call.card.method() {
        "exportToCSV" => files::export(server, owner, &table, args).await?,
        "importFromCSV" => files::import(server, &table, args).await?,
        "upsertRow" => upsert(server, &table, args).await?,
        "createRow" => create(server, &table, args).await?,
        "updateRow" => update(server, &table, args).await?,
        "readRow" => read(server, &table, args).await?,
        "deleteRow" => {
            tables::delete_row(&server.store, &table.id, &row_id(args, "Delete By")?)
                .await
                .map_err(failed)?;
            Vec::new()
        }
        "searchRows2" => search::rows(server, &table, args).await?,
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
        id: RowId::new(clock::row_id()),
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
        given.retain(|_, value| !is_empty(value));
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

async fn upsert(server: &Server, table: &DataTable, args: &Args) -> Result<Outputs, CardError> {
    let mut given = fields(args);
    given.retain(|_, value| !is_empty(value));
    let columns: Vec<String> = names(args.get("Update By", "Key Columns"));
    let written = keys::put(&server.store, table, &columns, &given)
        .await
        .map_err(|error| match error {
            NotPut::Given(text) => CardError::new("table.key", text),
            NotPut::Store(error) => failed(error),
        })?;
    Ok(vec![
        (
            FieldKey::in_group("Output", "Row ID"),
            Value::text(written.row.as_str()),
        ),
        (
            FieldKey::in_group("Output", "Created"),
            Value::Bool(written.is_new),
        ),
    ])
}

/// The names in a list; also those in one text, apart by commas.
fn names(value: &Value) -> Vec<String> {
    let texts: Vec<String> = match value {
        Value::List(items) => items.iter().map(Value::to_text).collect(),
        other => other.to_text().split(',').map(str::to_owned).collect(),
    };
    let trimmed = texts.iter().map(|name| name.trim().to_owned());
    trimmed.filter(|name| !name.is_empty()).collect()
}

fn is_empty(value: &Json) -> bool {
    value.is_null() || value.as_str() == Some("")
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
            value_of(column, row),
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
    let cells = table
        .columns
        .iter()
        .map(|column| (column.name.as_str(), value_of(column, row)));
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
        error @ (StoreError::Duplicate | StoreError::KeyTooLong) => {
            CardError::new("table.key", format!("Not stored: {error}."))
        }
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
