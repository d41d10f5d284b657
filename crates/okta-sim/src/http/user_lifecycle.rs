//! The life cycle of users: which status leads where, and how each refusal is worded.

use serde_json::json;

use super::call::{Answer, Call, Reply};
use super::errors::OktaError;
use super::users::{id_in_path, user};
use crate::log::{By, Note, kinds};
use crate::state::user::Status;
use crate::state::{Org, secret};

/// Activates a staged or deprovisioned user: with a password or a federated provider the user is
/// active at once, otherwise provisioned until the welcome mail is followed.
pub(crate) fn make_active(org: &mut Org, by: &By, id: &str) {
    let Some(user) = org.users.get_mut(id) else {
        return;
    };
    let is_ready = user.has_password || user.provider.0 != "OKTA";
    user.move_to(
        if is_ready {
            Status::Active
        } else {
            Status::Provisioned
        },
        by.at,
    );
    user.activated = Some(by.at);
    org.note(by, Note::of(&kinds::USER_ACTIVATE).to(org.user_party(id)));
    org.apply_rules(by, id);
    org.reconcile_apps(by, id);
}

fn activation(call: &Call) -> Answer {
    let token = secret(20);
    Ok(Reply::ok(if call.flag("sendEmail", true)? {
        json!({})
    } else {
        json!({
            "activationUrl": format!("{}/welcome/{token}", call.base),
            "activationToken": token,
        })
    }))
}

pub(super) fn activate(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    match user(org, &id)?.status {
        Status::Staged | Status::Deprovisioned => {}
        Status::Active => {
            return Err(OktaError::new(
                403,
                "E0000016",
                "Activation failed because the user is already active",
            ));
        }
        _ => return Err(OktaError::wrong_status()),
    }
    let reply = activation(call)?;
    let by = call.by(org);
    make_active(org, &by, &id);
    Ok(reply)
}

pub(super) fn reactivate(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let user = user(org, &id)?;
    if !matches!(user.status, Status::Provisioned | Status::Recovery) {
        return Err(OktaError::wrong_status());
    }
    user.move_to(Status::Provisioned, call.at);
    let by = call.by(org);
    org.note(
        &by,
        Note::of(&kinds::USER_REACTIVATE).to(org.user_party(&id)),
    );
    if call.flag("sendEmail", false)? {
        return Ok(Reply::ok(json!({})));
    }
    let token = secret(20);
    Ok(Reply::ok(json!({
        "activationUrl": format!("{}/welcome/{token}", call.base),
        "activationToken": token,
    })))
}

pub(crate) fn make_deprovisioned(org: &mut Org, by: &By, id: &str) {
    if let Some(user) = org.users.get_mut(id) {
        user.move_to(Status::Deprovisioned, by.at);
        user.password = None;
        user.has_password = false;
    }
    org.grants.end_of_user(id);
    org.note(by, Note::of(&kinds::USER_DEACTIVATE).to(org.user_party(id)));
    org.reconcile_apps(by, id);
}

pub(super) fn deactivate(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    if user(org, &id)?.status == Status::Deprovisioned {
        return Err(OktaError::wrong_status());
    }
    refuse_own(call, &id)?;
    let by = call.by(org);
    make_deprovisioned(org, &by, &id);
    Ok(Reply::ok(json!({})))
}

/// The first call deactivates, the second deletes, as in Okta.
pub(super) fn delete(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    refuse_own(call, &id)?;
    let by = call.by(org);
    if user(org, &id)?.status == Status::Deprovisioned {
        let target = org.user_party(&id);
        org.note(&by, Note::of(&kinds::USER_DELETE).to(target.clone()));
        org.remove_user(&id);
        org.note(&by.system(), Note::of(&kinds::USER_DELETED).to(target));
    } else {
        make_deprovisioned(org, &by, &id);
    }
    Ok(Reply::empty(204))
}

fn refuse_own(call: &Call, id: &str) -> Result<(), OktaError> {
    if call.caller.user_id == id {
        return Err(OktaError::forbidden().because("You cannot deactivate yourself."));
    }
    Ok(())
}

pub(super) fn suspend(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let user = user(org, &id)?;
    if user.status != Status::Active {
        return Err(OktaError::validation(
            "suspendUser",
            "Cannot suspend a user that is not active",
        ));
    }
    user.move_to(Status::Suspended, call.at);
    org.grants.end_sessions(&id);
    noted(org, call, &kinds::USER_SUSPEND, &id)
}

pub(super) fn unsuspend(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let user = user(org, &id)?;
    if user.status != Status::Suspended {
        return Err(OktaError::validation(
            "unsuspendUser",
            "Cannot unsuspend a user that is not suspended",
        ));
    }
    user.move_to(Status::Active, call.at);
    noted(org, call, &kinds::USER_UNSUSPEND, &id)
}

pub(super) fn unlock(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let user = user(org, &id)?;
    if user.status != Status::LockedOut {
        return Err(OktaError::new(
            403,
            "E0000032",
            "Unlock is not allowed for this user.",
        ));
    }
    user.move_to(Status::Active, call.at);
    user.failed_sign_ins = 0;
    noted(org, call, &kinds::USER_UNLOCK, &id)
}

pub(super) fn reset_factors(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    if user(org, &id)?.status == Status::Deprovisioned {
        return Err(OktaError::wrong_status());
    }
    noted(org, call, &kinds::USER_MFA_RESET, &id)
}

fn noted(org: &mut Org, call: &Call, kind: &'static kinds::Kind, id: &str) -> Answer {
    let by = call.by(org);
    org.note(&by, Note::of(kind).to(org.user_party(id)));
    Ok(Reply::ok(json!({})))
}
