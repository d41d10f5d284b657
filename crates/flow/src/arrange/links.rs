//! Links between cards: who reads what, and what becomes of a field when its source moves.

use crate::document::{Binding, Flow, InputRef, OutputRef, Part};
use crate::id::StepId;
use crate::types::{Fit, Type, fit};
use crate::walk::{addressed, visible_at_end, visible_outputs};

/// Returns the type of a value; nothing where its card or output is gone.
pub fn type_of(flow: &Flow, source: &OutputRef) -> Option<Type> {
    let output = flow.step(&source.step)?.output(&source.field)?;
    Some(output.ty.at(&source.path))
}

/// Tells whether the input `at` can see this output: its card runs before, and offers it there.
pub fn sees(flow: &Flow, at: &InputRef, source: &OutputRef) -> bool {
    let visible = match (&at.lane, at.yields) {
        (Some(lane), true) => visible_at_end(flow, &at.step, lane),
        _ => visible_outputs(flow, &at.step),
    };
    visible.unwrap_or_default().iter().any(|seen| {
        seen.step.id == source.step && seen.outputs().any(|output| output.key == source.field)
    })
}

/// A field that reads outputs of other cards.
pub(super) struct Reader {
    pub(super) at: InputRef,
    pub(super) ty: Type,
    pub(super) binding: Binding,
}

/// Returns the fields of cards outside of `ids` that read and can see an output of one of `ids`, in reading order.
pub(super) fn readers_of(flow: &Flow, ids: &[StepId], inside: &[StepId]) -> Vec<Reader> {
    let mut found = readers(flow, |source| ids.contains(&source.step));
    found.retain(|reader| {
        !inside.contains(&reader.at.step)
            && sources(&reader.binding)
                .iter()
                .any(|source| ids.contains(&source.step) && sees(flow, &reader.at, source))
    });
    found
}

/// Returns every field that reads an output for which `is_meant` holds, in reading order.
pub(super) fn readers(flow: &Flow, is_meant: impl Fn(&OutputRef) -> bool) -> Vec<Reader> {
    let mut found = Vec::new();
    for step in flow.all_steps() {
        for (at, input) in addressed(step) {
            if sources(&input.binding).into_iter().any(&is_meant) {
                found.push(Reader {
                    at,
                    ty: input.ty.clone(),
                    binding: input.binding.clone(),
                });
            }
        }
    }
    found
}

/// Returns the outputs that a binding reads.
pub(super) fn sources(binding: &Binding) -> Vec<&OutputRef> {
    let mut found = Vec::new();
    binding.each_source(&mut |source| found.push(source));
    found
}

/// What becomes of a link.
pub(super) enum Now {
    /// It stays as it is.
    Same,
    /// It reads this output.
    Source(OutputRef),
    /// The value comes from here instead.
    Value(Binding),
    /// There is no value any more.
    Gone,
}

/// Returns a binding with each of its links changed as `now` says. Texts around values stay.
pub(super) fn relinked(binding: &Binding, now: &dyn Fn(&OutputRef) -> Now) -> Binding {
    match binding {
        Binding::Output { source, convert } => match now(source) {
            Now::Same => binding.clone(),
            Now::Source(source) => Binding::Output {
                source,
                convert: *convert,
            },
            Now::Value(value) => value,
            Now::Gone => Binding::Empty,
        },
        Binding::Template { parts } => {
            let mut changed = Vec::with_capacity(parts.len());
            for part in parts {
                push_part(part, now, &mut changed);
            }
            let is_one_for_one = changed.len() == parts.len()
                && changed.iter().zip(parts).all(|pair| match pair {
                    (Part::Text { .. }, Part::Text { .. }) => true,
                    (Part::Value { binding: new, .. }, Part::Value { binding: old, .. }) => {
                        std::mem::discriminant(new.as_ref()) == std::mem::discriminant(old.as_ref())
                    }
                    _ => false,
                });
            if is_one_for_one {
                return Binding::Template { parts: changed };
            }
            of_parts(changed)
        }
        Binding::Empty | Binding::Constant { .. } | Binding::Item { .. } => binding.clone(),
    }
}

fn push_part(part: &Part, now: &dyn Fn(&OutputRef) -> Now, into: &mut Vec<Part>) {
    let Part::Value { name, binding } = part else {
        into.push(part.clone());
        return;
    };
    match relinked(binding, now) {
        Binding::Empty => {}
        Binding::Template { parts } => into.extend(parts),
        value => into.push(Part::Value {
            name: name.clone(),
            binding: Box::new(value),
        }),
    }
}

/// Neighbouring texts become one, and every value has a name of its own.
fn of_parts(parts: Vec<Part>) -> Binding {
    let mut tidy: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        match (tidy.last_mut(), part) {
            (_, Part::Text { text }) if text.is_empty() => {}
            (Some(Part::Text { text: before }), Part::Text { text }) => before.push_str(&text),
            (_, part) => tidy.push(part),
        }
    }
    let mut taken: Vec<(String, Binding)> = Vec::new();
    for part in &mut tidy {
        if let Part::Value { name, binding } = part {
            let clashes = |name: &str| {
                taken
                    .iter()
                    .any(|(known, value)| known == name && value != binding.as_ref())
            };
            if clashes(name) {
                *name = free_name(name, &clashes);
            }
            taken.push((name.clone(), binding.as_ref().clone()));
        }
    }
    match tidy.as_slice() {
        [] => Binding::Empty,
        _ => Binding::Template { parts: tidy },
    }
}

/// Returns `wanted`, with a number behind it where it is taken.
pub(super) fn free_name(wanted: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
    if !is_taken(wanted) {
        return wanted.to_owned();
    }
    (2..10_000)
        .map(|number| format!("{wanted} {number}"))
        .find(|name| !is_taken(name))
        .unwrap_or_else(|| wanted.to_owned())
}

/// Returns the binding of an input of type `to` to another source in the place of `old`, with the conversion that it needs;
/// nothing where the types do not agree. A conversion that somebody chose stays while the type does.
pub(super) fn bound_to(
    flow: &Flow,
    source: OutputRef,
    old: (Option<&Type>, &Binding),
    to: &Type,
) -> Option<Binding> {
    let ty = type_of(flow, &source)?;
    if let (Some(before), Binding::Output { convert, .. }) = old
        && same(before, &ty)
    {
        return Some(Binding::Output {
            source,
            convert: *convert,
        });
    }
    let convert = match fit(&ty, to) {
        Fit::Same => None,
        Fit::Convert(convert) => Some(convert),
        Fit::Refused => return None,
    };
    Some(Binding::Output { source, convert })
}

/// Tells whether two types are one, apart from the keys that are known of objects.
pub(super) fn same(one: &Type, other: &Type) -> bool {
    one.base == other.base && one.list == other.list
}

/// Returns the outputs of `ids` that are read by `readers`, each once, in the order of cards and outputs, and only those
/// that exist.
pub(super) fn outputs_read(
    flow: &Flow,
    ids: &[StepId],
    readers: &[Reader],
) -> Vec<(OutputRef, crate::document::Output)> {
    let mut found = Vec::new();
    for step in ids.iter().filter_map(|id| flow.step(id)) {
        for output in &step.outputs {
            let whole = OutputRef {
                step: step.id.clone(),
                field: output.key.clone(),
                path: Vec::new(),
            };
            let is_read = readers.iter().any(|reader| {
                sources(&reader.binding).iter().any(|source| {
                    source.step == whole.step
                        && source.field == whole.field
                        && sees(flow, &reader.at, source)
                })
            });
            if is_read {
                found.push((whole, output.clone()));
            }
        }
    }
    found
}

/// Returns what an output is called where it gets a name of its own.
pub(super) fn name_of(output: &crate::document::Output) -> String {
    let label = output.label.trim();
    let name = if label.is_empty() {
        output.key.key.trim()
    } else {
        label
    };
    if name.is_empty() {
        "value".to_owned()
    } else {
        name.to_owned()
    }
}
