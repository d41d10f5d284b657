//! Flows in few words, and the cards they are made of.

use cards::{Repeat, Run, Seed};
use engine::Plan;
use flow::{
    Args, Base, Binding, CardError, CardKey, Convert, FieldKey, Flow, FlowId, Input, Lane, LaneId,
    OnError, Output, OutputRef, Outputs, Part, Retry, Step, StepId, Then, Type, Value,
};
use serde_json::{Value as Json, json};

/// Returns a flow of a starting card `start` with these outputs of any type, and these cards.
pub(crate) fn flow(outputs: &[&str], steps: impl IntoIterator<Item = Make>) -> Flow {
    let mut flow = Flow::new(FlowId::from("flow"), "The flow");
    flow.steps.push(start(outputs).0);
    flow.steps.extend(steps.into_iter().map(|made| made.0));
    flow
}

pub(crate) fn start(outputs: &[&str]) -> Make {
    outputs
        .iter()
        .fold(step("start", "control:callable"), |made, key| made.out(key))
}

pub(crate) fn plan(flow: &Flow) -> Plan {
    Plan::compile_with(flow, &run_of)
}

/// One card under construction.
pub(crate) struct Make(pub(crate) Step);

pub(crate) fn step(id: &str, card: &str) -> Make {
    Make(Step {
        id: StepId::from(id),
        card: CardKey::parse(card).unwrap(),
        title: None,
        note: None,
        connection: None,
        inputs: Vec::new(),
        outputs: Vec::new(),
        lanes: Vec::new(),
        on_error: OnError::default(),
        collapsed: false,
    })
}

/// Reads `group.key` or `key`.
pub(crate) fn key(text: &str) -> FieldKey {
    match text.split_once('.') {
        Some((group, key)) => FieldKey::in_group(group, key),
        None => FieldKey::plain(text),
    }
}

impl Make {
    pub(crate) fn typed(mut self, name: &str, ty: Type, binding: Binding) -> Self {
        let mut input = Input::new(key(name), ty);
        input.binding = binding;
        self.0.inputs.push(input);
        self
    }

    pub(crate) fn give(self, name: &str, binding: Binding) -> Self {
        self.typed(name, Type::one(Base::Any), binding)
    }

    pub(crate) fn custom(mut self, name: &str, binding: Binding) -> Self {
        self = self.give(name, binding);
        self.0.inputs.last_mut().unwrap().custom = true;
        self
    }

    /// Says that somebody made the last input.
    pub(crate) fn custom_last(mut self) -> Self {
        self.0.inputs.last_mut().unwrap().custom = true;
        self
    }

    pub(crate) fn arg(mut self, name: &str, binding: Binding) -> Self {
        self = self.give(name, binding);
        self.0.inputs.last_mut().unwrap().arg = true;
        self
    }

    pub(crate) fn helper(self, id: &str) -> Self {
        self.typed("flo", Type::one(Base::Flow), is(id))
    }

    pub(crate) fn out(self, name: &str) -> Self {
        self.out_typed(name, Type::one(Base::Any))
    }

    pub(crate) fn out_typed(mut self, name: &str, ty: Type) -> Self {
        self.0.outputs.push(Output::new(key(name), ty));
        self
    }

    pub(crate) fn condition(self, left: Binding, operator: &str, right: impl Into<Json>) -> Self {
        self.give("left-operand", left)
            .give("operator", is(operator))
            .give("right-operand", is(right))
    }

    pub(crate) fn lane(self, id: &str, steps: impl IntoIterator<Item = Make>) -> Self {
        self.lane_giving(id, steps, &[])
    }

    pub(crate) fn lane_giving(
        mut self,
        id: &str,
        steps: impl IntoIterator<Item = Make>,
        yields: &[(&str, Binding)],
    ) -> Self {
        self.0.lanes.push(Lane {
            id: LaneId::new(id),
            inputs: Vec::new(),
            steps: steps.into_iter().map(|made| made.0).collect(),
            yields: yields.iter().map(input).collect(),
        });
        self
    }

    /// Sets the condition of the lane that was added last.
    pub(crate) fn when(mut self, left: Binding, operator: &str, right: impl Into<Json>) -> Self {
        let condition = step("", "a:b").condition(left, operator, right);
        self.0.lanes.last_mut().unwrap().inputs = condition.0.inputs;
        self
    }

    pub(crate) fn retry(mut self, times: u32, delays_ms: &[u64], only_rate_limits: bool) -> Self {
        self.0.on_error.retry = Some(Retry {
            times,
            delays_ms: delays_ms.to_vec(),
            only_rate_limits,
        });
        self
    }

    pub(crate) fn then(mut self, then: Then) -> Self {
        self.0.on_error.then = then;
        self
    }
}

fn input((name, binding): &(&str, Binding)) -> Input {
    let mut input = Input::new(key(name), Type::one(Base::Any));
    input.binding = binding.clone();
    input
}

pub(crate) fn is(value: impl Into<Json>) -> Binding {
    Binding::constant(value)
}

/// Reads `step.field` or `step.group.field`.
pub(crate) fn from(text: &str) -> Binding {
    Binding::output(source(text, &[]))
}

pub(crate) fn from_path(text: &str, path: &[&str]) -> Binding {
    Binding::output(source(text, path))
}

pub(crate) fn converted(text: &str, convert: Convert) -> Binding {
    Binding::Output {
        source: source(text, &[]),
        convert: Some(convert),
    }
}

fn source(text: &str, path: &[&str]) -> OutputRef {
    let (step, field) = text.split_once('.').unwrap();
    OutputRef {
        step: StepId::from(step),
        field: key(field),
        path: path.iter().map(|part| (*part).to_owned()).collect(),
    }
}

/// A template: texts, and `{step.field}` for a value.
pub(crate) fn template(text: &str) -> Binding {
    let mut parts = Vec::new();
    for (index, part) in text.split(['{', '}']).enumerate() {
        parts.push(if index % 2 == 0 {
            Part::Text {
                text: part.to_owned(),
            }
        } else {
            Part::Value {
                name: part.to_owned(),
                binding: Box::new(from(part)),
            }
        });
    }
    Binding::Template { parts }
}

pub(crate) fn item(path: Option<&str>) -> Binding {
    Binding::Item {
        path: path.map(str::to_owned),
    }
}

/// A card that makes its text upper case; the shortest card that shows that it ran.
pub(crate) fn upper(id: &str, text: Binding) -> Make {
    step(id, "test:upper").give("text", text).out("result")
}

/// A Return of one value.
pub(crate) fn give_back(id: &str, name: &str, value: Binding) -> Make {
    step(id, "control:return").custom(name, value)
}

pub(crate) fn value(json: &Json) -> Value {
    Value::from_json(json).unwrap()
}

fn run_of(card: &CardKey) -> Option<Run> {
    Some(match card.as_str() {
        "test:upper" => Run::Pure(make_upper),
        "test:fail" => Run::Pure(fail),
        "test:clock" => Run::Seeded(clock),
        "test:get" | "test:list" => Run::Call {
            repeatable: Repeat::Safe,
        },
        "test:create" => Run::Call {
            repeatable: Repeat::Never,
        },
        "control:let" => Run::Pure(assign),
        _ => return None,
    })
}

fn make_upper(args: &Args) -> Result<Outputs, CardError> {
    let text = args.get("", "text").to_text().to_uppercase();
    Ok(vec![
        (key("result"), text.into()),
        (key("unwanted"), Value::Null),
    ])
}

fn fail(args: &Args) -> Result<Outputs, CardError> {
    let message = args.get("", "message").to_text();
    Err(CardError {
        status: Some(418),
        detail: value(&json!({"errorSummary": "teapot"})),
        ..CardError::new("test.failed", message)
    })
}

fn clock(_: &Args, seed: &Seed) -> Result<Outputs, CardError> {
    let random = i64::try_from(seed.random).unwrap();
    Ok(vec![
        (key("now"), seed.now.into()),
        (key("random"), random.into()),
    ])
}

fn assign(args: &Args) -> Result<Outputs, CardError> {
    let pairs = args.inputs.iter();
    Ok(pairs
        .map(|arg| (arg.key.clone(), arg.value.clone()))
        .collect())
}
