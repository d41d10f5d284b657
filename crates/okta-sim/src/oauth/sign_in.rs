//! Signing in with name and password, and signing out.

use super::pages;
use crate::http::{Answer, Call, Reply};
use crate::log::{Note, kinds};
use crate::state::Org;
use crate::state::user::Status;

/// Wrong passwords after which an account is locked.
const MAX_ATTEMPTS: u32 = 10;
const UNABLE: &str = "Unable to sign in";

pub(crate) fn submit(org: &mut Org, call: &Call) -> Answer {
    let form = call.form();
    let field = |name: &str| {
        form.iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value.as_str())
    };
    let request_id = field("request");
    let Some(request) = org.grants.request(request_id, call.at) else {
        return Ok(pages::error(
            400,
            "invalid_request",
            "This sign-in page has expired. Start again from the application.",
        ));
    };
    let redirect_uri = request.redirect_uri.clone();
    let username = field("username").trim();
    match signed_in(org, call, username, field("password")) {
        Ok(user_id) => {
            let session = org.grants.begin_session(&user_id, call.at);
            if let Some(request) = org.grants.request(request_id, call.at) {
                request.needs_fresh_sign_in = false;
            }
            let to = format!(
                "{}/oauth2/v1/authorize/consent?request={request_id}",
                call.base
            );
            let cookie = format!("sid={}; Path=/; HttpOnly; SameSite=Lax", session.id);
            Ok(Reply {
                status: 303,
                ..Reply::redirect(to).with_header("set-cookie", cookie)
            })
        }
        Err(wrong) => Ok(pages::sign_in(
            request_id,
            username,
            Some(wrong),
            &redirect_uri,
        )),
    }
}

fn signed_in(
    org: &mut Org,
    call: &Call,
    username: &str,
    password: &str,
) -> Result<String, &'static str> {
    let Some(id) = org.find_user(username).map(|user| user.id.clone()) else {
        return Err(UNABLE);
    };
    let by = call.by_actor(org.user_party(&id));
    let Some(user) = org.users.get_mut(&id) else {
        return Err(UNABLE);
    };
    let is_right = user.password.as_ref().is_some_and(|it| it.is(password));
    if is_right && user.status == Status::Active {
        user.failed_sign_ins = 0;
        user.last_login = Some(call.at);
        org.note(&by, Note::of(&kinds::SESSION_START));
        return Ok(id);
    }
    let (reason, shown) = match user.status {
        Status::PasswordExpired if is_right => (
            "PASSWORD_EXPIRED",
            "Your password has expired. Ask your administrator for a new one.",
        ),
        Status::LockedOut => (
            "LOCKED_OUT",
            "Your account is locked. Please contact your administrator.",
        ),
        _ => ("INVALID_CREDENTIALS", UNABLE),
    };
    org.note(&by, Note::of(&kinds::SESSION_START).failed(reason));
    let Some(user) = org.users.get_mut(&id) else {
        return Err(UNABLE);
    };
    user.failed_sign_ins = user.failed_sign_ins.saturating_add(1);
    if user.failed_sign_ins >= MAX_ATTEMPTS && user.status == Status::Active {
        user.move_to(Status::LockedOut, call.at);
        org.note(&by, Note::of(&kinds::USER_LOCK).to(org.user_party(&id)));
    }
    Err(shown)
}

pub(crate) fn sign_out(org: &mut Org, call: &Call) -> Answer {
    if let Some(session) = call
        .cookie("sid")
        .and_then(|sid| org.grants.end_session(sid))
    {
        let by = call.by_actor(org.user_party(&session.user_id));
        org.note(&by, Note::of(&kinds::SESSION_END));
    }
    Ok(pages::signed_out().with_header(
        "set-cookie",
        "sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0",
    ))
}
