//! Puts the cards of a row beside each other, notes under the card they follow.

use std::sync::Arc;

use flow::{LaneId, Place, Step, StepId};

use super::{CardBox, Layout, RowBox, Shape, Slot, SlotKind, frame, shape_of};
use crate::canvas::geometry::{Point, Rect};
use crate::canvas::measure::{
    ADD, CARD, ERROR, FOOT, GAP, HEADER, NOTE_GAP, ROW, SPINE, SUMMARY, note_size,
};
use crate::canvas::rows::{Facts, Purpose, Rows};

/// A row that is to be placed.
pub(super) struct RowSpec<'a> {
    pub(super) steps: &'a [Step],
    pub(super) lane: Option<(StepId, LaneId)>,
    pub(super) depth: usize,
    pub(super) origin: Point,
}

/// The layout in the making.
pub(super) struct Builder<'a> {
    pub(super) facts: &'a Facts<'a>,
    pub(super) opened: Option<&'a Place>,
    pub(super) out: Layout,
}

pub(super) fn run(facts: &Facts, opened: Option<&Place>) -> Layout {
    let mut builder = Builder {
        facts,
        opened,
        out: Layout::default(),
    };
    let root = facts.root.as_ref().and_then(|(step, lane)| {
        let found = facts.flow.step(step)?.lane(lane)?;
        Some((found.steps.as_slice(), (step.clone(), lane.clone())))
    });
    let (steps, lane) = match root {
        Some((steps, lane)) => (steps, Some(lane)),
        None => (facts.flow.steps.as_slice(), None),
    };
    if !steps.is_empty() || lane.is_some() {
        builder.row(&RowSpec {
            steps,
            lane,
            depth: 0,
            origin: Point::default(),
        });
    }
    builder.out.finish(facts.flow);
    builder.out
}

impl Builder<'_> {
    /// Places a row and returns what it covers.
    pub(super) fn row(&mut self, spec: &RowSpec) -> Rect {
        let index = self.out.rows.len();
        self.out.rows.push(RowBox {
            rect: Rect::default(),
            lane: spec.lane.clone(),
            depth: spec.depth,
        });
        let mut pen = Pen {
            x: spec.origin.x,
            column: spec.origin.x,
            below: spec.origin.y,
            bottom: spec.origin.y + HEADER,
            edge: spec.origin.x,
            wide: spec.origin.x,
            last: None,
            leading: Vec::new(),
        };
        let of = spec.steps.iter().filter(|step| !step.is_note()).count();
        let mut position = 0;
        for (at, step) in spec.steps.iter().enumerate() {
            let place = Place {
                lane: spec.lane.clone(),
                index: at,
            };
            if step.is_note() {
                if pen.last.is_none() && of > 0 {
                    pen.leading.push((step, place));
                } else {
                    self.note(step, place, spec, &mut pen);
                }
                continue;
            }
            position += 1;
            pen.x = pen.x.max(pen.wide);
            self.slot_before(&place, spec, index, &mut pen);
            self.card(step, place, (position, of), spec, &mut pen);
            for (note, place) in std::mem::take(&mut pen.leading) {
                self.note(note, place, spec, &mut pen);
            }
        }
        self.end(spec, index, &mut pen);
        let rect = Rect::new(
            spec.origin.x,
            spec.origin.y,
            pen.x - spec.origin.x,
            pen.bottom - spec.origin.y,
        );
        if let Some(row) = self.out.rows.get_mut(index) {
            row.rect = rect;
        }
        rect
    }

    fn slot_before(&mut self, place: &Place, spec: &RowSpec, row: usize, pen: &mut Pen<'_>) {
        if self.facts.purpose == Purpose::Edit {
            let kind = if pen.last.is_some() {
                SlotKind::Between
            } else {
                SlotKind::Head
            };
            let is_start = spec.lane.is_none() && kind == SlotKind::Head && self.has_event();
            if !is_start {
                let x = match kind {
                    SlotKind::Head => pen.x - 6.0,
                    SlotKind::Between | SlotKind::End => pen.x - GAP / 2.0,
                };
                self.out.slots.push(Slot {
                    at: Point::new(x, spec.origin.y + SPINE),
                    place: place.clone(),
                    after: pen.last.clone(),
                    kind,
                    row,
                });
            }
            if self.opened == Some(place) {
                pen.x += CARD + GAP;
            }
        }
        if pen.last.is_some() {
            let y = spec.origin.y + SPINE;
            let from = pen.edge;
            self.out
                .spine
                .push((Point::new(from, y), Point::new(pen.x, y)));
        }
    }

    fn has_event(&self) -> bool {
        let first = self.facts.flow.steps.first();
        first
            .and_then(|step| self.facts.catalogue.card(&step.card))
            .is_some_and(|card| card.kind == flow::CardKind::Event)
    }

    fn card(
        &mut self,
        step: &Step,
        place: Place,
        (position, of): (usize, usize),
        spec: &RowSpec,
        pen: &mut Pen,
    ) {
        let origin = Point::new(pen.x, spec.origin.y);
        let slot = self.out.cards.len();
        let shape = shape_of(step);
        self.out.cards.push(CardBox {
            id: step.id.clone(),
            rect: Rect::default(),
            shape,
            number: None,
            level: spec.depth + 1,
            place,
            position,
            of,
            rows: Arc::default(),
        });
        let is_folded = self.facts.is_folded(step);
        let (rect, rows) = if shape == Shape::Container && !is_folded {
            frame::container(self, step, origin, spec.depth)
        } else if shape == Shape::Container {
            let rows = Arc::new(Rows {
                height: HEADER + SUMMARY,
                ..Rows::default()
            });
            (Rect::new(origin.x, origin.y, CARD, rows.height), rows)
        } else {
            let rows = self.facts.rows_of(step);
            (Rect::new(origin.x, origin.y, CARD, rows.height), rows)
        };
        if let Some(card) = self.out.cards.get_mut(slot) {
            card.rect = rect;
            card.rows = rows;
        }
        let error = if self.facts.failed.as_ref() == Some(&step.id) {
            ERROR
        } else {
            0.0
        };
        pen.column = origin.x;
        pen.below = rect.bottom() + error;
        pen.bottom = pen.bottom.max(pen.below);
        pen.edge = rect.right();
        pen.x = rect.right() + GAP;
        pen.last = Some(step.id.clone());
    }

    fn note(&mut self, step: &Step, place: Place, spec: &RowSpec, pen: &mut Pen) {
        let note = step.note.clone().unwrap_or_default();
        let size = note_size(&note);
        let height = if step.collapsed { FOOT + 4.0 } else { size.h };
        let is_alone = pen.last.is_none();
        let y = if is_alone {
            pen.below
        } else {
            pen.below + NOTE_GAP
        };
        let rect = Rect::new(pen.column, y, size.w, height);
        self.out.cards.push(CardBox {
            id: step.id.clone(),
            rect,
            shape: Shape::Note,
            number: None,
            level: spec.depth + 1,
            place,
            position: 0,
            of: 0,
            rows: Arc::new(Rows {
                height,
                ..Rows::default()
            }),
        });
        pen.wide = pen.wide.max(rect.right() + GAP);
        pen.below = rect.bottom();
        pen.bottom = pen.bottom.max(pen.below);
        if is_alone {
            pen.below += NOTE_GAP;
            pen.x = pen.x.max(rect.right() + GAP);
        }
    }

    fn end(&mut self, spec: &RowSpec, row: usize, pen: &mut Pen) {
        let y = spec.origin.y + SPINE;
        if self.facts.purpose == Purpose::Run {
            pen.x = (pen.x.max(pen.wide) - GAP).max(spec.origin.x + CARD);
            return;
        }
        let place = Place {
            lane: spec.lane.clone(),
            index: spec.steps.len(),
        };
        if self.opened == Some(&place) {
            pen.x += CARD + GAP;
        }
        let start = if pen.last.is_some() {
            pen.x - GAP
        } else {
            pen.x
        };
        let button = if pen.last.is_some() {
            let from = pen.edge;
            self.out
                .spine
                .push((Point::new(from, y), Point::new(start + 26.0, y)));
            start + 26.0 + 38.0
        } else {
            start + 40.0
        };
        self.out.slots.push(Slot {
            at: Point::new(button, y),
            place,
            after: pen.last.clone(),
            kind: SlotKind::End,
            row,
        });
        pen.x = (start + ADD)
            .max(pen.wide - GAP)
            .max(spec.origin.x + if spec.lane.is_some() { ROW } else { ADD });
    }
}

/// Where the next card goes.
struct Pen<'a> {
    x: f64,
    /// Left edge of the last card: notes hang there.
    column: f64,
    /// Lower edge of what stands in that column.
    below: f64,
    bottom: f64,
    /// Right edge of the last card: the line to the next begins there.
    edge: f64,
    /// Where notes leave room again: what is wider than its card pushes the next card away.
    wide: f64,
    last: Option<StepId>,
    /// Notes before the first card hang under it.
    leading: Vec<(&'a Step, Place)>,
}
