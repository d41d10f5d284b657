//! Rows of cards, and values on their way from card to card.

use flow::{Base, Convert, Type};
use serde_json::json;

use crate::flows::{
    Make, converted, flow, from, from_path, give_back, is, item, step, template, upper,
};
use crate::world::{World, check, check_in};

#[test]
fn cards_run_one_after_the_other() {
    let flow = flow(
        &["name"],
        [
            upper("a", from("start.name")),
            upper("b", template("{a.result} and {start.name}")),
            give_back("end", "said", from("b.result")),
        ],
    );
    check(
        &flow,
        json!({"name": "ada"}),
        json!({"said": "ADA AND ADA"}),
    );
}

#[test]
fn a_flow_without_return_returns_nothing() {
    check(&flow(&[], [upper("a", is("x"))]), json!({}), json!({}));
    check(&flow(&[], []), json!({}), json!({}));
}

#[test]
fn values_are_brought_to_the_type_of_the_field() {
    for (base, binding, expected) in [
        (Base::Number, is("12"), json!(12)),
        (Base::Text, is(1.5), json!("1.5")),
        (Base::Number, from("start.text"), json!(7)),
        (
            Base::Boolean,
            from_path("start.object", &["list", "1"]),
            json!(true),
        ),
        (
            Base::Any,
            from_path("start.object", &["gone", "deeper"]),
            json!(null),
        ),
        (
            Base::Any,
            converted("start.json", Convert::Parse),
            json!({"a": 1}),
        ),
        (Base::Number, template("{start.text}1"), json!(71)),
        (Base::Any, item(None), json!(null)),
    ] {
        let end = step("end", "control:return").typed("value", Type::one(base), binding);
        let start = json!({"text": "7", "object": {"list": [0, "yes"]}, "json": "{\"a\":1}"});
        check(
            &flow(&["text", "object", "json"], [end]),
            start,
            json!({"value": expected}),
        );
    }
}

#[test]
fn a_value_that_does_not_fit_fails_the_card_and_says_what_to_do() {
    for binding in [is("potato"), from("start.word")] {
        let end = step("end", "control:return").typed("n", Type::one(Base::Number), binding);
        let outcome = World::new().run(&flow(&["word"], [end]), &json!({"word": "potato"}));
        let engine::Outcome::Failed { error, step, .. } = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!((error.code.as_str(), step.as_str()), ("input.type", "end"));
        assert!(error.message.contains("potato"), "{}", error.message);
        assert!(error.message.contains("convert"), "{}", error.message);
    }
}

#[test]
fn a_mapping_to_what_is_gone_is_null() {
    let flow = flow(&[], [give_back("end", "value", from("nobody.result"))]);
    check(&flow, json!({}), json!({"value": null}));
}

#[test]
fn the_start_takes_what_it_knows_and_leaves_the_rest() {
    let mut flow = flow(
        &["a", "b"],
        [step("end", "control:return")
            .custom("a", from("start.a"))
            .custom("b", from("start.b"))
            .custom("run", from("start.context.execution_id"))],
    );
    let id = Make(flow.steps.remove(0)).out("context.execution_id");
    flow.steps.insert(0, id.0);
    let expected = json!({"a": 1, "b": null, "run": "01KAN0WQ8Z4T5V6X7Y8Z9A0B1C"});
    check(&flow, json!({"a": 1, "c": 2}), expected);
}

/// Packs declare a number and hand over an address: what callers and wires without a conversion give is passed on, and
/// the card that cannot use it says so.
#[test]
fn a_value_that_does_not_fit_is_passed_on_until_a_card_needs_it() {
    let number = Type::one(Base::Number);
    let mut row = flow(
        &[],
        [step("end", "control:return")
            .typed("n", number.clone(), from("start.n"))
            .custom_last()],
    );
    row.steps[0] = step("start", "control:callable").out_typed("n", number).0;
    check(&row, json!({"n": "10.0.0.1"}), json!({"n": "10.0.0.1"}));
    check(&row, json!({"n": "12"}), json!({"n": 12}));
}

#[test]
fn notes_and_placeholders_do_nothing() {
    let flow = flow(
        &[],
        [
            step("note", "control:comment"),
            step("noop", "control:noop"),
            give_back("end", "x", is(1)),
        ],
    );
    check(&flow, json!({}), json!({"x": 1}));
}

#[test]
fn an_unknown_card_stops_the_flow_only_when_it_is_reached() {
    let unknown = || step("jira", "jira:createIssue").out("id");
    let world = World::new();
    let reached = flow(&[], [upper("a", is("x")), unknown()]);
    let outcome = world.run(&reached, &json!({}));
    let engine::Outcome::Failed { error, .. } = &outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(error.code, "card.unavailable");
    assert!(error.message.contains("jira"), "{}", error.message);

    let not_reached = flow(&[], [give_back("end", "x", is(1)), unknown()]);
    check_in(&World::new(), &not_reached, &json!({}), &json!({"x": 1}));
}

#[test]
fn time_and_randomness_come_from_the_host() {
    let flow = flow(
        &[],
        [
            step("clock", "test:clock").out("now").out("random"),
            step("end", "control:return")
                .custom("now", from("clock.now"))
                .custom("random", from("clock.random")),
        ],
    );
    check(
        &flow,
        json!({}),
        json!({"now": "2025-10-09T08:53:20.000Z", "random": 1}),
    );
}
