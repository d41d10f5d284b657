//! Trying drafts out, running again, and what people keep of runs.

use api::{
    Again, AgainFrom, AgainPlan, AgainVersion, ClearRuns, ClearedRuns, FieldValue, NewTest,
    NewView, RenameTest, RunsView, Samples, SavedTest, Several, Trial, UsualDuration,
};
use axum::Json;
use axum::http::StatusCode;
use flow::{FlowId, RunId, StepId};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::answer::{Answer, Created, Located, located};
use super::ask::{Asked, Caller, Named, Sent, SentOrNothing};
use super::runs::StartedRun;

/// How a draft is tried out.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NewTrial {
    revision: Option<i64>,
    inputs: Map<String, Value>,
    inputs_of: Option<RunId>,
    until: Option<StepId>,
    only: Option<StepId>,
    given: Vec<FieldValue>,
    values_of: Option<RunId>,
    ignore_pins: bool,
}

pub(super) async fn start(
    Caller(backend): Caller,
    Named(flow): Named<FlowId>,
    SentOrNothing(new): SentOrNothing<NewTrial>,
) -> Answer<Located<StartedRun>> {
    let trial = Trial {
        flow,
        revision: new.revision,
        inputs: new.inputs,
        inputs_of: new.inputs_of,
        until: new.until,
        only: new.only,
        given: new.given,
        values_of: new.values_of,
        ignore_pins: new.ignore_pins,
    };
    Ok(accepted(backend.try_flow(trial).await?))
}

fn accepted(id: RunId) -> Located<StartedRun> {
    let path = format!("/runs/{id}");
    located(StatusCode::ACCEPTED, &path, StartedRun { id })
}

pub(super) async fn samples(
    Caller(backend): Caller,
    Named(flow): Named<FlowId>,
) -> Answer<Json<Samples>> {
    Ok(Json(backend.list_samples(flow).await?))
}

/// Inputs to keep.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Test {
    name: String,
    #[serde(default)]
    inputs: Map<String, Value>,
}

pub(super) async fn save_test(
    Caller(backend): Caller,
    Named(flow): Named<FlowId>,
    Sent(test): Sent<Test>,
) -> Answer<Created<SavedTest>> {
    let test = NewTest {
        flow,
        name: test.name,
        inputs: test.inputs,
    };
    Ok((StatusCode::CREATED, Json(backend.save_test(test).await?)))
}

/// Another name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rename {
    name: String,
}

pub(super) async fn rename_test(
    Caller(backend): Caller,
    Named((flow, id)): Named<(FlowId, String)>,
    Sent(Rename { name }): Sent<Rename>,
) -> Answer<Json<SavedTest>> {
    let request = RenameTest { flow, id, name };
    Ok(Json(backend.rename_test(request).await?))
}

pub(super) async fn delete_test(
    Caller(backend): Caller,
    Named((flow, id)): Named<(FlowId, String)>,
) -> Answer<StatusCode> {
    backend.delete_test(flow, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn plan(
    Caller(backend): Caller,
    Named(id): Named<RunId>,
) -> Answer<Json<AgainPlan>> {
    Ok(Json(backend.plan_again(id).await?))
}

/// How a run is repeated.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Repeat {
    from: AgainFrom,
    version: AgainVersion,
    inputs: Option<Map<String, Value>>,
    repeat_unsure: bool,
}

pub(super) async fn again(
    Caller(backend): Caller,
    Named(id): Named<RunId>,
    SentOrNothing(repeat): SentOrNothing<Repeat>,
) -> Answer<Located<StartedRun>> {
    let request = Again {
        id,
        from: repeat.from,
        version: repeat.version,
        inputs: repeat.inputs,
        repeat_unsure: repeat.repeat_unsure,
    };
    Ok(accepted(backend.run_again(request).await?))
}

/// Which data goes.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Clear {
    stop_saving: bool,
}

pub(super) async fn clear(
    Caller(backend): Caller,
    Named(flow): Named<FlowId>,
    SentOrNothing(clear): SentOrNothing<Clear>,
) -> Answer<Json<ClearedRuns>> {
    let request = ClearRuns {
        flow,
        stop_saving: clear.stop_saving,
    };
    Ok(Json(backend.clear_runs(request).await?))
}

/// Which flows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Usual {
    #[serde(default)]
    flows: Several<FlowId>,
}

pub(super) async fn usual(
    Caller(backend): Caller,
    Asked(usual): Asked<Usual>,
) -> Answer<Json<Vec<UsualDuration>>> {
    Ok(Json(backend.usual_durations(usual.flows.0).await?))
}

pub(super) async fn views(Caller(backend): Caller) -> Answer<Json<Vec<RunsView>>> {
    Ok(Json(backend.list_views().await?))
}

/// A view to keep.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct View {
    name: String,
    query: String,
}

pub(super) async fn save_view(
    Caller(backend): Caller,
    Sent(view): Sent<View>,
) -> Answer<Created<RunsView>> {
    let view = NewView {
        name: view.name,
        query: view.query,
    };
    Ok((StatusCode::CREATED, Json(backend.save_view(view).await?)))
}

pub(super) async fn delete_view(
    Caller(backend): Caller,
    Named(id): Named<String>,
) -> Answer<StatusCode> {
    backend.delete_view(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
