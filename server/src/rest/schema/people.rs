//! People.

use serde_json::Value as Json;

use super::{Named, many, object, text, time, truth, whole, words};

pub(super) fn schemas() -> Named {
    vec![("Person", person()), ("PersonDeletion", deletion())]
}

const ROLES: &[&str] = &["administrator", "auditor", "connection_manager", "member"];

fn person() -> Json {
    object(
        "A person who can sign in.",
        &[
            ("id", text("Their id.")),
            ("name", text("What they are called.")),
            ("login", text("What they sign in with.")),
            ("role", words("What they may do.", ROLES)),
            ("created_at", time("Since when.")),
            (
                "connections",
                many("Names of the connections that they made.", text("")),
            ),
            (
                "is_last_administrator",
                truth("They cannot be deleted: nobody else administers this server."),
            ),
        ],
        &[],
    )
}

fn deletion() -> Json {
    object(
        "What became of the deletion of a person.",
        &[
            (
                "connections",
                whole("Connections that were deleted with them."),
            ),
            (
                "revoked",
                whole("Tokens whose revocation the orgs confirmed."),
            ),
            (
                "pending",
                whole("Tokens still to be revoked; the server goes on trying."),
            ),
        ],
        &[],
    )
}
