//! Adding, removing and moving cards.

use std::collections::HashSet;

use super::{FlowEdit, MAX_NESTING, Place, Refused};
use crate::document::{Flow, Step};
use crate::id::StepId;

pub(super) fn add(flow: &mut Flow, step: Step, at: &Place) -> Result<FlowEdit, Refused> {
    let mut taken: HashSet<StepId> = flow
        .all_steps()
        .into_iter()
        .map(|known| known.id.clone())
        .collect();
    let mut added = vec![&step];
    while let Some(next) = added.pop() {
        if !taken.insert(next.id.clone()) {
            return Err(Refused::StepExists(next.id.clone()));
        }
        added.extend(next.lanes.iter().flat_map(|lane| &lane.steps));
    }
    if depth_of(flow, at) + height(&step) > MAX_NESTING {
        return Err(Refused::TooDeep);
    }
    let id = step.id.clone();
    let row = row_at(flow, at)?;
    row.insert(at.index.min(row.len()), step);
    Ok(FlowEdit::RemoveStep { step: id })
}

pub(super) fn remove(flow: &mut Flow, id: &StepId) -> Result<FlowEdit, Refused> {
    let (step, at) = take(flow, id)?;
    Ok(FlowEdit::AddStep {
        step: Box::new(step),
        at,
    })
}

pub(super) fn move_to(flow: &mut Flow, id: &StepId, to: &Place) -> Result<FlowEdit, Refused> {
    if let Some((container, _)) = &to.lane {
        let moved = flow
            .step(id)
            .ok_or_else(|| Refused::NoSuchStep(id.clone()))?;
        if holds(moved, container) {
            return Err(Refused::IntoItself);
        }
    }
    row_at(flow, to)?;
    let (step, from) = take(flow, id)?;
    if depth_of(flow, to) + height(&step) > MAX_NESTING {
        put_back(flow, step, &from)?;
        return Err(Refused::TooDeep);
    }
    put_back(flow, step, to)?;
    Ok(FlowEdit::MoveStep {
        step: id.clone(),
        to: from,
    })
}

fn put_back(flow: &mut Flow, step: Step, at: &Place) -> Result<(), Refused> {
    let row = row_at(flow, at)?;
    row.insert(at.index.min(row.len()), step);
    Ok(())
}

fn take(flow: &mut Flow, id: &StepId) -> Result<(Step, Place), Refused> {
    take_from(&mut flow.steps, None, id).ok_or_else(|| Refused::NoSuchStep(id.clone()))
}

type LaneAddress = Option<(StepId, crate::document::LaneId)>;

fn take_from(row: &mut Vec<Step>, lane: LaneAddress, id: &StepId) -> Option<(Step, Place)> {
    if let Some(index) = row.iter().position(|step| step.id == *id) {
        return Some((row.remove(index), Place { lane, index }));
    }
    row.iter_mut().find_map(|step| {
        let container = step.id.clone();
        step.lanes.iter_mut().find_map(|lane| {
            take_from(
                &mut lane.steps,
                Some((container.clone(), lane.id.clone())),
                id,
            )
        })
    })
}

fn row_at<'a>(flow: &'a mut Flow, place: &Place) -> Result<&'a mut Vec<Step>, Refused> {
    let Some((container, lane)) = &place.lane else {
        return Ok(&mut flow.steps);
    };
    let step = flow
        .step_mut(container)
        .ok_or_else(|| Refused::NoSuchStep(container.clone()))?;
    let lane = step
        .lanes
        .iter_mut()
        .find(|known| known.id == *lane)
        .ok_or(Refused::NoSuchLane)?;
    Ok(&mut lane.steps)
}

fn holds(step: &Step, id: &StepId) -> bool {
    step.id == *id
        || step
            .lanes
            .iter()
            .flat_map(|lane| &lane.steps)
            .any(|inner| holds(inner, id))
}

fn height(step: &Step) -> usize {
    let inner = step
        .lanes
        .iter()
        .flat_map(|lane| &lane.steps)
        .map(height)
        .max()
        .unwrap_or(0);
    usize::from(!step.lanes.is_empty()) + inner
}

fn depth_of(flow: &Flow, place: &Place) -> usize {
    match &place.lane {
        None => 0,
        Some((container, _)) => depth_in(&flow.steps, container).unwrap_or(0),
    }
}

fn depth_in(row: &[Step], id: &StepId) -> Option<usize> {
    row.iter().find_map(|step| {
        if step.id == *id {
            return Some(1);
        }
        step.lanes
            .iter()
            .find_map(|lane| depth_in(&lane.steps, id))
            .map(|depth| depth + 1)
    })
}
