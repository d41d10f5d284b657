//! Packs of what is here: one flow, or a folder with everything in it. Connections are named, never written with secrets;
//! tables come without rows.

use std::collections::{BTreeMap, HashMap, HashSet};

use flopack::{Column, FlowView, PackConnection, PackFolder, PackTable, PackView};
use flow::{Base, Flow, FlowId, FolderId};
use serde_json::Value as Json;
use store::flows::{self, FlowFilter, InFolder};
use store::folders::{self, Folder};
use store::tables::{self, DataTable, TableFilter};
use store::{MAX_PAGE, Store, StoreError};

use crate::clock;

/// More flows are not written at once (Okta's figure).
const MAX_FLOWS: usize = 400;

/// Why a pack cannot be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PackingError {
    /// There is nothing of this id.
    #[error("There is no such {0}. Choose another on the card.")]
    Gone(&'static str),
    /// The folder is too large.
    #[error("The folder holds more than {MAX_FLOWS} flows. Export its subfolders one by one.")]
    TooMany,
    /// The document cannot be written.
    #[error(transparent)]
    Pack(#[from] flopack::PackError),
    /// The store failed.
    #[error("The server could not read what is to be exported.")]
    Store(#[from] StoreError),
}

/// A flow with what only its pack knew.
struct Packed {
    flow: Flow,
    folder: Option<String>,
    skeleton: Option<Json>,
}

/// Returns the pack of one flow, and its name.
pub(crate) async fn flow(store: &Store, id: &FlowId) -> Result<(String, Json), PackingError> {
    let packed = read(store, id, None).await?;
    let name = packed.flow.name.clone();
    let pack = write(store, &[], &[], vec![packed]).await?;
    Ok((name, pack))
}

/// Returns the pack of a folder and the folders in it, and its name.
pub(crate) async fn folder(store: &Store, id: &FolderId) -> Result<(String, Json), PackingError> {
    let all = folders::list(store).await?;
    let top = all
        .iter()
        .find(|folder| folder.id == *id)
        .ok_or(PackingError::Gone("folder"))?;
    let inside = below(&all, id);
    let ids: Vec<FolderId> = inside.iter().map(|folder| folder.id.clone()).collect();
    let mut packed = Vec::new();
    for row in rows_in(store, &ids).await? {
        packed.push(read(store, &row.0, row.1).await?);
    }
    let tables = tables_in(store, &ids).await?;
    let folders: Vec<PackFolder> = inside
        .iter()
        .map(|folder| PackFolder {
            id: folder.id.to_string(),
            parent: folder
                .parent
                .as_ref()
                .filter(|parent| folder.id != *id && ids.contains(parent))
                .map(ToString::to_string),
            name: folder.name.clone(),
            description: folder.description.clone(),
        })
        .collect();
    let name = top.name.clone();
    Ok((name, write(store, &folders, &tables, packed).await?))
}

/// Returns a folder and all that lie in it, however deep.
fn below<'f>(all: &'f [Folder], top: &FolderId) -> Vec<&'f Folder> {
    let mut inside: HashSet<&FolderId> = HashSet::new();
    loop {
        let before = inside.len();
        for folder in all {
            let is_inside = folder.id == *top
                || folder
                    .parent
                    .as_ref()
                    .is_some_and(|parent| inside.contains(parent));
            if is_inside {
                inside.insert(&folder.id);
            }
        }
        if inside.len() == before {
            break;
        }
    }
    all.iter()
        .filter(|folder| inside.contains(&folder.id))
        .collect()
}

async fn rows_in(
    store: &Store,
    folders: &[FolderId],
) -> Result<Vec<(FlowId, Option<String>)>, PackingError> {
    let mut found = Vec::new();
    let mut filter = FlowFilter {
        folder: InFolder::These(folders.to_vec()),
        limit: MAX_PAGE,
        ..FlowFilter::default()
    };
    loop {
        let page = flows::list(store, &filter).await?;
        found.extend(page.items.into_iter().map(|row| {
            let folder = row.folder.map(|folder| folder.to_string());
            (row.id, folder)
        }));
        if found.len() > MAX_FLOWS {
            return Err(PackingError::TooMany);
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(found),
        }
    }
}

async fn tables_in(store: &Store, folders: &[FolderId]) -> Result<Vec<PackTable>, PackingError> {
    let mut found = Vec::new();
    let mut filter = TableFilter {
        folder: InFolder::These(folders.to_vec()),
        limit: MAX_PAGE,
        ..TableFilter::default()
    };
    loop {
        let page = tables::list(store, &filter).await?;
        found.extend(page.items.iter().map(pack_table));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(found),
        }
    }
}

fn pack_table(table: &DataTable) -> PackTable {
    let columns = table.columns.iter().map(|column| {
        let base = crate::tables::base(column.ty);
        let default = column.default.as_ref().map(|value| match value {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        });
        Column {
            name: column.name.clone(),
            base,
            code: code(base).to_owned(),
            default,
        }
    });
    PackTable {
        id: table.id.to_string(),
        folder: table.folder.as_ref().map(ToString::to_string),
        name: table.name.clone(),
        description: table.description.clone(),
        columns: columns.collect(),
    }
}

/// Okta's codes for what columns hold.
fn code(base: Base) -> &'static str {
    match base {
        Base::Number => "dec",
        Base::Boolean => "bln",
        Base::Date => "dte",
        _ => "str",
    }
}

async fn read(store: &Store, id: &FlowId, folder: Option<String>) -> Result<Packed, PackingError> {
    let record = flows::get(store, id).await.map_err(|error| match error {
        StoreError::NotFound { .. } => PackingError::Gone("flow"),
        error => PackingError::Store(error),
    })?;
    let skeleton = flows::skeleton(store, id).await?;
    Ok(Packed {
        flow: record.draft,
        folder,
        skeleton: skeleton.and_then(|text| serde_json::from_str(&text).ok()),
    })
}

async fn write(
    store: &Store,
    folders: &[PackFolder],
    tables: &[PackTable],
    packed: Vec<Packed>,
) -> Result<Json, PackingError> {
    let names: HashMap<String, (String, String)> = store::connections::list(store)
        .await?
        .into_iter()
        .map(|row| (row.id.to_string(), (row.name, row.module)))
        .collect();
    let mut connections: BTreeMap<String, PackConnection> = BTreeMap::new();
    for step in packed.iter().flat_map(|packed| packed.flow.all_steps()) {
        let Some(id) = step.connection.as_ref().map(ToString::to_string) else {
            continue;
        };
        if let Some((name, module)) = names.get(&id) {
            let known = connections
                .entry(id.clone())
                .or_insert_with(|| PackConnection {
                    id,
                    name: name.clone(),
                    module: module.clone(),
                    cards: 0,
                });
            known.cards += 1;
        }
    }
    let connections: Vec<PackConnection> = connections.into_values().collect();
    let created = flow::iso(clock::now());
    let view = PackView {
        version: None,
        created: Some(&created),
        folders,
        connections: &connections,
        tables,
        flows: packed
            .iter()
            .map(|packed| FlowView {
                folder: packed.folder.as_deref(),
                flow: &packed.flow,
                skeleton: packed.skeleton.as_ref(),
            })
            .collect(),
        skeleton: None,
    };
    Ok(flopack::export(&view)?)
}
