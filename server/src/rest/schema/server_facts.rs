//! What the server says about itself.

use serde_json::Value as Json;

use super::{Named, object, of, text, truth, whole, words};

pub(super) fn schemas() -> Named {
    vec![
        ("ServerFacts", facts()),
        ("DemoOrg", demo()),
        ("AddressTest", test()),
    ]
}

fn facts() -> Json {
    object(
        "How this server was started.",
        &[
            ("version", text("Version of the program.")),
            (
                "public_url",
                text("Address under which browsers and orgs reach it."),
            ),
            (
                "is_address_given",
                truth("The address was given when it was started."),
            ),
            (
                "database",
                words("Its database.", &["sqlite", "postgresql"]),
            ),
            ("runs_at_once", whole("Runs under way at once.")),
            (
                "poll_ms",
                whole("How often System Logs are asked, in milliseconds."),
            ),
            ("takes_hooks", truth("Orgs may deliver events.")),
            ("file_days", whole("Days that files of runs are kept.")),
            (
                "trial_days",
                whole("Days that runs which tried a flow out are kept, with the drafts that ran."),
            ),
        ],
        &[("demo", of("DemoOrg", "The simulated org beside a demo."))],
    )
}

fn demo() -> Json {
    object(
        "How to connect the simulated org of a demo.",
        &[
            ("domain", text("Its address.")),
            ("client_id", text("OAuth client.")),
            ("client_secret", text("Its secret.")),
            ("login", text("Who can grant access.")),
            ("password", text("With this password.")),
        ],
        &[],
    )
}

fn test() -> Json {
    object(
        "Who answers at the public address.",
        &[
            ("url", text("The address.")),
            (
                "state",
                words(
                    "This server; this server at an address of this machine only; nobody; something else.",
                    &["reached", "local", "lost", "other"],
                ),
            ),
        ],
        &[],
    )
}
