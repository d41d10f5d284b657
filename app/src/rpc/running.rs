//! Trying flows out, running again, what people keep of runs.

use flow::{FlowId, RunId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Runs the draft of a flow, or a part of it.
#[server(endpoint = "try_flow", prefix = "/rpc", input = Json)]
pub async fn try_flow(trial: api::Trial) -> Result<RunId, Refusal> {
    backend()?.try_flow(trial).await.map_err(refused)
}

/// Returns what a flow can be tried with.
#[server(endpoint = "list_samples", prefix = "/rpc", input = Json)]
pub async fn list_samples(flow: FlowId) -> Result<api::Samples, Refusal> {
    backend()?.list_samples(flow).await.map_err(refused)
}

/// Keeps inputs with a flow.
#[server(endpoint = "save_test", prefix = "/rpc", input = Json)]
pub async fn save_test(test: api::NewTest) -> Result<api::SavedTest, Refusal> {
    backend()?.save_test(test).await.map_err(refused)
}

/// Gives saved inputs another name.
#[server(endpoint = "rename_test", prefix = "/rpc", input = Json)]
pub async fn rename_test(request: api::RenameTest) -> Result<api::SavedTest, Refusal> {
    backend()?.rename_test(request).await.map_err(refused)
}

/// Deletes saved inputs.
#[server(endpoint = "delete_test", prefix = "/rpc", input = Json)]
pub async fn delete_test(flow: FlowId, id: String) -> Result<(), Refusal> {
    backend()?.delete_test(flow, id).await.map_err(refused)
}

/// Tells how a run can be repeated.
#[server(endpoint = "plan_again", prefix = "/rpc", input = Json)]
pub async fn plan_again(id: RunId) -> Result<api::AgainPlan, Refusal> {
    backend()?.plan_again(id).await.map_err(refused)
}

/// Repeats a run.
#[server(endpoint = "run_again", prefix = "/rpc", input = Json)]
pub async fn run_again(request: api::Again) -> Result<RunId, Refusal> {
    backend()?.run_again(request).await.map_err(refused)
}

/// Takes away the data of the runs of a flow.
#[server(endpoint = "clear_runs", prefix = "/rpc", input = Json)]
pub async fn clear_runs(request: api::ClearRuns) -> Result<api::ClearedRuns, Refusal> {
    backend()?.clear_runs(request).await.map_err(refused)
}

/// Tells how long runs of flows usually take.
#[server(endpoint = "usual_durations", prefix = "/rpc", input = Json)]
pub async fn usual_durations(flows: Vec<FlowId>) -> Result<Vec<api::UsualDuration>, Refusal> {
    backend()?.usual_durations(flows).await.map_err(refused)
}

/// Lists the filters that the person saved.
#[server(endpoint = "list_views", prefix = "/rpc", input = Json)]
pub async fn list_views() -> Result<Vec<api::RunsView>, Refusal> {
    backend()?.list_views().await.map_err(refused)
}

/// Saves a filter for the person.
#[server(endpoint = "save_view", prefix = "/rpc", input = Json)]
pub async fn save_view(view: api::NewView) -> Result<api::RunsView, Refusal> {
    backend()?.save_view(view).await.map_err(refused)
}

/// Deletes a saved filter.
#[server(endpoint = "delete_view", prefix = "/rpc", input = Json)]
pub async fn delete_view(id: String) -> Result<(), Refusal> {
    backend()?.delete_view(id).await.map_err(refused)
}
