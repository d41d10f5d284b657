//! Starting runs and looking at them.

use api::{Decision, RunFilter, RunList, RunRow, RunView, SettleRun, StartRun};
use axum::Json;
use axum::http::StatusCode;
use flow::{FlowId, RunId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::{Answer, Located, located};
use super::ask::{Asked, Caller, Named, Sent, SentOrNothing, page_up_to};

/// What a run starts with.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRun {
    #[serde(default)]
    inputs: serde_json::Map<String, Value>,
}

/// A run that was accepted.
#[derive(Serialize)]
pub(super) struct StartedRun {
    pub(super) id: RunId,
}

pub(super) async fn start(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
    SentOrNothing(new): SentOrNothing<NewRun>,
) -> Answer<Located<StartedRun>> {
    let request = StartRun {
        id,
        inputs: new.inputs,
    };
    let id = backend.start_run(request).await?;
    let path = format!("/runs/{id}");
    Ok(located(StatusCode::ACCEPTED, &path, StartedRun { id }))
}

pub(super) async fn list(
    Caller(backend): Caller,
    Asked(filter): Asked<RunFilter>,
) -> Answer<Json<RunList>> {
    page_up_to(filter.limit, 200)?;
    Ok(Json(backend.list_runs(filter).await?))
}

pub(super) async fn open(
    Caller(backend): Caller,
    Named(id): Named<RunId>,
) -> Answer<Json<RunView>> {
    Ok(Json(backend.open_run(id).await?))
}

/// What became of the call at which a run stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settlement {
    decision: Decision,
    #[serde(default)]
    outputs: serde_json::Map<String, Value>,
}

pub(super) async fn cancel(
    Caller(backend): Caller,
    Named(id): Named<RunId>,
) -> Answer<Json<RunRow>> {
    Ok(Json(backend.cancel_run(id).await?))
}

pub(super) async fn settle(
    Caller(backend): Caller,
    Named(id): Named<RunId>,
    Sent(settlement): Sent<Settlement>,
) -> Answer<Json<RunRow>> {
    let request = SettleRun {
        id,
        decision: settlement.decision,
        outputs: settlement.outputs,
    };
    Ok(Json(backend.settle_run(request).await?))
}
