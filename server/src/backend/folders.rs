//! Folders: making, describing, moving, copying and deleting them with what is in them, and moving and copying flows.

use std::collections::HashMap;

use api::{
    ApiError, DeleteFolder, ErrorCode, FlowRow, FolderChange, FolderContents, MoveInto, NewCopy,
    NewFolder, TableView,
};
use flow::{Flow, FlowId, FolderId, TableId};
use serde_json::json;
use store::flows::{self, FlowFilter, InFolder};
use store::folders::{self, Contents, Copies, Folder};
use store::tables::{self, DataTable, TableFilter};
use store::{StoreError, folders::MOST_LEVELS};

use super::flows::{find_row, named, problems};
use super::{Caller, Right};
use crate::clock;
use crate::error::{from_store, invalid};

/// Longest description of a folder.
const MAX_DESCRIPTION: usize = 2_000;
/// Larger folders are copied in parts.
const MAX_COPIES: usize = 400;

pub(super) async fn create(caller: &Caller, request: NewFolder) -> Result<api::Folder, ApiError> {
    caller.need(Right::Edit)?;
    let folder = Folder {
        id: FolderId::new(clock::new_id()),
        parent: request.parent,
        name: named(&request.name)?,
        description: described(request.description)?,
        skeleton: None,
    };
    folders::insert(&caller.server.store, &folder)
        .await
        .map_err(from_store)?;
    audit(caller, "folder.create", &folder, None).await?;
    Ok(view(folder, 0))
}

pub(super) async fn change(
    caller: &Caller,
    id: FolderId,
    change: FolderChange,
) -> Result<api::Folder, ApiError> {
    caller.need(Right::Edit)?;
    let before = get(caller, &id).await?;
    let mut folder = before.clone();
    if let Some(name) = &change.name {
        folder.name = named(name)?;
    }
    if let Some(description) = change.description {
        folder.description = described(description)?;
    }
    folders::save(&caller.server.store, &folder)
        .await
        .map_err(from_store)?;
    audit(caller, "folder.rename", &folder, Some(&before)).await?;
    counted(caller, folder).await
}

pub(super) async fn relocate(
    caller: &Caller,
    id: FolderId,
    to: MoveInto,
) -> Result<api::Folder, ApiError> {
    caller.need(Right::Edit)?;
    let before = get(caller, &id).await?;
    folders::move_to(&caller.server.store, &id, to.folder.as_ref())
        .await
        .map_err(misplaced)?;
    let folder = Folder {
        parent: to.folder,
        ..before.clone()
    };
    audit(caller, "folder.move", &folder, Some(&before)).await?;
    counted(caller, folder).await
}

pub(super) async fn contents(caller: &Caller, id: FolderId) -> Result<FolderContents, ApiError> {
    caller.need(Right::Read)?;
    let found = folders::contents(&caller.server.store, &id)
        .await
        .map_err(from_store)?;
    Ok(figures(&found))
}

/// Why a folder was not deleted.
enum Kept {
    Store(StoreError),
    Api(ApiError),
}

impl From<StoreError> for Kept {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

pub(super) async fn delete(
    caller: &Caller,
    id: FolderId,
    request: DeleteFolder,
) -> Result<FolderContents, ApiError> {
    caller.need(Right::Edit)?;
    let before = get(caller, &id).await?;
    let is_named = request.name.as_deref().map(str::trim) == Some(before.name.trim());
    let allow = |found: &Contents| {
        if found.flows.is_empty() || is_named {
            return Ok(());
        }
        Err(Kept::Api(invalid(format!(
            "The folder holds flows ({}). Give its name to delete it with them.",
            found.flows.len()
        ))))
    };
    let gone = folders::delete_whole(&caller.server.store, &id, allow).await;
    let gone = gone.map_err(|kept| match kept {
        Kept::Store(error) => from_store(error),
        Kept::Api(error) => error,
    })?;
    for (flow, _) in &gone.flows {
        caller.server.active.forget(flow);
    }
    caller.server.hooks.wake();
    let figures = figures(&gone);
    let mut was = json!({ "name": before.name, "flows": figures.flows, "tables": figures.tables });
    was["flow_ids"] = json!(gone.flows.iter().map(|(id, _)| id).collect::<Vec<_>>());
    caller
        .audit("folder.delete", "folder", id.as_str(), Some(was), None)
        .await?;
    Ok(figures)
}

fn figures(found: &Contents) -> FolderContents {
    FolderContents {
        folders: found.folders.len(),
        flows: found.flows.len(),
        flows_on: found.flows.iter().filter(|(_, is_on)| *is_on).count(),
        tables: found.tables.len(),
        rows: found.rows,
        tables_kept: found.shared_tables.len(),
        callers: found.callers,
    }
}

/// Copies a folder beside itself: folders, flows (off, as their drafts are) and tables without rows. What refers to
/// something inside refers to the copy of it.
pub(super) async fn duplicate(
    caller: &Caller,
    id: FolderId,
    copy: NewCopy,
) -> Result<api::Folder, ApiError> {
    let author = caller.need(Right::Edit)?.id.clone();
    let store = &caller.server.store;
    let top = get(caller, &id).await?;
    let all = folders::list(store).await.map_err(from_store)?;
    let inside = with_below(&all, &top);
    let homes: HashMap<FolderId, FolderId> = inside
        .iter()
        .map(|folder| (folder.id.clone(), FolderId::new(clock::new_id())))
        .collect();
    let within = InFolder::These(homes.keys().cloned().collect());
    let drafts = drafts_in(caller, within.clone()).await?;
    let columns = tables_in(caller, within).await?;
    let flow_ids: HashMap<String, String> = drafts
        .iter()
        .map(|(flow, _)| (flow.id.to_string(), clock::new_id()))
        .collect();
    let table_ids: HashMap<String, String> = columns
        .iter()
        .map(|table| (table.id.to_string(), clock::new_id()))
        .collect();
    let home = |folder: Option<&FolderId>| folder.and_then(|id| homes.get(id)).cloned();
    let at = clock::now_ms();
    let mut copies = Copies::default();
    for folder in &inside {
        let is_top = folder.id == top.id;
        let Some(new) = home(Some(&folder.id)) else {
            continue;
        };
        copies.folders.push(Folder {
            id: new,
            parent: if is_top {
                top.parent.clone()
            } else {
                home(folder.parent.as_ref())
            },
            name: if is_top {
                name_of_copy(&copy, &top.name)?
            } else {
                folder.name.clone()
            },
            ..folder.clone()
        });
    }
    for table in columns {
        let new = table_ids.get(table.id.as_str()).cloned();
        copies.tables.push(DataTable {
            id: TableId::new(new.unwrap_or_else(clock::new_id)),
            folder: home(table.folder.as_ref()),
            created_at: at,
            updated_at: at,
            ..table
        });
    }
    for (mut draft, folder) in drafts {
        let skeleton = flows::skeleton(store, &draft.id)
            .await
            .map_err(from_store)?;
        flopack::remap(&mut draft, &flow_ids, &table_ids, &HashMap::new());
        copies.flows.push(flows::NewFlow {
            problems: problems(store, &draft).await?,
            folder: home(folder.as_ref()),
            author: Some(author.clone()),
            skeleton,
            draft,
            at,
        });
    }
    folders::insert_copies(store, &copies)
        .await
        .map_err(from_store)?;
    let made = copies.folders.into_iter().next().ok_or_else(gone)?;
    audit(caller, "folder.duplicate", &made, Some(&top)).await?;
    counted(caller, made).await
}

/// The folder and those below it, those around others first.
fn with_below(all: &[Folder], top: &Folder) -> Vec<Folder> {
    let mut inside = vec![top.clone()];
    let mut level = vec![top.id.clone()];
    for _ in 0..MOST_LEVELS {
        let next: Vec<Folder> = all
            .iter()
            .filter(|folder| {
                folder
                    .parent
                    .as_ref()
                    .is_some_and(|parent| level.contains(parent))
            })
            .cloned()
            .collect();
        level = next.iter().map(|folder| folder.id.clone()).collect();
        inside.extend(next);
    }
    inside
}

async fn drafts_in(
    caller: &Caller,
    within: InFolder,
) -> Result<Vec<(Flow, Option<FolderId>)>, ApiError> {
    let store = &caller.server.store;
    let mut filter = FlowFilter {
        folder: within,
        limit: store::MAX_PAGE,
        ..FlowFilter::default()
    };
    let mut found = Vec::new();
    loop {
        let page = flows::list(store, &filter).await.map_err(from_store)?;
        if found.len() + page.items.len() > MAX_COPIES {
            return Err(ApiError::new(
                ErrorCode::TooLarge,
                format!(
                    "The folder holds more than {MAX_COPIES} flows. Duplicate its subfolders one by one."
                ),
            ));
        }
        for row in page.items {
            let record = flows::get(store, &row.id).await.map_err(from_store)?;
            found.push((record.draft, record.row.folder));
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(found),
        }
    }
}

async fn tables_in(caller: &Caller, within: InFolder) -> Result<Vec<DataTable>, ApiError> {
    let mut filter = TableFilter {
        folder: within,
        text: None,
        after: None,
        limit: store::MAX_PAGE,
    };
    let mut found = Vec::new();
    loop {
        let page = tables::list(&caller.server.store, &filter)
            .await
            .map_err(from_store)?;
        found.extend(page.items);
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(found),
        }
    }
}

pub(super) async fn move_flow(
    caller: &Caller,
    id: FlowId,
    to: MoveInto,
) -> Result<FlowRow, ApiError> {
    caller.need(Right::Edit)?;
    let store = &caller.server.store;
    if let Some(folder) = &to.folder {
        get(caller, folder).await?;
    }
    let before = find_row(caller, &id).await?;
    flows::save_folder(store, &id, to.folder.as_ref(), before.updated_at)
        .await
        .map_err(from_store)?;
    caller
        .audit(
            "flow.move",
            "flow",
            id.as_str(),
            Some(json!({ "folder": before.folder })),
            Some(json!({ "folder": to.folder })),
        )
        .await?;
    find_row(caller, &id).await
}

/// Copies a flow beside itself: its draft, off.
pub(super) async fn duplicate_flow(
    caller: &Caller,
    id: FlowId,
    copy: NewCopy,
) -> Result<FlowRow, ApiError> {
    let author = caller.need(Right::Edit)?.id.clone();
    let store = &caller.server.store;
    let record = flows::get(store, &id).await.map_err(from_store)?;
    let skeleton = flows::skeleton(store, &id).await.map_err(from_store)?;
    let mut draft = record.draft;
    draft.name = name_of_copy(&copy, &draft.name)?;
    // A flow that calls itself goes on calling itself.
    let own = HashMap::from([(id.to_string(), clock::new_id())]);
    flopack::remap(&mut draft, &own, &HashMap::new(), &HashMap::new());
    let new = flows::NewFlow {
        problems: problems(store, &draft).await?,
        folder: record.row.folder,
        author: Some(author),
        at: clock::now_ms(),
        skeleton,
        draft,
    };
    flows::insert(store, &new).await.map_err(from_store)?;
    let made = new.draft.id;
    let after = json!({ "name": new.draft.name, "copy_of": id });
    caller
        .audit("flow.duplicate", "flow", made.as_str(), None, Some(after))
        .await?;
    find_row(caller, &made).await
}

pub(super) async fn move_table(
    caller: &Caller,
    id: TableId,
    to: MoveInto,
) -> Result<TableView, ApiError> {
    caller.need(Right::Edit)?;
    let store = &caller.server.store;
    if let Some(folder) = &to.folder {
        get(caller, folder).await?;
    }
    let mut table = tables::get(store, &id).await.map_err(from_store)?;
    let before = std::mem::replace(&mut table.folder, to.folder);
    tables::save(store, &table).await.map_err(from_store)?;
    caller
        .audit(
            "table.move",
            "table",
            id.as_str(),
            Some(json!({ "folder": before })),
            Some(json!({ "folder": table.folder })),
        )
        .await?;
    super::tables::view_of(caller, table).await
}

async fn get(caller: &Caller, id: &FolderId) -> Result<Folder, ApiError> {
    folders::find(&caller.server.store, id)
        .await
        .map_err(from_store)?
        .ok_or_else(gone)
}

fn gone() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "There is no such folder. It may have been deleted.",
    )
}

/// A move has places of its own to go to.
fn misplaced(error: StoreError) -> ApiError {
    match error {
        StoreError::InUse => gone(),
        error => from_store(error),
    }
}

async fn counted(caller: &Caller, folder: Folder) -> Result<api::Folder, ApiError> {
    let filter = FlowFilter {
        folder: InFolder::These(vec![folder.id.clone()]),
        limit: store::MAX_PAGE,
        ..FlowFilter::default()
    };
    let page = flows::list(&caller.server.store, &filter)
        .await
        .map_err(from_store)?;
    Ok(view(folder, page.items.len()))
}

fn view(folder: Folder, flows: usize) -> api::Folder {
    api::Folder {
        id: folder.id,
        parent: folder.parent,
        name: folder.name,
        description: folder.description,
        flows,
    }
}

fn described(text: String) -> Result<String, ApiError> {
    let text = text.trim().to_owned();
    if text.chars().count() > MAX_DESCRIPTION {
        return Err(invalid("A description has 2,000 characters at most."));
    }
    Ok(text)
}

fn name_of_copy(copy: &NewCopy, name: &str) -> Result<String, ApiError> {
    match copy.name.as_deref().filter(|name| !name.trim().is_empty()) {
        Some(name) => named(name),
        None => {
            let short: String = name.chars().take(190).collect();
            named(&format!("{short} (copy)"))
        }
    }
}

async fn audit(
    caller: &Caller,
    action: &str,
    folder: &Folder,
    before: Option<&Folder>,
) -> Result<(), ApiError> {
    let json = |folder: &Folder| json!({ "name": folder.name, "description": folder.description, "parent": folder.parent });
    caller
        .audit(
            action,
            "folder",
            folder.id.as_str(),
            before.map(json),
            Some(json(folder)),
        )
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_named_after_the_original_and_fits() {
        let named = |name: Option<&str>, of: &str| {
            let copy = NewCopy {
                name: name.map(str::to_owned),
            };
            name_of_copy(&copy, of).map_err(|error| error.code)
        };
        assert_eq!(named(None, "People"), Ok("People (copy)".to_owned()));
        assert_eq!(
            named(Some("People のコピー"), "People"),
            Ok("People のコピー".to_owned())
        );
        assert_eq!(named(Some(" "), "People"), Ok("People (copy)".to_owned()));
        let long = "長".repeat(200);
        assert_eq!(named(None, &long).map(|name| name.chars().count()), Ok(197));
        assert_eq!(
            named(Some(&format!("{long}い")), "People"),
            Err(ErrorCode::Invalid)
        );
    }
}
