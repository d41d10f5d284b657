//! Where every card, lane and slot stands. Computed from the flow, what is opened and what it is drawn for.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use flow::{FieldKey, Flow, LaneId, OutputRef, Place, Step, StepId, numbers};

mod frame;
mod place;

use super::geometry::{Point, Rect};
use super::rows::{Facts, InputRow, OutputRow, Purpose, Rows, Unfolded};

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Cards, containers and notes in reading order.
    pub cards: Vec<CardBox>,
    /// Lanes of all containers.
    pub lanes: Vec<LaneBox>,
    /// Where cards can be added.
    pub slots: Vec<Slot>,
    /// Rows of cards, outer ones first.
    pub rows: Vec<RowBox>,
    /// The pieces of the lines between cards.
    pub spine: Vec<(Point, Point)>,
    /// The rectangle around everything.
    pub bounds: Rect,
    /// How many cards have a number.
    pub count: usize,
    index: HashMap<StepId, usize>,
    lane_index: HashMap<(StepId, LaneId), usize>,
}

/// What a card is drawn as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// With its fields.
    Card,
    /// A frame around lanes.
    Container,
    /// A note.
    Note,
}

/// A card's place.
#[derive(Clone, Debug, PartialEq)]
pub struct CardBox {
    /// Which.
    pub id: StepId,
    /// Where.
    pub rect: Rect,
    /// As what.
    pub shape: Shape,
    /// Its number; notes have none.
    pub number: Option<usize>,
    /// Nesting, from 1.
    pub level: usize,
    /// Place in the document.
    pub place: Place,
    /// Position among the cards of its row, from 1.
    pub position: usize,
    /// Number of cards in its row.
    pub of: usize,
    /// Its rows, counted from its corner.
    pub rows: Arc<Rows>,
}

/// A lane's place.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneBox {
    /// The container.
    pub step: StepId,
    /// Which.
    pub id: LaneId,
    /// Where.
    pub rect: Rect,
    /// Nesting of the container, from 1.
    pub level: usize,
    /// Folded to its heading.
    pub is_folded: bool,
    /// Too deep to be drawn inside: it opens as a view of its own.
    pub opens: bool,
    /// Cards in it.
    pub cards: usize,
    /// Its condition.
    pub condition: Vec<InputRow>,
    /// What it yields.
    pub yields: Vec<InputRow>,
    /// The error that it offers to its cards.
    pub error: Option<OutputRow>,
}

/// Where a card can be added.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// The middle of its button.
    pub at: Point,
    /// Place in the document.
    pub place: Place,
    /// The card before it in its row.
    pub after: Option<StepId>,
    /// What it looks like.
    pub kind: SlotKind,
    /// The row it belongs to, an index into [`Layout::rows`].
    pub row: usize,
}

/// What a slot looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// Before the first card; shown only while something is dragged.
    Head,
    /// Between two cards.
    Between,
    /// At the end of a row, as a button with words.
    End,
}

/// A row of cards.
#[derive(Clone, Debug, PartialEq)]
pub struct RowBox {
    /// Where.
    pub rect: Rect,
    /// The lane; the flow's own row where absent.
    pub lane: Option<(StepId, LaneId)>,
    /// Nesting, from 0.
    pub depth: usize,
}

impl Layout {
    /// Computes the layout. `opened` is the slot that makes room for a card in the air.
    pub fn of(facts: &Facts, opened: Option<&Place>) -> Self {
        place::run(facts, opened)
    }

    /// Returns the place of a card.
    pub fn card(&self, id: &StepId) -> Option<&CardBox> {
        self.index.get(id).and_then(|index| self.cards.get(*index))
    }

    /// Returns the place of a lane.
    pub fn lane(&self, step: &StepId, id: &LaneId) -> Option<&LaneBox> {
        let key = (step.clone(), id.clone());
        self.lane_index
            .get(&key)
            .and_then(|index| self.lanes.get(*index))
    }

    fn finish(&mut self, flow: &Flow) {
        let numbers = numbers(flow);
        self.count = numbers.len();
        for (index, card) in self.cards.iter_mut().enumerate() {
            card.number = numbers.get(&card.id).copied();
            self.index.insert(card.id.clone(), index);
        }
        for (index, lane) in self.lanes.iter().enumerate() {
            let key = (lane.step.clone(), lane.id.clone());
            self.lane_index.insert(key, index);
        }
        let rects = self.cards.iter().map(|card| card.rect);
        self.bounds = rects.reduce(Rect::with).unwrap_or_default();
        if let Some(row) = self.rows.first() {
            self.bounds = self.bounds.with(row.rect);
        }
    }
}

impl CardBox {
    /// Returns the input rows with their places on the canvas.
    pub fn inputs(&self) -> impl Iterator<Item = InputRow> + '_ {
        self.rows
            .inputs
            .iter()
            .map(|row| moved_input(row, self.rect))
    }

    /// Returns the output rows with their places on the canvas.
    pub fn outputs(&self) -> impl Iterator<Item = OutputRow> + '_ {
        self.rows
            .outputs
            .iter()
            .map(|row| moved_output(row, self.rect))
    }
}

impl LaneBox {
    /// Returns the fields of its condition and of what it yields with their places on the canvas.
    pub fn inputs(&self) -> impl Iterator<Item = InputRow> + '_ {
        self.condition
            .iter()
            .chain(&self.yields)
            .map(|row| moved_input(row, self.rect))
    }
}

fn moved_input(row: &InputRow, by: Rect) -> InputRow {
    let shift = |rect: Rect| Rect::new(rect.x + by.x, rect.y + by.y, rect.w, rect.h);
    InputRow {
        bounds: shift(row.bounds),
        field: shift(row.field),
        ..row.clone()
    }
}

fn moved_output(row: &OutputRow, by: Rect) -> OutputRow {
    OutputRow {
        bounds: Rect::new(
            row.bounds.x + by.x,
            row.bounds.y + by.y,
            row.bounds.w,
            row.bounds.h,
        ),
        port: Point::new(row.port.x + by.x, row.port.y + by.y),
        ..row.clone()
    }
}

/// Returns every output that some input of the flow uses.
pub fn used_outputs(flow: &Flow) -> HashSet<(StepId, FieldKey)> {
    let mut used = HashSet::new();
    each_source(flow, &mut |source| {
        used.insert((source.step.clone(), source.field.clone()));
    });
    used
}

/// Returns every key inside an object that some input uses, with the keys above it.
pub fn used_keys(flow: &Flow) -> HashSet<OutputRef> {
    let mut used = HashSet::new();
    each_source(flow, &mut |source| {
        let mut source = source.clone();
        while !source.path.is_empty() && used.insert(source.clone()) {
            source.path.pop();
        }
    });
    used
}

fn each_source(flow: &Flow, visit: &mut dyn FnMut(&OutputRef)) {
    for step in flow.all_steps() {
        for input in step.all_inputs() {
            input.binding.each_source(&mut |source| visit(source));
        }
    }
}

/// Returns what decides the layout of a flow that is edited.
pub fn editing<'a>(
    flow: &'a Flow,
    catalogue: &'a flow::Catalogue,
    unfolded: &'a Unfolded,
) -> Facts<'a> {
    Facts {
        flow,
        catalogue,
        unfolded,
        purpose: Purpose::Edit,
        used: Arc::new(used_outputs(flow)),
        used_keys: Arc::new(used_keys(flow)),
        failed: None,
        root: None,
        index: None,
        measured: Arc::default(),
    }
}

fn shape_of(step: &Step) -> Shape {
    if step.is_note() {
        Shape::Note
    } else if step.lanes.is_empty() {
        Shape::Card
    } else {
        Shape::Container
    }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
