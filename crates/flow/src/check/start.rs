//! How a flow starts and what its kind asks for: a first card, a schedule, an answer, forms for people.

use super::{Problem, ProblemCode, Severity};
use crate::card::{CardKind, Catalogue};
use crate::document::{Flow, FlowKind, InputRef, Step};
use crate::types::{Base, Type};

pub(super) fn check(flow: &Flow, catalogue: &Catalogue, found: &mut Vec<Problem>) {
    let Some(first) = flow.steps.first() else {
        found.push(Problem::of_flow(ProblemCode::Empty, Severity::Error));
        return;
    };
    let starts = catalogue
        .card(&first.card)
        .is_none_or(|card| card.kind == CardKind::Event);
    if !starts {
        found.push(Problem::error(ProblemCode::NoEvent, first));
    }
    match flow.kind() {
        FlowKind::Delegated => check_delegated(flow, first, found),
        FlowKind::Scheduled if flow.schedule.is_none() => {
            found.push(Problem::error(ProblemCode::NoSchedule, first));
        }
        FlowKind::ApiEndpoint if !answers(flow) => {
            found.push(Problem::warning(ProblemCode::NoReturn, first));
        }
        _ => {}
    }
}

/// Tells whether a card gives the caller of an API endpoint an answer. A flow that only starts is not judged yet, and one
/// with cards that are not known here not at all.
fn answers(flow: &Flow) -> bool {
    let gives = |step: &Step| {
        matches!(
            step.card.as_str(),
            "control:return"
                | "control:returnRaw"
                | "control:throw"
                | "control:pause"
                | "control:pauseRaw"
                | "httpfunctions:close"
        )
    };
    flow.steps.len() < 2 || flow.all_steps().into_iter().any(gives)
}

/// A person runs it from a form and waits: a form asks for single plain values, and nothing can be resumed from outside.
fn check_delegated(flow: &Flow, first: &Step, found: &mut Vec<Problem>) {
    let paused = flow
        .all_steps()
        .into_iter()
        .filter(|step| matches!(step.card.as_str(), "control:pause" | "control:pauseRaw"));
    found.extend(paused.map(|step| Problem::error(ProblemCode::NotInDelegated, step)));
    let is_plain = |ty: &Type| {
        !ty.list
            && matches!(
                ty.base,
                Base::Text | Base::Number | Base::Boolean | Base::Date
            )
    };
    let asked = first.outputs.iter().filter(|output| output.custom);
    for output in asked.filter(|output| !is_plain(&output.ty)) {
        let at = InputRef::of(first.id.clone(), output.key.clone());
        found.push(Problem::error(ProblemCode::DelegatedInput, first).at(at));
    }
}
