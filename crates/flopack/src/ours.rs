//! What a flow document can say and Okta's format cannot: kept in the designer's part of a flow (`data.display.nagare`),
//! where Okta has no use for it, so that a pack that was exported here is imported here as it was.

use flow::{Every, Flow, OnError, Overlap, Step, Then, Window};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::raw::{put, take};

const PLACE: [&str; 3] = ["data", "display", "nagare"];

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Ours {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    every: Option<Every>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    window: Option<Window>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    overlap: Option<Overlap>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on_error: Option<OnError>,
}

/// Reads it into a flow whose cards were read.
pub(crate) fn read(body: &Json, flow: &mut Flow) {
    let Ok(ours) = Ours::deserialize(&body["display"]["nagare"]) else {
        return;
    };
    if let Some(schedule) = &mut flow.schedule {
        schedule.every = ours.every;
        schedule.window = ours.window;
        schedule.overlap = ours.overlap.unwrap_or_default();
    }
    if let Some(on_error) = ours.on_error {
        each(&mut flow.steps, &mut |step| {
            if step.on_error.is_default() {
                step.on_error.is_own = true;
            } else if step.on_error == on_error {
                step.on_error = OnError::default();
            }
        });
        flow.on_error = on_error;
    }
}

/// Gives every card the flow's own default, because a pack knows only what cards say.
pub(crate) fn spread(flow: &mut Flow) {
    let on_error = flow.on_error.clone();
    each(&mut flow.steps, &mut |step| {
        if step.on_error.is_default() {
            step.on_error = on_error.clone();
        }
    });
}

/// Writes it, or removes it where there is nothing to say.
pub(crate) fn write(out: &mut Json, flow: &Flow) {
    let schedule = flow.schedule.as_ref();
    let ours = Ours {
        every: schedule.and_then(|schedule| schedule.every.clone()),
        window: schedule.and_then(|schedule| schedule.window.clone()),
        overlap: schedule
            .map(|schedule| schedule.overlap)
            .filter(|overlap| *overlap != Overlap::default()),
        on_error: Some(flow.on_error.clone()).filter(|on_error| !on_error.is_default()),
    };
    take(out, &PLACE);
    if ours != Ours::default()
        && let Ok(json) = serde_json::to_value(&ours)
    {
        put(out, &PLACE, json);
    }
}

/// Removes it from what the document carries.
pub(crate) fn strip(rest: &mut Json) {
    take(rest, &PLACE);
}

/// Returns the flow that the flow's own default runs.
pub(crate) fn default_flow(flow: &mut Flow) -> Option<&mut flow::FlowId> {
    match &mut flow.on_error.then {
        Then::RunFlow { flow } => Some(flow),
        Then::Halt | Then::ReturnValues => None,
    }
}

fn each(steps: &mut [Step], visit: &mut dyn FnMut(&mut Step)) {
    for step in steps {
        if step.lanes.is_empty() && !step.is_note() {
            visit(step);
        }
        for lane in &mut step.lanes {
            each(&mut lane.steps, visit);
        }
    }
}
