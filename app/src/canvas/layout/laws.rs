//! What holds for the layout of every flow: of any size, any nesting, with notes, folded cards and folded lanes.

use flow::{CardKey, Flow, FlowEdit, FlowId, LaneId, Note, Place, Step, StepId, StepIndex, apply};

use super::{Layout, Shape, SlotKind, editing};
use crate::canvas::example::{catalogue, step};
use crate::canvas::geometry::Rect;
use crate::canvas::hit::{room_of, slot_at};
use crate::canvas::measure::{CARD, DEEP};
use crate::canvas::reading::row_of;
use crate::canvas::rows::{Facts, Unfolded};
use crate::canvas::trail::all_links;
use crate::canvas::wires::{Drawn, wires};

/// The same dice for everybody: flows differ by their seed only.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

struct Maker {
    dice: Dice,
    made: usize,
    most: usize,
    deepest: usize,
    unfolded: Unfolded,
}

impl Maker {
    fn row(&mut self, depth: usize, length: u64) -> Vec<Step> {
        let mut row = Vec::new();
        let cards = self.dice.roll(length) + u64::from(depth == 0);
        for _ in 0..cards {
            if self.made >= self.most {
                break;
            }
            row.push(self.card(depth));
        }
        row
    }

    fn card(&mut self, depth: usize) -> Step {
        self.made += 1;
        let id = format!("s{}", self.made);
        let mut made = match self.dice.roll(12) {
            0 | 1 if depth < self.deepest => {
                let mut made = step(&id, "control:if");
                for lane in &mut made.lanes {
                    if self.dice.roll(7) == 0 {
                        let key = (StepId::from(id.as_str()), lane.id.clone());
                        self.unfolded.lanes.insert(key);
                    }
                    lane.steps = self.row(depth + 1, 5);
                }
                made
            }
            2 => {
                let mut made = step(&id, "string:compose");
                made.card = CardKey::new("control", "comment");
                let height = self.dice.roll(3) * 200;
                made.note = Some(Note {
                    title: "メモ".into(),
                    text: "Why this is as it is. ".repeat(height as usize / 40),
                    height: (self.dice.roll(2) == 0).then_some(height as u16),
                    wide: self.dice.roll(3) == 0,
                });
                made
            }
            3..=6 => step(&id, "okta:readUser"),
            _ => step(&id, "string:compose"),
        };
        made.collapsed = self.dice.roll(9) == 0;
        made
    }
}

/// A flow of about `most` cards.
fn flow(seed: u64, most: usize, deepest: usize) -> (Flow, Unfolded) {
    let mut maker = Maker {
        dice: Dice(seed * 7_919 + 17),
        made: 0,
        most,
        deepest,
        unfolded: Unfolded::default(),
    };
    let mut flow = Flow::new(FlowId::from("f"), "f");
    flow.steps = vec![step("event", "okta:added")];
    while maker.made < most {
        let card = maker.card(0);
        flow.steps.push(card);
    }
    (flow, maker.unfolded)
}

fn laid(flow: &Flow, unfolded: &Unfolded, root: Option<(StepId, LaneId)>) -> Layout {
    let catalogue = catalogue();
    let facts = Facts {
        root,
        ..editing(flow, &catalogue, unfolded)
    };
    Layout::of(&facts, None)
}

fn is_inside(inner: Rect, outer: Rect) -> bool {
    outer.with(inner) == outer
}

fn check(flow: &Flow, layout: &Layout) {
    let index = StepIndex::of(flow);
    let around = |id: &StepId| index.around(flow, id);
    for (at, one) in layout.cards.iter().enumerate() {
        let outside = around(&one.id);
        for other in layout.cards.iter().skip(at + 1) {
            let nested = around(&other.id).iter().any(|(step, _)| *step == one.id)
                || outside.iter().any(|(step, _)| *step == other.id);
            assert!(
                nested || !one.rect.meets(other.rect),
                "{} overlaps {}",
                one.id,
                other.id
            );
        }
        if let Some((container, lane)) = &one.place.lane
            && let Some(lane) = layout.lane(container, lane)
        {
            let frame = layout.card(container).unwrap().rect;
            assert!(is_inside(one.rect, lane.rect), "{} leaves its lane", one.id);
            assert!(is_inside(lane.rect, frame), "{container} is too small");
        }
        assert!(is_inside(one.rect, layout.bounds), "{}", one.id);
        let row = row_of(flow, &one.place).unwrap();
        assert_eq!(row[one.place.index].id, one.id);
    }
    let numbers: Vec<usize> = layout.cards.iter().filter_map(|card| card.number).collect();
    assert!(
        numbers.is_sorted_by(|a, b| a < b),
        "numbers follow the reading order"
    );
    for row in &layout.rows {
        check_row(flow, layout, row.lane.as_ref());
    }
}

fn check_row(flow: &Flow, layout: &Layout, lane: Option<&(StepId, LaneId)>) {
    let mine = |place: &Place| place.lane.as_ref() == lane;
    let cards: Vec<_> = layout
        .cards
        .iter()
        .filter(|card| card.shape != Shape::Note && mine(&card.place))
        .collect();
    assert!(
        cards
            .windows(2)
            .all(|two| two[0].rect.right() < two[1].rect.x),
        "cards stand in their order"
    );
    assert!(cards.windows(2).all(|two| two[0].rect.y == two[1].rect.y));
    let slots: Vec<_> = layout
        .slots
        .iter()
        .filter(|slot| mine(&slot.place))
        .collect();
    // One before each card, but for the one that starts the flow, and one at the end.
    let starts = usize::from(lane.is_none());
    assert_eq!(slots.len(), cards.len() + 1 - starts);
    assert_eq!(slots.last().unwrap().kind, SlotKind::End);
    for slot in slots {
        let mut changed = flow.clone();
        let edit = FlowEdit::AddStep {
            step: Box::new(step("new", "string:compose")),
            at: slot.place.clone(),
        };
        apply(&mut changed, edit).unwrap();
        let row = row_of(&changed, &slot.place).unwrap();
        let at = row.iter().position(|step| step.id == "new".into()).unwrap();
        let before = row[..at].iter().rev().find(|step| !step.is_note());
        assert_eq!(before.map(|step| step.id.clone()), slot.after);
    }
}

#[test]
fn no_cards_overlap_and_everything_is_inside_of_its_container() {
    for seed in 1..40 {
        let (flow, unfolded) = flow(seed, 40, 4);
        check(&flow, &laid(&flow, &unfolded, None));
        check(&flow, &laid(&flow, &Unfolded::default(), None));
    }
}

#[test]
fn a_thousand_cards_are_laid_out_like_ten() {
    let (flow, unfolded) = flow(5, 1_000, 3);
    let layout = laid(&flow, &unfolded, None);
    assert!(layout.cards.len() > 300);
    let index = StepIndex::of(&flow);
    let numbered = flow
        .all_steps()
        .iter()
        .filter(|step| !step.is_note())
        .count();
    assert_eq!(layout.count, numbered);
    for two in layout.rows.iter().take(20) {
        check_row(&flow, &layout, two.lane.as_ref());
    }
    let drawn = Drawn {
        layout: &layout,
        flow: &flow,
        index: &index,
    };
    assert!(wires(drawn, &all_links(&flow), None).is_empty());
}

#[test]
fn sixteen_deep_every_card_is_in_some_view() {
    let mut inner = vec![step("deepest", "string:compose")];
    for depth in (0..16).rev() {
        let mut around = step(&format!("c{depth}"), "control:if");
        around.lanes[0].steps = inner;
        inner = vec![around];
    }
    let mut flow = Flow::new(FlowId::from("f"), "f");
    flow.steps = vec![step("event", "okta:added")];
    flow.steps.extend(inner);
    let index = StepIndex::of(&flow);
    let unfolded = Unfolded::default();
    let mut seen = 0;
    let mut root = None;
    loop {
        let layout = laid(&flow, &unfolded, root.clone());
        check(&flow, &layout);
        let deepest = layout.lanes.iter().map(|lane| lane.level).max();
        assert!(deepest <= Some(DEEP));
        seen += layout.cards.len();
        let next = layout
            .lanes
            .iter()
            .find(|lane| lane.opens && lane.cards > 0);
        match next {
            Some(lane) => root = Some((lane.step.clone(), lane.id.clone())),
            None => break,
        }
    }
    assert_eq!(seen, 18);
    assert_eq!(index.around(&flow, &"deepest".into()).len(), 16);
}

#[test]
fn whatever_slot_is_aimed_at_there_is_room_for_the_card() {
    for seed in 40..60 {
        let (flow, unfolded) = flow(seed, 25, 3);
        let catalogue = catalogue();
        let facts = editing(&flow, &catalogue, &unfolded);
        let layout = Layout::of(&facts, None);
        for slot in &layout.slots {
            let found = slot_at(&layout, slot.at).unwrap();
            assert_eq!(found.place.lane, slot.place.lane, "seed {seed}");
            let opened = Layout::of(&facts, Some(&slot.place));
            let here = opened
                .slots
                .iter()
                .find(|known| known.place == slot.place)
                .unwrap();
            let room = room_of(&opened, here);
            assert_eq!(room.w, CARD);
            let head = Rect { h: 52.0, ..room };
            let meets = opened.cards.iter().find(|card| {
                card.place.lane == slot.place.lane
                    && card.shape != Shape::Note
                    && card.rect.meets(head)
            });
            assert_eq!(meets.map(|card| &card.id), None, "seed {seed}");
        }
    }
}
