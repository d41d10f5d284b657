//! Users and groups assigned to an application.

use serde_json::{Map, Value, json};

use super::apps::app;
use super::call::{Answer, Call, Reply};
use super::errors::OktaError;
use super::groups::group;
use super::paging::{self, PageSize};
use super::users::id_in_path;
use crate::log::{Note, kinds};
use crate::state::Org;
use crate::state::app::{App, AppGroup, AppUser, Scope};
use crate::state::user::Status;

const USER_SIZE: PageSize = PageSize {
    default: 50,
    most: 500,
};
const GROUP_SIZE: PageSize = PageSize {
    default: 20,
    most: 200,
};

fn user_with_embedded(org: &Org, call: &Call, app: &App, id: &str, assigned: &AppUser) -> Value {
    let mut shown = app.user_shown(&call.base, id, assigned);
    if let (Some("user"), Some(user)) = (call.asked("expand"), org.users.get(id)) {
        shown["_embedded"] = json!({"user": user.listed(&call.base)});
    }
    shown
}

pub(super) fn list_users(org: &mut Org, call: &Call) -> Answer {
    let app_id = call.param("appId");
    let Some(app) = org.apps.get(app_id) else {
        return Err(OktaError::not_found(app_id, "AppInstance"));
    };
    let q = call.asked("q").map(str::to_lowercase);
    let mut found: Vec<(u64, &String, &AppUser)> = app
        .users
        .iter()
        .filter_map(|(id, assigned)| org.users.get(id).map(|user| (user, id, assigned)))
        .filter(|(user, _, assigned)| {
            q.as_ref().is_none_or(|q| {
                let starts = |text: &str| text.to_lowercase().starts_with(q);
                starts(&assigned.user_name)
                    || ["firstName", "lastName", "email"]
                        .iter()
                        .any(|it| starts(user.text(it)))
            })
        })
        .map(|(user, id, assigned)| (user.seq, id, assigned))
        .collect();
    found.sort_by_key(|(seq, _, _)| *seq);
    paging::by_seq(
        call,
        found.iter(),
        |(seq, _, _)| *seq,
        USER_SIZE,
        |(_, id, assigned)| user_with_embedded(org, call, app, id, assigned),
    )
}

/// The id in the path of a user who is assigned to the application in the path.
fn assigned_id(org: &mut Org, call: &Call) -> Result<String, OktaError> {
    app(org, call.param("appId"))?;
    let not_assigned = || OktaError::not_found(call.param("userId"), "AppUser");
    let id = id_in_path(org, call, "userId").map_err(|_| not_assigned())?;
    if app(org, call.param("appId"))?.users.contains_key(&id) {
        Ok(id)
    } else {
        Err(not_assigned())
    }
}

pub(super) fn read_user(org: &mut Org, call: &Call) -> Answer {
    let id = assigned_id(org, call)?;
    let found = org
        .apps
        .get(call.param("appId"))
        .and_then(|app| app.users.get(&id).map(|assigned| (app, assigned)));
    found
        .map(|(app, assigned)| Reply::ok(user_with_embedded(org, call, app, &id, assigned)))
        .ok_or_else(|| OktaError::not_found(&id, "AppUser"))
}

pub(super) fn assign_user(org: &mut Org, call: &Call) -> Answer {
    let app_id = call.param("appId").to_owned();
    app(org, &app_id)?;
    let body = Value::Object(call.object()?);
    let asked = body["id"].as_str().unwrap_or_default();
    if asked.is_empty() {
        return Err(OktaError::validation(
            "id",
            "id: The field cannot be left blank",
        ));
    }
    let Some(user) = org.find_user(asked) else {
        return Err(OktaError::not_found(asked, "User"));
    };
    if user.status == Status::Deprovisioned {
        return Err(OktaError::validation(
            "user",
            "user: A deactivated user cannot be assigned to an application",
        ));
    }
    if !app_is_active(org, &app_id) {
        return Err(OktaError::validation(
            "app",
            "app: The application is not active",
        ));
    }
    let id = org
        .find_user(asked)
        .map(|user| user.id.clone())
        .unwrap_or_default();
    let scope = match body["scope"].as_str() {
        Some("GROUP") => Scope::Group,
        _ => Scope::User,
    };
    let by = call.by(org);
    org.assign_app(&by, &app_id, &id, scope);
    change(org, call, &app_id, &id, &body)
}

fn app_is_active(org: &Org, app_id: &str) -> bool {
    org.apps.get(app_id).is_some_and(|app| app.is_active)
}

pub(super) fn update_user(org: &mut Org, call: &Call) -> Answer {
    let id = assigned_id(org, call)?;
    let body = Value::Object(call.object()?);
    let app_id = call.param("appId").to_owned();
    let by = call.by(org);
    let has_password = !body["credentials"]["password"].is_null();
    convert_scope(org, &app_id, &id, &body)?;
    let reply = change(org, call, &app_id, &id, &body)?;
    let kind = if has_password {
        &kinds::APP_USER_PASSWORD
    } else {
        &kinds::APP_USER_UPDATE
    };
    let note = org.app_user_note(kind, &app_id, &id);
    org.note(&by, note);
    Ok(reply)
}

/// An assignment becomes one of the person, or of a group that the person and the application have in common.
fn convert_scope(
    org: &mut Org,
    app_id: &str,
    user_id: &str,
    body: &Value,
) -> Result<(), OktaError> {
    let scope = match body["scope"].as_str() {
        None => return Ok(()),
        Some("USER") => Scope::User,
        Some("GROUP") => Scope::Group,
        Some(_) => {
            return Err(OktaError::validation(
                "scope",
                "scope: The value must be USER or GROUP",
            ));
        }
    };
    let shares_group = org.groups_of(user_id).any(|group| {
        org.apps
            .get(app_id)
            .is_some_and(|app| app.groups.contains_key(&group.id))
    });
    if scope == Scope::Group && !shares_group {
        return Err(OktaError::validation(
            "scope",
            "scope: The user is in no group that the application is assigned to",
        ));
    }
    if let Some(assigned) = app(org, app_id)?.users.get_mut(user_id) {
        assigned.scope = scope;
    }
    Ok(())
}

fn change(org: &mut Org, call: &Call, app_id: &str, user_id: &str, body: &Value) -> Answer {
    let app = app(org, app_id)?;
    let mode = app.sign_on_mode.clone();
    let Some(assigned) = app.users.get_mut(user_id) else {
        return Err(OktaError::not_found(user_id, "AppUser"));
    };
    let credentials = &body["credentials"];
    if !credentials["password"].is_null() {
        if matches!(mode.as_str(), "SAML_2_0" | "OPENID_CONNECT" | "BOOKMARK") {
            return Err(OktaError::new(
                400,
                "E0000041",
                "Credentials should not be set on this resource based on the scheme.",
            )
            .because("User level credentials should not be provided for this scheme."));
        }
        assigned.has_password = true;
        assigned.password_changed = Some(call.at);
    }
    if let Some(name) = credentials["userName"].as_str() {
        name.clone_into(&mut assigned.user_name);
    }
    if let Value::Object(profile) = &body["profile"] {
        for (name, value) in profile {
            if value.is_null() {
                assigned.profile.shift_remove(name);
            } else {
                assigned.profile.insert(name.clone(), value.clone());
            }
        }
    }
    assigned.last_updated = call.at;
    let assigned = assigned.clone();
    Ok(Reply::ok(app.user_shown(&call.base, user_id, &assigned)))
}

/// Who has the application through a group keeps it through the group.
pub(super) fn unassign_user(org: &mut Org, call: &Call) -> Answer {
    let id = assigned_id(org, call)?;
    let by = call.by(org);
    org.unassign_app(&by, call.param("appId"), &id);
    org.reconcile_apps(&by, &id);
    Ok(Reply::empty(204))
}

pub(super) fn list_groups(org: &mut Org, call: &Call) -> Answer {
    let app = &*app(org, call.param("appId"))?;
    let entries: Vec<(u64, &String, &AppGroup)> = app
        .groups
        .iter()
        .enumerate()
        .map(|(at, (id, group))| (at as u64 + 1, id, group))
        .collect();
    paging::by_seq(
        call,
        entries.iter(),
        |(seq, _, _)| *seq,
        GROUP_SIZE,
        |(_, id, group)| app.group_shown(&call.base, id, group),
    )
}

pub(super) fn read_group(org: &mut Org, call: &Call) -> Answer {
    let id = call.param("groupId");
    let mut shown = {
        let app = app(org, call.param("appId"))?;
        let group = app
            .groups
            .get(id)
            .ok_or_else(|| OktaError::not_found(id, "ApplicationGroupAssignment"))?;
        app.group_shown(&call.base, id, group)
    };
    if let (Some("group"), Some(group)) = (call.asked("expand"), org.groups.get(id)) {
        shown["_embedded"] = json!({"group": group.shown(&call.base)});
    }
    Ok(Reply::ok(shown))
}

pub(super) fn assign_group(org: &mut Org, call: &Call) -> Answer {
    let (app_id, id) = (call.param("appId"), call.param("groupId"));
    app(org, app_id)?;
    group(org, id)?;
    let body = Value::Object(call.object_or_empty()?);
    let app = app(org, app_id)?;
    let count = i64::try_from(app.groups.len()).unwrap_or(0);
    let is_new = !app.groups.contains_key(id);
    let entry = app.groups.entry(id.to_owned()).or_insert_with(|| AppGroup {
        priority: count,
        last_updated: call.at,
        profile: Map::new(),
    });
    if let Some(priority) = body["priority"].as_i64() {
        entry.priority = priority.clamp(0, 100);
    }
    if let Value::Object(profile) = &body["profile"] {
        entry.profile.clone_from(profile);
    }
    entry.last_updated = call.at;
    let entry = entry.clone();
    let reply = Reply::ok(app.group_shown(&call.base, id, &entry));
    let by = call.by(org);
    if is_new {
        let note = Note::of(&kinds::APP_GROUP_ADD)
            .to(org.group_party(id))
            .to(org.app_party(app_id));
        org.note(&by, note);
        org.reconcile_members(&by, id);
    }
    Ok(reply)
}

pub(super) fn unassign_group(org: &mut Org, call: &Call) -> Answer {
    let (app_id, id) = (call.param("appId"), call.param("groupId"));
    if app(org, app_id)?.groups.shift_remove(id).is_none() {
        return Err(OktaError::not_found(id, "ApplicationGroupAssignment"));
    }
    let by = call.by(org);
    let note = Note::of(&kinds::APP_GROUP_REMOVE)
        .to(org.group_party(id))
        .to(org.app_party(app_id));
    org.note(&by, note);
    org.reconcile_members(&by, id);
    Ok(Reply::empty(204))
}
