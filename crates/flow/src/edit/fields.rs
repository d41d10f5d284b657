//! Binding, adding and removing fields.

use super::{FlowEdit, Refused, found};
use crate::document::{Binding, FieldKey, Flow, Input, InputRef, Output};
use crate::id::StepId;

pub(super) fn bind(flow: &mut Flow, at: InputRef, binding: Binding) -> Result<FlowEdit, Refused> {
    let Some(input) = flow.input_mut(&at) else {
        return Err(missing(flow, &at));
    };
    let binding = std::mem::replace(&mut input.binding, binding);
    Ok(FlowEdit::Bind { input: at, binding })
}

pub(super) fn add_input(
    flow: &mut Flow,
    at: InputRef,
    input: Input,
    index: usize,
) -> Result<FlowEdit, Refused> {
    // The field says itself what it is called.
    let at = InputRef {
        field: input.key.clone(),
        arg: input.arg,
        ..at
    };
    let inputs = inputs_at(flow, &at)?;
    if inputs
        .iter()
        .any(|known| known.key == at.field && known.arg == at.arg)
    {
        return Err(Refused::FieldExists(at.field));
    }
    inputs.insert(index.min(inputs.len()), input);
    Ok(FlowEdit::RemoveInput { input: at })
}

pub(super) fn remove_input(flow: &mut Flow, at: InputRef) -> Result<FlowEdit, Refused> {
    let inputs = inputs_at(flow, &at)?;
    let Some(index) = inputs
        .iter()
        .position(|input| input.key == at.field && input.arg == at.arg)
    else {
        return Err(Refused::NoSuchField(at.field));
    };
    let input = Box::new(inputs.remove(index));
    Ok(FlowEdit::AddInput { at, input, index })
}

pub(super) fn add_output(
    flow: &mut Flow,
    step: StepId,
    output: Output,
    index: usize,
) -> Result<FlowEdit, Refused> {
    let outputs = &mut found(flow, &step)?.outputs;
    if outputs.iter().any(|known| known.key == output.key) {
        return Err(Refused::FieldExists(output.key));
    }
    let key = output.key.clone();
    outputs.insert(index.min(outputs.len()), output);
    Ok(FlowEdit::RemoveOutput { step, output: key })
}

pub(super) fn remove_output(
    flow: &mut Flow,
    step: StepId,
    key: &FieldKey,
) -> Result<FlowEdit, Refused> {
    let outputs = &mut found(flow, &step)?.outputs;
    let Some(index) = outputs.iter().position(|known| known.key == *key) else {
        return Err(Refused::NoSuchField(key.clone()));
    };
    let output = Box::new(outputs.remove(index));
    Ok(FlowEdit::AddOutput {
        step,
        output,
        index,
    })
}

fn inputs_at<'a>(flow: &'a mut Flow, at: &InputRef) -> Result<&'a mut Vec<Input>, Refused> {
    let step = found(flow, &at.step)?;
    let Some(lane) = &at.lane else {
        return Ok(&mut step.inputs);
    };
    let lane = step
        .lanes
        .iter_mut()
        .find(|known| known.id == *lane)
        .ok_or(Refused::NoSuchLane)?;
    Ok(if at.yields {
        &mut lane.yields
    } else {
        &mut lane.inputs
    })
}

fn missing(flow: &Flow, at: &InputRef) -> Refused {
    match flow.step(&at.step) {
        None => Refused::NoSuchStep(at.step.clone()),
        Some(_) => Refused::NoSuchField(at.field.clone()),
    }
}
