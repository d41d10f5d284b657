//! A value in the air over a text, or resting on something folded: where it would go, and what unfolds for it.

use std::time::Duration;

use flow::{InputRef, LaneId, StepId};
use leptos::prelude::*;

use super::Editor;
use super::state::{Air, Over};
use crate::canvas::geometry::{Point, Rect};
use crate::card::under_point;

/// A pointer that rests so long on something folded unfolds it.
const REST: Duration = Duration::from_millis(500);

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextPlace {
    /// The position, a value counted as one character.
    pub at: usize,
    /// The caret there, in the window.
    pub caret: Rect,
}

/// Something folded.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Folded {
    /// A card.
    Card(StepId),
    /// A lane.
    Lane(StepId, LaneId),
}

impl Editor {
    /// Shows where a value in the air would go into the text below it.
    pub(super) fn look_into_text(self, pointer: Point, over: Option<&Over>) {
        let place = match over {
            Some(Over::Input(at)) => place_in(at, pointer),
            _ => None,
        };
        if self.place.with_untracked(|known| *known != place) {
            self.place.set(place);
        }
    }

    /// Unfolds what the pointer rests on.
    pub(super) fn rest_on(self, world: Point) {
        let folded = self.folded_at(world);
        if self.resting.with_value(|known| *known == folded) {
            return;
        }
        self.resting.set_value(folded.clone());
        let Some(folded) = folded else { return };
        set_timeout(
            move || {
                let still = self
                    .resting
                    .try_with_value(|now| now.as_ref() == Some(&folded));
                let in_air = self
                    .air
                    .try_with_untracked(|air| matches!(air, Some(Air::Value { .. })));
                if still == Some(true) && in_air == Some(true) {
                    match &folded {
                        Folded::Card(id) => self.toggle_fold(id),
                        Folded::Lane(step, lane) => self.board.toggle_lane(step, lane),
                    }
                }
            },
            REST,
        );
    }

    fn folded_at(self, world: Point) -> Option<Folded> {
        let lane = self.board.layout.with_untracked(|layout| {
            let mut lanes = layout.lanes.iter();
            let found = lanes.find(|lane| lane.is_folded && lane.rect.holds(world))?;
            Some(Folded::Lane(found.step.clone(), found.id.clone()))
        });
        lane.or_else(|| {
            let ids: Vec<StepId> = self.board.layout.with_untracked(|layout| {
                let over = layout.cards.iter().filter(|card| card.rect.holds(world));
                over.map(|card| card.id.clone()).collect()
            });
            let id = ids.into_iter().next_back()?;
            let is_folded = self
                .board
                .flow
                .with_untracked(|flow| flow.step(&id).is_some_and(|step| step.collapsed));
            is_folded.then_some(Folded::Card(id))
        })
    }
}

fn place_in(at: &InputRef, pointer: Point) -> Option<TextPlace> {
    let (root, place, rect) = under_point(pointer.x, pointer.y)?;
    let field = root.closest(".field-box").ok()??;
    if field.get_attribute("data-at")? != super::address(at) {
        return None;
    }
    Some(TextPlace {
        at: place,
        caret: Rect::new(rect.left(), rect.top(), 2.0, rect.height()),
    })
}
