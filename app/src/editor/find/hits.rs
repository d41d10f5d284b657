//! The places of a flow with a text, and replacing it in them.

use std::collections::HashMap;

use flow::search::{Known, Mark, Phrase, SpotAt, SpotKind, replace, spots};
use flow::{Catalogue, Flow, FlowEdit, LaneId, Step, StepId, apply};

/// A place with the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The card; nothing for what belongs to the flow.
    pub step: Option<StepId>,
    /// What it is.
    pub kind: SpotKind,
    /// Where in the card.
    pub at: SpotAt,
    /// What the field is called; empty where it is no field.
    pub field: String,
    /// Its text.
    pub text: String,
    /// What of it matches.
    pub marks: Vec<Mark>,
}

/// Returns the places with the text, in reading order.
pub(super) fn of(
    flow: &Flow,
    catalogue: &Catalogue,
    names: &HashMap<String, String>,
    phrase: &Phrase,
) -> Vec<Hit> {
    spots(flow, Known { catalogue, names })
        .into_iter()
        .filter_map(|spot| {
            let marks = phrase.marks(&spot.text);
            let also = spot.also.as_deref().unwrap_or_default();
            (!marks.is_empty() || !phrase.marks(also).is_empty()).then(|| Hit {
                step: spot.step.cloned(),
                kind: spot.kind,
                at: spot.at,
                field: spot.field.into_owned(),
                text: spot.text.into_owned(),
                marks,
            })
        })
        .collect()
}

/// Returns the edits that replace the text in these places. Each is made for the flow as the ones before it leave it, and
/// later places come first, because a part of a template may go away.
pub(super) fn replacements(flow: &Flow, places: &[Hit], with: &str) -> Vec<FlowEdit> {
    let mut left = flow.clone();
    let mut edits = Vec::new();
    for hit in places.iter().rev() {
        let spot = (hit.kind, &hit.at);
        let Some(edit) = replace(&left, hit.step.as_ref(), spot, &hit.marks, with) else {
            continue;
        };
        if apply(&mut left, edit.clone()).is_ok() {
            edits.push(edit);
        }
    }
    edits
}

/// Returns the lanes around a card, the outermost first.
pub(super) fn lanes_around(flow: &Flow, id: &StepId) -> Vec<(StepId, LaneId)> {
    let mut around = Vec::new();
    search(&flow.steps, id, &mut around);
    around
}

fn search(row: &[Step], id: &StepId, around: &mut Vec<(StepId, LaneId)>) -> bool {
    row.iter().any(|step| {
        step.id == *id
            || step.lanes.iter().any(|lane| {
                around.push((step.id.clone(), lane.id.clone()));
                let is_inside = search(&lane.steps, id, around);
                if !is_inside {
                    around.pop();
                }
                is_inside
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::{branched, catalogue};
    use flow::{Binding, FieldKey, InputRef, Part};

    fn found(flow: &Flow, typed: &str) -> Vec<Hit> {
        of(flow, &catalogue(), &HashMap::new(), &Phrase::new(typed))
    }

    fn bind(flow: &mut Flow, step: &str, binding: Binding) {
        let at = InputRef::of(step.into(), FieldKey::plain("text"));
        flow.input_mut(&at).unwrap().binding = binding;
    }

    #[test]
    fn all_places_are_replaced_also_several_of_one_template() {
        let mut flow = branched();
        let text = |text: &str| Part::Text { text: text.into() };
        let value = Part::Value {
            name: "v".into(),
            binding: Box::new(Binding::output(crate::canvas::example::output(
                "event", "ID",
            ))),
        };
        let parts = vec![text("Acme"), value.clone(), text(" of acme")];
        bind(&mut flow, "compose", Binding::Template { parts });
        bind(&mut flow, "end", Binding::constant("ACME acme"));
        let hits = found(&flow, "acme");
        assert_eq!(hits.len(), 3);
        let edits = replacements(&flow, &hits, "");
        let before = flow.clone();
        let back = apply(&mut flow, FlowEdit::Batch { edits }).unwrap();
        let of = |flow: &Flow, step: &str| {
            let at = InputRef::of(step.into(), FieldKey::plain("text"));
            flow.input(&at).unwrap().binding.clone()
        };
        let parts = vec![value, text(" of ")];
        assert_eq!(of(&flow, "compose"), Binding::Template { parts });
        assert_eq!(of(&flow, "end"), Binding::constant(" "));
        apply(&mut flow, back).unwrap();
        assert_eq!(flow, before);
    }

    #[test]
    fn names_of_cards_are_found_and_not_replaced() {
        let flow = branched();
        let hits = found(&flow, "suspend user");
        let ids: Vec<_> = hits.iter().filter_map(|hit| hit.step.as_ref()).collect();
        assert_eq!(ids, [&StepId::from("suspend")]);
        assert!(replacements(&flow, &hits, "x").is_empty());
        let around = lanes_around(&flow, &"suspend".into());
        assert_eq!(around, [("if".into(), LaneId::new("true"))]);
    }
}
