//! The rules of mapping on the example flow.

use super::*;
use crate::canvas::example::{branched, catalogue, login, output, step};
use flow::{Base, Convert, apply};

fn condition() -> InputRef {
    InputRef::of("if".into(), FieldKey::plain("left-operand"))
}

#[track_caller]
fn answers(source: OutputRef, at: &InputRef, expected: Target) {
    assert_eq!(target(&branched(), &source, at), Some(expected));
}

#[test]
fn a_field_takes_what_fits_converts_or_says_why_not() {
    answers(output("event", "ID"), &login("suspend"), Target::Fits);
    answers(
        output("read", "Count"),
        &login("suspend"),
        Target::Converts(Convert::ToString),
    );
    answers(
        output("read", "Groups"),
        &condition(),
        Target::Converts(Convert::Stringify),
    );
    answers(
        output("read", "ID"),
        &login("read"),
        Target::Refused(Reason::Later),
    );
    let mut flow = branched();
    flow.input_mut(&condition()).unwrap().ty = Type::one(Base::Number);
    assert!(matches!(
        target(&flow, &output("read", "Groups"), &condition()),
        Some(Target::Refused(Reason::Types { .. }))
    ));
    flow.input_mut(&condition()).unwrap().option = true;
    assert_eq!(
        target(&flow, &output("read", "ID"), &condition()),
        Some(Target::Refused(Reason::Option))
    );
}

#[test]
fn every_field_answers_a_value_in_the_air() {
    let answers = targets(&branched(), &output("read", "ID"));
    let taking = answers.values().filter(|answer| answer.takes()).count();
    // Three of the condition, one each of suspend, compose and end; that of read comes too early.
    assert_eq!((answers.len(), taking), (7, 6));
}

#[test]
fn offers_come_from_the_nearest_card_and_fitting_values_first() {
    let flow = branched();
    let offers = offers(&flow, &login("suspend"));
    let cards: Vec<_> = offers.iter().map(|offer| offer.step.as_str()).collect();
    assert_eq!(cards, ["read", "event"]);
    let of_event: Vec<_> = offers[1]
        .values
        .iter()
        .map(|(source, _, _)| (source.field.key.as_str(), source.path.len()))
        .collect();
    assert_eq!(of_event, [("ID", 0), ("User", 1), ("User", 0)]);
}

#[test]
fn mapping_replaces_a_field_and_inserts_into_a_text() {
    let mut flow = branched();
    let at = InputRef::of("end".into(), FieldKey::plain("text"));
    flow.input_mut(&at).unwrap().binding = Binding::constant("Hello you");
    let edit = map_edit(&flow, &output("read", "ID"), &at, Some(6)).unwrap();
    apply(&mut flow, edit).unwrap();
    let Binding::Template { parts } = &flow.input(&at).unwrap().binding else {
        panic!("a template was expected");
    };
    assert_eq!(parts.len(), 3);
    let edit = map_edit(&flow, &output("event", "ID"), &at, None).unwrap();
    let undo = apply(&mut flow, edit).unwrap();
    assert_eq!(
        flow.input(&at).unwrap().binding,
        Binding::output(output("event", "ID"))
    );
    apply(&mut flow, undo).unwrap();
    assert!(matches!(
        flow.input(&at).unwrap().binding,
        Binding::Template { .. }
    ));
    assert!(map_edit(&flow, &output("read", "ID"), &login("read"), None).is_none());
}

#[test]
fn a_value_makes_a_field_on_a_card_that_takes_fields() {
    let mut flow = branched();
    flow.steps.push(step("assign", "control:let"));
    for expected in ["ID", "ID 2"] {
        let edit =
            add_mapped(&flow, &catalogue(), &output("read", "ID"), &"assign".into()).unwrap();
        apply(&mut flow, edit).unwrap();
        let assign = flow.step(&"assign".into()).unwrap();
        assert_eq!(assign.inputs.last().unwrap().key, FieldKey::plain(expected));
        assert_eq!(
            assign.outputs.last().unwrap().key,
            FieldKey::plain(expected)
        );
    }
    let assign = flow.step(&"assign".into()).unwrap().clone();
    apply(&mut flow, remove_field(&assign, &FieldKey::plain("ID"))).unwrap();
    assert_eq!(flow.step(&"assign".into()).unwrap().inputs.len(), 1);
    assert!(add_mapped(&flow, &catalogue(), &output("read", "ID"), &"read".into()).is_none());
}

#[test]
fn an_output_of_a_container_is_filled_by_each_lane() {
    let mut flow = branched();
    let branch = flow.step(&"if".into()).unwrap().clone();
    apply(
        &mut flow,
        add_own_output(&branch, "name", &Type::one(Base::Text)),
    )
    .unwrap();
    let branch = flow.step(&"if".into()).unwrap();
    assert!(branch.lanes.iter().all(|lane| lane.yields.len() == 1));
    assert_eq!(branch.outputs.len(), 1);
}

#[test]
fn a_field_keeps_its_place_when_it_gets_another_type() {
    let mut flow = branched();
    let edit = retype(&flow, &condition(), &Type::one(Base::Number)).unwrap();
    apply(&mut flow, edit).unwrap();
    let branch = flow.step(&"if".into()).unwrap();
    assert_eq!(branch.inputs[0].ty, Type::one(Base::Number));
    assert_eq!(branch.inputs[0].key.key, "left-operand");
    assert_eq!(branch.inputs.len(), 3);
}
