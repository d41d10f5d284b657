//! The values that an expression works with, and how they read as text. Texts and objects of the context are borrowed.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

use super::countries::Country;
use super::moment::Moment;
use super::problem::Fault;

#[derive(Debug, Clone)]
pub(super) enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(Cow<'a, str>),
    List(Vec<Value<'a>>),
    /// An object of the context.
    Object(&'a Map<String, Json>),
    /// A map that the expression itself holds.
    Map(Vec<(&'a str, Value<'a>)>),
    Time(Moment),
    Country(&'static Country),
}

impl<'a> Value<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn count(count: usize) -> Self {
        Self::Int(i64::try_from(count).unwrap_or(i64::MAX))
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// What it is, for an error.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Int(_) | Self::Double(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Object(_) | Self::Map(_) => "an object",
            Self::Time(_) => "a point in time",
            Self::Country(_) => "a country",
        }
    }

    /// The text of it; `None` for null. A list is joined with commas, an object has no text.
    pub(super) fn as_text(&self) -> Result<Option<Cow<'a, str>>, Fault> {
        Ok(Some(match self {
            Self::Null => return Ok(None),
            Self::Bool(truth) => Cow::from(if *truth { "true" } else { "false" }),
            Self::Int(number) => Cow::from(number.to_string()),
            Self::Double(number) => Cow::from(double_text(*number)),
            Self::Text(text) => text.clone(),
            Self::List(items) => Cow::from(joined(items)?),
            Self::Object(_) | Self::Map(_) => {
                return Err(Fault::new(
                    "An object has no text; name one of its properties.",
                ));
            }
            Self::Time(moment) => Cow::from(moment.shown()),
            Self::Country(country) => Cow::from(country.alpha2),
        }))
    }
}

/// The elements as text with commas between them; null is empty.
pub(super) fn joined(items: &[Value<'_>]) -> Result<String, Fault> {
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(&item.as_text()?.unwrap_or_default());
    }
    Ok(text)
}

/// A number with a fraction as Java writes it: `3.0`, `0.001`, `1.0E7`.
pub(super) fn double_text(number: f64) -> String {
    let size = number.abs();
    if number == 0.0 || (0.001..10_000_000.0).contains(&size) {
        return format!("{number:?}");
    }
    let text = format!("{number:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let point = if digits.contains('.') { "" } else { ".0" };
    format!("{digits}{point}E{exponent}")
}

#[cfg(test)]
mod tests {
    use super::double_text;

    #[test]
    fn numbers_read_as_java_writes_them() {
        for (number, text) in [
            (3.0, "3.0"),
            (0.1, "0.1"),
            (-0.001, "-0.001"),
            (1e7, "1.0E7"),
            (12_345_678.5, "1.23456785E7"),
            (9_999_999.0, "9999999.0"),
            (0.000_12, "1.2E-4"),
            (0.0, "0.0"),
        ] {
            assert_eq!(double_text(number), text);
        }
    }
}
