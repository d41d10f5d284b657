//! Turning the flow on and off, from the header and from the command palette.

use api::TurnOn;
use flow::may_turn_on;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::draft::DraftState;
use super::state::Editor;
use crate::i18n::texts::{EditorText, InspectText};
use crate::rpc;

impl Editor {
    /// Turns the flow on or off. With problems it stays off, and their list opens.
    pub fn turn_flow(self, on: bool) {
        let problems = self.board.problems.get_untracked();
        if on && !may_turn_on(&problems) {
            self.problems_open.set(true);
            self.say(&EditorText::CannotTurnOn);
            crate::canvas::board::focus_first(".problems-list button");
            return;
        }
        spawn_local(async move {
            self.draft.save_now(self).await;
            let id = self.board.flow.with_untracked(|flow| flow.id.clone());
            match rpc::turn(TurnOn { id, on }).await {
                Ok(new) => {
                    if on && new.problems > 0 {
                        let (name, n) = (new.name.clone(), new.problems);
                        self.toasts.warn(&InspectText::OnWithWarnings { name, n });
                    }
                    self.row.set(Some(new));
                    if on {
                        self.draft.state.set(DraftState::Version);
                    }
                }
                Err(refusal) => self.toasts.refuse(&refusal),
            }
        });
    }
}
