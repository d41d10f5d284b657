//! Event hooks: register, verify, turn on and off. Delivery is in `crate::hooks`.

use serde_json::Value;
use url::Url;

use super::call::{After, Answer, Call, Reply};
use super::errors::OktaError;
use crate::log::{Note, Party, kinds};
use crate::state::Org;
use crate::state::hook::Hook;

/// Most active and verified hooks of an org, and most event types of a hook, as at Okta.
const MAX_HOOKS: usize = 25;
const MAX_EVENT_TYPES: usize = 300;

fn hook<'a>(org: &'a mut Org, call: &Call) -> Result<&'a mut Hook, OktaError> {
    let id = call.param("hookId");
    org.hooks
        .get_mut(id)
        .ok_or_else(|| OktaError::not_found(id, "EventHook"))
}

pub(crate) fn party(hook: &Hook) -> Party {
    Party {
        id: hook.id.clone(),
        kind: "EventHook",
        alternate_id: "unknown".to_owned(),
        display_name: hook.name.clone(),
    }
}

pub(super) fn list(org: &mut Org, call: &Call) -> Answer {
    Ok(Reply::ok(
        org.hooks
            .values()
            .map(|hook| hook.shown(&call.base))
            .collect(),
    ))
}

pub(super) fn read(org: &mut Org, call: &Call) -> Answer {
    Ok(Reply::ok(hook(org, call)?.shown(&call.base)))
}

struct Wanted {
    name: String,
    description: Option<String>,
    items: Vec<String>,
    uri: String,
    headers: Vec<(String, String)>,
    secret: Option<(String, String)>,
}

fn refused(field: &str, reason: &str) -> OktaError {
    OktaError::validation(field, format!("{field}: {reason}"))
}

fn parse(call: &Call) -> Result<Wanted, OktaError> {
    let body = Value::Object(call.object()?);
    let blank = "The field cannot be left blank";
    let name = body["name"]
        .as_str()
        .filter(|it| !it.is_empty())
        .ok_or_else(|| refused("name", blank))?;
    if body["events"]["type"].as_str() != Some("EVENT_TYPE") {
        return Err(refused("events.type", "The value must be EVENT_TYPE"));
    }
    if !body["events"]["filter"].is_null() {
        return Err(refused(
            "events.filter",
            "Event hook filters are not enabled for this org",
        ));
    }
    let items = event_types(&body["events"]["items"])?;
    let channel = &body["channel"];
    if channel["type"].as_str() != Some("HTTP") || channel["version"].as_str() != Some("1.0.0") {
        return Err(refused(
            "channel",
            "The type must be HTTP and the version 1.0.0",
        ));
    }
    let config = &channel["config"];
    let uri = config["uri"]
        .as_str()
        .ok_or_else(|| refused("uri", blank))?;
    if !is_acceptable_uri(uri) {
        return Err(refused("uri", "The address must be an https URL"));
    }
    let headers = config["headers"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| {
            Some((
                it["key"].as_str()?.to_owned(),
                it["value"].as_str()?.to_owned(),
            ))
        })
        .collect();
    let scheme = &config["authScheme"];
    let secret = scheme["key"]
        .as_str()
        .zip(scheme["value"].as_str())
        .map(|(key, value)| (key.to_owned(), value.to_owned()));
    Ok(Wanted {
        name: name.to_owned(),
        description: body["description"].as_str().map(str::to_owned),
        items,
        uri: uri.to_owned(),
        headers,
        secret,
    })
}

fn event_types(list: &Value) -> Result<Vec<String>, OktaError> {
    let items: Vec<String> = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    if items.is_empty() || items.len() > MAX_EVENT_TYPES {
        return Err(refused(
            "events.items",
            "Between 1 and 300 event types are required",
        ));
    }
    if let Some(wrong) = items.iter().find(|item| !is_event_type(item)) {
        return Err(refused(
            "events.items",
            &format!("'{wrong}' is not an event type"),
        ));
    }
    Ok(items)
}

fn is_event_type(item: &str) -> bool {
    item.contains('.')
        && item.chars().all(|letter| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '.' | '_')
        })
}

/// https anywhere, as Okta demands; http only on this machine, where there is nothing to overhear.
fn is_acceptable_uri(uri: &str) -> bool {
    Url::parse(uri).is_ok_and(|url| match url.scheme() {
        "https" => url.has_host(),
        "http" => matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")),
        _ => false,
    })
}

pub(super) fn create(org: &mut Org, call: &Call) -> Answer {
    let wanted = parse(call)?;
    if org.hooks.len() >= MAX_HOOKS {
        return Err(refused(
            "eventHook",
            "The maximum number of event hooks is reached",
        ));
    }
    if org.hooks.values().any(|hook| hook.uri == wanted.uri) {
        return Err(refused(
            "uri",
            "An event hook with this address already exists",
        ));
    }
    let hook = Hook {
        id: org.dice.id("who"),
        name: wanted.name,
        description: wanted.description,
        is_active: true,
        is_verified: false,
        created: call.at,
        created_by: call.caller.user_id.clone(),
        last_updated: call.at,
        items: wanted.items,
        uri: wanted.uri,
        headers: wanted.headers,
        secret: wanted.secret,
    };
    let reply = Reply::ok(hook.shown(&call.base));
    let by = call.by(org);
    org.note(&by, Note::of(&kinds::HOOK_CREATE).to(party(&hook)));
    org.hooks.insert(hook.id.clone(), hook);
    Ok(reply)
}

/// A new address or secret has to be verified again.
pub(super) fn replace(org: &mut Org, call: &Call) -> Answer {
    hook(org, call)?;
    let wanted = parse(call)?;
    let by = call.by(org);
    let hook = hook(org, call)?;
    if hook.uri != wanted.uri || (wanted.secret.is_some() && hook.secret != wanted.secret) {
        hook.is_verified = false;
    }
    hook.name = wanted.name;
    hook.description = wanted.description;
    hook.items = wanted.items;
    hook.uri = wanted.uri;
    hook.headers = wanted.headers;
    if wanted.secret.is_some() {
        hook.secret = wanted.secret;
    }
    hook.last_updated = call.at;
    let (reply, target) = (Reply::ok(hook.shown(&call.base)), party(hook));
    org.note(&by, Note::of(&kinds::HOOK_UPDATE).to(target));
    Ok(reply)
}

/// Only a hook that is turned off can be deleted.
pub(super) fn delete(org: &mut Org, call: &Call) -> Answer {
    let hook = hook(org, call)?.clone();
    if hook.is_active {
        return Err(refused(
            "eventHook",
            "Deactivate the event hook before you delete it",
        ));
    }
    org.hooks.shift_remove(&hook.id);
    let by = call.by(org);
    org.note(&by, Note::of(&kinds::HOOK_DELETE).to(party(&hook)));
    Ok(Reply::empty(204))
}

pub(super) fn verify(org: &mut Org, call: &Call) -> Answer {
    let id = hook(org, call)?.id.clone();
    Ok(Reply {
        after: After::VerifyHook(id),
        ..Reply::empty(200)
    })
}

pub(super) fn activate(org: &mut Org, call: &Call) -> Answer {
    turn(org, call, true, &kinds::HOOK_ACTIVATE)
}

pub(super) fn deactivate(org: &mut Org, call: &Call) -> Answer {
    turn(org, call, false, &kinds::HOOK_DEACTIVATE)
}

fn turn(org: &mut Org, call: &Call, on: bool, kind: &'static kinds::Kind) -> Answer {
    let by = call.by(org);
    let hook = hook(org, call)?;
    hook.is_active = on;
    hook.last_updated = call.at;
    let (reply, target) = (Reply::ok(hook.shown(&call.base)), party(hook));
    org.note(&by, Note::of(kind).to(target));
    Ok(reply)
}
