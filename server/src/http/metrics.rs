//! Health, readiness and figures for Prometheus (text format 0.0.4).

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::state::Server;

/// `GET /health`: the process answers.
pub(super) async fn health() -> &'static str {
    "ok"
}

/// `GET /ready`: the database answers, too.
pub(super) async fn ready(State(server): State<Arc<Server>>) -> Response {
    match server.store.ping().await {
        Ok(()) => "ready".into_response(),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer",
            )
                .into_response()
        }
    }
}

/// `GET /metrics`.
pub(super) async fn metrics(State(server): State<Arc<Server>>) -> Response {
    let mut text = String::new();
    let mut figure = |name: &str, help: &str, kind: &str, value: u64| {
        if writeln!(
            text,
            "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}"
        )
        .is_err()
        {
            tracing::debug!("a figure could not be written");
        }
    };
    figure(
        "nagare_commits_total",
        "Commits of the writer, each one sync to disk.",
        "counter",
        server.writer.commits(),
    );
    match store::inbox::count_open(&server.store).await {
        Ok(open) => figure(
            "nagare_events_open",
            "Events that wait to be handled.",
            "gauge",
            u64::try_from(open).unwrap_or(0),
        ),
        Err(error) => tracing::error!(%error, "open events could not be counted"),
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
