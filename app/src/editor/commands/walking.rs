//! Going from card to card, into cards and out of what is open.

use flow::StepId;
use leptos::prelude::*;

use crate::canvas::board::focus_card;
use crate::canvas::reading::{Way, neighbour};
use crate::canvas::tabbing;
use crate::editor::Editor;
use crate::i18n::texts::EditingText;

impl Editor {
    pub(super) fn escape(self) -> bool {
        if self.air.with_untracked(Option::is_some) {
            self.put_back();
        } else if self.adding.with_untracked(Option::is_some) {
            self.adding.set(None);
        } else if let Some(id) = self.board.entered.get_untracked() {
            self.board.entered.set(None);
            focus_card(&id);
        } else if self.board.chosen.with_untracked(|chosen| chosen.len() > 1) {
            let id = self.board.selected.get_untracked();
            self.board.pick_none();
            self.say(&EditingText::SelectedOne);
            if let Some(id) = id {
                focus_card(&id);
            }
        } else if self.board.selected.with_untracked(Option::is_some) {
            self.board.selected.set(None);
        } else {
            return self.board.leave_view();
        }
        true
    }

    pub(super) fn go(self, way: Way) {
        let selected = self.board.selected.get_untracked();
        let next = self.board.flow.with_untracked(|flow| match &selected {
            Some(id) => neighbour(flow, id, way),
            None => flow.steps.first().map(|step| step.id.clone()),
        });
        if let Some(next) = next {
            self.board.go_to(&next);
        }
    }

    /// Puts the focus into the first field of a card.
    pub(super) fn enter(self, id: &StepId) {
        self.board.entered.set(Some(id.clone()));
        let id = id.clone();
        // At once, so that what is typed right after it goes into the field; a card that is not drawn yet has none.
        if !tabbing::enter(&id) {
            request_animation_frame(move || {
                tabbing::enter(&id);
            });
        }
    }

    pub(super) fn go_to_problem(self, back: bool) {
        let problems = self.board.problems.get_untracked();
        let steps: Vec<&StepId> = problems
            .iter()
            .filter_map(|problem| problem.step.as_ref())
            .collect();
        let selected = self.board.selected.get_untracked();
        let here = steps.iter().position(|id| Some(*id) == selected.as_ref());
        let count = steps.len();
        let next = match (here, back) {
            (None, _) => 0,
            (Some(here), false) => (here + 1) % count,
            (Some(here), true) => (here + count - 1) % count,
        };
        if let Some(id) = steps.get(next) {
            self.board.go_to(id);
        }
    }
}
