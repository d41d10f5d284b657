//! Trying drafts out, running again, and what people keep of runs.

use serde_json::Value as Json;

use super::{Named, many, map, name, object, of, or_null, text, time, truth, whole, words};

const INPUTS: &str = "Values for the outputs of the first card, by `key` or `group.key`.";

pub(super) fn schemas() -> Named {
    let mut all = vec![
        ("NewTrial", new_trial()),
        ("AgainPlan", again_plan()),
        ("FromCard", from_card()),
        ("Changed", changed()),
        ("Again", again()),
    ];
    all.extend(kept());
    all.extend(tests());
    all
}

fn new_trial() -> Json {
    object(
        "How a draft is tried out. Pinned outputs stand in for their cards.",
        &[],
        &[
            (
                "revision",
                or_null(whole(
                    "The revision of the draft that is meant; another one is refused.",
                )),
            ),
            ("inputs", map(INPUTS)),
            (
                "inputs_of",
                or_null(text(
                    "The run whose values stand where `inputs` have a mask.",
                )),
            ),
            ("until", or_null(text("Ends after this card."))),
            ("only", or_null(text("Runs this card and nothing else."))),
            (
                "given",
                many(
                    "With `only`: what goes into the card, instead of what is mapped.",
                    of("FieldValue", ""),
                ),
            ),
            (
                "values_of",
                or_null(text(
                    "With `only`: the run from which values of other cards come, where none are pinned.",
                )),
            ),
            (
                "ignore_pins",
                truth("Cards with pinned outputs run all the same."),
            ),
        ],
    )
}

fn tests() -> Named {
    let sample = object(
        "The values with which a run started.",
        &[
            ("run", text("The run.")),
            ("flow_name", text("Its flow.")),
            ("at", time("When.")),
            (
                "person",
                or_null(text("Whom it is about, or who started it.")),
            ),
            (
                "values",
                or_null(map("The values; null where the flow saves no data.")),
            ),
        ],
        &[],
    );
    let samples = object(
        "What a flow can be tried with.",
        &[
            ("events", many("The newest real events.", of("Sample", ""))),
            (
                "manual",
                many("The newest runs that a person started.", of("Sample", "")),
            ),
            (
                "tests",
                many("What somebody gave a name.", of("SavedTest", "")),
            ),
        ],
        &[],
    );
    let saved = object(
        "Inputs with a name.",
        &[
            ("id", text("Their id.")),
            ("name", text("Their name.")),
            ("inputs", map(INPUTS)),
            ("created_at", time("When they were made.")),
        ],
        &[],
    );
    let new = object(
        "Inputs to keep.",
        &[("name", name("What to call them."))],
        &[("inputs", map(INPUTS))],
    );
    vec![
        ("Sample", sample),
        ("Samples", samples),
        ("SavedTest", saved),
        ("NewTest", new),
        (
            "TestName",
            object("Another name.", &[("name", name("The name."))], &[]),
        ),
    ]
}

fn again_plan() -> Json {
    object(
        "How a run can be repeated.",
        &[
            (
                "inputs",
                or_null(map(
                    "The values with which it started; null where they are not kept.",
                )),
            ),
            (
                "version",
                whole("The version that ran; 0 for a draft that was tried out."),
            ),
            (
                "current",
                or_null(whole(
                    "The version that a run from now on has: the one that is on, else the newest.",
                )),
            ),
            (
                "from_card",
                or_null(of("FromCard", "Going on where it ended.")),
            ),
            (
                "why_not",
                or_null(text("Why it cannot go on where it ended.")),
            ),
            (
                "changed",
                or_null(of("Changed", "Why the current version cannot go on there.")),
            ),
        ],
        &[],
    )
}

fn from_card() -> Json {
    object(
        "Going on at the card where a run ended.",
        &[
            ("step", text("The card.")),
            (
                "finished",
                whole("How many cards finished before it and do not run again."),
            ),
            (
                "kept",
                whole("How many helper runs of the card ended well and are taken over."),
            ),
            (
                "repeated",
                whole("How many helper runs of the card start once more."),
            ),
            (
                "is_unsure",
                truth(
                    "Its call was reported as failed but may have taken effect, and repeating it is not harmless.",
                ),
            ),
            (
                "is_open",
                truth("Its call was never answered: the new run stops there and asks."),
            ),
        ],
        &[],
    )
}

fn changed() -> Json {
    object(
        "What another version has changed in what a run did already.",
        &[
            ("how", words("How.", &["changed", "removed", "added"])),
            ("step", text("The card.")),
            ("title", text("What it is called.")),
        ],
        &[],
    )
}

fn again() -> Json {
    object(
        "How a run is repeated.",
        &[],
        &[
            (
                "from",
                words("Where it begins; `start` where absent.", &["start", "card"]),
            ),
            (
                "version",
                words(
                    "That of the run, or the current one; `same` where absent.",
                    &["same", "current"],
                ),
            ),
            (
                "inputs",
                or_null(map(
                    "From the start: other values for the outputs of the first card.",
                )),
            ),
            (
                "repeat_unsure",
                truth(
                    "Makes a call again that may have taken effect although it was reported as failed.",
                ),
            ),
        ],
    )
}

fn kept() -> Named {
    vec![
        (
            "ClearRuns",
            object(
                "Which data goes.",
                &[],
                &[("stop_saving", truth("From now on the flow saves none."))],
            ),
        ),
        (
            "ClearedRuns",
            object(
                "What was cleared.",
                &[("runs", whole("How many runs lost their data."))],
                &[],
            ),
        ),
        (
            "UsualDuration",
            object(
                "How long runs of a flow usually take.",
                &[
                    ("flow", text("The flow.")),
                    (
                        "ms",
                        whole("95 of 100 of the newest runs do not take longer, in milliseconds."),
                    ),
                ],
                &[],
            ),
        ),
        (
            "RunsView",
            object(
                "A filter of the list of runs with a name.",
                &[
                    ("id", text("Its id.")),
                    ("name", text("Its name.")),
                    (
                        "query",
                        text("What stands behind ? in the address of the list."),
                    ),
                ],
                &[],
            ),
        ),
        (
            "NewView",
            object(
                "A filter to keep.",
                &[
                    ("name", name("Its name.")),
                    (
                        "query",
                        text("What stands behind ? in the address of the list."),
                    ),
                ],
                &[],
            ),
        ),
    ]
}
