//! Templates.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Lists the templates.
#[server(endpoint = "list_templates", prefix = "/rpc", input = Json)]
pub async fn list_templates() -> Result<Vec<api::TemplateRow>, Refusal> {
    backend()?.list_templates().await.map_err(refused)
}

/// Returns a template.
#[server(endpoint = "open_template", prefix = "/rpc", input = Json)]
pub async fn open_template(id: String) -> Result<api::TemplateView, Refusal> {
    backend()?.open_template(id).await.map_err(refused)
}

/// Installs a template.
#[server(endpoint = "install_template", prefix = "/rpc", input = Json)]
pub async fn install_template(
    id: String,
    request: api::InstallTemplate,
) -> Result<api::InstalledTemplate, Refusal> {
    backend()?
        .install_template(id, request)
        .await
        .map_err(refused)
}
