//! Making a helper flow of cards: they move into it, and one Call Flow takes their place.

use std::collections::HashSet;

use super::links::{Now, free_name, name_of, outputs_read, readers_of, relinked, sources, type_of};
use super::place::{has_start, together, with_inner};
use super::{CannotArrange, Scratch};
use crate::document::{Binding, FieldKey, Flow, Input, OnError, Output, OutputRef, Step, Then};
use crate::edit::FlowEdit;
use crate::id::{FlowId, StepId};
use crate::types::Base;
use crate::walk::addressed;

/// The cards that an extraction adds, as the catalogue makes them.
#[derive(Clone, Debug)]
pub struct Blank {
    /// Helper Flow.
    pub start: Step,
    /// Return.
    pub give_back: Step,
    /// Call Flow.
    pub call: Step,
}

/// A helper flow made of cards.
#[derive(Clone, Debug, PartialEq)]
pub struct Extraction {
    /// The helper flow.
    pub helper: Flow,
    /// What becomes of this flow.
    pub edit: FlowEdit,
    /// The card that calls the helper.
    pub call: StepId,
    /// Values that are handed over.
    pub inputs: usize,
    /// Values that come back.
    pub outputs: usize,
}

/// Returns these cards as a helper flow of this id and name, and the edit that puts a call in their place.
///
/// What the cards read of others becomes inputs of the helper, what others read of them is returned. Cards that end the flow
/// or speak with its caller cannot do so from another flow and are refused.
pub fn extract(
    flow: &Flow,
    ids: &[StepId],
    helper: FlowId,
    name: &str,
    blank: Blank,
) -> Result<Extraction, CannotArrange> {
    let span = together(flow, ids)?;
    if span.at.lane.is_none() && has_start(flow, &span.ids) {
        return Err(CannotArrange::Start);
    }
    for id in &span.ids {
        if let Some(step) = flow.step(id) {
            may_leave(step, true)?;
        }
    }
    let inside = with_inner(flow, &span.ids);
    let readers = readers_of(flow, &span.ids, &inside);
    let returned = named(outputs_read(flow, &span.ids, &readers));
    let taken = named(outer_outputs(flow, &inside));

    let Blank {
        start,
        give_back,
        call,
    } = blank;
    let call_id = call.id.clone();
    let call = calling(call, &helper, name, &taken, &returned);
    let helper = helper_of(
        flow,
        &span.ids,
        helper,
        name,
        (start, give_back),
        (&taken, &returned),
    );

    let mut scratch = Scratch::on(flow);
    scratch.make(FlowEdit::AddStep {
        step: Box::new(call),
        at: span.at.clone(),
    })?;
    for reader in readers {
        scratch.make(FlowEdit::Bind {
            binding: relinked(&reader.binding, &|source| {
                renamed(source, &returned, &call_id)
            }),
            input: reader.at,
        })?;
    }
    for id in span.ids {
        scratch.make(FlowEdit::RemoveStep { step: id })?;
    }
    Ok(Extraction {
        helper,
        edit: scratch.into_edit(),
        call: call_id,
        inputs: taken.len(),
        outputs: returned.len(),
    })
}

/// Refuses what has another meaning in a flow of its own. `leaves` says that the row is the flow's own, or in If/Else, whose
/// branches belong to the row around it.
fn may_leave(step: &Step, leaves: bool) -> Result<(), CannotArrange> {
    let id = || step.id.clone();
    match step.card.as_str() {
        "control:return" | "control:continueIf" if leaves => {
            return Err(CannotArrange::Ends(id()));
        }
        "control:returnRaw" | "httpfunctions:close" | "control:pause" | "control:pauseRaw" => {
            return Err(CannotArrange::Answers(id()));
        }
        _ => {}
    }
    if step.on_error.then != Then::Halt {
        return Err(CannotArrange::EndsOnError(id()));
    }
    let leaves = leaves && step.card.is("control", "if");
    step.lanes
        .iter()
        .flat_map(|lane| &lane.steps)
        .try_for_each(|inner| may_leave(inner, leaves))
}

/// A value that crosses the border of the helper, and what it is called on the way.
struct Crossing {
    source: OutputRef,
    output: Output,
    key: FieldKey,
}

fn named(found: Vec<(OutputRef, Output)>) -> Vec<Crossing> {
    let mut taken: Vec<String> = Vec::new();
    found
        .into_iter()
        .map(|(source, output)| {
            let name = free_name(&name_of(&output), &|name| {
                taken.iter().any(|known| known == name)
            });
            taken.push(name.clone());
            Crossing {
                source,
                output,
                key: FieldKey::plain(name),
            }
        })
        .collect()
}

/// The outputs of other cards that these read, each once, in the order in which they are read.
fn outer_outputs(flow: &Flow, inside: &[StepId]) -> Vec<(OutputRef, Output)> {
    let mut found: Vec<(OutputRef, Output)> = Vec::new();
    let mut known = HashSet::new();
    for step in inside.iter().filter_map(|id| flow.step(id)) {
        for (_, input) in addressed(step) {
            for source in sources(&input.binding) {
                let whole = OutputRef {
                    path: Vec::new(),
                    ..source.clone()
                };
                // A source that is gone stays a problem, in the helper.
                let is_outer = !inside.contains(&source.step) && type_of(flow, &whole).is_some();
                if !is_outer || !known.insert(whole.clone()) {
                    continue;
                }
                let output = flow
                    .step(&whole.step)
                    .and_then(|step| step.output(&whole.field));
                found.extend(output.map(|output| (whole, output.clone())));
            }
        }
    }
    found
}

fn renamed(source: &OutputRef, crossings: &[Crossing], step: &StepId) -> Now {
    let found = crossings.iter().find(|crossing| {
        crossing.source.step == source.step && crossing.source.field == source.field
    });
    match found {
        None => Now::Same,
        Some(crossing) => Now::Source(OutputRef {
            step: step.clone(),
            field: crossing.key.clone(),
            path: source.path.clone(),
        }),
    }
}

/// Call Flow, with what is handed over and what comes back.
fn calling(
    mut call: Step,
    helper: &FlowId,
    name: &str,
    taken: &[Crossing],
    returned: &[Crossing],
) -> Step {
    call.title = Some(name.to_owned());
    for input in &mut call.inputs {
        if input.ty.base == Base::Flow {
            input.binding = Binding::constant(helper.as_str());
        }
    }
    call.inputs.extend(taken.iter().map(|crossing| Input {
        arg: true,
        binding: Binding::output(crossing.source.clone()),
        ..Input::new(crossing.key.clone(), crossing.output.ty.clone())
    }));
    call.outputs.extend(returned.iter().map(given));
    call
}

fn given(crossing: &Crossing) -> Output {
    Output {
        custom: true,
        ..Output::new(crossing.key.clone(), crossing.output.ty.clone())
    }
}

fn asked(crossing: &Crossing, binding: Binding) -> Input {
    Input {
        custom: true,
        binding,
        ..Input::new(crossing.key.clone(), crossing.output.ty.clone())
    }
}

fn helper_of(
    flow: &Flow,
    ids: &[StepId],
    id: FlowId,
    name: &str,
    (mut start, mut give_back): (Step, Step),
    (taken, returned): (&[Crossing], &[Crossing]),
) -> Flow {
    let mut steps: Vec<Step> = ids.iter().filter_map(|id| flow.step(id).cloned()).collect();
    for step in &mut steps {
        rewire(step, taken, &start.id);
    }
    for crossing in taken {
        start.inputs.push(asked(crossing, Binding::Empty));
        start.outputs.push(given(crossing));
    }
    for crossing in returned {
        let binding = Binding::output(crossing.source.clone());
        give_back.inputs.push(asked(crossing, binding));
        give_back.outputs.push(given(crossing));
    }
    let mut all = vec![start];
    all.append(&mut steps);
    all.push(give_back);
    Flow {
        // What fails ends the helper; what the flow does then is done by the flow, when the call fails.
        on_error: OnError {
            then: Then::Halt,
            ..flow.on_error.clone()
        },
        saves_data: flow.saves_data,
        steps: all,
        ..Flow::new(id, name)
    }
}

fn rewire(step: &mut Step, taken: &[Crossing], start: &StepId) {
    let change = |input: &mut Input| {
        input.binding = relinked(&input.binding, &|source| renamed(source, taken, start));
    };
    step.inputs.iter_mut().for_each(change);
    for lane in &mut step.lanes {
        lane.inputs
            .iter_mut()
            .chain(lane.yields.iter_mut())
            .for_each(change);
        for inner in &mut lane.steps {
            rewire(inner, taken, start);
        }
    }
}
