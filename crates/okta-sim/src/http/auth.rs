//! Who calls, and whether they may: API tokens (`SSWS`) and access tokens (`Bearer`) with scopes.

use super::call::{Call, Caller};
use super::errors::OktaError;
use super::routes::Access;
use crate::state::Org;
use crate::state::user::Status;

/// Finds out who calls.
pub(crate) fn caller(org: &Org, call: &Call) -> Result<Caller, OktaError> {
    let header = call.header("authorization").unwrap_or_default();
    let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
    // Okta's own Python client leaves the space out, and Okta does not mind.
    let api_token = header
        .split_at_checked(4)
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("SSWS"));
    if let Some((_, api_token)) = api_token {
        if api_token.trim() != org.api_token || !is_active(org, &org.admin_id) {
            return Err(OktaError::invalid_token());
        }
        return Ok(Caller {
            user_id: org.admin_id.clone(),
            ..Caller::default()
        });
    }
    if !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(OktaError::no_session());
    }
    let access = org.grants.access(token.trim(), call.at).ok_or_else(|| {
        let challenge = challenge(
            call,
            "openid",
            "invalid_token",
            "The access token is invalid or has expired.",
        );
        OktaError::invalid_token().with_header("www-authenticate", challenge)
    })?;
    if !access.user_id.is_empty() && !is_active(org, &access.user_id) {
        return Err(OktaError::invalid_token());
    }
    Ok(Caller {
        user_id: access.user_id.clone(),
        scopes: Some(access.scopes.clone()),
        client_id: Some(access.client_id.clone()),
        session: None,
    })
}

/// Whether the caller may use a route.
pub(crate) fn check(org: &Org, call: &Call, access: Access) -> Result<(), OktaError> {
    let Some(scopes) = &call.caller.scopes else {
        return Ok(());
    };
    let (resource, operations): (&str, &[&str]) = match access {
        Access::Public => return Ok(()),
        Access::ApiToken => return Err(OktaError::forbidden()),
        Access::Read(resource) => (resource, &["read", "manage"]),
        Access::Manage(resource) => (resource, &["manage"]),
    };
    let has = |suffix: &str| {
        operations.iter().any(|operation| {
            let wanted = format!("okta.{resource}.{operation}{suffix}");
            scopes.contains(&wanted)
        })
    };
    let is_own = ["id", "userId"]
        .iter()
        .any(|name| call.param(name) == "me" || call.param(name) == call.caller.user_id)
        && resource == "users";
    let has_scope = has("") || (is_own && has(".self"));
    if !has_scope {
        let wanted = operations.first().map_or_else(String::new, |operation| {
            format!("okta.{resource}.{operation}")
        });
        let challenge = challenge(
            call,
            &wanted,
            "insufficient_scope",
            "The access token provided does not contain the required scopes.",
        );
        return Err(OktaError::forbidden().with_header("www-authenticate", challenge));
    }
    let is_admin = call.caller.user_id.is_empty()
        || org
            .users
            .get(&call.caller.user_id)
            .is_some_and(|user| user.is_admin);
    if is_admin || (is_own && call.method == "GET") {
        Ok(())
    } else {
        Err(OktaError::forbidden())
    }
}

fn is_active(org: &Org, user_id: &str) -> bool {
    org.users
        .get(user_id)
        .is_some_and(|user| user.status == Status::Active)
}

fn challenge(call: &Call, scope: &str, error: &str, description: &str) -> String {
    let base = &call.base;
    format!(
        "Bearer authorization_uri=\"{base}/oauth2/v1/authorize\", realm=\"{base}\", scope=\"{scope}\", error=\"{error}\", error_description=\"{description}\", resource=\"{}\"",
        call.path
    )
}

/// How a request says who it is, without the secret.
pub(crate) fn kind(call: &Call) -> String {
    let header = call.header("authorization").unwrap_or_default();
    let scheme = header.split(' ').next().unwrap_or_default();
    if header.to_ascii_lowercase().starts_with("ssws") {
        return "SSWS".to_owned();
    }
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => "Bearer",
        "basic" => "Basic",
        "" if call.cookie("sid").is_some() => "session",
        "" => "none",
        _ => "other",
    }
    .to_owned()
}
