//! Versions, the drafts beside them, and what a person saw last.

use flow::FlowId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Makes a version of the draft.
#[server(endpoint = "save_version", prefix = "/rpc", input = Json)]
pub async fn save_version(request: api::SaveVersion) -> Result<api::VersionRow, Refusal> {
    backend()?.save_version(request).await.map_err(refused)
}

/// Lists the versions of a flow.
#[server(endpoint = "list_versions", prefix = "/rpc", input = Json)]
pub async fn list_versions(id: FlowId) -> Result<Vec<api::VersionRow>, Refusal> {
    backend()?.list_versions(id).await.map_err(refused)
}

/// Returns what a version holds.
#[server(endpoint = "read_version", prefix = "/rpc", input = Json)]
pub async fn read_version(id: FlowId, number: i64) -> Result<api::VersionView, Refusal> {
    backend()?.read_version(id, number).await.map_err(refused)
}

/// Gives a version another name and note.
#[server(endpoint = "rename_version", prefix = "/rpc", input = Json)]
pub async fn rename_version(request: api::RenameVersion) -> Result<api::VersionRow, Refusal> {
    backend()?.rename_version(request).await.map_err(refused)
}

/// Returns the draft with its revision.
#[server(endpoint = "read_draft", prefix = "/rpc", input = Json)]
pub async fn read_draft(id: FlowId) -> Result<api::DraftView, Refusal> {
    backend()?.read_draft(id).await.map_err(refused)
}

/// Lists the drafts that gave way to others.
#[server(endpoint = "list_kept_drafts", prefix = "/rpc", input = Json)]
pub async fn list_kept_drafts(id: FlowId) -> Result<Vec<api::KeptRow>, Refusal> {
    backend()?.list_kept_drafts(id).await.map_err(refused)
}

/// Returns a draft that gave way to another.
#[server(endpoint = "read_kept_draft", prefix = "/rpc", input = Json)]
pub async fn read_kept_draft(id: FlowId, kept: String) -> Result<api::KeptDraft, Refusal> {
    backend()?.read_kept_draft(id, kept).await.map_err(refused)
}

/// Keeps a draft that gives way to another.
#[server(endpoint = "keep_draft", prefix = "/rpc", input = Json)]
pub async fn keep_draft(request: api::KeepDraft) -> Result<api::KeptRow, Refusal> {
    backend()?.keep_draft(request).await.map_err(refused)
}

/// Returns what the caller saw of the flow when they left it.
#[server(endpoint = "read_look", prefix = "/rpc", input = Json)]
pub async fn read_look(id: FlowId) -> Result<Option<api::Look>, Refusal> {
    backend()?.read_look(id).await.map_err(refused)
}

/// Notes that the caller sees the draft as it is now.
#[server(endpoint = "save_look", prefix = "/rpc", input = Json)]
pub async fn save_look(id: FlowId) -> Result<(), Refusal> {
    backend()?.save_look(id).await.map_err(refused)
}
