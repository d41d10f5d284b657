//! The table of routes.

mod budget;
mod tables;
mod trials;
mod versions;
mod web;

use axum::http::StatusCode;

use super::route::Shape::{Many, One};
use super::route::{Route, delete, get, post};
use super::schema::{many, number_within, text, truth, whole, words};
use super::{
    audit, connections, delegated, directories, flows, folders, home, lookups, openapi, packs,
    people, runs, search, server_facts, templates,
};

const OK: StatusCode = StatusCode::OK;
const CREATED: StatusCode = StatusCode::CREATED;
const ACCEPTED: StatusCode = StatusCode::ACCEPTED;

/// Returns every route, in the order of the document.
pub(super) fn all() -> Vec<Route> {
    let mut all = vec![
        get(
            "/openapi.json",
            "readDocument",
            "Returns this document.",
            openapi::read,
        )
        .answers(OK, One("OpenApi"))
        .open(),
    ];
    all.extend(folders::routes());
    all.extend(flow_routes());
    all.extend(versions::all());
    all.extend(run_routes());
    all.extend(trials::all());
    all.extend(pack_routes());
    all.extend(templates::routes());
    all.extend(server_facts::routes());
    all.extend(home::routes());
    all.extend(tables::all());
    all.extend(connection_routes());
    all.extend(web::all());
    all.extend(budget::all());
    all.extend(service_routes());
    all.extend(lookups::routes());
    all.extend(people::routes());
    all.extend(delegated::routes());
    all.extend(search::routes());
    all.push(audit::route());
    all.extend(directories::routes());
    all
}

fn flow_routes() -> [Route; 7] {
    [
        get(
            "/flows",
            "listFlows",
            "Lists flows by name, and all folders.",
            flows::list,
        )
        .asks("folder", text(""), "Only flows of this folder.")
        .asks(
            "text",
            text(""),
            "Only flows with these words in their name.",
        )
        .asks(
            "kind",
            words("", FLOW_KINDS),
            "Only flows that are started this way.",
        )
        .answers(OK, One("FlowList")),
        post(
            "/flows",
            "createFlow",
            "Makes a flow without cards.",
            flows::create,
        )
        .takes("NewFlow")
        .answers(CREATED, One("FlowRow")),
        get(
            "/flows/{id}",
            "readFlow",
            "Returns a flow with its draft.",
            flows::open,
        )
        .answers(OK, One("FlowView")),
        delete(
            "/flows/{id}",
            "deleteFlow",
            "Deletes a flow.",
            flows::delete,
        ),
        get(
            "/flows/{id}/problems",
            "listProblems",
            "Lists what is wrong with the draft of a flow. Errors keep it from being turned on, warnings do not.",
            flows::problems,
        )
        .answers(OK, Many("PlacedProblem")),
        post("/flows/{id}/on", "turnFlowOn", ON, flows::turn_on).answers(OK, One("FlowRow")),
        post(
            "/flows/{id}/off",
            "turnFlowOff",
            "Turns a flow off.",
            flows::turn_off,
        )
        .answers(OK, One("FlowRow")),
    ]
}

const ON: &str =
    "Turns a flow on. Its newest version runs; an unsaved draft becomes a version first.";

/// The ways in which a flow is started.
pub(super) const FLOW_KINDS: &[&str] = &[
    "event",
    "scheduled",
    "api_endpoint",
    "helper",
    "delegated",
    "manual",
];

fn run_routes() -> [Route; 5] {
    [
        post(
            "/flows/{id}/runs",
            "startRun",
            "Starts a run and does not wait for it.",
            runs::start,
        )
        .may_take("NewRun")
        .answers(ACCEPTED, One("StartedRun")),
        list_runs(),
        get(
            "/runs/{id}",
            "readRun",
            "Returns a run with what each card did.",
            runs::open,
        )
        .answers(OK, One("RunView")),
        post(
            "/runs/{id}/cancel",
            "cancelRun",
            "Ends a run, with the helper runs that it waits for and the runs that wait for it.",
            runs::cancel,
        )
        .answers(OK, One("RunRow")),
        post(
            "/runs/{id}/decision",
            "settleRun",
            "Lets a run with status outcome_unknown go on, once somebody found out what became of its call.",
            runs::settle,
        )
        .takes("Settlement")
        .answers(OK, One("RunRow")),
    ]
}

fn list_runs() -> Route {
    let list = get("/runs", "listRuns", "Lists runs, newest first.", runs::list)
        .asks("flow", text(""), "Only runs of this flow.")
        .asks(
            "status",
            words("", RUN_STATUSES),
            "Only runs with this status.",
        )
        .asks("parent", text(""), "Only runs that this run called.")
        .asks(
            "with_helpers",
            truth(""),
            "Also runs that other flows called.",
        )
        .asks(
            "flows",
            text(""),
            "Only runs of these flows, with commas between them.",
        )
        .asks(
            "folder",
            text(""),
            "Only runs of flows in this folder and those inside it.",
        )
        .asks(
            "statuses",
            text(""),
            "Only runs with one of these statuses, with commas between them.",
        )
        .asks(
            "causes",
            text(""),
            "Only runs that one of these started, with commas between them.",
        )
        .asks("version", whole(""), "Only runs of this version.")
        .asks("person", text(""), "Only runs that this person started.")
        .asks(
            "about",
            text(""),
            "Only runs about exactly this person or thing.",
        )
        .asks(
            "text",
            text(""),
            "Only runs in which this is found. Errors and values are searched among the newest.",
        );
    within(list)
}

/// A span of the list: by time, by runs, by pages.
fn within(list: Route) -> Route {
    list.asks(
        "within_ms",
        whole(""),
        "Not older than so many milliseconds.",
    )
    .asks("from", whole(""), "Not older, in milliseconds since 1970.")
    .asks("to", whole(""), "Older, in milliseconds since 1970.")
    .asks("newest", text(""), "Not newer than this run.")
    .asks("since", text(""), "Newer than this run.")
    .asks("after", text(""), "The cursor `next` of the page before.")
    .asks(
        "limit",
        number_within(1, 200),
        "At most this many; 50 where absent.",
    )
    .answers(OK, One("RunList"))
}

/// Where a run may stand.
pub(super) const RUN_STATUSES: &[&str] = &[
    "queued",
    "running",
    "waiting",
    "succeeded",
    "stopped",
    "failed",
    "outcome_unknown",
    "canceled",
];

/// Largest pack.
const MAX_PACK: usize = 64 * 1024 * 1024;

fn pack_routes() -> [Route; 2] {
    [
        post(
            "/packs",
            "importPack",
            "Imports a pack. Its flows are off afterwards.",
            packs::import,
        )
        .asks(
            "folder",
            text(""),
            "Import into this folder; a new one named after the pack where absent.",
        )
        .asks(
            "connection",
            many("", text("")),
            "A connection for every pack connection of its module.",
        )
        .asks(
            "assign",
            many("", text("")),
            "One pack connection: its id in the pack, `=`, a connection.",
        )
        .asks(
            "table",
            many("", text("")),
            "One pack table: its id in the pack, `=`, a table to use instead of a new one.",
        )
        .takes("Pack")
        .up_to(MAX_PACK)
        .answers(CREATED, One("ImportReport")),
        post(
            "/packs/look",
            "lookAtPack",
            "Says what is in a pack and imports nothing.",
            packs::look,
        )
        .takes("Pack")
        .up_to(MAX_PACK)
        .answers(OK, One("PackView")),
    ]
}

fn connection_routes() -> [Route; 5] {
    [
        get(
            "/connections",
            "listConnections",
            "Lists connections, without secrets.",
            connections::list,
        )
        .answers(OK, Many("Connection")),
        get(
            "/connections/{id}",
            "readConnection",
            "Returns a connection with what its cards need.",
            connections::open,
        )
        .answers(OK, One("ConnectionDetail")),
        post(
            "/connections/{id}/reauthorize",
            "reauthorizeConnection",
            REAUTHORIZE,
            connections::reauthorize,
        )
        .answers(OK, One("Address")),
        post(
            "/connections/{id}/test",
            "testConnection",
            "Asks the org whether it accepts us.",
            connections::test,
        )
        .answers(OK, One("ConnectionTest")),
        delete(
            "/connections/{id}",
            "deleteConnection",
            DELETE_CONNECTION,
            connections::delete,
        )
        .answers(OK, One("Deletion")),
    ]
}

/// Connections of service apps, which nobody has to sign in for.
fn service_routes() -> [Route; 2] {
    [
        post(
            "/connections",
            "createConnection",
            "Connects an org for a service app.",
            connections::create,
        )
        .takes("NewServiceConnection")
        .answers(CREATED, One("ServiceConnection")),
        post(
            "/connections/keys",
            "makeKey",
            "Makes a key for a service app.",
            connections::make_key,
        )
        .answers(CREATED, One("ServiceKey")),
    ]
}

const REAUTHORIZE: &str = "Asks the org for the scopes that cards need. A service app has them at once; else a person has to open the address.";

const DELETE_CONNECTION: &str = "Deletes a connection and revokes its tokens at the org.";
