//! Who calls, and whether they may: API tokens (`SSWS`) and access tokens (`Bearer`) with scopes.

use super::call::{Call, Caller};
use super::errors::OktaError;
use super::routes::Access;
use crate::oauth::Grant;
use crate::oauth::proof::{self, Refused, Wanted};
use crate::state::Org;
use crate::state::user::Status;

/// Finds out who calls.
pub(crate) fn caller(org: &mut Org, call: &Call) -> Result<Caller, OktaError> {
    let header = call.header("authorization").unwrap_or_default();
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
    let access = access_token(org, call)?;
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

/// The grant behind the access token of a request. A token that is bound to a key is accepted only under the scheme
/// `DPoP` and with a proof of that key, every other only as `Bearer`.
pub(crate) fn access_token(org: &mut Org, call: &Call) -> Result<Grant, OktaError> {
    let header = call.header("authorization").unwrap_or_default();
    let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
    let token = token.trim();
    let by_proof = scheme.eq_ignore_ascii_case("DPoP");
    if !by_proof && !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(OktaError::no_session());
    }
    let invalid = |text: &str| {
        let challenge = challenge(call, "openid", "invalid_token", text);
        OktaError::invalid_token().with_header("www-authenticate", challenge)
    };
    let Some(grant) = org.grants.access(token, call.at).cloned() else {
        return Err(invalid("The access token is invalid or has expired."));
    };
    let Some(key) = &grant.key else {
        if by_proof {
            return Err(invalid("The access token is not bound to a key."));
        }
        return Ok(grant);
    };
    let refused = |error: &str, text: &str| {
        let challenge = format!(
            "DPoP error=\"{error}\", error_description=\"{text}\", algs=\"ES256 RS256 RS384 RS512\""
        );
        OktaError::invalid_token().with_header("www-authenticate", challenge)
    };
    if !by_proof {
        return Err(refused(
            "invalid_token",
            "The access token is bound to a key; use the scheme DPoP with a proof.",
        ));
    }
    let wanted = Wanted {
        token: Some(token),
        nonce: org.grants.api_wants_nonce,
    };
    match proof::key_of(org, call, &wanted) {
        Ok(Some(proved)) if proved == *key => Ok(grant),
        Ok(Some(_)) => Err(refused(
            "invalid_token",
            "The DPoP proof is of another key than the access token.",
        )),
        Ok(None) => Err(refused(
            "invalid_dpop_proof",
            "The DPoP proof JWT header is missing.",
        )),
        Err(Refused::Wrong(why)) => Err(refused("invalid_dpop_proof", why)),
        Err(Refused::Nonce) => Err(refused(
            "use_dpop_nonce",
            "Resource server requires nonce in DPoP proof.",
        )
        .with_header("dpop-nonce", org.grants.nonce(call.at))),
    }
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
        "dpop" => "DPoP",
        "basic" => "Basic",
        "" if call.cookie("sid").is_some() => "session",
        "" => "none",
        _ => "other",
    }
    .to_owned()
}
