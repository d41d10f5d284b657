//! Connections.

use serde_json::Value as Json;

use super::{Named, many, object, of, or_null, text, time, truth, whole, words};

pub(super) fn schemas() -> Named {
    vec![
        ("Connection", connection()),
        ("ConnectionTest", connection_test()),
        ("Deletion", deletion()),
        ("Choices", choices()),
        ("Attributes", attributes()),
    ]
}

const ROADS: &[&str] = &["unused", "log", "hook"];
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
            ("events", words("How events of the org reach flows.", ROADS)),
            (
                "hook_error",
                or_null(text(
                    "Why the org does not deliver events although it should.",
                )),
            ),
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

fn choices() -> Json {
    let choice = object(
        "Something that can be chosen.",
        &[
            ("id", text("What a flow stores.")),
            ("name", text("What it is called.")),
        ],
        &[],
    );
    object(
        "Choices that an org offers.",
        &[
            ("choices", many("The choices, by name.", choice)),
            ("next", or_null(text("The cursor of the next page."))),
            ("asked_at", time("When the org was asked.")),
        ],
        &[],
    )
}

fn attributes() -> Json {
    let choice = object(
        "A value that it may have.",
        &[
            ("value", text("The value.")),
            ("label", text("What it is called.")),
        ],
        &[],
    );
    let attribute = object(
        "An attribute of a profile.",
        &[
            ("name", text("Name in the profile.")),
            ("title", text("What it is called.")),
            ("type", of("Type", "What it holds.")),
        ],
        &[
            ("choices", many("The only values that it may have.", choice)),
            ("is_required", truth("A profile must have it.")),
            (
                "is_read_only",
                truth("Nobody can write it through the API."),
            ),
            ("is_custom", truth("The org's own.")),
        ],
    );
    object(
        "The attributes of a profile.",
        &[
            ("attributes", many("In the order of the schema.", attribute)),
            ("asked_at", time("When the org was asked.")),
        ],
        &[],
    )
}
