//! Asking the person who signed in whether the application may have what it wants.

use super::authorize::{grant, refuse, session};
use super::clients;
use super::pages;
use crate::http::{Answer, Call, Reply};
use crate::state::Org;

fn expired() -> Reply {
    pages::error(
        400,
        "invalid_request",
        "This page has expired. Start again from the application.",
    )
}

pub(crate) fn show(org: &mut Org, call: &Call) -> Answer {
    let id = call.asked("request").unwrap_or_default();
    let Some(request) = org.grants.request(id, call.at).map(|it| it.clone()) else {
        return Ok(expired());
    };
    let Some(session) = session(org, call).filter(|_| !request.needs_fresh_sign_in) else {
        return Ok(pages::sign_in(
            id,
            &request.login_hint,
            None,
            &request.redirect_uri,
        ));
    };
    let label = clients::find(org, &request.client_id).map_or("", |(app, _)| app.label.as_str());
    let login = org
        .users
        .get(&session.user_id)
        .map_or("", |user| user.login());
    Ok(pages::consent(
        id,
        label,
        login,
        &request.scopes,
        &request.redirect_uri,
    ))
}

pub(crate) fn decide(org: &mut Org, call: &Call) -> Answer {
    let form = call.form();
    let field = |name: &str| {
        form.iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value.as_str())
    };
    let Some(session) = session(org, call) else {
        return Ok(expired());
    };
    let Some(request) = org.grants.take_request(field("request")) else {
        return Ok(expired());
    };
    if request.expires <= call.at || request.needs_fresh_sign_in {
        return Ok(expired());
    }
    if field("decision") == "allow" {
        return Ok(grant(org, call, &request, &session));
    }
    Ok(refuse(&request, "access_denied", "User denied consent"))
}
