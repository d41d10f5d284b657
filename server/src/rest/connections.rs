//! Connections. Those of a person are made in the browser, where the org asks for consent; those of a service app also here.

use api::{
    AllowedAddresses, Budget, Connection, ConnectionDetail, ConnectionTest, Deletion, NewKey,
    NewShare, ServiceAnswer, ServiceKey, ServiceRequest, WebConnection,
};
use axum::Json;
use axum::http::StatusCode;
use flow::ConnectionId;
use serde::{Deserialize, Serialize};

use super::answer::{Answer, Created, Located, created, located};
use super::ask::{Caller, Named, Sent};

/// Connects an org for a service app.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewService {
    name: String,
    domain: String,
    client_id: String,
    key: ServiceKey,
    #[serde(default)]
    scopes: Option<Vec<String>>,
}

pub(super) async fn open(
    Caller(backend): Caller,
    Named(id): Named<ConnectionId>,
) -> Answer<Json<ConnectionDetail>> {
    Ok(Json(backend.open_connection(id).await?))
}

pub(super) async fn create(
    Caller(backend): Caller,
    Sent(new): Sent<NewService>,
) -> Answer<Located<ServiceAnswer>> {
    let request = ServiceRequest {
        name: new.name,
        domain: new.domain,
        client_id: new.client_id,
        key: new.key,
        scopes: new.scopes,
    };
    let made = backend.authorize_service(request).await?;
    Ok(located(
        StatusCode::CREATED,
        &format!("/connections/{}", made.connection),
        made,
    ))
}

pub(super) async fn make_key(Caller(backend): Caller) -> Answer<Created<NewKey>> {
    Ok(created(backend.make_key().await?))
}

pub(super) async fn list(Caller(backend): Caller) -> Answer<Json<Vec<Connection>>> {
    Ok(Json(backend.list_connections().await?))
}

/// Where to go on.
#[derive(Serialize)]
pub(super) struct Address {
    address: String,
}

pub(super) async fn reauthorize(
    Caller(backend): Caller,
    Named(id): Named<ConnectionId>,
) -> Answer<Json<Address>> {
    let address = backend.reauthorize(id).await?;
    Ok(Json(Address { address }))
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

/// A connection that was made or changed.
#[derive(Serialize)]
pub(super) struct ConnectionMade {
    id: ConnectionId,
}

pub(super) async fn save_web(
    Caller(backend): Caller,
    Sent(request): Sent<WebConnection>,
) -> Answer<Json<ConnectionMade>> {
    let id = backend.save_web_connection(request).await?;
    Ok(Json(ConnectionMade { id }))
}

pub(super) async fn allowed(Caller(backend): Caller) -> Answer<Json<AllowedAddresses>> {
    Ok(Json(backend.allowed_addresses().await?))
}

pub(super) async fn save_allowed(
    Caller(backend): Caller,
    Sent(allowed): Sent<AllowedAddresses>,
) -> Answer<Json<AllowedAddresses>> {
    Ok(Json(backend.save_allowed_addresses(allowed).await?))
}
