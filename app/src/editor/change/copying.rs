//! Copies of cards: duplicating, dropping copies, pasting.

use flow::{CannotArrange, Clip, FlowEdit, Known, Note, Pasted, Place, Step, StepId, paste};
use leptos::prelude::*;

use super::{bare_step, new_id};
use crate::canvas::reading::place_of;
use crate::editor::Editor;
use crate::i18n::texts::EditingText;

impl Editor {
    /// Puts copies of the selected cards behind them.
    pub fn duplicate_chosen(self) {
        let ids = self.outermost_chosen();
        let behind = self.board.flow.with_untracked(|flow| {
            let at = place_of(flow, ids.last()?)?;
            Some(Place {
                index: at.index + 1,
                ..at
            })
        });
        if let Some(at) = behind {
            self.copy_to(&ids, &at);
        }
    }

    /// Puts copies of cards at a place.
    pub(in crate::editor) fn copy_to(self, ids: &[StepId], at: &Place) {
        let clip = self.board.flow.with_untracked(|flow| Clip::of(flow, ids));
        if let Some(clip) = clip {
            self.paste_clip(&clip, at);
        }
    }

    /// Returns where pasted cards go: into the slot that is open, else behind or before the selected cards, else to the end.
    pub(in crate::editor) fn place_for_paste(self, before: bool) -> Place {
        if let Some(at) = self.adding.get_untracked() {
            return at;
        }
        let ids = self.outermost_chosen();
        self.board.flow.with_untracked(|flow| {
            let found = if before {
                ids.first().and_then(|id| place_of(flow, id))
            } else {
                ids.last()
                    .and_then(|id| place_of(flow, id))
                    .map(|at| Place {
                        index: at.index + 1,
                        ..at
                    })
            };
            found.unwrap_or(Place {
                lane: None,
                index: flow.steps.len(),
            })
        })
    }

    /// Pastes copied cards and says what could not come along.
    pub(in crate::editor) fn paste_clip(self, clip: &Clip, at: &Place) {
        let pasted = self.board.flow.with_untracked(|flow| {
            self.board.catalogue.with_untracked(|catalogue| {
                let known = self.known(flow, catalogue);
                paste(flow, clip, at, &known, &mut new_id)
            })
        });
        match pasted {
            Ok(pasted) => {
                if self.edit(pasted.edit.clone()) {
                    self.adding.set(None);
                    self.board.pick(pasted.cards.clone(), None);
                    self.say_pasted(&pasted);
                }
            }
            Err(CannotArrange::Start) => self.toasts.warn(&EditingText::StartNotPasted),
            Err(reason) => self.say_why(&reason),
        }
    }

    fn known<'a>(self, flow: &flow::Flow, catalogue: &'a flow::Catalogue) -> Known<'a> {
        let board = self.board;
        let flows = board.callable.with_untracked(|all| {
            all.iter()
                .map(|row| row.id.clone())
                .chain([flow.id.clone()])
                .collect()
        });
        Known {
            catalogue,
            connections: board
                .connections
                .with_untracked(|all| all.iter().map(|known| known.id.clone()).collect()),
            flows,
            tables: board
                .tables
                .with_untracked(|all| all.iter().map(|table| table.id.clone()).collect()),
        }
    }

    fn say_pasted(self, pasted: &Pasted) {
        let n = pasted.cards.len();
        self.say(&EditingText::Pasted { n });
        if pasted.emptied > 0 {
            self.toasts
                .say(&EditingText::PastedEmptied { n: pasted.emptied });
        }
        if pasted.unknown > 0 {
            self.toasts
                .say(&EditingText::PastedUnknown { n: pasted.unknown });
        }
        if pasted.starts > 0 {
            self.toasts.say(&EditingText::StartNotPasted);
        }
    }

    /// Pastes a text that holds no cards as a note.
    pub(in crate::editor) fn paste_note(self, text: &str, at: Place) {
        let step = Step {
            note: Some(Note {
                text: text.to_owned(),
                ..Note::default()
            }),
            ..bare_step(&flow::CardKey::new("control", "comment"))
        };
        let id = step.id.clone();
        if self.edit(FlowEdit::AddStep {
            step: Box::new(step),
            at,
        }) {
            self.adding.set(None);
            self.board.go_to(&id);
            self.say(&EditingText::PastedNote);
        }
    }
}
