//! What operators do with two values, by the rules of the Spring Expression Language: numbers compare by size, texts letter by
//! letter, nothing is converted silently, and null comes before everything.

use std::cmp::Ordering;

use super::evaluate::Machine;
use super::moment::Moment;
use super::problem::Fault;
use super::syntax::{Comparison, Operator};
use super::value::Value;

pub(super) fn are_numbers(left: &Value<'_>, right: &Value<'_>) -> bool {
    let is_number = |value: &Value<'_>| matches!(value, Value::Int(_) | Value::Double(_));
    is_number(left) && is_number(right)
}

pub(super) fn negate<'a>(value: &Value<'_>) -> Result<Value<'a>, Fault> {
    match value {
        Value::Int(number) => number.checked_neg().map(Value::Int).ok_or_else(too_large),
        Value::Double(number) => Ok(Value::Double(-number)),
        other => Err(Fault::new(format!(
            "A minus stands before a number, not before {}.",
            other.kind()
        ))),
    }
}

pub(super) fn calculate<'a>(
    operator: Operator,
    left: &Value<'_>,
    right: &Value<'_>,
) -> Result<Value<'a>, Fault> {
    if let (Value::Int(left), Value::Int(right)) = (left, right) {
        return whole(operator, *left, *right).map(Value::Int);
    }
    let (Some(left), Some(right)) = (number(left), number(right)) else {
        let message = format!(
            "This calculates with two numbers, not with {} and {}.",
            left.kind(),
            right.kind()
        );
        return Err(Fault::new(message));
    };
    let result = match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide => left / right,
        Operator::Remainder => left % right,
        Operator::Power => left.powf(right),
    };
    if result.is_finite() {
        return Ok(Value::Double(result));
    }
    Err(Fault::new("The result is no number."))
}

fn whole(operator: Operator, left: i64, right: i64) -> Result<i64, Fault> {
    let result = match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Divide | Operator::Remainder if right == 0 => {
            return Err(Fault::new("A number cannot be divided by 0."));
        }
        Operator::Divide => left.checked_div(right),
        Operator::Remainder => left.checked_rem(right),
        Operator::Power => u32::try_from(right)
            .ok()
            .and_then(|times| left.checked_pow(times)),
    };
    result.ok_or_else(too_large)
}

fn too_large() -> Fault {
    Fault::new("The result is too large for a whole number.")
}

fn number(value: &Value<'_>) -> Option<f64> {
    match value {
        #[expect(clippy::cast_precision_loss, reason = "as Java widens a whole number")]
        Value::Int(number) => Some(*number as f64),
        Value::Double(number) => Some(*number),
        _ => None,
    }
}

pub(super) fn compare(
    machine: &mut Machine<'_>,
    comparison: Comparison,
    left: &Value<'_>,
    right: &Value<'_>,
) -> Result<bool, Fault> {
    match comparison {
        Comparison::Equal => equal(machine, left, right),
        Comparison::Different => equal(machine, left, right).map(|same| !same),
        _ => {
            let order = order(machine, left, right)?;
            Ok(match comparison {
                Comparison::Less => order == Ordering::Less,
                Comparison::AtMost => order != Ordering::Greater,
                Comparison::Greater => order == Ordering::Greater,
                _ => order != Ordering::Less,
            })
        }
    }
}

/// Whether two values are the same; values of different kinds never are.
pub(super) fn equal(
    machine: &mut Machine<'_>,
    left: &Value<'_>,
    right: &Value<'_>,
) -> Result<bool, Fault> {
    machine.spend(1)?;
    Ok(match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Text(left), Value::Text(right)) => {
            machine.spend(left.len().min(right.len()))?;
            left == right
        }
        (Value::List(left), Value::List(right)) => {
            if left.len() != right.len() {
                return Ok(false);
            }
            for (left, right) in left.iter().zip(right) {
                if !equal(machine, left, right)? {
                    return Ok(false);
                }
            }
            true
        }
        (Value::Object(left), Value::Object(right)) => left == right,
        (Value::Country(left), Value::Country(right)) => left.alpha2 == right.alpha2,
        _ if are_numbers(left, right) => order(machine, left, right)? == Ordering::Equal,
        _ => match moments(left, right) {
            Some((left, right)) => left.at == right.at,
            None => false,
        },
    })
}

fn order(
    machine: &mut Machine<'_>,
    left: &Value<'_>,
    right: &Value<'_>,
) -> Result<Ordering, Fault> {
    Ok(match (left, right) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Less,
        (_, Value::Null) => Ordering::Greater,
        (Value::Int(left), Value::Int(right)) => left.cmp(right),
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        (Value::Text(left), Value::Text(right)) => {
            machine.spend(left.len().min(right.len()))?;
            left.cmp(right)
        }
        _ => {
            if let Some((left, right)) = moments(left, right) {
                return Ok(left.at.cmp(&right.at));
            }
            let both = number(left).zip(number(right));
            let order = both.and_then(|(left, right)| left.partial_cmp(&right));
            let incomparable = || {
                Fault::new(format!(
                    "This cannot be compared: {} and {}.",
                    left.kind(),
                    right.kind()
                ))
            };
            order.ok_or_else(incomparable)?
        }
    })
}

/// Two points in time, of which one may be text in ISO 8601.
fn moments(left: &Value<'_>, right: &Value<'_>) -> Option<(Moment, Moment)> {
    let is_time = |value: &Value<'_>| matches!(value, Value::Time(_));
    if !is_time(left) && !is_time(right) {
        return None;
    }
    let moment = |value: &Value<'_>| match value {
        Value::Time(moment) => Some(*moment),
        Value::Text(text) => Moment::from_iso(text).ok(),
        _ => None,
    };
    moment(left).zip(moment(right))
}

/// `text matches 'pattern'`: the whole text, as in Java.
pub(super) fn matches(
    machine: &mut Machine<'_>,
    left: &Value<'_>,
    right: &Value<'_>,
) -> Result<bool, Fault> {
    let Some(pattern) = right.as_text()? else {
        return Err(Fault::new("The pattern is null."));
    };
    let Some(text) = left.as_text()? else {
        return Ok(false);
    };
    let pattern = whole_pattern(machine, &pattern)?;
    machine.spend(text.len())?;
    Ok(pattern.is_match(&text))
}

/// A regular expression that must match all of a text. Compiling one is dear.
pub(super) fn whole_pattern(
    machine: &mut Machine<'_>,
    pattern: &str,
) -> Result<regex::Regex, Fault> {
    machine.spend(40_000 + pattern.len().saturating_mul(50))?;
    regex::RegexBuilder::new(&format!("^(?:{pattern})$"))
        .size_limit(256 * 1024)
        .dfa_size_limit(256 * 1024)
        .nest_limit(50)
        .build()
        .map_err(|_| {
            Fault::new("The pattern cannot be read, is too large, or looks around or back.")
        })
}
