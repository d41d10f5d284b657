//! Single cards: known here, connected, granted what they need, their required fields filled, their fields told apart.

use std::collections::HashSet;

use super::{Around, Problem, ProblemCode, Severity};
use crate::card::{CardKind, CardSpec};
use crate::document::{Input, InputRef, Step};
use crate::scopes::{Granted, missing_scopes, scope_by_path};
use crate::types::Base;
use crate::walk::counted;

pub(super) fn check(
    step: &Step,
    spec: Option<&CardSpec>,
    index: usize,
    around: &Around,
    found: &mut Vec<Problem>,
) {
    check_names(step, found);
    let Some(spec) = spec else {
        found.push(Problem::warning(ProblemCode::UnknownCard, step));
        return;
    };
    if spec.kind == CardKind::Event && index > 0 {
        found.push(Problem::error(ProblemCode::MisplacedEvent, step));
    }
    check_connection(step, spec, around, found);
    for (at, input) in counted(step) {
        // What whoever starts the flow has to fill in is empty until then.
        if index == 0 && spec.kind == CardKind::Event && input.custom {
            continue;
        }
        let required = is_required(spec, input);
        if required && !input.hidden && input.binding.is_blank() {
            let code = if input.ty.base == Base::Flow {
                ProblemCode::NoHelper
            } else {
                ProblemCode::RequiredEmpty
            };
            found.push(Problem::error(code, step).at(at));
        }
    }
    check_scopes(step, spec, &around.granted, found);
}

fn check_connection(step: &Step, spec: &CardSpec, around: &Around, found: &mut Vec<Problem>) {
    match &step.connection {
        None if spec.connector.is_some() && !spec.goes_without => {
            found.push(Problem::error(ProblemCode::NoConnection, step));
        }
        Some(id) if spec.connector.is_some() => {
            let known = around.connections.as_ref();
            if known.is_some_and(|all| all.iter().all(|known| known.id != *id)) {
                found.push(Problem::error(ProblemCode::UnknownConnection, step));
            }
        }
        _ => {}
    }
}

/// Packs mark more as required than is: an accumulator may well start empty, so the catalogue decides about what it knows.
/// To a function an empty list or object is a value like any other, as when a list begins with its first item.
fn is_required(spec: &CardSpec, input: &Input) -> bool {
    let known = spec.inputs.iter().find(|field| field.key == input.key);
    let required = known.map_or(input.required, |field| field.required);
    let may_be_empty = input.ty.list || matches!(input.ty.base, Base::Object | Base::Any);
    required && !(spec.kind == CardKind::Function && may_be_empty)
}

/// A call without its scope is refused by the org. Where the scope is a guess from a path, that is a warning.
fn check_scopes(step: &Step, spec: &CardSpec, granted: &Granted, found: &mut Vec<Problem>) {
    let by_path = scope_by_path(step, spec);
    for (needed, severity) in [
        (spec.scopes.as_slice(), Severity::Error),
        (by_path.as_slice(), Severity::Warning),
    ] {
        let scopes = missing_scopes(step, needed, granted);
        if !scopes.is_empty() {
            found.push(Problem {
                severity,
                scopes,
                ..Problem::error(ProblemCode::MissingScope, step)
            });
        }
    }
}

/// Fields are named by their keys: of two with one key only the first is ever read. Packs have such cards and run.
fn check_names(step: &Step, found: &mut Vec<Problem>) {
    let own = std::iter::once((None, false, step.inputs.as_slice()));
    let lanes = step.lanes.iter().flat_map(|lane| {
        let id = Some(&lane.id);
        [
            (id, false, lane.inputs.as_slice()),
            (id, true, lane.yields.as_slice()),
        ]
    });
    for (lane, yields, inputs) in own.chain(lanes) {
        let mut seen = HashSet::new();
        let copy = inputs
            .iter()
            .find(|input| !seen.insert((&input.key, input.arg)));
        if let Some(input) = copy {
            let at = InputRef {
                lane: lane.cloned(),
                yields,
                arg: input.arg,
                ..InputRef::of(step.id.clone(), input.key.clone())
            };
            let problem = Problem::warning(ProblemCode::DoubleField, step).about(&input.label);
            found.push(problem.at(at));
        }
    }
    let mut keys = HashSet::new();
    if let Some(output) = step.outputs.iter().find(|output| !keys.insert(&output.key)) {
        found.push(Problem::warning(ProblemCode::DoubleField, step).about(&output.label));
    }
}
