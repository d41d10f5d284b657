//! Values that pass through a flow while it runs. Cloning is cheap: text, lists and objects are shared.

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use indexmap::IndexMap;

mod json;
mod number;
mod size;

pub use json::{MAX_DEPTH, TooDeep};
pub use number::Number;
pub use size::{MAX_BYTES, Oversized};

/// Keys and values of an object, in the order in which they were written.
pub type Fields = IndexMap<Arc<str>, Value>;

/// One value.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    /// Nothing: an absent field, a JSON null.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// A whole or a decimal number.
    Number(Number),
    /// Text, any Unicode.
    Text(Arc<str>),
    /// A point in time, to the millisecond, in UTC.
    Date(DateTime<Utc>),
    /// A list; its items may differ in type.
    List(Arc<Vec<Value>>),
    /// An object with ordered keys.
    Object(Arc<Fields>),
    /// A file that is kept beside the run, by its reference.
    File(Arc<FileRef>),
}

/// A file that a card made: where it is kept and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FileRef {
    /// Key of the content in the store.
    pub key: String,
    /// File name as users see it.
    pub name: String,
    /// Media type (RFC 6838), for instance `text/csv`.
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
}

impl Value {
    /// Returns a text value.
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// Returns a list value.
    pub fn list(items: Vec<Value>) -> Self {
        Self::List(Arc::new(items))
    }

    /// Returns an object value.
    pub fn object(fields: Fields) -> Self {
        Self::Object(Arc::new(fields))
    }

    /// Returns an object from pairs, in their order.
    pub fn from_pairs<K: Into<Arc<str>>>(pairs: impl IntoIterator<Item = (K, Value)>) -> Self {
        Self::object(
            pairs
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect(),
        )
    }

    /// Tells whether this is [`Value::Null`].
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Tells whether users would call this empty: null, "", [] or {}.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(fields) => fields.is_empty(),
            Self::Bool(_) | Self::Number(_) | Self::Date(_) | Self::File(_) => false,
        }
    }

    /// Returns the text, if this is a text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the items, if this is a list.
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the fields, if this is an object.
    pub fn as_object(&self) -> Option<&Fields> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    /// Returns the number, if this is a number.
    pub fn as_number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns true or false, if this is one of them.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// Walks down `path`: keys of objects, and digits for positions in lists (from 0). A missing step gives null.
    pub fn at<S: AsRef<str>>(&self, path: &[S]) -> Value {
        let mut here = self;
        for step in path {
            let step = step.as_ref();
            let next = match here {
                Self::Object(fields) => fields.get(step),
                Self::List(items) => step
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| items.get(index)),
                _ => None,
            };
            match next {
                Some(value) => here = value,
                None => return Self::Null,
            }
        }
        here.clone()
    }

    /// Returns the name of this value's type, as used in messages.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "True/False",
            Self::Number(_) => "Number",
            Self::Text(_) => "Text",
            Self::Date(_) => "Date & Time",
            Self::List(_) => "List",
            Self::Object(_) => "Object",
            Self::File(_) => "File",
        }
    }
}

/// Writes a date as users of Okta know it: ISO 8601, UTC, milliseconds.
pub fn iso(date: DateTime<Utc>) -> String {
    date.to_rfc3339_opts(SecondsFormat::Millis, true)
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(Number::from(number))
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Number::from_f64(number).map_or(Self::Null, Self::Number)
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<DateTime<Utc>> for Value {
    fn from(date: DateTime<Utc>) -> Self {
        Self::Date(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_walks_objects_and_lists_and_ends_in_null() {
        let value = Value::from_json(&serde_json::json!({"a": [{"b": 1}, {"b": 2}]})).unwrap();
        assert_eq!(value.at(&["a", "1", "b"]), Value::from(2));
        assert_eq!(value.at(&["a", "7", "b"]), Value::Null);
        assert_eq!(value.at(&["x"]), Value::Null);
        assert_eq!(value.at::<&str>(&[]), value);
    }
}
