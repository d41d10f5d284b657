//! Checks of mappings, and people of a directory and of its org.

use super::super::{Named, many, map, object, of, or_null, text, truth, whole};

pub(super) fn schemas() -> Named {
    let rows = many(
        "The rows; those that are saved where absent.",
        of("MappingRow", ""),
    );
    let check = object(
        "What is wrong with rows.",
        &[
            (
                "flaws",
                many("What is wrong, by row and direction.", map("")),
            ),
            (
                "properties",
                or_null(many(
                    "The properties of the org's users, where it was asked.",
                    text(""),
                )),
            ),
            ("org_error", or_null(text("Why the org did not answer."))),
        ],
        &[],
    );
    vec![
        ("AttributeFacts", facts()),
        (
            "CheckMapping",
            object(
                "Checks rows of a mapping.",
                &[],
                &[
                    ("rows", or_null(rows)),
                    (
                        "asks_org",
                        truth("The org is asked which properties its users have."),
                    ),
                ],
            ),
        ),
        ("MappingCheck", check),
        (
            "DirectoryPerson",
            object(
                "Somebody in a directory.",
                &[
                    ("name", text("The distinguished name.")),
                    ("display", text("What people call this person.")),
                    ("principal", or_null(text("The user principal name."))),
                    ("account", or_null(text("The sAMAccountName."))),
                ],
                &[],
            ),
        ),
        (
            "OrgUser",
            object(
                "A user of the org.",
                &[
                    ("id", text("The id.")),
                    ("login", text("The user name.")),
                    ("name", text("First and last name.")),
                    ("email", or_null(text("The email."))),
                    ("status", text("How the user stands, in Okta's words.")),
                ],
                &[],
            ),
        ),
    ]
}

fn facts() -> serde_json::Value {
    object(
        "What is known of an attribute of the directory.",
        &[
            ("ad", text("The attribute.")),
            ("syntax", text("What values are.")),
            ("is_single", truth("There is one value at most.")),
            (
                "least",
                or_null(whole("The smallest number, or the fewest characters.")),
            ),
            (
                "most",
                or_null(whole("The largest number, or the most characters.")),
            ),
            ("writing", text("How the directory takes it.")),
            ("is_base", truth("It cannot be taken out.")),
        ],
        &[],
    )
}
