//! The real catalogue: what it lists can run.

use cards::{Language, catalogue};
use engine::{Outcome, Plan};
use flow::{CardKind, StepId};
use serde_json::{Value as Json, json};

use crate::flows::{Make, flow, from, give_back, is, step};
use crate::world::{World, shown};

#[test]
fn every_card_of_the_catalogue_has_a_meaning() {
    let mut without = Vec::new();
    for spec in catalogue(Language::En).cards() {
        if spec.kind == CardKind::Event {
            continue;
        }
        let mut flow = flow(&[], []);
        flow.steps.push(spec.step(StepId::from("card")));
        let outcome = World::new().run_plan(&Plan::compile(&flow), &json!({}));
        if let Some(Ok(Outcome::Failed { error, .. })) = outcome
            && error.code == "card.unavailable"
        {
            without.push(spec.key.to_string());
        }
    }
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn cards_of_the_catalogue_compute() {
    let flow = flow(
        &[],
        [
            step("let", "control:let")
                .custom("name", is("Ada"))
                .out("name"),
            step("if", "control:assignIf")
                .condition(from("let.name"), "==", "Ada")
                .give("valueIfTrue", is("known"))
                .give("valueIfFalse", is("new"))
                .out("output"),
            give_back("end", "who", from("if.output")),
        ],
    );
    let outcome = World::new().run_plan(&Plan::compile(&flow), &json!({}));
    assert_eq!(shown(&outcome.unwrap().unwrap()), json!({"who": "known"}));
}

/// Helpers of real packs end with Construct or And instead of a Return.
#[test]
fn a_helper_without_return_gives_the_loop_what_its_last_card_computed() {
    #[track_caller]
    fn check(last: Option<Make>, start: &Json, expected: &Json) {
        let plan = Plan::compile(&flow(&["n"], last));
        let outcome = World::new().run_plan(&plan, start);
        assert_eq!(&shown(&outcome.unwrap().unwrap()), expected);
    }
    let text = || {
        let give = step("last", "string:concat").give("string1", from("start.n"));
        Some(give.give("string2", is("!")).out("output"))
    };
    let item = json!({"n": "a", "context.index": 0});
    check(text(), &item, &json!({"output": "a!"}));
    check(text(), &json!({"n": "a"}), &json!({}));
    let made = step("last", "object:construct")
        .custom("type", is("user"))
        .custom("name", from("start.n"))
        .out("output");
    check(Some(made), &item, &json!({"type": "user", "name": "a"}));
    check(None, &item, &json!({}));
}
