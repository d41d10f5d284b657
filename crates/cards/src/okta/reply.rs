//! From an answer of Okta to the outputs of an action.

use flow::{Args, Base, CardError, FieldKey, Fields, Outputs, RetryHint, Type, Value, coerce};
use serde_json::Value as Json;

use super::declare::{Action, From, Take};
use super::results::{ResultSet, result_set};
use crate::http::{headers, read_json};
use crate::read::items;
use crate::web::HttpReply;

pub(super) fn outputs(
    action: &Action,
    args: &Args,
    reply: &HttpReply,
) -> Result<Outputs, CardError> {
    if reply.status >= 400 {
        return Err(refused(reply));
    }
    let body = read_json(&reply.body)?;
    let mut outputs: Outputs = action
        .outputs
        .iter()
        .map(|take| {
            let value = match take.from {
                From::CountOf(group, key) => count(items(args.get(group, key))),
                _ => taken(take, &body, reply),
            };
            (field(take.group, take.name), value)
        })
        .collect();
    if let Some(group) = action.profile {
        outputs.extend(profile(group, &body.at(&["profile"])));
    }
    if let Some(list) = &action.list {
        match result_set(action, args) {
            ResultSet::First => {
                let first = body.at(&["0"]);
                for take in list.record {
                    outputs.push((field(list.group, take.name), taken(take, &first, reply)));
                }
                if let Some(path) = list.profile {
                    outputs.extend(profile(list.group, &crate::read::at(&first, path)));
                }
            }
            _ => outputs.push((
                field(list.group, list.name),
                Value::list(records(action, reply)),
            )),
        }
    }
    fit(&mut outputs, args);
    Ok(outputs)
}

fn count(items: &[Value]) -> Value {
    Value::from(i64::try_from(items.len()).unwrap_or(i64::MAX))
}

fn field(group: &str, name: &str) -> FieldKey {
    FieldKey::in_group(group, name)
}

fn profile(group: &str, profile: &Value) -> Outputs {
    profile
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (field(group, key), value.clone()))
        .collect()
}

/// Brings values to the types that the flow declares where it can; "True/False" for a moment in time means that there
/// is one, as in older cards.
fn fit(outputs: &mut Outputs, args: &Args) {
    for (key, value) in outputs {
        let Some((_, ty)) = args.wanted.iter().find(|(wanted, _)| wanted == key) else {
            continue;
        };
        if let Ok(fitted) = coerce(value, None, ty) {
            *value = fitted;
        } else if ty.base == Base::Boolean {
            *value = Value::Bool(!value.is_null());
        }
    }
}

pub(super) fn records(action: &Action, reply: &HttpReply) -> Vec<Value> {
    let found: &[Json] = match &reply.body {
        _ if reply.status >= 400 => &[],
        Json::Array(items) => items,
        Json::Null => &[],
        single => std::slice::from_ref(single),
    };
    found
        .iter()
        .filter_map(|item| Value::from_json(item).ok())
        .map(|item| match &action.list {
            Some(list) if !list.record.is_empty() => {
                record(list.record, list.profile, &item, reply)
            }
            _ => item,
        })
        .collect()
}

fn record(takes: &[Take], profile: Option<&str>, item: &Value, reply: &HttpReply) -> Value {
    let mut fields: Fields = takes
        .iter()
        .map(|take| (take.name.into(), taken(take, item, reply)))
        .collect();
    if let Some(path) = profile
        && let Some(attributes) = crate::read::at(item, path).as_object()
    {
        for (key, value) in attributes {
            fields.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
    Value::object(fields)
}

fn taken(take: &Take, body: &Value, reply: &HttpReply) -> Value {
    let at = |path| crate::read::at(body, path);
    let value = match take.from {
        From::Status => Value::from(i64::from(reply.status)),
        From::Headers => headers(reply),
        From::Whole => body.clone(),
        From::At(path) => at(path),
        From::Exists(path) => Value::Bool(!at(path).is_null()),
        From::LastSegment(path) => last_segment(&at(path)),
        From::Object(_) if body.is_null() => Value::Null,
        From::Object(takes) => Value::from_pairs(
            takes
                .iter()
                .map(|take| (take.name, taken(take, body, reply))),
        ),
        From::Counted | From::CountOf(..) => Value::Null,
    };
    let ty = Type {
        list: take.list,
        ..Type::one(take.base)
    };
    coerce(&value, None, &ty).unwrap_or(value)
}

fn last_segment(url: &Value) -> Value {
    match url.as_text().and_then(|url| url.rsplit('/').next()) {
        Some(segment) if !segment.is_empty() => Value::from(segment),
        _ => Value::Null,
    }
}

/// Turns a refusal into an error with Okta's own code, summary and causes; the whole answer is its detail, so that a flow
/// finds `errorCode`, `errorSummary`, `errorId` and `errorCauses` in the error object.
fn refused(reply: &HttpReply) -> CardError {
    let said = |key: &str| reply.body.get(key).and_then(Json::as_str);
    let causes: Vec<&str> = reply
        .body
        .get("errorCauses")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(|cause| cause.get("errorSummary").and_then(Json::as_str))
        .collect();
    let mut message = format!(
        "Okta refused the call ({}): {}",
        reply.status,
        said("errorSummary").unwrap_or("it gave no reason")
    );
    if !causes.is_empty() {
        message.push_str(" — ");
        message.push_str(&causes.join("; "));
    }
    CardError {
        code: match said("errorCode") {
            Some(code) => format!("okta.{code}"),
            None => format!("okta.http_{}", reply.status),
        },
        message,
        status: Some(reply.status),
        detail: Value::from_json(&reply.body).unwrap_or_default(),
        retry: match reply.status {
            429 => RetryHint::RateLimited {
                reset_at_ms: reset_at(reply),
            },
            408 | 500.. => RetryHint::Unavailable,
            _ => RetryHint::No,
        },
    }
}

/// `X-Rate-Limit-Reset` is in seconds since 1970.
fn reset_at(reply: &HttpReply) -> Option<i64> {
    reply
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("x-rate-limit-reset"))
        .and_then(|(_, value)| value.trim().parse::<i64>().ok())
        .and_then(|seconds| seconds.checked_mul(1000))
}

#[cfg(test)]
mod tests;
