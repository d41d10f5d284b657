//! The OpenAPI 3.1 document, made from the table of routes.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::IntoResponse;
use serde_json::{Map, Value as Json, json};

use super::route::{Body, Guard, Param, Route, Shape};
use super::{PREFIX, routes, schema};

/// The document as it is sent.
static TEXT: LazyLock<String> = LazyLock::new(|| document(&routes::all()).to_string());

pub(super) async fn read() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], TEXT.as_str())
}

/// Describes `routes`.
pub(super) fn document(routes: &[Route]) -> Json {
    let mut paths = Map::new();
    for route in routes {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(methods) = path.as_object_mut() {
            methods.insert(route.method.as_str().to_lowercase(), operation(route));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Nagare",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Flows for Okta orgs: import, edit, turn on, run, inspect.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": PREFIX }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "schemas": schema::all(),
            "securitySchemes": { "token": {
                "type": "http",
                "scheme": "bearer",
                "description": "Made with `nagare token create`.",
            } },
            "responses": { "Error": {
                "description": "It was refused or it failed; the code says why.",
                "content": { "application/json": { "schema": reference("Error") } },
            } },
        },
    })
}

fn operation(route: &Route) -> Json {
    let mut operation = json!({
        "operationId": route.id,
        "summary": route.summary,
        "parameters": parameters(route),
        "responses": {
            route.status.as_str(): good(route),
            "default": { "$ref": "#/components/responses/Error" },
        },
    });
    if let Some(body) = route.body {
        operation["requestBody"] = request_body(body);
    }
    if route.guard == Guard::Open {
        operation["security"] = json!([]);
    }
    operation
}

fn parameters(route: &Route) -> Vec<Json> {
    let ids = route.ids().map(|name| {
        json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
    });
    let asked = route.asks.iter().map(
        |Param {
             name,
             schema,
             about,
         }| {
            json!({ "name": name, "in": "query", "description": about, "schema": schema })
        },
    );
    ids.chain(asked).collect()
}

fn request_body(body: Body) -> Json {
    let content = json!({ "schema": reference(body.schema) });
    let mut types = Map::new();
    if body.schema == "Pack" {
        types.insert("application/octet-stream".to_owned(), json!({}));
    }
    let kind = match body.schema {
        "Csv" => "text/csv",
        _ => "application/json",
    };
    types.insert(kind.to_owned(), content);
    json!({ "required": !body.is_optional, "content": types })
}

fn good(route: &Route) -> Json {
    let description = match route.status.canonical_reason() {
        Some(reason) => format!("{reason}."),
        None => String::new(),
    };
    let schema = match route.reply {
        Shape::Nothing => return json!({ "description": description }),
        Shape::One(name) => reference(name),
        Shape::Many(name) => json!({ "type": "array", "items": reference(name) }),
        Shape::Csv => reference("Csv"),
    };
    let kind = match route.reply {
        Shape::Csv => "text/csv",
        _ => "application/json",
    };
    json!({
        "description": description,
        "content": { kind: { "schema": schema } },
    })
}

fn reference(name: &str) -> Json {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}
