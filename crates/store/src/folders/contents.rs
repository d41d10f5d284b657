//! What a folder holds with everything below it: counted, deleted whole, copied whole.

use std::collections::HashSet;

use flow::{FlowId, FolderId, TableId};
use sqlx::AnyConnection;

use super::{Folder, below, check_place, depth, insert_in, locked_tree};
use crate::flows::{self, NewFlow};
use crate::row::Columns;
use crate::sql::Sql;
use crate::tables::{self, DataTable};
use crate::{Store, StoreError};

/// What is in a folder and below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Folders below it.
    pub folders: Vec<FolderId>,
    /// Flows, with those that are on marked.
    pub flows: Vec<(FlowId, bool)>,
    /// Tables that no flow outside uses.
    pub tables: Vec<TableId>,
    /// Rows of these tables.
    pub rows: i64,
    /// Tables that flows outside use.
    pub shared_tables: Vec<TableId>,
    /// Flows outside that call flows in it.
    pub callers: usize,
}

/// Returns what is in a folder.
pub async fn contents(store: &Store, id: &FolderId) -> Result<Contents, StoreError> {
    let mut change = store.change().await?;
    read_contents(store, &mut change, id).await
}

/// Removes a folder with what is in it, all or nothing. `allow` looks at the contents first, inside the same transaction,
/// and may refuse. Tables that flows outside use move to the folder around it.
pub async fn delete_whole<E: From<StoreError>>(
    store: &Store,
    id: &FolderId,
    allow: impl FnOnce(&Contents) -> Result<(), E>,
) -> Result<Contents, E> {
    let mut change = store.change().await?;
    let found = read_contents(store, &mut change, id).await?;
    allow(&found)?;
    delete_in(store, &mut change, id, &found).await?;
    change.commit().await?;
    Ok(found)
}

async fn delete_in(
    store: &Store,
    change: &mut AnyConnection,
    id: &FolderId,
    found: &Contents,
) -> Result<(), StoreError> {
    let tree = locked_tree(store, change).await?;
    let around = tree
        .iter()
        .find(|(folder, _)| folder == id)
        .and_then(|(_, parent)| parent.clone());
    for table in &found.shared_tables {
        sqlx::query("update data_table set folder = $1 where id = $2")
            .bind(around.as_ref().map(FolderId::as_str))
            .bind(table.as_str())
            .execute(&mut *change)
            .await?;
    }
    for table in &found.tables {
        tables::delete_in(change, table).await?;
    }
    for (flow, _) in &found.flows {
        sqlx::query("delete from flow where id = $1")
            .bind(flow.as_str())
            .execute(&mut *change)
            .await?;
    }
    let mut folders: Vec<(usize, &FolderId)> = Vec::new();
    for folder in found.folders.iter().chain([id]) {
        folders.push((depth(&tree, folder)?, folder));
    }
    // The deepest first: a folder that holds another cannot go.
    folders.sort_by_key(|(depth, _)| std::cmp::Reverse(*depth));
    for (_, folder) in folders {
        sqlx::query("delete from folder where id = $1")
            .bind(folder.as_str())
            .execute(&mut *change)
            .await?;
    }
    Ok(())
}

async fn read_contents(
    store: &Store,
    change: &mut AnyConnection,
    id: &FolderId,
) -> Result<Contents, StoreError> {
    let tree = locked_tree(store, change).await?;
    if !tree.iter().any(|(folder, _)| folder == id) {
        return Err(StoreError::not_found("folder"));
    }
    let inside = below(&tree, id);
    let flows = flows_in(change, &inside).await?;
    let all_tables = tables_in(change, &inside).await?;
    let own: HashSet<&FlowId> = flows.iter().map(|(flow, _)| flow).collect();
    let table_ids: HashSet<&str> = all_tables.iter().map(|(id, _)| id.as_str()).collect();
    let mut shared = HashSet::new();
    let mut callers = HashSet::new();
    for (user, kind, target) in all_uses(change).await? {
        if own.contains(&user) {
            continue;
        }
        if kind == "table" && table_ids.contains(target.as_str()) {
            shared.insert(target);
        } else if kind == "flow" && own.contains(&FlowId::from(target.as_str())) {
            callers.insert(user);
        }
    }
    let (kept, gone): (Vec<_>, Vec<_>) = all_tables
        .into_iter()
        .partition(|(id, _)| shared.contains(id.as_str()));
    Ok(Contents {
        folders: inside.into_iter().filter(|folder| folder != id).collect(),
        flows,
        rows: gone.iter().map(|(_, rows)| rows).sum(),
        tables: gone.into_iter().map(|(id, _)| id).collect(),
        shared_tables: kept.into_iter().map(|(id, _)| id).collect(),
        callers: callers.len(),
    })
}

async fn flows_in(
    change: &mut AnyConnection,
    folders: &HashSet<FolderId>,
) -> Result<Vec<(FlowId, bool)>, StoreError> {
    let mut sql = Sql::new("select id, is_on from flow where folder in (");
    sql.bind_all(folders.iter().map(FolderId::as_str)).push(")");
    let rows = sql.all(change).await?;
    rows.iter()
        .map(|row| Ok((row.id("id")?, row.flag("is_on")?)))
        .collect()
}

async fn tables_in(
    change: &mut AnyConnection,
    folders: &HashSet<FolderId>,
) -> Result<Vec<(TableId, i64)>, StoreError> {
    let mut sql = Sql::new(
        "select id, (select count(*) from data_row where table_id = data_table.id) as rows \
         from data_table where folder in (",
    );
    sql.bind_all(folders.iter().map(FolderId::as_str)).push(")");
    let rows = sql.all(change).await?;
    rows.iter()
        .map(|row| Ok((row.id("id")?, row.number("rows")?)))
        .collect()
}

/// Which flows name other flows and tables: a flow, the word for what, its id.
async fn all_uses(change: &mut AnyConnection) -> Result<Vec<(FlowId, String, String)>, StoreError> {
    let sql = Sql::new(
        "select distinct flow, kind, target from flow_use where kind in ('flow', 'table')",
    );
    let rows = sql.all(change).await?;
    rows.iter()
        .map(|row| Ok((row.id("flow")?, row.text("kind")?, row.text("target")?)))
        .collect()
}

/// Copies to be stored at once.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    /// Folders, those around others first.
    pub folders: Vec<Folder>,
    /// Tables, without rows.
    pub tables: Vec<DataTable>,
    /// Flows.
    pub flows: Vec<NewFlow>,
}

/// Adds folders, tables and flows, all or nothing. [`StoreError::TooDeep`] where a folder would stand too deep.
pub async fn insert_copies(store: &Store, copies: &Copies) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    let mut tree = locked_tree(store, &mut change).await?;
    for folder in &copies.folders {
        check_place(&tree, folder.parent.as_ref())?;
        insert_in(&mut change, folder).await?;
        tree.push((folder.id.clone(), folder.parent.clone()));
    }
    for table in &copies.tables {
        tables::insert_in(&mut change, table).await?;
    }
    for flow in &copies.flows {
        flows::insert_in(&mut change, flow).await?;
    }
    change.commit().await
}
