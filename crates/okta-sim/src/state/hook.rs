//! An event hook: which events go to which address, and the deliveries that wait.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::clock::stamp;

#[derive(Clone, Debug)]
pub(crate) struct Hook {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) is_active: bool,
    pub(crate) is_verified: bool,
    pub(crate) created: DateTime<Utc>,
    pub(crate) created_by: String,
    pub(crate) last_updated: DateTime<Utc>,
    pub(crate) items: Vec<String>,
    pub(crate) uri: String,
    pub(crate) headers: Vec<(String, String)>,
    /// Header name and secret that every request to the address carries.
    pub(crate) secret: Option<(String, String)>,
}

impl Hook {
    pub(crate) fn receives(&self, event_type: &str) -> bool {
        self.is_active && self.is_verified && self.items.iter().any(|item| item == event_type)
    }

    /// The hook as the API shows it. The secret is never shown again.
    pub(crate) fn shown(&self, base: &str) -> Value {
        let url = format!("{base}/api/v1/eventHooks/{}", self.id);
        let next = if self.is_active {
            "deactivate"
        } else {
            "activate"
        };
        let step = |name: &str| json!({"href": format!("{url}/lifecycle/{name}"), "hints": {"allow": ["POST"]}});
        let headers: Vec<Value> = self
            .headers
            .iter()
            .map(|(key, value)| json!({"key": key, "value": value}))
            .collect();
        let scheme = self.secret.as_ref().map_or(
            Value::Null,
            |(key, _)| json!({"type": "HEADER", "key": key}),
        );
        json!({
            "id": self.id,
            "status": if self.is_active { "ACTIVE" } else { "INACTIVE" },
            "verificationStatus": if self.is_verified { "VERIFIED" } else { "UNVERIFIED" },
            "name": self.name,
            "description": self.description,
            "created": stamp(self.created),
            "createdBy": self.created_by,
            "lastUpdated": stamp(self.last_updated),
            "events": {"type": "EVENT_TYPE", "items": self.items, "filter": null},
            "channel": {
                "type": "HTTP",
                "version": "1.0.0",
                "config": {"uri": self.uri, "headers": headers, "method": "POST", "authScheme": scheme},
            },
            "_links": {
                "self": {"href": url},
                "verify": step("verify"),
                next: step(next),
            },
        })
    }
}
