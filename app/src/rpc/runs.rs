//! Runs.

use flow::RunId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Starts a run by hand.
#[server(endpoint = "start_run", prefix = "/rpc", input = Json)]
pub async fn start_run(request: api::StartRun) -> Result<RunId, Refusal> {
    backend()?.start_run(request).await.map_err(refused)
}

/// Lists runs, newest first.
#[server(endpoint = "list_runs", prefix = "/rpc", input = Json)]
pub async fn list_runs(filter: api::RunFilter) -> Result<api::RunList, Refusal> {
    backend()?.list_runs(filter).await.map_err(refused)
}

/// Returns a run with everything that happened in it.
#[server(endpoint = "open_run", prefix = "/rpc", input = Json)]
pub async fn open_run(id: RunId) -> Result<api::RunView, Refusal> {
    backend()?.open_run(id).await.map_err(refused)
}

/// Says what became of the call at which a run stands.
#[server(endpoint = "settle_run", prefix = "/rpc", input = Json)]
pub async fn settle_run(request: api::SettleRun) -> Result<api::RunRow, Refusal> {
    backend()?.settle_run(request).await.map_err(refused)
}

/// Ends a run, with the helper runs that it waits for and the runs that wait for it.
#[server(endpoint = "cancel_run", prefix = "/rpc", input = Json)]
pub async fn cancel_run(id: RunId) -> Result<api::RunRow, Refusal> {
    backend()?.cancel_run(id).await.map_err(refused)
}

/// Returns one pass of a card that goes round.
#[server(endpoint = "open_pass", prefix = "/rpc", input = Json)]
pub async fn open_pass(query: api::PassQuery) -> Result<api::Pass, Refusal> {
    backend()?.open_pass(query).await.map_err(refused)
}

/// Returns where a value of a run came from.
#[server(endpoint = "trace_value", prefix = "/rpc", input = Json)]
pub async fn trace_value(value: api::ValueRef) -> Result<Vec<api::Origin>, Refusal> {
    backend()?.trace_value(value).await.map_err(refused)
}

/// Returns a value that is masked in the run; the audit log says who asked.
#[server(endpoint = "show_value", prefix = "/rpc", input = Json)]
pub async fn show_value(value: api::ValueRef) -> Result<serde_json::Value, Refusal> {
    backend()?.show_value(value).await.map_err(refused)
}
