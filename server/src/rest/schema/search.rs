//! What searches find.

use serde_json::Value as Json;

use super::super::routes::RUN_STATUSES;
use super::super::search::KINDS;
use super::{Named, many, object, of, or_null, text, truth, whole, words};

pub(super) fn schemas() -> Named {
    vec![
        ("FlowHits", flow_hits()),
        ("FlowHit", flow_hit()),
        ("SpotHit", spot_hit()),
        ("QuickFound", quick_found()),
        ("QuickThing", quick_thing()),
    ]
}

fn flow_hits() -> Json {
    object(
        "Flows in which something was found.",
        &[
            ("flows", many("The flows, by name.", of("FlowHit", ""))),
            (
                "next",
                or_null(text(
                    "The cursor of the next page; null on the last one. A page may be empty and not the last one.",
                )),
            ),
        ],
        &[],
    )
}

fn flow_hit() -> Json {
    object(
        "A flow in which something was found.",
        &[
            ("id", text("The flow.")),
            ("name", text("Its name.")),
            ("folder", or_null(text("Name of its folder."))),
            ("is_on", truth("Turned on.")),
            (
                "spots",
                many("The first places, in reading order.", of("SpotHit", "")),
            ),
            ("more", whole("How many more places there are.")),
        ],
        &[],
    )
}

fn spot_hit() -> Json {
    let mark = object(
        "A part of the text.",
        &[
            ("from", whole("Its first byte.")),
            ("to", whole("The byte behind its last one.")),
        ],
        &[],
    );
    object(
        "A place of a flow.",
        &[
            ("step", or_null(text("The card; null for the flow itself."))),
            ("number", or_null(whole("Number of the card."))),
            ("title", text("What the card is called.")),
            ("card", or_null(text("Which card it is."))),
            ("kind", words("What of it.", SPOTS)),
            ("field", text("What the field is called.")),
            ("excerpt", text("The text around what was found.")),
            ("marks", many("What was found in it.", mark)),
            (
                "version",
                or_null(whole(
                    "Set where it is not in the draft, but in this version, which is on.",
                )),
            ),
        ],
        &[],
    )
}

/// Kinds of places.
const SPOTS: &[&str] = &[
    "flow_name",
    "description",
    "title",
    "card",
    "field",
    "value",
    "note",
    "connection",
    "table",
    "helper",
];

fn quick_found() -> Json {
    object(
        "What was found by name.",
        &[(
            "things",
            many(
                "Of each kind the best first, at most 8.",
                of("QuickThing", ""),
            ),
        )],
        &[],
    )
}

fn quick_thing() -> Json {
    object(
        "Something with a name.",
        &[
            ("kind", words("What it is.", KINDS)),
            ("id", text("Its id.")),
            ("name", text("Its name; of a run, that of its flow.")),
            (
                "about",
                text("What tells it apart: folder, login, address; of a run, when it began."),
            ),
            ("is_on", truth("Turned on, for flows.")),
            (
                "status",
                or_null(words("Where a run stands.", RUN_STATUSES)),
            ),
        ],
        &[],
    )
}
