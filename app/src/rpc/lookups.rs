//! What an org offers while a flow is designed.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Asks an org for choices.
#[server(endpoint = "look_up", prefix = "/rpc", input = Json)]
pub async fn look_up(request: api::LookUp) -> Result<api::Choices, Refusal> {
    backend()?.look_up(request).await.map_err(refused)
}

/// Asks an org for the attributes of a profile.
#[server(endpoint = "read_schema", prefix = "/rpc", input = Json)]
pub async fn read_schema(request: api::ReadSchema) -> Result<api::Attributes, Refusal> {
    backend()?.read_schema(request).await.map_err(refused)
}
