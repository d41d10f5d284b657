//! Putting copied cards into a flow, the same one or another.

use std::collections::{HashMap, HashSet};

use super::links::{Now, relinked, sees, sources, type_of};
use super::place::row_of;
use super::{CannotArrange, Clip, Scratch};
use crate::card::{CardKind, Catalogue, Lookup};
use crate::document::{Binding, Flow, Input, InputRef, OnError, OutputRef, Step, Then};
use crate::edit::{FlowEdit, Place};
use crate::id::{ConnectionId, FlowId, StepId, TableId};
use crate::types::{Base, Fit, fit};

/// What there is where cards are pasted. What is not among it is left empty on the cards, and the checks say so.
#[derive(Debug)]
pub struct Known<'a> {
    /// The cards.
    pub catalogue: &'a Catalogue,
    /// The connections.
    pub connections: HashSet<ConnectionId>,
    /// The flows that cards may call.
    pub flows: HashSet<FlowId>,
    /// The tables.
    pub tables: HashSet<TableId>,
}

/// Pasted cards.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// The edit.
    pub edit: FlowEdit,
    /// The new cards, outermost only, in order.
    pub cards: Vec<StepId>,
    /// Fields that were left empty because their source does not run before them here.
    pub emptied: usize,
    /// Connections, tables and helper flows that are not here and were left out.
    pub unknown: usize,
    /// Cards that start flows, left out because this flow has one.
    pub starts: usize,
}

/// Returns the edit that puts copies of the cards at a place. Links among them point at the copies; links to other cards stay
/// where that card runs before and offers the output. `new_id` gives a new id each time.
pub fn paste(
    flow: &Flow,
    clip: &Clip,
    at: &Place,
    known: &Known,
    new_id: &mut dyn FnMut() -> StepId,
) -> Result<Pasted, CannotArrange> {
    let mut cards = clip.cards.clone();
    let starts = leave_starts(flow, at, known, &mut cards);
    if cards.is_empty() {
        return Err(if starts > 0 {
            CannotArrange::Start
        } else {
            CannotArrange::Nothing
        });
    }
    let mut renamed = HashMap::new();
    for card in &mut cards {
        rename(card, new_id, &mut renamed);
    }
    let mut unknown = 0;
    for card in &mut cards {
        relink(card, &renamed);
        unknown += forget_unknown(card, known);
    }
    let brings_start = cards.first().is_some_and(|card| is_start(card, known));
    let at = behind_start(flow, at, known, brings_start);
    let ids: Vec<StepId> = cards.iter().map(|card| card.id.clone()).collect();
    let end = row_of(flow, &at).ok_or(CannotArrange::Nothing)?.len();
    let first = at.index.min(end);

    // Tried out first, then emptied where the copy cannot see its source, so that the edit only adds.
    let mut trial = Scratch::on(flow);
    add(&mut trial, &cards, &at, first)?;
    let ours: HashSet<StepId> = renamed.into_values().collect();
    let mut emptied = 0;
    for card in &mut cards {
        emptied += empty_unseen(card, &trial.flow, &ours);
    }
    let mut scratch = Scratch::on(flow);
    add(&mut scratch, &cards, &at, first)?;
    if brings_start && clip.schedule != flow.schedule {
        scratch.make(FlowEdit::Plan {
            schedule: clip.schedule.clone(),
        })?;
    }
    Ok(Pasted {
        edit: scratch.into_edit(),
        cards: ids,
        emptied,
        unknown,
        starts,
    })
}

fn add(
    scratch: &mut Scratch,
    cards: &[Step],
    at: &Place,
    first: usize,
) -> Result<(), CannotArrange> {
    for (offset, card) in cards.iter().enumerate() {
        scratch.make(FlowEdit::AddStep {
            step: Box::new(card.clone()),
            at: Place {
                lane: at.lane.clone(),
                index: first + offset,
            },
        })?;
    }
    Ok(())
}

fn is_start(step: &Step, known: &Known) -> bool {
    known
        .catalogue
        .card(&step.card)
        .is_some_and(|card| card.kind == CardKind::Event)
}

/// A flow has one card that starts it, its first: others are left out. Returns how many.
fn leave_starts(flow: &Flow, at: &Place, known: &Known, cards: &mut Vec<Step>) -> usize {
    let has_room = at.lane.is_none() && flow.steps.iter().all(Step::is_note);
    let before = cards.len();
    let mut is_taken = !has_room;
    cards.retain(|card| {
        let is_start = is_start(card, known);
        let stays = !is_start || !is_taken;
        is_taken |= is_start;
        stays
    });
    if has_room && let Some(start) = cards.iter().position(|card| is_start(card, known)) {
        let start = cards.remove(start);
        cards.insert(0, start);
    }
    before - cards.len()
}

/// Nothing goes before the card that starts the flow.
fn behind_start(flow: &Flow, at: &Place, known: &Known, brings_start: bool) -> Place {
    let start = flow
        .steps
        .iter()
        .position(|step| is_start(step, known))
        .filter(|_| at.lane.is_none());
    let index = match start {
        _ if brings_start => 0,
        Some(start) => at.index.max(start + 1),
        None => at.index,
    };
    Place {
        lane: at.lane.clone(),
        index,
    }
}

fn rename(
    step: &mut Step,
    new_id: &mut dyn FnMut() -> StepId,
    renamed: &mut HashMap<StepId, StepId>,
) {
    let id = new_id();
    renamed.insert(step.id.clone(), id.clone());
    step.id = id;
    for inner in step.lanes.iter_mut().flat_map(|lane| &mut lane.steps) {
        rename(inner, new_id, renamed);
    }
}

fn relink(step: &mut Step, renamed: &HashMap<StepId, StepId>) {
    each_input(step, &mut |input| {
        input.binding = relinked(&input.binding, &|source| match renamed.get(&source.step) {
            Some(new) => Now::Source(OutputRef {
                step: new.clone(),
                ..source.clone()
            }),
            None => Now::Same,
        });
    });
    for inner in step.lanes.iter_mut().flat_map(|lane| &mut lane.steps) {
        relink(inner, renamed);
    }
}

fn each_input(step: &mut Step, visit: &mut dyn FnMut(&mut Input)) {
    let lanes = step
        .lanes
        .iter_mut()
        .flat_map(|lane| lane.inputs.iter_mut().chain(lane.yields.iter_mut()));
    for input in step.inputs.iter_mut().chain(lanes) {
        visit(input);
    }
}

/// Leaves out what this server does not have. Returns how much that was.
fn forget_unknown(step: &mut Step, known: &Known) -> usize {
    let mut count = 0;
    if let Some(connection) = &step.connection
        && !known.connections.contains(connection)
    {
        step.connection = None;
        count += 1;
    }
    if let Then::RunFlow { flow } = &step.on_error.then
        && !known.flows.contains(flow)
    {
        step.on_error = OnError {
            then: Then::Halt,
            ..step.on_error.clone()
        };
        count += 1;
    }
    let spec = known.catalogue.card(&step.card);
    let tables: Vec<_> = spec
        .into_iter()
        .flat_map(|spec| &spec.inputs)
        .filter(|field| field.lookup == Some(Lookup::Tables))
        .map(|field| field.key.clone())
        .collect();
    each_input(step, &mut |input| {
        let Some(id) = input.constant().and_then(|value| value.as_str()) else {
            return;
        };
        let is_gone = !id.is_empty()
            && ((input.ty.base == Base::Flow && !known.flows.contains(&FlowId::from(id)))
                || (tables.contains(&input.key) && !known.tables.contains(&TableId::from(id))));
        if is_gone {
            input.binding = Binding::Empty;
            count += 1;
        }
    });
    for inner in step.lanes.iter_mut().flat_map(|lane| &mut lane.steps) {
        count += forget_unknown(inner, known);
    }
    count
}

/// Empties what cannot be read at the place of the copy. Returns how many fields that were.
fn empty_unseen(step: &mut Step, flow: &Flow, ours: &HashSet<StepId>) -> usize {
    let mut count = 0;
    let id = step.id.clone();
    let own = step.inputs.iter_mut().map(|input| (None, false, input));
    let lanes = step.lanes.iter_mut().flat_map(|lane| {
        let id = &lane.id;
        let conditions = lane.inputs.iter_mut();
        let yields = lane.yields.iter_mut();
        conditions
            .map(move |input| (Some(id), false, input))
            .chain(yields.map(move |input| (Some(id), true, input)))
    });
    for (lane, yields, input) in own.chain(lanes) {
        let at = InputRef {
            step: id.clone(),
            lane: lane.cloned(),
            yields,
            arg: input.arg,
            field: input.key.clone(),
        };
        let is_lost = |source: &OutputRef| {
            let is_read = sees(flow, &at, source) && agrees(flow, source, input);
            !ours.contains(&source.step) && !is_read
        };
        if sources(&input.binding).into_iter().any(is_lost) {
            let emptied = relinked(&input.binding, &|source| {
                if is_lost(source) {
                    Now::Gone
                } else {
                    Now::Same
                }
            });
            input.binding = emptied;
            count += 1;
        }
    }
    for inner in step.lanes.iter_mut().flat_map(|lane| &mut lane.steps) {
        count += empty_unseen(inner, flow, ours);
    }
    count
}

fn agrees(flow: &Flow, source: &OutputRef, input: &Input) -> bool {
    let Some(ty) = type_of(flow, source) else {
        return false;
    };
    match &input.binding {
        Binding::Output { convert: None, .. } => fit(&ty, &input.ty) == Fit::Same,
        Binding::Output { .. } => fit(&ty, &input.ty) != Fit::Refused,
        _ => true,
    }
}
