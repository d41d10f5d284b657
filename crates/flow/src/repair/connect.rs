//! Cards without a connection: they get the one that the flow uses most, else the only one there is, all at once.

use std::collections::HashMap;

use super::{Repair, RepairKind};
use crate::card::{CardSpec, Catalogue};
use crate::check::{Around, Problem};
use crate::document::{Flow, Step};
use crate::edit::FlowEdit;
use crate::id::ConnectionId;
use crate::scopes::missing_scopes;

pub(super) fn repair(
    flow: &Flow,
    catalogue: &Catalogue,
    around: &Around,
    problem: &Problem,
) -> Option<Repair> {
    let step = flow.step(problem.step.as_ref()?)?;
    let spec = catalogue.card(&step.card)?;
    let connector = spec.connector.as_deref()?;
    let all = around.connections.as_deref()?;
    let lacks = |step: &Step| {
        let is_known = |id: &ConnectionId| all.iter().any(|known| known.id == *id);
        !step.connection.as_ref().is_some_and(is_known)
    };
    if !lacks(step) {
        return None;
    }
    let fitting: Vec<&ConnectionId> = all
        .iter()
        .filter(|known| known.module == connector && may(step, spec, &known.id, around))
        .map(|known| &known.id)
        .collect();
    let steps = flow.all_steps();
    let mut uses: HashMap<&ConnectionId, usize> = HashMap::new();
    for id in steps.iter().filter_map(|step| step.connection.as_ref()) {
        *uses.entry(id).or_default() += 1;
    }
    let most = fitting
        .iter()
        .copied()
        .filter(|id| uses.contains_key(id))
        .max_by_key(|id| uses.get(id).copied().unwrap_or_default());
    let only = fitting.first().filter(|_| fitting.len() == 1).copied();
    let chosen = most.or(only)?.clone();
    let edits = steps
        .into_iter()
        .filter(|other| lacks(other))
        .filter(|other| {
            let of = catalogue.card(&other.card);
            of.is_some_and(|of| {
                let is_asked =
                    !of.goes_without || other.id == step.id || other.connection.is_some();
                of.connector.as_deref() == Some(connector)
                    && is_asked
                    && may(other, of, &chosen, around)
            })
        })
        .map(|other| FlowEdit::Connect {
            step: other.id.clone(),
            connection: Some(chosen.clone()),
        })
        .collect();
    Some(Repair {
        kind: RepairKind::Connect(chosen),
        edit: FlowEdit::Batch { edits },
    })
}

/// Tells whether a connection was granted what a card needs.
fn may(step: &Step, spec: &CardSpec, id: &ConnectionId, around: &Around) -> bool {
    let with = Step {
        connection: Some(id.clone()),
        ..bare(step)
    };
    missing_scopes(&with, &spec.scopes, &around.granted).is_empty()
}

fn bare(step: &Step) -> Step {
    Step {
        inputs: Vec::new(),
        outputs: Vec::new(),
        lanes: Vec::new(),
        ..step.clone()
    }
}
