//! Comparisons, as If/Else, Continue If, Compare, Filter and their like make them.
//!
//! Types are never converted to numbers: two texts compare alphabetically ("80" comes before "9"), and where only one
//! side is a text the other is compared as its text. Null counts as empty text beside a text.

use std::cmp::Ordering;

use flow::{Base, CardError, Type, Value, coerce};

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
        "%" => is_multiple(left, right)?,
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

fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Text(_), _) | (_, Value::Text(_)) => left.to_text() == right.to_text(),
        _ => left == right,
    }
}

/// Lists, objects and null have no order.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        (Value::Text(text), other) if is_single(other) => Some(text.as_ref().cmp(&other.to_text())),
        (other, Value::Text(text)) if is_single(other) => Some(other.to_text().as_str().cmp(text)),
        _ => None,
    }
}

fn is_single(value: &Value) -> bool {
    matches!(value, Value::Number(_) | Value::Date(_) | Value::Bool(_))
}

fn is_multiple(left: &Value, right: &Value) -> Result<bool, CardError> {
    let number = |value: &Value| match coerce(value, None, &Type::one(Base::Number)) {
        Ok(Value::Number(number)) => Ok(number),
        Ok(_) => Err(not_a_number("An empty value has no multiples.")),
        Err(message) => Err(not_a_number(&message)),
    };
    let (left, right) = (number(left)?, number(right)?);
    Ok(right.as_f64() != 0.0 && remainder(left, right)?.as_f64() == 0.0)
}

fn not_a_number(message: &str) -> CardError {
    CardError::new(
        "not_a_number",
        format!("\"A multiple of\" compares numbers. {message}"),
    )
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
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: impl Into<Value>, operator: &str, right: impl Into<Value>, expected: bool) {
        let (left, right) = (left.into(), right.into());
        assert_eq!(
            compare(operator, &left, &right),
            Ok(expected),
            "{left:?} {operator} {right:?}"
        );
    }

    #[test]
    fn texts_compare_alphabetically_and_numbers_by_size() {
        check(80, ">", 9, true);
        check("80", "<", "9", true);
        check("6", "<", 30, false);
        check(200, "==", "200", true);
        check("200", "==", "200.0", false);
        check(1.5, ">=", 1.5, true);
        check("a", "==", "A", false);
        check(true, "==", "true", true);
        check(200, "===", "200", false);
        check(1, "==", true, false);
    }

    #[test]
    fn nothing_is_empty_and_has_no_order() {
        check(Value::Null, "is empty", "ignored", true);
        check("", "is empty", 1, true);
        check(0, "is empty", 1, false);
        check(false, "is not empty", 1, true);
        check(Value::list(vec![]), "is empty", 1, true);
        check(Value::Null, "==", "", true);
        check(Value::Null, "!=", 0, true);
        check(Value::Null, "<", 1, false);
        check(Value::Null, ">=", Value::Null, false);
    }

    #[test]
    fn parts_keys_and_multiples() {
        check("lo", "in", "hello", true);
        check("hello", "in", "lo", false);
        check("x", "not in", Value::list(vec!["x".into()]), false);
        let object = Value::from_pairs([("a", Value::Null)]);
        check(object.clone(), "has", "a", true);
        check(object, "doesn't have", "b", true);
        for multiple in [12, 0, -4] {
            check(multiple, "%", 4, true);
        }
        check(5, "%", 4, false);
        check(1, "%", 0, false);
        assert_eq!(
            compare("%", &"x".into(), &4.into()).unwrap_err().code,
            "not_a_number"
        );
        assert_eq!(
            compare("like", &1.into(), &4.into()).unwrap_err().code,
            "unknown_comparison"
        );
    }
}
