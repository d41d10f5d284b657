//! Flows and versions.

use serde_json::{Value as Json, json};

use super::super::routes::FLOW_KINDS;
use super::{Named, anything, many, name, object, of, or_null, text, time, truth, whole, words};

pub(super) fn schemas() -> Named {
    vec![
        ("FlowList", flow_list()),
        ("FlowRow", flow_row()),
        ("LastRun", last_run()),
        ("PlacedProblem", placed_problem()),
        ("FlowView", flow_view()),
        ("Endpoint", endpoint()),
        ("NewFlow", new_flow()),
        ("NewDraft", new_draft()),
        (
            "DraftRevision",
            object(
                "The draft was kept.",
                &[("revision", whole("Its revision now."))],
                &[],
            ),
        ),
    ]
}

fn flow_list() -> Json {
    object(
        "Flows and folders.",
        &[
            ("folders", many("All folders.", of("Folder", ""))),
            ("flows", many("The flows, by name.", of("FlowRow", ""))),
            (
                "connections",
                many("All connections.", of("Connection", "")),
            ),
        ],
        &[],
    )
}

/// The ways in which a flow is started.
pub(super) fn flow_kind() -> Json {
    words("How it is started.", FLOW_KINDS)
}

fn flow_row() -> Json {
    object(
        "A flow in a list.",
        &[
            ("id", text("Its id.")),
            ("folder", or_null(text("Its folder."))),
            ("name", text("Its name.")),
            ("kind", flow_kind()),
            ("is_on", truth("Turned on.")),
            ("version", or_null(whole("The newest version."))),
            ("problems", whole("Number of problems in the draft.")),
            (
                "cards",
                whole("Number of cards in the draft, notes left out."),
            ),
            ("updated_at", time("Last change.")),
            ("created_at", time("When it was made.")),
            ("author", or_null(text("Who made it; in lists only."))),
            (
                "last_run",
                or_null(of("LastRun", "Its newest run; in lists only.")),
            ),
            (
                "connections",
                many("Connections that its draft uses; in lists only.", text("")),
            ),
        ],
        &[],
    )
}

fn last_run() -> Json {
    object(
        "The newest run of a flow.",
        &[
            ("id", text("The run.")),
            ("at", time("When it was asked for.")),
            ("status", super::runs::status()),
        ],
        &[],
    )
}

fn flow_view() -> Json {
    object(
        "A flow with its draft and what its cards may use.",
        &[
            ("row", of("FlowRow", "")),
            ("folder_name", or_null(text("Name of its folder."))),
            ("draft", of("Flow", "The draft.")),
            (
                "revision",
                whole("Revision of the draft: saving names the revision it started from."),
            ),
            (
                "draft_is_saved",
                truth("The draft is what the newest version holds."),
            ),
            (
                "connections",
                many("Connections for its cards.", of("Connection", "")),
            ),
            (
                "callable",
                many("Flows that its cards may call.", of("FlowRow", "")),
            ),
            ("tables", many("Tables for its cards.", of("Table", ""))),
            (
                "endpoint",
                or_null(of("Endpoint", "Where an API endpoint flow is called.")),
            ),
        ],
        &[(
            "signatures",
            json!({ "type": "object", "additionalProperties": true, "description":
                "Inputs, results and calls of the flows that it calls, by flow id." }),
        )],
    )
}

fn endpoint() -> Json {
    object(
        "Where an API endpoint flow is called.",
        &[
            ("url", text("Its address.")),
            (
                "client_token",
                or_null(text("Its client token, where it asks for one.")),
            ),
        ],
        &[],
    )
}

fn new_flow() -> Json {
    object(
        "Makes a flow.",
        &[("name", name("Its name."))],
        &[("folder", or_null(text("Its folder.")))],
    )
}

fn new_draft() -> Json {
    object(
        "Replaces the draft.",
        &[
            (
                "revision",
                whole("The revision that was edited; another one now is a conflict."),
            ),
            (
                "draft",
                of("Flow", "The whole draft, with the id of the flow."),
            ),
        ],
        &[],
    )
}

fn placed_problem() -> Json {
    object(
        "Something that is wrong with a flow, and where.",
        &[
            ("code", text("What, as a stable word.")),
            (
                "severity",
                words(
                    "Errors keep the flow from being turned on, warnings do not.",
                    &["error", "warning"],
                ),
            ),
            (
                "number",
                or_null(whole(
                    "The number of the card; null where it is about the flow.",
                )),
            ),
            ("title", or_null(of("Said", "What the card is called."))),
        ],
        &[
            ("step", text("The card.")),
            ("input", anything("The field.")),
            (
                "scopes",
                many("Scopes that the connection lacks.", text("")),
            ),
            ("about", text("What it is about, by name.")),
        ],
    )
}
