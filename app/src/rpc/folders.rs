//! Folders, and where flows and tables lie in them.

use flow::{FlowId, FolderId, TableId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Makes a folder.
#[server(endpoint = "create_folder", prefix = "/rpc", input = Json)]
pub async fn create_folder(request: api::NewFolder) -> Result<api::Folder, Refusal> {
    backend()?.create_folder(request).await.map_err(refused)
}

/// Changes name or description of a folder.
#[server(endpoint = "change_folder", prefix = "/rpc", input = Json)]
pub async fn change_folder(
    id: FolderId,
    change: api::FolderChange,
) -> Result<api::Folder, Refusal> {
    backend()?.change_folder(id, change).await.map_err(refused)
}

/// Moves a folder.
#[server(endpoint = "move_folder", prefix = "/rpc", input = Json)]
pub async fn move_folder(id: FolderId, to: api::MoveInto) -> Result<api::Folder, Refusal> {
    backend()?.move_folder(id, to).await.map_err(refused)
}

/// Counts what is in a folder.
#[server(endpoint = "folder_contents", prefix = "/rpc", input = Json)]
pub async fn folder_contents(id: FolderId) -> Result<api::FolderContents, Refusal> {
    backend()?.folder_contents(id).await.map_err(refused)
}

/// Deletes a folder with what is in it.
#[server(endpoint = "delete_folder", prefix = "/rpc", input = Json)]
pub async fn delete_folder(
    id: FolderId,
    request: api::DeleteFolder,
) -> Result<api::FolderContents, Refusal> {
    backend()?.delete_folder(id, request).await.map_err(refused)
}

/// Copies a folder with what is in it.
#[server(endpoint = "duplicate_folder", prefix = "/rpc", input = Json)]
pub async fn duplicate_folder(id: FolderId, copy: api::NewCopy) -> Result<api::Folder, Refusal> {
    backend()?.duplicate_folder(id, copy).await.map_err(refused)
}

/// Moves a flow into another folder.
#[server(endpoint = "move_flow", prefix = "/rpc", input = Json)]
pub async fn move_flow(id: FlowId, to: api::MoveInto) -> Result<api::FlowRow, Refusal> {
    backend()?.move_flow(id, to).await.map_err(refused)
}

/// Copies a flow.
#[server(endpoint = "duplicate_flow", prefix = "/rpc", input = Json)]
pub async fn duplicate_flow(id: FlowId, copy: api::NewCopy) -> Result<api::FlowRow, Refusal> {
    backend()?.duplicate_flow(id, copy).await.map_err(refused)
}

/// Moves a table into another folder.
#[server(endpoint = "move_table", prefix = "/rpc", input = Json)]
pub async fn move_table(id: TableId, to: api::MoveInto) -> Result<api::TableView, Refusal> {
    backend()?.move_table(id, to).await.map_err(refused)
}
