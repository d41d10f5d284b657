//! Flows and versions.

use api::{
    DraftView, FlowList, FlowQuery, FlowRow, FlowView, NewFlow, PlacedProblem, SaveDraft, TurnOn,
};
use axum::Json;
use axum::http::StatusCode;
use flow::{Flow, FlowId};
use serde::{Deserialize, Serialize};

use super::answer::{Answer, Located, Refusal, located};
use super::ask::{Asked, Caller, Named, Sent};

/// A draft and the revision it started from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDraft {
    revision: i64,
    draft: Flow,
}

/// The revision that a draft has now.
#[derive(Serialize)]
pub(super) struct DraftRevision {
    pub(super) revision: i64,
}

pub(super) async fn list(
    Caller(backend): Caller,
    Asked(query): Asked<FlowQuery>,
) -> Answer<Json<FlowList>> {
    Ok(Json(backend.list_flows(query).await?))
}

pub(super) async fn create(
    Caller(backend): Caller,
    Sent(new): Sent<NewFlow>,
) -> Answer<Located<FlowRow>> {
    let row = backend.create_flow(new).await?;
    Ok(located(
        StatusCode::CREATED,
        &format!("/flows/{}", row.id),
        row,
    ))
}

pub(super) async fn open(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
) -> Answer<Json<FlowView>> {
    Ok(Json(backend.open_flow(id).await?))
}

pub(super) async fn delete(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
) -> Answer<StatusCode> {
    backend.delete_flow(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn problems(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
) -> Answer<Json<Vec<PlacedProblem>>> {
    Ok(Json(backend.list_problems(id).await?))
}

pub(super) async fn turn_on(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
) -> Answer<Json<FlowRow>> {
    Ok(Json(backend.turn(TurnOn { id, on: true }).await?))
}

pub(super) async fn turn_off(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
) -> Answer<Json<FlowRow>> {
    Ok(Json(backend.turn(TurnOn { id, on: false }).await?))
}

pub(super) async fn save_draft(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
    Sent(new): Sent<NewDraft>,
) -> Answer<Json<DraftRevision>> {
    if new.draft.id != id {
        return Err(Refusal::invalid(format!(
            "The draft has the id {}, the path has {id}. Give the draft the id of the flow.",
            new.draft.id
        )));
    }
    let request = SaveDraft {
        id,
        revision: new.revision,
        draft: new.draft,
    };
    let revision = backend.save_draft(request).await?;
    Ok(Json(DraftRevision { revision }))
}

pub(super) async fn read_draft(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
) -> Answer<Json<DraftView>> {
    Ok(Json(backend.read_draft(id).await?))
}
