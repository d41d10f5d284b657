//! Folders: making, describing, moving and deleting them with what is in them, and moving flows and tables. Copying is in
//! `copying`.

mod copying;

use api::{
    ApiError, DeleteFolder, ErrorCode, FlowRow, FolderChange, FolderContents, MoveInto, NewFolder,
    TableView,
};
use flow::{FlowId, FolderId, TableId};
use serde_json::json;
use store::flows::{self, FlowFilter, InFolder};
use store::folders::{self, Contents, Folder};
use store::{StoreError, tables};

use super::flows::{find_row, named};
use super::{Caller, Right};
use crate::clock;
use crate::error::{from_store, invalid};

pub(super) use copying::{duplicate, duplicate_flow};

/// Longest description of a folder.
const MAX_DESCRIPTION: usize = 2_000;

pub(super) async fn create(caller: &Caller, request: NewFolder) -> Result<api::Folder, ApiError> {
    caller.need(Right::Edit)?;
    let folder = Folder {
        id: FolderId::new(clock::new_id()),
        parent: request.parent,
        name: named(&request.name)?,
        description: described(&request.description)?,
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
        folder.description = described(&description)?;
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

fn described(text: &str) -> Result<String, ApiError> {
    let text = text.trim().to_owned();
    if text.chars().count() > MAX_DESCRIPTION {
        return Err(invalid("A description has 2,000 characters at most."));
    }
    Ok(text)
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
