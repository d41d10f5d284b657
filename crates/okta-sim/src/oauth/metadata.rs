//! What the server says about itself.

use serde_json::{Value, json};

use super::scopes;
use crate::http::{Answer, Call, Reply};
use crate::state::Org;

fn shared(base: &str) -> Value {
    let mut known: Vec<String> = scopes::OPENID.iter().map(|it| (*it).to_owned()).collect();
    known.extend(scopes::all_okta());
    let methods = json!([
        "client_secret_basic",
        "client_secret_post",
        "private_key_jwt",
        "none"
    ]);
    json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/oauth2/v1/authorize"),
        "token_endpoint": format!("{base}/oauth2/v1/token"),
        "jwks_uri": format!("{base}/oauth2/v1/keys"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "scopes_supported": known,
        "token_endpoint_auth_methods_supported": methods,
        "introspection_endpoint": format!("{base}/oauth2/v1/introspect"),
        "introspection_endpoint_auth_methods_supported": methods,
        "revocation_endpoint": format!("{base}/oauth2/v1/revoke"),
        "revocation_endpoint_auth_methods_supported": methods,
        "end_session_endpoint": format!("{base}/oauth2/v1/logout"),
        "code_challenge_methods_supported": ["S256"],
        "dpop_signing_alg_values_supported": ["RS256", "RS384", "RS512", "ES256"],
        "request_parameter_supported": false,
    })
}

pub(crate) fn server(org: &mut Org, call: &Call) -> Answer {
    Ok(Reply::ok(shared(org.issuer_of(&call.base))))
}

pub(crate) fn openid(org: &mut Org, call: &Call) -> Answer {
    let base = org.issuer_of(&call.base);
    let mut shown = shared(base);
    shown["userinfo_endpoint"] = format!("{base}/oauth2/v1/userinfo").into();
    shown["subject_types_supported"] = json!(["public"]);
    shown["id_token_signing_alg_values_supported"] = json!(["ES256"]);
    shown["claims_supported"] = json!([
        "iss",
        "ver",
        "sub",
        "aud",
        "iat",
        "exp",
        "jti",
        "auth_time",
        "amr",
        "idp",
        "nonce",
        "name",
        "nickname",
        "preferred_username",
        "given_name",
        "family_name",
        "email",
        "email_verified",
        "zoneinfo",
        "locale",
        "updated_at",
        "at_hash",
        "groups"
    ]);
    Ok(Reply::ok(shown))
}

pub(crate) fn keys(org: &mut Org, _call: &Call) -> Answer {
    Ok(Reply::ok(org.grants.signer.key_set()))
}
