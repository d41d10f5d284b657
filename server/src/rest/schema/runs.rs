//! Runs and what happened in them.

use serde_json::Value as Json;

use super::super::routes::RUN_STATUSES;
use super::{
    Named, anything, kind, many, map, object, of, one_of, or_null, text, time, truth, whole, words,
};

/// Where a run stands.
pub(super) fn status() -> Json {
    words("Where it stands.", RUN_STATUSES)
}

pub(super) fn schemas() -> Named {
    let inputs = map("Values for the outputs of the first card, by `key` or `group.key`.");
    vec![
        (
            "NewRun",
            object("What a run starts with.", &[], &[("inputs", inputs)]),
        ),
        (
            "StartedRun",
            object("A run that was accepted.", &[("id", text("Its id."))], &[]),
        ),
        ("Settlement", settlement()),
        ("RunList", run_list()),
        ("RunRow", run_row()),
        ("RunView", run_view()),
        ("StepRun", step_run()),
        ("FieldValue", field_value()),
        ("Call", call()),
        ("ChildRun", child_run()),
        ("CardError", card_error()),
    ]
}

fn settlement() -> Json {
    let outputs =
        map("With `done`: outputs of the card that later cards need, by `key` or `group.key`.");
    object(
        "What became of a call of which the server does not know whether it took effect.",
        &[(
            "decision",
            words(
                "`again`: it did not, make it again. `done`: it did, go on. `failed`: it counts as failed.",
                &["again", "done", "failed"],
            ),
        )],
        &[("outputs", outputs)],
    )
}

fn run_list() -> Json {
    object(
        "A page of runs.",
        &[
            ("runs", many("The runs, newest first.", of("RunRow", ""))),
            (
                "next",
                or_null(text("Cursor for the next page; null on the last one.")),
            ),
        ],
        &[],
    )
}

const CAUSES: &[&str] = &["event", "schedule", "manual", "api", "endpoint", "helper"];

fn run_row() -> Json {
    object(
        "A run in a list.",
        &[
            ("id", text("Its id.")),
            ("flow", text("The flow.")),
            ("flow_name", text("Its name at that time.")),
            (
                "version",
                whole("The version that ran; 0 for a draft that was tried out."),
            ),
            ("status", status()),
            ("cause", words("What started it.", CAUSES)),
            ("parent", or_null(text("The run that called it."))),
            ("started_at", time("Start.")),
            (
                "duration_ms",
                or_null(whole("Duration in milliseconds, once it is over.")),
            ),
            ("error", or_null(text("What went wrong."))),
            ("person", or_null(text("Who started it."))),
            ("subject", or_null(text("Whom or what it is about."))),
            ("again_of", or_null(text("The run that it repeats."))),
            (
                "trial",
                or_null(words(
                    "Somebody tries the flow out: the whole draft, up to a card, or one card.",
                    &["flow", "until", "card"],
                )),
            ),
        ],
        &[],
    )
}

fn run_view() -> Json {
    object(
        "A run with everything that happened in it.",
        &[
            ("row", of("RunRow", "")),
            ("flow", of("Flow", "The flow as it ran.")),
            (
                "steps",
                many("What each card did, in order of start.", of("StepRun", "")),
            ),
            ("returned", or_null(anything("What it returned."))),
            ("failed_step", or_null(text("The card that failed."))),
            ("error", or_null(of("CardError", "The error, whole."))),
            ("is_private", truth("Data was not kept.")),
            ("calls", whole("Calls to outside services so far.")),
            ("newer", or_null(text("The next newer run of the flow."))),
            ("older", or_null(text("The next older run of the flow."))),
            (
                "again",
                many(
                    "The runs that repeat this one, the newest first.",
                    of("RunRow", ""),
                ),
            ),
            (
                "called_by",
                or_null(of(
                    "CalledBy",
                    "The card of another run that started this one.",
                )),
            ),
        ],
        &[],
    )
}

const STEP_STATES: &[&str] = &[
    "running",
    "waiting",
    "succeeded",
    "failed",
    "outcome_unknown",
];

fn step_run() -> Json {
    object(
        "What one card did.",
        &[
            ("step", text("The card.")),
            ("path", text("Unique in the run.")),
            ("state", words("Where it stands.", STEP_STATES)),
            ("started_at", time("Start.")),
            (
                "took_us",
                or_null(whole("Time it took in microseconds, once it is over.")),
            ),
            (
                "inputs",
                many("Values of the inputs.", of("FieldValue", "")),
            ),
            (
                "outputs",
                many("Values of the outputs.", of("FieldValue", "")),
            ),
            ("error", or_null(of("CardError", "Why it failed."))),
            ("calls", many("Calls it made.", of("Call", ""))),
            (
                "children",
                many(
                    "Helper runs it started: of a loop or a stream the first hundred, and those that failed.",
                    of("ChildRun", ""),
                ),
            ),
            ("helpers", whole("How many helper runs it started in all.")),
            (
                "lane",
                or_null(text("The lane that was taken, for containers.")),
            ),
            (
                "is_pinned",
                truth("It did not run: its outputs were pinned."),
            ),
            ("is_last", truth("The run was to end after it.")),
            (
                "is_carried",
                truth("It finished in the run that this one repeats, and was taken over."),
            ),
        ],
        &[],
    )
}

fn field_value() -> Json {
    object(
        "The value of a field.",
        &[
            ("field", of("FieldKey", "")),
            ("value", anything("The value.")),
        ],
        &[(
            "masked",
            truth("The value is masked, as a whole or in parts."),
        )],
    )
}

fn call() -> Json {
    object(
        "A call to an outside service.",
        &[
            ("method", text("HTTP method.")),
            ("path", text("Path without host.")),
            (
                "status",
                or_null(whole("HTTP status; null where no answer came.")),
            ),
            ("at", time("When.")),
            ("took_ms", whole("How long, in milliseconds.")),
            ("attempt", whole("From 1.")),
        ],
        &[],
    )
}

fn child_run() -> Json {
    object(
        "A helper run that a card started.",
        &[
            ("run", text("The run.")),
            ("flow", text("Its flow.")),
            ("index", or_null(whole("Position of the item."))),
        ],
        &[],
    )
}

fn card_error() -> Json {
    let reset = or_null(time("When the limit resets, where the service said so."));
    let retry = one_of(
        "Whether trying again can help.",
        vec![
            kind("no", &[], &[]),
            kind("rate_limited", &[("reset_at_ms", reset)], &[]),
            kind("unavailable", &[], &[]),
            kind("outcome_unknown", &[], &[]),
        ],
    );
    object(
        "Why a card failed.",
        &[
            ("code", text("Stable word for programs.")),
            ("message", text("What happened and what to do.")),
            ("retry", retry),
        ],
        &[
            ("status", whole("HTTP status of the answer.")),
            ("detail", anything("What the service said, whole.")),
        ],
    )
}
