//! Keys of tables, and rows that are written whether they exist or not.

use api::{ApiError, NewKeyOfTable, PutReply, PutRow, TableKey};
use flow::TableId;
use serde_json::json;
use store::tables::{self, DataTable};
use store::{Store, StoreError};

use super::super::{Caller, Right};
use super::{found, noted, shown};
use crate::clock;
use crate::error::{from_store, invalid};
use crate::tables::keys::{self, NotPut, columns_of};

/// More keys than any table needs; each makes writing slower.
const MOST_KEYS: usize = 10;

/// Returns the keys of a table, oldest first.
pub(super) async fn of_table(store: &Store, table: &DataTable) -> Result<Vec<TableKey>, ApiError> {
    let keys = tables::list_keys(store, &table.id)
        .await
        .map_err(from_store)?;
    Ok(keys.iter().map(|key| view(table, key)).collect())
}

fn view(table: &DataTable, key: &tables::TableKey) -> TableKey {
    TableKey {
        id: key.id.clone(),
        columns: columns_of(table, key),
        is_unique: key.is_unique,
    }
}

pub(in super::super) async fn add_key(
    caller: &Caller,
    id: TableId,
    new: NewKeyOfTable,
) -> Result<TableKey, ApiError> {
    caller.need(Right::Edit)?;
    let table = found(caller, &id).await?;
    let store = &caller.server.store;
    let mut cells = Vec::new();
    for name in &new.columns {
        let column = table.columns.iter().find(|column| column.name == *name);
        let column = column.ok_or_else(|| {
            invalid(format!(
                "The table «{}» has no column «{name}».",
                table.name
            ))
        })?;
        if !cells.contains(&column.cell().to_owned()) {
            cells.push(column.cell().to_owned());
        }
    }
    if cells.is_empty() || cells.len() > 8 {
        return Err(invalid("A key has 1 to 8 columns."));
    }
    let known = tables::list_keys(store, &id).await.map_err(from_store)?;
    if known.len() >= MOST_KEYS {
        return Err(invalid("A table has at most 10 keys. Delete one first."));
    }
    if known
        .iter()
        .any(|key| key.cells == cells && key.is_unique == new.is_unique)
    {
        return Err(invalid("The table has this key already."));
    }
    let key = tables::TableKey {
        id: clock::new_id(),
        table: id.clone(),
        cells,
        is_unique: new.is_unique,
        created_at: clock::now_ms(),
    };
    match tables::add_key(store, &table, &key).await {
        Err(StoreError::Duplicate) => {
            let shared = tables::duplicates(store, &table, &new.columns)
                .await
                .map_err(from_store)?;
            let shared: Vec<String> = shared.iter().map(|values| values.join(" / ")).collect();
            return Err(invalid(format!(
                "Rows share values in these columns, for instance: {}. Change or delete them first.",
                shared.join("; ")
            )));
        }
        made => made.map_err(from_store)?,
    }
    let after = json!({ "columns": new.columns, "is_unique": new.is_unique });
    noted(caller, "table.key", &id, after).await?;
    Ok(view(&table, &key))
}

pub(in super::super) async fn delete_key(
    caller: &Caller,
    id: TableId,
    key: String,
) -> Result<(), ApiError> {
    caller.need(Right::Edit)?;
    let table = found(caller, &id).await?;
    let store = &caller.server.store;
    let keys = tables::list_keys(store, &id).await.map_err(from_store)?;
    let key = keys
        .into_iter()
        .find(|known| known.id == key)
        .ok_or_else(|| from_store(StoreError::NotFound { what: "key" }))?;
    tables::delete_key(store, &key).await.map_err(from_store)?;
    let before = json!({ "columns": columns_of(&table, &key), "is_unique": key.is_unique });
    noted(caller, "table.key_delete", &id, before).await
}

pub(in super::super) async fn put_row(
    caller: &Caller,
    id: TableId,
    put: PutRow,
) -> Result<PutReply, ApiError> {
    caller.need(Right::Edit)?;
    let table = found(caller, &id).await?;
    let store = &caller.server.store;
    let written = keys::put(store, &table, &put.key, &put.cells)
        .await
        .map_err(|error| match error {
            NotPut::Given(text) => invalid(text),
            NotPut::Store(error) => from_store(error),
        })?;
    let row = tables::find_row(store, &id, &written.row)
        .await
        .map_err(from_store)?
        .ok_or_else(|| from_store(StoreError::NotFound { what: "row" }))?;
    Ok(PutReply {
        row: shown(&table, &row),
        is_new: written.is_new,
    })
}
