//! The flow document.

use serde_json::Value as Json;

use super::{Named, anything, kind, many, object, of, one_of, pair, text, truth, whole, words};

pub(super) fn schemas() -> Named {
    vec![
        ("Flow", flow()),
        ("Schedule", schedule()),
        ("Step", step()),
        ("Note", note()),
        ("Input", input()),
        ("Output", output()),
        ("Lane", lane()),
        ("FieldKey", field_key()),
        ("Pin", pin()),
        ("Type", ty()),
        ("Binding", binding()),
        ("TemplatePart", part()),
        ("OutputRef", output_ref()),
        ("OnError", on_error()),
    ]
}

fn flow() -> Json {
    object(
        "A flow: a row of cards of which the first starts it.",
        &[("id", text("Its id.")), ("name", text("Its name."))],
        &[
            ("description", text("What it is for.")),
            (
                "schedule",
                of("Schedule", "When it runs, for a scheduled flow."),
            ),
            (
                "access",
                words(
                    "Who may call it, for an API endpoint.",
                    &["public", "client_token", "o_auth"],
                ),
            ),
            (
                "on_error",
                of(
                    "OnError",
                    "What happens when a card fails that does not say so itself.",
                ),
            ),
            (
                "saves_data",
                truth("Values that pass through are kept in the history; true where absent."),
            ),
            ("steps", many("The cards.", of("Step", ""))),
            (
                "pins",
                many(
                    "Outputs that stand in for cards when the draft is tried out; no version has any.",
                    of("Pin", ""),
                ),
            ),
        ],
    )
}

fn pin() -> Json {
    object(
        "Outputs that stand in for a card.",
        &[
            ("step", text("The card.")),
            (
                "outputs",
                many(
                    "Each as its field and its value.",
                    pair(of("FieldKey", ""), anything("The value.")),
                ),
            ),
        ],
        &[],
    )
}

fn schedule() -> Json {
    object(
        "Cron fields, narrowed by what they cannot say.",
        &[
            ("seconds", text("Seconds.")),
            ("minutes", text("Minutes.")),
            ("hours", text("Hours.")),
            ("day_of_month", text("Day of month.")),
            ("month", text("Month.")),
            ("day_of_week", text("Day of week, 0 is Sunday.")),
            ("time_zone", text("Name in the tz database.")),
        ],
        &[
            ("every", every()),
            ("window", window()),
            ("starts", text("Not before this day, `2026-11-30`.")),
            ("ends", text("Not after this day.")),
            (
                "overlap",
                words(
                    "What happens where the last run is still going.",
                    &["skip", "queue"],
                ),
            ),
        ],
    )
}

fn every() -> Json {
    object(
        "Of the moments that the cron fields name, only each n-th unit of time counts.",
        &[
            ("count", whole("How many.")),
            (
                "unit",
                words("Of what.", &["minute", "hour", "day", "week", "month"]),
            ),
            (
                "from",
                text("The day that counting starts from, `2026-11-30`."),
            ),
        ],
        &[],
    )
}

fn window() -> Json {
    object(
        "Only between these times of the day, both included; over midnight where the first is later.",
        &[("from", text("From, `09:00`.")), ("to", text("To."))],
        &[],
    )
}

fn step() -> Json {
    object(
        "A card in a flow.",
        &[
            ("id", text("Its id, unique in the flow.")),
            (
                "card",
                card_key("Which card of the catalogue it is: `module:method`."),
            ),
        ],
        &[
            ("title", text("The title that a user gave it.")),
            (
                "note",
                of("Note", "A note on it, or the text of a note card."),
            ),
            ("connection", text("The connection it works with.")),
            ("inputs", many("Input fields and options.", of("Input", ""))),
            ("outputs", many("Output fields.", of("Output", ""))),
            (
                "lanes",
                many("The rows inside a container card.", of("Lane", "")),
            ),
            ("on_error", of("OnError", "What happens when it fails.")),
            ("collapsed", truth("Drawn folded.")),
        ],
    )
}

fn note() -> Json {
    object(
        "A text for the reader of the flow.",
        &[],
        &[
            ("title", text("Heading.")),
            ("text", text("Markdown.")),
            (
                "height",
                whole("How high it is drawn, in pixels; as high as its text where absent."),
            ),
            ("wide", truth("Drawn twice as wide as a card.")),
        ],
    )
}

fn input() -> Json {
    object(
        "An input field or option of a card.",
        &[
            ("key", of("FieldKey", "")),
            ("label", text("What it is called on the card.")),
            ("type", of("Type", "")),
        ],
        &[
            (
                "required",
                truth("Must be filled before the flow may be turned on."),
            ),
            (
                "option",
                truth("Decided while designing: cannot be mapped."),
            ),
            ("custom", truth("Made by the user.")),
            ("hidden", truth("Not drawn.")),
            ("arg", truth("An argument for the helper flow.")),
            ("choices", many("The values to choose from.", text(""))),
            ("binding", of("Binding", "Where its value comes from.")),
        ],
    )
}

fn output() -> Json {
    object(
        "An output field of a card.",
        &[
            ("key", of("FieldKey", "")),
            ("label", text("What it is called on the card.")),
            ("type", of("Type", "")),
        ],
        &[
            ("custom", truth("Made by the user.")),
            ("hidden", truth("Not drawn.")),
        ],
    )
}

fn lane() -> Json {
    object(
        "A row of cards inside a container.",
        &[(
            "id",
            text("`true`, `false`, `if`, `else`, `try`, `error`, or the id of a case."),
        )],
        &[
            ("inputs", many("The condition of a case.", of("Input", ""))),
            ("steps", many("Its cards.", of("Step", ""))),
            (
                "yields",
                many(
                    "The values it gives to the container's outputs.",
                    of("Input", ""),
                ),
            ),
        ],
    )
}

fn field_key() -> Json {
    object(
        "Names a field of a card.",
        &[("key", text("The key in the group."))],
        &[("group", text("The group."))],
    )
}

const BASES: &[&str] = &[
    "text", "number", "boolean", "date", "object", "file", "flow", "any",
];

fn ty() -> Json {
    let key = object(
        "A known key.",
        &[("key", text("The key.")), ("type", of("Type", ""))],
        &[("label", text("What it is called."))],
    );
    object(
        "The type of a field.",
        &[(
            "base",
            words("What it is, or what a list of it holds.", BASES),
        )],
        &[
            ("list", truth("A list of it.")),
            ("keys", many("Known keys of an object.", key)),
        ],
    )
}

const CONVERSIONS: &[&str] = &[
    "parse",
    "dateTime",
    "wrapArray",
    "forceWrapArray",
    "stringify",
    "toString",
    "parseFloat",
    "isoString",
    "booleanToString",
];

fn binding() -> Json {
    one_of(
        "Where the value of an input comes from.",
        vec![
            kind("empty", &[], &[]),
            kind("constant", &[("value", anything("The value."))], &[]),
            kind(
                "output",
                &[("source", of("OutputRef", ""))],
                &[("convert", words("The conversion on the way.", CONVERSIONS))],
            ),
            kind(
                "template",
                &[("parts", many("", of("TemplatePart", "")))],
                &[],
            ),
            kind(
                "item",
                &[],
                &[("path", text("One key of the current item."))],
            ),
        ],
    )
}

fn part() -> Json {
    one_of(
        "A part of a template text.",
        vec![
            kind("text", &[("text", text(""))], &[]),
            kind(
                "value",
                &[
                    ("name", text("Name of the placeholder.")),
                    ("binding", of("Binding", "")),
                ],
                &[],
            ),
        ],
    )
}

fn output_ref() -> Json {
    object(
        "An output of an earlier card.",
        &[("step", text("The card.")), ("field", of("FieldKey", ""))],
        &[(
            "path",
            many("Keys, and positions as digits, inside its value.", text("")),
        )],
    )
}

fn on_error() -> Json {
    let retry = object(
        "How often it is tried again.",
        &[
            ("times", whole("At most this often.")),
            (
                "delays_ms",
                many(
                    "Wait before each, in milliseconds; the last one repeats.",
                    whole(""),
                ),
            ),
        ],
        &[(
            "only_rate_limits",
            truth("Only when the service asked for patience; true where absent."),
        )],
    );
    let then = one_of(
        "What happens when that is used up.",
        vec![
            kind("halt", &[], &[]),
            kind("return_values", &[], &[]),
            kind("run_flow", &[("flow", text("The helper flow."))], &[]),
        ],
    );
    object(
        "What happens when a card fails.",
        &[],
        &[
            ("retry", retry),
            ("then", then),
            (
                "is_own",
                truth(
                    "On a card: holds also where it says nothing, against the flow's own default.",
                ),
            ),
        ],
    )
}

fn card_key(about: &str) -> Json {
    let mut key = text(about);
    key["pattern"] = "^[^:]+:[^:]+".into();
    key
}
