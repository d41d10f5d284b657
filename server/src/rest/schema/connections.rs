//! Connections.

use serde_json::Value as Json;

use super::{Named, many, object, or_null, text, time, truth, whole, words};

pub(super) fn schemas() -> Named {
    vec![
        ("Connection", connection()),
        ("ConnectionTest", connection_test()),
        ("Deletion", deletion()),
    ]
}

const STATES: &[&str] = &["authorized", "needs_reauthorization", "revoking"];

fn connection() -> Json {
    let uses = object(
        "A flow that uses it.",
        &[
            ("flow", text("The flow.")),
            ("name", text("Its name.")),
            ("is_on", truth("Turned on.")),
        ],
        &[],
    );
    object(
        "A connection, without secrets.",
        &[
            ("id", text("Its id.")),
            ("module", text("Connector module, for instance `okta`.")),
            ("name", text("Its name.")),
            ("domain", text("Domain of the org.")),
            ("client_id", text("OAuth client id.")),
            ("state", words("Its state.", STATES)),
            (
                "account",
                or_null(text("Login of the account that authorized it.")),
            ),
            ("scopes", many("Granted scopes.", text(""))),
            ("owner", text("Name of the person who made it.")),
            ("created_at", time("When it was made.")),
            ("checked_at", or_null(time("Last successful test or call."))),
            ("last_error", or_null(text("What went wrong last."))),
            ("flows", many("Flows that use it.", uses)),
        ],
        &[],
    )
}

fn connection_test() -> Json {
    object(
        "The answer to a test.",
        &[
            ("works", truth("The org answered and accepted the token.")),
            ("message", text("What it said.")),
            ("took_ms", whole("How long it took, in milliseconds.")),
        ],
        &[],
    )
}

fn deletion() -> Json {
    object(
        "What became of a deletion.",
        &[
            (
                "revoked",
                whole("Tokens whose revocation the org confirmed."),
            ),
            (
                "pending",
                whole("Tokens still to be revoked; the server goes on trying."),
            ),
        ],
        &[],
    )
}
