//! The cases of If/ElseIf.

use flow::{Binding, Input, Lane, LaneId, StepId};
use leptos::prelude::*;

use super::{new_id, replace};
use crate::editor::Editor;

impl Editor {
    /// Adds a further case to If/ElseIf, before the last lane.
    pub fn add_case(self, id: &StepId) {
        let edit = self.board.flow.with_untracked(|flow| {
            let step = flow.step(id)?;
            let spec = self.board.catalogue.get_untracked();
            let lanes = &spec.card(&step.card)?.lanes;
            let case = lanes.iter().find(|lane| !lane.inputs.is_empty())?;
            let id = new_id();
            let has_groups = step
                .lanes
                .iter()
                .flat_map(|lane| &lane.inputs)
                .any(|input| input.key.group.is_some());
            let input = |field: &flow::FieldSpec| {
                let mut input = field.input();
                // As in imported flows, where the group of a case's fields is its id.
                input.key.group = has_groups.then(|| id.to_string());
                input
            };
            let mut changed = step.clone();
            let before_last = changed.lanes.len().saturating_sub(1);
            changed.lanes.insert(
                before_last,
                Lane {
                    id: LaneId::new(id.as_str()),
                    inputs: case.inputs.iter().map(input).collect(),
                    steps: Vec::new(),
                    yields: blank(&step.lanes.first()?.yields),
                },
            );
            replace(flow, changed)
        });
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Removes a case of If/ElseIf with its cards.
    pub fn remove_case(self, id: &StepId, lane: &LaneId) {
        let edit = self.board.flow.with_untracked(|flow| {
            let mut changed = flow.step(id)?.clone();
            changed.lanes.retain(|known| known.id != *lane);
            replace(flow, changed)
        });
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }
}

fn blank(inputs: &[Input]) -> Vec<Input> {
    inputs
        .iter()
        .map(|input| Input {
            binding: Binding::Empty,
            ..input.clone()
        })
        .collect()
}
