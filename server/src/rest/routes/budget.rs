//! Routes about rate limits.

use super::super::route::put;
use super::{OK, One, Route, connections, get};

/// How the limits of a connection's org stand, and what is left to others.
pub(super) fn all() -> [Route; 2] {
    [
        get(
            "/connections/{id}/budget",
            "readBudget",
            "Tells how the rate limits of the connection's org stand.",
            connections::budget,
        )
        .answers(OK, One("Budget")),
        put(
            "/connections/{id}/budget",
            "saveShare",
            "Changes how much of each rate limit the connection leaves to others.",
            connections::save_share,
        )
        .takes("NewShare")
        .answers(OK, One("Budget")),
    ]
}
