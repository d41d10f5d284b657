//! Connections. They are made in the browser, where the org asks for consent.

use api::{Budget, Connection, ConnectionTest, Deletion, NewShare};
use axum::Json;
use flow::ConnectionId;

use super::answer::Answer;
use super::ask::{Caller, Named, Sent};

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
