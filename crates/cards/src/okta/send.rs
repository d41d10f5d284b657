//! From the inputs of an action to its request. Empty inputs are not sent: an attribute that is not given is left to
//! Okta, never blanked by accident.

use flow::{Args, CardError, Value};
use serde_json::{Map, Value as Json};

use super::declare::{Action, Put, To};
use super::results::{ResultSet, result_set};
use super::terms;
use crate::web::{HttpRequest, Method, encode};

/// Tells whether an option is left to the run: `-- Enter Application ID --` and its like.
fn is_entered(text: &str) -> bool {
    text.starts_with("-- Enter ") && text.ends_with(" --")
}

pub(super) fn request(action: &Action, args: &Args) -> Result<HttpRequest, CardError> {
    Ok(HttpRequest {
        method: action.method,
        path: path(action, args)?,
        query: query(action, args),
        headers: Vec::new(),
        body: body(action, args),
    })
}

/// Returns the path with every placeholder filled and encoded.
pub(super) fn path(action: &Action, args: &Args) -> Result<String, CardError> {
    let mut path = String::new();
    for segment in action.path.split('/').skip(1) {
        path.push('/');
        match segment
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
        {
            None => path.push_str(segment),
            Some(name) => path.push_str(&placeholder(action, args, name)?),
        }
    }
    Ok(path)
}

fn placeholder(action: &Action, args: &Args, name: &str) -> Result<String, CardError> {
    let puts = || {
        action
            .inputs
            .iter()
            .filter(move |put| matches!(put.to, To::Path(param) if param == name))
    };
    let value_of = |put: &Put| {
        let text = args.get(put.field.group, put.field.key).to_text();
        let text = text.trim();
        (!(text.is_empty() || put.field.option && is_entered(text))).then(|| text.to_owned())
    };
    // What is given at run time wins over what was chosen while designing.
    let given = puts()
        .filter(|put| !put.field.option)
        .find_map(value_of)
        .or_else(|| puts().find_map(value_of));
    match given {
        // A dot segment would change which call is made.
        Some(text) if text != "." && text != ".." => Ok(encode(&text)),
        Some(text) => Err(CardError::new(
            "invalid_id",
            format!("{text} is not an id. Map the id of an earlier card."),
        )),
        None => {
            let (group, label) = puts()
                .next_back()
                .map_or(("", name), |put| (put.field.group, put.field.label));
            Err(CardError::new(
                "missing_input",
                format!(
                    "The input {group} {label} is empty. Map a value to it, or check the card that should give it."
                ),
            ))
        }
    }
}

/// Returns the query that the inputs and the Result Set make.
pub(super) fn query(action: &Action, args: &Args) -> Vec<(String, String)> {
    let mut query = Vec::new();
    for put in action.inputs {
        let value = args.get(put.field.group, put.field.key);
        let text = value.to_text();
        match put.to {
            To::Query(name) if !value.is_empty() => query.push((name.to_owned(), text)),
            To::YesNo(name) if !value.is_empty() => {
                query.push((name.to_owned(), is_yes(&text).to_string()));
            }
            _ => {}
        }
    }
    if let Some(list) = &action.list
        && list.page > 0
    {
        let limit = match result_set(action, args) {
            ResultSet::First => 1,
            _ => list.page,
        };
        query.push(("limit".into(), limit.to_string()));
    }
    query
}

/// Returns the query with the conditions of the inputs under `name`.
pub(super) fn query_with_terms(action: &Action, args: &Args, name: &str) -> Vec<(String, String)> {
    let mut query = query(action, args);
    if let Some(expression) = terms::expression(action, args) {
        query.insert(0, (name.to_owned(), expression));
    }
    query
}

/// Tells whether an option that is Yes or No, or True/False in older cards, says yes.
pub(super) fn is_yes(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "yes" | "true")
}

/// The error of a change that changes nothing: Okta insists on a body.
pub(super) fn nothing_to_change() -> CardError {
    CardError::new(
        "missing_input",
        "All inputs that would change something are empty. Map a value to one of them.",
    )
}

/// Returns the body: the action's constants, the inputs at their places, and the attributes of the org's schema.
pub(super) fn body(action: &Action, args: &Args) -> Option<Json> {
    if matches!(action.method, Method::Get | Method::Delete) {
        return None;
    }
    let mut body = Map::new();
    for (place, constant) in action.body {
        set(&mut body, place, Json::String((*constant).to_owned()));
    }
    for put in action.inputs {
        let value = args.get(put.field.group, put.field.key);
        match put.to {
            To::Body(place) if !value.is_empty() => set(&mut body, place, value.to_json()),
            _ => {}
        }
    }
    for (key, value) in profile(action, args) {
        set_in_profile(&mut body, &key, value.to_json());
    }
    (!body.is_empty()).then_some(Json::Object(body))
}

/// Returns the values of the groups whose fields are profile attributes and have no place of their own.
fn profile(action: &Action, args: &Args) -> Vec<(String, Value)> {
    let has_place = |group: &str, key: &str| {
        action.inputs.iter().any(|put| {
            matches!(put.to, To::Body(_)) && put.field.group == group && put.field.key == key
        })
    };
    let mut groups: Vec<&str> = action
        .inputs
        .iter()
        .filter(|put| matches!(put.to, To::Profile))
        .map(|put| put.field.group)
        .collect();
    groups.dedup();
    groups
        .into_iter()
        .flat_map(|group| {
            args.group(group)
                .into_iter()
                .filter(move |(key, value)| !value.is_empty() && !has_place(group, key))
        })
        .map(|(key, value)| (key.to_string(), value))
        .collect()
}

fn set(body: &mut Map<String, Json>, place: &str, value: Json) {
    match place.split_once('.') {
        None => {
            body.insert(place.to_owned(), value);
        }
        Some((first, rest)) => within(body, first, |inner| set(inner, rest, value)),
    }
}

/// An attribute may have a dot in its name, so it is not read as a path.
fn set_in_profile(body: &mut Map<String, Json>, key: &str, value: Json) {
    within(body, "profile", |profile| {
        profile.insert(key.to_owned(), value);
    });
}

/// Changes the object under `key`, which is made where there is none.
fn within(body: &mut Map<String, Json>, key: &str, change: impl FnOnce(&mut Map<String, Json>)) {
    let mut inner = match body.remove(key) {
        Some(Json::Object(inner)) => inner,
        _ => Map::new(),
    };
    change(&mut inner);
    body.insert(key.to_owned(), Json::Object(inner));
}
