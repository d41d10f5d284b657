//! Comparisons that will surprise: values of two types are compared as texts, or never agree. Comparing converts nothing
//! into numbers (Okta's rule), so the author is told, and offered the converter where there is one.

use serde_json::Value as Json;

use super::{Problem, ProblemCode};
use crate::document::{Binding, FieldKey, Flow, Input, InputRef, Lane, OutputRef, Step};
use crate::edit::FlowEdit;
use crate::id::StepId;
use crate::types::{Base, Convert, Fit, Type, coerce, fit};
use crate::value::Value;

const LEFT: &str = "left-operand";
const RIGHT: &str = "right-operand";

/// Finds a card by its id.
type Find<'a> = dyn Fn(&StepId) -> Option<&'a Step> + 'a;

/// Adds what is surprising about the comparisons of a card.
pub(super) fn check<'a>(find: &Find<'a>, step: &'a Step, found: &mut Vec<Problem>) {
    let own = (None, step.inputs.as_slice());
    let lanes = step
        .lanes
        .iter()
        .map(|lane| (Some(lane), lane.inputs.as_slice()));
    for (lane, inputs) in std::iter::once(own).chain(lanes) {
        let Some(pair) = Pair::read(find, inputs) else {
            continue;
        };
        if let Some((code, side)) = pair.surprise() {
            found.push(Problem::warning(code, step).at(address(step, lane, side)));
        }
    }
}

/// Returns the edit that makes both sides of the comparison around `at` the same type, where a converter does that.
pub(crate) fn repair_comparison(flow: &Flow, at: &InputRef) -> Option<FlowEdit> {
    let step = flow.step(&at.step)?;
    let lane = match &at.lane {
        Some(id) => Some(step.lanes.iter().find(|lane| lane.id == *id)?),
        None => None,
    };
    let inputs = lane.map_or(step.inputs.as_slice(), |lane| lane.inputs.as_slice());
    let pair = Pair::read(&|id| flow.step(id), inputs)?;
    let (code, _) = pair.surprise()?;
    let to = match code {
        ProblemCode::ComparesTextNumber | ProblemCode::ComparesNumbersAsText => Base::Number,
        ProblemCode::ComparesTextDate => Base::Date,
        ProblemCode::ComparesTextTruth => Base::Text,
        _ => return None,
    };
    let mut edits = Vec::new();
    for (side, operand) in [(LEFT, &pair.left), (RIGHT, &pair.right)] {
        if operand.ty.base == to {
            continue;
        }
        let changed = converted(flow, operand.input, to)?;
        let at = address(step, lane, side);
        let index = inputs.iter().position(|input| input.key.key == side)?;
        edits.push(FlowEdit::RemoveInput { input: at.clone() });
        edits.push(FlowEdit::AddInput {
            at,
            input: Box::new(changed),
            index,
        });
    }
    (!edits.is_empty()).then_some(FlowEdit::Batch { edits })
}

fn address(step: &Step, lane: Option<&Lane>, side: &str) -> InputRef {
    InputRef {
        lane: lane.map(|lane| lane.id.clone()),
        ..InputRef::of(step.id.clone(), FieldKey::plain(side))
    }
}

/// Both sides of a comparison whose types are known.
struct Pair<'a> {
    operator: &'a str,
    left: Operand<'a>,
    right: Operand<'a>,
}

struct Operand<'a> {
    input: &'a Input,
    /// What the comparison sees.
    ty: Type,
    /// It is a number, or a text that says one.
    is_numeric: bool,
}

impl<'a> Pair<'a> {
    fn read(find: &Find<'a>, inputs: &'a [Input]) -> Option<Self> {
        let named = |key: &str| {
            inputs
                .iter()
                .find(|input| input.key.key == key && !input.arg)
        };
        Some(Self {
            operator: named("operator")?.constant()?.as_str()?,
            left: Operand::read(find, named(LEFT)?)?,
            right: Operand::read(find, named(RIGHT)?)?,
        })
    }

    /// Returns what surprises, and the side that a converter would change.
    fn surprise(&self) -> Option<(ProblemCode, &'static str)> {
        let is_order = matches!(self.operator, ">" | ">=" | "<" | "<=");
        let is_equality = matches!(self.operator, "==" | "!=" | "===" | "!==");
        if !is_order && !is_equality || self.left.ty.list || self.right.ty.list {
            return None;
        }
        let (left, right) = (self.left.ty.base, self.right.ty.base);
        let text_side = if left == Base::Text { LEFT } else { RIGHT };
        let single = |base| matches!(base, Base::Text | Base::Number | Base::Date | Base::Boolean);
        if !single(left) || !single(right) {
            return None;
        }
        let other = if left == Base::Text { right } else { left };
        match (left == right, left == Base::Text || right == Base::Text) {
            (true, true) if is_order => {
                let both = self.left.is_numeric || self.right.is_numeric;
                both.then_some((ProblemCode::ComparesNumbersAsText, LEFT))
            }
            (true, _) => None,
            (false, true) => Some((
                match other {
                    Base::Number => ProblemCode::ComparesTextNumber,
                    Base::Date => ProblemCode::ComparesTextDate,
                    _ => ProblemCode::ComparesTextTruth,
                },
                text_side,
            )),
            (false, false) => Some((ProblemCode::ComparesOtherTypes, RIGHT)),
        }
    }
}

impl<'a> Operand<'a> {
    /// Nothing where the type shows only when the flow runs.
    fn read(find: &Find<'a>, input: &'a Input) -> Option<Self> {
        let (bound, is_numeric) = match &input.binding {
            Binding::Empty => return None,
            Binding::Constant { value } => (of_json(value)?, says_number(value)),
            Binding::Template { .. } => (Type::one(Base::Text), false),
            Binding::Item { .. } => (Type::one(Base::Any), false),
            Binding::Output { source, convert } => {
                let from = type_from(find(&source.step), source)?;
                let is_number = from.base == Base::Number && !from.list;
                (convert.map_or(from, converted_type), is_number)
            }
        };
        let ty = if input.ty.base == Base::Any {
            bound
        } else {
            input.ty.clone()
        };
        (ty.base != Base::Any).then_some(Self {
            input,
            ty,
            is_numeric,
        })
    }
}

fn source_type(flow: &Flow, source: &OutputRef) -> Option<Type> {
    type_from(flow.step(&source.step), source)
}

fn type_from(step: Option<&Step>, source: &OutputRef) -> Option<Type> {
    let output = step?.output(&source.field)?;
    Some(output.ty.at(&source.path))
}

fn of_json(value: &Json) -> Option<Type> {
    Some(Type::one(match value {
        Json::String(_) => Base::Text,
        Json::Number(_) => Base::Number,
        Json::Bool(_) => Base::Boolean,
        Json::Object(_) => Base::Object,
        Json::Array(_) => return Some(Type::list_of(Base::Any)),
        Json::Null => return None,
    }))
}

fn says_number(value: &Json) -> bool {
    match value {
        Json::Number(_) => true,
        Json::String(text) => !text.trim().is_empty() && reads_as(text, Base::Number),
        _ => false,
    }
}

fn reads_as(text: &str, base: Base) -> bool {
    coerce(&Value::from(text.to_owned()), None, &Type::one(base)).is_ok()
}

fn converted_type(convert: Convert) -> Type {
    match convert {
        Convert::Parse => Type::one(Base::Any),
        Convert::DateTime => Type::one(Base::Date),
        Convert::WrapArray | Convert::ForceWrapArray => Type::list_of(Base::Any),
        Convert::ParseFloat => Type::one(Base::Number),
        Convert::Stringify | Convert::ToString | Convert::IsoString | Convert::BooleanToString => {
            Type::one(Base::Text)
        }
    }
}

/// Returns the input as one of another type, with the converter that this needs.
fn converted(flow: &Flow, input: &Input, to: Base) -> Option<Input> {
    let wanted = Type::one(to);
    let binding = match &input.binding {
        Binding::Constant { value } => Binding::Constant {
            value: constant(value, to)?,
        },
        Binding::Output { source, .. } => {
            let from = source_type(flow, source)?;
            let convert = match (from.base, fit(&from, &wanted)) {
                // What comes is known only when the flow runs: it is read as what is wanted.
                (Base::Any, _) => match to {
                    Base::Number => Some(Convert::ParseFloat),
                    Base::Date => Some(Convert::DateTime),
                    _ => None,
                },
                (_, Fit::Same) => None,
                (_, Fit::Convert(convert)) => Some(convert),
                (_, Fit::Refused) => return None,
            };
            Binding::Output {
                source: source.clone(),
                convert,
            }
        }
        Binding::Empty | Binding::Template { .. } | Binding::Item { .. } => return None,
    };
    Some(Input {
        ty: wanted,
        binding,
        ..input.clone()
    })
}

fn constant(value: &Json, to: Base) -> Option<Json> {
    match (value, to) {
        (Json::String(text), Base::Number) => {
            let text = text.trim();
            serde_json::from_str::<Json>(text)
                .ok()
                .filter(Json::is_number)
        }
        (Json::String(text), Base::Date) if reads_as(text, Base::Date) => Some(value.clone()),
        (Json::Bool(truth), Base::Text) => Some(Json::String(truth.to_string())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::edit::apply;
    use crate::{Catalogue, Granted, LaneId, Severity};

    /// A flow whose first card gives one value of each type, and a comparison of `left` with `right`.
    fn flow(operator: &str, left: Json, right: Json) -> Flow {
        let output =
            |name: &str| json!({"key": {"key": name}, "label": name, "type": {"base": name}});
        let operand = |key: &str, binding: Json| json!({"key": {"key": key}, "label": key, "type": {"base": "any"}, "binding": binding});
        let outputs = ["text", "number", "date", "boolean", "object", "any"].map(output);
        serde_json::from_value(json!({"id": "f", "name": "F", "steps": [
            {"id": "start", "card": "control:callable",
                "outputs": outputs},
            {"id": "if", "card": "control:continueIf", "inputs": [
                operand(LEFT, left),
                operand("operator", json!({"kind": "constant", "value": operator})),
                operand(RIGHT, right)]},
        ]}))
        .unwrap()
    }

    fn from(name: &str) -> Json {
        json!({"kind": "output", "source": {"step": "start", "field": {"key": name}}})
    }

    fn is(value: impl Into<Json>) -> Json {
        let value: Json = value.into();
        json!({"kind": "constant", "value": value})
    }

    fn told(flow: &Flow) -> Vec<(ProblemCode, InputRef)> {
        let codes = [
            ProblemCode::ComparesTextNumber,
            ProblemCode::ComparesTextDate,
            ProblemCode::ComparesTextTruth,
            ProblemCode::ComparesNumbersAsText,
            ProblemCode::ComparesOtherTypes,
        ];
        crate::check(flow, &Catalogue::default(), &Granted::default())
            .into_iter()
            .filter(|problem| codes.contains(&problem.code))
            .map(|problem| {
                assert_eq!(problem.severity, Severity::Warning);
                (problem.code, problem.input.unwrap())
            })
            .collect()
    }

    /// What is told, the side it is told at, and whether one click ends it.
    #[track_caller]
    fn check(operator: &str, left: Json, right: Json, expected: Option<(ProblemCode, &str, bool)>) {
        let mut flow = flow(operator, left, right);
        let before = flow.clone();
        let told_first = told(&flow);
        let shown = told_first.first().map(|(code, at)| {
            (
                *code,
                at.field.key.as_str(),
                repair_comparison(&flow, at).is_some(),
            )
        });
        assert_eq!(shown, expected);
        if let Some((_, at)) = told_first.first()
            && let Some(edit) = repair_comparison(&flow, at)
        {
            let undo = apply(&mut flow, edit).unwrap();
            assert_eq!(told(&flow), [], "{flow:#?}");
            apply(&mut flow, undo).unwrap();
            assert_eq!(flow, before);
        }
    }

    #[test]
    fn types_that_will_surprise_are_told_and_repaired() {
        use ProblemCode as P;
        check("==", from("text"), from("text"), None);
        check("==", from("number"), is(json!(3)), None);
        check("==", from("any"), is(json!(3)), None);
        check("is empty", from("text"), is(json!(3)), None);
        check("in", from("number"), from("text"), None);
        check("==", from("object"), from("text"), None);
        check(
            ">",
            from("text"),
            from("number"),
            Some((P::ComparesTextNumber, LEFT, true)),
        );
        check(
            "==",
            from("number"),
            is(json!("200")),
            Some((P::ComparesTextNumber, RIGHT, true)),
        );
        check(
            "==",
            from("number"),
            is(json!("many")),
            Some((P::ComparesTextNumber, RIGHT, false)),
        );
        check(
            "<",
            from("text"),
            from("date"),
            Some((P::ComparesTextDate, LEFT, true)),
        );
        check(
            "<",
            is(json!("2026-01-02")),
            from("date"),
            Some((P::ComparesTextDate, LEFT, true)),
        );
        check(
            "<",
            is(json!("soon")),
            from("date"),
            Some((P::ComparesTextDate, LEFT, false)),
        );
        check(
            "==",
            from("boolean"),
            is(json!("true")),
            Some((P::ComparesTextTruth, RIGHT, true)),
        );
        check(
            "==",
            from("boolean"),
            is(json!(1)),
            Some((P::ComparesOtherTypes, RIGHT, false)),
        );
        check(
            "==",
            from("date"),
            from("number"),
            Some((P::ComparesOtherTypes, RIGHT, false)),
        );
    }

    #[test]
    fn the_order_of_numbers_written_as_text_is_told() {
        use ProblemCode as P;
        check(
            "<",
            from("text"),
            is(json!("30")),
            Some((P::ComparesNumbersAsText, LEFT, true)),
        );
        check("==", from("text"), is(json!("30")), None);
        check("<", from("text"), is(json!("b")), None);
        check("<", from("text"), from("text"), None);
        let template = json!({"kind": "template", "parts": [{"kind": "text", "text": "x"}]});
        check(
            "<",
            template,
            is(json!("30")),
            Some((P::ComparesNumbersAsText, LEFT, false)),
        );
    }

    #[test]
    fn conditions_of_lanes_are_looked_at_too() {
        let mut flow = flow("==", from("number"), is(json!("1")));
        let moved = std::mem::take(&mut flow.steps[1].inputs);
        flow.steps[1].lanes.push(Lane {
            id: LaneId::new("case"),
            inputs: moved,
            steps: Vec::new(),
            yields: Vec::new(),
        });
        let told_first = told(&flow);
        assert_eq!(told_first.len(), 1);
        let at = &told_first[0].1;
        assert_eq!(at.lane, Some(LaneId::new("case")));
        let edit = repair_comparison(&flow, at).unwrap();
        apply(&mut flow, edit).unwrap();
        assert_eq!(told(&flow), []);
    }
}
