//! The home page, and what the server says about itself.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Figures, charts and lists of the home page.
#[server(endpoint = "home", prefix = "/rpc", input = Json)]
pub async fn home(query: api::HomeQuery) -> Result<api::Home, Refusal> {
    backend()?.home(query).await.map_err(refused)
}

/// Puts something away from what needs attention.
#[server(endpoint = "dismiss", prefix = "/rpc", input = Json)]
pub async fn dismiss(request: api::Dismiss) -> Result<(), Refusal> {
    backend()?.dismiss(request).await.map_err(refused)
}

/// Takes back that something was put away.
#[server(endpoint = "restore", prefix = "/rpc", input = Json)]
pub async fn restore(key: String) -> Result<(), Refusal> {
    backend()?.restore(key).await.map_err(refused)
}

/// How the server was started.
#[server(endpoint = "server_facts", prefix = "/rpc", input = Json)]
pub async fn server_facts() -> Result<api::ServerFacts, Refusal> {
    backend()?.server_facts().await.map_err(refused)
}

/// Calls the public address of the server.
#[server(endpoint = "test_address", prefix = "/rpc", input = Json)]
pub async fn test_address() -> Result<api::AddressTest, Refusal> {
    backend()?.test_address().await.map_err(refused)
}
