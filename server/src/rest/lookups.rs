//! What an org offers to those who design flows.

use api::{Attributes, Choices, LookUp, MOST_IDS, ReadSchema};
use axum::Json;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use flow::{ConnectionId, Lookup, Schema};
use serde::Deserialize;
use url::form_urlencoded;

use super::answer::{Answer, Refusal};
use super::ask::{Asked, Caller, Named};
use super::route::Shape::One;
use super::route::{Route, get};
use super::schema::{many, text, truth, words};

const OK: StatusCode = StatusCode::OK;

/// Returns the routes.
pub(super) fn routes() -> [Route; 2] {
    [choices_route(), attributes_route()]
}

fn choices_route() -> Route {
    get(
        "/connections/{id}/choices",
        "listChoices",
        "Lists what of the org the option of a card can be set to.",
        list_choices,
    )
    .asks("what", words("", LISTS), "Which list.")
    .asks(
        "search",
        text(""),
        "Only what has this text in its name, or is its id.",
    )
    .asks(
        "parent",
        text(""),
        "The kind of application, for `app_instances`.",
    )
    .asks("id", many("", text("")), "Only these, at most 50.")
    .asks("after", text(""), "The cursor `next` of the page before.")
    .asks("fresh", truth(""), FRESH)
    .answers(OK, One("Choices"))
}

fn attributes_route() -> Route {
    get(
        "/connections/{id}/attributes",
        "listAttributes",
        "Lists the attributes of a profile schema of the org, its own ones too.",
        list_attributes,
    )
    .asks("schema", words("", SCHEMAS), "Which schema.")
    .asks(
        "app",
        text(""),
        "Id of the application, for the schema of its users.",
    )
    .asks("fresh", truth(""), FRESH)
    .answers(OK, One("Attributes"))
}

/// The lists of an org.
const LISTS: &[&str] = &[
    "apps",
    "app_names",
    "app_instances",
    "identity_sources",
    "groups",
    "group_rules",
    "primary_names",
    "associated_names",
];

/// The profile schemas of an org.
const SCHEMAS: &[&str] = &["user", "group", "app_user"];

const FRESH: &str = "Ask the org even where its answer of the last five minutes is known.";

/// What is asked of a list after `?`; ids may be given several times, which the reader of queries does not know.
#[derive(Debug, Deserialize)]
struct ChoicesAsked {
    what: Lookup,
    #[serde(default)]
    search: String,
    parent: Option<String>,
    after: Option<String>,
    #[serde(default)]
    fresh: bool,
}

async fn list_choices(
    Caller(backend): Caller,
    Named(connection): Named<ConnectionId>,
    Asked(asked): Asked<ChoicesAsked>,
    RawQuery(query): RawQuery,
) -> Answer<Json<Choices>> {
    let query = query.unwrap_or_default();
    let ids: Vec<String> = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name == "id")
        .map(|(_, value)| value.into_owned())
        .collect();
    if ids.len() > MOST_IDS {
        return Err(Refusal::invalid(format!(
            "Ask for at most {MOST_IDS} ids at once."
        )));
    }
    let request = LookUp {
        connection,
        what: asked.what,
        search: asked.search,
        parent: asked.parent,
        ids,
        after: asked.after,
        fresh: asked.fresh,
    };
    Ok(Json(backend.look_up(request).await?))
}

/// What is asked of a schema after `?`.
#[derive(Debug, Deserialize)]
struct SchemaAsked {
    schema: Schema,
    app: Option<String>,
    #[serde(default)]
    fresh: bool,
}

async fn list_attributes(
    Caller(backend): Caller,
    Named(connection): Named<ConnectionId>,
    Asked(asked): Asked<SchemaAsked>,
) -> Answer<Json<Attributes>> {
    let request = ReadSchema {
        connection,
        schema: asked.schema,
        app: asked.app,
        fresh: asked.fresh,
    };
    Ok(Json(backend.read_schema(request).await?))
}
