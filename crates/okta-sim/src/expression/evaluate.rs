//! Asks an expression about one person.

use serde_json::{Map, Value};

use super::{Comparison, Expression, Function};

/// What an expression may look at.
pub(crate) struct Person<'a> {
    pub(crate) profile: &'a Map<String, Value>,
    /// Id and name of every group the person is in.
    pub(crate) groups: &'a [(String, String)],
}

/// Whether the expression is true for `person`; anything but true is false, as in Okta.
pub(crate) fn holds(expression: &Expression, person: &Person<'_>) -> bool {
    value(expression, person) == Value::Bool(true)
}

fn value(expression: &Expression, person: &Person<'_>) -> Value {
    match expression {
        Expression::Text(text) => text.clone().into(),
        Expression::Number(number) => (*number).into(),
        Expression::Bool(flag) => (*flag).into(),
        Expression::Null => Value::Null,
        Expression::Attribute(name) => person.profile.get(name).cloned().unwrap_or(Value::Null),
        Expression::Not(inner) => (!holds(inner, person)).into(),
        Expression::Both(left, right) => (holds(left, person) && holds(right, person)).into(),
        Expression::Either(left, right) => (holds(left, person) || holds(right, person)).into(),
        Expression::Compare(comparison, left, right) => {
            compare(*comparison, &value(left, person), &value(right, person)).into()
        }
        Expression::Call(function, arguments) => call(*function, arguments, person),
    }
}

fn compare(comparison: Comparison, left: &Value, right: &Value) -> bool {
    let same = match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => left == right,
        _ => left == right,
    };
    let ordering = match (left, right) {
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => left
            .as_f64()
            .zip(right.as_f64())
            .and_then(|(left, right)| left.partial_cmp(&right)),
    };
    match comparison {
        Comparison::Equal => same,
        Comparison::NotEqual => !same,
        Comparison::Less => ordering.is_some_and(|it| it.is_lt()),
        Comparison::LessOrEqual => ordering.is_some_and(|it| it.is_le()),
        Comparison::Greater => ordering.is_some_and(|it| it.is_gt()),
        Comparison::GreaterOrEqual => ordering.is_some_and(|it| it.is_ge()),
    }
}

fn call(function: Function, arguments: &[Expression], person: &Person<'_>) -> Value {
    let argument = |at: usize| {
        arguments
            .get(at)
            .map_or(Value::Null, |argument| value(argument, person))
    };
    let text = |at: usize| argument(at).as_str().unwrap_or_default().to_owned();
    let in_group = |test: &dyn Fn(&str, &str) -> bool| -> Value {
        person.groups.iter().any(|(id, name)| test(id, name)).into()
    };
    match function {
        Function::StringContains => text(0).contains(&text(1)).into(),
        Function::StartsWith => text(0).starts_with(&text(1)).into(),
        Function::UpperCase => text(0).to_uppercase().into(),
        Function::LowerCase => text(0).to_lowercase().into(),
        Function::Length => text(0).chars().count().into(),
        Function::ArrayContains => match argument(0) {
            Value::Array(items) => items.contains(&argument(1)).into(),
            _ => Value::Bool(false),
        },
        Function::MemberOfGroup => {
            let wanted: Vec<String> = (0..arguments.len()).map(text).collect();
            in_group(&|id, _| wanted.iter().any(|one| one == id))
        }
        Function::MemberOfGroupName => in_group(&|_, name| name == text(0)),
        Function::MemberOfGroupNameStartsWith => in_group(&|_, name| name.starts_with(&text(0))),
        Function::MemberOfGroupNameContains => in_group(&|_, name| name.contains(&text(0))),
    }
}
