//! Connections to other services than orgs, and what HTTP cards may call.

use serde_json::Value as Json;

use super::{Named, many, name, object, of, or_null, text, truth, words};

pub(super) fn schemas() -> Named {
    vec![
        ("WebConnection", connection()),
        ("WebAuth", auth()),
        (
            "ConnectionMade",
            object(
                "A connection that was made or changed.",
                &[("id", text("Its id."))],
                &[],
            ),
        ),
        (
            "AllowedAddresses",
            object(
                "What HTTP cards may call although it is not public.",
                &[(
                    "addresses",
                    many(
                        "What was allowed here: a host, a host with a port, *.name, or a network.",
                        text("For instance intranet.example:8080 or 10.0.0.0/8."),
                    ),
                )],
                &[(
                    "fixed",
                    many("What the command line allows.", text("The same.")),
                )],
            ),
        ),
    ]
}

fn connection() -> Json {
    object(
        "Makes or changes a connection to a service other than an org.",
        &[("name", name("Its name.")), ("auth", of("WebAuth", ""))],
        &[
            (
                "id",
                or_null(text("The connection to change; a new one where absent.")),
            ),
            (
                "hosts",
                many(
                    "Hosts that get the secret, with what is under them; any where there is none.",
                    text("For instance api.example.com."),
                ),
            ),
            (
                "test_url",
                or_null(text(
                    "An address whose answer shows whether the connection works.",
                )),
            ),
        ],
    )
}

fn auth() -> Json {
    object(
        "How it proves who calls; each kind has its own fields. In a change, an empty secret stays as it was.",
        &[(
            "kind",
            words("How.", &["none", "basic", "header", "client_credentials"]),
        )],
        &[
            ("user", text("For basic: the name.")),
            ("password", text("For basic: the password.")),
            ("name", text("For header: its name.")),
            ("value", text("For header: what it holds.")),
            (
                "token_url",
                text("For client_credentials: the token endpoint."),
            ),
            ("client_id", text("For client_credentials: the client id.")),
            (
                "client_secret",
                text("For client_credentials: the client secret."),
            ),
            (
                "scopes",
                many(
                    "For client_credentials: scopes to ask for.",
                    text("A scope."),
                ),
            ),
            (
                "audience",
                text("For client_credentials: for whom the token is."),
            ),
            (
                "in_form",
                truth(
                    "For client_credentials: id and secret go into the form instead of a header.",
                ),
            ),
        ],
    )
}
