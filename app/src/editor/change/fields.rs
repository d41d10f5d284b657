//! The fields of a card: those of the user, and those that the catalogue or the org knows.

use flow::{Binding, FieldKey, FlowEdit, InputRef, Step, StepId, Type};
use leptos::prelude::*;

use crate::canvas::mapping;
use crate::editor::Editor;
use crate::editor::org_fields::Side;

impl Editor {
    /// Adds a field of the user's: an input, an output or both, as the card takes it.
    pub fn add_field(self, id: &StepId, name: &str, ty: &Type, as_output: bool) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        let edit = self.board.flow.with_untracked(|flow| {
            let step = flow.step(id)?;
            if as_output && (!step.lanes.is_empty() || step.card.is("control", "spawn")) {
                return Some(mapping::add_own_output(step, name, ty));
            }
            self.board.catalogue.with_untracked(|catalogue| {
                mapping::add_field(catalogue, step, name, ty, Binding::Empty)
            })
        });
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Removes a field of the user's.
    pub fn remove_field(self, id: &StepId, key: &FieldKey) {
        let edit = self
            .board
            .flow
            .with_untracked(|flow| flow.step(id).map(|step| mapping::remove_field(step, key)));
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Gives an input another type.
    pub fn retype(self, at: &InputRef, ty: &Type) {
        let edit = self
            .board
            .flow
            .with_untracked(|flow| mapping::retype(flow, at, ty));
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Shows or hides an output that the catalogue or the org knows.
    pub fn show_output(self, id: &StepId, key: &FieldKey, shown: bool) {
        let edit = if shown {
            self.showing(id, Side::Outputs, key)
        } else {
            self.board.flow.with_untracked(|flow| {
                flow.step(id)?.output(key).map(|_| FlowEdit::RemoveOutput {
                    step: id.clone(),
                    output: key.clone(),
                })
            })
        };
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Shows or hides an input that the catalogue or the org knows.
    pub fn show_input(self, id: &StepId, key: &FieldKey, shown: bool) {
        let edit = if shown {
            self.showing(id, Side::Inputs, key)
        } else {
            let at = InputRef::of(id.clone(), key.clone());
            self.board.flow.with_untracked(|flow| {
                flow.input(&at)
                    .map(|_| FlowEdit::RemoveInput { input: at.clone() })
            })
        };
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Returns the edit that puts a field onto a card; nothing where it is there already or nobody knows it.
    pub(in crate::editor) fn showing(
        self,
        id: &StepId,
        side: Side,
        key: &FieldKey,
    ) -> Option<FlowEdit> {
        let step = self
            .board
            .flow
            .with_untracked(|flow| flow.step(id).cloned())?;
        if side.has(&step, key) {
            return None;
        }
        let field = self.field_spec(&step, side, key)?;
        let catalogue = self.board.catalogue.get_untracked();
        let known = side.known(catalogue.card(&step.card)?);
        let position = |key: &FieldKey| match side {
            Side::Inputs => step.inputs.iter().position(|input| input.key == *key),
            Side::Outputs => step.outputs.iter().position(|output| output.key == *key),
        };
        let index = index_of(known.map(|field| &field.key), key, position)
            .unwrap_or_else(|| end_of_group(&step, side, key));
        Some(match side {
            Side::Inputs => FlowEdit::AddInput {
                at: InputRef::of(id.clone(), key.clone()),
                input: Box::new(field.input()),
                index,
            },
            Side::Outputs => FlowEdit::AddOutput {
                step: id.clone(),
                output: Box::new(field.output()),
                index,
            },
        })
    }
}

/// Where a field goes so that fields keep the order of the catalogue; nothing for one that is not in it.
fn index_of<'a>(
    order: impl Iterator<Item = &'a FieldKey>,
    key: &FieldKey,
    position: impl Fn(&FieldKey) -> Option<usize>,
) -> Option<usize> {
    let mut index = 0;
    for known in order {
        if known == key {
            return Some(index);
        }
        if let Some(at) = position(known) {
            index = at + 1;
        }
    }
    None
}

/// Behind the last field of its group, else at the end.
fn end_of_group(step: &Step, side: Side, key: &FieldKey) -> usize {
    let is_mine = |known: &FieldKey| known.group == key.group;
    let (last, count) = match side {
        Side::Inputs => (
            step.inputs.iter().rposition(|input| is_mine(&input.key)),
            step.inputs.len(),
        ),
        Side::Outputs => (
            step.outputs.iter().rposition(|output| is_mine(&output.key)),
            step.outputs.len(),
        ),
    };
    last.map_or(count, |last| last + 1)
}
