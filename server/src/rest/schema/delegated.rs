//! Delegated flows.

use serde_json::Value as Json;

use super::super::routes::RUN_STATUSES;
use super::{Named, anything, many, object, of, or_null, text, time, truth, words};

pub(super) fn schemas() -> Named {
    vec![
        ("DelegatedFlow", flow()),
        ("DelegatedInput", input()),
        ("DelegatedRun", run()),
        ("Delegate", delegate()),
        (
            "NewDelegates",
            object(
                "Whom a flow is granted to.",
                &[("people", many("Ids of people.", text("")))],
                &[],
            ),
        ),
    ]
}

fn flow() -> Json {
    object(
        "A delegated flow that the caller may run.",
        &[
            ("id", text("Its id.")),
            ("name", text("Its name.")),
            ("description", text("What it is for.")),
            (
                "inputs",
                many("What has to be filled in.", of("DelegatedInput", "")),
            ),
        ],
        &[],
    )
}

fn input() -> Json {
    object(
        "A value that whoever runs a flow fills in.",
        &[
            ("name", text("By this name a run takes it.")),
            ("label", text("What it is called.")),
            ("type", of("Type", "What it holds.")),
            ("is_required", truth("It must be filled in.")),
        ],
        &[("choices", many("The values to choose from.", text("")))],
    )
}

fn run() -> Json {
    object(
        "A run of a delegated flow, as whoever started it sees it.",
        &[
            ("id", text("Its id.")),
            ("flow", text("The flow.")),
            ("flow_name", text("Name of the flow.")),
            ("status", words("Where it is.", RUN_STATUSES)),
            ("started_at", time("When it was started.")),
            ("returned", anything("What it returned; null until then.")),
            ("error", or_null(text("Why it failed."))),
        ],
        &[],
    )
}

fn delegate() -> Json {
    object(
        "A person who may be granted a delegated flow.",
        &[
            ("person", text("Their id.")),
            ("name", text("What they are called.")),
            ("login", text("What they sign in with.")),
            ("is_granted", truth("The flow was granted to them.")),
            ("is_always", truth("They may run it anyhow, by their role.")),
        ],
        &[],
    )
}
