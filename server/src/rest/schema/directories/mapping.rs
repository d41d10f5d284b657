//! Mappings of directories: read, replaced, shown with one person, tried on everybody.

use super::super::{Named, many, map, object, of, or_null, text, truth, whole};

pub(super) fn schemas() -> Named {
    let way = object(
        "One direction of a row.",
        &[
            ("is_on", truth("The value goes this way.")),
            (
                "expression",
                text("The expression of the value, in the classic dialect."),
            ),
        ],
        &[],
    );
    let row = object(
        "One row of a mapping.",
        &[
            ("ad", text("The attribute of the directory.")),
            ("app", text("The variable of the app user.")),
            (
                "okta",
                many("The properties that take the value.", text("")),
            ),
            ("to_okta", of("MappingWay", "From the directory to Okta.")),
            ("to_ad", of("MappingWay", "From Okta to the directory.")),
        ],
        &[
            (
                "is_required",
                truth("Users without it are ignored or deprovisioned."),
            ),
            ("is_custom", truth("It was added to the published table.")),
        ],
    );
    let rows = || many("The rows.", of("MappingRow", ""));
    vec![
        ("MappingWay", way),
        ("MappingRow", row),
        (
            "Mapping",
            object(
                "How values are made.",
                &[
                    ("rows", rows()),
                    ("is_published", truth("It is as published.")),
                    (
                        "flaws",
                        many("What is wrong, by row and direction.", map("")),
                    ),
                    ("revision", whole("The revision of the directory.")),
                    ("published", rows()),
                    (
                        "attributes",
                        many(
                            "What is known of the published attributes.",
                            of("AttributeFacts", ""),
                        ),
                    ),
                ],
                &[],
            ),
        ),
        (
            "SaveMapping",
            object(
                "Replaces a mapping.",
                &[(
                    "revision",
                    whole("The revision of the directory that was edited."),
                )],
                &[("rows", or_null(rows()))],
            ),
        ),
        (
            "PreviewMapping",
            object(
                "Shows one person through a mapping.",
                &[(
                    "person",
                    text(
                        "A distinguished name, user principal name, sAMAccountName or mail address.",
                    ),
                )],
                &[("rows", or_null(rows()))],
            ),
        ),
        (
            "TryMapping",
            object(
                "Tries one row of a mapping on everybody.",
                &[(
                    "ad",
                    text(
                        "The attribute whose row is tried: on the directory where it goes to Okta, else on the users of the org.",
                    ),
                )],
                &[
                    ("rows", or_null(rows())),
                    ("after", or_null(text("The cursor of the page before."))),
                ],
            ),
        ),
        (
            "MappingTrial",
            object(
                "A page of people through one row.",
                &[
                    ("tried", whole("The people of this page.")),
                    (
                        "wrong",
                        many(
                            "Those of them whom the row does not suit, 20 at most.",
                            of("TriedPerson", ""),
                        ),
                    ),
                    ("more_wrong", whole("Others whom it does not suit.")),
                    ("next", or_null(text("Where the next page begins."))),
                ],
                &[],
            ),
        ),
        (
            "TriedPerson",
            object(
                "Somebody whom a row does not suit.",
                &[
                    ("name", text("Who.")),
                    ("value", or_null(text("What the row makes of them."))),
                    ("troubles", many("What is wrong with it.", map(""))),
                ],
                &[],
            ),
        ),
        (
            "MappingPreview",
            object(
                "One person through a mapping.",
                &[
                    ("name", text("The person's distinguished name.")),
                    ("login", or_null(text("Its user name in the org."))),
                    ("verdict", map("What an import would do, with the rules.")),
                    ("okta_user", or_null(text("The id of its user in the org."))),
                    ("to_okta", many("A line for each property.", map(""))),
                    ("to_ad", many("A line for each attribute.", map(""))),
                ],
                &[],
            ),
        ),
    ]
}
