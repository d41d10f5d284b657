//! One event, and how it looks to those who read the log.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::kinds::Kind;
use crate::filter::{Fields, Scalar, json_values};
use crate::state::stamp;

/// An actor or a target.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) alternate_id: String,
    pub(crate) display_name: String,
}

impl Party {
    pub(crate) fn system() -> Party {
        Party {
            id: "okta.2b1959c8-bcc0-56eb-a589-cfcfb7422f26".to_owned(),
            kind: "SystemPrincipal",
            alternate_id: "system@okta.com".to_owned(),
            display_name: "Okta System".to_owned(),
        }
    }

    fn shown(&self) -> Value {
        json!({
            "id": self.id,
            "type": self.kind,
            "alternateId": self.alternate_id,
            "displayName": self.display_name,
            "detailEntry": null,
        })
    }
}

/// The request behind an event.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) ip: String,
    pub(crate) agent: String,
    pub(crate) place: usize,
    pub(crate) request_id: String,
    pub(crate) uri: String,
    pub(crate) session: Option<String>,
    pub(crate) client_id: Option<String>,
    /// `WEB` for a request, `JOB` for what the org did by itself.
    pub(crate) transaction: &'static str,
}

/// City, state, country, postal code, latitude, longitude.
pub(crate) type Place = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    f64,
    f64,
);

/// Where requests come from.
pub(crate) const PLACES: [Place; 6] = [
    ("Tokyo", "Tokyo", "Japan", "100-0001", 35.6895, 139.6917),
    ("Osaka", "Osaka", "Japan", "530-0001", 34.6937, 135.5022),
    ("Fukuoka", "Fukuoka", "Japan", "812-0011", 33.5902, 130.4017),
    (
        "Portland",
        "Oregon",
        "United States",
        "97201",
        45.5152,
        -122.6784,
    ),
    ("Dublin", "Leinster", "Ireland", "D02", 53.3498, -6.2603),
    (
        "Lyon",
        "Auvergne-Rhone-Alpes",
        "France",
        "69001",
        45.7640,
        4.8357,
    ),
];

impl Origin {
    fn geography(&self) -> Value {
        let Some((city, state, country, postal_code, lat, lon)) = PLACES.get(self.place) else {
            return Value::Null;
        };
        json!({
            "city": city, "state": state, "country": country, "postalCode": postal_code,
            "geolocation": {"lat": lat, "lon": lon},
        })
    }

    fn ip_chain(&self) -> Value {
        if self.ip.is_empty() {
            return json!([]);
        }
        json!([{"ip": self.ip, "geographicalContext": self.geography(), "version": "V4", "source": null}])
    }

    fn client(&self) -> Value {
        let mut client = json!({});
        if !self.ip.is_empty() {
            let (os, browser, device) = software(&self.agent);
            client = json!({
                "userAgent": {"rawUserAgent": self.agent, "os": os, "browser": browser},
                "zone": "null",
                "device": device,
                "ipAddress": self.ip,
                "geographicalContext": self.geography(),
            });
        }
        if let Some(id) = &self.client_id {
            client["id"] = id.clone().into();
        }
        client
    }
}

fn software(agent: &str) -> (&'static str, &'static str, &'static str) {
    let os = if agent.contains("Mac OS X") {
        "Mac OS X"
    } else if agent.contains("Windows") {
        "Windows 10"
    } else if agent.contains("Linux") {
        "Linux"
    } else {
        "Unknown"
    };
    let browser = if agent.contains("Firefox") {
        "FIREFOX"
    } else if agent.contains("Chrome") {
        "CHROME"
    } else if agent.contains("Safari") {
        "SAFARI"
    } else {
        "UNKNOWN"
    };
    (
        os,
        browser,
        if os == "Unknown" {
            "Unknown"
        } else {
            "Computer"
        },
    )
}

/// One entry of the System Log.
#[derive(Clone, Debug)]
pub(crate) struct LogEvent {
    /// Position in the order of persistence; cursors point at it.
    pub(crate) seq: u64,
    pub(crate) uuid: String,
    pub(crate) at: DateTime<Utc>,
    pub(crate) kind: &'static Kind,
    pub(crate) actor: Party,
    pub(crate) targets: Vec<Party>,
    pub(crate) result: &'static str,
    pub(crate) reason: Option<String>,
    pub(crate) origin: Arc<Origin>,
    pub(crate) details: Vec<(&'static str, String)>,
    /// What was given from outside; covers everything else.
    pub(crate) given: Option<Arc<Map<String, Value>>>,
}

impl LogEvent {
    /// The event as `GET /api/v1/logs` shows it.
    pub(crate) fn shown(&self) -> Value {
        let mut shown = self.body();
        shown["client"] = self.origin.client();
        shown["request"] = json!({"ipChain": self.origin.ip_chain()});
        self.cover(&mut shown, &[]);
        shown
    }

    /// The event as an event hook delivers it: the addresses sit in `client`, some keys are extra.
    pub(crate) fn delivered(&self) -> Value {
        let mut shown = self.body();
        let mut client = self.origin.client();
        client["ipChain"] = self.origin.ip_chain();
        shown["client"] = client;
        shown["device"] = Value::Null;
        shown["insertionTimestamp"] = Value::Null;
        self.cover(&mut shown, &["request"]);
        shown
    }

    /// The type, by which readers and hooks choose.
    pub(crate) fn event_type(&self) -> &str {
        self.given
            .as_ref()
            .and_then(|given| given.get("eventType")?.as_str())
            .unwrap_or(self.kind.event_type)
    }

    /// Covers the event with what was given from outside.
    fn cover(&self, shown: &mut Value, without: &[&str]) {
        for (key, value) in self.given.iter().flat_map(|given| given.iter()) {
            if !without.contains(&key.as_str()) {
                shown[key.as_str()] = value.clone();
            }
        }
    }

    fn severity(&self) -> &'static str {
        let failed = matches!(self.result, "FAILURE" | "DENY");
        if failed && self.kind.severity == "INFO" {
            "WARN"
        } else {
            self.kind.severity
        }
    }

    fn debug_data(&self) -> Map<String, Value> {
        let mut debug = Map::new();
        debug.insert(
            "requestId".to_owned(),
            self.origin.request_id.clone().into(),
        );
        debug.insert("requestUri".to_owned(), self.origin.uri.clone().into());
        debug.insert("url".to_owned(), format!("{}?", self.origin.uri).into());
        for (name, value) in &self.details {
            debug.insert((*name).to_owned(), value.clone().into());
        }
        debug
    }

    fn body(&self) -> Value {
        let targets: Value = self.targets.iter().map(Party::shown).collect();
        json!({
            "actor": self.actor.shown(),
            "client": null,
            "device": null,
            "authenticationContext": {
                "authenticationProvider": null, "credentialProvider": null, "credentialType": null,
                "issuer": null, "interface": null, "authenticationStep": 0,
                "rootSessionId": self.origin.session,
                "externalSessionId": self.origin.session.clone().unwrap_or_else(|| "unknown".to_owned()),
            },
            "displayMessage": self.kind.message,
            "eventType": self.kind.event_type,
            "outcome": {"result": self.result, "reason": self.reason},
            "published": stamp(self.at),
            "securityContext": {"asNumber": null, "asOrg": null, "isp": null, "domain": null, "isProxy": null},
            "severity": self.severity(),
            "debugContext": {"debugData": self.debug_data()},
            "legacyEventType": self.kind.legacy,
            "transaction": {"type": self.origin.transaction, "id": self.origin.request_id, "detail": {}},
            "uuid": self.uuid,
            "version": "0",
            "target": targets,
        })
    }
}

impl Fields for LogEvent {
    fn values(&self, path: &str) -> Vec<Scalar> {
        let one = |text: &str| vec![Scalar::Text(text.to_owned())];
        let targets = |of: fn(&Party) -> &str| {
            self.targets
                .iter()
                .map(|party| Scalar::Text(of(party).to_owned()))
                .collect()
        };
        if self.given.is_some() {
            return json_values(&self.shown(), path);
        }
        match path {
            "eventType" => one(self.kind.event_type),
            "uuid" => one(&self.uuid),
            "outcome.result" => one(self.result),
            "actor.id" => one(&self.actor.id),
            "actor.type" => one(self.actor.kind),
            "actor.alternateId" => one(&self.actor.alternate_id),
            "actor.displayName" => one(&self.actor.display_name),
            "target.id" => targets(|party| &party.id),
            "target.type" => targets(|party| party.kind),
            "target.alternateId" => targets(|party| &party.alternate_id),
            "target.displayName" => targets(|party| &party.display_name),
            "transaction.id" => one(&self.origin.request_id),
            "client.ipAddress" => one(&self.origin.ip),
            "displayMessage" => one(self.kind.message),
            "legacyEventType" => self.kind.legacy.map(one).unwrap_or_default(),
            "severity" => one(self.severity()),
            "outcome.reason" => self.reason.as_deref().map(one).unwrap_or_default(),
            _ => match path.split_once('.') {
                Some(("debugContext", rest)) => {
                    json_values(&json!({"debugData": self.debug_data()}), rest)
                }
                Some(("client", rest)) => json_values(&self.origin.client(), rest),
                _ => json_values(&self.shown(), path),
            },
        }
    }
}
