//! The applications of Aozora Logistics, assigned through groups, some to single people.

use chrono::{DateTime, Duration, Utc};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::groups;
use crate::state::app::{App, AppGroup, AppUser, Scope};
use crate::state::user::Status;
use crate::state::{Org, SOURCE_APP};

/// Label, name, sign-on mode, whether it provisions, the groups that have it.
const APPS: [(&str, &str, &str, bool, &[&str]); 12] = [
    (
        "Google Workspace",
        "google",
        "SAML_2_0",
        true,
        &["Everyone"],
    ),
    ("Slack", "slack", "SAML_2_0", true, &["Everyone"]),
    ("Zoom", "zoomus", "SAML_2_0", true, &["Everyone"]),
    (
        "Salesforce",
        "salesforce",
        "SAML_2_0",
        true,
        &["Sales", "Customer Success"],
    ),
    (
        "GitHub Enterprise",
        "githubcloud",
        "SAML_2_0",
        true,
        &["Engineering", "IT"],
    ),
    (
        "Jira",
        "jira_onprem",
        "SAML_2_0",
        false,
        &["Engineering", "Operations", "IT"],
    ),
    (
        "Zendesk",
        "zendesk",
        "SAML_2_0",
        true,
        &["Customer Success"],
    ),
    (
        "NetSuite",
        "netsuite",
        "SAML_2_0",
        false,
        &["Finance", "Leadership"],
    ),
    (
        "Fleet Tracker",
        "sim_fleettracker_1",
        "AUTO_LOGIN",
        false,
        &["Logistics", "Operations"],
    ),
    (
        "Travel booking",
        "bookmark",
        "BOOKMARK",
        false,
        &["Sales", "Leadership"],
    ),
    (
        "Active Directory",
        "active_directory",
        "AUTO_LOGIN",
        true,
        &[],
    ),
    ("HR feed", SOURCE_APP, "AUTO_LOGIN", false, &[]),
];

/// Installs all applications and assigns them, silently: this is the past.
pub(super) fn install(org: &mut Org, now: DateTime<Utc>) {
    for (label, name, mode, provisions, group_names) in APPS {
        let id = org.dice.id("0oa");
        let created = now - Duration::days(700 + i64::try_from(org.dice.below(900)).unwrap_or(0));
        let features = if provisions {
            [
                "PUSH_NEW_USERS",
                "PUSH_USER_DEACTIVATION",
                "PUSH_PROFILE_UPDATES",
            ]
            .map(str::to_owned)
            .to_vec()
        } else {
            Vec::new()
        };
        let mut app = App {
            seq: org.next_seq(),
            id: id.clone(),
            name: name.to_owned(),
            label: label.to_owned(),
            is_active: true,
            sign_on_mode: mode.to_owned(),
            created,
            last_updated: created,
            features,
            visibility: crate::http::default_visibility(),
            settings: settings(mode, name),
            profile: None,
            client: None,
            users: IndexMap::new(),
            groups: IndexMap::new(),
        };
        assign(org, &mut app, group_names, created);
        org.apps.insert(id.clone(), app);
        if name == "active_directory" {
            groups::form_imported(org, &id, now);
        }
    }
}

fn settings(mode: &str, name: &str) -> Value {
    let url = format!("https://{name}.example");
    let mut settings = json!({
        "app": {},
        "notifications": {"vpn": {"network": {"connection": "DISABLED"}, "message": null, "helpUrl": null}},
        "manualProvisioning": false,
        "implicitAssignment": false,
    });
    match mode {
        "BOOKMARK" => settings["app"] = json!({"requestIntegration": false, "url": url}),
        "AUTO_LOGIN" => settings["signOn"] = json!({"loginUrl": url}),
        _ => {
            settings["signOn"] = json!({
                "ssoAcsUrl": format!("{url}/saml/acs"), "audience": url, "recipient": url,
                "destination": url, "subjectNameIdTemplate": "${user.userName}",
                "subjectNameIdFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
                "responseSigned": true, "assertionSigned": true, "signatureAlgorithm": "RSA_SHA256",
                "digestAlgorithm": "SHA256", "honorForceAuthn": true, "requestCompressed": false,
                "authnContextClassRef": "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
                "attributeStatements": [], "allowMultipleAcsEndpoints": false, "acsEndpoints": [],
            });
        }
    }
    settings
}

fn assign(org: &mut Org, app: &mut App, group_names: &[&str], at: DateTime<Utc>) {
    let mut priority = 0;
    for group in org.groups.values() {
        if group_names.contains(&group.name()) {
            app.groups.insert(
                group.id.clone(),
                AppGroup {
                    priority,
                    last_updated: at,
                    profile: Map::new(),
                },
            );
            priority += 1;
        }
    }
    let single = usize::from(app.name == "salesforce") * 40;
    for (at_user, user) in org.users.values().enumerate() {
        if user.status == Status::Deprovisioned {
            continue;
        }
        let through_group = app.groups.keys().any(|id| {
            org.groups
                .get(id)
                .is_some_and(|group| group.members.contains_key(&user.id))
        });
        let by_hand = single > 0 && at_user % single == 7;
        if !through_group && !by_hand {
            continue;
        }
        let since = user.created.max(at);
        let mut profile = Map::new();
        profile.insert("given_name".to_owned(), user.text("firstName").into());
        profile.insert("family_name".to_owned(), user.text("lastName").into());
        profile.insert("email".to_owned(), user.text("email").into());
        app.users.insert(
            user.id.clone(),
            AppUser {
                scope: if by_hand && !through_group {
                    Scope::User
                } else {
                    Scope::Group
                },
                created: since,
                last_updated: since,
                password_changed: None,
                user_name: user.login().to_owned(),
                has_password: false,
                profile,
                link_id: org.dice.id("0ua"),
            },
        );
    }
}
