//! Connections. They are made in the browser, where the org asks for consent.

use api::{
    Attributes, Budget, Choices, Connection, ConnectionTest, Deletion, LookUp, MOST_IDS, NewShare,
    ReadSchema,
};
use axum::Json;
use axum::extract::RawQuery;
use flow::{ConnectionId, Lookup, Schema};
use serde::Deserialize;
use url::form_urlencoded;

use super::answer::{Answer, Refusal};
use super::ask::{Asked, Caller, Named, Sent};

pub(super) async fn list(Caller(backend): Caller) -> Answer<Json<Vec<Connection>>> {
    Ok(Json(backend.list_connections().await?))
}

pub(super) async fn test(
    Caller(backend): Caller,
    Named(id): Named<ConnectionId>,
) -> Answer<Json<ConnectionTest>> {
    Ok(Json(backend.test_connection(id).await?))
}

pub(super) async fn delete(
    Caller(backend): Caller,
    Named(id): Named<ConnectionId>,
) -> Answer<Json<Deletion>> {
    Ok(Json(backend.delete_connection(id).await?))
}

pub(super) async fn budget(
    Caller(backend): Caller,
    Named(id): Named<ConnectionId>,
) -> Answer<Json<Budget>> {
    Ok(Json(backend.connection_budget(id).await?))
}

pub(super) async fn save_share(
    Caller(backend): Caller,
    Named(id): Named<ConnectionId>,
    Sent(share): Sent<NewShare>,
) -> Answer<Json<Budget>> {
    Ok(Json(backend.save_share(id, share).await?))
}

/// What is asked of a list after `?`; ids may be given several times, which the reader of queries does not know.
#[derive(Debug, Deserialize)]
pub(super) struct ChoicesAsked {
    what: Lookup,
    #[serde(default)]
    search: String,
    parent: Option<String>,
    after: Option<String>,
    #[serde(default)]
    fresh: bool,
}

pub(super) async fn list_choices(
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
pub(super) struct SchemaAsked {
    schema: Schema,
    app: Option<String>,
    #[serde(default)]
    fresh: bool,
}

pub(super) async fn list_attributes(
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
