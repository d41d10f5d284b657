//! Whatever is wrong with a flow: each repair that is offered makes its problem go away and brings no new error. And the
//! checks are quick enough to run while somebody types.

use std::time::Instant;

use flow::{
    Around, Base, Binding, Catalogue, FieldKey, Flow, FlowEdit, FlowId, FlowKind, InputRef,
    KnownConnection, KnownFlow, KnownTable, LaneId, OutputRef, Place, Problem, ProblemCode,
    RepairKind, Severity, Signature, Step, StepId, apply, check_in, repair_all, repairs,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value as Json, json};

use super::cards::catalogue;

const IDS: [&str; 10] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
const LANES: [&str; 6] = ["true", "false", "if", "else", "try", "error"];
const CARDS: [&str; 14] = [
    "okta:read",
    "okta:read",
    "string:compose",
    "string:compose",
    "math:round",
    "date:add",
    "object:use",
    "control:if",
    "control:branch",
    "control:tryCatch",
    "control:return",
    "control:throw",
    "control:spawn",
    "stash:createRow",
];
const STARTS: [&str; 3] = ["okta:created", "control:callable", "http:accept"];

fn around() -> Around {
    let helper: Flow = serde_json::from_value(json!({"id": "helper", "name": "Helper", "steps": [
        {"id": "s", "card": "control:callable", "outputs": [
            {"key": {"key": "ID"}, "label": "ID", "type": {"base": "number"}},
            {"key": {"key": "text"}, "label": "text", "type": {"base": "text"}}]},
        {"id": "r", "card": "control:return", "inputs": [
            {"key": {"key": "result"}, "label": "result", "type": {"base": "text"}}]}]}))
    .unwrap();
    let connection = |id: &str| KnownConnection {
        id: id.into(),
        module: "okta".into(),
    };
    Around {
        granted: [
            ("full".into(), vec!["okta.users.manage".to_owned()]),
            ("poor".into(), vec!["okta.groups.read".to_owned()]),
        ]
        .into(),
        connections: Some(vec![connection("full"), connection("poor")]),
        tables: Some(vec![KnownTable {
            id: "people".into(),
            columns: vec![("Name".into(), Base::Text)],
        }]),
        flows: Some(vec![KnownFlow {
            id: helper.id.clone(),
            name: helper.name.clone(),
            kind: FlowKind::Helper,
        }]),
        signatures: [(helper.id.clone(), Signature::of(&helper))].into(),
        zone: Some("Asia/Tokyo".into()),
    }
}

/// A change that leaves flows broken in many ways.
#[derive(Clone, Debug)]
enum Change {
    Add(
        &'static str,
        &'static str,
        Option<(&'static str, &'static str)>,
        usize,
    ),
    Link(Index, Index, bool),
    Type(Index, Json),
    Remove(&'static str),
    Move(&'static str, usize),
    Connect(&'static str, &'static str),
    Double(&'static str),
    Name(Index),
    Column(&'static str, &'static str),
}

fn change() -> impl Strategy<Value = Change> {
    let id = || select(&IDS[..]);
    let lane = proptest::option::of((id(), select(&LANES[..])));
    prop_oneof![
        6 => (id(), select(&CARDS[..]), lane, 0_usize..5).prop_map(|(id, card, lane, at)| Change::Add(id, card, lane, at)),
        8 => (any::<Index>(), any::<Index>(), any::<bool>()).prop_map(|(at, source, text)| Change::Link(at, source, text)),
        3 => (any::<Index>(), select(vec![json!("x"), json!(1), json!(true), json!("people"), json!("helper")])).prop_map(|(at, value)| Change::Type(at, value)),
        1 => id().prop_map(Change::Remove),
        2 => (id(), 0_usize..6).prop_map(|(id, at)| Change::Move(id, at)),
        1 => (id(), select(vec!["full", "poor", "gone"])).prop_map(|(id, to)| Change::Connect(id, to)),
        1 => id().prop_map(Change::Double),
        2 => any::<Index>().prop_map(Change::Name),
        1 => (id(), select(vec!["name", "Other"])).prop_map(|(id, name)| Change::Column(id, name)),
    ]
}

fn inputs_of(flow: &Flow) -> Vec<InputRef> {
    let mut all = Vec::new();
    for step in flow.all_steps() {
        for input in &step.inputs {
            all.push(InputRef {
                arg: input.arg,
                ..InputRef::of(step.id.clone(), input.key.clone())
            });
        }
        for lane in &step.lanes {
            for input in &lane.yields {
                all.push(InputRef {
                    lane: Some(lane.id.clone()),
                    yields: true,
                    ..InputRef::of(step.id.clone(), input.key.clone())
                });
            }
        }
    }
    all
}

fn outputs_of(flow: &Flow) -> Vec<OutputRef> {
    let mut all = Vec::new();
    for step in flow.all_steps() {
        for output in &step.outputs {
            let source = OutputRef {
                step: step.id.clone(),
                field: output.key.clone(),
                path: Vec::new(),
            };
            all.extend(output.ty.keys.iter().map(|known| OutputRef {
                path: vec![known.key.clone()],
                ..source.clone()
            }));
            all.push(source);
        }
    }
    all.push(OutputRef {
        step: StepId::from("gone"),
        field: FieldKey::plain("login"),
        path: Vec::new(),
    });
    all
}

fn make(flow: &mut Flow, catalogue: &Catalogue, change: &Change) {
    let spec = |card: &str| {
        catalogue
            .card(&flow::CardKey::parse(card).unwrap())
            .unwrap()
    };
    let edit = match change {
        Change::Add(id, card, lane, index) => FlowEdit::AddStep {
            step: Box::new(spec(card).step(StepId::from(*id))),
            at: Place {
                lane: lane.map(|(step, lane)| (StepId::from(step), LaneId::new(lane))),
                index: index + usize::from(lane.is_none()),
            },
        },
        Change::Link(at, source, is_text) => {
            let (mut inputs, outputs) = (inputs_of(flow), outputs_of(flow));
            inputs.retain(|at| flow.input(at).is_some_and(|input| !input.option));
            if inputs.is_empty() {
                return;
            }
            let single = Binding::output(source.get(&outputs).clone());
            let binding = if *is_text {
                serde_json::from_value(json!({"kind": "template", "parts": [
                    {"kind": "text", "text": "x"}, {"kind": "value", "name": "v", "binding": single}]}))
                .unwrap()
            } else {
                single
            };
            FlowEdit::Bind {
                input: at.get(&inputs).clone(),
                binding,
            }
        }
        Change::Type(at, value) => {
            let inputs = inputs_of(flow);
            if inputs.is_empty() {
                return;
            }
            FlowEdit::Bind {
                input: at.get(&inputs).clone(),
                binding: Binding::constant(value.clone()),
            }
        }
        Change::Name(at) => {
            // The field that names a helper flow or a table.
            let inputs = inputs_of(flow);
            let named: Vec<_> = inputs
                .into_iter()
                .filter(|at| matches!(at.field.key.as_str(), "flow" | "table"))
                .collect();
            if named.is_empty() {
                return;
            }
            let at = at.get(&named).clone();
            let name = if at.field.key == "flow" {
                "helper"
            } else {
                "people"
            };
            FlowEdit::Bind {
                input: at,
                binding: Binding::constant(name),
            }
        }
        Change::Column(id, name) => {
            let at = InputRef::of(StepId::from(*id), FieldKey::in_group("Fields", *name));
            let mut input = flow::Input::new(at.field.clone(), flow::Type::one(Base::Text));
            input.binding = Binding::constant("x");
            FlowEdit::AddInput {
                at,
                input: Box::new(input),
                index: 9,
            }
        }
        Change::Remove(id) => FlowEdit::RemoveStep {
            step: StepId::from(*id),
        },
        Change::Move(id, index) => FlowEdit::MoveStep {
            step: StepId::from(*id),
            to: Place {
                lane: None,
                index: *index,
            },
        },
        Change::Connect(id, to) => FlowEdit::Connect {
            step: StepId::from(*id),
            connection: Some((*to).into()),
        },
        Change::Double(id) => {
            if let Some(step) = flow.step_mut(&StepId::from(*id)) {
                double(step);
            }
            return;
        }
    };
    // Many changes name what is not there.
    drop(apply(flow, edit));
}

/// No edit makes two fields of one key; documents from elsewhere may have them.
fn double(step: &mut Step) {
    if let Some(mut input) = step.inputs.first().cloned() {
        input.custom = step.outputs.is_empty();
        step.inputs.push(input);
    }
    if let Some(output) = step.outputs.first().cloned() {
        step.outputs.push(output);
    }
}

type Told = (ProblemCode, Option<StepId>, Option<InputRef>);

fn errors(found: &[Problem]) -> Vec<Told> {
    let is_error = |problem: &&Problem| problem.severity == Severity::Error;
    let key = |problem: &Problem| (problem.code, problem.step.clone(), problem.input.clone());
    found.iter().filter(is_error).map(key).collect()
}

fn same(a: &Problem, b: &Problem) -> bool {
    a.code == b.code && a.step == b.step && a.input == b.input
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn a_repair_makes_its_problem_go_away_and_brings_no_error(
        start in select(&STARTS[..]),
        changes in vec(change(), 1..40),
    ) {
        let (catalogue, around) = (catalogue(), around());
        let mut flow = Flow::new(FlowId::from("f"), "F");
        let spec = catalogue.card(&flow::CardKey::parse(start).unwrap()).unwrap();
        flow.steps.push(spec.step(StepId::from("start")));
        for change in &changes {
            make(&mut flow, &catalogue, change);
        }
        let before = check_in(&flow, &catalogue, &around);
        let known = errors(&before);
        for problem in &before {
            for repair in repairs(&flow, &catalogue, &around, problem) {
                let mut repaired = flow.clone();
                let undo = apply(&mut repaired, repair.edit.clone());
                prop_assert!(undo.is_ok(), "{:?} of {problem:?} is refused: {undo:?}", repair.kind);
                let after = check_in(&repaired, &catalogue, &around);
                let is_left = after.iter().any(|left| same(left, problem));
                prop_assert!(!is_left, "{:?} leaves {problem:?}", repair.kind);
                for error in errors(&after) {
                    // Elsewhere one error may take the place of another: what is in sight now may still not fit.
                    let was_wrong = |before: &&Told| (&before.1, &before.2) == (&error.1, &error.2);
                    let mut here = known.iter().filter(was_wrong);
                    let is_elsewhere = error.2.is_some() && error.2 != problem.input;
                    let is_renamed = match (&repair.kind, &error.2) {
                        (RepairKind::RenameField(name), Some(at)) => at.field.key == *name,
                        _ => false,
                    };
                    let is_known = here.clone().any(|before| before.0 == error.0)
                        || (is_elsewhere && here.next().is_some())
                        || is_renamed;
                    prop_assert!(is_known, "{:?} of {problem:?} brings {error:?}", repair.kind);
                }
                apply(&mut repaired, undo.unwrap()).unwrap();
                prop_assert_eq!(&repaired, &flow);
            }
        }
        for code in [ProblemCode::RequiredEmpty, ProblemCode::TypeMismatch, ProblemCode::NoConnection, ProblemCode::SourceInLane] {
            if let Some((edit, n)) = repair_all(&flow, &catalogue, &around, code) {
                let mut repaired = flow.clone();
                apply(&mut repaired, edit).unwrap();
                let after = check_in(&repaired, &catalogue, &around);
                let count = |found: &[Problem]| found.iter().filter(|problem| problem.code == code).count();
                prop_assert_eq!(count(&before) - n, count(&after));
            }
        }
    }
}

/// Prints how long the checks take; the product's bench measures it in a release build.
#[test]
fn the_checks_of_a_thousand_cards() {
    let (catalogue, around) = (catalogue(), around());
    let mut flow = Flow::new(FlowId::from("f"), "F");
    let spec = |card: &str| {
        catalogue
            .card(&flow::CardKey::parse(card).unwrap())
            .unwrap()
    };
    flow.steps
        .push(spec("okta:created").step(StepId::from("start")));
    for at in 0..1_000 {
        let card = CARDS[at % 7];
        let mut step = spec(card).step(StepId::from(format!("card{at}")));
        let from = at.checked_sub(9).map(|from| format!("card{from}"));
        if let Some(input) = step.inputs.first_mut() {
            input.binding = Binding::output(OutputRef {
                step: StepId::from(from.unwrap_or_else(|| "start".to_owned())),
                field: FieldKey::plain("ID"),
                path: Vec::new(),
            });
        }
        if at % 50 == 49 {
            let mut holder = spec("control:if").step(StepId::from(format!("if{at}")));
            holder.lanes[0].steps = std::mem::take(&mut flow.steps).split_off(1);
            flow.steps
                .push(spec("okta:created").step(StepId::from("start")));
            if flow.steps.len() < 3 && at < 400 {
                flow.steps.push(holder);
            } else {
                flow.steps
                    .extend(std::mem::take(&mut holder.lanes[0].steps));
            }
        }
        flow.steps.push(step);
    }
    let cards = flow.all_steps().len();
    let mut best = f64::MAX;
    let mut found = 0;
    for _ in 0..20 {
        let begun = Instant::now();
        found = check_in(&flow, &catalogue, &around).len();
        best = best.min(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    assert!(cards > 1_000 && found > 0);
    eprintln!("{cards} cards, {found} problems: {best:.2} ms");
}
