//! Moving cards along their row, into lanes and out of them.

use flow::{FlowEdit, LaneId, Place, StepId};
use leptos::prelude::*;

use crate::canvas::reading::{Way, moved, place_of, without};
use crate::editor::Editor;
use crate::i18n::texts::EditorText;

impl Editor {
    /// Moves a card to a place counted with the card itself.
    pub fn move_card(self, id: &StepId, to: Place) {
        let (from, to) = self
            .board
            .flow
            .with_untracked(|flow| (place_of(flow, id), without(flow, id, to)));
        if from.as_ref() == Some(&to) {
            return;
        }
        let edit = FlowEdit::MoveStep {
            step: id.clone(),
            to,
        };
        if self.edit(edit) {
            self.say_place(id);
        }
    }

    /// Moves a card by keyboard.
    pub fn move_by_key(self, id: &StepId, way: Way) {
        let to = self.board.flow.with_untracked(|flow| moved(flow, id, way));
        let Some(to) = to else {
            self.say(&EditorText::CannotMove);
            return;
        };
        let edit = FlowEdit::MoveStep {
            step: id.clone(),
            to,
        };
        if self.edit(edit) {
            self.say_place(id);
            self.board.go_to(id);
        }
    }

    pub(super) fn say_place(self, id: &StepId) {
        let found = self.board.layout.with_untracked(|layout| {
            let card = layout.card(id)?;
            Some((card.place.lane.clone(), card.position, card.of))
        });
        let Some((lane, position, of)) = found else {
            return;
        };
        match lane {
            None => self.say(&EditorText::Moved { position, of }),
            Some((step, lane)) => {
                let lane = self.lane_name(&step, &lane);
                self.say(&EditorText::MovedInto { lane, position, of });
            }
        }
    }

    /// Returns what a lane is called.
    pub fn lane_name(self, step: &StepId, lane: &LaneId) -> String {
        crate::canvas::board::lane_name_now(self.board, step, lane)
    }
}
