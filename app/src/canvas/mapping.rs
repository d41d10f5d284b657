//! May this value go into that field, and what becomes of the field: the rules of mapping, for drag, click and keyboard.

mod groups;
mod items;

use std::collections::HashMap;

use flow::{
    Binding, Catalogue, Extensible, FieldKey, Flow, FlowEdit, Input, InputRef, Output, OutputRef,
    Step, StepId, StepIndex, Type, Visible, conversion, type_of, visible_at_end, visible_outputs,
};

use super::template;
use super::wires::for_each_input;

pub use groups::field_groups;
pub use items::items;

use groups::key_of;

/// The answer for one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Yes.
    Fits,
    /// Yes, through this conversion.
    Converts(flow::Convert),
    /// No, and why.
    Refused(Reason),
}

/// Why a value may not go into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The types do not agree.
    Types {
        /// Of the value.
        from: Type,
        /// Of the field.
        to: Type,
    },
    /// The value's card does not run before the field's.
    Later,
    /// Options are decided while designing.
    Option,
}

impl Target {
    /// Tells whether the value may go in.
    pub fn takes(&self) -> bool {
        !matches!(self, Self::Refused(_))
    }
}

/// Returns what an input answers to a value.
pub fn target(flow: &Flow, source: &OutputRef, at: &InputRef) -> Option<Target> {
    let input = flow.input(at)?;
    if input.option {
        return Some(Target::Refused(Reason::Option));
    }
    let sees = in_sight(flow, at)?
        .iter()
        .any(|seen| gives(seen, &source.step, &source.field));
    if !sees {
        return Some(Target::Refused(Reason::Later));
    }
    Some(answer(&type_of(flow, source)?, &input.ty))
}

fn answer(from: &Type, to: &Type) -> Target {
    match conversion(from, to) {
        Some(None) => Target::Fits,
        Some(Some(convert)) => Target::Converts(convert),
        None => Target::Refused(Reason::Types {
            from: from.clone(),
            to: to.clone(),
        }),
    }
}

fn gives(seen: &Visible, step: &StepId, field: &FieldKey) -> bool {
    seen.step.id == *step && seen.outputs().any(|output| output.key == *field)
}

fn in_sight<'a>(flow: &'a Flow, at: &InputRef) -> Option<Vec<Visible<'a>>> {
    match (&at.lane, at.yields) {
        (Some(lane), true) => visible_at_end(flow, &at.step, lane),
        _ => visible_outputs(flow, &at.step),
    }
}

/// Returns what every field of the flow answers to a value in the air.
pub fn targets(flow: &Flow, source: &OutputRef) -> HashMap<InputRef, Target> {
    let mut found = HashMap::new();
    let Some(from) = type_of(flow, source) else {
        return found;
    };
    let places = StepIndex::of(flow);
    for step in flow.all_steps() {
        for_each_input(step, &mut |at, input| {
            let target = if input.option {
                Target::Refused(Reason::Option)
            } else if places.sees(flow, at, source) {
                answer(&from, &input.ty)
            } else {
                Target::Refused(Reason::Later)
            };
            if !input.hidden {
                found.insert(at.clone(), target);
            }
        });
    }
    found
}

/// A card with values that a field may use.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The card.
    pub step: StepId,
    /// Its values, with their types and the field's answers: those that fit first.
    pub values: Vec<(OutputRef, Type, Target)>,
}

/// Returns the earlier values that a field may use, the nearest card first.
pub fn offers(flow: &Flow, at: &InputRef) -> Vec<Offer> {
    let Some(input) = flow.input(at) else {
        return Vec::new();
    };
    let mut offers: Vec<Offer> = in_sight(flow, at)
        .unwrap_or_default()
        .iter()
        .map(|seen| offer(seen, input))
        .filter(|offer| !offer.values.is_empty())
        .collect();
    offers.reverse();
    offers
}

fn offer(seen: &Visible, input: &Input) -> Offer {
    let mut values = Vec::new();
    for output in seen.outputs().filter(|output| !output.hidden) {
        let source = OutputRef {
            step: seen.step.id.clone(),
            field: output.key.clone(),
            path: Vec::new(),
        };
        collect(source, output, &input.ty, &mut values);
    }
    values.sort_by_key(|(_, _, answer)| match answer {
        Target::Fits => 0,
        Target::Converts(_) => 1,
        Target::Refused(_) => 2,
    });
    Offer {
        step: seen.step.id.clone(),
        values,
    }
}

fn collect(
    source: OutputRef,
    output: &Output,
    to: &Type,
    values: &mut Vec<(OutputRef, Type, Target)>,
) {
    const DEEPEST: usize = 3;
    let ty = output.ty.at(&source.path);
    let keys = ty.keys.clone();
    let opens = !ty.list && source.path.len() < DEEPEST;
    let answer = answer(&ty, to);
    if answer.takes() || source.path.is_empty() {
        values.push((source.clone(), ty, answer));
    }
    for known in keys.iter().filter(|_| opens) {
        let mut inner = source.clone();
        inner.path.push(known.key.clone());
        collect(inner, output, to, values);
    }
}

/// Returns the edit that maps a value to a field; nothing where the field refuses. A text field with text in it takes
/// the value at `caret` (counted as in [`template::insert`]); every other field is replaced.
pub fn map_edit(
    flow: &Flow,
    source: &OutputRef,
    at: &InputRef,
    caret: Option<usize>,
) -> Option<FlowEdit> {
    map_over(flow, source, at, caret.map(|caret| (caret, caret)))
}

/// The same, where the value takes the place of the text between two positions.
pub fn map_over(
    flow: &Flow,
    source: &OutputRef,
    at: &InputRef,
    range: Option<(usize, usize)>,
) -> Option<FlowEdit> {
    let input = flow.input(at)?;
    let convert = match target(flow, source, at)? {
        Target::Fits => None,
        Target::Converts(convert) => Some(convert),
        Target::Refused(_) => return None,
    };
    let value = Binding::Output {
        source: source.clone(),
        convert,
    };
    let binding = match range {
        Some((from, to)) if template::holds_text(input) => {
            let parts = template::parts(&input.binding);
            let mut parts = template::replace(&parts, from, to, Vec::new());
            template::insert(&mut parts, from, value);
            template::binding(parts)
        }
        _ => value,
    };
    Some(FlowEdit::Bind {
        input: at.clone(),
        binding,
    })
}

/// Returns the edit that makes a field on a card which takes fields of the user's, with the name and the type of a
/// value, mapped to it.
pub fn add_mapped(
    flow: &Flow,
    catalogue: &Catalogue,
    source: &OutputRef,
    step: &StepId,
) -> Option<FlowEdit> {
    let seen = visible_outputs(flow, step)?;
    if !seen
        .iter()
        .any(|seen| gives(seen, &source.step, &source.field))
    {
        return None;
    }
    let ty = type_of(flow, source)?;
    let name = source.path.last().unwrap_or(&source.field.key);
    let card = flow.step(step)?;
    add_field(catalogue, card, name, &ty, Binding::output(source.clone()))
}

/// Returns the edit that adds a field of the user's to a card. A name that is taken gets a number.
pub fn add_field(
    catalogue: &Catalogue,
    step: &Step,
    name: &str,
    ty: &Type,
    binding: Binding,
) -> Option<FlowEdit> {
    let extensible = catalogue.card(&step.card)?.extensible;
    let takes_outputs = matches!(extensible, Extensible::Outputs | Extensible::Mirrored);
    let takes_inputs = matches!(
        extensible,
        Extensible::Inputs | Extensible::Both | Extensible::Mirrored
    );
    let key = key_of(step, name);
    let mut edits = Vec::new();
    if takes_inputs {
        edits.push(FlowEdit::AddInput {
            at: InputRef::of(step.id.clone(), key.clone()),
            input: Box::new(Input {
                custom: true,
                binding,
                ..Input::new(key.clone(), ty.clone())
            }),
            index: step.inputs.len(),
        });
    }
    if takes_outputs {
        edits.push(add_output(step, key, ty));
    }
    (!edits.is_empty()).then_some(FlowEdit::Batch { edits })
}

/// Returns the edit that adds an output of the user's to a card, a container or a call of a helper flow.
pub fn add_own_output(step: &Step, name: &str, ty: &Type) -> FlowEdit {
    let key = FieldKey::plain(free_name(step, name));
    let mut edits = vec![add_output(step, key.clone(), ty)];
    for lane in &step.lanes {
        edits.push(FlowEdit::AddInput {
            at: InputRef {
                lane: Some(lane.id.clone()),
                yields: true,
                ..InputRef::of(step.id.clone(), key.clone())
            },
            input: Box::new(Input {
                custom: true,
                ..Input::new(key.clone(), ty.clone())
            }),
            index: lane.yields.len(),
        });
    }
    FlowEdit::Batch { edits }
}

fn add_output(step: &Step, key: FieldKey, ty: &Type) -> FlowEdit {
    FlowEdit::AddOutput {
        step: step.id.clone(),
        output: Box::new(Output {
            custom: true,
            ..Output::new(key, ty.clone())
        }),
        index: step.outputs.len(),
    }
}

/// Returns the edit that removes a field of the user's with all that belongs to it.
pub fn remove_field(step: &Step, key: &FieldKey) -> FlowEdit {
    let mut edits = Vec::new();
    for_each_input(step, &mut |at, input| {
        let is_meant = input.key == *key && (at.lane.is_none() || at.yields);
        if is_meant {
            edits.push(FlowEdit::RemoveInput { input: at.clone() });
        }
    });
    if step.output(key).is_some() {
        edits.push(FlowEdit::RemoveOutput {
            step: step.id.clone(),
            output: key.clone(),
        });
    }
    FlowEdit::Batch { edits }
}

/// Returns the edit that gives an input another type and empties it.
pub fn retype(flow: &Flow, at: &InputRef, ty: &Type) -> Option<FlowEdit> {
    let input = flow.input(at)?;
    let step = flow.step(&at.step)?;
    let mut index = 0;
    let mut here = 0;
    for_each_input(step, &mut |other, _| {
        if other == at {
            index = here;
        }
        if other.lane == at.lane && other.yields == at.yields {
            here += 1;
        }
    });
    Some(FlowEdit::Batch {
        edits: vec![
            FlowEdit::RemoveInput { input: at.clone() },
            FlowEdit::AddInput {
                at: at.clone(),
                input: Box::new(Input {
                    ty: ty.clone(),
                    binding: Binding::Empty,
                    ..input.clone()
                }),
                index,
            },
        ],
    })
}

fn free_name(step: &Step, wanted: &str) -> String {
    let is_taken = |name: &str| {
        let key = FieldKey::plain(name);
        step.output(&key).is_some() || step.all_inputs().any(|input| input.key == key)
    };
    if !is_taken(wanted) {
        return wanted.to_owned();
    }
    (2..)
        .map(|number| format!("{wanted} {number}"))
        .find(|name| !is_taken(name))
        .unwrap_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests;
