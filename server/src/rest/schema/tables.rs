//! Tables and their rows.

use serde_json::Value as Json;

use super::{Named, many, map, name, object, of, or_null, some, text, time, whole, words};

pub(super) fn schemas() -> Named {
    let cells = map("Cells by column. Unknown columns are refused.");
    vec![
        ("Table", table()),
        ("NewTable", new_table()),
        ("Column", column()),
        ("Row", row()),
        ("RowPage", row_page()),
        (
            "RowChange",
            object("Cells to write.", &[("cells", cells)], &[]),
        ),
    ]
}

fn table() -> Json {
    object(
        "A table without its rows.",
        &[
            ("id", text("Its id.")),
            ("folder", or_null(text("Its folder."))),
            ("name", text("Its name.")),
            ("description", text("What it is for.")),
            ("columns", many("Its columns.", of("Column", ""))),
            ("rows", whole("Number of rows.")),
        ],
        &[],
    )
}

fn new_table() -> Json {
    object(
        "Makes a table.",
        &[
            ("name", name("Its name.")),
            (
                "columns",
                some(
                    "Its columns, each with a name of its own.",
                    of("Column", ""),
                    1,
                    64,
                ),
            ),
        ],
        &[
            ("folder", or_null(text("Its folder."))),
            ("description", text("What it is for.")),
        ],
    )
}

fn column() -> Json {
    object(
        "A column.",
        &[
            ("name", text("Its name.")),
            (
                "type",
                words("What it holds.", &["text", "number", "boolean", "date"]),
            ),
        ],
        &[(
            "default",
            or_null(text("Value for rows that leave it out.")),
        )],
    )
}

fn row() -> Json {
    object(
        "A row.",
        &[
            ("id", text("Its id.")),
            ("cells", map("Cells by column.")),
            ("created_at", time("When it was made.")),
            ("updated_at", time("When it was changed.")),
        ],
        &[],
    )
}

fn row_page() -> Json {
    object(
        "A page of rows.",
        &[
            ("table", of("Table", "")),
            ("rows", many("The rows, oldest first.", of("Row", ""))),
        ],
        &[],
    )
}
