//! `/oauth2/v1/token`: codes and refresh tokens become access tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::grants::Grant;
use super::proof::{self, Refused, Wanted};
use super::tokens::claims_of;
use super::{clients, scopes};
use crate::http::{Answer, Call, Reply};
use crate::log::{Note, kinds};
use crate::state::Org;
use crate::state::app::{Client, Proof};
use crate::state::user::Status;

/// An error as RFC 6749 wants it.
pub(super) fn error(status: u16, code: &str, description: &str) -> Reply {
    let reply = Reply::json(
        status,
        json!({"error": code, "error_description": description}),
    );
    if status == 401 {
        reply.with_header("www-authenticate", "Basic realm=\"OAuth\"")
    } else {
        reply
    }
}

pub(super) type Form = [(String, String)];

pub(super) fn field<'a>(form: &'a Form, name: &str) -> Option<&'a str> {
    form.iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
        .filter(|value| !value.is_empty())
}

pub(super) fn is_form(call: &Call) -> bool {
    call.header("content-type")
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

pub(crate) fn exchange(org: &mut Org, call: &Call) -> Answer {
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
    let Some(kind) = field(&form, "grant_type") else {
        return Ok(error(
            400,
            "invalid_request",
            "The token request must specify a 'grant_type'.",
        ));
    };
    let key = match proved(org, call, &client) {
        Ok(key) => key,
        Err(reply) => return Ok(*reply),
    };
    let exchanged = match kind {
        "authorization_code" => from_code(org, call, &form, &client, key),
        "refresh_token" => from_refresh(org, call, &form, &client, key),
        "client_credentials" => from_client(org, call, &form, &client, key),
        _ => Err((
            400,
            "unsupported_grant_type",
            "The authorization grant type is not supported by the authorization server.",
        )),
    };
    Ok(exchanged.unwrap_or_else(|(status, code, description)| error(status, code, description)))
}

/// The thumbprint of the key that the new tokens are bound to: by the wish of the client, or because its application
/// demands it (`dpop_bound_access_tokens`). The proof must carry a nonce of this server.
fn proved(org: &mut Org, call: &Call, client: &Client) -> Result<Option<String>, Box<Reply>> {
    let wanted = Wanted {
        token: None,
        nonce: true,
    };
    let refused = |code, why| error(400, code, why);
    let reply = match proof::key_of(org, call, &wanted) {
        Ok(None) if client.requires_proof => refused(
            "invalid_dpop_proof",
            "The DPoP proof JWT header is missing.",
        ),
        Ok(key) => return Ok(key),
        Err(Refused::Nonce) => refused(
            "use_dpop_nonce",
            "Authorization server requires nonce in DPoP proof.",
        )
        .with_header("dpop-nonce", org.grants.nonce(call.at)),
        Err(Refused::Wrong(why)) => refused("invalid_dpop_proof", why),
    };
    Err(Box::new(reply))
}

/// Status, error code and description.
type Refusal = (u16, &'static str, &'static str);

fn invalid_grant(description: &'static str) -> Refusal {
    (400, "invalid_grant", description)
}

fn from_code(
    org: &mut Org,
    call: &Call,
    form: &Form,
    client: &Client,
    key: Option<String>,
) -> Result<Reply, Refusal> {
    let wrong = || invalid_grant("The authorization code is invalid or has expired.");
    let presented = field(form, "code").ok_or((
        400,
        "invalid_request",
        "The token request must specify a 'code'.",
    ))?;
    let code = org.grants.code(presented, call.at).ok_or_else(wrong)?;
    if code.grant.client_id != client.id {
        return Err(wrong());
    }
    let (grant, was_used) = (code.grant.clone(), code.is_used);
    let (challenge, redirect_uri) = (code.challenge.clone(), code.redirect_uri.clone());
    code.is_used = true;
    if was_used {
        // A code that comes twice was seen by somebody else: what came of it ends.
        org.grants.end_tokens(|other| other.family == grant.family);
        return Err(wrong());
    }
    if field(form, "redirect_uri") != Some(redirect_uri.as_str()) {
        return Err(invalid_grant(
            "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
        ));
    }
    let verifier = field(form, "code_verifier");
    match (&challenge, verifier) {
        (None, None) => {}
        (Some(challenge), Some(verifier)) if proves(challenge, verifier) => {}
        (Some(_), None) => return Err(invalid_grant("PKCE code verifier is missing.")),
        _ => return Err(invalid_grant("PKCE verification failed.")),
    }
    let grant = Grant { key, ..grant };
    Ok(issue(org, call, client, &grant, &grant.scopes.clone()))
}

fn proves(challenge: &str, verifier: &str) -> bool {
    (43..=128).contains(&verifier.len())
        && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge
}

fn from_refresh(
    org: &mut Org,
    call: &Call,
    form: &Form,
    client: &Client,
    key: Option<String>,
) -> Result<Reply, Refusal> {
    let wrong = || invalid_grant("The refresh token is invalid or expired.");
    let token = field(form, "refresh_token").ok_or((
        400,
        "invalid_request",
        "The token request must specify a 'refresh_token'.",
    ))?;
    if let Some(family) = org.grants.spent_family(token, call.at).cloned() {
        org.grants.end_tokens(|other| other.family == family);
        let by = call.by_actor(crate::log::Party::system());
        org.note(
            &by,
            Note::of(&kinds::OAUTH_REUSE).failed("refresh_token_reuse"),
        );
        return Err(wrong());
    }
    let grant = org
        .grants
        .refreshable(token, call.at)
        .cloned()
        .ok_or_else(wrong)?;
    // The refresh token of a public client is bound to the key as well (RFC 9449, section 5).
    if matches!(client.proof, Proof::Nothing) && grant.key.is_some() && grant.key != key {
        return Err((
            400,
            "invalid_dpop_proof",
            "The DPoP proof is of another key than the refresh token.",
        ));
    }
    let is_active = org
        .users
        .get(&grant.user_id)
        .is_some_and(|user| user.status == Status::Active);
    if grant.client_id != client.id || !is_active {
        return Err(wrong());
    }
    let mut scopes = grant.scopes.clone();
    if let Some(asked) = field(form, "scope") {
        let asked: Vec<String> = asked.split_whitespace().map(str::to_owned).collect();
        if asked.iter().any(|scope| !grant.scopes.contains(scope)) {
            return Err((
                400,
                "invalid_scope",
                "One or more scopes were not granted before.",
            ));
        }
        scopes = asked;
    }
    org.grants.spend_refresh(token, call.at);
    let grant = Grant { key, ..grant };
    Ok(issue(org, call, client, &grant, &scopes))
}

/// A service application acts for itself, with scopes of the API only and without a refresh token.
fn from_client(
    org: &mut Org,
    call: &Call,
    form: &Form,
    client: &Client,
    key: Option<String>,
) -> Result<Reply, Refusal> {
    let is_allowed = client
        .grant_types
        .iter()
        .any(|it| it == "client_credentials");
    if !is_allowed || !matches!(client.proof, Proof::Keys(_)) {
        return Err((
            400,
            "unauthorized_client",
            "The client is not authorized to use the provided grant type.",
        ));
    }
    let asked = field(form, "scope").unwrap_or_default();
    let scopes: Vec<String> = asked.split_whitespace().map(str::to_owned).collect();
    let is_known = |scope: &String| scopes::is_okta(scope) && clients::has_scope(client, scope);
    if scopes.is_empty() || !scopes.iter().all(is_known) {
        return Err((
            400,
            "invalid_scope",
            "One or more scopes are not configured for the authorization server resource.",
        ));
    }
    let grant = Grant {
        family: crate::state::secret(20),
        user_id: String::new(),
        client_id: client.id.clone(),
        scopes: scopes.clone(),
        nonce: None,
        issued: call.at,
        expires: call.at,
        signed_in_at: call.at,
        key,
    };
    Ok(issue(org, call, client, &grant, &scopes))
}

fn issue(org: &mut Org, call: &Call, client: &Client, grant: &Grant, scopes: &[String]) -> Reply {
    let narrowed = Grant {
        scopes: scopes.to_vec(),
        ..grant.clone()
    };
    let mut body = Map::new();
    let kind = if grant.key.is_some() {
        "DPoP"
    } else {
        "Bearer"
    };
    body.insert("token_type".to_owned(), kind.into());
    body.insert("expires_in".to_owned(), org.grants.lifetime_s().into());
    let text = if grant.user_id.is_empty() {
        service_token(org, call, &narrowed)
    } else {
        None
    };
    let access = org.grants.issue_access(&narrowed, text, call.at);
    body.insert("access_token".to_owned(), access.clone().into());
    body.insert("scope".to_owned(), scopes.join(" ").into());
    let mut issued = vec![&kinds::OAUTH_ACCESS];
    let may_refresh = client.grant_types.iter().any(|it| it == "refresh_token");
    if may_refresh && grant.scopes.iter().any(|scope| scope == "offline_access") {
        let refresh = org.grants.issue_refresh(grant, call.at);
        body.insert("refresh_token".to_owned(), refresh.into());
        issued.push(&kinds::OAUTH_REFRESH);
    }
    if scopes.iter().any(|scope| scope == "openid")
        && let Some(token) = id_token(org, call, &narrowed, &access)
    {
        body.insert("id_token".to_owned(), token.into());
        issued.push(&kinds::OAUTH_ID);
    }
    let by = call.by_actor(org.caller_party(&grant.user_id, &client.id));
    let app = clients::find(org, &client.id).map(|(app, _)| app.id.clone());
    for kind in issued {
        let note = Note::of(kind)
            .to(org.app_party(app.as_deref().unwrap_or_default()))
            .with("scopes", scopes.join(","));
        org.note(&by, note);
    }
    Reply::ok(Value::Object(body))
}

/// The access token of a service application: one that others than the org can check, by the org's keys.
fn service_token(org: &Org, call: &Call, grant: &Grant) -> Option<String> {
    let issuer = org.issuer_of(&call.base);
    let mut claims = json!({
        "ver": 1,
        "jti": format!("AT.{}", crate::state::secret(40)),
        "iss": issuer,
        "aud": issuer,
        "sub": grant.client_id,
        "cid": grant.client_id,
        "scp": grant.scopes,
        "iat": call.at.timestamp(),
        "exp": call.at.timestamp() + org.grants.lifetime_s(),
    });
    if let Some(key) = &grant.key {
        claims["cnf"] = json!({"jkt": key});
    }
    org.grants.signer.token(&claims)
}

fn id_token(org: &Org, call: &Call, grant: &Grant, access: &str) -> Option<String> {
    let mut claims = claims_of(org, grant);
    let digest = Sha256::digest(access);
    let (left, _) = digest.split_at(16);
    let extra = json!({
        "ver": 1,
        "iss": call.base,
        "aud": grant.client_id,
        "iat": call.at.timestamp(),
        "exp": call.at.timestamp() + 3_600,
        "jti": format!("ID.{}", crate::state::secret(40)),
        "amr": ["pwd"],
        "auth_time": grant.signed_in_at.timestamp(),
        "at_hash": URL_SAFE_NO_PAD.encode(left),
    });
    if let (Value::Object(claims), Value::Object(extra)) = (&mut claims, extra) {
        claims.extend(extra);
        if let Some(nonce) = &grant.nonce {
            claims.insert("nonce".to_owned(), nonce.clone().into());
        }
    }
    org.grants.signer.token(&claims)
}
