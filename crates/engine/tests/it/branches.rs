//! If/Else, If/ElseIf, If Error.

use engine::Outcome;
use serde_json::{Value as Json, json};

use crate::flows::{Make, flow, from, from_path, give_back, is, step, upper};
use crate::world::{World, check, shown};

fn if_else(id: &str, on_true: Vec<Make>, on_false: Vec<Make>) -> Make {
    step(id, "control:if")
        .condition(from("start.status"), "==", "ACTIVE")
        .out("result")
        .out("word")
        .lane_giving("true", on_true, &[("word", is("yes"))])
        .lane_giving("false", on_false, &[("word", from("inner.result"))])
}

#[test]
fn one_of_two_rows_runs_and_gives_its_value() {
    let flow = flow(
        &["status"],
        [
            if_else("if", vec![], vec![upper("inner", is("no"))]),
            step("end", "control:return")
                .custom("result", from("if.result"))
                .custom("word", from("if.word")),
        ],
    );
    check(
        &flow,
        json!({"status": "ACTIVE"}),
        json!({"result": true, "word": "yes"}),
    );
    check(
        &flow,
        json!({"status": "STAGED"}),
        json!({"result": false, "word": "NO"}),
    );
}

#[test]
fn a_return_in_if_else_ends_the_flow() {
    let flow = flow(
        &["status"],
        [
            if_else("if", vec![give_back("early", "x", is("early"))], vec![]),
            give_back("end", "x", is("late")),
        ],
    );
    check(&flow, json!({"status": "ACTIVE"}), json!({"x": "early"}));
    check(&flow, json!({"status": "STAGED"}), json!({"x": "late"}));
}

fn cases() -> Make {
    step("cases", "control:branch")
        .out("word")
        .lane_giving("if", [], &[("word", is("first"))])
        .when(from("start.n"), ">", 100)
        .lane_giving("k3x", [], &[("word", is("second"))])
        .when(from("start.n"), ">", 10)
        .lane_giving("else", [], &[("word", is("none"))])
}

#[test]
fn the_first_true_case_runs() {
    let flow = flow(
        &["n"],
        [cases(), give_back("end", "word", from("cases.word"))],
    );
    for (n, word) in [(500, "first"), (50, "second"), (5, "none")] {
        check(&flow, json!({"n": n}), json!({"word": word}));
    }
}

#[test]
fn a_case_without_else_gives_nulls() {
    let mut cases = cases();
    cases.0.lanes.pop();
    let flow = flow(
        &["n"],
        [cases, give_back("end", "word", from("cases.word"))],
    );
    check(&flow, json!({"n": 1}), json!({"word": null}));
}

/// A case that returns, or stops, before it could yield.
fn check_lane(inner: Vec<Make>, expected: Json) {
    let flow = flow(
        &["n"],
        [
            step("cases", "control:branch")
                .out("word")
                .lane_giving("if", inner, &[("word", is("yielded"))])
                .when(is(1), "==", 1),
            give_back("end", "word", from("cases.word")),
        ],
    );
    check(&flow, json!({"n": 1}), expected);
}

#[test]
fn a_return_in_a_case_leaves_only_the_case() {
    check_lane(vec![], json!({"word": "yielded"}));
    check_lane(
        vec![give_back("r", "word", is("returned"))],
        json!({"word": "returned"}),
    );
    check_lane(
        vec![give_back("r", "other", is("returned"))],
        json!({"word": null}),
    );
    let nested = step("if", "control:if")
        .condition(is(1), "==", 1)
        .lane("true", [give_back("r", "word", is("deep"))]);
    check_lane(
        vec![nested, step("x", "test:fail")],
        json!({"word": "deep"}),
    );
}

#[test]
fn a_continue_if_in_a_case_leaves_only_the_case() {
    let stop = step("c", "control:continueIf").condition(is(1), "==", 2);
    check_lane(vec![stop, step("x", "test:fail")], json!({"word": null}));
    let go = step("c", "control:continueIf").condition(is(1), "==", 1);
    check_lane(vec![go], json!({"word": "yielded"}));
}

fn guarded(inner: Vec<Make>, on_error: Vec<Make>) -> Make {
    step("try", "control:tryCatch")
        .out("context.error")
        .out("word")
        .lane_giving("try", inner, &[("word", is("tried"))])
        .lane_giving(
            "error",
            on_error,
            &[("word", from_path("try.context.error", &["message"]))],
        )
}

#[test]
fn an_error_runs_the_error_row_with_the_error_object() {
    let fail = || step("bad", "test:fail").give("message", is("no tea"));
    let flow = |inner| {
        flow(
            &[],
            [
                guarded(inner, vec![]),
                step("end", "control:return")
                    .custom("word", from("try.word"))
                    .custom("error", from("try.context.error")),
            ],
        )
    };
    check(
        &flow(vec![]),
        json!({}),
        json!({"word": "tried", "error": null}),
    );
    check(
        &flow(vec![fail(), upper("never", is("x"))]),
        json!({}),
        json!({
            "word": "no tea",
            "error": {
                "message": "no tea",
                "code": 418,
                "method": {"id": "bad", "name": "fail"},
                "flow": "flow",
                "flo": {"id": "flow", "name": "The flow"},
                "execution": "01KAN0WQ8Z4T5V6X7Y8Z9A0B1C",
                "body": {"errorSummary": "teapot"},
            },
        }),
    );
}

#[test]
fn an_error_in_the_error_row_is_caught_further_out_only() {
    let fail = |id: &str| step(id, "test:fail").give("message", is(id));
    let inner = || guarded(vec![fail("one")], vec![fail("two")]);
    check(
        &flow(&[], [inner()]),
        json!({}),
        json!(["failed", "test.failed", "two", "two"]),
    );

    let outer = step("outer", "control:tryCatch")
        .out("context.error")
        .lane("try", [inner()])
        .lane("error", [give_back("r", "x", is("ignored"))]);
    let flow = flow(
        &[],
        [
            outer,
            give_back("end", "x", from_path("outer.context.error", &["message"])),
        ],
    );
    check(&flow, json!({}), json!({"x": "two"}));
}

#[test]
fn a_return_error_is_not_caught() {
    let thrown = step("throw", "control:throw")
        .give("statusCode", is(409))
        .give("message", is("taken"));
    let flow = flow(
        &[],
        [guarded(vec![thrown], vec![]), give_back("end", "x", is(1))],
    );
    let outcome = World::new().run(&flow, &json!({}));
    assert_eq!(
        shown(&outcome),
        json!(["failed", "flow.returned_error", "taken", "throw"])
    );
    let Outcome::Failed { error, path, .. } = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!((error.status, path.as_str()), (Some(409), "try/try/throw"));
}

#[test]
fn containers_nest_to_a_limit_and_no_further() {
    let nest = |depth: usize| {
        let mut inner = upper("core", is("x"));
        for level in 0..depth {
            inner = step(&format!("if{level}"), "control:if")
                .condition(is(1), "==", 1)
                .lane("true", [inner]);
        }
        shown(&World::new().run(&flow(&[], [inner]), &json!({})))
    };
    assert_eq!(nest(flow::MAX_NESTING), json!({}));
    let too_deep = nest(flow::MAX_NESTING + 1);
    assert_eq!(too_deep[1], json!("flow.too_deep"), "{too_deep}");
    assert_eq!(nest(200)[1], json!("flow.too_deep"));
}
