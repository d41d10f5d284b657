//! `/oauth2/v1/authorize`: checks the request, then leads to sign-in, consent or straight back.

use url::Url;

use super::clients;
use super::grants::{AuthRequest, Session};
use super::{pages, scopes};
use crate::http::{Answer, Call, Reply};
use crate::log::{Note, kinds};
use crate::state::Org;
use crate::state::app::{Client, Proof};

/// Longest `scope` parameter, as at Okta.
const MAX_SCOPE: usize = 4_096;

pub(crate) fn begin(org: &mut Org, call: &Call) -> Answer {
    let parameters = if call.method == "POST" {
        call.form()
    } else {
        call.query.clone()
    };
    let get = |name: &str| {
        parameters
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    };
    let Some((_, client)) = clients::find(org, get("client_id").unwrap_or_default()) else {
        return Ok(pages::error(
            400,
            "invalid_client",
            "Invalid value for 'client_id' parameter.",
        ));
    };
    let Some(redirect_uri) =
        get("redirect_uri").filter(|uri| clients::accepts_redirect(client, uri))
    else {
        return Ok(pages::error(
            400,
            "invalid_request",
            "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
        ));
    };
    let mut request = AuthRequest {
        client_id: client.id.clone(),
        redirect_uri: redirect_uri.to_owned(),
        state: get("state").unwrap_or_default().to_owned(),
        scopes: Vec::new(),
        nonce: get("nonce").map(str::to_owned),
        challenge: get("code_challenge").map(str::to_owned),
        response_mode: get("response_mode").unwrap_or("query").to_owned(),
        login_hint: get("login_hint").unwrap_or_default().to_owned(),
        needs_fresh_sign_in: get("prompt").is_some_and(|it| it.split(' ').any(|it| it == "login")),
        expires: call.at,
    };
    let checked = check(&request, &get, matches!(client.proof, Proof::Nothing))
        .and_then(|()| checked_scopes(client, get("scope").unwrap_or_default()));
    match checked {
        Err((error, description)) => Ok(refuse(&request, error, &description)),
        Ok(scopes) => {
            request.scopes = scopes;
            Ok(proceed(org, call, request, get("prompt") == Some("none")))
        }
    }
}

type Refusal = (&'static str, String);

fn check<'a>(
    request: &AuthRequest,
    get: &dyn Fn(&str) -> Option<&'a str>,
    is_public: bool,
) -> Result<(), Refusal> {
    match get("response_type") {
        Some("code") => {}
        None => {
            return Err((
                "invalid_request",
                "The authentication request has an invalid 'response_type' parameter.".to_owned(),
            ));
        }
        Some(_) => {
            return Err(("unsupported_response_type", "The response type is not supported by the authorization server. Configured response types: [code].".to_owned()));
        }
    }
    if request.state.is_empty() {
        return Err((
            "invalid_request",
            "The authentication request has an invalid 'state' parameter.".to_owned(),
        ));
    }
    if !matches!(request.response_mode.as_str(), "query" | "form_post") {
        return Err((
            "invalid_request",
            "The authentication request has an invalid 'response_mode' parameter.".to_owned(),
        ));
    }
    let Some(challenge) = &request.challenge else {
        if is_public {
            return Err(("invalid_request", "PKCE code challenge is required when the token endpoint authentication method is 'NONE'.".to_owned()));
        }
        return Ok(());
    };
    if get("code_challenge_method") != Some("S256") {
        return Err(("invalid_request", "The authentication request has an invalid 'code_challenge_method' parameter. Only S256 is supported.".to_owned()));
    }
    let is_digest = challenge.len() == 43
        && challenge
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    if !is_digest {
        return Err((
            "invalid_request",
            "The authentication request has an invalid 'code_challenge' parameter.".to_owned(),
        ));
    }
    Ok(())
}

fn checked_scopes(client: &Client, asked: &str) -> Result<Vec<String>, Refusal> {
    let mut found: Vec<String> = Vec::new();
    for scope in asked.split_whitespace() {
        if !found.iter().any(|it| it == scope) {
            found.push(scope.to_owned());
        }
    }
    if found.is_empty() || asked.len() > MAX_SCOPE {
        return Err((
            "invalid_scope",
            "The authentication request has an invalid 'scope' parameter.".to_owned(),
        ));
    }
    match found
        .iter()
        .find(|scope| !scopes::is_known(scope) || !clients::has_scope(client, scope))
    {
        Some(wrong) => Err((
            "invalid_scope",
            format!(
                "One or more scopes are not configured for the authorization server resource: {wrong}"
            ),
        )),
        None => Ok(found),
    }
}

/// The session that the browser brings.
pub(super) fn session(org: &Org, call: &Call) -> Option<Session> {
    org.grants.session(call.cookie("sid")?, call.at).cloned()
}

fn proceed(org: &mut Org, call: &Call, request: AuthRequest, is_silent: bool) -> Reply {
    let session = session(org, call).filter(|_| !request.needs_fresh_sign_in);
    if is_silent {
        let Some(session) = session else {
            return refuse(
                &request,
                "login_required",
                "The client specified not to prompt, but the user is not logged in.",
            );
        };
        if !org
            .grants
            .consented(&session.user_id, &request.client_id, &request.scopes)
        {
            return refuse(
                &request,
                "consent_required",
                "The client specified not to prompt, but consent is required.",
            );
        }
        return grant(org, call, &request, &session);
    }
    let (hint, redirect_uri) = (request.login_hint.clone(), request.redirect_uri.clone());
    let id = org.grants.keep_request(request, call.at);
    if session.is_some() {
        return Reply::redirect(format!(
            "{}/oauth2/v1/authorize/consent?request={id}",
            call.base
        ));
    }
    pages::sign_in(&id, &hint, None, &redirect_uri)
}

/// Sends the browser back with a code.
pub(super) fn grant(org: &mut Org, call: &Call, request: &AuthRequest, session: &Session) -> Reply {
    org.grants
        .remember_consent(&session.user_id, &request.client_id, &request.scopes);
    let code = org.grants.issue_code(request, session, call.at);
    let by = call.by_actor(org.user_party(&session.user_id));
    let app = clients::find(org, &request.client_id).map(|(app, _)| app.id.clone());
    for kind in [&kinds::OAUTH_CONSENT, &kinds::OAUTH_CODE] {
        let note = Note::of(kind)
            .to(org.app_party(app.as_deref().unwrap_or_default()))
            .with("scopes", request.scopes.join(","));
        org.note(&by, note);
    }
    send_back(request, &[("code", code)])
}

/// Sends the browser back with an error.
pub(super) fn refuse(request: &AuthRequest, error: &str, description: &str) -> Reply {
    send_back(
        request,
        &[
            ("error", error.to_owned()),
            ("error_description", description.to_owned()),
        ],
    )
}

fn send_back(request: &AuthRequest, fields: &[(&str, String)]) -> Reply {
    let mut fields = fields.to_vec();
    if !request.state.is_empty() {
        fields.push(("state", request.state.clone()));
    }
    if request.response_mode == "form_post" {
        return pages::form_post(&request.redirect_uri, &fields);
    }
    match Url::parse(&request.redirect_uri) {
        Ok(mut url) => {
            url.query_pairs_mut().extend_pairs(&fields);
            Reply::redirect(url.into())
        }
        Err(_) => pages::error(400, "invalid_request", "The redirect address is not a URL."),
    }
}
