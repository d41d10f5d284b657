//! What a card names outside of its flow: helper flows and their inputs, tables and their columns, and flows that call
//! each other without end.

use std::collections::HashSet;

use super::around::{always_calls, called};
use super::{Around, KnownTable, Problem, ProblemCode, Signature};
use crate::card::{CardSpec, Lookup};
use crate::document::{FieldKey, Flow, Input, InputRef, Step};
use crate::types::{Base, Type};

/// The group of the fields that are columns of a table, as in Okta's packs.
const COLUMNS: &str = "Fields";
/// Flows that call each other are followed this far.
const MOST: usize = 500;

pub(super) fn check(
    step: &Step,
    spec: Option<&CardSpec>,
    around: &Around,
    found: &mut Vec<Problem>,
) {
    check_helper(step, around, found);
    if let Some(spec) = spec {
        check_table(step, spec, around, found);
    }
}

fn check_helper(step: &Step, around: &Around, found: &mut Vec<Problem>) {
    for input in step
        .inputs
        .iter()
        .filter(|input| input.ty.base == Base::Flow)
    {
        let Some(id) = named(input) else { continue };
        let at = InputRef::of(step.id.clone(), input.key.clone());
        let flows = around.flows.as_ref();
        if flows.is_some_and(|all| all.iter().all(|flow| flow.id.as_str() != id)) {
            found.push(Problem::error(ProblemCode::UnknownHelper, step).at(at));
        } else if let Some(signature) = around.signatures.get(&id.into())
            && !changes(step, signature).is_empty()
        {
            let problem = Problem::warning(ProblemCode::HelperChanged, step);
            found.push(problem.at(at).about(&signature.name));
        }
    }
}

fn named(input: &Input) -> Option<&str> {
    input.constant()?.as_str().filter(|id| !id.is_empty())
}

/// A difference between what a card passes to its helper flow and what that takes and gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Change {
    /// The card passes what the flow does not take.
    Gone(FieldKey),
    /// The flow takes what the card does not pass.
    New(FieldKey, String, Type),
    /// The flow takes another type.
    Type(FieldKey, Type),
    /// The flow gives back what the card does not have.
    Returned(FieldKey, String, Type),
}

/// Returns how a card's arguments and results differ from those of the flow that it calls.
pub(crate) fn changes(step: &Step, signature: &Signature) -> Vec<Change> {
    let args = || step.inputs.iter().filter(|input| input.arg);
    let takes = &signature.inputs;
    let gone = args()
        .filter(|arg| takes.iter().all(|taken| taken.0 != arg.key))
        .map(|arg| Change::Gone(arg.key.clone()));
    let new =
        takes.iter().filter_map(
            |(key, label, ty)| match args().find(|arg| arg.key == *key) {
                None => Some(Change::New(key.clone(), label.clone(), ty.clone())),
                Some(arg) if (arg.ty.base, arg.ty.list) != (ty.base, ty.list) => {
                    Some(Change::Type(key.clone(), ty.clone()))
                }
                Some(_) => None,
            },
        );
    // Only a card that waits for the flow's end has its results.
    let is_waiting = step.card.is("control", "spawn");
    let returned = signature
        .returns
        .iter()
        .filter(|(key, ..)| is_waiting && step.output(key).is_none())
        .map(|(key, label, ty)| Change::Returned(key.clone(), label.clone(), ty.clone()));
    gone.chain(new).chain(returned).collect()
}

fn check_table(step: &Step, spec: &CardSpec, around: &Around, found: &mut Vec<Problem>) {
    let Some(tables) = &around.tables else { return };
    let of_table = |field: &&crate::FieldSpec| field.lookup == Some(Lookup::Tables);
    for field in spec.inputs.iter().filter(of_table) {
        let Some(input) = step.inputs.iter().find(|input| input.key == field.key) else {
            continue;
        };
        let Some(id) = named(input) else { continue };
        let Some(table) = tables.iter().find(|table| table.id.as_str() == id) else {
            let at = InputRef::of(step.id.clone(), input.key.clone());
            found.push(Problem::error(ProblemCode::UnknownTable, step).at(at));
            continue;
        };
        check_columns(step, table, found);
    }
}

fn check_columns(step: &Step, table: &KnownTable, found: &mut Vec<Problem>) {
    let is_known = |key: &FieldKey| table.columns.iter().any(|(name, _)| *name == key.key);
    let columns = columns_of(step).filter(|input| !input.binding.is_blank());
    for input in columns.filter(|input| !is_known(&input.key)) {
        let at = InputRef::of(step.id.clone(), input.key.clone());
        // Packs have such cards, and they run: the value of the column is lost.
        let problem = Problem::warning(ProblemCode::UnknownColumn, step);
        found.push(problem.at(at).about(&input.key.key));
    }
}

/// Returns the inputs of a card that are columns of its table.
fn columns_of(step: &Step) -> impl Iterator<Item = &Input> {
    let own = step
        .inputs
        .iter()
        .filter(|input| !input.arg && !input.hidden);
    own.filter(|input| input.key.group.as_deref() == Some(COLUMNS))
}

/// Tells of a flow that always calls itself, over other flows perhaps.
pub(super) fn check_circle(flow: &Flow, around: &Around, found: &mut Vec<Problem>) {
    let always = always_calls(flow);
    for first in &always {
        let mut open = vec![first.clone()];
        let mut seen = HashSet::new();
        while let Some(id) = open.pop() {
            if id == flow.id {
                let calls = |step: &&Step| called(step).any(|called| called == *first);
                if let Some(step) = flow.steps.iter().find(calls) {
                    let name = around.signatures.get(first).map(|of| of.name.clone());
                    let problem = Problem::warning(ProblemCode::CallsItself, step);
                    found.push(problem.about(name.unwrap_or_else(|| flow.name.clone())));
                }
                break;
            }
            if seen.len() < MOST && seen.insert(id.clone()) {
                let next = around.signatures.get(&id);
                open.extend(next.into_iter().flat_map(|of| of.always_calls.clone()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Catalogue, FlowId, FlowKind, KnownFlow, check_in};

    fn caller(id: &str, helper: &str) -> Flow {
        serde_json::from_value(json!({"id": id, "name": id, "steps": [
            {"id": "start", "card": "control:callable", "outputs": [
                {"key": {"key": "who"}, "label": "Who", "type": {"base": "text"}}]},
            {"id": "call", "card": "control:spawn", "inputs": [
                {"key": {"key": "flow"}, "label": "Flow", "type": {"base": "flow"},
                    "binding": {"kind": "constant", "value": helper}},
                {"key": {"key": "old"}, "label": "Old", "type": {"base": "text"}, "arg": true}]},
        ]}))
        .unwrap()
    }

    fn codes(flow: &Flow, around: &Around) -> Vec<ProblemCode> {
        check_in(flow, &Catalogue::default(), around)
            .into_iter()
            .map(|problem| problem.code)
            .filter(|code| *code != ProblemCode::UnknownCard)
            .collect()
    }

    fn around(known: &[&Flow]) -> Around {
        let row = |flow: &&Flow| KnownFlow {
            id: flow.id.clone(),
            name: flow.name.clone(),
            kind: FlowKind::Helper,
        };
        Around {
            flows: Some(known.iter().map(row).collect()),
            signatures: known
                .iter()
                .map(|flow| (flow.id.clone(), Signature::of(flow)))
                .collect(),
            ..Around::default()
        }
    }

    #[test]
    fn a_call_names_a_flow_that_is_there_and_takes_what_it_is_given() {
        let (a, b) = (caller("a", "b"), caller("b", "x"));
        assert_eq!(codes(&a, &Around::default()), []);
        assert_eq!(codes(&a, &around(&[&a])), [ProblemCode::UnknownHelper]);
        assert_eq!(codes(&a, &around(&[&a, &b])), [ProblemCode::HelperChanged]);
        let found = changes(&a.steps[1], &Signature::of(&b));
        let who = Type::one(Base::Text);
        assert_eq!(
            found,
            [
                Change::Gone(FieldKey::plain("old")),
                Change::New(FieldKey::plain("who"), "Who".into(), who),
            ]
        );
    }

    #[test]
    fn flows_that_always_call_each_other_are_told() {
        let (mut a, b, c) = (caller("a", "b"), caller("b", "c"), caller("c", "a"));
        let told = |a: &Flow, known: &[&Flow]| {
            let found = codes(a, &around(known));
            found.contains(&ProblemCode::CallsItself)
        };
        assert!(told(&a, &[&a, &b, &c]));
        assert!(
            !told(&a, &[&a, &b, &caller("c", "b")]),
            "a circle without this flow"
        );
        assert!(told(&caller("s", "s"), &[&caller("s", "s")]));
        let guard = json!({"id": "g", "card": "control:continueIf"});
        a.steps.insert(1, serde_json::from_value(guard).unwrap());
        assert!(!told(&a, &[&a, &b, &c]), "a condition can end it");
        assert_eq!(Signature::of(&a).calls, [FlowId::from("b")]);
    }
}
