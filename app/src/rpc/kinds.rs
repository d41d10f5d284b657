//! Schedules, delegated flows, export.

use flow::{FlowId, PersonId, RunId, Schedule};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Returns what a schedule means.
#[server(endpoint = "plan_schedule", prefix = "/rpc", input = Json)]
pub async fn plan_schedule(schedule: Schedule) -> Result<api::SchedulePlan, Refusal> {
    backend()?.plan_schedule(schedule).await.map_err(refused)
}

/// Lists the names of time zones.
#[server(endpoint = "time_zones", prefix = "/rpc", input = Json)]
pub async fn time_zones() -> Result<Vec<String>, Refusal> {
    backend()?.time_zones().await.map_err(refused)
}

/// Lists the delegated flows that the caller may run.
#[server(endpoint = "list_delegated", prefix = "/rpc", input = Json)]
pub async fn list_delegated() -> Result<Vec<api::DelegatedFlow>, Refusal> {
    backend()?.list_delegated().await.map_err(refused)
}

/// Runs a delegated flow.
#[server(endpoint = "run_delegated", prefix = "/rpc", input = Json)]
pub async fn run_delegated(request: api::StartRun) -> Result<api::DelegatedRun, Refusal> {
    backend()?.run_delegated(request).await.map_err(refused)
}

/// Returns a run that the caller started.
#[server(endpoint = "open_delegated", prefix = "/rpc", input = Json)]
pub async fn open_delegated(run: RunId) -> Result<api::DelegatedRun, Refusal> {
    backend()?.open_delegated(run).await.map_err(refused)
}

/// Lists who may run a delegated flow.
#[server(endpoint = "list_delegates", prefix = "/rpc", input = Json)]
pub async fn list_delegates(flow: FlowId) -> Result<Vec<api::Delegate>, Refusal> {
    backend()?.list_delegates(flow).await.map_err(refused)
}

/// Says who may run a delegated flow.
#[server(endpoint = "save_delegates", prefix = "/rpc", input = Json)]
pub async fn save_delegates(
    flow: FlowId,
    people: Vec<PersonId>,
) -> Result<Vec<api::Delegate>, Refusal> {
    backend()?
        .save_delegates(flow, people)
        .await
        .map_err(refused)
}

/// Exports a flow or a folder.
#[server(endpoint = "export_pack", prefix = "/rpc", input = Json)]
pub async fn export_pack(request: api::ExportRequest) -> Result<api::ExportedPack, Refusal> {
    backend()?.export_pack(request).await.map_err(refused)
}
