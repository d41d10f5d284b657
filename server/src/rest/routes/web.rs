//! Routes of connections to other services than orgs, and of what HTTP cards may call.

use axum::http::StatusCode;

use super::super::connections;
use super::super::route::Shape::One;
use super::super::route::{Route, get, post, put};

pub(super) fn all() -> [Route; 3] {
    [
        post(
            "/connections/web",
            "saveWebConnection",
            "Makes a connection to a service other than an org, or changes the one that id names.",
            connections::save_web,
        )
        .takes("WebConnection")
        .answers(StatusCode::OK, One("ConnectionMade")),
        get(
            "/settings/allowed-addresses",
            "readAllowedAddresses",
            "Returns what HTTP cards may call although it is not public.",
            connections::allowed,
        )
        .answers(StatusCode::OK, One("AllowedAddresses")),
        put(
            "/settings/allowed-addresses",
            "saveAllowedAddresses",
            "Replaces what HTTP cards may call although it is not public.",
            connections::save_allowed,
        )
        .takes("AllowedAddresses")
        .answers(StatusCode::OK, One("AllowedAddresses")),
    ]
}
