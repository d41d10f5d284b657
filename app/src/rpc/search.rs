//! Finding places in all flows, and things by their name.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Finds places in all flows.
#[server(endpoint = "search_flows", prefix = "/rpc", input = Json)]
pub async fn search_flows(search: api::FlowSearch) -> Result<api::FlowHits, Refusal> {
    backend()?.search_flows(search).await.map_err(refused)
}

/// Lists what people changed.
#[server(endpoint = "list_audit", prefix = "/rpc", input = Json)]
pub async fn list_audit(search: api::AuditSearch) -> Result<api::AuditPage, Refusal> {
    backend()?.list_audit(search).await.map_err(refused)
}

/// Finds things by their name.
#[server(endpoint = "quick_find", prefix = "/rpc", input = Json)]
pub async fn quick_find(find: api::QuickFind) -> Result<api::QuickFound, Refusal> {
    backend()?.quick_find(find).await.map_err(refused)
}
