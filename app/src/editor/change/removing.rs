//! Deleting cards, with what becomes of the fields that used their values.

use flow::{InputRef, StepId, Substitute, depending, outermost, remove};
use leptos::prelude::*;

use crate::canvas::reading::{Way, neighbour, place_of};
use crate::editor::Editor;
use crate::i18n::texts::{EditingText, EditorText};

impl Editor {
    /// Deletes the selected cards, or asks first.
    pub fn ask_delete_chosen(self) {
        self.ask_delete_all(self.outermost_chosen());
    }

    /// Asks before deleting where something depends on the card; deletes at once where nothing does.
    pub fn ask_delete(self, id: &StepId) {
        self.ask_delete_all(vec![id.clone()]);
    }

    /// Asks before deleting where something depends on one of the cards; deletes at once where nothing does.
    pub fn ask_delete_all(self, ids: Vec<StepId>) {
        let uses = self
            .board
            .flow
            .with_untracked(|flow| depending(flow, &ids).len());
        if uses == 0 {
            self.delete_all(&ids, &[]);
        } else {
            self.deleting.set(Some(ids));
        }
    }

    /// Deletes a card; the focus goes to the next one.
    pub fn delete(self, id: &StepId) {
        self.delete_all(std::slice::from_ref(id), &[]);
    }

    /// Deletes cards and repairs what used their values; the focus goes to the card behind them.
    pub fn delete_all(self, ids: &[StepId], repairs: &[(InputRef, Substitute)]) {
        let (ids, next, edit) = self.board.flow.with_untracked(|flow| {
            let ids = outermost(flow, ids);
            let next = after(flow, &ids);
            let edit = remove(flow, &ids, repairs);
            (ids, next, edit)
        });
        let title = ids.first().map(|id| self.board.title_now(id));
        match edit {
            Ok(edit) => {
                if !self.edit(edit) {
                    return;
                }
                self.board.pick_none();
                match (ids.len(), title) {
                    (1, Some(card)) => self.say(&EditorText::Deleted { card }),
                    (n, _) => self.say(&EditingText::DeletedTogether { n }),
                }
                if let Some(next) = next {
                    self.board.go_to(&next);
                }
            }
            Err(reason) => self.say_why(&reason),
        }
    }
}

/// The card that gets the focus when these go: the next one that stays, else one before, else the container around.
fn after(flow: &flow::Flow, ids: &[StepId]) -> Option<StepId> {
    let walk = |from: &StepId, way: Way| {
        let mut here = neighbour(flow, from, way);
        while let Some(id) = &here {
            if !ids.contains(id) {
                break;
            }
            here = neighbour(flow, id, way);
        }
        here
    };
    let (first, last) = (ids.first()?, ids.last()?);
    walk(last, Way::On)
        .or_else(|| walk(first, Way::Back))
        .or_else(|| {
            let (container, _) = place_of(flow, first)?.lane?;
            (!ids.contains(&container)).then_some(container)
        })
}
