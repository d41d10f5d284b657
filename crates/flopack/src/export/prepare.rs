//! What the document can say and a pack cannot is said with more cards: a text with values in it on any card becomes a
//! Compose card before it; what the bodies of an If/Else give without a card of their own becomes an Assign card.

use flow::{
    Base, Binding, CardKey, FieldKey, Flow, Input, OnError, Output, OutputRef, Part, Step, StepId,
    Type,
};

/// Returns the flow with those cards added.
pub(super) fn prepare(flow: &Flow) -> Flow {
    let mut flow = flow.clone();
    let mut count = 0;
    if let Some(first) = flow.steps.first_mut() {
        for input in &mut first.inputs {
            flatten_text(input);
        }
    }
    row(&mut flow.steps, &mut count);
    flow
}

/// Before the first card nothing has a value: only the literal text remains.
fn flatten_text(input: &mut Input) {
    if let Binding::Template { parts } = &input.binding {
        let text: String = parts
            .iter()
            .filter_map(|part| match part {
                Part::Text { text } => Some(text.as_str()),
                Part::Value { .. } => None,
            })
            .collect();
        input.binding = Binding::constant(text);
    }
}

fn row(steps: &mut Vec<Step>, count: &mut usize) {
    let mut done = Vec::with_capacity(steps.len());
    for mut step in std::mem::take(steps) {
        let own_text = has_own_text(&step.card);
        let conditions = step.lanes.iter_mut().flat_map(|lane| &mut lane.inputs);
        for input in step.inputs.iter_mut().chain(conditions) {
            if !(own_text && input.key.key == "_text_") {
                done.extend(compose(input, count));
            }
        }
        let is_fork = step.card.is("control", "if");
        let mut inner: Vec<StepId> = Vec::new();
        for lane in &mut step.lanes {
            row(&mut lane.steps, count);
            for input in &mut lane.yields {
                lane.steps.extend(compose(input, count));
            }
        }
        if is_fork {
            assign(&mut step, &mut inner, count);
        }
        done.push(step);
    }
    *steps = done;
}

/// Cards whose text holds values by itself.
pub(super) fn has_own_text(card: &CardKey) -> bool {
    card.is("string", "compose") || card.is("math", "expression")
}

fn compose(input: &mut Input, count: &mut usize) -> Option<Step> {
    if !matches!(input.binding, Binding::Template { .. }) {
        return None;
    }
    let mut step = made(CardKey::new("string", "compose"), count);
    let text = Input {
        required: true,
        binding: std::mem::take(&mut input.binding),
        ..Input::new(FieldKey::plain("_text_"), Type::one(Base::Text))
    };
    step.inputs.push(text);
    let output = FieldKey::plain("output");
    step.outputs
        .push(Output::new(output.clone(), Type::one(Base::Text)));
    let from = Type::one(Base::Text);
    let convert = match flow::fit(&from, &input.ty) {
        flow::Fit::Convert(convert) => Some(convert),
        flow::Fit::Same | flow::Fit::Refused => None,
    };
    input.binding = Binding::Output {
        source: OutputRef {
            step: step.id.clone(),
            field: output,
            path: Vec::new(),
        },
        convert,
    };
    Some(step)
}

/// The links into a join start inside the bodies, and its static value counts for both.
fn assign(step: &mut Step, inner: &mut Vec<StepId>, count: &mut usize) {
    let keys: Vec<FieldKey> = step
        .outputs
        .iter()
        .map(|output| output.key.clone())
        .collect();
    for key in keys {
        let typed: Vec<Binding> = step
            .lanes
            .iter()
            .filter_map(|lane| lane.yields.iter().find(|input| input.key == key))
            .map(|input| input.binding.clone())
            .filter(|binding| !matches!(binding, Binding::Output { .. }))
            .collect();
        let differ = typed.iter().any(|binding| *binding != typed[0]);
        for lane in &mut step.lanes {
            inner.clear();
            for inside in &lane.steps {
                all_ids(inside, inner);
            }
            let Some(input) = lane.yields.iter_mut().find(|input| input.key == key) else {
                continue;
            };
            let from_outside = matches!(&input.binding, Binding::Output { source, .. } if !inner.contains(&source.step));
            let own_value = differ && matches!(input.binding, Binding::Constant { .. });
            if from_outside || own_value {
                let mut made = made(CardKey::new("control", "let"), count);
                let field = FieldKey::plain(key.key.clone());
                made.inputs.push(Input {
                    custom: true,
                    binding: std::mem::take(&mut input.binding),
                    ..Input::new(field.clone(), input.ty.clone())
                });
                made.outputs.push(Output {
                    custom: true,
                    ..Output::new(field.clone(), input.ty.clone())
                });
                input.binding = Binding::output(OutputRef {
                    step: made.id.clone(),
                    field,
                    path: Vec::new(),
                });
                lane.steps.push(made);
            }
        }
    }
}

fn all_ids(step: &Step, ids: &mut Vec<StepId>) {
    ids.push(step.id.clone());
    for inner in step.lanes.iter().flat_map(|lane| &lane.steps) {
        all_ids(inner, ids);
    }
}

fn made(card: CardKey, count: &mut usize) -> Step {
    *count += 1;
    Step {
        id: StepId::new(format!("made for the pack {count}")),
        card,
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
