//! Simulation only, not part of Okta: faults, seen calls, the clock. With the API token only.

use chrono::Duration;
use serde_json::{Value, json};

use super::call::{Answer, Call, Reply};
use super::errors::OktaError;
use crate::log::{By, Given};
use crate::state::{Org, stamp};
use crate::{DeliveryFaultRule, FaultRule, Taught};

/// Most events written by one request.
const MAX_EMITTED: usize = 10_000;
/// Furthest the clock may be moved by one request.
const MAX_ADVANCE_S: i64 = 10 * 365 * 86_400;

pub(super) fn info(org: &mut Org, call: &Call) -> Answer {
    Ok(Reply::ok(json!({
        "url": call.base,
        "now": stamp(call.at),
        "users": org.users.len(),
        "crowd": org.crowd.count,
        "groups": org.groups.len(),
        "rules": org.rules.len(),
        "apps": org.apps.len(),
        "eventHooks": org.hooks.len(),
        "logEvents": org.log.len(),
        "waitingFaults": org.desk.waiting_faults(),
        "tokensActive": org.grants.active(call.at),
    })))
}

pub(super) fn calls(org: &mut Org, _call: &Call) -> Answer {
    let calls = serde_json::to_value(org.desk.calls()).unwrap_or_default();
    Ok(Reply::ok(calls))
}

pub(super) fn order_fault(org: &mut Org, call: &Call) -> Answer {
    let rule: FaultRule = serde_json::from_value(Value::Object(call.object()?))
        .map_err(|error| OktaError::validation("fault", error.to_string()))?;
    org.desk.order(rule);
    Ok(Reply::empty(204))
}

pub(super) fn forget_faults(org: &mut Org, _call: &Call) -> Answer {
    org.desk.forget_faults();
    Ok(Reply::empty(204))
}

/// Learns an answer to what the org does not know by itself.
pub(super) fn teach(org: &mut Org, call: &Call) -> Answer {
    let taught: Taught = serde_json::from_value(Value::Object(call.object()?))
        .map_err(|error| OktaError::validation("answer", error.to_string()))?;
    if !taught.path.starts_with('/') || !(200..600).contains(&taught.status) {
        return Err(OktaError::validation(
            "answer",
            "A path from the root and a status from 200 are required",
        ));
    }
    org.desk.lessons.learn(taught);
    Ok(Reply::empty(204))
}

pub(super) fn taught_calls(org: &mut Org, _call: &Call) -> Answer {
    let calls = serde_json::to_value(org.desk.lessons.calls()).unwrap_or_default();
    Ok(Reply::ok(calls))
}

pub(super) fn unlearn(org: &mut Org, _call: &Call) -> Answer {
    org.desk.lessons.forget();
    Ok(Reply::empty(204))
}

/// Writes events into the log as they are given, all or none.
pub(super) fn emit(org: &mut Org, call: &Call) -> Answer {
    let mut body = call.object()?;
    let Some(Value::Array(events)) = body.remove("events") else {
        return Err(OktaError::validation(
            "events",
            "events: A list is required",
        ));
    };
    let by = call.by(org);
    let uuids =
        emit_all(org, &by, events).map_err(|reason| OktaError::validation("events", reason))?;
    Ok(Reply::ok(json!({"uuids": uuids})))
}

/// Writes events as they are given, all or none, and returns their uuids.
pub(crate) fn emit_all(org: &mut Org, by: &By, events: Vec<Value>) -> Result<Vec<String>, String> {
    if events.len() > MAX_EMITTED {
        return Err(format!("events: At most {MAX_EMITTED} at once"));
    }
    let given = events
        .into_iter()
        .map(Given::parse)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(given
        .into_iter()
        .map(|given| org.note_given(by, given))
        .collect())
}

pub(super) fn order_delivery_fault(org: &mut Org, call: &Call) -> Answer {
    let rule: DeliveryFaultRule = serde_json::from_value(Value::Object(call.object()?))
        .map_err(|error| OktaError::validation("fault", error.to_string()))?;
    org.desk.order_delivery(rule);
    Ok(Reply::empty(204))
}

pub(super) fn advance_clock(org: &mut Org, call: &Call) -> Answer {
    let seconds = call
        .object()?
        .get("advance_s")
        .and_then(Value::as_i64)
        .filter(|seconds| (0..=MAX_ADVANCE_S).contains(seconds))
        .ok_or_else(|| {
            OktaError::validation(
                "advance_s",
                "advance_s: A number of seconds from 0 is required",
            )
        })?;
    org.clock.advance(Duration::seconds(seconds));
    Ok(Reply::ok(json!({"now": stamp(org.now())})))
}

pub(super) fn set_limits(org: &mut Org, call: &Call) -> Answer {
    let factor = call
        .object()?
        .get("factor")
        .and_then(Value::as_u64)
        .and_then(|factor| u32::try_from(factor).ok())
        .filter(|factor| *factor >= 1)
        .ok_or_else(|| OktaError::validation("factor", "factor: A number from 1 is required"))?;
    org.limits.factor = factor;
    Ok(Reply::empty(204))
}
