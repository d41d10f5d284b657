//! Replacing text in what people typed: titles, notes, values of text fields.

use super::spots::refers_to;
use super::{Mark, SpotAt, SpotKind};
use crate::document::{Binding, Flow, InputRef, Note, Part};
use crate::edit::FlowEdit;
use crate::id::StepId;
use crate::types::Base;

/// Tells whether the text at a place is somebody's own writing that may be replaced: no name of a card or of a field, no
/// choice of an option, nothing that refers to something.
pub fn is_replaceable(flow: &Flow, kind: SpotKind, at: &SpotAt) -> bool {
    match (kind, at) {
        (SpotKind::FlowName | SpotKind::Title | SpotKind::Note | SpotKind::Description, _) => true,
        (SpotKind::Value, SpotAt::Input(at, part)) => flow.input(at).is_some_and(|input| {
            let is_text = match &input.binding {
                Binding::Constant { value } => value.is_string(),
                Binding::Template { .. } => part.is_some(),
                _ => false,
            };
            is_text
                && !input.option
                && input.choices.is_empty()
                && refers_to(input).is_none()
                && matches!(input.ty.base, Base::Text | Base::Any)
        }),
        _ => false,
    }
}

/// Returns the edit that puts `with` in the place of every mark of the text at a place; nothing where the place may not
/// be changed or is not in the flow (any more), and where nothing would change.
pub fn replace(
    flow: &Flow,
    step: Option<&StepId>,
    (kind, at): (SpotKind, &SpotAt),
    marks: &[Mark],
    with: &str,
) -> Option<FlowEdit> {
    if marks.is_empty() || !is_replaceable(flow, kind, at) {
        return None;
    }
    let new = |old: &str| {
        let text = replaced(old, marks, with);
        (text != old).then_some(text)
    };
    match (at, step) {
        (SpotAt::Flow, _) if kind == SpotKind::FlowName => {
            let name = new(&flow.name)?;
            (!name.trim().is_empty()).then_some(FlowEdit::Rename { name })
        }
        (SpotAt::Flow, _) => {
            let description = new(&flow.description)?;
            Some(FlowEdit::Describe { description })
        }
        (SpotAt::Card, Some(step)) => {
            let title = new(flow.step(step)?.title.as_deref()?)?;
            let title = Some(title).filter(|title| !title.trim().is_empty());
            let step = step.clone();
            Some(FlowEdit::Retitle { step, title })
        }
        (SpotAt::NoteTitle | SpotAt::NoteText, Some(step)) => {
            let old = flow.step(step)?.note.as_ref()?;
            let note = if *at == SpotAt::NoteTitle {
                Note {
                    title: new(&old.title)?,
                    ..old.clone()
                }
            } else {
                Note {
                    text: new(&old.text)?,
                    ..old.clone()
                }
            };
            Some(FlowEdit::Annotate {
                step: step.clone(),
                note: Some(note),
            })
        }
        (SpotAt::Input(at, part), _) => in_value(flow, at, *part, &new),
        _ => None,
    }
}

fn in_value(
    flow: &Flow,
    at: &InputRef,
    part: Option<usize>,
    new: &dyn Fn(&str) -> Option<String>,
) -> Option<FlowEdit> {
    let binding = match (&flow.input(at)?.binding, part) {
        (Binding::Constant { value }, None) => Binding::constant(new(value.as_str()?)?),
        (Binding::Template { parts }, Some(index)) => {
            let mut parts = parts.clone();
            match parts.get_mut(index)? {
                Part::Text { text } => *text = new(text)?,
                Part::Value { .. } => return None,
            }
            parts.retain(|part| !matches!(part, Part::Text { text } if text.is_empty()));
            Binding::Template { parts }
        }
        _ => return None,
    };
    Some(FlowEdit::Bind {
        input: at.clone(),
        binding,
    })
}

fn replaced(text: &str, marks: &[Mark], with: &str) -> String {
    let mut new = String::with_capacity(text.len());
    for (part, is_marked) in Mark::parts(text, marks) {
        new.push_str(if is_marked { with } else { part });
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{FieldKey, Input};
    use crate::edit::apply;
    use crate::id::FlowId;
    use crate::search::Phrase;
    use crate::types::Type;

    fn flow(binding: Binding) -> (Flow, SpotAt) {
        let mut step: crate::document::Step =
            serde_json::from_value(serde_json::json!({"id": "a", "card": "string:compose"}))
                .unwrap();
        let key = FieldKey::plain("text");
        step.inputs = vec![Input {
            binding,
            ..Input::new(key.clone(), Type::one(Base::Text))
        }];
        let mut flow = Flow::new(FlowId::from("f"), "Old name, old friend");
        flow.steps = vec![step];
        let at = InputRef::of("a".into(), key);
        (flow, SpotAt::Input(at, None))
    }

    #[test]
    fn every_mark_is_replaced_and_undone_in_one() {
        let (mut flow, at) = flow(Binding::constant("old gold, Old"));
        let before = flow.clone();
        let marks = Phrase::new("old").marks("old gold, Old");
        let edit = replace(&flow, None, (SpotKind::Value, &at), &marks, "new").unwrap();
        let back = apply(&mut flow, edit).unwrap();
        let binding = &flow.steps[0].inputs[0].binding;
        assert_eq!(*binding, Binding::constant("new gnew, new"));
        apply(&mut flow, back).unwrap();
        assert_eq!(flow, before);
    }

    #[test]
    fn choices_numbers_and_names_are_left_alone() {
        let marks = [Mark { from: 0, to: 1 }];
        let (number, at) = flow(Binding::constant(42));
        assert_eq!(
            replace(&number, None, (SpotKind::Value, &at), &marks, "x"),
            None
        );
        let (mut option, at) = flow(Binding::constant("Yes"));
        option.steps[0].inputs[0].option = true;
        assert_eq!(
            replace(&option, None, (SpotKind::Value, &at), &marks, "x"),
            None
        );
        let a = StepId::from("a");
        let card = (SpotKind::Card, &SpotAt::Card);
        assert_eq!(replace(&option, Some(&a), card, &marks, "x"), None);
        let whole = [Mark { from: 0, to: 99 }];
        let name = (SpotKind::FlowName, &SpotAt::Flow);
        assert_eq!(
            replace(&option, None, name, &whole, "x"),
            None,
            "marks of another text"
        );
    }
}
