//! What is under a point of the canvas: a slot for a card in the air, an input for a value in the air.

use flow::{InputRef, LaneId, OutputRef, Place, StepId};

use super::geometry::{Point, Rect};
use super::layout::{CardBox, LaneBox, Layout, Shape, Slot};
use super::measure::{CARD, FRAME, GAP, HEADER, LANE, SUMMARY};

/// A card dropped this far from a slot's row still belongs to it.
const REACH: f64 = 40.0;

/// Returns the slot that a card in the air would go into: of the innermost row around the point, the nearest one. The
/// layout is that before a slot opened, so that making room does not move what is aimed at.
pub fn slot_at(layout: &Layout, point: Point) -> Option<&Slot> {
    if let Some((card, lanes)) = edge_at(layout, point) {
        return at_edge(layout, point, card, &lanes);
    }
    let (row, _) = layout
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.rect.grown(REACH).holds(point))
        .max_by_key(|(index, row)| {
            let is_inside = row.rect.grown(8.0).holds(point);
            (is_inside, row.depth, *index)
        })?;
    layout
        .slots
        .iter()
        .filter(|slot| slot.row == row)
        .min_by(|a, b| {
            let distance = |slot: &Slot| (slot.at.x - point.x).abs();
            distance(a).total_cmp(&distance(b))
        })
}

/// The innermost open container whose edge is under the point: what is left of its lanes, or above them.
fn edge_at(layout: &Layout, point: Point) -> Option<(&CardBox, Vec<&LaneBox>)> {
    let card = layout
        .cards
        .iter()
        .rev()
        .find(|card| card.shape == Shape::Container && card.rect.holds(point))?;
    let lanes: Vec<&LaneBox> = layout
        .lanes
        .iter()
        .filter(|lane| lane.step == card.id)
        .collect();
    let first = lanes.first()?;
    let is_edge = point.x < card.rect.x + FRAME + LANE || point.y < first.rect.y;
    is_edge.then_some((card, lanes))
}

/// On the edge of a container its middle line decides: before it, or into the lane beside the point.
fn at_edge<'a>(
    layout: &'a Layout,
    point: Point,
    card: &CardBox,
    lanes: &[&LaneBox],
) -> Option<&'a Slot> {
    let is_above = lanes.first().is_some_and(|first| point.y < first.rect.y);
    let middle = if is_above {
        card.rect.center().x
    } else {
        card.rect.x + (FRAME + LANE) / 2.0
    };
    if point.x < middle {
        let before = slot_of(layout, &card.place);
        // The card that starts a flow has no slot before it.
        return before.or_else(|| nearest(layout, point, card.place.lane.as_ref()));
    }
    let lane = lanes.iter().filter(|lane| !lane.is_folded).min_by(|a, b| {
        let distance = |lane: &LaneBox| lane.rect.distance(point);
        distance(a).total_cmp(&distance(b))
    })?;
    nearest(layout, point, Some(&(lane.step.clone(), lane.id.clone())))
}

fn nearest<'a>(
    layout: &'a Layout,
    point: Point,
    lane: Option<&(StepId, LaneId)>,
) -> Option<&'a Slot> {
    let of_row = layout
        .slots
        .iter()
        .filter(|slot| slot.place.lane.as_ref() == lane);
    of_row.min_by(|a, b| {
        let distance = |slot: &Slot| (slot.at.x - point.x).abs();
        distance(a).total_cmp(&distance(b))
    })
}

/// Something folded that opens when a drag rests on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folded {
    /// A card.
    Card(StepId),
    /// A lane.
    Lane(StepId, LaneId),
    /// A lane that opens as a view of its own.
    View(StepId, LaneId),
    /// An object among the outputs.
    Object(OutputRef),
}

/// Returns what is folded under the point.
pub fn folded_at(layout: &Layout, point: Point) -> Option<Folded> {
    let lane = layout
        .lanes
        .iter()
        .find(|lane| lane.is_folded && lane.rect.holds(point));
    if let Some(lane) = lane {
        let (step, id) = (lane.step.clone(), lane.id.clone());
        return Some(if lane.opens {
            Folded::View(step, id)
        } else {
            Folded::Lane(step, id)
        });
    }
    let mut cards = layout.cards.iter().rev();
    let card = cards.find(|card| card.rect.holds(point))?;
    let is_folded = card.shape != Shape::Note && card.rect.h == HEADER + SUMMARY;
    if is_folded {
        return Some(Folded::Card(card.id.clone()));
    }
    card.outputs()
        .find(|row| row.open == Some(false) && row.bounds.holds(point))
        .map(|row| Folded::Object(row.source))
}

/// Returns the slot at a place of the document.
pub fn slot_of<'a>(layout: &'a Layout, place: &Place) -> Option<&'a Slot> {
    layout.slots.iter().find(|slot| slot.place == *place)
}

/// Returns the room that an opened slot has made for a card.
pub fn room_of(layout: &Layout, slot: &Slot) -> Rect {
    let top = slot.at.y - HEADER / 2.0;
    let height = layout
        .rows
        .get(slot.row)
        .map_or(180.0, |row| row.rect.h.clamp(120.0, 220.0));
    let x = match slot.kind {
        super::layout::SlotKind::Head => slot.at.x + 6.0,
        super::layout::SlotKind::Between => slot.at.x + GAP / 2.0,
        super::layout::SlotKind::End => slot.at.x - 64.0 - CARD,
    };
    Rect::new(x, top, CARD, height)
}

/// Returns the input whose field is under the point, or so near that it is meant.
pub fn input_at(layout: &Layout, point: Point) -> Option<InputRef> {
    const NEAR: f64 = 6.0;
    let cards = layout
        .cards
        .iter()
        .filter(|card| card.rect.holds(point))
        .flat_map(|card| card.inputs().collect::<Vec<_>>());
    let lanes = layout
        .lanes
        .iter()
        .filter(|lane| lane.rect.holds(point))
        .flat_map(|lane| lane.inputs().collect::<Vec<_>>());
    cards
        .chain(lanes)
        .filter(|row| row.bounds.grown(NEAR).holds(point))
        .min_by(|a, b| {
            let distance = |rect: Rect| rect.distance(point);
            distance(a.field).total_cmp(&distance(b.field))
        })
        .map(|row| row.at)
}

/// Returns the card whose "Add field" for inputs is under the point.
pub fn add_field_at(layout: &Layout, point: Point) -> Option<flow::StepId> {
    layout
        .cards
        .iter()
        .find(|card| {
            card.rows.add_input.is_some_and(|y| {
                Rect::new(card.rect.x, card.rect.y + y - 4.0, card.rect.w, 38.0).holds(point)
            })
        })
        .map(|card| card.id.clone())
}
