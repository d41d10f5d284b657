//! The real catalogue: what it lists can run.

use cards::{Language, catalogue};
use engine::{Outcome, Plan};
use flow::{CardKind, StepId};
use serde_json::json;

use crate::flows::{flow, from, give_back, is, step};
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
