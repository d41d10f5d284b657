//! Starting runs and looking at them.

use api::{
    Decision, Origin, Pass, PassQuery, RunFilter, RunList, RunRow, RunView, SettleRun, StartRun,
    ValueRef,
};
use axum::Json;
use axum::http::StatusCode;
use flow::{FieldKey, FlowId, RunId, StepId};
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

/// Which pass of a card.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WhichPass {
    step: StepId,
    #[serde(default)]
    number: Option<u64>,
}

pub(super) async fn pass(
    Caller(backend): Caller,
    Named(run): Named<RunId>,
    Asked(which): Asked<WhichPass>,
) -> Answer<Json<Pass>> {
    let query = PassQuery {
        run,
        step: which.step,
        number: which.number,
    };
    Ok(Json(backend.open_pass(query).await?))
}

/// Which value of a run.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WhichValue {
    step: StepId,
    field: FieldKey,
    #[serde(default)]
    is_input: bool,
    #[serde(default)]
    path: Vec<String>,
}

impl WhichValue {
    fn of(self, run: RunId) -> ValueRef {
        ValueRef {
            run,
            step: self.step,
            field: self.field,
            is_input: self.is_input,
            path: self.path,
        }
    }
}

pub(super) async fn trace(
    Caller(backend): Caller,
    Named(run): Named<RunId>,
    Sent(which): Sent<WhichValue>,
) -> Answer<Json<Vec<Origin>>> {
    Ok(Json(backend.trace_value(which.of(run)).await?))
}

/// A value as it is.
#[derive(Serialize)]
pub(super) struct ShownValue {
    value: Value,
}

pub(super) async fn show(
    Caller(backend): Caller,
    Named(run): Named<RunId>,
    Sent(which): Sent<WhichValue>,
) -> Answer<Json<ShownValue>> {
    let value = backend.show_value(which.of(run)).await?;
    Ok(Json(ShownValue { value }))
}
