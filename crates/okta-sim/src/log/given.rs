//! Events that somebody writes into the log from outside: what a simulated org cannot do by itself, it can still report.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::kinds::Kind;
use super::{By, LogEvent};
use crate::filter::instant;
use crate::state::Org;

/// The keys of a LogEvent, as the description has them.
const KEYS: [&str; 17] = [
    "actor",
    "authenticationContext",
    "client",
    "debugContext",
    "displayMessage",
    "eventType",
    "legacyEventType",
    "outcome",
    "published",
    "request",
    "securityContext",
    "severity",
    "target",
    "transaction",
    "uuid",
    "version",
    "device",
];

/// Stands behind given events, whose own words cover it.
static GIVEN: Kind = Kind {
    event_type: "",
    message: "",
    legacy: None,
    severity: "INFO",
};

/// An event as it was given, checked.
#[derive(Debug)]
pub(crate) struct Given {
    keys: Map<String, Value>,
    published: Option<DateTime<Utc>>,
}

impl Given {
    /// Reads an event. It needs an `eventType` and may have whatever else a LogEvent has, null included.
    pub(crate) fn parse(event: Value) -> Result<Given, String> {
        let Value::Object(keys) = event else {
            return Err("An event must be an object".to_owned());
        };
        if let Some(odd) = keys.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(format!("{odd}: A LogEvent has no such key"));
        }
        let is_type = |text: &str| {
            text.contains('.')
                && text.chars().all(|letter| {
                    letter.is_ascii_lowercase()
                        || letter.is_ascii_digit()
                        || matches!(letter, '.' | '_')
                })
        };
        if !keys
            .get("eventType")
            .and_then(Value::as_str)
            .is_some_and(is_type)
        {
            return Err("eventType: An event type is required".to_owned());
        }
        let published = match keys.get("published") {
            None => None,
            Some(text) => Some(
                text.as_str()
                    .and_then(instant)
                    .ok_or("published: The value must be an ISO 8601 timestamp")?,
            ),
        };
        Ok(Given { keys, published })
    }
}

impl Org {
    /// Writes an event as it was given and returns its uuid.
    pub(crate) fn note_given(&mut self, by: &By, given: Given) -> String {
        let uuid = match given.keys.get("uuid").and_then(Value::as_str) {
            Some(uuid) => uuid.to_owned(),
            None => self.dice.uuid(),
        };
        let event = LogEvent {
            seq: self.next_seq(),
            uuid: uuid.clone(),
            at: given.published.unwrap_or(by.at),
            kind: &GIVEN,
            actor: by.actor.clone(),
            targets: Vec::new(),
            result: "SUCCESS",
            reason: None,
            origin: by.origin.clone(),
            details: Vec::new(),
            given: Some(Arc::new(given.keys)),
        };
        self.write(event);
        uuid
    }
}
