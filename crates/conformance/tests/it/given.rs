//! What there is in the org before a card runs. Everything is made through the API, by an administrator.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::world::World;

/// Something that a case needs; what it makes is named by placeholders such as `{user}`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Given {
    /// `{user}` and `{login}`: a user of this status.
    User(&'static str),
    /// `{primary}`: another user.
    Primary,
    /// `{group}`: a group with a description.
    Group,
    /// Groups have the attribute `externalId`.
    GroupAttribute,
    /// `{user}` is a member of `{group}`.
    Member,
    /// `{app}`: an active application.
    App,
    /// `{app}`: an application whose users have passwords of their own.
    AppWithPasswords,
    /// `{app}` is inactive.
    Inactive,
    /// `{user}` is assigned to `{app}`.
    Assigned,
    /// `{group}` is assigned to `{app}`.
    GroupAssigned,
    /// `{rule}`: an inactive rule that assigns `{group}`.
    Rule,
    /// `{rule}` is active.
    ActiveRule,
    /// `{source}`: a custom identity source.
    Source,
    /// `{session}`: an import session of `{source}`.
    Session,
    /// One user is in `{session}`.
    Loaded,
    /// `{manager}` and `{report}`: the two names of a relation.
    Relation,
    /// `{primary}` is the manager of `{user}`.
    Linked,
}

pub(crate) type Names = BTreeMap<&'static str, String>;

impl World {
    /// Makes what a case needs, one after the other.
    pub(crate) async fn give(&mut self, all: &[Given]) -> Names {
        let mut names = Names::new();
        for given in all {
            self.count += 1;
            self.give_one(*given, &mut names).await;
        }
        names
    }

    async fn give_one(&self, given: Given, names: &mut Names) {
        let of = |name: &str| names.get(name).cloned().unwrap_or_default();
        let (user, group, app) = (of("user"), of("group"), of("app"));
        let (source, session) = (of("source"), of("session"));
        let n = self.count;
        match given {
            Given::User(status) => {
                let login = format!("user{n}@aozora.example");
                names.insert("user", self.user(&login, status).await);
                names.insert("login", login);
            }
            Given::Primary => {
                let login = format!("lead{n}@aozora.example");
                names.insert("primary", self.user(&login, "ACTIVE").await);
            }
            Given::Group => {
                let profile = json!({"name": format!("Group {n}"), "description": "As it was"});
                let made = self.post("/api/v1/groups", json!({"profile": profile}));
                names.insert("group", id(&made.await));
            }
            Given::GroupAttribute => {
                let attribute = json!({"title": "External ID", "type": "string"});
                let schema = json!({"definitions": {"custom": {
                    "id": "#custom", "type": "object", "properties": {"externalId": attribute},
                }}});
                self.post("/api/v1/meta/schemas/group/default", schema)
                    .await;
            }
            Given::Member => {
                let path = format!("/api/v1/groups/{group}/users/{user}");
                self.asked("PUT", &path, Json::Null).await;
            }
            Given::App => {
                let app = json!({
                    "label": format!("App {n}"), "signOnMode": "BOOKMARK", "name": "bookmark",
                    "settings": {"app": {"requestIntegration": false, "url": "https://app.example"}},
                });
                names.insert("app", id(&self.post("/api/v1/apps", app).await));
            }
            Given::AppWithPasswords => {
                let app = json!({
                    "label": format!("App {n}"), "signOnMode": "BROWSER_PLUGIN", "name": "template_swa",
                    "settings": {"app": {"url": "https://app.example"}},
                });
                names.insert("app", id(&self.post("/api/v1/apps", app).await));
            }
            Given::Inactive => {
                let path = format!("/api/v1/apps/{app}/lifecycle/deactivate");
                self.post(&path, Json::Null).await;
            }
            Given::Assigned => {
                let path = format!("/api/v1/apps/{app}/users");
                let assigned =
                    json!({"id": user, "scope": "USER", "credentials": {"userName": "ada"}});
                self.post(&path, assigned).await;
            }
            Given::GroupAssigned => {
                let path = format!("/api/v1/apps/{app}/groups/{group}");
                self.asked("PUT", &path, json!({})).await;
            }
            Given::Rule => {
                let rule = json!({
                    "type": "group_rule", "name": format!("Rule {n}"),
                    "conditions": {"expression": {
                        "type": "urn:okta:expression:1.0", "value": "user.department==\"Nowhere\""
                    }},
                    "actions": {"assignUserToGroups": {"groupIds": [group]}},
                });
                names.insert("rule", id(&self.post("/api/v1/groups/rules", rule).await));
            }
            Given::ActiveRule => {
                let path = format!("/api/v1/groups/rules/{}/lifecycle/activate", of("rule"));
                self.post(&path, Json::Null).await;
            }
            Given::Source => {
                let app = json!({
                    "label": format!("Source {n}"), "signOnMode": "AUTO_LOGIN",
                    "name": "customidentitysource",
                });
                names.insert("source", id(&self.post("/api/v1/apps", app).await));
            }
            Given::Session => {
                let path = format!("/api/v1/identity-sources/{source}/sessions");
                names.insert("session", id(&self.post(&path, Json::Null).await));
            }
            Given::Loaded => {
                let path =
                    format!("/api/v1/identity-sources/{source}/sessions/{session}/bulk-upsert");
                let profile = json!({
                    "userName": format!("new{n}@aozora.example"),
                    "email": format!("new{n}@aozora.example"),
                    "firstName": "New", "lastName": "Person",
                });
                let users = json!([{"externalId": format!("x{n}"), "profile": profile}]);
                self.post(&path, json!({"entityType": "USERS", "profiles": users}))
                    .await;
            }
            Given::Relation => {
                let side = |name: &str| json!({"name": name, "title": name, "description": name, "type": "USER"});
                let (manager, report) = (format!("manager{n}"), format!("report{n}"));
                let relation = json!({"primary": side(&manager), "associated": side(&report)});
                self.post("/api/v1/meta/schemas/user/linkedObjects", relation)
                    .await;
                names.insert("manager", manager);
                names.insert("report", report);
            }
            Given::Linked => {
                let (manager, primary) = (of("manager"), of("primary"));
                let path = format!("/api/v1/users/{user}/linkedObjects/{manager}/{primary}");
                self.asked("PUT", &path, Json::Null).await;
            }
        }
    }

    async fn post(&self, path: &str, body: Json) -> Json {
        self.asked("POST", path, body).await
    }

    async fn user(&self, login: &str, status: &str) -> String {
        let mut user = json!({"profile": {
            "login": login, "email": login, "firstName": "Ada", "lastName": "Lovelace",
            "department": "Engines",
        }});
        if !matches!(status, "PROVISIONED" | "STAGED") {
            user["credentials"] = json!({"password": {"value": "Blue-Sky-2026"}});
        }
        let is_active = status != "STAGED";
        let path = format!("/api/v1/users?activate={is_active}");
        let id = id(&self.post(&path, user).await);
        let changes: &[&str] = match status {
            "SUSPENDED" => &["suspend"],
            "DEPROVISIONED" => &["deactivate"],
            _ => &[],
        };
        for change in changes {
            let path = format!("/api/v1/users/{id}/lifecycle/{change}");
            self.post(&path, Json::Null).await;
        }
        let now = self
            .asked("GET", &format!("/api/v1/users/{id}"), Json::Null)
            .await;
        assert_eq!(now["status"], status);
        id
    }
}

fn id(made: &Json) -> String {
    made["id"].as_str().unwrap().to_owned()
}
