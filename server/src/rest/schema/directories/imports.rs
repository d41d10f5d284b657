//! Imports of a directory, their lines, and users who wait.

use serde_json::{Value as Json, json};

use super::super::{
    Named, anything, many, map, object, of, one_of, or_null, some, text, time, truth, whole, words,
};
use crate::rest::directories::STATES;

pub(super) fn schemas() -> Named {
    let line = object(
        "A line of a plan.",
        &[
            ("number", whole("Its number.")),
            ("guid", text("The user's objectGUID.")),
            ("name", text("The user's distinguished name.")),
            ("action", text("What is done.")),
            ("detail", map("Rules, values, what is missing.")),
            ("state", words("How far it is.", STATES)),
            (
                "okta_user",
                or_null(text("The user in the org who came of it.")),
            ),
            ("error", or_null(text("Why it was refused."))),
        ],
        &[],
    );
    vec![
        (
            "StartImport",
            object(
                "Begins an import.",
                &[],
                &[
                    ("is_full", truth("Everybody is read, not only who changed.")),
                    (
                        "goes_on",
                        truth(
                            "The plan is carried out without being looked at, unless the safeguard stops it.",
                        ),
                    ),
                ],
            ),
        ),
        ("DirectoryImport", import()),
        ("ImportLine", line),
        (
            "ImportLinePage",
            object(
                "A page of lines.",
                &[
                    ("lines", many("The lines.", of("ImportLine", ""))),
                    ("next", or_null(whole("Where the next page begins."))),
                ],
                &[],
            ),
        ),
    ]
}

fn import() -> Json {
    let status = words(
        "How far it is.",
        &[
            "planning",
            "planned",
            "roadblock",
            "running",
            "completed",
            "failed",
            "canceled",
        ],
    );
    object(
        "An import.",
        &[
            ("id", text("Its id.")),
            ("directory", text("The directory.")),
            ("status", status),
            ("is_full", truth("Everybody was wished to be read.")),
            ("cause", text("What began it.")),
            ("reading", anything("What is read, and why.")),
            (
                "counts",
                anything("How many users of each kind the plan has."),
            ),
            ("roadblock", anything("Why the safeguard stopped it.")),
            ("error", or_null(text("What is wrong."))),
            ("lines", map("Lines by state.")),
            ("created_at", time("When it began.")),
            ("planned_at", or_null(time("When the plan was there."))),
            ("begun_at", or_null(time("When it was let go on."))),
            ("ended_at", or_null(time("When it was over."))),
        ],
        &[],
    )
}

pub(super) fn waiting() -> Named {
    let link = json!({ "type": "object", "required": ["link"], "additionalProperties": false,
        "properties": { "link": { "type": "string", "minLength": 1, "description": "The id of the user of the org." } } });
    let decided = object(
        "What becomes of a user who waits.",
        &[
            ("guid", text("The user's objectGUID.")),
            (
                "decision",
                one_of(
                    "What becomes of it.",
                    vec![words("", &["confirm", "create", "ignore"]), link],
                ),
            ),
        ],
        &[],
    );
    vec![
        (
            "WaitingUser",
            object(
                "A user of a directory who waits for a person.",
                &[
                    ("guid", text("The user's objectGUID.")),
                    ("name", text("The user's distinguished name.")),
                    ("login", or_null(text("The user name that it would have."))),
                    ("found", anything("Whom it may be in the org.")),
                ],
                &[],
            ),
        ),
        (
            "ConfirmUsers",
            object(
                "What a person says of users who wait.",
                &[("users", some("The users.", decided, 0, 500))],
                &[],
            ),
        ),
    ]
}
