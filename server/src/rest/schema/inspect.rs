//! Passes of loops, where values came from, masked values.

use serde_json::Value as Json;

use super::{Named, anything, many, object, of, or_null, text, truth, whole, words};

pub(super) fn schemas() -> Named {
    vec![
        ("Pass", pass()),
        ("CalledBy", called_by()),
        ("WhichValue", which_value(&[])),
        ("ValueRef", which_value(&[("run", text("The run."))])),
        ("Origin", origin()),
        (
            "ShownValue",
            object(
                "A value as it is.",
                &[("value", anything("The value."))],
                &[],
            ),
        ),
    ]
}

fn pass() -> Json {
    object(
        "One pass of a card that goes round: a run of its helper flow.",
        &[
            (
                "number",
                whole("Which pass, from 1; 0 where there is none."),
            ),
            (
                "count",
                whole("How many there are; of a stream, how many have begun."),
            ),
            ("failed", whole("How many failed.")),
            ("first_failed", or_null(whole("The first that failed."))),
            (
                "next_failed",
                or_null(whole("The first behind this one that failed.")),
            ),
            (
                "run",
                or_null(of(
                    "RunRow",
                    "The helper run; null where it did not begin or is not kept.",
                )),
            ),
        ],
        &[],
    )
}

fn called_by() -> Json {
    object(
        "The card that a helper run was started by.",
        &[
            ("run", text("The run.")),
            ("step", text("The card in it.")),
            (
                "number",
                or_null(whole(
                    "Which pass of the card, from 1; null outside of loops.",
                )),
            ),
        ],
        &[],
    )
}

fn which_value(more: &[(&'static str, Json)]) -> Json {
    let mut required = more.to_vec();
    required.extend([
        ("step", text("The card.")),
        ("field", of("FieldKey", "The field.")),
    ]);
    object(
        "A value of a run.",
        &required,
        &[
            (
                "is_input",
                truth("What went into the card, not what came out."),
            ),
            (
                "path",
                many(
                    "Keys and positions inside the value; the whole where empty.",
                    text(""),
                ),
            ),
        ],
    )
}

const ENDS: &[&str] = &[
    "start", "typed", "made", "pinned", "empty", "gone", "too_many",
];

fn origin() -> Json {
    object(
        "A place that a value came through, and the value there.",
        &[
            ("at", of("ValueRef", "Where.")),
            ("flow", text("The flow.")),
            ("flow_name", text("What the flow is called.")),
            ("card", text("Which card of the catalogue it is.")),
            ("title", or_null(text("What somebody called the card."))),
            ("number", whole("Its number in the flow.")),
            ("label", text("What the flow calls the field.")),
            ("value", anything("The value; null where none is kept.")),
            (
                "depth",
                whole("How many places it is away from the value that was asked for."),
            ),
            ("end", or_null(words("Why the way ends here.", ENDS))),
        ],
        &[(
            "masked",
            truth("The value is masked, as a whole or in parts."),
        )],
    )
}
