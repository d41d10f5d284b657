//! Finding things.

use api::{FlowHits, FlowSearch, QuickFind, QuickFound};
use axum::Json;
use axum::http::StatusCode;
use flow::{CardKey, ConnectionId, FlowId, TableId};
use serde::Deserialize;

use super::answer::Answer;
use super::ask::{Asked, Caller};
use super::route::Shape::One;
use super::route::{Route, get};
use super::schema::{number_within, text, truth, words};

const OK: StatusCode = StatusCode::OK;

/// Returns the routes.
pub(super) fn routes() -> [Route; 2] {
    [flows_route(), things_route()]
}

fn flows_route() -> Route {
    get(
        "/search/flows",
        "searchFlows",
        "Finds places in all flows: who uses this? What is given must be on one card.",
        search_flows,
    )
    .asks(
        "text",
        text(""),
        "In names, titles, fields, values, notes, and names of connections, tables and called flows.",
    )
    .asks("card", text(""), "Only cards of this key, for instance `okta:readUser`.")
    .asks("connection", text(""), "Only cards with this connection.")
    .asks("table", text(""), "Only cards that work with this table.")
    .asks("helper", text(""), "Only cards that call this flow.")
    .asks("in_japanese", truth(""), "Names cards and fields in Japanese.")
    .asks("after", text(""), "The cursor `next` of the page before.")
    .asks("limit", number_within(1, 50), "At most so many flows; 20 where absent.")
    .answers(OK, One("FlowHits"))
}

fn things_route() -> Route {
    get(
        "/search",
        "findThings",
        "Finds flows, connections, tables and people by name, and runs by the beginning of their id.",
        find_things,
    )
    .asks("text", text(""), "Words of the name; beginnings and small mistakes count.")
    .asks("only", words("", KINDS), "Only things of this kind.")
    .answers(OK, One("QuickFound"))
}

/// The kinds of things.
pub(super) const KINDS: &[&str] = &["flow", "run", "person", "connection", "table"];

/// What is asked after `?`.
#[derive(Debug, Deserialize)]
struct Search {
    #[serde(default)]
    text: String,
    card: Option<CardKey>,
    connection: Option<ConnectionId>,
    table: Option<TableId>,
    helper: Option<FlowId>,
    #[serde(default)]
    in_japanese: bool,
    after: Option<String>,
    limit: Option<usize>,
}

async fn search_flows(
    Caller(backend): Caller,
    Asked(asked): Asked<Search>,
) -> Answer<Json<FlowHits>> {
    let search = FlowSearch {
        text: asked.text,
        card: asked.card,
        connection: asked.connection,
        table: asked.table,
        helper: asked.helper,
        in_japanese: asked.in_japanese,
        after: asked.after,
        limit: asked.limit,
    };
    Ok(Json(backend.search_flows(search).await?))
}

async fn find_things(
    Caller(backend): Caller,
    Asked(find): Asked<QuickFind>,
) -> Answer<Json<QuickFound>> {
    Ok(Json(backend.quick_find(find).await?))
}
