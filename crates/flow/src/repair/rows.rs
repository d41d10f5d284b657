//! Cards that stand where they do no good, and cards that are missing.

use super::{Repair, RepairKind};
use crate::card::{CardKey, CardKind, Catalogue};
use crate::check::{Around, Problem, ends_row, row_of, why_unusable};
use crate::document::{Flow, Step};
use crate::edit::{FlowEdit, Place};
use crate::id::StepId;
use crate::schedule::Schedule;
use crate::walk::counted;

/// The card that ends the row goes behind the others; where that cannot be, the others go.
pub(super) fn unreachable(flow: &Flow, problem: &Problem) -> Option<Vec<Repair>> {
    let (row, place) = row_of(flow, problem.step.as_ref()?)?;
    let rest = row.get(place.index..)?;
    let ending = row.get(..place.index)?.iter().rposition(ends_row);
    let mut found = Vec::new();
    if let Some(index) = ending {
        let end = row.get(index)?;
        let is_card = end.lanes.is_empty() && !end.card.is("control", "continueIf");
        let is_only = !rest.iter().any(ends_row);
        let is_start = index == 0 && place.lane.is_none();
        let is_whole = !has_trouble(flow, end);
        let is_free = !is_used(flow, std::slice::from_ref(end));
        if is_card && is_only && !is_start && is_whole && is_free {
            found.push(Repair {
                kind: RepairKind::MoveToEnd(end.id.clone()),
                edit: FlowEdit::MoveStep {
                    step: end.id.clone(),
                    to: Place {
                        lane: place.lane.clone(),
                        index: row.len().saturating_sub(1),
                    },
                },
            });
        }
    }
    if !is_used(flow, rest) {
        let cards: Vec<&Step> = rest.iter().filter(|step| !step.is_note()).collect();
        let edits = cards.iter().map(|step| FlowEdit::RemoveStep {
            step: step.id.clone(),
        });
        found.push(Repair {
            kind: RepairKind::Remove(cards.len()),
            edit: FlowEdit::Batch {
                edits: edits.collect(),
            },
        });
    }
    Some(found)
}

/// Tells whether a card has values that it cannot use: elsewhere it may see them, and then something else is wrong.
fn has_trouble(flow: &Flow, step: &Step) -> bool {
    counted(step).any(|(at, input)| {
        let mut is_bad = false;
        let mut look = |source| is_bad |= why_unusable(flow, source, &at, input).is_some();
        input.binding.each_source(&mut look);
        is_bad
    })
}

/// Tells whether anything outside of these cards takes a value from them, or from a card in them.
fn is_used(flow: &Flow, cards: &[Step]) -> bool {
    let mut inside: Vec<&Step> = cards.iter().collect();
    let mut next = 0;
    while let Some(step) = inside.get(next).copied() {
        inside.extend(step.lanes.iter().flat_map(|lane| &lane.steps));
        next += 1;
    }
    let is_inside = |id: &StepId| inside.iter().any(|step| step.id == *id);
    flow.all_steps()
        .into_iter()
        .filter(|step| !is_inside(&step.id))
        .any(|step| {
            let mut uses = false;
            for input in step.all_inputs() {
                let mut look = |source: &crate::OutputRef| uses |= is_inside(&source.step);
                input.binding.each_source(&mut look);
            }
            uses
        })
}

/// A card that starts flows goes to the front where nothing stands there that does, else away.
pub(super) fn misplaced(
    flow: &Flow,
    catalogue: &Catalogue,
    problem: &Problem,
) -> Option<Vec<Repair>> {
    let step = flow.step(problem.step.as_ref()?)?;
    let starts = |step: &Step| {
        let spec = catalogue.card(&step.card);
        spec.is_none_or(|spec| spec.kind == CardKind::Event)
    };
    let mut found = Vec::new();
    let mut takes = false;
    for input in step.all_inputs() {
        input.binding.each_source(&mut |_| takes = true);
    }
    let asks_more = matches!(step.card.as_str(), "http:delegated" | "control:scheduled");
    if !flow.steps.first().is_some_and(starts) && !takes && !asks_more && step.lanes.is_empty() {
        found.push(Repair {
            kind: RepairKind::MoveToFront,
            edit: FlowEdit::MoveStep {
                step: step.id.clone(),
                to: Place {
                    lane: None,
                    index: 0,
                },
            },
        });
    }
    found.extend(removed(flow, problem).into_iter().flatten());
    Some(found)
}

/// Removes a card that nothing depends on.
pub(super) fn removed(flow: &Flow, problem: &Problem) -> Option<Vec<Repair>> {
    let step = flow.step(problem.step.as_ref()?)?;
    if is_used(flow, std::slice::from_ref(step)) {
        return None;
    }
    Some(vec![Repair {
        kind: RepairKind::Remove(1),
        edit: FlowEdit::RemoveStep {
            step: step.id.clone(),
        },
    }])
}

/// A Return at the end of the flow.
pub(super) fn answer(flow: &Flow, catalogue: &Catalogue) -> Option<Vec<Repair>> {
    let spec = catalogue.card(&CardKey::new("control", "return"))?;
    let is_taken = |id: &StepId| flow.step(id).is_some();
    let id = (1_u32..)
        .map(|number| StepId::from(format!("return{number}")))
        .find(|id| !is_taken(id))?;
    Some(vec![Repair {
        kind: RepairKind::AddReturn,
        edit: FlowEdit::AddStep {
            step: Box::new(spec.step(id)),
            at: Place {
                lane: None,
                index: flow.steps.len(),
            },
        },
    }])
}

/// A schedule to begin with.
pub(super) fn plan(flow: &Flow, around: &Around) -> Option<Vec<Repair>> {
    if flow.schedule.is_some() {
        return None;
    }
    let zone = around.zone.clone().unwrap_or_else(|| "UTC".to_owned());
    Some(vec![Repair {
        kind: RepairKind::Plan,
        edit: FlowEdit::Plan {
            schedule: Some(Schedule::daily(zone)),
        },
    }])
}
