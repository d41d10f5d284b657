//! Who lives in the org: the administrator and the two built-in OAuth clients always, and on
//! request about 300 invented people of Aozora Logistics, a company that does not exist.

mod apps;
mod company;
mod crowd;
mod groups;
mod history;
mod names;

use chrono::{DateTime, Duration, Utc};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

pub(crate) use crowd::{Crowd, FIRST_SEQ};

use crate::People;
use crate::state::app::{App, Client, Proof};
use crate::state::group::{Group, GroupKind};
use crate::state::user::{Status, User};
use crate::state::{Org, USER_TYPE_ID};

/// How others get into the org.
pub(crate) struct Access {
    pub(crate) api_token: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) public_client_id: String,
    pub(crate) admin_login: String,
    pub(crate) admin_password: String,
}

const ADMIN_LOGIN: &str = "admin@aozora.example";
const ADMIN_PASSWORD: &str = "Blue-Sky-2026";

/// Fills an empty org.
pub(crate) fn move_in(org: &mut Org, people: People, now: DateTime<Utc>) -> Access {
    let start = org.created;
    let id = org.dice.id("00g");
    let mut everyone = Group::new(org.next_seq(), id.clone(), GroupKind::BuiltIn, start);
    everyone.profile =
        object(json!({"name": "Everyone", "description": "All users in your organization"}));
    org.groups.insert(id.clone(), everyone);
    org.everyone_id = id;

    add_admin(org, now);
    let api_token = format!("00{}", org.dice.word(40));
    org.api_token.clone_from(&api_token);
    let client_secret = org.dice.word(64);
    let client_id = add_client(org, "Flow designer", Some(client_secret.clone()));
    let public_client_id = add_client(org, "Flow designer (public client)", None);
    if people == People::Believable {
        let staff = company::hire(org, now);
        groups::form(org, now);
        apps::install(org, now);
        history::write(org, &staff, now);
    }
    Access {
        api_token,
        client_id,
        client_secret,
        public_client_id,
        admin_login: ADMIN_LOGIN.to_owned(),
        admin_password: ADMIN_PASSWORD.to_owned(),
    }
}

fn add_admin(org: &mut Org, now: DateTime<Utc>) {
    let profile = object(json!({
        "firstName": "Aki", "lastName": "Morita", "displayName": "Aki Morita",
        "login": ADMIN_LOGIN, "email": ADMIN_LOGIN,
        "title": "Identity Administrator", "department": "IT", "city": "Tokyo", "countryCode": "JP",
        "employeeNumber": "10000", "organization": "Aozora Logistics", "userType": "Employee",
    }));
    let id = org.dice.id("00u");
    let mut user = User::staged(
        org.next_seq(),
        id.clone(),
        USER_TYPE_ID.to_owned(),
        profile,
        org.created,
    );
    user.set_password(ADMIN_PASSWORD, org.created);
    user.move_to(Status::Active, org.created);
    user.last_login = Some(now - Duration::hours(20));
    user.is_admin = true;
    org.admin_id.clone_from(&id);
    org.insert_user(user);
}

/// Adds an OAuth client that accepts any redirect address on this machine.
fn add_client(org: &mut Org, label: &str, secret: Option<String>) -> String {
    let id = org.dice.id("0oa");
    let grant_types = vec!["authorization_code".to_owned(), "refresh_token".to_owned()];
    let kind = if secret.is_some() { "web" } else { "native" };
    let app = App {
        seq: org.next_seq(),
        id: id.clone(),
        name: "oidc_client".to_owned(),
        label: label.to_owned(),
        is_active: true,
        sign_on_mode: "OPENID_CONNECT".to_owned(),
        created: org.created,
        last_updated: org.created,
        features: Vec::new(),
        visibility: crate::http::default_visibility(),
        settings: json!({
            "oauthClient": {
                "redirect_uris": ["http://127.0.0.1", "http://localhost"],
                "response_types": ["code"],
                "grant_types": grant_types,
                "application_type": kind,
                "consent_method": "REQUIRED",
                "refresh_token": {"rotation_type": "ROTATE", "leeway": 0},
            },
        }),
        profile: None,
        client: Some(Client {
            id: id.clone(),
            proof: secret.map_or(Proof::Nothing, Proof::Secret),
            redirect_uris: Vec::new(),
            accepts_loopback: true,
            grant_types,
            granted: None,
            requires_proof: false,
        }),
        users: IndexMap::new(),
        groups: IndexMap::new(),
    };
    org.apps.insert(id.clone(), app);
    id
}

/// The fields of a JSON object.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
