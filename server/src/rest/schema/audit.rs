//! Who changed what.

use api::AUDIT_KINDS;
use serde_json::Value as Json;

use super::{Named, many, object, of, or_null, text, whole, words};

pub(super) fn schemas() -> Named {
    vec![("AuditPage", page()), ("AuditRow", row())]
}

fn page() -> Json {
    object(
        "Changes, newest first.",
        &[
            ("entries", many("The changes.", of("AuditRow", ""))),
            (
                "next",
                or_null(text("The cursor of the next page; null on the last one.")),
            ),
        ],
        &[],
    )
}

fn row() -> Json {
    let state =
        |about: &str| or_null(serde_json::json!({ "type": "object", "description": about }));
    object(
        "One change that somebody made.",
        &[
            ("id", text("Its id.")),
            ("at", whole("When, in milliseconds since 1970 in UTC.")),
            (
                "person",
                or_null(text(
                    "Who; null for the server itself and its command line.",
                )),
            ),
            (
                "person_name",
                or_null(text("Their name, as long as they can sign in.")),
            ),
            ("action", text("What was done, such as `flow.activate`.")),
            (
                "kind",
                words("What kind of thing it was done to.", AUDIT_KINDS),
            ),
            ("object", text("Which one.")),
            ("name", or_null(text("What it is called, or was."))),
            ("before", state("What it was before, without secrets.")),
            ("after", state("What it was after, without secrets.")),
        ],
        &[],
    )
}
