//! What the home page shows.

use api::{Dismiss, Home, HomeQuery};
use axum::Json;
use axum::http::StatusCode;

use super::answer::Answer;
use super::ask::{Asked, Caller, Named, Sent};
use super::route::Shape::One;
use super::route::{Route, delete, get, post};
use super::schema::{text, words};

const SPANS: &[&str] = &["hour", "day", "week", "month"];

/// Returns the routes about the home page.
pub(super) fn routes() -> [Route; 3] {
    [
        get(
            "/home",
            "readHome",
            "Returns figures over a span, what somebody should look at, the busiest flows and the fullest rate limits.",
            read,
        )
        .asks("span", words("", SPANS), "How far back; a day where absent.")
        .asks("connection", text(""), "Only runs of flows that use this connection.")
        .answers(StatusCode::OK, One("Home")),
        post(
            "/attention/dismissed",
            "dismissAttention",
            "Puts away something that somebody should look at, until it changes.",
            dismiss,
        )
        .takes("Dismiss"),
        delete(
            "/attention/dismissed/{key}",
            "restoreAttention",
            "Brings back what was put away.",
            restore,
        ),
    ]
}

async fn read(Caller(backend): Caller, Asked(query): Asked<HomeQuery>) -> Answer<Json<Home>> {
    Ok(Json(backend.home(query).await?))
}

async fn dismiss(Caller(backend): Caller, Sent(request): Sent<Dismiss>) -> Answer<StatusCode> {
    backend.dismiss(request).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn restore(Caller(backend): Caller, Named(key): Named<String>) -> Answer<StatusCode> {
    backend.restore(key).await?;
    Ok(StatusCode::NO_CONTENT)
}
