//! Passwords, recovery questions and providers of users.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::call::{Answer, Call, Reply};
use super::errors::OktaError;
use super::users::{alone, id_in_path, user};
use crate::log::{By, Note, kinds};
use crate::state::user::{Status, User};
use crate::state::{Org, Password, REQUIREMENTS, is_acceptable, secret};

/// The `credentials` of a request.
#[derive(Default)]
pub(crate) struct Credentials {
    password: Option<String>,
    /// A password whose clear text the org never sees: imported as a hash or by a hook.
    is_imported: bool,
    recovery: Option<(String, String)>,
    pub(crate) provider: Option<(String, String)>,
}

impl Credentials {
    pub(crate) fn parse(body: &Map<String, Value>, login: &str) -> Result<Credentials, OktaError> {
        let mut found = Credentials::default();
        let Some(credentials) = body.get("credentials").filter(|it| !it.is_null()) else {
            return Ok(found);
        };
        let password = &credentials["password"];
        if let Some(value) = clear_password(password) {
            if !is_acceptable(value, login) {
                return Err(OktaError::validation(
                    "password",
                    format!("password: {REQUIREMENTS}"),
                ));
            }
            found.password = Some(value.to_owned());
        }
        found.is_imported = password.get("hash").is_some() || password.get("hook").is_some();
        let recovery = &credentials["recovery_question"];
        if let (Some(question), Some(answer)) =
            (recovery["question"].as_str(), recovery["answer"].as_str())
        {
            check_answer(answer)?;
            found.recovery = Some((question.to_owned(), answer.to_owned()));
        }
        if let Some(kind) = credentials["provider"]["type"].as_str() {
            let known = [
                "OKTA",
                "ACTIVE_DIRECTORY",
                "LDAP",
                "FEDERATION",
                "SOCIAL",
                "IMPORT",
            ];
            if !known.contains(&kind) {
                return Err(OktaError::validation(
                    "provider",
                    "provider: The type is not supported",
                ));
            }
            let name = credentials["provider"]["name"].as_str().unwrap_or(kind);
            found.provider = Some((kind.to_owned(), name.to_owned()));
        }
        Ok(found)
    }

    pub(crate) fn has_password(&self) -> bool {
        self.password.is_some() || self.is_imported
    }

    pub(crate) fn apply(self, user: &mut User, at: DateTime<Utc>) {
        if let Some(password) = &self.password {
            user.set_password(password, at);
        } else if self.is_imported {
            user.has_password = true;
            user.password_changed = Some(at);
        }
        if let Some((question, answer)) = self.recovery {
            user.recovery = Some((question, Password::of(&answer)));
        }
        if let Some(provider) = self.provider {
            user.provider = provider;
        }
    }
}

/// Changes the credentials of a user who exists: a new password also ends waiting for one.
pub(super) fn apply(
    org: &mut Org,
    by: &By,
    id: &str,
    credentials: Credentials,
) -> Result<(), OktaError> {
    let gets_password = credentials.has_password();
    let user = user(org, id)?;
    credentials.apply(user, by.at);
    if gets_password
        && matches!(
            user.status,
            Status::Provisioned | Status::Recovery | Status::PasswordExpired
        )
    {
        user.move_to(Status::Active, by.at);
    }
    Ok(())
}

fn clear_password(password: &Value) -> Option<&str> {
    password["value"].as_str().or_else(|| password.as_str())
}

fn check_answer(answer: &str) -> Result<(), OktaError> {
    if answer.chars().count() < 4 {
        return Err(OktaError::validation(
            "recovery_question",
            "recovery_question: The security question answer must be at least 4 characters in length",
        ));
    }
    Ok(())
}

pub(super) fn reset_password(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let sends_mail = call.flag("sendEmail", true)?;
    let ends_sessions = call.flag("revokeSessions", false)?;
    let user = user(org, &id)?;
    if !matches!(
        user.status,
        Status::Active
            | Status::Provisioned
            | Status::Recovery
            | Status::PasswordExpired
            | Status::LockedOut
    ) {
        return Err(OktaError::wrong_status());
    }
    user.move_to(Status::Recovery, call.at);
    user.password = None;
    if ends_sessions {
        org.grants.end_sessions(&id);
    }
    let by = call.by(org);
    org.note(
        &by,
        Note::of(&kinds::USER_RESET_PASSWORD).to(org.user_party(&id)),
    );
    Ok(Reply::ok(if sends_mail {
        json!({})
    } else {
        json!({"resetPasswordUrl": format!("{}/signin/reset-password/{}", call.base, secret(20))})
    }))
}

pub(super) fn expire_password(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let password = expire(org, call, &id, call.flag("tempPassword", false)?)?;
    match password {
        Some(password) => Ok(Reply::ok(json!({"tempPassword": password}))),
        None => alone(org, call, &id),
    }
}

pub(super) fn expire_with_temporary(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let ends_sessions = call.flag("revokeSessions", false)?;
    let password = expire(org, call, &id, true)?;
    if ends_sessions {
        org.grants.end_sessions(&id);
    }
    Ok(Reply::ok(json!({"tempPassword": password})))
}

fn expire(
    org: &mut Org,
    call: &Call,
    id: &str,
    gives_temporary: bool,
) -> Result<Option<String>, OktaError> {
    let user = user(org, id)?;
    if !matches!(user.status, Status::Active | Status::PasswordExpired) {
        return Err(OktaError::wrong_status());
    }
    user.move_to(Status::PasswordExpired, call.at);
    let temporary = gives_temporary.then(|| format!("Aa1{}", secret(9)));
    if let Some(temporary) = &temporary {
        user.set_password(temporary, call.at);
    }
    let by = call.by(org);
    org.note(
        &by,
        Note::of(&kinds::USER_EXPIRE_PASSWORD).to(org.user_party(id)),
    );
    Ok(temporary)
}

pub(super) fn change_password(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let body = call.object()?;
    let value = |name: &str| body.get(name).and_then(clear_password).unwrap_or_default();
    let (old, new) = (value("oldPassword"), value("newPassword"));
    let user = user(org, &id)?;
    if !matches!(
        user.status,
        Status::Staged | Status::Active | Status::PasswordExpired | Status::Recovery
    ) {
        return Err(OktaError::wrong_status());
    }
    if !user.password.as_ref().is_some_and(|it| it.is(old)) {
        return Err(
            OktaError::new(403, "E0000014", "Update of credentials failed")
                .because("oldPassword: The credentials provided were incorrect."),
        );
    }
    if !is_acceptable(new, user.login()) {
        return Err(
            OktaError::new(400, "E0000014", "Update of credentials failed")
                .because(format!("newPassword: {REQUIREMENTS}")),
        );
    }
    user.set_password(new, call.at);
    if user.status != Status::Staged {
        user.move_to(Status::Active, call.at);
    }
    let by = call.by(org);
    org.note(&by, Note::of(&kinds::USER_PASSWORD).to(org.user_party(&id)));
    credentials_of(org, call, &id)
}

pub(super) fn change_recovery_question(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let body = call.object()?;
    let password = body
        .get("password")
        .and_then(clear_password)
        .unwrap_or_default();
    let recovery = body.get("recovery_question").unwrap_or(&Value::Null);
    let (Some(question), Some(answer)) =
        (recovery["question"].as_str(), recovery["answer"].as_str())
    else {
        return Err(OktaError::validation(
            "recovery_question",
            "recovery_question: The field cannot be left blank",
        ));
    };
    check_answer(answer)?;
    let user = user(org, &id)?;
    if !user.password.as_ref().is_some_and(|it| it.is(password)) {
        return Err(OktaError::new(
            403,
            "E0000014",
            "Update of credentials failed",
        ));
    }
    user.recovery = Some((question.to_owned(), Password::of(answer)));
    user.last_updated = call.at;
    credentials_of(org, call, &id)
}

pub(super) fn forgot_password(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let sends_mail = call.flag("sendEmail", true)?;
    if user(org, &id)?.status != Status::Active {
        return Err(OktaError::wrong_status());
    }
    Ok(Reply::ok(if sends_mail {
        json!({})
    } else {
        json!({"resetPasswordUrl": format!("{}/signin/reset-password/{}", call.base, secret(20))})
    }))
}

fn credentials_of(org: &Org, call: &Call, id: &str) -> Answer {
    let shown = org.users.get(id).map_or(Value::Null, |user| {
        user.alone(&call.base)["credentials"].clone()
    });
    Ok(Reply::ok(shown))
}
