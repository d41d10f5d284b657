//! Import sessions of custom identity sources: upload users in bulk, then start the import.

use serde_json::{Map, Value};

use super::call::{Answer, Call, Reply};
use super::errors::OktaError;
use super::user_lifecycle::{make_active, make_deprovisioned};
use super::users::check_profile;
use crate::log::{By, Note, kinds};
use crate::state::app::Scope;
use crate::state::user::{Status, User};
use crate::state::{ImportEntry, ImportSession, ImportStatus, Org, SOURCE_APP, USER_TYPE_ID};

/// Most users of one request, most bytes of one, and most requests of one session, as at Okta.
const MAX_PROFILES: usize = 200;
const MAX_BYTES: usize = 200 * 1_024;
const MAX_LOADS: usize = 50;
/// A new session is taken so long after the last one was triggered.
const BETWEEN_SESSIONS: chrono::Duration = chrono::Duration::minutes(5);
/// Longest id of a user at the source.
const MAX_EXTERNAL_ID: usize = 512;
/// Most sessions that are remembered; the oldest is forgotten first.
const MAX_SESSIONS: usize = 500;

fn source(org: &Org, call: &Call) -> Result<String, OktaError> {
    let id = call.param("sourceId");
    match org.apps.get(id) {
        Some(app) if app.name == SOURCE_APP => Ok(id.to_owned()),
        _ => Err(OktaError::not_found(id, "IdentitySource")),
    }
}

fn session<'a>(org: &'a mut Org, call: &Call) -> Result<&'a mut ImportSession, OktaError> {
    let source = source(org, call)?;
    let id = call.param("sessionId");
    let session = org
        .imports
        .sessions
        .get_mut(id)
        .filter(|session| session.source_id == source)
        .ok_or_else(|| OktaError::not_found(id, "IdentitySourceSession"))?;
    session.age(call.at);
    Ok(session)
}

fn refused(why: &str) -> OktaError {
    OktaError::validation("session", why)
}

fn open_session<'a>(org: &'a mut Org, call: &Call) -> Result<&'a mut ImportSession, OktaError> {
    let session = session(org, call)?;
    if session.is_open() {
        Ok(session)
    } else {
        Err(refused(
            "The session is not in the status CREATED or IN_PROGRESS",
        ))
    }
}

/// The sessions that are not over.
pub(super) fn list(org: &mut Org, call: &Call) -> Answer {
    let source = source(org, call)?;
    let sessions = org.imports.sessions.values_mut().map(|session| {
        session.age(call.at);
        &*session
    });
    Ok(Reply::ok(
        sessions
            .filter(|session| session.source_id == source && session.is_active())
            .map(ImportSession::shown)
            .collect(),
    ))
}

pub(super) fn create(org: &mut Org, call: &Call) -> Answer {
    let source_id = source(org, call)?;
    let is_busy = org.imports.sessions.values_mut().any(|session| {
        session.age(call.at);
        session.source_id == source_id && session.is_active()
    });
    if is_busy {
        return Err(refused(
            "There is already a session in progress for this identity source",
        ));
    }
    let is_too_soon = org.imports.sessions.values().any(|session| {
        session.source_id == source_id
            && session
                .triggered
                .is_some_and(|at| call.at - at < BETWEEN_SESSIONS)
    });
    if is_too_soon {
        return Err(refused(
            "A session of this identity source was triggered within the last 5 minutes",
        ));
    }
    if org.imports.sessions.len() >= MAX_SESSIONS {
        org.imports.sessions.shift_remove_index(0);
    }
    let session = ImportSession {
        id: org.dice.id("aps"),
        source_id,
        status: ImportStatus::Created,
        created: call.at,
        last_updated: call.at,
        triggered: None,
        entries: Vec::new(),
        loads: 0,
    };
    let reply = Reply::ok(session.shown());
    org.imports.sessions.insert(session.id.clone(), session);
    Ok(reply)
}

pub(super) fn read(org: &mut Org, call: &Call) -> Answer {
    Ok(Reply::ok(session(org, call)?.shown()))
}

/// Closes a session; what was loaded is dropped.
pub(super) fn delete(org: &mut Org, call: &Call) -> Answer {
    let session = open_session(org, call)?;
    session.status = ImportStatus::Closed;
    session.last_updated = call.at;
    session.entries.clear();
    Ok(Reply::empty(204))
}

fn profiles(call: &Call) -> Result<Vec<Value>, OktaError> {
    if call.body.len() > MAX_BYTES {
        return Err(OktaError::validation(
            "profiles",
            "profiles: A request has at most 200 KB",
        ));
    }
    let body = Value::Object(call.object()?);
    if body["entityType"].as_str() != Some("USERS") {
        return Err(OktaError::validation(
            "entityType",
            "entityType: The value must be USERS",
        ));
    }
    let profiles = body["profiles"].as_array().cloned().unwrap_or_default();
    if profiles.len() > MAX_PROFILES {
        return Err(OktaError::validation(
            "profiles",
            "profiles: A request has at most 200 profiles",
        ));
    }
    for entry in &profiles {
        let id = entry["externalId"].as_str().unwrap_or_default();
        if id.is_empty() || id.chars().count() > MAX_EXTERNAL_ID {
            return Err(OktaError::validation(
                "externalId",
                "externalId: Between 1 and 512 characters are required",
            ));
        }
        let values = entry["profile"].as_object().into_iter().flatten();
        let wrong = values
            .filter(|(_, value)| !value.is_string() && !value.is_null())
            .map(|(name, _)| name)
            .next();
        if let Some(name) = wrong {
            return Err(OktaError::validation(
                name,
                format!("{name}: The value must be a string"),
            ));
        }
    }
    Ok(profiles)
}

fn add(org: &mut Org, call: &Call, entries: Vec<ImportEntry>) -> Answer {
    let session = open_session(org, call)?;
    if session.loads >= MAX_LOADS {
        return Err(refused("The session has taken 50 requests already"));
    }
    session.loads += 1;
    if !entries.is_empty() {
        session.status = ImportStatus::InProgress;
    }
    session.entries.extend(entries);
    session.last_updated = call.at;
    Ok(Reply::empty(202))
}

pub(super) fn upsert(org: &mut Org, call: &Call) -> Answer {
    let entries = profiles(call)?
        .iter()
        .map(|it| {
            let id = it["externalId"].as_str().unwrap_or_default().to_owned();
            let profile = it["profile"].as_object().cloned().unwrap_or_default();
            ImportEntry::Upsert(id, profile)
        })
        .collect();
    add(org, call, entries)
}

/// Whom the source never sent is not known here, and passed over.
pub(super) fn remove(org: &mut Org, call: &Call) -> Answer {
    let source = source(org, call)?;
    let entries = profiles(call)?
        .iter()
        .map(|it| it["externalId"].as_str().unwrap_or_default().to_owned())
        .filter(|id| {
            let key = (source.clone(), id.clone());
            org.imports.known.contains_key(&key)
        })
        .map(ImportEntry::Delete)
        .collect();
    add(org, call, entries)
}

/// Starts the import. It is done when the answer arrives, though the answer says TRIGGERED.
pub(super) fn start(org: &mut Org, call: &Call) -> Answer {
    let session = session(org, call)?;
    if session.status != ImportStatus::InProgress {
        return Err(refused("The session is not in the status IN_PROGRESS"));
    }
    session.status = ImportStatus::Triggered;
    session.triggered = Some(call.at);
    session.last_updated = call.at;
    let reply = Reply::ok(session.shown());
    session.status = ImportStatus::Completed;
    let source_id = session.source_id.clone();
    let entries = std::mem::take(&mut session.entries);
    let by = call.by(org);
    org.note(
        &by,
        Note::of(&kinds::IMPORT_START).to(org.app_party(&source_id)),
    );
    let by = by.system();
    let mut counts = [0_usize; 4];
    for entry in entries {
        let at = match entry {
            ImportEntry::Upsert(id, profile) => take_in(org, &by, &source_id, id, profile),
            ImportEntry::Delete(id) => take_out(org, &by, &source_id, &id),
        };
        counts[at] += 1;
    }
    let note = Note::of(&kinds::IMPORT_COMPLETE)
        .to(org.app_party(&source_id))
        .with("usersCreated", counts[CREATED].to_string())
        .with("usersUpdated", counts[UPDATED].to_string())
        .with("usersRemoved", counts[REMOVED].to_string())
        .with("usersFailed", counts[FAILED].to_string());
    org.note(&by, note);
    Ok(reply)
}

const CREATED: usize = 0;
const UPDATED: usize = 1;
const REMOVED: usize = 2;
const FAILED: usize = 3;

fn take_in(
    org: &mut Org,
    by: &By,
    source_id: &str,
    external_id: String,
    mut profile: Map<String, Value>,
) -> usize {
    if let Some(name) = profile.shift_remove("userName") {
        profile.insert("login".to_owned(), name);
    }
    if let Some(address) = profile.shift_remove("homeAddress") {
        profile.insert("streetAddress".to_owned(), address);
    }
    profile.retain(|_, value| !value.is_null());
    let key = (source_id.to_owned(), external_id);
    let login = profile
        .get("login")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let known = org
        .imports
        .known
        .get(&key)
        .or_else(|| org.id_of_login(login))
        .cloned();
    match known {
        Some(id) => change(org, by, &key, &id, profile),
        None => join(org, by, &key, profile),
    }
}

/// Somebody whom the org does not know yet.
fn join(org: &mut Org, by: &By, key: &(String, String), profile: Map<String, Value>) -> usize {
    if check_profile(org, &profile, None).is_err() {
        return FAILED;
    }
    let id = org.dice.id("00u");
    let mut user = User::staged(
        org.next_seq(),
        id.clone(),
        USER_TYPE_ID.to_owned(),
        profile,
        by.at,
    );
    user.provider = ("IMPORT".to_owned(), "IMPORT".to_owned());
    org.insert_user(user);
    org.imports.known.insert(key.clone(), id.clone());
    org.note(by, Note::of(&kinds::USER_CREATE).to(org.user_party(&id)));
    make_active(org, by, &id);
    org.assign_app(by, &key.0, &id, Scope::User);
    CREATED
}

/// Somebody whom the org knows, by the external id or by the login.
fn change(
    org: &mut Org,
    by: &By,
    key: &(String, String),
    id: &str,
    profile: Map<String, Value>,
) -> usize {
    let Some(user) = org.users.get(id) else {
        return FAILED;
    };
    let mut merged = user.profile.clone();
    merged.extend(profile);
    if check_profile(org, &merged, Some(id)).is_err() {
        return FAILED;
    }
    let new_login = merged
        .get("login")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let mut old_login = String::new();
    if let Some(user) = org.users.get_mut(id) {
        user.login().clone_into(&mut old_login);
        user.profile = merged;
        user.last_updated = by.at;
    }
    org.rename_login(id, &old_login, &new_login);
    org.imports.known.insert(key.clone(), id.to_owned());
    org.note(by, Note::of(&kinds::USER_PROFILE).to(org.user_party(id)));
    org.assign_app(by, &key.0, id, Scope::User);
    org.apply_rules(by, id);
    UPDATED
}

fn take_out(org: &mut Org, by: &By, source_id: &str, external_id: &str) -> usize {
    let key = (source_id.to_owned(), external_id.to_owned());
    let Some(id) = org.imports.known.remove(&key) else {
        return FAILED;
    };
    match org.users.get(&id) {
        Some(user) if user.status != Status::Deprovisioned => {
            make_deprovisioned(org, by, &id);
            REMOVED
        }
        _ => FAILED,
    }
}
