//! Deleting cards.

use flow::{FlowEdit, StepId};
use leptos::prelude::*;

use crate::canvas::mapping::dependants;
use crate::canvas::reading::{Way, neighbour, place_of};
use crate::editor::Editor;
use crate::i18n::texts::EditorText;

impl Editor {
    /// Asks before deleting where something depends on the card; deletes at once where nothing does.
    pub fn ask_delete(self, id: &StepId) {
        let uses = self.board.flow.with_untracked(|flow| dependants(flow, id));
        if uses.is_empty() {
            self.delete(id);
        } else {
            self.deleting.set(Some(id.clone()));
        }
    }

    /// Deletes a card; the focus goes to the next one.
    pub fn delete(self, id: &StepId) {
        let title = self.board.title_now(id);
        let next = self.board.flow.with_untracked(|flow| {
            neighbour(flow, id, Way::On)
                .or_else(|| neighbour(flow, id, Way::Back))
                .or_else(|| place_of(flow, id)?.lane.map(|(container, _)| container))
        });
        if self.edit(FlowEdit::RemoveStep { step: id.clone() }) {
            self.say(&EditorText::Deleted { card: title });
            if let Some(next) = next {
                self.board.go_to(&next);
            }
        }
    }
}
