//! Cards that were wrapped, taken out or extracted as a helper flow give what they gave before.

use flow::{
    Base, Binding, Blank, CardError, CardKey, FieldKey, Flow, FlowId, LaneId, Output, ProblemCode,
    Step, StepId, Type, apply, extract, unwrap, wrap,
};
use serde_json::{Value as Json, json};

use crate::flows::{Make, flow, from, from_path, give_back, plan, step, template, upper};
use crate::world::{World, shown};

/// A flow with what a selection can meet: values from before, from inside a branch, texts, a loop of containers, an error.
fn original() -> Flow {
    let cases = step("cases", "control:branch")
        .lane_giving(
            "if",
            [
                upper("big", from("b.result")),
                step("quit", "control:return").custom("picked", from("big.result")),
            ],
            &[("picked", from("big.result"))],
        )
        .when(from("start.n"), ">", 3)
        .lane_giving("else", [], &[("picked", from("a.result"))])
        .out("picked");
    let guarded = step("guarded", "control:tryCatch")
        .lane_giving(
            "try",
            [step("oops", "test:fail").give("message", from("a.result"))],
            &[("said", from("a.result"))],
        )
        .lane_giving(
            "error",
            [],
            &[("said", from_path("guarded.context.error", &["message"]))],
        )
        .out("context.error")
        .out("said");
    flow(
        &["n", "name"],
        [
            upper("a", from("start.name")),
            upper("b", template("{a.result} and {start.n}")),
            cases,
            guarded,
            upper("c", template("{cases.picked}/{guarded.said}/{b.result}")),
            give_back("end", "all", from("c.result")),
        ],
    )
}

/// Runs a flow; calls of `helper` run that flow.
fn ran(flow: &Flow, helper: Option<Flow>, start: &Json) -> Json {
    let world = World::new().helps(move |child| {
        let helper = helper.as_ref().expect("only the helper is called");
        assert_eq!(child.flow, helper.id);
        let own = child.inputs.iter().filter(|(key, _)| key.group.is_none());
        let start: serde_json::Map<String, Json> = own
            .map(|(key, value)| (key.key.clone(), value.to_json()))
            .collect();
        let outcome = World::new().run_plan(&plan(helper), &Json::Object(start));
        match outcome.expect("the power holds").unwrap() {
            engine::Outcome::Succeeded { returned } => Ok(returned),
            engine::Outcome::Failed { error, .. } => Err(error),
            _ => Err(CardError::new("test", "neither succeeded nor failed")),
        }
    });
    let mut outcome = shown(&world.run(flow, start));
    // A failure is that of the call now.
    if outcome[0] == "failed" {
        outcome[3] = Json::Null;
    }
    outcome
}

fn made(make: Make) -> Step {
    make.0
}

fn blank() -> Blank {
    Blank {
        start: made(step("begin", "control:callable")),
        give_back: made(step("back", "control:return")),
        call: made(step("call", "control:spawn").typed(
            "flo",
            Type::one(Base::Flow),
            Binding::Empty,
        )),
    }
}

const STARTS: [(i64, &str); 4] = [(1, "ada"), (5, "ada"), (4, ""), (0, "春")];

#[track_caller]
fn check_all(original: &Flow, changed: &Flow, helper: Option<&Flow>, what: &str) {
    for (n, name) in STARTS {
        let start = json!({"n": n, "name": name});
        assert_eq!(
            ran(changed, helper.cloned(), &start),
            ran(original, None, &start),
            "{what} with {start}"
        );
    }
}

/// Every part of the row without the card that starts the flow and the one that ends it.
fn parts(flow: &Flow) -> Vec<Vec<StepId>> {
    let inner: Vec<StepId> = flow.steps.iter().map(|step| step.id.clone()).collect();
    let last = inner.len() - 1;
    let mut found = Vec::new();
    for first in 1..last {
        for end in first + 1..=last {
            found.push(inner[first..end].to_vec());
        }
    }
    found
}

#[test]
fn extracted_cards_give_the_same_results() {
    let flow = original();
    for ids in parts(&flow) {
        let done = extract(&flow, &ids, FlowId::from("helper"), "Part", blank()).unwrap();
        let mut changed = flow.clone();
        apply(&mut changed, done.edit).unwrap();
        check_all(&flow, &changed, Some(&done.helper), &format!("{ids:?}"));
    }
}

#[test]
fn a_failing_card_fails_the_flow_also_from_the_helper() {
    let flow = flow(
        &["n", "name"],
        [
            upper("a", from("start.name")),
            step("oops", "test:fail").give("message", from("a.result")),
            give_back("end", "all", from("a.result")),
        ],
    );
    let ids = ["a".into(), "oops".into()];
    let done = extract(&flow, &ids, FlowId::from("helper"), "Part", blank()).unwrap();
    let mut changed = flow.clone();
    apply(&mut changed, done.edit).unwrap();
    check_all(&flow, &changed, Some(&done.helper), "failing");
}

#[test]
fn wrapped_cards_give_the_same_results_and_so_do_those_taken_out_again() {
    let flow = original();
    let container = || {
        made(
            step("wrapped", "control:tryCatch")
                .lane("try", [])
                .lane("error", []),
        )
    };
    for ids in parts(&flow) {
        let mut wrapped = flow.clone();
        let edit = wrap(&flow, &ids, container(), &LaneId::new("try")).unwrap();
        apply(&mut wrapped, edit).unwrap();
        check_all(&flow, &wrapped, None, &format!("wrapped {ids:?}"));
        let out = unwrap(&wrapped, &"wrapped".into()).unwrap();
        assert_eq!(out.lost, 0);
        apply(&mut wrapped, out.edit).unwrap();
        assert!(wrapped == flow, "taken out {ids:?}");
    }
}

/// A start that asks for a name, and three cards that each make upper case of what the one before gave.
fn of_the_catalogue() -> Flow {
    let catalogue = cards::catalogue(cards::Language::En);
    let card = |key: &str, id: &str| {
        let key = CardKey::parse(key).unwrap();
        catalogue.card(&key).unwrap().step(StepId::from(id))
    };
    let name = FieldKey::plain("name");
    let mut start = card("control:noop", "start");
    start.outputs.push(Output {
        custom: true,
        ..Output::new(name, Type::one(Base::Text))
    });
    let mut steps = vec![start];
    for (id, source) in [
        ("one", "start.name"),
        ("two", "one.output"),
        ("three", "two.output"),
    ] {
        let mut step = card("string:toUpperCase", id);
        step.inputs[0].binding = from(source);
        steps.push(step);
    }
    let mut flow = Flow::new(FlowId::from("flow"), "The flow");
    flow.steps = steps;
    flow
}

#[track_caller]
fn problems(flow: &Flow) -> Vec<ProblemCode> {
    let catalogue = cards::catalogue(cards::Language::En);
    flow::check(flow, catalogue, &Default::default())
        .into_iter()
        .map(|problem| problem.code)
        .collect()
}

#[test]
fn no_problem_comes_by_wrapping_and_extracting() {
    let catalogue = cards::catalogue(cards::Language::En);
    let card = |key: &str| {
        let key = CardKey::parse(key).unwrap();
        catalogue
            .card(&key)
            .unwrap()
            .step(StepId::from(key.method()))
    };
    let flow = of_the_catalogue();
    assert_eq!(problems(&flow), []);
    let changed = |edit| {
        let mut changed = flow.clone();
        apply(&mut changed, edit).unwrap();
        changed
    };
    for ids in [vec!["one"], vec!["one", "two"], vec!["two", "three"]] {
        let ids: Vec<StepId> = ids.into_iter().map(StepId::from).collect();
        let tried = wrap(&flow, &ids, card("control:tryCatch"), &LaneId::new("try")).unwrap();
        assert_eq!(problems(&changed(tried)), [], "{ids:?} in If Error");
        let asked = wrap(&flow, &ids, card("control:if"), &LaneId::new("true")).unwrap();
        let left = problems(&changed(asked));
        assert!(
            left.iter().all(|code| *code == ProblemCode::RequiredEmpty),
            "only the condition is empty: {left:?}"
        );
        let blank = Blank {
            start: card("control:callable"),
            give_back: card("control:return"),
            call: card("control:spawn"),
        };
        let done = extract(&flow, &ids, "helper".into(), "Part", blank).unwrap();
        assert_eq!(problems(&done.helper), [], "{ids:?} as helper");
        assert_eq!(problems(&changed(done.edit)), [], "{ids:?} called");
    }
}
