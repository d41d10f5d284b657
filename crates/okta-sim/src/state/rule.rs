//! A group rule: an expression over the user, and the groups that those who match are put into.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::clock::stamp;
use crate::expression::Expression;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuleStatus {
    Active,
    Inactive,
    Invalid,
}

impl RuleStatus {
    pub(crate) fn text(self) -> &'static str {
        match self {
            RuleStatus::Active => "ACTIVE",
            RuleStatus::Inactive => "INACTIVE",
            RuleStatus::Invalid => "INVALID",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) seq: u64,
    pub(crate) id: String,
    pub(crate) status: RuleStatus,
    pub(crate) name: String,
    pub(crate) created: DateTime<Utc>,
    pub(crate) last_updated: DateTime<Utc>,
    pub(crate) source: String,
    pub(crate) expression: Expression,
    pub(crate) excluded_users: Vec<String>,
    pub(crate) group_ids: Vec<String>,
}

impl Rule {
    /// The rule as the API shows it; `group_names` adds the names that `expand` asks for.
    pub(crate) fn shown(&self, group_names: Option<Map<String, Value>>) -> Value {
        let mut shown = json!({
            "type": "group_rule",
            "id": self.id,
            "status": self.status.text(),
            "name": self.name,
            "created": stamp(self.created),
            "lastUpdated": stamp(self.last_updated),
            "conditions": {
                "people": {"users": {"exclude": self.excluded_users}, "groups": {"exclude": []}},
                "expression": {"value": self.source, "type": "urn:okta:expression:1.0"},
            },
            "actions": {"assignUserToGroups": {"groupIds": self.group_ids}},
        });
        if let Some(names) = group_names {
            shown["_embedded"] = json!({"groupIdToGroupNameMap": names});
        }
        shown
    }
}
