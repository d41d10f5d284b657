//! Fields that do not agree with what they belong to: a helper flow's inputs, a table's columns, each other's names.

use std::collections::HashSet;

use super::{Repair, RepairKind};
use crate::arrange::type_of;
use crate::card::{Catalogue, Lookup};
use crate::check::{Around, Change, KnownTable, Problem, changes, row_of};
use crate::document::{Binding, FieldKey, Flow, Input, InputRef, Output, Step};
use crate::edit::FlowEdit;
use crate::types::{Type, conversion};

/// Gives the card the inputs and results that its helper flow has.
pub(super) fn update(flow: &Flow, around: &Around, problem: &Problem) -> Option<Vec<Repair>> {
    let step = flow.step(problem.step.as_ref()?)?;
    let named = flow.input(problem.input.as_ref()?)?.constant()?.as_str()?;
    let signature = around.signatures.get(&named.into())?;
    let mut edits = Vec::new();
    for change in changes(step, signature) {
        edits.extend(changed(flow, step, change));
    }
    (!edits.is_empty()).then(|| one(RepairKind::UpdateFields, edits))
}

fn one(kind: RepairKind, edits: Vec<FlowEdit>) -> Vec<Repair> {
    vec![Repair {
        kind,
        edit: FlowEdit::Batch { edits },
    }]
}

fn changed(flow: &Flow, step: &Step, change: Change) -> Vec<FlowEdit> {
    let at = |key: &FieldKey| InputRef {
        arg: true,
        ..InputRef::of(step.id.clone(), key.clone())
    };
    match change {
        Change::Gone(key) => vec![FlowEdit::RemoveInput { input: at(&key) }],
        Change::New(key, label, ty) => vec![FlowEdit::AddInput {
            at: at(&key),
            input: Box::new(Input {
                label,
                arg: true,
                ..Input::new(key, ty)
            }),
            index: usize::MAX,
        }],
        Change::Type(key, ty) => retyped(flow, step, &at(&key), ty).unwrap_or_default(),
        Change::Returned(key, label, ty) => vec![FlowEdit::AddOutput {
            step: step.id.clone(),
            output: Box::new(Output {
                label,
                custom: true,
                ..Output::new(key, ty)
            }),
            index: usize::MAX,
        }],
    }
}

/// The field with another type: its value stays where it can be brought to it.
fn retyped(flow: &Flow, step: &Step, at: &InputRef, ty: Type) -> Option<Vec<FlowEdit>> {
    let index = step
        .inputs
        .iter()
        .position(|input| input.key == at.field && input.arg == at.arg)?;
    let input = step.inputs.get(index)?;
    let binding = match &input.binding {
        Binding::Output { source, .. } => match type_of(flow, source) {
            Some(from) => conversion(&from, &ty).map(|convert| Binding::Output {
                source: source.clone(),
                convert,
            }),
            None => Some(input.binding.clone()),
        },
        other => Some(other.clone()),
    };
    let changed = Input {
        ty,
        binding: binding.unwrap_or_default(),
        ..input.clone()
    };
    Some(vec![
        FlowEdit::RemoveInput { input: at.clone() },
        FlowEdit::AddInput {
            at: at.clone(),
            input: Box::new(changed),
            index,
        },
    ])
}

/// Names the column that is meant, or removes the field.
pub(super) fn column(
    flow: &Flow,
    catalogue: &Catalogue,
    around: &Around,
    problem: &Problem,
) -> Option<Vec<Repair>> {
    let at = problem.input.as_ref()?;
    let step = flow.step(&at.step)?;
    let table = table_of(step, catalogue, around)?;
    let index = step.inputs.iter().position(|input| input.key == at.field)?;
    let input = step.inputs.get(index)?;
    let remove = FlowEdit::RemoveInput { input: at.clone() };
    let mut found = Vec::new();
    let plain = |name: &str| name.trim().to_lowercase();
    let meant = table.columns.iter().find(|(name, _)| {
        let is_free = step
            .inputs
            .iter()
            .all(|input| input.key.key != *name || input.key.group != at.field.group);
        is_free && plain(name) == plain(&at.field.key)
    });
    if let Some((name, _)) = meant {
        let key = FieldKey {
            key: name.clone(),
            ..at.field.clone()
        };
        let edits = vec![
            remove.clone(),
            FlowEdit::AddInput {
                at: InputRef {
                    field: key.clone(),
                    ..at.clone()
                },
                input: Box::new(Input {
                    key,
                    label: name.clone(),
                    ..input.clone()
                }),
                index,
            },
        ];
        found.extend(one(RepairKind::RenameField(name.clone()), edits));
    }
    found.push(Repair {
        kind: RepairKind::RemoveField,
        edit: remove,
    });
    Some(found)
}

fn table_of<'a>(step: &Step, catalogue: &Catalogue, around: &'a Around) -> Option<&'a KnownTable> {
    let spec = catalogue.card(&step.card)?;
    let field = spec
        .inputs
        .iter()
        .find(|field| field.lookup == Some(Lookup::Tables))?;
    let input = step.inputs.iter().find(|input| input.key == field.key)?;
    let id = input.constant()?.as_str()?;
    let mut tables = around.tables.as_deref()?.iter();
    tables.find(|table| table.id.as_str() == id)
}

/// Tells fields of one name apart: those of the user's get other names, copies of others go. The card is put back as a
/// whole, because no edit could make two fields of one name again.
pub(super) fn double(flow: &Flow, problem: &Problem) -> Option<Vec<Repair>> {
    let mut step = flow.step(problem.step.as_ref()?)?.clone();
    let (_, at) = row_of(flow, &step.id)?;
    let kind = match &problem.input {
        Some(at) => {
            let used = names_of(&step);
            let inputs = match &at.lane {
                None => &mut step.inputs,
                Some(lane) => {
                    let lane = step.lanes.iter_mut().find(|known| known.id == *lane)?;
                    if at.yields {
                        &mut lane.yields
                    } else {
                        &mut lane.inputs
                    }
                }
            };
            told_apart(inputs, at, &used)?
        }
        None => {
            let count = step.outputs.len();
            let mut seen = HashSet::new();
            step.outputs
                .retain(|output| seen.insert(output.key.clone()));
            (step.outputs.len() < count).then_some(RepairKind::RemoveField)?
        }
    };
    let remove = FlowEdit::RemoveStep {
        step: step.id.clone(),
    };
    let add = FlowEdit::AddStep {
        step: Box::new(step),
        at,
    };
    Some(one(kind, vec![remove, add]))
}

fn names_of(step: &Step) -> HashSet<String> {
    let inputs = step.all_inputs().map(|input| input.key.key.clone());
    let outputs = step.outputs.iter().map(|output| output.key.key.clone());
    inputs.chain(outputs).collect()
}

/// Keeps the first field of a name, what it holds or else what another one does, and renames the other ones.
fn told_apart(
    inputs: &mut Vec<Input>,
    at: &InputRef,
    used: &HashSet<String>,
) -> Option<RepairKind> {
    let is_same = |input: &Input| input.key == at.field && input.arg == at.arg;
    let same = || inputs.iter().filter(|input| is_same(input));
    let filled = same().position(|input| !input.binding.is_blank());
    let kept = filled.unwrap_or_default();
    if same().count() < 2 {
        return None;
    }
    let mut kind = RepairKind::RemoveField;
    let mut used = used.clone();
    let mut number = 0;
    let mut left = Vec::with_capacity(inputs.len());
    for mut input in std::mem::take(inputs) {
        if is_same(&input) {
            number += 1;
            if number != kept + 1 {
                if !input.custom {
                    continue;
                }
                let name = (2_u32..)
                    .map(|number| format!("{} {number}", at.field.key))
                    .find(|name| !used.contains(name))?;
                used.insert(name.clone());
                input.key.key.clone_from(&name);
                input.label.clone_from(&name);
                input.required = false;
                kind = RepairKind::RenameField(name);
            }
        }
        left.push(input);
    }
    *inputs = left;
    Some(kind)
}
