//! Values and JSON. Two forms: the plain one, which the outside world sees (a date is an ISO text), and the
//! journal's, which keeps types (`{"$date": …}`) so that what is replayed equals what ran.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::de::Error as _;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value as Json;

use super::{Fields, FileRef, Number, Value, iso};

/// Lists and objects may be nested this deep; JSON that goes deeper is refused.
pub const MAX_DEPTH: usize = 100;

/// The JSON is nested deeper than [`MAX_DEPTH`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "The data is nested more than {MAX_DEPTH} levels deep. Flatten it before it enters the flow."
)]
pub struct TooDeep;

impl Value {
    /// Returns the value of plain JSON. Texts stay texts, also where they look like dates.
    pub fn from_json(json: &Json) -> Result<Self, TooDeep> {
        convert(json, MAX_DEPTH)
    }

    /// Returns the text of [`Self::to_json`], without making it first.
    pub fn to_json_text(&self) -> String {
        // The plain form has text keys and finite numbers only, so writing it cannot fail.
        serde_json::to_string(&Plain(self)).unwrap_or_default()
    }

    /// Returns plain JSON: dates as ISO 8601 texts, files as their description.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Bool(truth) => Json::Bool(*truth),
            Self::Number(number) => number_json(*number),
            Self::Text(text) => Json::String(text.to_string()),
            Self::Date(date) => Json::String(iso(*date)),
            Self::List(items) => Json::Array(items.iter().map(Self::to_json).collect()),
            Self::Object(fields) => Json::Object(
                fields
                    .iter()
                    .map(|(key, value)| (key.to_string(), value.to_json()))
                    .collect(),
            ),
            Self::File(file) => serde_json::json!({
                "file": file.key, "name": file.name, "media_type": file.media_type,
                "size": file.size,
            }),
        }
    }
}

fn number_json(number: Number) -> Json {
    match number {
        Number::Whole(whole) => Json::from(whole),
        Number::Decimal(decimal) => Json::from(decimal),
    }
}

fn convert(json: &Json, depth: usize) -> Result<Value, TooDeep> {
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::Number(Number::Whole(whole)),
            (None, Some(decimal)) => Value::from(decimal),
            (None, None) => Value::Null,
        },
        Json::String(text) => Value::text(text.as_str()),
        Json::Array(items) => {
            let depth = depth.checked_sub(1).ok_or(TooDeep)?;
            Value::list(
                items
                    .iter()
                    .map(|item| convert(item, depth))
                    .collect::<Result<_, _>>()?,
            )
        }
        Json::Object(fields) => {
            let depth = depth.checked_sub(1).ok_or(TooDeep)?;
            let fields: Result<Fields, _> = fields
                .iter()
                .map(|(key, value)| Ok((Arc::from(key.as_str()), convert(value, depth)?)))
                .collect();
            Value::object(fields?)
        }
    })
}

/// The plain form.
struct Plain<'v>(&'v Value);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Date(date) => serializer.serialize_str(&iso(*date)),
            Value::File(_) => self.0.to_json().serialize(serializer),
            Value::List(items) => serializer.collect_seq(items.iter().map(Plain)),
            Value::Object(fields) => serializer.collect_map(
                fields
                    .iter()
                    .map(|(key, value)| (key.as_ref(), Plain(value))),
            ),
            Value::Number(number) => number_json(*number).serialize(serializer),
            scalar => scalar.serialize(serializer),
        }
    }
}

/// The journal's form.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(truth) => serializer.serialize_bool(*truth),
            Self::Number(Number::Whole(whole)) => serializer.serialize_i64(*whole),
            Self::Number(Number::Decimal(decimal)) if is_read_back(*decimal) => {
                serializer.serialize_f64(*decimal)
            }
            Self::Number(Number::Decimal(decimal)) => {
                single(serializer, "$number", &decimal.to_string())
            }
            Self::Text(text) => serializer.serialize_str(text),
            Self::Date(date) => single(serializer, "$date", &date.timestamp_millis()),
            Self::File(file) => single(serializer, "$file", file.as_ref()),
            Self::List(items) => {
                let mut seq = serializer.serialize_seq(Some(items.len()))?;
                for item in items.iter() {
                    seq.serialize_element(item)?;
                }
                seq.end()
            }
            Self::Object(fields) if looks_tagged(fields) => {
                let mut map = serializer.serialize_map(Some(1))?;
                for (key, value) in fields.iter() {
                    map.serialize_entry(&format!("${key}"), value)?;
                }
                map.end()
            }
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (key, value) in fields.iter() {
                    map.serialize_entry(key.as_ref(), value)?;
                }
                map.end()
            }
        }
    }
}

/// Tells whether the quick reading of decimals, which may miss the last bit of long ones, gives this number again.
fn is_read_back(decimal: f64) -> bool {
    serde_json::to_string(&decimal)
        .ok()
        .and_then(|text| serde_json::from_str::<f64>(&text).ok())
        .is_some_and(|read| read.to_bits() == decimal.to_bits())
}

/// An object with one key that starts with `$` could be taken for a tag, so its key is written with another `$`.
fn looks_tagged(fields: &Fields) -> bool {
    fields.len() == 1 && fields.keys().any(|key| key.starts_with('$'))
}

fn single<S: Serializer, T: Serialize + ?Sized>(
    serializer: S,
    tag: &str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(tag, value)?;
    map.end()
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        from_journal(&json).map_err(D::Error::custom)
    }
}

fn from_journal(json: &Json) -> Result<Value, String> {
    match json {
        Json::Array(items) => Ok(Value::list(
            items.iter().map(from_journal).collect::<Result<_, _>>()?,
        )),
        Json::Object(fields) => match fields.iter().next() {
            Some((tag, inner)) if fields.len() == 1 && tag.starts_with('$') => tagged(tag, inner),
            _ => {
                let fields: Result<Fields, String> = fields
                    .iter()
                    .map(|(key, value)| Ok((Arc::from(key.as_str()), from_journal(value)?)))
                    .collect();
                Ok(Value::object(fields?))
            }
        },
        scalar => convert(scalar, 1).map_err(|error| error.to_string()),
    }
}

fn tagged(tag: &str, inner: &Json) -> Result<Value, String> {
    if let Some(key) = tag.strip_prefix('$').filter(|key| key.starts_with('$')) {
        return Ok(Value::from_pairs([(key, from_journal(inner)?)]));
    }
    match tag {
        "$date" => inner
            .as_i64()
            .and_then(DateTime::<Utc>::from_timestamp_millis)
            .map(Value::Date)
            .ok_or_else(|| "a date in the journal is not a number of milliseconds".to_owned()),
        "$file" => serde_json::from_value::<FileRef>(inner.clone())
            .map(|file| Value::File(Arc::new(file)))
            .map_err(|error| error.to_string()),
        "$number" => inner
            .as_str()
            .and_then(Number::parse)
            .map(Value::Number)
            .ok_or_else(|| "a number in the journal is none".to_owned()),
        // Journals of before the second `$`.
        "$pairs" => {
            let pairs: Vec<(Arc<str>, Value)> =
                serde_json::from_value(inner.clone()).map_err(|error| error.to_string())?;
            Ok(Value::object(pairs.into_iter().collect()))
        }
        other => Err(format!("the journal has an unknown tag {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_journal_keeps_types_and_order() {
        let date = DateTime::<Utc>::from_timestamp_millis(1_700_000_000_123).unwrap();
        let value = Value::from_pairs([
            ("z", Value::Date(date)),
            ("a", Value::text("2023-11-14T22:13:20.123Z")),
            ("odd", Value::from_pairs([("$date", Value::from(1))])),
            ("odder", Value::from_pairs([("$$date", Value::from(1))])),
            (
                "list",
                Value::list(vec![Value::from(1.5), Value::Null, Value::from(true)]),
            ),
        ]);
        let text = serde_json::to_string(&value).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        assert!(
            text.starts_with(r#"{"z":{"$date":1700000000123}"#),
            "{text}"
        );
    }

    #[test]
    fn the_deepest_value_can_be_read_back() {
        let deep = (0..MAX_DEPTH).fold(Value::Null, |inner, _| Value::from_pairs([("$x", inner)]));
        let text = serde_json::to_string(&deep).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), deep);
        let old: Value = serde_json::from_str(r#"{"$pairs":[["$date",1]]}"#).unwrap();
        assert_eq!(old, Value::from_pairs([("$date", Value::from(1))]));
    }

    #[test]
    fn the_text_is_that_of_the_plain_form() {
        let date = DateTime::<Utc>::from_timestamp_millis(1_700_000_000_123).unwrap();
        let value = Value::from_pairs([
            ("d", Value::Date(date)),
            ("$one", Value::from_pairs([("$date", Value::from(0.1))])),
            (
                "l",
                Value::list(vec![Value::Null, "\"流".into(), true.into()]),
            ),
        ]);
        assert_eq!(value.to_json_text(), value.to_json().to_string());
    }

    #[test]
    fn deep_json_is_refused() {
        let mut json = Json::Null;
        for _ in 0..=MAX_DEPTH {
            json = Json::Array(vec![json]);
        }
        assert_eq!(Value::from_json(&json), Err(TooDeep));
    }
}
