//! Templates that come with the server.

use api::{InstallTemplate, InstalledTemplate, TemplateRow, TemplateView};
use axum::Json;
use axum::http::StatusCode;

use super::answer::{Answer, Created, created};
use super::ask::{Caller, Named, SentOrNothing};
use super::route::Shape::{Many, One};
use super::route::{Route, get, post};

/// Returns the routes about templates.
pub(super) fn routes() -> [Route; 3] {
    [
        get("/templates", "listTemplates", "Lists the templates.", list)
            .answers(StatusCode::OK, Many("TemplateRow")),
        get(
            "/templates/{id}",
            "readTemplate",
            "Returns a template: what it needs, its flows and tables, what is left to do afterwards.",
            open,
        )
        .answers(StatusCode::OK, One("Template")),
        post("/templates/{id}/install", "installTemplate", INSTALL, install)
            .may_take("InstallTemplate")
            .answers(StatusCode::CREATED, One("InstalledTemplate")),
    ]
}

const INSTALL: &str = "Makes a folder with the flows of a template, which are off, and its tables.";

async fn list(Caller(backend): Caller) -> Answer<Json<Vec<TemplateRow>>> {
    Ok(Json(backend.list_templates().await?))
}

async fn open(Caller(backend): Caller, Named(id): Named<String>) -> Answer<Json<TemplateView>> {
    Ok(Json(backend.open_template(id).await?))
}

async fn install(
    Caller(backend): Caller,
    Named(id): Named<String>,
    SentOrNothing(request): SentOrNothing<InstallTemplate>,
) -> Answer<Created<InstalledTemplate>> {
    Ok(created(backend.install_template(id, request).await?))
}
