//! Routes about trying drafts out, running again, and what people keep of runs.

use super::{ACCEPTED, CREATED, Many, OK, One, Route, delete, get, post};
use crate::rest::route::patch;
use crate::rest::schema::{text, whole};
use crate::rest::{runs, trials};

/// Trials, repeated runs, cleared data, views.
pub(super) fn all() -> Vec<Route> {
    let mut all = Vec::from(of_flows());
    all.extend(of_runs());
    all.extend(of_values());
    all
}

fn of_values() -> [Route; 3] {
    [
        get(
            "/runs/{id}/passes",
            "readPass",
            "Tells which helper run one pass of a card was, how many passes there are and which failed next.",
            runs::pass,
        )
        .asks("step", text(""), "The card.")
        .asks("number", whole(""), "The pass, from 1; where absent the first that failed, else the first.")
        .answers(OK, One("Pass")),
        post(
            "/runs/{id}/origins",
            "traceValue",
            "Tells where a value came from: card by card back to what started the run, into helper runs and out of them.",
            runs::trace,
        )
        .takes("WhichValue")
        .answers(OK, Many("Origin")),
        post(
            "/runs/{id}/values",
            "showValue",
            "Returns a value that is masked in the run, and writes into the audit log who saw it.",
            runs::show,
        )
        .takes("WhichValue")
        .answers(OK, One("ShownValue")),
    ]
}

fn of_flows() -> [Route; 6] {
    [
        post(
            "/flows/{id}/trials",
            "tryFlow",
            "Runs the draft of a flow, or one of its cards, and makes no version.",
            trials::start,
        )
        .may_take("NewTrial")
        .answers(ACCEPTED, One("StartedRun")),
        get(
            "/flows/{id}/samples",
            "listSamples",
            "Lists what a flow can be tried with: newest real events, runs by hand, saved tests.",
            trials::samples,
        )
        .answers(OK, One("Samples")),
        post(
            "/flows/{id}/tests",
            "saveTest",
            "Keeps inputs with a flow under a name.",
            trials::save_test,
        )
        .takes("NewTest")
        .answers(CREATED, One("SavedTest")),
        patch(
            "/flows/{id}/tests/{test}",
            "renameTest",
            "Gives saved inputs another name.",
            trials::rename_test,
        )
        .takes("TestName")
        .answers(OK, One("SavedTest")),
        delete(
            "/flows/{id}/tests/{test}",
            "deleteTest",
            "Deletes saved inputs.",
            trials::delete_test,
        ),
        post("/flows/{id}/runs/clear", "clearRuns", CLEAR, trials::clear)
            .may_take("ClearRuns")
            .answers(OK, One("ClearedRuns")),
    ]
}

const CLEAR: &str =
    "Takes away the data of all runs of a flow that are over. The runs stay in the list.";

fn of_runs() -> [Route; 6] {
    [
        get(
            "/runs/{id}/again",
            "planAgain",
            "Tells how a run can be repeated, and what would be repeated.",
            trials::plan,
        )
        .answers(OK, One("AgainPlan")),
        post(
            "/runs/{id}/again",
            "runAgain",
            "Repeats a run from its start, or from the card where it ended.",
            trials::again,
        )
        .may_take("Again")
        .answers(ACCEPTED, One("StartedRun")),
        get(
            "/runs/usual",
            "listUsualDurations",
            "Tells how long runs of flows usually take; flows with few runs are left out.",
            trials::usual,
        )
        .asks(
            "flows",
            text(""),
            "The flows, with commas between them; 200 at most.",
        )
        .answers(OK, Many("UsualDuration")),
        get(
            "/runs/views",
            "listRunViews",
            "Lists the filters of the list of runs that the person saved.",
            trials::views,
        )
        .answers(OK, Many("RunsView")),
        post(
            "/runs/views",
            "saveRunView",
            "Saves a filter of the list of runs for the person.",
            trials::save_view,
        )
        .takes("NewView")
        .answers(CREATED, One("RunsView")),
        delete(
            "/runs/views/{id}",
            "deleteRunView",
            "Deletes a saved filter of the list of runs.",
            trials::delete_view,
        ),
    ]
}
