//! A group and who is in it.

use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::clock::stamp;
use crate::filter::{Fields, Scalar, json_values};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupKind {
    Okta,
    App,
    BuiltIn,
}

impl GroupKind {
    pub(crate) fn text(self) -> &'static str {
        match self {
            GroupKind::Okta => "OKTA_GROUP",
            GroupKind::App => "APP_GROUP",
            GroupKind::BuiltIn => "BUILT_IN",
        }
    }
}

/// How a member came into a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Joined {
    /// By hand, through the console or the API.
    Hand,
    /// By the rule with this id.
    Rule(String),
    /// By an import, or by being a user at all.
    Import,
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) seq: u64,
    pub(crate) id: String,
    pub(crate) kind: GroupKind,
    pub(crate) created: DateTime<Utc>,
    pub(crate) last_updated: DateTime<Utc>,
    pub(crate) last_membership_updated: DateTime<Utc>,
    pub(crate) profile: Map<String, Value>,
    pub(crate) source_app: Option<String>,
    /// User id and how the user joined, in the order of joining.
    pub(crate) members: IndexMap<String, Joined>,
    pub(crate) owners: Vec<String>,
}

impl Group {
    pub(crate) fn new(seq: u64, id: String, kind: GroupKind, at: DateTime<Utc>) -> Group {
        Group {
            seq,
            id,
            kind,
            created: at,
            last_updated: at,
            last_membership_updated: at,
            profile: Map::new(),
            source_app: None,
            members: IndexMap::new(),
            owners: Vec::new(),
        }
    }

    pub(crate) fn text(&self, attribute: &str) -> &str {
        self.profile
            .get(attribute)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    pub(crate) fn name(&self) -> &str {
        self.text("name")
    }

    pub(crate) fn shown(&self, base: &str) -> Value {
        let url = format!("{base}/api/v1/groups/{}", self.id);
        let look = if self.kind == GroupKind::App {
            "active_directory"
        } else {
            "okta"
        };
        let logo = |size: &str| json!({"name": size, "href": format!("{base}/img/logos/groups/{look}-{size}.png"), "type": "image/png"});
        let class = if self.kind == GroupKind::App {
            "okta:windows_security_principal"
        } else {
            "okta:user_group"
        };
        let mut shown = json!({
            "id": self.id,
            "created": stamp(self.created),
            "lastUpdated": stamp(self.last_updated),
            "lastMembershipUpdated": stamp(self.last_membership_updated),
            "objectClass": [class],
            "type": self.kind.text(),
            "profile": self.profile,
            "_links": {
                "logo": [logo("medium"), logo("large")],
                "users": {"href": format!("{url}/users")},
                "apps": {"href": format!("{url}/apps")},
            },
        });
        if let Some(app) = &self.source_app {
            shown["_links"]["source"] = json!({"href": format!("{base}/api/v1/apps/{app}")});
        }
        shown
    }
}

impl Fields for Group {
    fn values(&self, path: &str) -> Vec<Scalar> {
        let one = |text: &str| vec![Scalar::Text(text.to_owned())];
        match path {
            "id" => one(&self.id),
            "type" => one(self.kind.text()),
            "created" => one(&stamp(self.created)),
            "lastUpdated" => one(&stamp(self.last_updated)),
            "lastMembershipUpdated" => one(&stamp(self.last_membership_updated)),
            "source.id" => self.source_app.as_deref().map(one).unwrap_or_default(),
            _ => path
                .strip_prefix("profile.")
                .and_then(|name| self.profile.get(name))
                .map(|value| json_values(value, ""))
                .unwrap_or_default(),
        }
    }
}
