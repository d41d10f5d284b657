//! Delegated flows, and exporting packs.

use api::{Delegate, DelegatedFlow, DelegatedRun, ExportRequest, StartRun};
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use flow::{FlowId, FolderId, PersonId, RunId};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::answer::{Answer, Located, located};
use super::ask::{Caller, Named, Sent, SentOrNothing};
use super::route::Shape::{Many, One};
use super::route::{Route, get, post, put};

const OK: StatusCode = StatusCode::OK;

/// Returns the routes about delegated flows and exports.
pub(super) fn routes() -> [Route; 7] {
    [
        get(
            "/delegated",
            "listDelegated",
            "Lists the delegated flows that the caller may run.",
            list,
        )
        .answers(OK, Many("DelegatedFlow")),
        post("/delegated/{id}/runs", "runDelegated", RUN, run)
            .may_take("NewRun")
            .answers(StatusCode::ACCEPTED, One("DelegatedRun")),
        get(
            "/delegated/runs/{id}",
            "readDelegatedRun",
            "Returns a run that the caller started.",
            open,
        )
        .answers(OK, One("DelegatedRun")),
        get(
            "/flows/{id}/delegates",
            "listDelegates",
            "Lists who may run a delegated flow.",
            delegates,
        )
        .answers(OK, Many("Delegate")),
        put("/flows/{id}/delegates", "saveDelegates", SAVE, delegate)
            .takes("NewDelegates")
            .answers(OK, Many("Delegate")),
        get(
            "/flows/{id}/pack",
            "exportFlow",
            "Returns a flow as a pack, without secrets and rows.",
            flow,
        )
        .answers(OK, One("Pack")),
        get("/folders/{id}/pack", "exportFolder", FOLDER, folder).answers(OK, One("Pack")),
    ]
}

const RUN: &str = "Starts a delegated flow and does not wait for it.";
const SAVE: &str = "Grants a delegated flow to these people and to nobody else.";
const FOLDER: &str =
    "Returns a folder with everything in it and below it as a pack, without secrets and rows.";

/// Whom a flow is granted to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewDelegates {
    people: Vec<PersonId>,
}

/// What a run starts with.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewRun {
    #[serde(default)]
    inputs: Map<String, Value>,
}

async fn list(Caller(backend): Caller) -> Answer<Json<Vec<DelegatedFlow>>> {
    Ok(Json(backend.list_delegated().await?))
}

async fn run(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
    SentOrNothing(new): SentOrNothing<NewRun>,
) -> Answer<Located<DelegatedRun>> {
    let inputs = new.inputs;
    let run = backend.run_delegated(StartRun { id, inputs }).await?;
    let path = format!("/delegated/runs/{}", run.id);
    Ok(located(StatusCode::ACCEPTED, &path, run))
}

async fn open(Caller(backend): Caller, Named(id): Named<RunId>) -> Answer<Json<DelegatedRun>> {
    Ok(Json(backend.open_delegated(id).await?))
}

async fn delegates(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
) -> Answer<Json<Vec<Delegate>>> {
    Ok(Json(backend.list_delegates(id).await?))
}

async fn delegate(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
    Sent(new): Sent<NewDelegates>,
) -> Answer<Json<Vec<Delegate>>> {
    Ok(Json(backend.save_delegates(id, new.people).await?))
}

async fn flow(Caller(backend): Caller, Named(id): Named<FlowId>) -> Answer<Response> {
    let pack = backend.export_pack(ExportRequest::Flow { id }).await?;
    Ok(pack_text(pack.text))
}

async fn folder(Caller(backend): Caller, Named(id): Named<FolderId>) -> Answer<Response> {
    let pack = backend.export_pack(ExportRequest::Folder { id }).await?;
    Ok(pack_text(pack.text))
}

fn pack_text(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}
