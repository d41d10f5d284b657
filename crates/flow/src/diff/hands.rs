//! Making one place of a flow what it is in another: the hands of a merge.

use super::place::shell;
use super::{CardPart, FlowPart};
use crate::document::{Flow, Input, InputRef, Step};
use crate::id::StepId;

pub(super) fn set_part(flow: &mut Flow, mine: &Flow, part: FlowPart) {
    match part {
        FlowPart::Name => flow.name.clone_from(&mine.name),
        FlowPart::Description => flow.description.clone_from(&mine.description),
        FlowPart::Schedule => flow.schedule.clone_from(&mine.schedule),
        FlowPart::Access => flow.access = mine.access,
        FlowPart::ErrorHandling => flow.on_error.clone_from(&mine.on_error),
        FlowPart::SavedData => flow.saves_data = mine.saves_data,
    }
}

pub(super) fn set_card(to: &mut Step, from: &Step, part: CardPart) {
    match part {
        CardPart::Kind => to.card.clone_from(&from.card),
        CardPart::Title => to.title.clone_from(&from.title),
        CardPart::Note => to.note.clone_from(&from.note),
        CardPart::Connection => to.connection.clone_from(&from.connection),
        CardPart::ErrorHandling => to.on_error.clone_from(&from.on_error),
        CardPart::Folded => to.collapsed = from.collapsed,
        CardPart::Lanes => set_lanes(to, from),
        CardPart::Order => set_order(to, from),
    }
}

/// Gives the fields the order that they have on another card; fields that it does not have go to the end.
fn set_order(to: &mut Step, from: &Step) {
    fn sort(inputs: &mut [Input], wanted: &[Input]) {
        let is_same = |a: &Input, b: &Input| a.key == b.key && a.arg == b.arg;
        inputs.sort_by_key(|input| {
            let rank = wanted.iter().position(|known| is_same(known, input));
            rank.unwrap_or(usize::MAX)
        });
    }
    sort(&mut to.inputs, &from.inputs);
    for lane in &mut to.lanes {
        if let Some(wanted) = from.lane(&lane.id) {
            sort(&mut lane.inputs, &wanted.inputs);
            sort(&mut lane.yields, &wanted.yields);
        }
    }
    to.outputs.sort_by_key(|output| {
        let rank = from
            .outputs
            .iter()
            .position(|known| known.key == output.key);
        rank.unwrap_or(usize::MAX)
    });
}

/// Gives a container the branches of another; those that both have keep what stands in them.
fn set_lanes(to: &mut Step, from: &Step) {
    let mut kept = std::mem::take(&mut to.lanes);
    for lane in shell(from).lanes {
        let known = kept.iter().position(|known| known.id == lane.id);
        to.lanes.push(match known {
            Some(index) => kept.remove(index),
            None => lane,
        });
    }
    // Cards may still be taken out of the others.
    to.lanes.extend(kept);
}

fn inputs_of<'a>(flow: &'a mut Flow, at: &InputRef) -> Option<&'a mut Vec<Input>> {
    let step = flow.step_mut(&at.step)?;
    let Some(lane) = &at.lane else {
        return Some(&mut step.inputs);
    };
    let lane = step.lanes.iter_mut().find(|known| known.id == *lane)?;
    Some(if at.yields {
        &mut lane.yields
    } else {
        &mut lane.inputs
    })
}

pub(super) fn set_input(flow: &mut Flow, mine: &Flow, at: &InputRef) {
    let wanted = mine.step(&at.step).and_then(|step| match &at.lane {
        None => Some(&step.inputs),
        Some(lane) => {
            let lane = step.lane(lane)?;
            Some(if at.yields {
                &lane.yields
            } else {
                &lane.inputs
            })
        }
    });
    let is_it = |input: &Input| input.key == at.field && input.arg == at.arg;
    if let (Some(inputs), Some(wanted)) = (inputs_of(flow, at), wanted) {
        let here = inputs.iter().position(is_it);
        let there = wanted.iter().position(is_it);
        set_field(inputs, here, there, wanted);
    }
}

/// Makes the field at `here` what it is at `there` in `wanted`; nothing on one side puts it in or takes it out.
pub(super) fn set_field<T: Clone>(
    fields: &mut Vec<T>,
    here: Option<usize>,
    there: Option<usize>,
    wanted: &[T],
) {
    let field = there.and_then(|index| wanted.get(index)).cloned();
    match (here, field) {
        (Some(index), Some(field)) => {
            if let Some(known) = fields.get_mut(index) {
                *known = field;
            }
        }
        (Some(index), None) => {
            fields.remove(index);
        }
        (None, Some(field)) => {
            let index = there.unwrap_or(fields.len()).min(fields.len());
            fields.insert(index, field);
        }
        (None, None) => {}
    }
}

pub(super) fn take(row: &mut Vec<Step>, id: &StepId) -> Option<Step> {
    if let Some(index) = row.iter().position(|step| step.id == *id) {
        return Some(row.remove(index));
    }
    row.iter_mut()
        .flat_map(|step| &mut step.lanes)
        .find_map(|lane| take(&mut lane.steps, id))
}
