//! Tables and their rows, for people and scripts.

mod carry;
mod columns;
mod keys;

use api::{
    ApiError, ErrorCode, RowChange, RowIds, RowPage, RowQuery, TableChange, TableColumn, TableRow,
    TableView,
};
use flow::{RowId, TableId, Value};
use serde_json::{Value as Json, json};
use store::flows::InFolder;
use store::tables::{
    self, Column, Condition, DataRow, DataTable, RowPatch, Search, Sort, TableFilter,
};

use super::flows::named;
use super::{Caller, Right};
use crate::clock;
use crate::error::{from_store, invalid};
use crate::tables::{base, cells_for, column_type, filter, value_of};

pub(super) use carry::{csv_part, csv_rows};
pub(super) use columns::{add_column, change_column, delete_column, uses};
pub(super) use keys::{add_key, delete_key, put_row};

/// Okta's limit.
const MAX_COLUMNS: usize = 64;

pub(super) async fn list(caller: &Caller) -> Result<Vec<TableView>, ApiError> {
    caller.need(Right::Read)?;
    all(caller).await
}

/// Returns all tables, for readers of flows.
pub(super) async fn all(caller: &Caller) -> Result<Vec<TableView>, ApiError> {
    let store = &caller.server.store;
    let mut filter = TableFilter {
        folder: InFolder::Any,
        text: None,
        after: None,
        limit: store::MAX_PAGE,
    };
    let mut views = Vec::new();
    loop {
        let page = tables::list(store, &filter).await.map_err(from_store)?;
        for table in page.items {
            let rows = tables::count(store, &table, None)
                .await
                .map_err(from_store)?;
            views.push(view(table, rows));
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(views),
        }
    }
}

/// Returns a table as callers see it, with its rows counted.
pub(super) async fn view_of(caller: &Caller, table: DataTable) -> Result<TableView, ApiError> {
    let rows = tables::count(&caller.server.store, &table, None)
        .await
        .map_err(from_store)?;
    Ok(view(table, rows))
}

fn view(table: DataTable, rows: i64) -> TableView {
    let columns = table.columns.into_iter().map(|column| TableColumn {
        base: base(column.ty),
        default: column.default.as_ref().map(|value| match value {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        }),
        name: column.name,
    });
    TableView {
        columns: columns.collect(),
        id: table.id,
        folder: table.folder,
        name: table.name,
        description: table.description,
        rows,
    }
}

pub(super) async fn create(caller: &Caller, table: TableView) -> Result<TableView, ApiError> {
    caller.need(Right::Edit)?;
    let row = definition(&table, TableId::new(clock::new_id()))?;
    tables::insert(&caller.server.store, &row)
        .await
        .map_err(from_store)?;
    caller
        .audit(
            "table.create",
            "table",
            row.id.as_str(),
            None,
            Some(json!({ "name": row.name })),
        )
        .await?;
    Ok(view(row, 0))
}

/// Returns the stored form of a table's definition, checked.
pub(super) fn definition(table: &TableView, id: TableId) -> Result<DataTable, ApiError> {
    let mut names: Vec<&str> = table
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    if names.len() != table.columns.len()
        || table.columns.is_empty()
        || table.columns.len() > MAX_COLUMNS
    {
        return Err(invalid(
            "A table has 1 to 64 columns, each with a name of its own.",
        ));
    }
    let columns = table.columns.iter().map(|column| {
        let name = named(&column.name)?;
        let default = column
            .default
            .as_ref()
            .filter(|text| !text.is_empty())
            .map(|text| Json::from(text.as_str()));
        Ok(Column {
            name,
            cell: None,
            ty: column_type(column.base),
            default,
        })
    });
    let now = clock::now_ms();
    Ok(DataTable {
        columns: columns.collect::<Result<_, ApiError>>()?,
        id,
        folder: table.folder.clone(),
        name: named(&table.name)?,
        description: table.description.clone(),
        created_at: now,
        updated_at: now,
    })
}

pub(super) async fn rows(
    caller: &Caller,
    id: TableId,
    query: RowQuery,
) -> Result<RowPage, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    let table = found(caller, &id).await?;
    let limit = usize::try_from(query.limit.unwrap_or(200).clamp(1, 1000)).unwrap_or(200);
    let condition = condition(&table, query.filter.as_deref(), query.text.as_deref())?;
    let sort = match &query.sort {
        Some(column) if !column.is_empty() => {
            if !filter::is_known(&table, column) {
                return Err(invalid(format!(
                    "The table «{}» has no column «{column}» to sort by.",
                    table.name
                )));
            }
            Some(Sort {
                column: column.clone(),
                is_descending: query.descending,
            })
        }
        _ => None,
    };
    let mut rows: Vec<DataRow> = Vec::new();
    while rows.len() < limit {
        let offset = u64::try_from(query.offset.max(0)).unwrap_or(0) + rows.len() as u64;
        let wanted = u32::try_from(limit - rows.len())
            .unwrap_or(store::MAX_PAGE)
            .min(store::MAX_PAGE);
        let search = Search {
            condition: condition.clone(),
            sort: sort.clone(),
            limit: wanted,
            offset,
            ..Search::default()
        };
        let page = tables::search(store, &table, &search)
            .await
            .map_err(from_store)?;
        let is_last = page.len() < wanted as usize;
        rows.extend(page);
        if is_last {
            break;
        }
    }
    let count = tables::count(store, &table, None)
        .await
        .map_err(from_store)?;
    let matching = match &condition {
        Some(condition) => tables::count(store, &table, Some(condition))
            .await
            .map_err(from_store)?,
        None => count,
    };
    let keys = keys::of_table(store, &table).await?;
    let rows = rows.into_iter().map(|row| shown(&table, &row)).collect();
    Ok(RowPage {
        table: view(table, count),
        rows,
        matching,
        keys,
    })
}

/// Returns the condition of a filter, as JSON text, and of a text to find anywhere.
fn condition(
    table: &DataTable,
    given: Option<&str>,
    text: Option<&str>,
) -> Result<Option<Condition>, ApiError> {
    let by_filter = match given.map(str::trim).filter(|given| !given.is_empty()) {
        Some(given) => {
            let json: Json = serde_json::from_str(given)
                .map_err(|error| invalid(format!("The filter is not JSON: {error}.")))?;
            filter::condition(table, &json, &|_| Json::Null).map_err(invalid)?
        }
        None => None,
    };
    let by_text = text.and_then(|text| filter::anywhere(table, text));
    Ok(filter::both(by_filter, by_text))
}

pub(super) async fn insert_row(
    caller: &Caller,
    id: TableId,
    change: RowChange,
) -> Result<TableRow, ApiError> {
    caller.need(Right::Edit)?;
    let table = found(caller, &id).await?;
    let cells = cells_for(&table, &change.cells, true).map_err(invalid)?;
    let now = clock::now_ms();
    let row = DataRow {
        id: RowId::new(clock::row_id()),
        table: id,
        cells,
        created_at: now,
        updated_at: now,
    };
    tables::insert_rows(&caller.server.store, std::slice::from_ref(&row))
        .await
        .map_err(from_store)?;
    Ok(shown(&table, &row))
}

pub(super) async fn update_row(
    caller: &Caller,
    id: TableId,
    row: RowId,
    change: RowChange,
) -> Result<TableRow, ApiError> {
    caller.need(Right::Edit)?;
    let table = found(caller, &id).await?;
    let cells = cells_for(&table, &change.cells, false).map_err(invalid)?;
    let patch = RowPatch {
        table: &id,
        row: &row,
        cells: &cells,
        at: clock::now_ms(),
    };
    let changed = tables::update_row(&caller.server.store, &patch)
        .await
        .map_err(from_store)?;
    Ok(shown(&table, &changed))
}

pub(super) async fn delete_row(caller: &Caller, id: TableId, row: RowId) -> Result<(), ApiError> {
    caller.need(Right::Edit)?;
    found(caller, &id).await?;
    tables::delete_row(&caller.server.store, &id, &row)
        .await
        .map_err(from_store)
}

pub(super) async fn delete_rows(
    caller: &Caller,
    id: TableId,
    rows: RowIds,
) -> Result<i64, ApiError> {
    caller.need(Right::Edit)?;
    found(caller, &id).await?;
    if rows.rows.len() > 10_000 {
        return Err(invalid("At most 10,000 rows are deleted at once."));
    }
    let gone = tables::delete_rows(&caller.server.store, &id, &rows.rows)
        .await
        .map_err(from_store)?;
    Ok(i64::try_from(gone).unwrap_or(i64::MAX))
}

pub(super) async fn clear(caller: &Caller, id: TableId) -> Result<i64, ApiError> {
    caller.need(Right::Edit)?;
    let table = found(caller, &id).await?;
    let gone = tables::clear(&caller.server.store, &id)
        .await
        .map_err(from_store)?;
    let (name, rows) = (table.name, gone);
    noted(
        caller,
        "table.clear",
        &id,
        json!({ "name": name, "rows": rows }),
    )
    .await?;
    Ok(i64::try_from(gone).unwrap_or(i64::MAX))
}

pub(super) async fn change(
    caller: &Caller,
    id: TableId,
    change: TableChange,
) -> Result<TableView, ApiError> {
    caller.need(Right::Edit)?;
    let mut table = found(caller, &id).await?;
    if let Some(name) = &change.name {
        table.name = named(name)?;
    }
    if let Some(description) = change.description {
        table.description = description;
    }
    store_definition(caller, table).await
}

/// Stores a changed definition and returns it.
async fn store_definition(caller: &Caller, mut table: DataTable) -> Result<TableView, ApiError> {
    table.updated_at = clock::now_ms();
    let store = &caller.server.store;
    tables::save(store, &table).await.map_err(from_store)?;
    let rows = tables::count(store, &table, None)
        .await
        .map_err(from_store)?;
    let names: Vec<&str> = table
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    let after = json!({ "name": table.name, "columns": names });
    noted(caller, "table.change", &table.id, after).await?;
    Ok(view(table, rows))
}

pub(super) async fn delete(caller: &Caller, id: TableId) -> Result<(), ApiError> {
    caller.need(Right::Edit)?;
    let table = found(caller, &id).await?;
    tables::delete(&caller.server.store, &id)
        .await
        .map_err(from_store)?;
    noted(caller, "table.delete", &id, json!({ "name": table.name })).await
}

async fn noted(caller: &Caller, action: &str, id: &TableId, what: Json) -> Result<(), ApiError> {
    caller
        .audit(action, "table", id.as_str(), None, Some(what))
        .await
}

async fn found(caller: &Caller, id: &TableId) -> Result<DataTable, ApiError> {
    let table = tables::find(&caller.server.store, id)
        .await
        .map_err(from_store)?;
    table.ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            "There is no such table. It may have been deleted.",
        )
    })
}

fn shown(table: &DataTable, row: &DataRow) -> TableRow {
    let cells = table
        .columns
        .iter()
        .map(|column| (column.name.clone(), Value::to_json(&value_of(column, row))))
        .collect();
    TableRow {
        id: row.id.clone(),
        cells,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
