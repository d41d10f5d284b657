//! Tables and their rows.

use serde_json::Value as Json;

use super::{Named, many, map, name, object, of, or_null, some, text, time, truth, whole, words};

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
        (
            "Csv",
            text("Lines of CSV (RFC 4180), the first with names of columns."),
        ),
    ]
    .into_iter()
    .chain(changes())
    .chain(keys())
    .chain(reports())
    .collect()
}

fn changes() -> Named {
    vec![
        (
            "TableChange",
            object(
                "Another name or description; what is absent stays.",
                &[],
                &[
                    ("name", or_null(text("Its name."))),
                    ("description", or_null(text("What it is for."))),
                ],
            ),
        ),
        (
            "ColumnChange",
            object(
                "Another name or default; what is absent stays, an empty default is none.",
                &[],
                &[
                    ("name", or_null(text("Its name."))),
                    (
                        "default",
                        or_null(text("Value for rows that leave it out.")),
                    ),
                ],
            ),
        ),
        (
            "RowIds",
            object(
                "Rows by their ids, at most 10,000.",
                &[("rows", many("The ids.", text("Id of a row.")))],
                &[],
            ),
        ),
        (
            "Count",
            object("How many.", &[("count", whole("How many."))], &[]),
        ),
    ]
}

fn keys() -> Named {
    let columns = || some("Columns, in order.", text("Name of a column."), 1, 8);
    let unique = || truth("No two rows have the same values in these columns.");
    vec![
        (
            "TableKey",
            object(
                "Columns by which rows are found fast.",
                &[
                    ("id", text("Its id.")),
                    ("columns", columns()),
                    ("is_unique", unique()),
                ],
                &[],
            ),
        ),
        (
            "NewTableKey",
            object(
                "Makes a key.",
                &[("columns", columns()), ("is_unique", unique())],
                &[],
            ),
        ),
        (
            "PutRow",
            object(
                "A row to change or to add.",
                &[(
                    "cells",
                    map("Cells by column; other cells of a row that exists stay."),
                )],
                &[(
                    "key",
                    many(
                        "Columns of a unique key; the only one where absent.",
                        text("Name of a column."),
                    ),
                )],
            ),
        ),
        (
            "PutReply",
            object(
                "What became of the row.",
                &[("row", of("Row", "")), ("is_new", truth("It is new."))],
                &[],
            ),
        ),
        (
            "TableUse",
            object(
                "A flow that uses a table.",
                &[
                    ("flow", text("The flow.")),
                    ("name", text("Its name.")),
                    ("is_on", truth("It is on.")),
                    (
                        "columns",
                        many(
                            "The columns that its cards name.",
                            text("Name of a column."),
                        ),
                    ),
                ],
                &[],
            ),
        ),
    ]
}

fn reports() -> Named {
    vec![
        (
            "CsvReport",
            object(
                "What came of a file.",
                &[
                    ("added", whole("Rows that were added.")),
                    ("changed", whole("Rows that were changed.")),
                    ("refused", whole("Lines that were left out.")),
                    (
                        "problems",
                        many(
                            "What is wrong with the first 100 of them.",
                            of("CsvProblem", ""),
                        ),
                    ),
                ],
                &[],
            ),
        ),
        (
            "CsvProblem",
            object(
                "What is wrong with a line.",
                &[
                    ("line", whole("The line, from 1.")),
                    (
                        "column",
                        or_null(text("The column, where it is about one.")),
                    ),
                    ("message", text("What is wrong, in English.")),
                ],
                &[],
            ),
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
            ("rows", many("The rows.", of("Row", ""))),
            ("matching", whole("How many rows meet filter and text.")),
            ("keys", many("The table's keys.", of("TableKey", ""))),
        ],
        &[],
    )
}
