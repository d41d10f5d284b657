//! Values that do not fit, are gone, or are out of sight: converted, taken from elsewhere, or taken out.

use super::{Repair, RepairKind, fill};
use crate::arrange::type_of;
use crate::check::{Problem, why_unusable};
use crate::document::{Binding, Flow, Input, InputRef, OutputRef, Part};
use crate::edit::FlowEdit;
use crate::types::{Base, Type, Way, conversion, ways};

/// The ways of a value into a field of another type.
pub(super) fn convert(flow: &Flow, problem: &Problem) -> Option<Vec<Repair>> {
    let at = problem.input.as_ref()?;
    let input = flow.input(at)?;
    let Binding::Output {
        source,
        convert: None,
    } = &input.binding
    else {
        return None;
    };
    let from = type_of(flow, source)?;
    Some(into_field(&from, source, at, input))
}

/// The edits that bring a value into a field in ways that need a person's consent or a conversion.
pub(super) fn into_field(
    from: &Type,
    source: &OutputRef,
    at: &InputRef,
    input: &Input,
) -> Vec<Repair> {
    let bind = |source: OutputRef, convert| FlowEdit::Bind {
        input: at.clone(),
        binding: Binding::Output { source, convert },
    };
    ways(from, &input.ty, &input.key.key)
        .into_iter()
        .filter_map(|way| match way {
            Way::Same => None,
            Way::Convert(convert) => Some(Repair {
                kind: RepairKind::Convert(convert),
                edit: bind(source.clone(), Some(convert)),
            }),
            Way::Inside(path, convert) => {
                let kind = if from.list {
                    RepairKind::FirstItem
                } else {
                    RepairKind::Key(path.join(" › "))
                };
                let mut inside = source.clone();
                inside.path.extend(path);
                Some(Repair {
                    kind,
                    edit: bind(inside, convert),
                })
            }
        })
        .collect()
}

/// The values in a field that cannot be used for this reason.
pub(super) fn unusable(flow: &Flow, problem: &Problem) -> Option<Vec<OutputRef>> {
    let at = problem.input.as_ref()?;
    let input = flow.input(at)?;
    let mut found: Vec<OutputRef> = Vec::new();
    input.binding.each_source(&mut |source| {
        let is_meant = why_unusable(flow, source, at, input) == Some(problem.code);
        if is_meant && !found.contains(source) {
            found.push(source.clone());
        }
    });
    (!found.is_empty()).then_some(found)
}

/// Takes each of the values from another card where one of this name is in sight, or takes them out.
pub(super) fn replace(flow: &Flow, problem: &Problem) -> Option<Vec<Repair>> {
    let at = problem.input.as_ref()?;
    let input = flow.input(at)?;
    let gone = unusable(flow, problem)?;
    let mut found = Vec::new();
    if let Some(edit) = taken(flow, at, input, &gone) {
        found.push(edit);
    }
    let left = match input.ty.base {
        // What is left of a text names no flow.
        Base::Flow => Binding::Empty,
        _ => without(&input.binding, &gone),
    };
    if !(left.is_blank() && input.required) {
        found.push(Repair {
            kind: RepairKind::Unlink,
            edit: FlowEdit::Bind {
                input: at.clone(),
                binding: left,
            },
        });
    }
    Some(found)
}

fn taken(flow: &Flow, at: &InputRef, input: &Input, gone: &[OutputRef]) -> Option<Repair> {
    let mut binding = input.binding.clone();
    let mut first = None;
    for source in gone {
        let other = fill::of_same_name(flow, at, source)?;
        rebind(&mut binding, source, &other, flow, &input.ty)?;
        first = first.or(Some(other));
    }
    Some(Repair {
        kind: RepairKind::Take(first?),
        edit: FlowEdit::Bind {
            input: at.clone(),
            binding,
        },
    })
}

/// Puts another value in the place of one, with the conversion that it needs; nothing where it does not fit.
pub(super) fn rebind(
    binding: &mut Binding,
    old: &OutputRef,
    new: &OutputRef,
    flow: &Flow,
    to: &Type,
) -> Option<()> {
    match binding {
        Binding::Output { source, convert } if source == old => {
            if let Some(from) = type_of(flow, new) {
                *convert = conversion(&from, to)?;
            }
            *source = new.clone();
        }
        Binding::Template { parts } => {
            for part in parts {
                if let Part::Value { binding, .. } = part
                    && let Binding::Output { source, .. } = binding.as_mut()
                    && source == old
                {
                    *source = new.clone();
                }
            }
        }
        _ => {}
    }
    Some(())
}

fn without(binding: &Binding, gone: &[OutputRef]) -> Binding {
    let is_gone = |binding: &Binding| matches!(binding, Binding::Output { source, .. } if gone.contains(source));
    let Binding::Template { parts } = binding else {
        return if is_gone(binding) {
            Binding::Empty
        } else {
            binding.clone()
        };
    };
    let mut left: Vec<Part> = Vec::new();
    for part in parts {
        match (left.last_mut(), part) {
            (_, Part::Value { binding, .. }) if is_gone(binding) => {}
            (Some(Part::Text { text: before }), Part::Text { text }) => before.push_str(text),
            _ => left.push(part.clone()),
        }
    }
    match left.as_slice() {
        [] => Binding::Empty,
        [Part::Text { text }] => Binding::constant(text.clone()),
        _ => Binding::Template { parts: left },
    }
}
