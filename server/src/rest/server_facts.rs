//! What the server says about itself.

use api::{AddressTest, ServerFacts};
use axum::Json;
use axum::http::StatusCode;

use super::answer::Answer;
use super::ask::Caller;
use super::route::Shape::One;
use super::route::{Route, get, post};

/// Returns the routes about the server.
pub(super) fn routes() -> [Route; 2] {
    [
        get(
            "/settings/server",
            "readServer",
            "Returns how this server was started.",
            read,
        )
        .answers(StatusCode::OK, One("ServerFacts")),
        post(
            "/settings/public-address/test",
            "testAddress",
            "Calls the public address of this server and says who answers there.",
            test,
        )
        .answers(StatusCode::OK, One("AddressTest")),
    ]
}

async fn read(Caller(backend): Caller) -> Answer<Json<ServerFacts>> {
    Ok(Json(backend.server_facts().await?))
}

async fn test(Caller(backend): Caller) -> Answer<Json<AddressTest>> {
    Ok(Json(backend.test_address().await?))
}
