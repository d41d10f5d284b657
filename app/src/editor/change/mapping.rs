//! Saying where the values of fields come from.

use flow::{Binding, Flow, FlowEdit, InputRef, OutputRef, StepId};
use leptos::prelude::*;

use crate::canvas::mapping::{self, Target, map_edit, target};
use crate::canvas::template;
use crate::card::{focus_at, reason_now};
use crate::editor::{Editor, NotTaken};
use crate::i18n::texts::{EditorText, FieldText};

impl Editor {
    /// Says where an input's value comes from.
    pub fn bind(self, at: &InputRef, binding: Binding) -> bool {
        self.edit(FlowEdit::Bind {
            input: at.clone(),
            binding,
        })
    }

    /// Maps a value to a field; a refusal is shown in the field. A text that is not empty keeps its text.
    pub fn map(self, source: &OutputRef, at: &InputRef, caret: Option<usize>) {
        // An id and a value beside it make no other id: what is chosen from an org is replaced as a whole.
        let is_chosen = untrack(|| self.is_chosen_from_org(at));
        let (edit, answer) = self.board.flow.with_untracked(|flow| {
            let caret = caret.or_else(|| end_of_text(flow, at));
            let caret = caret.filter(|_| !is_chosen);
            (map_edit(flow, source, at, caret), target(flow, source, at))
        });
        if let Some(edit) = edit {
            if self.edit(edit) {
                self.say_mapped(at);
            }
        } else if let Some(Target::Refused(reason)) = answer {
            let ways = self
                .board
                .flow
                .with_untracked(|flow| flow::ways_into(flow, source, at));
            let why = reason_now(self.speech, &reason, !ways.is_empty());
            self.board.announced.set(why);
            self.refused.set(Some(NotTaken {
                at: at.clone(),
                reason,
                ways,
            }));
        }
    }

    /// Tells where a value went.
    pub(in crate::editor) fn say_mapped(self, at: &InputRef) {
        let (card, field) = (
            self.board.title_now(&at.step),
            self.board.names_now(|names| names.input_at(at)),
        );
        self.say(&EditorText::Mapped { card, field });
    }

    /// Drops a value onto a field: into its text at the place under the pointer, where it holds text. The focus goes
    /// into the field.
    pub(in crate::editor) fn drop_into(
        self,
        source: &OutputRef,
        at: &InputRef,
        place: Option<usize>,
    ) {
        let end = self.board.flow.with_untracked(|flow| end_of_text(flow, at));
        let caret = end.map(|end| place.unwrap_or(end).min(end));
        self.board.entered.set(Some(at.step.clone()));
        self.map(source, at, caret);
        if self.refused.with_untracked(Option::is_none) {
            focus_at(at, caret.unwrap_or_default() + 1);
        }
    }

    /// Makes a field from a value on a card that takes fields of the user's.
    pub fn map_new(self, source: &OutputRef, step: &StepId) {
        let edit = self.board.flow.with_untracked(|flow| {
            self.board
                .catalogue
                .with_untracked(|catalogue| mapping::add_mapped(flow, catalogue, source, step))
        });
        let name = source.path.last().unwrap_or(&source.field.key).clone();
        if let Some(edit) = edit
            && self.edit(edit)
        {
            self.say(&FieldText::MadeField { field: name });
        }
    }
}

fn end_of_text(flow: &Flow, at: &InputRef) -> Option<usize> {
    let input = flow.input(at)?;
    let is_single = matches!(input.binding, Binding::Output { .. });
    let composes = flow
        .step(&at.step)
        .is_some_and(|step| step.card.is("string", "compose"));
    (template::holds_text(input) && !input.binding.is_blank() && (!is_single || composes))
        .then(|| template::length(&template::parts(&input.binding)))
}
