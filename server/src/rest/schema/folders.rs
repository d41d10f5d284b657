//! Folders.

use serde_json::Value as Json;

use super::{Named, name, object, or_null, text, whole};

pub(super) fn schemas() -> Named {
    vec![
        ("Folder", folder()),
        (
            "NewFolder",
            object(
                "Makes a folder.",
                &[("name", name("Its name."))],
                &[
                    ("description", text("What it is for.")),
                    (
                        "parent",
                        or_null(text("The folder around it; none at the top.")),
                    ),
                ],
            ),
        ),
        (
            "FolderChange",
            object(
                "Changes what a folder is called; what is absent stays.",
                &[],
                &[
                    ("name", or_null(name("Its name."))),
                    ("description", or_null(text("What it is for."))),
                ],
            ),
        ),
        (
            "MoveInto",
            object(
                "Where to move something.",
                &[],
                &[("folder", or_null(text("The folder; null for the top.")))],
            ),
        ),
        (
            "NewCopy",
            object(
                "Copies something.",
                &[],
                &[("name", or_null(name("What the copy is called.")))],
            ),
        ),
        ("FolderContents", contents()),
    ]
}

fn folder() -> Json {
    object(
        "A folder.",
        &[
            ("id", text("Its id.")),
            ("parent", or_null(text("The folder around it."))),
            ("name", text("Its name.")),
            ("description", text("What it is for.")),
            ("flows", whole("Number of flows in it.")),
        ],
        &[],
    )
}

fn contents() -> Json {
    object(
        "What is in a folder and below it, and what happens to it when the folder is deleted.",
        &[
            ("folders", whole("Folders below it.")),
            ("flows", whole("Flows; they are deleted with it.")),
            ("flows_on", whole("Of these, flows that are on and stop.")),
            ("tables", whole("Tables that are deleted with it.")),
            ("rows", whole("Rows of these tables.")),
            (
                "tables_kept",
                whole("Tables that flows elsewhere use: they move up."),
            ),
            ("callers", whole("Flows elsewhere that call flows in it.")),
        ],
        &[],
    )
}
