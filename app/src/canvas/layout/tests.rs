//! The layout of the example flow.

use super::*;
use crate::canvas::example::{branched, catalogue, step};
use crate::canvas::hit::{input_at, room_of, slot_at, slot_of};
use crate::canvas::measure::{CARD, GAP, HEADER};

fn layout(flow: &Flow) -> Layout {
    layout_with(flow, &Unfolded::default(), None)
}

fn layout_with(flow: &Flow, unfolded: &Unfolded, opened: Option<&Place>) -> Layout {
    let catalogue = catalogue();
    Layout::of(&editing(flow, &catalogue, unfolded), opened)
}

fn rect(layout: &Layout, id: &str) -> Rect {
    layout.card(&id.into()).unwrap().rect
}

#[test]
fn cards_stand_beside_each_other_and_lanes_below_each_other() {
    let layout = layout(&branched());
    let (event, read, branch) = (
        rect(&layout, "event"),
        rect(&layout, "read"),
        rect(&layout, "if"),
    );
    assert_eq!((event.x, event.w), (0.0, CARD));
    assert_eq!(read.x, CARD + GAP);
    assert_eq!(branch.x, 2.0 * (CARD + GAP));
    assert_eq!(rect(&layout, "end").x, branch.right() + GAP);
    let (suspend, compose) = (rect(&layout, "suspend"), rect(&layout, "compose"));
    assert!(suspend.bottom() < compose.y && branch.holds(suspend.center()));
    assert_eq!(suspend.x, compose.x);
    for lane in &layout.lanes {
        assert!(lane.rect.right() < branch.right() && lane.rect.bottom() < branch.bottom());
    }
    let numbers: Vec<_> = layout.cards.iter().map(|card| card.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6].map(Some));
}

#[test]
fn no_two_cards_of_a_row_overlap() {
    let layout = layout(&branched());
    for (at, one) in layout.cards.iter().enumerate() {
        for other in &layout.cards[at + 1..] {
            let same_row = one.place.lane == other.place.lane;
            assert!(
                !(same_row && one.rect.meets(other.rect)),
                "{} {}",
                one.id,
                other.id
            );
        }
    }
}

#[test]
fn a_card_is_as_high_as_its_rows() {
    let layout = layout(&branched());
    // 52 header, 34 connection, 10 + 50 input, 13 + 3 * 26 outputs, 32 foot.
    assert_eq!(
        rect(&layout, "read").h,
        52.0 + 34.0 + 60.0 + 13.0 + 78.0 + 32.0
    );
    let mut flow = branched();
    flow.step_mut(&"read".into()).unwrap().collapsed = true;
    assert_eq!(
        rect(&layout_with(&flow, &Unfolded::default(), None), "read").h,
        80.0
    );
}

#[test]
fn notes_hang_under_the_card_before_them() {
    let mut flow = branched();
    let mut note = step("note", "string:compose");
    note.card = flow::CardKey::new("control", "comment");
    note.note = Some(flow::Note {
        title: "Why".into(),
        text: "Because.".into(),
        ..flow::Note::default()
    });
    flow.steps.insert(1, note);
    let layout = layout(&flow);
    let (event, note) = (rect(&layout, "event"), rect(&layout, "note"));
    assert_eq!(note.x, event.x);
    assert!(note.y > event.bottom());
    assert_eq!(rect(&layout, "read").x, event.right() + GAP);
    // A new card goes behind the note, so that the note stays with its card.
    let slot = layout
        .slots
        .iter()
        .find(|slot| slot.after == Some("event".into()))
        .unwrap();
    assert_eq!(slot.place.index, 2);
}

#[test]
fn the_first_card_shows_its_inputs_unless_it_starts_flows() {
    let mut flow = branched();
    flow.steps.remove(0);
    let layout = layout(&flow);
    assert_eq!(layout.card(&"read".into()).unwrap().rows.inputs.len(), 1);
}

#[test]
fn an_object_unfolds_in_place() {
    let flow = branched();
    let mut unfolded = Unfolded::default();
    let before = layout_with(&flow, &unfolded, None);
    let rows = &before.card(&"event".into()).unwrap().rows.outputs;
    assert_eq!(
        rows.iter().map(|row| row.open).collect::<Vec<_>>(),
        [None, Some(false)]
    );
    unfolded.objects.insert(rows[1].source.clone());
    let after = layout_with(&flow, &unfolded, None);
    let rows = &after.card(&"event".into()).unwrap().rows.outputs;
    assert_eq!(rows[2].source.path, ["name"]);
    assert_eq!(rect(&after, "event").h, rect(&before, "event").h + 26.0);
}

#[test]
fn a_used_key_is_shown_in_a_folded_object() {
    let mut flow = branched();
    let mut source = crate::canvas::example::output("event", "User");
    source.path = vec!["name".into()];
    let at = crate::canvas::example::login("suspend");
    flow.input_mut(&at).unwrap().binding = flow::Binding::output(source.clone());
    let layout = layout(&flow);
    let rows = &layout.card(&"event".into()).unwrap().rows.outputs;
    assert_eq!(rows.last().unwrap().source, source);
    assert_eq!(rows[1].open, Some(false));
}

#[test]
fn a_folded_lane_takes_one_line() {
    let flow = branched();
    let mut unfolded = Unfolded::default();
    unfolded.lanes.insert(("if".into(), LaneId::new("false")));
    let layout = layout_with(&flow, &unfolded, None);
    assert!(layout.card(&"compose".into()).is_none());
    assert_eq!(
        layout
            .lane(&"if".into(), &LaneId::new("false"))
            .unwrap()
            .rect
            .h,
        34.0
    );
}

#[test]
fn a_card_in_the_air_finds_its_slot() {
    let flow = branched();
    let layout = layout(&flow);
    let read = rect(&layout, "read");
    let near = Point::new(read.right() + 10.0, read.y + 30.0);
    let slot = slot_at(&layout, near).unwrap();
    assert_eq!(
        (slot.place.index, slot.after.clone()),
        (2, Some("read".into()))
    );
    let suspend = rect(&layout, "suspend");
    let inside = Point::new(suspend.right() + 30.0, suspend.y + 60.0);
    let slot = slot_at(&layout, inside).unwrap();
    assert_eq!(slot.place.lane, Some(("if".into(), LaneId::new("true"))));
    assert_eq!(slot.place.index, 1);
    assert!(slot_at(&layout, Point::new(0.0, 5000.0)).is_none());
}

#[test]
fn an_opened_slot_makes_room() {
    let flow = branched();
    for place in layout(&flow).slots.iter().map(|slot| slot.place.clone()) {
        let opened = layout_with(&flow, &Unfolded::default(), Some(&place));
        let slot = slot_of(&opened, &place).unwrap();
        let room = room_of(&opened, slot);
        let meets = opened.cards.iter().find(|card| {
            card.place.lane == place.lane && card.rect.meets(Rect { h: HEADER, ..room })
        });
        assert!(
            meets.is_none(),
            "{place:?} overlaps {:?}",
            meets.map(|card| &card.id)
        );
    }
}

#[test]
fn a_value_in_the_air_finds_its_field() {
    let layout = layout(&branched());
    let row = layout
        .card(&"read".into())
        .unwrap()
        .inputs()
        .next()
        .unwrap();
    assert_eq!(input_at(&layout, row.field.center()), Some(row.at.clone()));
    assert_eq!(
        input_at(&layout, Point::new(row.field.x, row.bounds.y)),
        Some(row.at)
    );
    let condition = layout.card(&"if".into()).unwrap().inputs().next().unwrap();
    assert_eq!(
        input_at(&layout, condition.field.center()),
        Some(condition.at)
    );
    assert_eq!(input_at(&layout, Point::new(-50.0, -50.0)), None);
}

#[test]
fn the_flow_of_a_run_has_no_slots() {
    let flow = branched();
    let (unfolded, catalogue) = (Unfolded::default(), catalogue());
    let facts = Facts {
        purpose: Purpose::Run,
        ..editing(&flow, &catalogue, &unfolded)
    };
    let layout = Layout::of(&facts, None);
    assert!(layout.slots.is_empty());
    assert_eq!(layout.cards.len(), 6);
}

#[test]
fn on_the_edge_of_a_container_its_middle_line_decides() {
    let flow = branched();
    let layout = layout(&flow);
    let branch = rect(&layout, "if");
    let suspend = rect(&layout, "suspend");
    let place = |x: f64, y: f64| slot_at(&layout, Point::new(x, y)).unwrap().place.clone();
    let before = Place {
        lane: None,
        index: 2,
    };
    assert_eq!(place(branch.x + 4.0, suspend.y + 40.0), before);
    assert_eq!(place(branch.x + 30.0, branch.y + 20.0), before);
    let lane = Some(("if".into(), LaneId::new("true")));
    assert_eq!(place(branch.x + 24.0, suspend.y + 40.0).lane, lane);
    assert_eq!(place(branch.right() - 40.0, branch.y + 20.0).lane, lane);
    let compose = rect(&layout, "compose");
    let other = Some(("if".into(), LaneId::new("false")));
    assert_eq!(place(branch.x + 24.0, compose.y + 10.0).lane, other);
}

#[test]
fn what_is_folded_is_found_under_the_pointer() {
    use crate::canvas::hit::{Folded, folded_at};
    let mut flow = branched();
    flow.step_mut(&"read".into()).unwrap().collapsed = true;
    let mut unfolded = Unfolded::default();
    unfolded.lanes.insert(("if".into(), LaneId::new("true")));
    let drawn = layout_with(&flow, &unfolded, None);
    let at = |id: &str| rect(&drawn, id).center();
    assert_eq!(
        folded_at(&drawn, at("read")),
        Some(Folded::Card("read".into()))
    );
    let lane = drawn.lane(&"if".into(), &LaneId::new("true")).unwrap();
    let found = folded_at(&drawn, lane.rect.center());
    assert_eq!(found, Some(Folded::Lane("if".into(), LaneId::new("true"))));
    assert_eq!(folded_at(&drawn, at("end")), None);
    let object = drawn
        .card(&"event".into())
        .unwrap()
        .outputs()
        .nth(1)
        .unwrap();
    let found = folded_at(&drawn, object.bounds.center());
    assert_eq!(found, Some(Folded::Object(object.source)));
    // Opened for a drag.
    unfolded.cards.insert("read".into());
    let drawn = layout_with(&flow, &unfolded, None);
    assert!(rect(&drawn, "read").h > 100.0);
}
