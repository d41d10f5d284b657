//! Everything that answers HTTP: the table of routes.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRef};
use axum::routing::{any, get};
use axum::{Router, middleware};
use leptos::prelude::LeptosOptions;
use leptos_axum::{LeptosRoutes as _, file_and_error_handler, generate_route_list};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::services::ServeDir;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

use crate::config;
use crate::session_store::DatabaseSessions;
use crate::state::Server;

mod callback;
mod catalogue;
pub(crate) mod csv;
mod endpoint;
mod files;
mod hooks;
mod identify;
mod metrics;
mod resume;
mod site;
mod unread;

pub(crate) use endpoint::client_token;
pub(crate) use identify::{PERSON, Signed, token_hash};
pub(crate) use resume::address as resume_address;

/// Bodies of pages and server functions: a pack is the largest thing a browser sends.
const MAX_BODY: usize = 64 << 20;

/// What a tab says of where it is.
const MAX_HERE: usize = 16 << 10;

#[derive(Clone)]
struct App {
    server: Arc<Server>,
    leptos: LeptosOptions,
}

impl FromRef<App> for Arc<Server> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.server)
    }
}

impl FromRef<App> for LeptosOptions {
    fn from_ref(app: &App) -> Self {
        app.leptos.clone()
    }
}

/// Returns the whole router.
pub(crate) fn router(server: &Arc<Server>) -> Router {
    let leptos = site::leptos_options(server.options.listen);
    let routes = generate_route_list(app::App);
    let state = App {
        server: Arc::clone(server),
        leptos: leptos.clone(),
    };
    let shell = move || app::shell(leptos.clone());
    let pages = Router::new()
        .leptos_routes(&state, routes, shell)
        .route("/connections/callback", get(callback::finish))
        .route("/live/runs", get(crate::live::runs))
        .route(
            "/live/flows/{id}",
            get(crate::live::rooms::listen)
                .post(crate::live::rooms::tell)
                .layer(DefaultBodyLimit::max(MAX_HERE)),
        )
        .route("/files/{file}", get(files::download))
        .route_layer(middleware::from_fn_with_state(
            state.clone(),
            identify::person,
        ))
        .layer(sessions(server));
    // Bodies of these are streams, which bound themselves.
    let streams = Router::new()
        .route(
            "/tables/{id}/rows.csv",
            get(csv::download).post(csv::upload),
        )
        .route_layer(middleware::from_fn_with_state(
            state.clone(),
            identify::person,
        ))
        .layer(sessions(server));
    let rest = crate::rest::router()
        .route_layer(middleware::from_fn_with_state(
            state.clone(),
            identify::token,
        ))
        .merge(crate::rest::public_router());
    Router::new()
        .merge(pages)
        .route(
            "/api/flow/{flow}/resume/{run}",
            get(resume::with_client_token).post(resume::with_client_token),
        )
        .route(
            "/api/flow/{flow}/resume/{run}/{token}",
            get(resume::with_token).post(resume::with_token),
        )
        .route("/hooks/okta/{hook}", get(hooks::verify).post(hooks::take))
        .route("/catalogue/{file}", get(catalogue::file))
        .route("/health", get(metrics::health))
        .route("/ready", get(metrics::ready))
        .route("/metrics", get(metrics::metrics))
        .nest_service(
            "/pkg",
            ServeDir::new(config::site_folder().join("pkg")).precompressed_br(),
        )
        .fallback(file_and_error_handler::<App, _>(app::shell))
        // The second limit holds where a body is read without axum's extractors, as server functions do.
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .merge(streams)
        // Each route of these says how large its body may be.
        .nest("/api/v1", rest)
        // Has a limit of its own, and says so in JSON.
        .route("/api/flow/{flow}/invoke", any(endpoint::invoke))
        .layer(middleware::from_fn(site::without_slash))
        .layer(middleware::from_fn(site::headers))
        .layer(CompressionLayer::new().compress_when(compression()))
        .layer(middleware::from_fn(unread::read_to_the_end))
        .with_state(state)
}

/// What is sent compressed. A build for development has a browser part of many megabytes and compresses slowly: there it goes as
/// it is.
fn compression() -> impl Predicate {
    let sizes = DefaultPredicate::new();
    let large = if cfg!(debug_assertions) {
        "application/wasm"
    } else {
        // Nothing has this type.
        "nothing/at-all"
    };
    sizes.and(NotForContentType::const_new(large))
}

fn sessions(server: &Arc<Server>) -> SessionManagerLayer<DatabaseSessions> {
    SessionManagerLayer::new(DatabaseSessions(server.store.clone()))
        .with_name("nagare")
        .with_same_site(SameSite::Lax)
        .with_http_only(true)
        .with_secure(server.public_url.starts_with("https://"))
        .with_expiry(Expiry::OnInactivity(time::Duration::days(7)))
}
