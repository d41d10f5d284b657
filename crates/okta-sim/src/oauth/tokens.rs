//! What can be done with tokens that exist: revoke, introspect, ask who they stand for.

use serde_json::{Value, json};

use super::clients;
use super::grants::Grant;
use super::token::{error, field, is_form};
use crate::http::{Answer, Body, Call, Reply};
use crate::log::{Note, kinds};
use crate::state::Org;

/// Okta answers 200 whether or not the token exists (RFC 7009). A client ends only its own tokens.
pub(crate) fn revoke(org: &mut Org, call: &Call) -> Answer {
    if !is_form(call) {
        return Ok(error(
            400,
            "invalid_request",
            "The content type must be application/x-www-form-urlencoded.",
        ));
    }
    let form = call.form();
    let client = match clients::authenticate(org, call, &form) {
        Ok(client) => client,
        Err(reason) => return Ok(error(401, "invalid_client", reason)),
    };
    let Some(token) = field(&form, "token") else {
        return Ok(error(
            400,
            "invalid_request",
            "The 'token' parameter is missing.",
        ));
    };
    let found = org
        .grants
        .access(token, call.at)
        .or_else(|| org.grants.refresh(token, call.at))
        .filter(|grant| grant.client_id == client.id)
        .cloned();
    if let Some(grant) = found {
        org.grants.revoke(token);
        let by = call.by_actor(org.user_party(&grant.user_id));
        let app = clients::find(org, &client.id).map(|(app, _)| app.id.clone());
        let note =
            Note::of(&kinds::OAUTH_REVOKE).to(org.app_party(app.as_deref().unwrap_or_default()));
        org.note(&by, note);
    }
    Ok(Reply::empty(200))
}

pub(crate) fn introspect(org: &mut Org, call: &Call) -> Answer {
    let form = call.form();
    let client = match clients::authenticate(org, call, &form) {
        Ok(client) => client,
        Err(reason) => return Ok(error(401, "invalid_client", reason)),
    };
    let token = field(&form, "token").unwrap_or_default();
    let found = org
        .grants
        .access(token, call.at)
        .map(|grant| {
            (
                grant,
                if grant.key.is_some() {
                    "DPoP"
                } else {
                    "Bearer"
                },
            )
        })
        .or_else(|| {
            org.grants
                .refresh(token, call.at)
                .map(|grant| (grant, "refresh_token"))
        })
        .filter(|(grant, _)| grant.client_id == client.id);
    let Some((grant, kind)) = found else {
        return Ok(Reply::ok(json!({"active": false})));
    };
    let login = org
        .users
        .get(&grant.user_id)
        .map_or("", |user| user.login());
    let mut shown = json!({
        "active": true,
        "token_type": kind,
        "scope": grant.scopes.join(" "),
        "client_id": grant.client_id,
        "username": login,
        "sub": login,
        "uid": grant.user_id,
        "iss": call.base,
        "aud": call.base,
        "iat": grant.issued.timestamp(),
        "exp": grant.expires.timestamp(),
    });
    if let Some(key) = &grant.key {
        shown["cnf"] = json!({"jkt": key});
    }
    Ok(Reply::ok(shown))
}

pub(crate) fn userinfo(org: &mut Org, call: &Call) -> Answer {
    let grant = match crate::http::access_token(org, call) {
        Ok(grant) => grant,
        Err(error) => {
            return Ok(Reply {
                body: Body::Empty,
                ..error.into_reply()
            });
        }
    };
    let grant = &grant;
    if !grant.scopes.iter().any(|scope| scope == "openid") {
        return Ok(Reply::empty(403).with_header(
            "www-authenticate",
            "Bearer error=\"insufficient_scope\", error_description=\"The access token must provide access to at least one of these scopes - openid\"",
        ));
    }
    Ok(Reply::ok(claims_of(org, grant)))
}

/// What the scopes of a grant let its client know about the user.
pub(super) fn claims_of(org: &Org, grant: &Grant) -> Value {
    let mut claims = json!({"sub": grant.user_id});
    let Some(user) = org.users.get(&grant.user_id) else {
        return claims;
    };
    for scope in &grant.scopes {
        match scope.as_str() {
            "profile" => {
                claims["name"] =
                    format!("{} {}", user.text("firstName"), user.text("lastName")).into();
                claims["given_name"] = user.text("firstName").into();
                claims["family_name"] = user.text("lastName").into();
                claims["preferred_username"] = user.login().into();
                claims["locale"] = user
                    .profile
                    .get("locale")
                    .and_then(Value::as_str)
                    .unwrap_or("en_US")
                    .into();
                claims["zoneinfo"] = user
                    .profile
                    .get("timezone")
                    .and_then(Value::as_str)
                    .unwrap_or("America/Los_Angeles")
                    .into();
                claims["updated_at"] = user.last_updated.timestamp().into();
            }
            "email" => {
                claims["email"] = user.text("email").into();
                claims["email_verified"] = true.into();
            }
            "phone" => claims["phone_number"] = user.text("primaryPhone").into(),
            "groups" => {
                claims["groups"] = org
                    .groups_of(&grant.user_id)
                    .map(|group| Value::from(group.name()))
                    .collect();
            }
            _ => {}
        }
    }
    claims
}
