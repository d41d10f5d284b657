//! Templates.

use serde_json::{Value as Json, json};

use super::flows::flow_kind;
use super::{Named, many, map, object, of, or_null, pair, text, whole};

pub(super) fn schemas() -> Named {
    vec![
        ("Said", said()),
        ("TemplateRow", row()),
        ("Template", template()),
        ("TemplateAsk", ask()),
        ("TemplateFlow", flow()),
        ("Picture", picture()),
        ("Plate", plate()),
        ("InstallTemplate", install()),
        ("InstalledTemplate", installed()),
    ]
}

fn said() -> Json {
    object(
        "A text in both languages.",
        &[("en", text("English.")), ("ja", text("Japanese."))],
        &[],
    )
}

fn row() -> Json {
    object(
        "A template in the gallery.",
        &[
            ("id", text("Its stable name.")),
            ("title", of("Said", "")),
            ("summary", of("Said", "What it does, in a sentence.")),
            ("tags", many("What it is good for.", text(""))),
            (
                "connectors",
                many("Modules of the connections that it needs.", text("")),
            ),
            ("kinds", many("How its flows are started.", flow_kind())),
            ("tables", whole("Number of tables that it brings.")),
            ("picture", of("Picture", "Its first flow.")),
        ],
        &[],
    )
}

fn template() -> Json {
    object(
        "A template.",
        &[
            ("row", of("TemplateRow", "")),
            ("overview", of("Said", "")),
            (
                "needs",
                many("What has to be there before.", of("Said", "")),
            ),
            (
                "steps",
                many("What to do after it is installed.", of("Said", "")),
            ),
            ("asks", many("What it asks for.", of("TemplateAsk", ""))),
            ("flows", many("Its flows.", of("TemplateFlow", ""))),
            (
                "tables",
                many(
                    "Its tables: name and columns.",
                    pair(of("Said", ""), many("", text(""))),
                ),
            ),
            (
                "scopes",
                many("OAuth scopes that its cards need.", text("")),
            ),
        ],
        &[],
    )
}

fn ask() -> Json {
    object(
        "A value that a template asks for.",
        &[
            ("key", text("Its key.")),
            ("label", of("Said", "")),
            ("example", text("What it may look like.")),
        ],
        &[],
    )
}

fn flow() -> Json {
    object(
        "A flow of a template.",
        &[
            ("name", of("Said", "")),
            ("description", of("Said", "")),
            ("kind", flow_kind()),
            ("picture", of("Picture", "")),
        ],
        &[],
    )
}

fn numbers(about: &str, count: usize) -> Json {
    json!({ "type": "array", "description": about, "items": { "type": "number" }, "minItems": count, "maxItems": count })
}

fn picture() -> Json {
    object(
        "A flow as plates, in the pixels of the canvas.",
        &[
            ("width", json!({ "type": "number" })),
            ("height", json!({ "type": "number" })),
            ("plates", many("Cards.", of("Plate", ""))),
            (
                "frames",
                many(
                    "Containers and lanes.",
                    numbers("x, y, width, height, nesting.", 5),
                ),
            ),
            (
                "lines",
                many("Lines between cards.", numbers("From x, y to x, y.", 4)),
            ),
        ],
        &[],
    )
}

fn plate() -> Json {
    object(
        "A card of a picture.",
        &[
            ("x", json!({ "type": "number" })),
            ("y", json!({ "type": "number" })),
            ("width", json!({ "type": "number" })),
            ("family", text("Its colour.")),
            ("icon", text("Its icon.")),
            ("title", of("Said", "")),
            ("number", or_null(whole("Its number; notes have none."))),
        ],
        &[],
    )
}

fn install() -> Json {
    object(
        "Installs a template.",
        &[],
        &[
            ("language", text("`en` or `ja`; English where absent.")),
            ("folder", or_null(text("The folder around the new one."))),
            (
                "connections",
                map("Module to the connection for its cards."),
            ),
            ("answers", map("What the template asks for, by key.")),
        ],
    )
}

fn installed() -> Json {
    object(
        "What an installation made.",
        &[
            ("folder", text("The folder.")),
            ("flows", many("Its flows, all off.", of("ImportedFlow", ""))),
            (
                "tables",
                many("Its tables: id and name.", pair(text(""), text(""))),
            ),
        ],
        &[],
    )
}
