//! What a key or a menu does to one card: naming, noting, folding, and the place for the next one.

use flow::{FlowEdit, Note, Place, StepId};
use leptos::prelude::*;

use crate::canvas::reading::place_of;
use crate::editor::Editor;
use crate::editor::change::bare_step;

impl Editor {
    /// Opens the list of cards for the place after the selected card.
    pub fn add_after_selected(self) {
        let place = self.board.flow.with_untracked(|flow| {
            let selected = self.board.selected.get_untracked();
            let at = selected.and_then(|id| place_of(flow, &id));
            at.map_or(
                Place {
                    lane: None,
                    index: flow.steps.len(),
                },
                |at| Place {
                    index: at.index + 1,
                    ..at
                },
            )
        });
        self.filter.set("all");
        self.adding.set(Some(place));
    }

    /// Gives a card a title of its own, or its own name back.
    pub fn rename_card(self, id: &StepId, title: &str) {
        let own = self.board.names_now(|names| {
            let step = names.flow.step(id)?;
            Some((
                names.card(step),
                names
                    .catalogue
                    .card(&step.card)
                    .map(|spec| spec.name.clone()),
            ))
        });
        let Some((now, name)) = own else { return };
        if title == now {
            return;
        }
        let is_own = title.is_empty() || Some(title) == name.as_deref();
        self.edit(FlowEdit::Retitle {
            step: id.clone(),
            title: (!is_own).then(|| title.to_owned()),
        });
    }

    /// Writes the text of a note.
    pub fn annotate(self, id: &StepId, note: Note) {
        let is_same = self.board.flow.with_untracked(|flow| {
            flow.step(id)
                .is_none_or(|step| step.note.as_ref() == Some(&note))
        });
        if !is_same {
            self.edit(FlowEdit::Annotate {
                step: id.clone(),
                note: Some(note),
            });
        }
    }

    /// Folds all cards; unfolds them where all are folded. One step of undo.
    pub fn toggle_fold_all(self) {
        let edits = self.board.flow.with_untracked(|flow| {
            let all = flow.all_steps().into_iter();
            let cards: Vec<_> = all.filter(|step| !step.is_note()).collect();
            let collapsed = cards.iter().any(|step| !step.collapsed);
            let others = cards.into_iter().filter(|step| step.collapsed != collapsed);
            let fold = |step: &flow::Step| FlowEdit::Fold {
                step: step.id.clone(),
                collapsed,
            };
            others.map(fold).collect::<Vec<_>>()
        });
        if edits.is_empty() {
            return;
        }
        self.edit(FlowEdit::Batch { edits });
        if let Some(id) = self.board.selected.get_untracked() {
            self.board.reveal(&id);
        }
    }

    /// Folds or unfolds a card.
    pub fn toggle_fold(self, id: &StepId) {
        let collapsed = self
            .board
            .flow
            .with_untracked(|flow| flow.step(id).is_some_and(|step| step.collapsed));
        self.edit(FlowEdit::Fold {
            step: id.clone(),
            collapsed: !collapsed,
        });
    }

    /// Adds a note after the selected card and opens it.
    pub fn add_note(self) {
        let step = flow::Step {
            note: Some(Note::default()),
            ..bare_step(&flow::CardKey::new("control", "comment"))
        };
        let id = step.id.clone();
        let at = self.place_for_next();
        if self.edit(FlowEdit::AddStep {
            step: Box::new(step),
            at,
        }) {
            self.board.selected.set(Some(id.clone()));
            self.board.reveal(&id);
            self.naming.set(Some(id));
        }
    }
}
