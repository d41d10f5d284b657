//! Changing the ids that flows of a pack hold: after an import to the ids that things have here, before an export back.

use std::collections::HashMap;

use flow::{Base, Binding, CardKey, Flow, FlowId, Input, Step, Then};
use serde_json::Value as Json;

use crate::ours;

/// Replaces the ids of flows, tables and connections in a flow, its own id too. What is not in a map stays.
pub fn remap(
    flow: &mut Flow,
    flows: &HashMap<String, String>,
    tables: &HashMap<String, String>,
    connections: &HashMap<String, String>,
) {
    if let Some(id) = flows.get(flow.id.as_str()) {
        flow.id = FlowId::from(id.as_str());
    }
    if let Some(run) = ours::default_flow(flow)
        && let Some(id) = flows.get(run.as_str())
    {
        *run = FlowId::from(id.as_str());
    }
    each_step(&mut flow.steps, &mut |step| {
        let connection = step.connection.as_ref();
        if let Some(id) = connection.and_then(|known| connections.get(known.as_str())) {
            step.connection = Some(id.as_str().into());
        }
        if let Then::RunFlow { flow } = &mut step.on_error.then
            && let Some(id) = flows.get(flow.as_str())
        {
            *flow = FlowId::from(id.as_str());
        }
        let lanes = step
            .lanes
            .iter_mut()
            .flat_map(|lane| lane.inputs.iter_mut().chain(&mut lane.yields));
        for input in step.inputs.iter_mut().chain(lanes) {
            if input.ty.base == Base::Flow {
                replace(input, flows);
            } else if input.key.is("parameters", "stash") {
                replace(input, tables);
            }
        }
    });
}

fn replace(input: &mut Input, ids: &HashMap<String, String>) {
    if let Binding::Constant {
        value: Json::String(known),
    } = &mut input.binding
        && let Some(id) = ids.get(known)
    {
        known.clone_from(id);
    }
}

/// Removes the titles that are just the cards' own names, so that cards are shown by their names in the reader's
/// language. An export writes the name that was in the pack.
pub fn forget_own_titles(flow: &mut Flow, own_name: &dyn Fn(&CardKey) -> Option<String>) {
    each_step(&mut flow.steps, &mut |step| {
        if step.title.is_some() && step.title == own_name(&step.card) {
            step.title = None;
        }
    });
}

fn each_step(steps: &mut [Step], visit: &mut dyn FnMut(&mut Step)) {
    for step in steps {
        visit(step);
        for lane in &mut step.lanes {
            each_step(&mut lane.steps, visit);
        }
    }
}
