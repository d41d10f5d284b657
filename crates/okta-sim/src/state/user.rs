//! A user: status, times, profile, credentials.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::clock::{stamp, stamp_or_null};
use super::password::Password;
use crate::filter::{Fields, Scalar, json_values};

/// Where a user stands in Okta's life cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Staged,
    Provisioned,
    Active,
    Recovery,
    PasswordExpired,
    LockedOut,
    Suspended,
    Deprovisioned,
}

impl Status {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Status::Staged => "STAGED",
            Status::Provisioned => "PROVISIONED",
            Status::Active => "ACTIVE",
            Status::Recovery => "RECOVERY",
            Status::PasswordExpired => "PASSWORD_EXPIRED",
            Status::LockedOut => "LOCKED_OUT",
            Status::Suspended => "SUSPENDED",
            Status::Deprovisioned => "DEPROVISIONED",
        }
    }
}

/// A person in the org's directory.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) seq: u64,
    pub(crate) id: String,
    pub(crate) status: Status,
    pub(crate) created: DateTime<Utc>,
    pub(crate) activated: Option<DateTime<Utc>>,
    pub(crate) status_changed: Option<DateTime<Utc>>,
    pub(crate) last_login: Option<DateTime<Utc>>,
    pub(crate) last_updated: DateTime<Utc>,
    pub(crate) password_changed: Option<DateTime<Utc>>,
    pub(crate) type_id: String,
    pub(crate) profile: Map<String, Value>,
    pub(crate) has_password: bool,
    pub(crate) password: Option<Password>,
    pub(crate) recovery: Option<(String, Password)>,
    pub(crate) provider: (String, String),
    pub(crate) is_admin: bool,
    pub(crate) failed_sign_ins: u32,
}

impl User {
    /// A new, staged user with nothing but a profile.
    pub(crate) fn staged(
        seq: u64,
        id: String,
        type_id: String,
        profile: Map<String, Value>,
        at: DateTime<Utc>,
    ) -> User {
        User {
            seq,
            id,
            status: Status::Staged,
            created: at,
            activated: None,
            status_changed: None,
            last_login: None,
            last_updated: at,
            password_changed: None,
            type_id,
            profile,
            has_password: false,
            password: None,
            recovery: None,
            provider: ("OKTA".to_owned(), "OKTA".to_owned()),
            is_admin: false,
            failed_sign_ins: 0,
        }
    }

    /// A text attribute of the profile, or nothing.
    pub(crate) fn text(&self, attribute: &str) -> &str {
        self.profile
            .get(attribute)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    pub(crate) fn login(&self) -> &str {
        self.text("login")
    }

    pub(crate) fn full_name(&self) -> String {
        let display = self.text("displayName");
        if display.is_empty() {
            format!("{} {}", self.text("firstName"), self.text("lastName"))
        } else {
            display.to_owned()
        }
    }

    pub(crate) fn move_to(&mut self, status: Status, at: DateTime<Utc>) {
        self.status = status;
        self.status_changed = Some(at);
        self.last_updated = at;
        if status == Status::Active && self.activated.is_none() {
            self.activated = Some(at);
        }
    }

    pub(crate) fn set_password(&mut self, clear: &str, at: DateTime<Utc>) {
        self.password = Some(Password::of(clear));
        self.has_password = true;
        self.password_changed = Some(at);
        self.last_updated = at;
    }

    /// The user as the API shows one, with the links of a list (`self` only).
    pub(crate) fn listed(&self, base: &str) -> Value {
        let mut shown = self.body();
        shown["_links"] = json!({"self": {"href": format!("{base}/api/v1/users/{}", self.id)}});
        shown
    }

    /// The user as the API shows one alone, with links to what can be done next.
    pub(crate) fn alone(&self, base: &str) -> Value {
        let mut shown = self.body();
        let url = format!("{base}/api/v1/users/{}", self.id);
        let mut links = Map::new();
        for (name, path) in self.next_steps() {
            links.insert(
                (*name).to_owned(),
                json!({"href": format!("{url}/{path}"), "method": "POST"}),
            );
        }
        links.insert(
            "schema".to_owned(),
            json!({"href": format!("{base}/api/v1/meta/schemas/user/{}", super::USER_SCHEMA_ID)}),
        );
        links.insert("self".to_owned(), json!({"href": url}));
        links.insert(
            "type".to_owned(),
            json!({"href": format!("{base}/api/v1/meta/types/user/{}", self.type_id)}),
        );
        shown["_links"] = Value::Object(links);
        shown
    }

    fn next_steps(&self) -> &'static [(&'static str, &'static str)] {
        match self.status {
            Status::Staged => &[("activate", "lifecycle/activate")],
            Status::Provisioned => &[
                ("reactivate", "lifecycle/reactivate"),
                ("resetPassword", "lifecycle/reset_password"),
                ("deactivate", "lifecycle/deactivate"),
            ],
            Status::Active => &[
                ("suspend", "lifecycle/suspend"),
                ("resetPassword", "lifecycle/reset_password"),
                ("expirePassword", "lifecycle/expire_password"),
                ("forgotPassword", "credentials/forgot_password"),
                ("changePassword", "credentials/change_password"),
                (
                    "changeRecoveryQuestion",
                    "credentials/change_recovery_question",
                ),
                ("deactivate", "lifecycle/deactivate"),
            ],
            Status::Recovery | Status::PasswordExpired => &[
                ("resetPassword", "lifecycle/reset_password"),
                ("deactivate", "lifecycle/deactivate"),
            ],
            Status::LockedOut => &[
                ("unlock", "lifecycle/unlock"),
                ("resetPassword", "lifecycle/reset_password"),
                ("deactivate", "lifecycle/deactivate"),
            ],
            Status::Suspended => &[
                ("unsuspend", "lifecycle/unsuspend"),
                ("deactivate", "lifecycle/deactivate"),
            ],
            Status::Deprovisioned => &[("activate", "lifecycle/activate")],
        }
    }

    fn body(&self) -> Value {
        let mut profile = self.profile.clone();
        for always_shown in ["mobilePhone", "secondEmail"] {
            profile.entry(always_shown).or_insert(Value::Null);
        }
        let mut credentials = Map::new();
        if self.has_password {
            credentials.insert("password".to_owned(), json!({}));
        }
        if let Some((question, _)) = &self.recovery {
            credentials.insert(
                "recovery_question".to_owned(),
                json!({"question": question}),
            );
        }
        let (kind, name) = &self.provider;
        credentials.insert("provider".to_owned(), json!({"type": kind, "name": name}));
        json!({
            "id": self.id,
            "status": self.status.text(),
            "created": stamp(self.created),
            "activated": stamp_or_null(self.activated),
            "statusChanged": stamp_or_null(self.status_changed),
            "lastLogin": stamp_or_null(self.last_login),
            "lastUpdated": stamp(self.last_updated),
            "passwordChanged": stamp_or_null(self.password_changed),
            "type": {"id": self.type_id},
            "profile": profile,
            "credentials": credentials,
        })
    }
}

impl Fields for User {
    fn values(&self, path: &str) -> Vec<Scalar> {
        let one = |text: &str| vec![Scalar::Text(text.to_owned())];
        let time =
            |at: Option<DateTime<Utc>>| at.map(|at| Scalar::Text(stamp(at))).into_iter().collect();
        match path {
            "id" => one(&self.id),
            "status" => one(self.status.text()),
            "created" => time(Some(self.created)),
            "activated" => time(self.activated),
            "statusChanged" => time(self.status_changed),
            "lastLogin" => time(self.last_login),
            "lastUpdated" => time(Some(self.last_updated)),
            "passwordChanged" => time(self.password_changed),
            "type.id" => one(&self.type_id),
            _ => path
                .strip_prefix("profile.")
                .and_then(|path| {
                    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
                    self.profile
                        .get(first)
                        .map(|value| json_values(value, rest))
                })
                .unwrap_or_default(),
        }
    }
}
