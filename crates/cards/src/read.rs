//! Reading the inputs of a card. The engine has brought values to the types of the fields already; imported cards may
//! declare a field otherwise, so what nearly fits is converted here by the rules of the flow language. Null counts as
//! the empty value of the type.

use chrono::{DateTime, Utc};
use flow::{Arg, Args, Base, CardError, FieldKey, Fields, Number, Outputs, Type, Value, coerce};

/// Returns the outputs of a card with one output.
pub(crate) fn output(key: &str, value: impl Into<Value>) -> Outputs {
    vec![(FieldKey::plain(key), value.into())]
}

/// Returns a text, empty where there is none.
pub(crate) fn text(args: &Args, key: &str) -> String {
    args.get("", key).to_text()
}

/// Returns a number, 0 where there is none.
pub(crate) fn number(args: &Args, key: &str) -> Result<Number, CardError> {
    Ok(maybe_number(args, key)?.unwrap_or(Number::from(0)))
}

/// Returns a number where there is one.
pub(crate) fn maybe_number(args: &Args, key: &str) -> Result<Option<Number>, CardError> {
    as_number(args.get("", key), key)
}

/// Returns the number that `value` is.
pub(crate) fn as_number(value: &Value, key: &str) -> Result<Option<Number>, CardError> {
    Ok(typed(value, Base::Number, key)?.as_number())
}

/// Returns a whole number where there is one; a fraction is cut off.
pub(crate) fn whole(args: &Args, key: &str) -> Result<Option<i64>, CardError> {
    Ok(maybe_number(args, key)?.map(to_whole))
}

/// Returns the whole number; a fraction is cut off.
#[expect(clippy::cast_possible_truncation, reason = "saturates, as wanted")]
pub(crate) fn to_whole(number: Number) -> i64 {
    number
        .as_i64()
        .unwrap_or_else(|| number.as_f64().trunc() as i64)
}

/// Returns True/False, `otherwise` where there is none.
pub(crate) fn flag(args: &Args, key: &str, otherwise: bool) -> Result<bool, CardError> {
    Ok(typed(args.get("", key), Base::Boolean, key)?
        .as_bool()
        .unwrap_or(otherwise))
}

/// Returns True/False of an input in a group, false where there is none.
pub(crate) fn flag_of(args: &Args, group: &str, key: &str) -> Result<bool, CardError> {
    Ok(typed(args.get(group, key), Base::Boolean, key)?
        .as_bool()
        .unwrap_or(false))
}

/// Returns a date.
pub(crate) fn date(args: &Args, key: &str) -> Result<DateTime<Utc>, CardError> {
    match typed(args.get("", key), Base::Date, key)? {
        Value::Date(date) => Ok(date),
        _ => Err(CardError::new(
            "missing_date",
            format!("The input {key} is empty. Give it a date."),
        )),
    }
}

/// Returns the items of a list: a single value is a list of it, null an empty one.
pub(crate) fn list<'a>(args: &'a Args, key: &str) -> &'a [Value] {
    items(args.get("", key))
}

/// Returns the items that `value` holds.
pub(crate) fn items(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::List(items) => items,
        single => std::slice::from_ref(single),
    }
}

/// Returns the fields of an object, none where there is none.
pub(crate) fn object(args: &Args, key: &str) -> Result<Fields, CardError> {
    as_object(args.get("", key), key)
}

/// Returns the fields of the object that `value` is.
pub(crate) fn as_object(value: &Value, key: &str) -> Result<Fields, CardError> {
    match typed(value, Base::Object, key)? {
        Value::Null => Ok(Fields::new()),
        Value::Object(fields) => Ok(fields.as_ref().clone()),
        other => Err(wrong(
            key,
            &format!("Object was expected, but {} came.", other.type_name()),
        )),
    }
}

/// Returns the inputs without a group, in order, except those of `except`.
pub(crate) fn plain<'a>(args: &'a Args, except: &'a [&str]) -> impl Iterator<Item = &'a Arg> {
    args.inputs
        .iter()
        .filter(move |arg| arg.key.group.is_none() && !except.contains(&arg.key.key.as_str()))
}

/// Splits a dotted path into its steps; an empty path has none.
pub(crate) fn steps(path: &str) -> Vec<&str> {
    if path.is_empty() {
        Vec::new()
    } else {
        path.split('.').collect()
    }
}

/// Longer paths lead nowhere: a list card follows its path for every item.
const LONGEST_PATH: usize = 10_000;

/// Returns the value at a dotted path. A key that itself holds dots wins over the path.
pub(crate) fn at(value: &Value, path: &str) -> Value {
    if let Some(found) = value.as_object().and_then(|fields| fields.get(path)) {
        return found.clone();
    }
    if path.len() > LONGEST_PATH {
        return Value::Null;
    }
    value.at(&steps(path))
}

fn typed(value: &Value, base: Base, key: &str) -> Result<Value, CardError> {
    coerce(value, None, &Type::one(base)).map_err(|message| wrong(key, &message))
}

fn wrong(key: &str, message: &str) -> CardError {
    CardError::new(
        "invalid_type",
        format!("The input {key} has a value of another type: {message}"),
    )
}
