//! Rows written as text: which cards are told to never run, and which Return ends less than it seems to.

use serde_json::{Value as Json, json};

use super::*;
use crate::{Catalogue, Granted, check};

fn card(id: &str, method: &str, more: Json) -> Json {
    let mut step = json!({"id": id, "card": format!("control:{method}")});
    let (Json::Object(step_fields), Json::Object(more)) = (&mut step, more) else {
        return step;
    };
    step_fields.extend(more);
    step
}

fn plain(id: &str) -> Json {
    card(id, "let", json!({}))
}

fn condition(left: Json, operator: &str, right: Json) -> Json {
    let input = |key: &str, value: Json| {
        json!({"key": {"key": key}, "label": key, "type": {"base": "any"},
            "binding": {"kind": "constant", "value": value}})
    };
    json!([
        input("left-operand", left),
        input("operator", json!(operator)),
        input("right-operand", right)
    ])
}

fn lanes(card_id: &str, method: &str, all: &[(&str, Vec<Json>)]) -> Json {
    let lanes: Vec<Json> = all
        .iter()
        .map(|(id, steps)| json!({"id": id, "steps": steps}))
        .collect();
    card(card_id, method, json!({ "lanes": lanes }))
}

fn told(steps: &[Json], code: ProblemCode) -> Vec<String> {
    let flow: Flow =
        serde_json::from_value(json!({"id": "f", "name": "f", "steps": steps})).unwrap();
    check(&flow, &Catalogue::default(), &Granted::default())
        .into_iter()
        .filter(|problem| problem.code == code)
        .filter_map(|problem| problem.step)
        .map(|id| id.to_string())
        .collect()
}

#[track_caller]
fn never_run(steps: &[Json], expected: &[&str]) {
    assert_eq!(told(steps, ProblemCode::Unreachable), expected);
}

#[test]
fn cards_behind_the_end_of_their_row_never_run() {
    let end = |id: &str| card(id, "return", json!({}));
    let raw = card("raw", "returnRaw", json!({}));
    let fail = |id: &str| card(id, "throw", json!({}));
    let both = |first: Json, second: Json| {
        lanes("c", "if", &[("true", vec![first]), ("false", vec![second])])
    };
    never_run(&[plain("a"), end("r")], &[]);
    never_run(&[end("r"), plain("a"), plain("b")], &["a"]);
    never_run(&[end("r"), card("n", "comment", json!({}))], &[]);
    never_run(&[both(end("r"), plain("a")), plain("b")], &[]);
    never_run(&[both(end("r"), fail("t")), plain("b")], &["b"]);
    // If/ElseIf catches a Return, not the end of the flow.
    let cases = |inner: Json| {
        lanes(
            "c",
            "branch",
            &[("if", vec![inner.clone()]), ("else", vec![inner])],
        )
    };
    never_run(&[cases(end("r")), plain("b")], &[]);
    never_run(&[cases(raw.clone()), plain("b")], &["b"]);
    let guard = |tried: Vec<Json>, failed: Vec<Json>| {
        lanes("g", "tryCatch", &[("try", tried), ("error", failed)])
    };
    never_run(
        &[guard(vec![fail("t"), plain("a")], vec![]), plain("b")],
        &["a"],
    );
    never_run(
        &[guard(vec![fail("t")], vec![fail("u")]), plain("b")],
        &["b"],
    );
    never_run(&[guard(vec![plain("a")], vec![fail("u")]), plain("b")], &[]);
    never_run(&[guard(vec![raw], vec![end("r")]), plain("b")], &[]);
}

#[test]
fn what_a_typed_comparison_rules_out_never_runs() {
    let branch = |condition: Json| {
        let mut step = lanes(
            "c",
            "if",
            &[("true", vec![plain("a")]), ("false", vec![plain("b")])],
        );
        step["inputs"] = condition;
        step
    };
    never_run(&[branch(condition(json!(1), "==", json!(1)))], &["b"]);
    never_run(&[branch(condition(json!("b"), "<", json!("a")))], &["a"]);
    never_run(&[branch(condition(json!(1), "==", json!("1")))], &[]);
    never_run(&[branch(condition(json!(""), "==", json!("")))], &[]);
    let go_on = |condition: Json| card("c", "continueIf", json!({ "inputs": condition }));
    never_run(
        &[
            go_on(condition(json!(true), "==", json!(false))),
            plain("a"),
        ],
        &["a"],
    );
    never_run(
        &[go_on(condition(json!(true), "==", json!(true))), plain("a")],
        &[],
    );
    let mut cases = lanes(
        "c",
        "branch",
        &[
            ("if", vec![plain("a")]),
            ("two", vec![plain("b")]),
            ("else", vec![plain("d")]),
        ],
    );
    cases["lanes"][0]["inputs"] = condition(json!(1), "<", json!(2));
    never_run(&[cases], &["b", "d"]);
}

#[test]
fn a_return_that_ends_only_its_row_is_told_where_the_flow_goes_on() {
    let end = |inputs: Json| card("r", "return", json!({ "inputs": inputs }));
    let cases = |inner: Json| lanes("c", "branch", &[("if", vec![inner])]);
    let check = |steps: &[Json], expected: &[&str]| {
        assert_eq!(told(steps, ProblemCode::ReturnInside), expected);
    };
    check(&[cases(end(json!([]))), plain("b")], &["r"]);
    check(&[cases(end(json!([])))], &[]);
    let in_if = lanes("i", "if", &[("true", vec![end(json!([]))])]);
    check(&[in_if.clone(), plain("b")], &[]);
    check(&[cases(in_if), plain("b")], &["r"]);
    // A Return gives the container's outputs their values.
    let key = json!({"key": {"key": "name"}, "label": "name", "type": {"base": "text"}});
    let mut gives = cases(end(json!([key])));
    gives["outputs"] = json!([key]);
    check(&[gives, plain("b")], &[]);
}

#[test]
fn what_leaves_only_a_container_has_a_hint() {
    let end = card("r", "return", json!({}));
    let flow = |steps: Vec<Json>| -> Flow {
        serde_json::from_value(json!({"id": "f", "name": "f", "steps": steps})).unwrap()
    };
    let check = |steps: Vec<Json>, expected: bool| {
        assert_eq!(leaves_container_only(&flow(steps), &"r".into()), expected);
    };
    check(vec![end.clone()], false);
    check(
        vec![lanes("i", "if", &[("true", vec![end.clone()])])],
        false,
    );
    check(
        vec![lanes("g", "tryCatch", &[("error", vec![end.clone()])])],
        true,
    );
    let in_if = lanes("i", "if", &[("true", vec![end])]);
    check(vec![lanes("g", "tryCatch", &[("try", vec![in_if])])], true);
}
