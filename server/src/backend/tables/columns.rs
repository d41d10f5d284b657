//! Columns of tables that come, change and go, and which flows name them.

use std::collections::BTreeSet;

use api::{ApiError, ColumnChange, TableColumn, TableUse, TableView};
use flow::{Flow, Input, TableId};
use serde_json::Value as Json;
use store::tables::{self, Column, DataTable};

use super::super::flows::named;
use super::super::{Caller, Right};
use super::{MAX_COLUMNS, found, store_definition};
use crate::clock;
use crate::error::{from_store, invalid};
use crate::tables::{column_type, keys::columns_of};

pub(in super::super) async fn add_column(
    caller: &Caller,
    id: TableId,
    new: TableColumn,
) -> Result<TableView, ApiError> {
    caller.need(Right::Edit)?;
    let mut table = found(caller, &id).await?;
    if table.columns.len() >= MAX_COLUMNS {
        return Err(invalid("A table has at most 64 columns."));
    }
    let name = free_name(&table, &new.name)?;
    table.columns.push(Column {
        name,
        // Never under a name that cells of an earlier column were kept under.
        cell: Some(clock::new_id()),
        ty: column_type(new.base),
        default: default_of(new.default),
    });
    store_definition(caller, table).await
}

pub(in super::super) async fn change_column(
    caller: &Caller,
    id: TableId,
    name: String,
    change: ColumnChange,
) -> Result<TableView, ApiError> {
    caller.need(Right::Edit)?;
    let mut table = found(caller, &id).await?;
    let new_name = match &change.name {
        Some(new) if *new != name => Some(free_name(&table, new)?),
        _ => None,
    };
    let column = column(&mut table, &name)?;
    if let Some(new_name) = new_name {
        column.cell = Some(column.cell().to_owned());
        column.name = new_name;
    }
    if let Some(default) = change.default {
        column.default = default_of(Some(default));
    }
    store_definition(caller, table).await
}

pub(in super::super) async fn delete_column(
    caller: &Caller,
    id: TableId,
    name: String,
) -> Result<TableView, ApiError> {
    caller.need(Right::Edit)?;
    let mut table = found(caller, &id).await?;
    let store = &caller.server.store;
    let cell = column(&mut table, &name)?.cell().to_owned();
    if table.columns.len() == 1 {
        return Err(invalid(
            "A table keeps at least one column. Delete the table instead.",
        ));
    }
    let keys = tables::list_keys(store, &id).await.map_err(from_store)?;
    if let Some(key) = keys.iter().find(|key| key.cells.contains(&cell)) {
        return Err(invalid(format!(
            "The column belongs to the key of {}. Delete the key first.",
            columns_of(&table, key).join(", ")
        )));
    }
    table.columns.retain(|column| column.cell() != cell);
    let shown = store_definition(caller, table).await?;
    tables::forget_cells(store, &id, &cell)
        .await
        .map_err(from_store)?;
    Ok(shown)
}

fn column<'t>(table: &'t mut DataTable, name: &str) -> Result<&'t mut Column, ApiError> {
    let missing = format!("The table «{}» has no column «{name}».", table.name);
    let found = table.columns.iter_mut().find(|column| column.name == name);
    found.ok_or_else(|| invalid(missing))
}

fn free_name(table: &DataTable, name: &str) -> Result<String, ApiError> {
    let name = named(name)?;
    if table.columns.iter().any(|column| column.name == name) {
        return Err(invalid(format!(
            "The table has a column «{name}» already. Choose another name."
        )));
    }
    Ok(name)
}

fn default_of(text: Option<String>) -> Option<Json> {
    text.filter(|text| !text.is_empty()).map(Json::from)
}

/// Returns the flows that use a table, with the columns that their drafts name.
pub(in super::super) async fn uses(
    caller: &Caller,
    id: TableId,
) -> Result<Vec<TableUse>, ApiError> {
    caller.need(Right::Read)?;
    let table = found(caller, &id).await?;
    let store = &caller.server.store;
    let mut uses = Vec::new();
    for user in store::uses::of_table(store, &id)
        .await
        .map_err(from_store)?
    {
        let draft = store::flows::get(store, &user.id)
            .await
            .map_err(from_store)?
            .draft;
        let named = columns_in(&draft, &id);
        let columns = table
            .columns
            .iter()
            .map(|column| column.name.clone())
            .filter(|name| named.contains(name));
        uses.push(TableUse {
            columns: columns.collect(),
            flow: user.id,
            name: user.name,
            is_on: user.is_on,
        });
    }
    Ok(uses)
}

/// Returns what the cards of a flow that use the table name: their fields, filters and sorts.
fn columns_in(flow: &Flow, table: &TableId) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for step in flow.all_steps() {
        let of_table = |input: &&Input| {
            let chosen = input.constant().and_then(|value| value.as_str());
            input.key.is("parameters", "stash") && chosen == Some(table.as_str())
        };
        if !step.all_inputs().any(|input| of_table(&input)) {
            continue;
        }
        for input in step.all_inputs() {
            match input.key.group.as_deref() {
                Some("Fields") => {
                    names.insert(input.key.key.to_string());
                }
                Some("Sort") => names.extend(texts(input.constant())),
                Some("Filter") => {
                    let rows = input
                        .constant()
                        .and_then(|filter| filter["expr"].as_array());
                    let columns = rows.into_iter().flatten().map(|row| &row["lhs"]);
                    names.extend(columns.filter_map(Json::as_str).map(str::to_owned));
                }
                _ => {}
            }
        }
        let outputs = step.outputs.iter();
        let fields = outputs.filter(|output| output.key.group.as_deref() == Some("Fields"));
        names.extend(fields.map(|output| output.key.key.to_string()));
    }
    names
}

fn texts(value: Option<&Json>) -> Option<String> {
    value.and_then(Json::as_str).map(str::to_owned)
}
