//! Moving cards along their row, into lanes and out of them; one, or several as a stack.

use flow::{FlowEdit, LaneId, Place, StepId, outermost, shift};
use leptos::prelude::*;

use crate::canvas::reading::{Way, moved, moved_together, place_of, without};
use crate::editor::Editor;
use crate::i18n::texts::{EditingText, EditorText};

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
            self.board.go_to(id);
        }
    }

    /// Moves the cards that are in the air to a place counted with them.
    pub(in crate::editor) fn move_stack(self, ids: &[StepId], to: Place) {
        match ids {
            [] => {}
            [id] => self.move_card(id, to),
            ids => self.shift_all(ids, &to),
        }
    }

    fn shift_all(self, ids: &[StepId], to: &Place) {
        let edit = self.board.flow.with_untracked(|flow| shift(flow, ids, to));
        match edit {
            Ok(None) => {}
            Ok(Some(edit)) => {
                if self.edit(edit) {
                    self.board
                        .pick(ids.to_vec(), self.board.selected.get_untracked());
                    self.say(&EditingText::MovedTogether { n: ids.len() });
                }
            }
            Err(reason) => self.say_why(&reason),
        }
    }

    /// Moves the selected cards by keyboard.
    pub fn move_by_key(self, way: Way) {
        let ids = self.chosen_without_start();
        if let [id] = ids.as_slice() {
            self.move_one_by_key(id, way);
            return;
        }
        let to = self
            .board
            .flow
            .with_untracked(|flow| moved_together(flow, &ids, way));
        match to {
            Some(to) => self.shift_all(&ids, &to),
            None => self.say(&EditorText::CannotMove),
        }
    }

    pub(crate) fn move_one_by_key(self, id: &StepId, way: Way) {
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

    /// Returns the selected cards in reading order, without those inside others of them.
    pub(in crate::editor) fn outermost_chosen(self) -> Vec<StepId> {
        let chosen = self.board.chosen_now();
        self.board
            .flow
            .with_untracked(|flow| outermost(flow, &chosen))
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
