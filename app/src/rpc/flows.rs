//! Flows, versions, packs.

use flow::FlowId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Lists flows and folders.
#[server(endpoint = "list_flows", prefix = "/rpc", input = Json)]
pub async fn list_flows(query: api::FlowQuery) -> Result<api::FlowList, Refusal> {
    backend()?.list_flows(query).await.map_err(refused)
}

/// Makes an empty flow.
#[server(endpoint = "create_flow", prefix = "/rpc", input = Json)]
pub async fn create_flow(request: api::NewFlow) -> Result<api::FlowRow, Refusal> {
    backend()?.create_flow(request).await.map_err(refused)
}

/// Opens a flow for editing.
#[server(endpoint = "open_flow", prefix = "/rpc", input = Json)]
pub async fn open_flow(id: FlowId) -> Result<api::FlowView, Refusal> {
    backend()?.open_flow(id).await.map_err(refused)
}

/// Keeps a draft and returns its new revision.
#[server(endpoint = "save_draft", prefix = "/rpc", input = Json)]
pub async fn save_draft(request: api::SaveDraft) -> Result<i64, Refusal> {
    backend()?.save_draft(request).await.map_err(refused)
}

/// Turns a flow on or off.
#[server(endpoint = "turn", prefix = "/rpc", input = Json)]
pub async fn turn(request: api::TurnOn) -> Result<api::FlowRow, Refusal> {
    backend()?.turn(request).await.map_err(refused)
}

/// Returns what is wrong with the draft of a flow.
#[server(endpoint = "list_problems", prefix = "/rpc", input = Json)]
pub async fn list_problems(id: FlowId) -> Result<Vec<api::PlacedProblem>, Refusal> {
    backend()?.list_problems(id).await.map_err(refused)
}

/// Deletes a flow.
#[server(endpoint = "delete_flow", prefix = "/rpc", input = Json)]
pub async fn delete_flow(id: FlowId) -> Result<(), Refusal> {
    backend()?.delete_flow(id).await.map_err(refused)
}

/// Reads a pack without importing it.
#[server(endpoint = "look_at_pack", prefix = "/rpc", input = Json)]
pub async fn look_at_pack(pack: String) -> Result<api::PackView, Refusal> {
    backend()?.look_at_pack(pack).await.map_err(refused)
}

/// Imports a pack.
#[server(endpoint = "import_pack", prefix = "/rpc", input = Json)]
pub async fn import_pack(
    pack: String,
    assignments: api::Assignments,
) -> Result<api::ImportReport, Refusal> {
    backend()?
        .import_pack(pack, assignments)
        .await
        .map_err(refused)
}
