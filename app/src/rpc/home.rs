//! The home page.

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
