//! What is under a point of the canvas: a slot for a card in the air, an input for a value in the air.

use flow::{InputRef, Place};

use super::geometry::{Point, Rect};
use super::layout::{Layout, Slot};
use super::measure::{CARD, GAP, HEADER};

/// A card dropped this far from a slot's row still belongs to it.
const REACH: f64 = 40.0;

/// Returns the slot that a card in the air would go into: of the innermost row around the point, the nearest one. The
/// layout is that before a slot opened, so that making room does not move what is aimed at.
pub fn slot_at(layout: &Layout, point: Point) -> Option<&Slot> {
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
