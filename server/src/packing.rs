//! Packs of what is here: one flow, or a folder with everything in it. Connections are named, tables come without rows;
//! secrets and rows are not even read.

use std::collections::{HashMap, HashSet};

use flopack::{Column, FlowView, PackConnection, PackFolder, PackTable, PackView};
use flow::{Binding, Flow, FlowId, FolderId, Input, Step};
use serde_json::Value as Json;
use store::flows::{FlowFilter, InFolder};
use store::folders::Folder;
use store::tables::{self, DataTable, TableFilter};
use store::{Store, StoreError, connections, flows, folders};

use crate::clock;

mod uuid_of;

use uuid_of::uuid;

/// Larger folders are exported in parts.
const MAX_FLOWS: usize = 2_000;

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
    /// The writer broke off.
    #[error("The server could not write the pack.")]
    Broken,
}

/// Returns the pack of one flow, and its name.
pub(crate) async fn flow(store: &Store, id: &FlowId) -> Result<(String, Json), PackingError> {
    let record = flows::get(store, id).await.map_err(|error| match error {
        StoreError::NotFound { .. } => PackingError::Gone("flow"),
        error => PackingError::Store(error),
    })?;
    let name = record.draft.name.clone();
    let all = folders::list(store).await?;
    let item = item(store, record.draft, record.row.folder).await?;
    Ok((name, finish(store, Kept::one(item, &all)).await?))
}

/// Returns the pack of a folder and the folders in it, and its name.
pub(crate) async fn folder(store: &Store, id: &FolderId) -> Result<(String, Json), PackingError> {
    let all = folders::list(store).await?;
    let top = all
        .iter()
        .find(|folder| folder.id == *id)
        .ok_or(PackingError::Gone("folder"))?;
    let kept = in_folder(store, top, &all).await?;
    Ok((top.name.clone(), finish(store, kept).await?))
}

async fn finish(store: &Store, kept: Kept) -> Result<Json, PackingError> {
    let tables = tables_of(store, &kept).await?;
    let connections = connections_of(store, &kept).await?;
    let created = flow::iso(clock::now());
    // Writing a large pack takes a while: not on the threads that answer.
    tokio::task::spawn_blocking(move || write(kept, tables, connections, &created))
        .await
        .map_err(|_| PackingError::Broken)?
}

/// A flow to be written.
struct Item {
    flow: Flow,
    folder: Option<FolderId>,
    skeleton: Option<Json>,
}

async fn item(store: &Store, flow: Flow, folder: Option<FolderId>) -> Result<Item, PackingError> {
    let skeleton = flows::skeleton(store, &flow.id).await?;
    Ok(Item {
        flow,
        folder,
        skeleton: skeleton.and_then(|text| serde_json::from_str(&text).ok()),
    })
}

/// What is written.
struct Kept {
    items: Vec<Item>,
    folders: Vec<Folder>,
    /// All that lies in the folders belongs to it, also what no flow uses.
    is_whole: bool,
}

impl Kept {
    fn one(item: Item, all: &[Folder]) -> Self {
        let home = all
            .iter()
            .find(|folder| Some(&folder.id) == item.folder.as_ref());
        let folders = home.map(|home| Folder {
            parent: None,
            ..home.clone()
        });
        Self {
            items: vec![item],
            folders: folders.into_iter().collect(),
            is_whole: false,
        }
    }
}

async fn in_folder(store: &Store, top: &Folder, all: &[Folder]) -> Result<Kept, PackingError> {
    let mut kept = vec![Folder {
        parent: None,
        ..top.clone()
    }];
    let mut inside: HashSet<&FolderId> = HashSet::from([&top.id]);
    // Parents first: once around for each level.
    for _ in 0..folders::MOST_LEVELS {
        for folder in all {
            let is_below = folder
                .parent
                .as_ref()
                .is_some_and(|parent| inside.contains(parent));
            if is_below && inside.insert(&folder.id) {
                kept.push(folder.clone());
            }
        }
    }
    let mut filter = FlowFilter {
        folder: InFolder::These(kept.iter().map(|folder| folder.id.clone()).collect()),
        text: None,
        kind: None,
        is_on: None,
        after: None,
        limit: store::MAX_PAGE,
    };
    let mut items = Vec::new();
    loop {
        let page = flows::list(store, &filter).await?;
        for row in page.items {
            let record = flows::get(store, &row.id).await?;
            items.push(item(store, record.draft, record.row.folder).await?);
        }
        if items.len() > MAX_FLOWS {
            return Err(PackingError::TooMany);
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    Ok(Kept {
        items,
        folders: kept,
        is_whole: true,
    })
}

/// The tables that the flows use, and for a folder those that lie in it: columns only.
async fn tables_of(store: &Store, kept: &Kept) -> Result<Vec<DataTable>, PackingError> {
    let mut wanted: HashSet<String> = HashSet::new();
    for item in &kept.items {
        each_input(&item.flow.steps, &mut |_, input| {
            if input.key.is("parameters", "stash")
                && let Binding::Constant {
                    value: Json::String(id),
                } = &input.binding
            {
                wanted.insert(id.clone());
            }
        });
    }
    let mut filter = TableFilter {
        folder: InFolder::Any,
        text: None,
        after: None,
        limit: store::MAX_PAGE,
    };
    let mut found = Vec::new();
    loop {
        let page = tables::list(store, &filter).await?;
        found.extend(page.items.into_iter().filter(|table| {
            let is_inside = table.folder.as_ref().is_some_and(|folder| {
                kept.is_whole && kept.folders.iter().any(|known| known.id == *folder)
            });
            is_inside || wanted.contains(table.id.as_str())
        }));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(found),
        }
    }
}

/// The names of the connections that the flows' cards use.
async fn connections_of(store: &Store, kept: &Kept) -> Result<Vec<PackConnection>, PackingError> {
    let mut uses: HashMap<String, usize> = HashMap::new();
    for item in &kept.items {
        for step in item.flow.all_steps() {
            if let Some(id) = &step.connection {
                *uses.entry(id.to_string()).or_default() += 1;
            }
        }
    }
    let of_orgs = connections::list(store).await?.into_iter();
    let of_orgs = of_orgs.map(|row| (row.id.to_string(), row.name, row.module));
    let directories = store::directories::list(store).await?.into_iter();
    let module = cards::active_directory::MODULE;
    let directories = directories.map(|row| (row.id, row.name, module.to_owned()));
    Ok(of_orgs
        .chain(directories)
        .filter_map(|(id, name, module)| {
            Some(PackConnection {
                cards: *uses.get(id.as_str())?,
                id,
                name,
                module,
            })
        })
        .collect())
}

fn write(
    mut kept: Kept,
    tables: Vec<DataTable>,
    mut connections: Vec<PackConnection>,
    created: &str,
) -> Result<Json, PackingError> {
    let known: HashSet<String> = connections.iter().map(|row| row.id.clone()).collect();
    let flow_ids = ids(kept.items.iter().map(|item| item.flow.id.as_str()));
    let table_ids = ids(tables.iter().map(|table| table.id.as_str()));
    let connection_ids = ids(connections.iter().map(|row| row.id.as_str()));
    for item in &mut kept.items {
        // A connection that was deleted is in no pack.
        forget_connections(&mut item.flow.steps, &known);
        flopack::remap(&mut item.flow, &flow_ids, &table_ids, &connection_ids);
    }
    for row in &mut connections {
        row.id = uuid(&row.id);
    }
    let inside: HashSet<&FolderId> = kept.folders.iter().map(|folder| &folder.id).collect();
    let place = |folder: Option<&FolderId>| {
        folder
            .filter(|folder| inside.contains(folder))
            .map(|folder| uuid(folder.as_str()))
    };
    let folders: Vec<PackFolder> = kept
        .folders
        .iter()
        .map(|folder| PackFolder {
            id: uuid(folder.id.as_str()),
            parent: place(folder.parent.as_ref()),
            name: folder.name.clone(),
            description: folder.description.clone(),
        })
        .collect();
    let tables: Vec<PackTable> = tables
        .into_iter()
        .map(|table| PackTable {
            id: uuid(table.id.as_str()),
            folder: place(table.folder.as_ref()),
            name: table.name,
            description: table.description,
            columns: table.columns.into_iter().map(column).collect(),
        })
        .collect();
    let homes: Vec<Option<String>> = kept
        .items
        .iter()
        .map(|item| place(item.folder.as_ref()))
        .collect();
    let view = PackView {
        version: None,
        created: Some(created),
        folders: &folders,
        connections: &connections,
        tables: &tables,
        flows: kept
            .items
            .iter()
            .zip(&homes)
            .map(|(item, home)| FlowView {
                folder: home.as_deref(),
                flow: &item.flow,
                skeleton: item.skeleton.as_ref(),
            })
            .collect(),
        skeleton: None,
    };
    Ok(flopack::export(&view)?)
}

fn ids<'a>(ids: impl Iterator<Item = &'a str>) -> HashMap<String, String> {
    ids.map(|id| (id.to_owned(), uuid(id))).collect()
}

fn column(column: tables::Column) -> Column {
    let base = crate::tables::base(column.ty);
    Column {
        name: column.name,
        base,
        code: code(base).to_owned(),
        default: column.default.map(|value| match value {
            Json::String(text) => text,
            other => other.to_string(),
        }),
    }
}

fn forget_connections(steps: &mut [Step], known: &HashSet<String>) {
    for step in steps {
        if step
            .connection
            .as_ref()
            .is_some_and(|id| !known.contains(id.as_str()))
        {
            step.connection = None;
        }
        for lane in &mut step.lanes {
            forget_connections(&mut lane.steps, known);
        }
    }
}

fn each_input<'a>(steps: &'a [Step], visit: &mut dyn FnMut(&'a Step, &'a Input)) {
    for step in steps {
        for input in &step.inputs {
            visit(step, input);
        }
        for lane in &step.lanes {
            each_input(&lane.steps, visit);
        }
    }
}

/// Okta's codes for what columns hold.
fn code(base: flow::Base) -> &'static str {
    match base {
        flow::Base::Number => "dec",
        flow::Base::Boolean => "bln",
        flow::Base::Date => "dte",
        _ => "str",
    }
}
