//! Versions, drafts that gave way to others, and what the caller saw last.

use serde_json::Value as Json;

use super::{Named, object, of, or_null, text, time, truth, whole, words};

pub(super) fn schemas() -> Named {
    vec![
        ("VersionLabel", label()),
        ("Version", version()),
        (
            "VersionView",
            object(
                "A version with what it holds.",
                &[
                    ("row", of("Version", "The version.")),
                    ("document", of("Flow", "What it holds.")),
                ],
                &[],
            ),
        ),
        (
            "Restoring",
            object(
                "Makes a version the draft.",
                &[(
                    "revision",
                    whole("The revision of the draft that gives way."),
                )],
                &[],
            ),
        ),
        (
            "Draft",
            object(
                "A draft.",
                &[
                    ("revision", whole("Its revision.")),
                    ("draft", of("Flow", "The draft.")),
                ],
                &[],
            ),
        ),
        (
            "NewKeptDraft",
            object(
                "Keeps a draft that gives way to another.",
                &[
                    ("reason", reason()),
                    ("draft", of("Flow", "The draft, with the id of the flow.")),
                ],
                &[],
            ),
        ),
        ("KeptDraftRow", kept()),
        (
            "KeptDraft",
            object(
                "A draft that gave way to another.",
                &[
                    ("row", of("KeptDraftRow", "The list row.")),
                    ("document", of("Flow", "What it holds.")),
                ],
                &[],
            ),
        ),
        (
            "Look",
            object(
                "What the caller saw of a flow.",
                &[
                    ("looked_at", time("When.")),
                    ("document", of("Flow", "The draft as it was then.")),
                ],
                &[],
            ),
        ),
    ]
}

fn label() -> Json {
    object(
        "Names a version.",
        &[],
        &[
            ("name", text("At most 200 characters; may be empty.")),
            (
                "note",
                text("Why it is saved. At most 4,000 characters; may be empty."),
            ),
        ],
    )
}

fn version() -> Json {
    object(
        "A version.",
        &[
            ("number", whole("From 1.")),
            ("name", text("May be empty.")),
            ("note", text("Why it was saved; may be empty.")),
            (
                "changes",
                or_null(whole("How many things differ from the version before it.")),
            ),
            ("author", text("Who saved it.")),
            ("created_at", time("When it was saved.")),
            ("is_active", truth("This one runs.")),
        ],
        &[],
    )
}

fn reason() -> Json {
    words("Why it gave way.", &["restored", "conflict"])
}

fn kept() -> Json {
    object(
        "A draft that gave way to another, in a list.",
        &[
            ("id", text("Its id.")),
            ("reason", reason()),
            ("author", text("Whose it was.")),
            ("created_at", time("When it was kept.")),
        ],
        &[],
    )
}
