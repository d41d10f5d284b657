//! The edits that make one flow of another.

use std::collections::{HashMap, HashSet};

use super::place::{Index, Row, longest_rise, place, shell, stable_in};
use super::{
    FlowPart, common_lanes, flow_parts, input_key, is_same_field, lane_ids, pinned, reference,
};
use crate::document::{Flow, Input, InputRef, Step};
use crate::edit::{FlowEdit, apply};
use crate::id::StepId;

/// Returns the edits that make `new` of `old`, but for the id of the flow: few where few things differ. One step of
/// undo when they are made as a batch.
pub fn script(old: &Flow, new: &Flow) -> Vec<FlowEdit> {
    let edits = Script::of(old, new);
    if leads_to(old, &edits, new) {
        return edits;
    }
    // What no sequence of small edits reaches, for instance two fields of the same name: everything anew.
    let mut edits = flow_edits(old, new);
    edits.extend(old.steps.iter().map(|step| FlowEdit::RemoveStep {
        step: step.id.clone(),
    }));
    edits.extend(
        new.steps
            .iter()
            .enumerate()
            .map(|(index, step)| FlowEdit::AddStep {
                step: Box::new(step.clone()),
                at: place(None, index),
            }),
    );
    edits
}

fn leads_to(old: &Flow, edits: &[FlowEdit], new: &Flow) -> bool {
    let mut flow = old.clone();
    let is_made = edits
        .iter()
        .all(|edit| apply(&mut flow, edit.clone()).is_ok());
    flow.id.clone_from(&new.id);
    is_made && flow == *new
}

pub(super) fn flow_edits(old: &Flow, new: &Flow) -> Vec<FlowEdit> {
    let edit = |part| match part {
        FlowPart::Name => FlowEdit::Rename {
            name: new.name.clone(),
        },
        FlowPart::Description => FlowEdit::Describe {
            description: new.description.clone(),
        },
        FlowPart::Schedule => FlowEdit::Plan {
            schedule: new.schedule.clone(),
        },
        FlowPart::Access => FlowEdit::Open { access: new.access },
        FlowPart::ErrorHandling => FlowEdit::HandleErrors {
            on_error: new.on_error.clone(),
        },
        FlowPart::SavedData => FlowEdit::KeepData {
            saves_data: new.saves_data,
        },
    };
    let pins = pinned(old, new).map(|step| FlowEdit::Pin {
        outputs: new.pin(&step).map(|pin| pin.outputs.clone()),
        step,
    });
    flow_parts(old, new)
        .into_iter()
        .map(edit)
        .chain(pins)
        .collect()
}

struct Script<'a> {
    old: Index<'a>,
    new: Index<'a>,
    /// Cards that are taken out and put in again whole, because no edit changes what differs.
    anew: HashSet<&'a StepId>,
    /// The rows as they stand after the edits so far.
    rows: HashMap<Row<'a>, Vec<&'a StepId>>,
    edits: Vec<FlowEdit>,
}

impl<'a> Script<'a> {
    fn of(old: &'a Flow, new: &'a Flow) -> Vec<FlowEdit> {
        let (before, after) = (Index::of(old), Index::of(new));
        let mut script = Self {
            anew: anew(&before, &after),
            rows: HashMap::new(),
            old: before,
            new: after,
            edits: flow_edits(old, new),
        };
        script.change_cards(old);
        script.take_out(old, |script, id| script.anew.contains(id));
        script.note_rows();
        script.fill(None, &new.steps);
        script.take_out(old, |script, id| {
            !script.anew.contains(id) && !script.new.holds(id)
        });
        script.edits
    }

    fn change_cards(&mut self, old: &'a Flow) {
        for step in old.all_steps() {
            let kept = !self.anew.contains(&step.id);
            if let Some(new) = self.new.step(&step.id).filter(|_| kept) {
                card_edits(step, new, &mut self.edits);
            }
        }
    }

    /// Takes out the outermost cards that `is_out` names.
    fn take_out(&mut self, old: &'a Flow, is_out: fn(&Self, &StepId) -> bool) {
        for step in old.all_steps() {
            let is_inner = self
                .old
                .find(&step.id)
                .and_then(|found| found.row)
                .is_some_and(|(container, _)| is_out(self, container));
            if is_out(self, &step.id) && !is_inner {
                self.edits.push(FlowEdit::RemoveStep {
                    step: step.id.clone(),
                });
            }
        }
    }

    fn note_rows(&mut self) {
        for (row, steps) in &self.old.rows {
            let left = steps.iter().map(|step| &step.id);
            let left = left.filter(|id| !self.anew.contains(id)).collect();
            self.rows.insert(*row, left);
        }
    }

    /// Puts the cards of a new row where they belong, from the left to the right, then those of the rows inside. What is
    /// to leave the row goes when its own place is filled, or at the end.
    fn fill(&mut self, row: Row<'a>, steps: &'a [Step]) {
        let mut stable = stable_in(&self.old, row, steps);
        stable.retain(|id| !self.anew.contains(id));
        let mut last: Option<&StepId> = None;
        for step in steps {
            if !stable.contains(&step.id) {
                self.put(step, row, last);
            }
            last = Some(&step.id);
        }
        for step in steps {
            if self.anew.contains(&step.id) {
                continue;
            }
            for lane in &step.lanes {
                self.fill(Some((&step.id, &lane.id)), &lane.steps);
            }
        }
    }

    fn put(&mut self, step: &'a Step, row: Row<'a>, last: Option<&StepId>) {
        let is_there = self.old.holds(&step.id) && !self.anew.contains(&step.id);
        if is_there {
            let from = self.rows.values_mut();
            from.for_each(|ids| ids.retain(|id| *id != &step.id));
        }
        let here = self.rows.entry(row).or_default();
        let index = last
            .and_then(|last| here.iter().position(|id| *id == last))
            .map_or(0, |index| index + 1);
        here.insert(index, &step.id);
        let at = place(row, index);
        self.edits.push(if is_there {
            FlowEdit::MoveStep {
                step: step.id.clone(),
                to: at,
            }
        } else if self.anew.contains(&step.id) {
            FlowEdit::AddStep {
                step: Box::new(step.clone()),
                at,
            }
        } else {
            FlowEdit::AddStep {
                step: Box::new(shell(step)),
                at,
            }
        });
    }
}

/// Cards of the same id that no edit can make alike: another card of the catalogue, other branches. Everything in them,
/// before and after, is put in anew with them.
fn anew<'a>(old: &Index<'a>, new: &Index<'a>) -> HashSet<&'a StepId> {
    let mut anew: HashSet<&StepId> = HashSet::new();
    let mut open: Vec<&StepId> = Vec::new();
    for (_, steps) in &old.rows {
        for step in *steps {
            let after = new.step(&step.id);
            if after
                .is_some_and(|after| after.card != step.card || lane_ids(after) != lane_ids(step))
            {
                open.push(&step.id);
            }
        }
    }
    while let Some(id) = open.pop() {
        if anew.insert(id) {
            let both = [old.step(id), new.step(id)];
            let inside = both
                .into_iter()
                .flatten()
                .flat_map(|step| &step.lanes)
                .flat_map(|lane| &lane.steps);
            open.extend(inside.map(|step| &step.id));
        }
    }
    anew
}

pub(super) fn card_edits(old: &Step, new: &Step, edits: &mut Vec<FlowEdit>) {
    let step = || new.id.clone();
    if old.title != new.title {
        let title = new.title.clone();
        edits.push(FlowEdit::Retitle {
            step: step(),
            title,
        });
    }
    if old.note != new.note {
        let note = new.note.clone();
        edits.push(FlowEdit::Annotate { step: step(), note });
    }
    if old.connection != new.connection {
        let connection = new.connection.clone();
        edits.push(FlowEdit::Connect {
            step: step(),
            connection,
        });
    }
    if old.on_error != new.on_error {
        let on_error = new.on_error.clone();
        edits.push(FlowEdit::HandleError {
            step: step(),
            on_error,
        });
    }
    if old.collapsed != new.collapsed {
        let collapsed = new.collapsed;
        edits.push(FlowEdit::Fold {
            step: step(),
            collapsed,
        });
    }
    let own = |input: &Input| reference(&new.id, None, false, input);
    input_edits(&old.inputs, &new.inputs, &own, edits);
    for (before, after) in common_lanes(old, new) {
        let condition = |input: &Input| reference(&new.id, Some(&after.id), false, input);
        input_edits(&before.inputs, &after.inputs, &condition, edits);
        let yields = |input: &Input| reference(&new.id, Some(&after.id), true, input);
        input_edits(&before.yields, &after.yields, &yields, edits);
    }
    output_edits(old, new, edits);
}

/// Takes out what is gone, changed or elsewhere, and puts in what is new, so that few fields are touched.
fn input_edits(
    old: &[Input],
    new: &[Input],
    at: &dyn Fn(&Input) -> InputRef,
    edits: &mut Vec<FlowEdit>,
) {
    let before: HashMap<_, (usize, &Input)> = old
        .iter()
        .enumerate()
        .map(|(index, input)| (input_key(input), (index, input)))
        .collect();
    let stayed: Vec<(usize, usize)> = new
        .iter()
        .enumerate()
        .filter_map(|(to, input)| {
            let (from, known) = before.get(&input_key(input))?;
            is_same_field(known, input).then_some((*from, to))
        })
        .collect();
    let order: Vec<usize> = stayed.iter().map(|(from, _)| *from).collect();
    let stable: Vec<(usize, usize)> = longest_rise(&order)
        .into_iter()
        .filter_map(|index| stayed.get(index).copied())
        .collect();
    let is_kept = |index: usize| stable.iter().any(|(from, _)| *from == index);
    for (index, input) in old.iter().enumerate() {
        if !is_kept(index) {
            edits.push(FlowEdit::RemoveInput { input: at(input) });
        }
    }
    for (index, input) in new.iter().enumerate() {
        let known = stable.iter().find(|(_, to)| *to == index);
        match known.and_then(|(from, _)| old.get(*from)) {
            Some(known) if known.binding == input.binding => {}
            Some(_) => edits.push(FlowEdit::Bind {
                input: at(input),
                binding: input.binding.clone(),
            }),
            None => edits.push(FlowEdit::AddInput {
                at: at(input),
                input: Box::new(input.clone()),
                index,
            }),
        }
    }
}

fn output_edits(old: &Step, new: &Step, edits: &mut Vec<FlowEdit>) {
    let stayed: Vec<(usize, usize)> = new
        .outputs
        .iter()
        .enumerate()
        .filter_map(|(to, output)| {
            let from = old.outputs.iter().position(|known| known == output)?;
            Some((from, to))
        })
        .collect();
    let order: Vec<usize> = stayed.iter().map(|(from, _)| *from).collect();
    let stable: Vec<(usize, usize)> = longest_rise(&order)
        .into_iter()
        .filter_map(|index| stayed.get(index).copied())
        .collect();
    for (index, output) in old.outputs.iter().enumerate() {
        if !stable.iter().any(|(from, _)| *from == index) {
            edits.push(FlowEdit::RemoveOutput {
                step: new.id.clone(),
                output: output.key.clone(),
            });
        }
    }
    for (index, output) in new.outputs.iter().enumerate() {
        if !stable.iter().any(|(_, to)| *to == index) {
            edits.push(FlowEdit::AddOutput {
                step: new.id.clone(),
                output: Box::new(output.clone()),
                index,
            });
        }
    }
}
