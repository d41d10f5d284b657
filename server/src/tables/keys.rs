//! Unique keys: choosing one by its columns, and writing a row whether it exists or not.

use flow::RowId;
use serde_json::{Map, Value as Json};
use store::tables::{self, DataRow, DataTable, Put, TableKey, Written};
use store::{Store, StoreError};

use super::cells_for;
use crate::clock;

/// Why a row could not be put.
pub(crate) enum NotPut {
    /// What was given is wrong; the sentence says how.
    Given(String),
    /// The store could not.
    Store(StoreError),
}

/// Returns the columns of a key, by the names that they have now.
pub(crate) fn columns_of(table: &DataTable, key: &TableKey) -> Vec<String> {
    let name = |cell: &String| {
        let column = table.columns.iter().find(|column| column.cell() == cell);
        column.map_or_else(|| cell.clone(), |column| column.name.clone())
    };
    key.cells.iter().map(name).collect()
}

/// Returns the unique key of these columns, in whatever order; the only one where no column is named.
pub(crate) async fn choose(
    store: &Store,
    table: &DataTable,
    columns: &[String],
) -> Result<TableKey, NotPut> {
    let keys = tables::list_keys(store, &table.id)
        .await
        .map_err(NotPut::Store)?;
    let mut unique: Vec<TableKey> = keys.into_iter().filter(|key| key.is_unique).collect();
    let sorted = |mut names: Vec<String>| {
        names.sort_unstable();
        names
    };
    if !columns.is_empty() {
        let wanted = sorted(columns.to_vec());
        unique.retain(|key| sorted(columns_of(table, key)) == wanted);
    }
    let list = columns.join(", ");
    match (unique.pop(), unique.is_empty()) {
        (Some(key), true) => Ok(key),
        (Some(_), false) => Err(NotPut::Given(format!(
            "The table «{}» has several unique keys. Name the columns of the one to use.",
            table.name
        ))),
        (None, _) if list.is_empty() => Err(NotPut::Given(format!(
            "The table «{}» has no unique key. Add one on the page of the table.",
            table.name
        ))),
        (None, _) => Err(NotPut::Given(format!(
            "The table «{}» has no unique key of {list}. Add one on the page of the table.",
            table.name
        ))),
    }
}

/// Returns the row to put: what was given, and the defaults for the case that it is new.
pub(crate) fn row_to_put(
    table: &DataTable,
    key: &TableKey,
    given: &Map<String, Json>,
) -> Result<Put, String> {
    let cells = cells_for(table, given, false)?;
    if let Some(missing) = key
        .cells
        .iter()
        .find(|cell| cells.get(*cell).is_none_or(Json::is_null))
    {
        let column = table.columns.iter().find(|column| column.cell() == missing);
        return Err(format!(
            "Column «{}» belongs to the key and needs a value.",
            column.map_or(missing.as_str(), |column| column.name.as_str())
        ));
    }
    let now = clock::now_ms();
    Ok(Put {
        row: DataRow {
            id: RowId::new(clock::row_id()),
            table: table.id.clone(),
            cells: cells_for(table, given, true)?,
            created_at: now,
            updated_at: now,
        },
        cells,
    })
}

/// Writes a row: changes the one that has the same values in the columns of the key, or adds it.
pub(crate) async fn put(
    store: &Store,
    table: &DataTable,
    columns: &[String],
    given: &Map<String, Json>,
) -> Result<Written, NotPut> {
    let key = choose(store, table, columns).await?;
    let put = row_to_put(table, &key, given).map_err(NotPut::Given)?;
    tables::upsert(store, table, &key, &put)
        .await
        .map_err(NotPut::Store)
}
