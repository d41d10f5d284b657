//! Importing packs.

use serde_json::Value as Json;

use super::flows::flow_kind;
use super::{Named, many, map, object, of, or_null, pair, text, whole, words};

pub(super) fn schemas() -> Named {
    vec![
        (
            "Pack",
            map("A pack as exported: the content of a .flopack file."),
        ),
        ("PackView", pack_view()),
        ("PackFlow", pack_flow()),
        ("PackConnection", pack_connection()),
        ("PackTable", pack_table()),
        ("PackProblem", pack_problem()),
        ("PackTodo", pack_todo()),
        ("ImportReport", import_report()),
        ("ImportedFlow", imported_flow()),
    ]
}

fn pack_view() -> Json {
    object(
        "What is in a pack.",
        &[
            ("name", text("Its name.")),
            ("version", text("Format version.")),
            (
                "created",
                or_null(text("When it was exported, as written in the pack.")),
            ),
            ("cards", whole("Number of cards.")),
            ("supported", whole("Of these, cards that run here.")),
            ("flows", many("Its flows.", of("PackFlow", ""))),
            (
                "connections",
                many("Connections to be assigned.", of("PackConnection", "")),
            ),
            ("tables", many("Its tables.", of("PackTable", ""))),
            (
                "problems",
                many("What was found wrong or different.", of("PackProblem", "")),
            ),
            (
                "todos",
                many("What is left to do, card by card.", of("PackTodo", "")),
            ),
        ],
        &[],
    )
}

fn pack_flow() -> Json {
    let card = pair(text("`module:method`"), text("Title."));
    object(
        "A flow in a pack.",
        &[
            ("id", text("Its id in the pack.")),
            ("name", text("Its name.")),
            ("kind", flow_kind()),
            ("cards", many("Its cards: key and title.", card)),
            ("notes", whole("Number of notes.")),
            ("unsupported", whole("Cards that are not available here.")),
        ],
        &[],
    )
}

fn pack_connection() -> Json {
    object(
        "A connection that a pack needs.",
        &[
            (
                "id",
                text("Its id in the pack; `module:<name>` for cards that lost theirs."),
            ),
            ("name", text("Its name.")),
            ("module", text("Connector module.")),
            ("cards", whole("Number of cards that use it.")),
            (
                "candidates",
                many("Connections here that fit.", of("Connection", "")),
            ),
        ],
        &[(
            "chosen",
            text("The one that was chosen for this name before."),
        )],
    )
}

fn pack_table() -> Json {
    let candidate = pair(text("Id."), text("Name."));
    object(
        "A table in a pack.",
        &[
            ("id", text("Its id in the pack.")),
            ("name", text("Its name.")),
            ("columns", many("Its columns.", of("Column", ""))),
            (
                "candidates",
                many("Tables here with the same columns.", candidate),
            ),
        ],
        &[(
            "chosen",
            text("The one that was chosen for this name before."),
        )],
    )
}

fn pack_problem() -> Json {
    object(
        "Something in a pack that is wrong or different here.",
        &[
            ("flow", or_null(text("The flow it is about."))),
            ("card", or_null(text("The card it is about."))),
            ("code", text("Stable code.")),
            ("message", text("A sentence in English.")),
        ],
        &[],
    )
}

const TODO_KINDS: &[&str] = &[
    "connect",
    "replace",
    "fill_in",
    "choose_flow",
    "choose_table",
    "map",
];

fn pack_todo() -> Json {
    object(
        "Something that somebody has to do before a card can run.",
        &[
            (
                "flow",
                text("The flow: its id in the pack, after the import here."),
            ),
            ("flow_name", text("Its name.")),
            ("step", text("The card in it.")),
            ("card", text("Which card it is: `module:method`.")),
            ("title", text("What it is called in the flow.")),
            ("kind", words("What is to be done.", TODO_KINDS)),
            ("field", or_null(text("The field it is about."))),
            (
                "about",
                text("The pack's connection, the connector, or the id that is not known."),
            ),
        ],
        &[],
    )
}

fn import_report() -> Json {
    let table = pair(text("Id."), text("Name."));
    object(
        "What an import made.",
        &[
            ("folder", text("The folder.")),
            ("flows", many("The flows, all off.", of("ImportedFlow", ""))),
            ("tables", many("The tables.", table)),
            (
                "todos",
                many("What is left to do, card by card.", of("PackTodo", "")),
            ),
        ],
        &[],
    )
}

fn imported_flow() -> Json {
    object(
        "A flow that an import made.",
        &[
            ("id", text("Its id here.")),
            ("name", text("Its name.")),
            ("kind", flow_kind()),
            (
                "problems",
                whole("Problems to solve before it can be turned on."),
            ),
        ],
        &[],
    )
}
