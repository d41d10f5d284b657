//! What happens to a value when it enters a field: the named conversions, and the loose rules of Okta's packs
//! (`looseBooleans`, `looseStrings`, `looseNulls`): a value that is nearly of the type is turned into it.

use chrono::{DateTime, Datelike as _, Utc};
use serde_json::Value as Json;

use super::{Base, Convert, Type, dates};
use crate::value::{Number, Value, iso};

/// Turns `value` into what a field of type `to` holds, after the conversion that the link names, if any.
///
/// Null goes into every field. The error is a sentence that says what was expected and what came.
pub fn coerce(value: &Value, convert: Option<Convert>, to: &Type) -> Result<Value, String> {
    let value = match convert {
        Some(convert) => apply(value, convert)?,
        None => value.clone(),
    };
    if value.is_null() || to.base == Base::Any {
        return Ok(value);
    }
    match (to.list, &value) {
        (true, Value::List(items)) if items.iter().all(|item| fits_already(item, to.base)) => {
            Ok(value)
        }
        // "List of Object" is what lists of anything are declared as in packs: Pluck says so of ids, too.
        (true, Value::List(items)) if to.base == Base::Object => Ok(Value::list(
            items
                .iter()
                .map(|item| match item {
                    Value::Text(text) if text.trim_start().starts_with('{') => {
                        parse_json(text).unwrap_or_else(|_| item.clone())
                    }
                    _ => item.clone(),
                })
                .collect(),
        )),
        // And where texts are declared, objects may come: they are passed on whole.
        (true, Value::List(items)) if to.base == Base::Text => Ok(Value::list(
            items
                .iter()
                .map(|item| match item {
                    Value::Object(_) | Value::List(_) => item.clone(),
                    Value::Null => Value::Null,
                    item => Value::from(item.to_text()),
                })
                .collect(),
        )),
        (true, Value::List(items)) => items
            .iter()
            .map(|item| one(item, to.base))
            .collect::<Result<_, _>>()
            .map(Value::list),
        (true, single) => Ok(Value::list(vec![one(single, to.base)?])),
        (false, single) => one(single, to.base),
    }
}

fn apply(value: &Value, convert: Convert) -> Result<Value, String> {
    if value.is_null() {
        return Ok(Value::Null);
    }
    match convert {
        Convert::Parse => match value {
            Value::Text(text) => parse_json(text),
            other => Ok(other.clone()),
        },
        Convert::DateTime => one(value, Base::Date),
        Convert::ParseFloat => one(value, Base::Number),
        Convert::WrapArray => match value {
            Value::List(_) => Ok(value.clone()),
            single => Ok(Value::list(vec![single.clone()])),
        },
        Convert::ForceWrapArray => Ok(Value::list(vec![value.clone()])),
        Convert::Stringify | Convert::ToString | Convert::IsoString | Convert::BooleanToString => {
            Ok(Value::from(value.to_text()))
        }
    }
}

fn fits_already(value: &Value, base: Base) -> bool {
    matches!(
        (base, value),
        (_, Value::Null)
            | (Base::Any, _)
            | (Base::Text | Base::Flow, Value::Text(_))
            | (Base::Number, Value::Number(_))
            | (Base::Boolean, Value::Bool(_))
            | (Base::Date, Value::Date(_))
            | (Base::Object, Value::Object(_))
            | (Base::File, Value::File(_))
    )
}

fn one(value: &Value, base: Base) -> Result<Value, String> {
    if fits_already(value, base) {
        return Ok(value.clone());
    }
    let wrong = || {
        format!(
            "{} was expected, but {} came.",
            base.name(),
            describe(value)
        )
    };
    match (base, value) {
        (Base::Text, _) => Ok(Value::from(value.to_text())),
        (Base::Number, Value::Text(text)) if text.trim().is_empty() => Ok(Value::Null),
        (Base::Number, Value::Text(text)) => {
            Number::parse(text).map(Value::Number).ok_or_else(wrong)
        }
        (Base::Number, Value::Bool(truth)) => Ok(Value::from(i64::from(*truth))),
        (Base::Number, Value::Date(date)) => Ok(Value::from(date.timestamp_millis())),
        (Base::Boolean, Value::Text(text)) => match text.trim().to_lowercase().as_str() {
            "true" | "yes" | "1" | "on" => Ok(Value::Bool(true)),
            "false" | "no" | "0" | "off" | "" => Ok(Value::Bool(false)),
            _ => Err(wrong()),
        },
        (Base::Boolean, Value::Number(number)) => Ok(Value::Bool(number.as_f64() != 0.0)),
        (Base::Date, Value::Text(text)) if text.trim().is_empty() => Ok(Value::Null),
        (Base::Date, Value::Text(text)) => dates::read(text)
            .map(|date| Value::Date(with_century(text, date)))
            .ok_or_else(wrong),
        (Base::Date, Value::Number(number)) => {
            from_epoch(*number).map(Value::Date).ok_or_else(wrong)
        }
        (Base::Object, Value::Text(text)) if text.trim().is_empty() => Ok(Value::Null),
        (Base::Object, Value::Text(text)) => match parse_json(text)? {
            object @ (Value::Object(_) | Value::List(_)) => Ok(object),
            _ => Err(wrong()),
        },
        (Base::Object, Value::List(_)) => Ok(value.clone()),
        _ => Err(wrong()),
    }
}

fn describe(value: &Value) -> String {
    let shown: String = value.to_text().chars().take(60).collect();
    format!("{} ({shown})", value.type_name())
}

fn parse_json(text: &str) -> Result<Value, String> {
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    let json: Json =
        serde_json::from_str(text).map_err(|error| format!("The text is not JSON: {error}."))?;
    Value::from_json(&json).map_err(|error| error.to_string())
}

/// A number is a date in milliseconds since 1970.
fn from_epoch(number: Number) -> Option<DateTime<Utc>> {
    let whole = number.as_f64().round();
    if whole.abs() > 8.64e15 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
    DateTime::from_timestamp_millis(whole as i64)
}

/// Gives a year of two digits its century, as in 11/22/26: up to 68 it is this one.
fn with_century(text: &str, date: DateTime<Utc>) -> DateTime<Utc> {
    let century = match date.year() {
        year @ 0..=68 if text.contains('/') => year + 2000,
        year @ 69..=99 if text.contains('/') => year + 1900,
        _ => return date,
    };
    date.with_year(century).unwrap_or(date)
}

impl Base {
    /// Returns the name that messages use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Number => "Number",
            Self::Boolean => "True/False",
            Self::Date => "Date & Time",
            Self::Object => "Object",
            Self::File => "File",
            Self::Flow => "Flow",
            Self::Any => "Any value",
        }
    }
}

impl Value {
    /// Returns the text that this value becomes in a text field: null is empty, a date is ISO 8601, a list or object JSON.
    pub fn to_text(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Bool(truth) => truth.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.to_string(),
            Self::Date(date) => iso(*date),
            Self::File(file) => file.name.clone(),
            Self::List(_) | Self::Object(_) => self.to_json_text(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "cases are short to write")]
    fn check(
        value: impl Into<Value>,
        convert: Option<Convert>,
        to: Type,
        expected: impl Into<Value>,
    ) {
        assert_eq!(coerce(&value.into(), convert, &to), Ok(expected.into()));
    }

    #[test]
    fn loose_values_become_what_the_field_holds() {
        let one = Type::one;
        check("12.50", None, one(Base::Number), 12.5);
        check(12, None, one(Base::Text), "12");
        check("yes", None, one(Base::Boolean), true);
        check(
            true,
            Some(Convert::BooleanToString),
            one(Base::Text),
            "true",
        );
        check(
            "x",
            None,
            Type::list_of(Base::Text),
            Value::list(vec!["x".into()]),
        );
        check(
            r#"{"a":1}"#,
            Some(Convert::Parse),
            one(Base::Object),
            Value::from_pairs([("a", Value::from(1))]),
        );
        check(
            "2026-01-02",
            None,
            one(Base::Date),
            dates::read("2026-01-02T00:00:00.000Z").unwrap(),
        );
        check(
            "2026-01-02T09:00:00+09:00",
            None,
            one(Base::Date),
            dates::read("2026-01-02T00:00:00Z").unwrap(),
        );
        for (text, full) in [
            ("11/22/26", "2026-11-22"),
            ("1/2/1999", "1999-01-02"),
            ("02/29/72", "1972-02-29"),
        ] {
            check(text, None, one(Base::Date), dates::read(full).unwrap());
        }
        check(Value::Null, None, one(Base::Number), Value::Null);
        let ids = || Value::list(vec!["00u1".into(), 7.into()]);
        check(ids(), None, Type::list_of(Base::Object), ids());
        let mixed = |seven: Value| {
            Value::list(vec![
                seven,
                Value::from_pairs([("id", Value::from(1))]),
                Value::Null,
            ])
        };
        check(
            mixed(7.into()),
            None,
            Type::list_of(Base::Text),
            mixed("7".into()),
        );
    }

    #[test]
    fn a_value_that_does_not_fit_is_named() {
        let error = coerce(&Value::from("many"), None, &Type::one(Base::Number)).unwrap_err();
        assert_eq!(error, "Number was expected, but Text (many) came.");
    }
}
