//! What differs between two flows, the edits between them, and what becomes of two people's changes.

use flow::{
    Binding, CardPart, Change, Clash, FieldChange, FieldKey, Flow, FlowEdit, FlowPart, InputRef,
    Lane, LaneId, OutputRef, Place, Side, Step, apply, bring_back, diff, drawn_together, merge,
    script,
};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::edits::{edit, flow, leaf};

fn text(step: &str) -> InputRef {
    InputRef::of(step.into(), FieldKey::plain("text"))
}

fn bind(step: &str, value: &str) -> FlowEdit {
    FlowEdit::Bind {
        input: text(step),
        binding: Binding::constant(value),
    }
}

fn add(id: &str, index: usize) -> FlowEdit {
    FlowEdit::AddStep {
        step: Box::new(leaf(id.into())),
        at: Place { lane: None, index },
    }
}

fn remove(id: &str) -> FlowEdit {
    FlowEdit::RemoveStep { step: id.into() }
}

fn move_to(id: &str, index: usize) -> FlowEdit {
    FlowEdit::MoveStep {
        step: id.into(),
        to: Place { lane: None, index },
    }
}

/// The flow after these edits; those that are refused are left out.
fn after(before: &Flow, edits: impl IntoIterator<Item = FlowEdit>) -> Flow {
    let mut flow = before.clone();
    for edit in edits {
        let _refused = apply(&mut flow, edit).is_err();
    }
    flow
}

fn ids(flow: &Flow) -> Vec<String> {
    let all = flow.all_steps();
    all.into_iter().map(|step| step.id.to_string()).collect()
}

fn row(names: &[&str]) -> Flow {
    let mut flow = Flow::new("f".into(), "Flow");
    flow.steps = names.iter().map(|id| leaf((*id).into())).collect();
    flow
}

fn mine(_: &Clash) -> Side {
    Side::Mine
}

fn theirs(_: &Clash) -> Side {
    Side::Theirs
}

#[test]
fn each_kind_of_change_is_one_line() {
    let before = after(&flow(), [bind("c", "inside")]);
    let edits = vec![
        FlowEdit::Rename { name: "New".into() },
        bind("a", "x"),
        add("d", 1),
        remove("c"),
        FlowEdit::Retitle {
            step: "b".into(),
            title: Some("T".into()),
        },
    ];
    let found = diff(&before, &after(&before, edits)).changes;
    let expected = [
        Change::Flow {
            part: FlowPart::Name,
        },
        Change::Input {
            at: text("a"),
            what: FieldChange::Bound,
        },
        Change::Added { step: "d".into() },
        Change::Card {
            step: "b".into(),
            part: CardPart::Title,
        },
        Change::Removed { step: "c".into() },
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_card_moved_to_the_end_is_the_only_one_that_moved() {
    let before = row(&["a", "b", "c", "d"]);
    let found = diff(&before, &after(&before, [move_to("b", 3)]));
    assert_eq!(found.changes, [Change::Moved { step: "b".into() }]);
    let edits = script(&before, &found.new);
    assert_eq!(edits, [move_to("b", 3)]);
}

#[test]
fn a_card_that_is_gone_is_drawn_where_it_stood() {
    let before = row(&["a", "b", "c"]);
    let now = after(&before, [remove("b"), add("n", 1)]);
    assert_eq!(ids(&drawn_together(&before, &now)), ["a", "b", "n", "c"]);
    let nested = flow();
    assert_eq!(
        ids(&drawn_together(&nested, &after(&nested, [remove("b")]))),
        ["a", "b", "c"]
    );
}

#[test]
fn a_flow_that_was_imported_again_differs_only_where_it_does() {
    let mut before = row(&["a", "b", "c"]);
    before = after(
        &before,
        [bind("a", "one"), bind("b", "two"), bind("c", "three")],
    );
    let mut now = row(&["p", "q", "r"]);
    now = after(
        &now,
        [bind("p", "one"), bind("q", "TWO"), bind("r", "three")],
    );
    let linked = FlowEdit::Bind {
        input: text("r"),
        binding: Binding::output(OutputRef {
            step: "p".into(),
            field: FieldKey::plain("output"),
            path: vec![],
        }),
    };
    let now = after(&now, [linked]);
    let found = diff(&before, &now);
    let expected = [
        Change::Input {
            at: text("b"),
            what: FieldChange::Bound,
        },
        Change::Input {
            at: text("c"),
            what: FieldChange::Bound,
        },
    ];
    assert_eq!(found.changes, expected);
    assert_eq!(ids(&found.new), ["a", "b", "c"]);
}

#[test]
fn changes_of_different_places_come_together() {
    let base = row(&["a", "b", "c"]);
    let ours = after(&base, [bind("a", "mine"), add("m", 1), remove("b")]);
    let other = after(
        &base,
        [
            bind("c", "theirs"),
            add("t", 3),
            FlowEdit::Rename { name: "N".into() },
        ],
    );
    let merged = merge(&base, &ours, &other, &mine);
    assert_eq!(merged.clashes, []);
    assert_eq!(ids(&merged.flow), ["a", "m", "c", "t"]);
    assert_eq!(merged.flow.name, "N");
    assert_eq!(
        merged.flow.input(&text("a")).unwrap().binding,
        Binding::constant("mine")
    );
    assert_eq!(
        merged.flow.input(&text("c")).unwrap().binding,
        Binding::constant("theirs")
    );
}

#[test]
fn one_field_changed_by_both_is_asked_about() {
    let base = row(&["a", "b"]);
    let ours = after(&base, [bind("a", "mine"), bind("b", "same")]);
    let other = after(&base, [bind("a", "theirs"), bind("b", "same")]);
    let merged = merge(&base, &ours, &other, &theirs);
    let change = Change::Input {
        at: text("a"),
        what: FieldChange::Bound,
    };
    let clash = Clash {
        mine: change.clone(),
        theirs: change,
    };
    assert_eq!(merged.clashes, [clash]);
    assert_eq!(merged.flow, other);
    assert_eq!(merge(&base, &ours, &other, &mine).flow, ours);
}

#[test]
fn a_card_removed_by_one_and_changed_by_the_other_is_asked_about() {
    let base = flow();
    let removed = after(&base, [remove("b")]);
    let changed = after(&base, [bind("c", "inside")]);
    let merged = merge(&base, &removed, &changed, &theirs);
    assert_eq!(merged.clashes.len(), 1);
    assert_eq!(merged.flow, changed, "they keep it");
    assert_eq!(merge(&base, &removed, &changed, &mine).flow, removed);
    let merged = merge(&base, &changed, &removed, &mine);
    assert_eq!(merged.clashes.len(), 1);
    assert_eq!(merged.flow, changed, "I keep it");
    assert_eq!(merge(&base, &changed, &removed, &theirs).flow, removed);
}

#[test]
fn two_containers_moved_into_each_other_lose_no_card() {
    let container = |id: &str| Step {
        lanes: vec![Lane {
            id: LaneId::new("true"),
            inputs: vec![],
            steps: vec![],
            yields: vec![],
        }],
        ..leaf(id.into())
    };
    let into = |id: &str, container: &str| FlowEdit::MoveStep {
        step: id.into(),
        to: Place {
            lane: Some((container.into(), LaneId::new("true"))),
            index: 0,
        },
    };
    let mut base = row(&["a"]);
    base.steps.extend([container("x"), container("y")]);
    let merged = merge(
        &base,
        &after(&base, [into("x", "y")]),
        &after(&base, [into("y", "x")]),
        &mine,
    );
    let mut left = ids(&merged.flow);
    left.sort();
    assert_eq!(left, ["a", "x", "y"]);
}

#[test]
fn one_card_comes_back_as_it_was_and_nothing_else() {
    let before = after(&flow(), [bind("a", "then"), bind("c", "inside")]);
    let now = after(&before, [bind("a", "now"), remove("b"), add("n", 1)]);
    let back = bring_back(&now, &before, &"b".into()).unwrap();
    assert_eq!(ids(&back), ["a", "b", "c", "n"]);
    assert_eq!(back.step(&"b".into()), before.step(&"b".into()));
    assert_eq!(
        back.input(&text("a")).unwrap().binding,
        Binding::constant("now")
    );
    let back = bring_back(&now, &before, &"a".into()).unwrap();
    assert_eq!(
        back.input(&text("a")).unwrap().binding,
        Binding::constant("then")
    );
    assert_eq!(bring_back(&now, &before, &"n".into()), None);
}

/// Time is measured by hand: `cargo nextest run -p flow a_thousand --no-capture`.
#[test]
fn a_thousand_cards_are_compared() {
    let names: Vec<String> = (0..1_000).map(|n| format!("s{n}")).collect();
    let before = row(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut now = before.clone();
    now.steps.reverse();
    let found = diff(&before, &now);
    assert_eq!(found.changes.len(), 999);
    let others: Vec<String> = (0..1_000).map(|n| format!("other{n}")).collect();
    let mut imported = row(&others.iter().map(String::as_str).collect::<Vec<_>>());
    imported.steps.swap(3, 4);
    assert_eq!(diff(&before, &imported).changes, [], "all look the same");
    assert_eq!(after(&before, script(&before, &now)), now);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_edits_of_a_difference_lead_from_one_to_the_other(
        first in vec(edit(), 0..30),
        second in vec(edit(), 0..30),
    ) {
        let old = after(&flow(), first);
        let new = after(&old, second);
        prop_assert_eq!(diff(&old, &old).changes, []);
        prop_assert_eq!(script(&old, &old), []);
        let found = diff(&old, &new);
        prop_assert_eq!(found.changes.is_empty(), old == found.new);
        prop_assert_eq!(after(&old, script(&old, &found.new)), found.new);
        prop_assert_eq!(after(&old, script(&old, &new)), new);
    }

    #[test]
    fn what_only_one_did_is_taken_as_it_is(
        first in vec(edit(), 0..20),
        second in vec(edit(), 0..20),
    ) {
        let base = after(&flow(), first);
        let changed = after(&base, second);
        for choose in [mine, theirs] {
            let merged = merge(&base, &changed, &base, &choose);
            prop_assert_eq!(&merged.flow, &changed);
            prop_assert_eq!(merged.clashes, []);
            let merged = merge(&base, &base, &changed, &choose);
            prop_assert_eq!(&merged.flow, &changed);
            prop_assert_eq!(merged.clashes, []);
            let merged = merge(&base, &changed, &changed, &choose);
            prop_assert_eq!(&merged.flow, &changed);
            prop_assert_eq!(merged.clashes, []);
        }
    }

    #[test]
    fn cards_that_nobody_took_out_are_there_once(
        first in vec(edit(), 0..20),
        second in vec(edit(), 0..20),
        takes_mine in any::<bool>(),
    ) {
        let base = flow();
        let (ours, other) = (after(&base, first), after(&base, second));
        let side = |_: &Clash| if takes_mine { Side::Mine } else { Side::Theirs };
        let merged = merge(&base, &ours, &other, &side);
        let mut found = ids(&merged.flow);
        found.sort();
        let mut once = found.clone();
        once.dedup();
        prop_assert_eq!(&found, &once);
        for step in base.all_steps() {
            let kept = ours.step(&step.id).is_some() && other.step(&step.id).is_some();
            let inside_gone = |flow: &Flow| base.all_steps().iter().any(|around| {
                flow.step(&around.id).is_none() && around.id != step.id
            });
            if kept && !inside_gone(&ours) && !inside_gone(&other) {
                prop_assert!(merged.flow.step(&step.id).is_some(), "{} is lost", step.id);
            }
        }
    }
}
