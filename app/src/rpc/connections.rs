//! Connections to orgs.

use flow::ConnectionId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Lists connections.
#[server(endpoint = "list_connections", prefix = "/rpc", input = Json)]
pub async fn list_connections() -> Result<Vec<api::Connection>, Refusal> {
    backend()?.list_connections().await.map_err(refused)
}

/// Starts the authorization of an org; returns where to go.
#[server(endpoint = "authorize", prefix = "/rpc", input = Json)]
pub async fn authorize(request: api::AuthorizeRequest) -> Result<String, Refusal> {
    backend()?.authorize(request).await.map_err(refused)
}

/// Authorizes again; returns where to go.
#[server(endpoint = "reauthorize", prefix = "/rpc", input = Json)]
pub async fn reauthorize(id: ConnectionId) -> Result<String, Refusal> {
    backend()?.reauthorize(id).await.map_err(refused)
}

/// Asks the org whether the token works.
#[server(endpoint = "test_connection", prefix = "/rpc", input = Json)]
pub async fn test_connection(id: ConnectionId) -> Result<api::ConnectionTest, Refusal> {
    backend()?.test_connection(id).await.map_err(refused)
}

/// Deletes a connection and revokes its tokens.
#[server(endpoint = "delete_connection", prefix = "/rpc", input = Json)]
pub async fn delete_connection(id: ConnectionId) -> Result<api::Deletion, Refusal> {
    backend()?.delete_connection(id).await.map_err(refused)
}

/// Tells how the rate limits of a connection's org stand.
#[server(endpoint = "connection_budget", prefix = "/rpc", input = Json)]
pub async fn connection_budget(id: ConnectionId) -> Result<api::Budget, Refusal> {
    backend()?.connection_budget(id).await.map_err(refused)
}

/// Changes how much of each limit a connection leaves to others.
#[server(endpoint = "save_share", prefix = "/rpc", input = Json)]
pub async fn save_share(id: ConnectionId, share: api::NewShare) -> Result<api::Budget, Refusal> {
    backend()?.save_share(id, share).await.map_err(refused)
}

/// Opens a connection with what its cards need.
#[server(endpoint = "open_connection", prefix = "/rpc", input = Json)]
pub async fn open_connection(id: ConnectionId) -> Result<api::ConnectionDetail, Refusal> {
    backend()?.open_connection(id).await.map_err(refused)
}

/// Makes a key for a service app.
#[server(endpoint = "make_key", prefix = "/rpc", input = Json)]
pub async fn make_key() -> Result<api::NewKey, Refusal> {
    backend()?.make_key().await.map_err(refused)
}

/// Authorizes an org for a service app.
#[server(endpoint = "authorize_service", prefix = "/rpc", input = Json)]
pub async fn authorize_service(
    request: api::ServiceRequest,
) -> Result<api::ServiceAnswer, Refusal> {
    backend()?.authorize_service(request).await.map_err(refused)
}

/// Makes or changes a connection to a service other than an org.
#[server(endpoint = "save_web_connection", prefix = "/rpc", input = Json)]
pub async fn save_web_connection(request: api::WebConnection) -> Result<ConnectionId, Refusal> {
    backend()?
        .save_web_connection(request)
        .await
        .map_err(refused)
}

/// Returns what HTTP cards may call although it is not public.
#[server(endpoint = "allowed_addresses", prefix = "/rpc", input = Json)]
pub async fn allowed_addresses() -> Result<api::AllowedAddresses, Refusal> {
    backend()?.allowed_addresses().await.map_err(refused)
}

/// Replaces what HTTP cards may call although it is not public.
#[server(endpoint = "save_allowed_addresses", prefix = "/rpc", input = Json)]
pub async fn save_allowed_addresses(
    allowed: api::AllowedAddresses,
) -> Result<api::AllowedAddresses, Refusal> {
    backend()?
        .save_allowed_addresses(allowed)
        .await
        .map_err(refused)
}
