//! Names: where roots and properties come from in the context. A name that is not there is null for the roots that the
//! language knows, and a mistake otherwise.

use std::borrow::Cow;

use serde_json::{Map, Number, Value as Json};

use super::evaluate::Machine;
use super::problem::Fault;
use super::value::Value;

/// Roots that may be missing from a context.
const ROOTS: [&str; 11] = [
    "user",
    "appuser",
    "source",
    "org",
    "idpuser",
    "session",
    "app",
    "device",
    "security",
    "login",
    "accessRequest",
];

/// Whether capital letters count. Okta's own pages spell properties of app users in several ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    Exact,
    Loose,
}

/// The value of a bare name.
pub(super) fn root<'a>(machine: &mut Machine<'a>, name: &str) -> Result<Value<'a>, Fault> {
    let roots = machine.roots;
    let found = roots.get(name).or_else(|| {
        let is_app_user = name.eq_ignore_ascii_case("appuser");
        is_app_user.then(|| loose(roots, name)).flatten()
    });
    if let Some(json) = found {
        return read(machine, json);
    }
    if ROOTS.iter().any(|known| known.eq_ignore_ascii_case(name)) || is_app_root(name) {
        return Ok(Value::Null);
    }
    Err(Fault::new(format!(
        "There is nothing called `{name}`; an attribute is written with its root, as in user.{name}."
    )))
}

/// `active_directory` and `<app>_app` name assignments, which a person may not have.
fn is_app_root(name: &str) -> bool {
    name.starts_with("active_directory") || name.ends_with("_app")
}

/// A property; of null it is null, and so is one that the object does not have.
pub(super) fn property<'a>(
    machine: &mut Machine<'a>,
    value: &Value<'a>,
    name: &str,
    spelling: Spelling,
) -> Result<Value<'a>, Fault> {
    match value {
        Value::Null => Ok(Value::Null),
        Value::Object(object) => match member(object, name, spelling) {
            Some(json) => read(machine, json),
            None => Ok(Value::Null),
        },
        Value::Map(entries) => {
            let found = entries.iter().find(|(key, _)| *key == name);
            Ok(found.map_or(Value::Null, |(_, value)| value.clone()))
        }
        Value::List(items) if name == "length" || name == "size" => Ok(Value::count(items.len())),
        other => Err(Fault::new(format!(
            "`{name}` cannot be read from {}.",
            other.kind()
        ))),
    }
}

/// A member of an object, or of its `profile` where the object itself does not have it: people and groups come flat and
/// as the management API writes them.
fn member<'a>(object: &'a Map<String, Json>, name: &str, spelling: Spelling) -> Option<&'a Json> {
    let find = |object: &'a Map<String, Json>| match spelling {
        Spelling::Exact => object.get(name),
        Spelling::Loose => object.get(name).or_else(|| loose(object, name)),
    };
    find(object).or_else(|| find(object.get("profile")?.as_object()?))
}

fn loose<'a>(object: &'a Map<String, Json>, name: &str) -> Option<&'a Json> {
    let mut found = object
        .iter()
        .filter(|(key, _)| key.eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value)
}

/// Whether `.profile` means the object itself, because its attributes are not wrapped in one.
pub(super) fn is_flat_profile(value: &Value<'_>, name: &str) -> bool {
    matches!(value, Value::Object(object) if name == "profile" && !object.contains_key("profile"))
}

/// A value of the context; a list is read with its elements.
pub(super) fn read<'a>(machine: &mut Machine<'a>, json: &'a Json) -> Result<Value<'a>, Fault> {
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => from_number(number),
        Json::String(text) => Value::Text(Cow::from(text.as_str())),
        Json::Object(object) => Value::Object(object),
        Json::Array(items) => {
            machine.room_for_items(items.len())?;
            let items: Result<Vec<_>, _> = items.iter().map(|item| read(machine, item)).collect();
            Value::List(items?)
        }
    })
}

fn from_number<'a>(number: &Number) -> Value<'a> {
    match number.as_i64() {
        Some(whole) => Value::Int(whole),
        None => Value::Double(number.as_f64().unwrap_or(0.0)),
    }
}

impl Machine<'_> {
    /// The value as JSON.
    pub(super) fn json_of(&mut self, value: &Value<'_>) -> Result<Json, Fault> {
        self.spend(1)?;
        Ok(match value {
            Value::Null => Json::Null,
            Value::Bool(truth) => Json::Bool(*truth),
            Value::Int(number) => Json::from(*number),
            Value::Double(number) => Json::from(*number),
            Value::Text(text) => {
                self.room_for(text.len())?;
                Json::from(text.as_ref())
            }
            Value::List(items) => {
                let items: Result<Vec<_>, _> =
                    items.iter().map(|item| self.json_of(item)).collect();
                Json::Array(items?)
            }
            Value::Object(object) => Json::Object((*object).clone()),
            Value::Map(entries) => {
                let mut object = Map::new();
                for (key, value) in entries {
                    object.insert((*key).to_owned(), self.json_of(value)?);
                }
                Json::Object(object)
            }
            Value::Time(moment) => Json::from(moment.shown()),
            Value::Country(country) => Json::from(country.alpha2),
        })
    }
}
