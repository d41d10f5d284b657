//! Copies of cards: duplicating and pasting.

use flow::{Binding, FlowEdit, Place, Step, StepId};
use leptos::prelude::*;

use super::new_id;
use crate::canvas::reading::place_of;
use crate::editor::Editor;

impl Editor {
    /// Puts a copy of a card behind it.
    pub fn duplicate(self, id: &StepId) {
        let copy = self.board.flow.with_untracked(|flow| {
            let step = flow.step(id)?.clone();
            let at = place_of(flow, id)?;
            Some((
                step,
                Place {
                    index: at.index + 1,
                    ..at
                },
            ))
        });
        if let Some((step, at)) = copy {
            self.paste_at(step, at);
        }
    }

    /// Puts a copy of the copied card after the selected one.
    pub fn paste(self) {
        if let Some(step) = self.copied() {
            let at = self.board.flow.with_untracked(|flow| self.next_place(flow));
            self.paste_at(step, at);
        }
    }

    fn paste_at(self, mut step: Step, at: Place) {
        let mut renamed = Vec::new();
        rename(&mut step, &mut renamed);
        relink(&mut step, &renamed);
        let id = step.id.clone();
        if self.edit(FlowEdit::AddStep {
            step: Box::new(step),
            at,
        }) {
            self.board.go_to(&id);
        }
    }
}

fn rename(step: &mut Step, renamed: &mut Vec<(StepId, StepId)>) {
    let id = new_id();
    renamed.push((step.id.clone(), id.clone()));
    step.id = id;
    for lane in &mut step.lanes {
        for inner in &mut lane.steps {
            rename(inner, renamed);
        }
    }
}

/// Inside a copied container links point to the copies.
fn relink(step: &mut Step, renamed: &[(StepId, StepId)]) {
    let lanes = step
        .lanes
        .iter_mut()
        .flat_map(|lane| lane.inputs.iter_mut().chain(lane.yields.iter_mut()));
    for input in step.inputs.iter_mut().chain(lanes) {
        relink_binding(&mut input.binding, renamed);
    }
    for lane in &mut step.lanes {
        for inner in &mut lane.steps {
            relink(inner, renamed);
        }
    }
}

fn relink_binding(binding: &mut Binding, renamed: &[(StepId, StepId)]) {
    match binding {
        Binding::Output { source, .. } => {
            if let Some((_, new)) = renamed.iter().find(|(old, _)| *old == source.step) {
                source.step = new.clone();
            }
        }
        Binding::Template { parts } => {
            for part in parts {
                if let flow::Part::Value { binding, .. } = part {
                    relink_binding(binding, renamed);
                }
            }
        }
        Binding::Empty | Binding::Constant { .. } | Binding::Item { .. } => {}
    }
}
