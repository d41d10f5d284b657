//! Adding cards: from the palette, and with a container around them.

use flow::{CardKey, CardKind, Catalogue, Flow, FlowEdit, Note, Place, Schedule, Step};
use leptos::prelude::*;

use super::new_id;
use crate::canvas::reading::place_of;
use crate::editor::Editor;
use crate::editor::inspector::schedule::viewers_zone;
use crate::i18n::texts::EditorText;

impl Editor {
    /// Adds a card at a place, or after the selected card, or at the end. Cards that start flows go to the front.
    pub fn add_card(self, key: &CardKey, place: Option<Place>) {
        let Some(spec) = self
            .board
            .catalogue
            .with_untracked(|catalogue| catalogue.card(key).cloned())
        else {
            return;
        };
        let mut step = spec.step(new_id());
        step.connection = self.usual_connection(&spec);
        step.note = step.is_note().then(Note::default);
        let id = step.id.clone();
        let edit = self.board.flow.with_untracked(|flow| {
            if spec.kind == CardKind::Event {
                let first = self
                    .board
                    .catalogue
                    .with_untracked(|catalogue| put_first(flow, catalogue, step));
                planned(flow, key, first)
            } else {
                let at = place.unwrap_or_else(|| self.next_place(flow));
                FlowEdit::AddStep {
                    step: Box::new(step),
                    at,
                }
            }
        });
        if self.edit(edit) {
            crate::editor::palette::recent::remember_card(key);
            self.say(&EditorText::Added { card: spec.name });
            // What makes these cards start a flow is said in the inspector.
            if matches!(
                key.as_str(),
                "control:scheduled" | "http:accept" | "http:delegated"
            ) {
                self.tab.set("fields");
                self.inspector.set(true);
            }
            self.board.go_to(&id);
        }
    }

    /// Returns the place after the selected card, else the end of the flow.
    pub(in crate::editor) fn place_for_next(self) -> Place {
        self.board.flow.with_untracked(|flow| self.next_place(flow))
    }

    /// The place after the selected card, else the end of what is shown: the flow, or one of its lanes.
    pub(super) fn next_place(self, flow: &Flow) -> Place {
        let selected = self.board.selected.get_untracked();
        selected
            .and_then(|id| place_of(flow, &id))
            .map(|at| Place {
                index: at.index + 1,
                ..at
            })
            .unwrap_or_else(|| self.board.end_of_view(flow))
    }
}

/// The schedule goes with the card that asks for one, and leaves with any other.
fn planned(flow: &Flow, key: &CardKey, first: FlowEdit) -> FlowEdit {
    let is_scheduled = key.is("control", "scheduled");
    if is_scheduled == flow.schedule.is_some() {
        return first;
    }
    let schedule = is_scheduled.then(|| Schedule::daily(viewers_zone()));
    FlowEdit::Batch {
        edits: vec![first, FlowEdit::Plan { schedule }],
    }
}

/// Cards that start a flow take the place of the one that starts it now.
fn put_first(flow: &Flow, catalogue: &Catalogue, step: Step) -> FlowEdit {
    let first = flow.steps.first().filter(|first| {
        catalogue
            .card(&first.card)
            .is_some_and(|card| card.kind == CardKind::Event)
    });
    let add = FlowEdit::AddStep {
        step: Box::new(step),
        at: Place {
            lane: None,
            index: 0,
        },
    };
    match first {
        None => add,
        Some(first) => FlowEdit::Batch {
            edits: vec![
                FlowEdit::RemoveStep {
                    step: first.id.clone(),
                },
                add,
            ],
        },
    }
}
