//! The REST interface under `/api/v1`: the same [`api::Backend`] as the web UI, for scripts.
//!
//! [`routes`] is the one table; the router and the OpenAPI document are both made from it, so what is answered and
//! what is described cannot drift apart. Who the caller is was decided before a request comes here.

mod route;
mod routes;

mod audit;
mod connections;
mod delegated;
mod directories;
mod flows;
mod folders;
mod home;
mod lookups;
mod packs;
mod people;
mod runs;
mod search;
mod server_facts;
mod tables;
mod templates;
mod trials;
mod versions;

mod answer;
mod ask;
mod openapi;
mod schema;

use axum::Router;
use axum::http::StatusCode;

use answer::Refusal;
use route::{Guard, Route};

/// Where the routes are mounted.
pub(crate) const PREFIX: &str = "/api/v1";

/// Returns the routes for callers who showed a token; expects an [`api::Handle`] in the extensions of each request.
pub(crate) fn router<S>() -> Router<S> {
    mount(Guard::Token)
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_method)
        .with_state(())
}

/// Returns the routes that need no token: the OpenAPI document.
pub(crate) fn public_router<S>() -> Router<S> {
    mount(Guard::Open)
        .method_not_allowed_fallback(wrong_method)
        .with_state(())
}

fn mount(guard: Guard) -> Router {
    let routes = routes::all()
        .into_iter()
        .filter(|route| route.guard == guard);
    routes.fold(Router::new(), Route::mount)
}

async fn unknown_path() -> Refusal {
    Refusal::not_found(format!(
        "There is no such path. {PREFIX}/openapi.json lists what there is."
    ))
}

async fn wrong_method() -> Refusal {
    Refusal::invalid("This path does not take this method. The header Allow lists those it takes.")
        .with_status(StatusCode::METHOD_NOT_ALLOWED)
}

#[cfg(test)]
mod tests;
