//! An application, the users and groups assigned to it, and the OAuth client it may be.

use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::clock::{stamp, stamp_or_null};
use crate::filter::{Fields, Scalar};

#[derive(Clone, Debug)]
pub(crate) struct App {
    pub(crate) seq: u64,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) is_active: bool,
    pub(crate) sign_on_mode: String,
    pub(crate) created: DateTime<Utc>,
    pub(crate) last_updated: DateTime<Utc>,
    pub(crate) features: Vec<String>,
    pub(crate) visibility: Value,
    pub(crate) settings: Value,
    pub(crate) profile: Option<Value>,
    pub(crate) client: Option<Client>,
    pub(crate) users: IndexMap<String, AppUser>,
    pub(crate) groups: IndexMap<String, AppGroup>,
}

/// The OAuth side of an application of the kind `oidc_client`.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) proof: Proof,
    pub(crate) redirect_uris: Vec<String>,
    /// Any redirect address on this machine is accepted: the org's two built-in clients.
    pub(crate) accepts_loopback: bool,
    pub(crate) grant_types: Vec<String>,
    /// The `okta.*` scopes granted to the application; None means all.
    pub(crate) granted: Option<Vec<String>>,
    /// Token requests need a proof of possession, and tokens are bound to its key: `dpop_bound_access_tokens`.
    pub(crate) requires_proof: bool,
}

/// How a client proves who it is.
#[derive(Clone, Debug)]
pub(crate) enum Proof {
    /// Not at all: a public client, which must use PKCE.
    Nothing,
    Secret(String),
    /// By an assertion that one of these public keys (as JSON Web Keys) verifies.
    Keys(Vec<Value>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    User,
    Group,
}

#[derive(Clone, Debug)]
pub(crate) struct AppUser {
    pub(crate) scope: Scope,
    pub(crate) created: DateTime<Utc>,
    pub(crate) last_updated: DateTime<Utc>,
    pub(crate) password_changed: Option<DateTime<Utc>>,
    pub(crate) user_name: String,
    pub(crate) has_password: bool,
    pub(crate) profile: Map<String, Value>,
    pub(crate) link_id: String,
}

#[derive(Clone, Debug)]
pub(crate) struct AppGroup {
    pub(crate) priority: i64,
    pub(crate) last_updated: DateTime<Utc>,
    pub(crate) profile: Map<String, Value>,
}

impl App {
    pub(crate) fn status(&self) -> &'static str {
        if self.is_active { "ACTIVE" } else { "INACTIVE" }
    }

    pub(crate) fn shown(&self, base: &str) -> Value {
        let url = format!("{base}/api/v1/apps/{}", self.id);
        let next = if self.is_active {
            "deactivate"
        } else {
            "activate"
        };
        let mut credentials = json!({"userNameTemplate": {"template": "${source.login}", "type": "BUILT_IN"}, "signing": {}});
        if let Some(client) = &self.client {
            let method = match &client.proof {
                Proof::Nothing => "none",
                Proof::Secret(_) => "client_secret_basic",
                Proof::Keys(_) => "private_key_jwt",
            };
            credentials["oauthClient"] = json!({
                "autoKeyRotation": true,
                "client_id": client.id,
                "pkce_required": matches!(client.proof, Proof::Nothing),
                "token_endpoint_auth_method": method,
            });
        }
        let mut shown = json!({
            "id": self.id,
            "orn": format!("orn:okta:idp:{}:apps:{}:{}", super::ORG_ID, self.name, self.id),
            "name": self.name,
            "label": self.label,
            "status": self.status(),
            "lastUpdated": stamp(self.last_updated),
            "created": stamp(self.created),
            "accessibility": {"selfService": false, "errorRedirectUrl": null, "loginRedirectUrl": null},
            "visibility": self.visibility,
            "features": self.features,
            "signOnMode": self.sign_on_mode,
            "credentials": credentials,
            "settings": self.settings,
            "_links": {
                "self": {"href": url},
                "logo": [{"name": "medium", "href": format!("{base}/img/logos/{}.png", self.name), "type": "image/png"}],
                "users": {"href": format!("{url}/users")},
                "groups": {"href": format!("{url}/groups")},
                next: {"href": format!("{url}/lifecycle/{next}")},
            },
        });
        if let Some(profile) = &self.profile {
            shown["profile"] = profile.clone();
        }
        shown
    }

    /// One assigned user as the API shows it.
    pub(crate) fn user_shown(&self, base: &str, user_id: &str, user: &AppUser) -> Value {
        let scope = match user.scope {
            Scope::User => "USER",
            Scope::Group => "GROUP",
        };
        let provisions = self.features.iter().any(|it| it == "PUSH_NEW_USERS");
        let (status, sync) = if provisions {
            ("PROVISIONED", "SYNCHRONIZED")
        } else {
            ("ACTIVE", "DISABLED")
        };
        let mut credentials = json!({"userName": user.user_name});
        if user.has_password {
            credentials["password"] = json!({});
        }
        let url = format!("{base}/api/v1/apps/{}", self.id);
        let mut shown = json!({
            "id": user_id,
            "externalId": if provisions { Value::from(user.link_id.clone()) } else { Value::Null },
            "created": stamp(user.created),
            "lastUpdated": stamp(user.last_updated),
            "scope": scope,
            "status": status,
            "statusChanged": stamp(user.created),
            "passwordChanged": stamp_or_null(user.password_changed),
            "syncState": sync,
            "credentials": credentials,
            "profile": user.profile,
            "_links": {
                "app": {"href": url},
                "user": {"href": format!("{base}/api/v1/users/{user_id}")},
            },
        });
        if provisions {
            shown["lastSync"] = stamp(user.last_updated).into();
        }
        shown
    }

    /// One assigned group as the API shows it.
    pub(crate) fn group_shown(&self, base: &str, group_id: &str, group: &AppGroup) -> Value {
        let url = format!("{base}/api/v1/apps/{}", self.id);
        json!({
            "id": group_id,
            "lastUpdated": stamp(group.last_updated),
            "priority": group.priority,
            "profile": group.profile,
            "_links": {
                "app": {"href": url},
                "self": {"href": format!("{url}/groups/{group_id}")},
                "group": {"href": format!("{base}/api/v1/groups/{group_id}")},
            },
        })
    }
}

impl Fields for App {
    fn values(&self, path: &str) -> Vec<Scalar> {
        let one = |text: &str| vec![Scalar::Text(text.to_owned())];
        let all = |ids: indexmap::map::Keys<'_, String, AppUser>| {
            ids.map(|id| Scalar::Text(id.clone())).collect()
        };
        match path {
            "id" => one(&self.id),
            "name" => one(&self.name),
            "label" => one(&self.label),
            "status" => one(self.status()),
            "user.id" => all(self.users.keys()),
            "group.id" => self
                .groups
                .keys()
                .map(|id| Scalar::Text(id.clone()))
                .collect(),
            "credentials.oauthClient.client_id" => self
                .client
                .as_ref()
                .map(|client| one(&client.id))
                .unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}
