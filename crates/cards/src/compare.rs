//! Comparisons, as If/Else, Continue If, Compare, Filter and their like make them.
//!
//! Comparing converts nothing into numbers (Okta's rule): two values of one type compare as such, numbers by size, texts
//! alphabetically ("80" comes before "9"); where one side is a text, the other is compared as its text. The checker warns
//! of that. Null equals null and empty text.

use std::cmp::Ordering;

use flow::{CardError, Number, Value};

use crate::arithmetic::remainder;

/// Tells whether `left` and `right` compare as `operator` says. The operators are those that Okta's flows store.
pub fn compare(operator: &str, left: &Value, right: &Value) -> Result<bool, CardError> {
    Ok(match operator {
        "==" => equal(left, right),
        "!=" => !equal(left, right),
        "===" => left == right,
        "!==" => left != right,
        ">" => order(left, right).is_some_and(Ordering::is_gt),
        "<" => order(left, right).is_some_and(Ordering::is_lt),
        ">=" => order(left, right).is_some_and(Ordering::is_ge),
        "<=" => order(left, right).is_some_and(Ordering::is_le),
        "%" => is_multiple(left, right),
        "in" => is_part(left, right),
        "not in" => !is_part(left, right),
        "has" => has_key(left, right),
        "doesn't have" => !has_key(left, right),
        "is empty" => left.is_empty(),
        "is not empty" => !left.is_empty(),
        "" => {
            return Err(CardError::new(
                "no_comparison",
                "No comparison is chosen. Choose one on the card.",
            ));
        }
        other => {
            return Err(CardError::new(
                "unknown_comparison",
                format!("There is no comparison {other}. Choose another one on the card."),
            ));
        }
    })
}

/// Tells whether two values are equal, as users see it. The same in both directions.
pub(crate) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Text(text)) | (Value::Text(text), Value::Null) => text.is_empty(),
        (Value::Text(left), Value::Text(right)) => left == right,
        (Value::Text(text), other) | (other, Value::Text(text)) => **text == *other.to_text(),
        _ => left == right,
    }
}

/// Returns how two values stand to each other; nothing where they have no order.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        (Value::Text(text), other) if is_single(other) => Some((**text).cmp(&other.to_text())),
        (other, Value::Text(text)) if is_single(other) => Some((*other.to_text()).cmp(text)),
        _ => None,
    }
}

fn is_single(value: &Value) -> bool {
    matches!(value, Value::Number(_) | Value::Date(_) | Value::Bool(_))
}

fn is_multiple(left: &Value, right: &Value) -> bool {
    let number = |value: &Value| match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => Number::parse(text),
        _ => None,
    };
    let (Some(left), Some(right)) = (number(left), number(right)) else {
        return false;
    };
    remainder(left, right).is_ok_and(|rest| rest.as_f64() == 0.0)
}

/// A text is part of a text; any value is part of a list that holds it.
fn is_part(left: &Value, right: &Value) -> bool {
    match right {
        Value::List(items) => items.iter().any(|item| equal(item, left)),
        Value::Null => false,
        _ => right.to_text().contains(&left.to_text()),
    }
}

fn has_key(left: &Value, right: &Value) -> bool {
    left.as_object()
        .is_some_and(|fields| fields.contains_key(right.to_text().as_str()))
}

#[cfg(test)]
mod tests;
