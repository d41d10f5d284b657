//! Connections.

use serde_json::Value as Json;

use super::{Named, many, object, of, one_of, or_null, text, time, truth, whole, words};

pub(super) fn schemas() -> Named {
    vec![
        ("Connection", connection()),
        ("ConnectionDetail", detail()),
        ("NewServiceConnection", new_service()),
        ("ServiceConnection", service()),
        ("ServiceKey", key()),
        ("Address", address()),
        ("ConnectionTest", connection_test()),
        ("Deletion", deletion()),
        ("Choices", choices()),
        ("Attributes", attributes()),
    ]
}

const ROADS: &[&str] = &["unused", "log", "hook"];
const STATES: &[&str] = &["authorized", "needs_reauthorization", "revoking"];

const GRANTS: &[&str] = &[
    "person",
    "service_app",
    "none",
    "basic",
    "header",
    "client_credentials",
];

fn card_names() -> Json {
    let name = object(
        "",
        &[("en", text("In English.")), ("ja", text("In Japanese."))],
        &[],
    );
    many("Cards, by name.", name)
}

fn detail() -> Json {
    let scope = object(
        "How it stands with a scope.",
        &[
            ("scope", text("The scope.")),
            (
                "is_granted",
                truth("The org granted it, or one that includes it."),
            ),
            (
                "need",
                words("How much cards need it.", &["none", "optional", "needed"]),
            ),
            ("cards", card_names()),
        ],
        &[],
    );
    let uses = object(
        "A flow that uses it.",
        &[
            ("flow", text("The flow.")),
            ("name", text("Its name.")),
            ("is_on", truth("Turned on.")),
            ("cards", card_names()),
        ],
        &[],
    );
    object(
        "A connection with what its cards need.",
        &[
            ("connection", of("Connection", "")),
            (
                "scopes",
                many("Scopes that it has or that cards need.", scope),
            ),
            ("uses", many("Flows that use it, with their cards.", uses)),
            (
                "public_key",
                or_null(text("The public key of a service app, a JSON Web Key.")),
            ),
            (
                "polled_at",
                or_null(time("When the org's log was read last for events.")),
            ),
        ],
        &[],
    )
}

fn new_service() -> Json {
    let forms = vec![
        object(
            "",
            &[("made", text("Id of a key that this server made."))],
            &[],
        ),
        object(
            "",
            &[("pasted", text("A private key as PEM or JSON Web Key."))],
            &[],
        ),
    ];
    object(
        "Connects an org for a service app.",
        &[
            ("name", text("Name for the connection.")),
            ("domain", text("Domain of the org.")),
            ("client_id", text("Client id of the app.")),
            ("key", one_of("The app's private key.", forms)),
        ],
        &[(
            "scopes",
            or_null(many(
                "Scopes to ask for; those of all cards where absent.",
                text(""),
            )),
        )],
    )
}

fn service() -> Json {
    object(
        "A connection that was made for a service app.",
        &[
            ("connection", text("Its id.")),
            (
                "missing",
                many("Scopes that the app was not granted.", text("")),
            ),
        ],
        &[],
    )
}

fn key() -> Json {
    object(
        "A key that this server made. It is kept for a day, until a connection uses it.",
        &[
            ("id", text("Its id.")),
            (
                "public_key",
                text("The public half as JSON Web Key, to paste into the app."),
            ),
        ],
        &[],
    )
}

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
            ("grant", words("How it gets its tokens.", GRANTS)),
            (
                "is_bound",
                truth("Its tokens are bound to a key of this server (RFC 9449)."),
            ),
        ],
        &[],
    )
}

fn address() -> Json {
    let about =
        "The org's page, or the connection's page on this server where nobody has to consent.";
    object("Where to go on.", &[("address", text(about))], &[])
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
