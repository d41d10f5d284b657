//! Users: create, read, update, replace. Finding them is in `user_search`.

use serde_json::{Map, Value};

use super::call::{Answer, Call, Reply};
use super::errors::OktaError;
use super::user_credentials::{self, Credentials};
use crate::log::{By, Note, kinds};
use crate::state::group::{GroupKind, Joined};
use crate::state::user::{Status, User};
use crate::state::{Org, USER_TYPE_ID};

/// The id of the user that a path names by id, login or `me`.
pub(crate) fn id_in_path(org: &Org, call: &Call, name: &str) -> Result<String, OktaError> {
    let asked = call.param(name);
    let found = if asked == "me" {
        org.users.get(&call.caller.user_id)
    } else {
        org.find_user(asked)
    };
    found
        .map(|user| user.id.clone())
        .ok_or_else(|| OktaError::not_found(asked, "User"))
}

pub(crate) fn user<'a>(org: &'a mut Org, id: &str) -> Result<&'a mut User, OktaError> {
    org.users
        .get_mut(id)
        .ok_or_else(|| OktaError::not_found(id, "User"))
}

pub(super) fn alone(org: &Org, call: &Call, id: &str) -> Answer {
    org.users
        .get(id)
        .map(|user| Reply::ok(user.alone(&call.base)))
        .ok_or_else(|| OktaError::not_found(id, "User"))
}

pub(super) fn read(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    alone(org, call, &id)
}

pub(super) fn create(org: &mut Org, call: &Call) -> Answer {
    let body = call.object()?;
    let activate = call.flag("activate", true)?;
    let provider = call.flag("provider", false)?;
    let expires = match call.asked("nextLogin") {
        None => false,
        Some("changePassword") => true,
        Some(_) => {
            return Err(OktaError::validation(
                "nextLogin",
                "nextLogin: The value must be changePassword",
            ));
        }
    };
    let profile = profile_of(&body)?.ok_or_else(|| {
        OktaError::validation("profile", "profile: The field cannot be left blank")
    })?;
    check_profile(org, &profile, None)?;
    let login = profile
        .get("login")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let credentials = Credentials::parse(&body, login)?;
    if expires {
        check_expiry(activate, &credentials)?;
    }
    if provider && credentials.provider.is_none() {
        return Err(OktaError::validation(
            "provider",
            "provider: The field cannot be left blank",
        ));
    }
    let group_ids = group_ids_of(org, &body)?;
    check_type(&body)?;
    let id = org.dice.id("00u");
    let mut user = User::staged(
        org.next_seq(),
        id.clone(),
        USER_TYPE_ID.to_owned(),
        without_nulls(profile),
        call.at,
    );
    credentials.apply(&mut user, call.at);
    let is_federated = user.provider.0 != "OKTA";
    org.insert_user(user);
    let by = call.by(org);
    org.note(&by, Note::of(&kinds::USER_CREATE).to(org.user_party(&id)));
    if activate {
        super::user_lifecycle::make_active(org, &by, &id);
        if expires && !is_federated {
            move_user(org, &id, Status::PasswordExpired, &by);
        }
    }
    for group_id in group_ids {
        org.add_member(&by, &group_id, &id, Joined::Hand);
    }
    org.apply_rules(&by, &id);
    alone(org, call, &id)
}

/// A password can only expire at once for somebody who has one and is active.
fn check_expiry(activate: bool, credentials: &Credentials) -> Result<(), OktaError> {
    if !activate {
        let text = "Could not create user. To create a user and expire their password immediately, `activate` must be true.";
        return Err(OktaError::new(400, "E0000125", text).because(text));
    }
    if !credentials.has_password() {
        let text = "Could not create user. To create a user and expire their password immediately, a password must be specified.";
        return Err(OktaError::new(400, "E0000124", text).because(text));
    }
    Ok(())
}

fn move_user(org: &mut Org, id: &str, status: Status, by: &By) {
    if let Some(user) = org.users.get_mut(id) {
        user.move_to(status, by.at);
    }
}

/// `POST /users/{id}`: what is sent is changed, what is sent as null is cleared.
pub(super) fn update(org: &mut Org, call: &Call) -> Answer {
    let body = call.object()?;
    let id = id_in_path(org, call, "id")?;
    let mut profile = user(org, &id)?.profile.clone();
    for (name, value) in profile_of(&body)?.unwrap_or_default() {
        profile.insert(name, value);
    }
    change(org, call, &id, &body, profile)
}

/// `PUT /users/{id}`: the profile becomes what is sent; what is not sent is lost.
pub(super) fn replace(org: &mut Org, call: &Call) -> Answer {
    let body = call.object()?;
    let id = id_in_path(org, call, "id")?;
    let profile = match profile_of(&body)? {
        Some(profile) => profile,
        None if body.contains_key("credentials") => user(org, &id)?.profile.clone(),
        None => {
            return Err(OktaError::validation(
                "profile",
                "profile: The field cannot be left blank",
            ));
        }
    };
    change(org, call, &id, &body, profile)
}

fn change(
    org: &mut Org,
    call: &Call,
    id: &str,
    body: &Map<String, Value>,
    profile: Map<String, Value>,
) -> Answer {
    if user(org, id)?.status == Status::Deprovisioned {
        return Err(OktaError::wrong_status());
    }
    check_profile(org, &profile, Some(id))?;
    let profile = without_nulls(profile);
    let login = profile
        .get("login")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let credentials = Credentials::parse(body, &login)?;
    let by = call.by(org);
    let before = std::mem::replace(&mut user(org, id)?.profile, profile);
    let old_login = before
        .get("login")
        .and_then(Value::as_str)
        .unwrap_or_default();
    org.rename_login(id, old_login, &login);
    let after = &user(org, id)?.profile;
    let changed: Vec<String> = before
        .keys()
        .chain(after.keys().filter(|name| !before.contains_key(*name)))
        .filter(|name| before.get(*name) != after.get(*name))
        .cloned()
        .collect();
    user(org, id)?.last_updated = call.at;
    if !changed.is_empty() {
        let note = Note::of(&kinds::USER_PROFILE)
            .to(org.user_party(id))
            .with("changedAttributes", changed.join(","));
        org.note(&by, note);
        push_profile(org, &by, id);
    }
    if credentials.has_password() {
        org.note(&by, Note::of(&kinds::USER_PASSWORD).to(org.user_party(id)));
    }
    user_credentials::apply(org, &by, id, credentials)?;
    org.apply_rules(&by, id);
    alone(org, call, id)
}

/// Applications that are provisioned get the new profile.
fn push_profile(org: &mut Org, by: &By, id: &str) {
    let apps: Vec<String> = org
        .apps
        .values()
        .filter(|app| app.users.contains_key(id))
        .filter(|app| app.features.iter().any(|it| it == "PUSH_PROFILE_UPDATES"))
        .map(|app| app.id.clone())
        .collect();
    for app_id in apps {
        let note = org.app_user_note(&kinds::APP_USER_SYNC, &app_id, id);
        org.note(&by.system(), note);
    }
}

fn profile_of(body: &Map<String, Value>) -> Result<Option<Map<String, Value>>, OktaError> {
    match body.get("profile") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(profile)) => Ok(Some(profile.clone())),
        Some(_) => Err(OktaError::malformed()),
    }
}

fn without_nulls(profile: Map<String, Value>) -> Map<String, Value> {
    profile
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .collect()
}

/// Checks a whole profile by the schema, and that nobody else signs in by its login.
pub(crate) fn check_profile(
    org: &Org,
    profile: &Map<String, Value>,
    of: Option<&str>,
) -> Result<(), OktaError> {
    let faults = org.user_schema.faults(profile);
    if !faults.is_empty() {
        return Err(OktaError::attributes(&faults));
    }
    let login = profile
        .get("login")
        .and_then(Value::as_str)
        .unwrap_or_default();
    match org.id_of_login(login) {
        Some(other) if Some(other.as_str()) != of => Err(OktaError::validation(
            "login",
            "login: An object with this field already exists in the current organization",
        )),
        _ => Ok(()),
    }
}

fn group_ids_of(org: &Org, body: &Map<String, Value>) -> Result<Vec<String>, OktaError> {
    let ids: Vec<String> = match body.get("groupIds") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(list) => serde_json::from_value(list.clone()).map_err(|_| OktaError::malformed())?,
    };
    if ids.len() > 20 {
        return Err(
            OktaError::new(400, "E0000093", "Target count limit exceeded")
                .because("The number of group targets is too large"),
        );
    }
    for id in &ids {
        match org.groups.get(id) {
            None => return Err(OktaError::not_found(id, "UserGroup")),
            Some(group) if group.kind != GroupKind::Okta => return Err(OktaError::forbidden()),
            Some(_) => {}
        }
    }
    Ok(ids)
}

fn check_type(body: &Map<String, Value>) -> Result<(), OktaError> {
    match body
        .get("type")
        .and_then(|kind| kind.get("id"))
        .and_then(Value::as_str)
    {
        Some(id) if id != USER_TYPE_ID => Err(OktaError::not_found(id, "UserType")),
        _ => Ok(()),
    }
}
