//! One card for itself: a flow of its starting card and this one, with values in the place of what other cards would give.
//! So a card can be tried while nothing else runs.

use serde_json::Value as Json;

use crate::document::{Binding, FieldKey, Flow, Input, OnError, OutputRef, Part, Step};
use crate::id::StepId;
use crate::types::{Type, coerce};
use crate::value::Value;

/// The inputs of a card that somebody gives, beside those of its document.
pub type Given = Vec<(FieldKey, Json)>;

/// Returns a flow that runs nothing but this card and what it holds. `given` goes into the card's own inputs, `value` into
/// whatever else reads an output of another card; what it does not know is null. A failure is final: no retries, no error
/// flow.
///
/// Nothing where the card is not in the flow, is a note, or starts it.
pub fn alone(
    flow: &Flow,
    id: &StepId,
    given: &Given,
    value: &dyn Fn(&OutputRef) -> Option<Json>,
) -> Option<Flow> {
    let first = flow.steps.first()?;
    let mut step = flow.step(id).filter(|step| !step.is_note())?.clone();
    if first.id == *id {
        return None;
    }
    let mut inside = Vec::new();
    ids(&step, &mut inside);
    for (key, json) in given {
        if let Some(input) = step.inputs.iter_mut().find(|input| input.key == *key) {
            input.binding = Binding::constant(json.clone());
        }
    }
    let known = |source: &OutputRef| match inside.contains(&source.step) {
        true => None,
        false => Some(value(source).unwrap_or(Json::Null)),
    };
    settle(&mut step, &known);
    let mut first = first.clone();
    first.lanes.clear();
    Some(Flow {
        steps: vec![first, step],
        pins: Vec::new(),
        on_error: OnError::default(),
        ..flow.clone()
    })
}

fn ids(step: &Step, found: &mut Vec<StepId>) {
    found.push(step.id.clone());
    for inner in step.lanes.iter().flat_map(|lane| &lane.steps) {
        ids(inner, found);
    }
}

fn settle(step: &mut Step, known: &dyn Fn(&OutputRef) -> Option<Json>) {
    step.on_error = OnError::default();
    for input in &mut step.inputs {
        settle_input(input, known);
    }
    for lane in &mut step.lanes {
        for input in lane.inputs.iter_mut().chain(&mut lane.yields) {
            settle_input(input, known);
        }
        for inner in &mut lane.steps {
            settle(inner, known);
        }
    }
}

fn settle_input(input: &mut Input, known: &dyn Fn(&OutputRef) -> Option<Json>) {
    settle_binding(&mut input.binding, Some(&input.ty), known);
}

fn settle_binding(
    binding: &mut Binding,
    ty: Option<&Type>,
    known: &dyn Fn(&OutputRef) -> Option<Json>,
) {
    match binding {
        Binding::Output { source, convert } => {
            if let Some(json) = known(source) {
                let converted = convert.and_then(|convert| {
                    let value = Value::from_json(&json).ok()?;
                    let any = Type::one(crate::types::Base::Any);
                    Some(
                        coerce(&value, Some(convert), ty.unwrap_or(&any))
                            .ok()?
                            .to_json(),
                    )
                });
                *binding = Binding::constant(converted.unwrap_or(json));
            }
        }
        Binding::Template { parts } => {
            for part in parts {
                if let Part::Value { binding, .. } = part {
                    settle_binding(binding, None, known);
                }
            }
        }
        Binding::Empty | Binding::Constant { .. } | Binding::Item { .. } => {}
    }
}

/// Returns what stands at a path inside a value; nothing where it leads nowhere.
pub fn json_at<'j>(value: &'j Json, path: &[String]) -> Option<&'j Json> {
    path.iter().try_fold(value, |here, key| match here {
        Json::Array(items) => items.get(key.parse::<usize>().ok()?),
        other => other.get(key),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::card::CardKey;
    use crate::document::{Lane, LaneId, Then};
    use crate::id::FlowId;
    use crate::types::Base;

    fn step(id: &str) -> Step {
        Step {
            id: StepId::from(id),
            card: CardKey::new("string", "concat"),
            title: None,
            note: None,
            connection: None,
            inputs: Vec::new(),
            outputs: Vec::new(),
            lanes: Vec::new(),
            on_error: OnError::default(),
            collapsed: false,
        }
    }

    fn input(key: &str, binding: Binding) -> Input {
        Input {
            key: FieldKey::plain(key),
            label: key.to_owned(),
            ty: Type::one(Base::Text),
            required: false,
            option: false,
            custom: false,
            hidden: false,
            arg: false,
            choices: Vec::new(),
            binding,
        }
    }

    fn from(id: &str, field: &str) -> Binding {
        Binding::output(OutputRef {
            step: StepId::from(id),
            field: FieldKey::plain(field),
            path: Vec::new(),
        })
    }

    #[test]
    fn outer_values_are_put_in_and_inner_ones_stay_mapped() {
        let mut flow = Flow::new(FlowId::from("f"), "Flow");
        let mut inner = step("inner");
        inner.inputs = vec![
            input("a", from("first", "id")),
            input("b", from("sibling", "x")),
        ];
        let mut outer = step("outer");
        outer.inputs = vec![
            input("c", from("first", "id")),
            input("given", from("gone", "y")),
        ];
        outer.on_error.then = Then::RunFlow {
            flow: FlowId::from("alarm"),
        };
        outer.lanes = vec![Lane {
            id: LaneId::new("true"),
            inputs: Vec::new(),
            steps: vec![step("sibling"), inner],
            yields: Vec::new(),
        }];
        flow.steps = vec![step("first"), step("before"), outer];
        let value = |source: &OutputRef| (source.step.as_str() == "first").then(|| json!("00u1"));
        let given = vec![(FieldKey::plain("given"), json!("typed"))];
        let made = alone(&flow, &StepId::from("outer"), &given, &value).unwrap();
        let ids: Vec<_> = made.steps.iter().map(|step| step.id.as_str()).collect();
        assert_eq!(ids, ["first", "outer"]);
        let outer = &made.steps[1];
        assert!(outer.on_error.is_default());
        assert_eq!(outer.inputs[0].binding, Binding::constant("00u1"));
        assert_eq!(outer.inputs[1].binding, Binding::constant("typed"));
        let inner = &outer.lanes[0].steps[1];
        assert_eq!(inner.inputs[0].binding, Binding::constant("00u1"));
        assert_eq!(inner.inputs[1].binding, from("sibling", "x"));
    }

    #[test]
    fn the_first_card_has_no_run_of_its_own() {
        let mut flow = Flow::new(FlowId::from("f"), "Flow");
        flow.steps = vec![step("first")];
        assert_eq!(
            alone(&flow, &StepId::from("first"), &Vec::new(), &|_| None),
            None
        );
    }
}
