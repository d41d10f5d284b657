//! OAuth 2.0 authorization code with PKCE (RFC 6749, RFC 7636) at the org's own authorization server.

use std::fmt;

use chrono::{DateTime, Utc};
use oauth2::basic::{BasicClient, BasicErrorResponseType, BasicTokenResponse};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet,
    EndpointSet, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError,
    Scope, TokenResponse as _, TokenUrl,
};
use serde::{Deserialize, Serialize};

use crate::error::ConnectError;
use crate::org::Org;
use crate::tokens::{Account, Tokens};

/// Client id and secret of the app at the org; no secret for a public client.
#[derive(Clone, Serialize, Deserialize)]
pub struct Credentials {
    /// OAuth client id.
    pub client_id: String,
    /// OAuth client secret.
    pub client_secret: Option<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// An authorization that waits for the person to come back from the org's pages. Secret: seal it.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    domain: String,
    credentials: Credentials,
    redirect_url: String,
    verifier: String,
}

/// What starts an authorization.
pub struct Authorization {
    /// The org's page to send the browser to.
    pub url: String,
    /// The `state` that comes back.
    pub state: String,
    /// What finishing needs.
    pub pending: Pending,
}

type OrgClient =
    BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// Starts the authorization of `org`: where to send the browser, and what to keep until it is back.
pub fn start(
    org: &Org,
    credentials: Credentials,
    redirect_url: &str,
    scopes: &[&str],
) -> Result<Authorization, ConnectError> {
    let client = client(org, &credentials)?.set_redirect_uri(redirect(redirect_url)?);
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (url, state) = client
        .authorize_url(CsrfToken::new_random)
        .add_scopes(scopes.iter().map(|scope| Scope::new((*scope).to_owned())))
        .set_pkce_challenge(challenge)
        .url();
    let pending = Pending {
        domain: org.domain(),
        credentials,
        redirect_url: redirect_url.to_owned(),
        verifier: verifier.into_secret(),
    };
    Ok(Authorization {
        url: url.into(),
        state: state.into_secret(),
        pending,
    })
}

/// Exchanges the code that the browser brought back, and asks whose account it is.
pub async fn finish(
    http: &reqwest::Client,
    pending: Pending,
    code: String,
    now: DateTime<Utc>,
) -> Result<(Tokens, Account), ConnectError> {
    let org = Org::parse(&pending.domain)?;
    let client =
        client(&org, &pending.credentials)?.set_redirect_uri(redirect(&pending.redirect_url)?);
    let http_call = |request| send(http.clone(), request);
    let answer = client
        .exchange_code(AuthorizationCode::new(code))
        .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier))
        .request_async(&http_call)
        .await
        .map_err(|error| token_error(&org, error))?;
    let tokens = tokens(pending.domain, pending.credentials, &answer, None, now);
    let account = whose(http, &org, &tokens).await?;
    Ok((tokens, account))
}

/// Renews tokens; the org may rotate the refresh token, so the answer must be stored before it is used.
pub(crate) async fn renew(
    http: &reqwest::Client,
    old: &Tokens,
    now: DateTime<Utc>,
) -> Result<Tokens, ConnectError> {
    let org = old.org()?;
    let refresh = old.refresh.clone().ok_or(ConnectError::InvalidGrant)?;
    let client = client(&org, &old.credentials)?;
    let http_call = |request| send(http.clone(), request);
    let token = RefreshToken::new(refresh.clone());
    let answer = client
        .exchange_refresh_token(&token)
        .request_async(&http_call)
        .await
        .map_err(|error| token_error(&org, error))?;
    let mut renewed = tokens(
        old.domain.clone(),
        old.credentials.clone(),
        &answer,
        Some(refresh),
        now,
    );
    if answer.scopes().is_none() {
        renewed.scopes.clone_from(&old.scopes);
    }
    Ok(renewed)
}

fn tokens(
    domain: String,
    credentials: Credentials,
    answer: &BasicTokenResponse,
    refresh: Option<String>,
    now: DateTime<Utc>,
) -> Tokens {
    let lifetime = answer
        .expires_in()
        .map_or(3600, |lifetime| lifetime.as_secs());
    Tokens {
        domain,
        credentials,
        access: answer.access_token().secret().clone(),
        refresh: answer
            .refresh_token()
            .map(|token| token.secret().clone())
            .or(refresh),
        expires_at_ms: now.timestamp_millis() + i64::try_from(lifetime).unwrap_or(3600) * 1000,
        scopes: answer
            .scopes()
            .map(|scopes| scopes.iter().map(|scope| scope.to_string()).collect())
            .unwrap_or_default(),
    }
}

async fn whose(
    http: &reqwest::Client,
    org: &Org,
    tokens: &Tokens,
) -> Result<Account, ConnectError> {
    #[derive(Deserialize)]
    struct UserInfo {
        preferred_username: Option<String>,
        email: Option<String>,
        sub: String,
    }
    let unreachable = |_| ConnectError::Unreachable(org.domain());
    let answer = http
        .get(org.at("/oauth2/v1/userinfo")?)
        .bearer_auth(&tokens.access)
        .send()
        .await
        .map_err(unreachable)?;
    if !answer.status().is_success() {
        return Err(ConnectError::Refused(format!(
            "it did not say whose account this is ({})",
            answer.status()
        )));
    }
    let info: UserInfo = answer
        .json()
        .await
        .map_err(|error| ConnectError::Protocol(error.to_string()))?;
    Ok(Account {
        login: info.preferred_username.or(info.email).unwrap_or(info.sub),
    })
}

fn client(org: &Org, credentials: &Credentials) -> Result<OrgClient, ConnectError> {
    let client = BasicClient::new(ClientId::new(credentials.client_id.clone()))
        .set_auth_uri(AuthUrl::from_url(org.at("/oauth2/v1/authorize")?))
        .set_token_uri(TokenUrl::from_url(org.at("/oauth2/v1/token")?));
    Ok(match &credentials.client_secret {
        Some(secret) => client
            .set_client_secret(ClientSecret::new(secret.clone()))
            .set_auth_type(AuthType::BasicAuth),
        None => client.set_auth_type(AuthType::RequestBody),
    })
}

fn redirect(url: &str) -> Result<RedirectUrl, ConnectError> {
    RedirectUrl::new(url.to_owned())
        .map_err(|_| ConnectError::Protocol("our own address is not a URL".to_owned()))
}

/// Why our HTTP call for a token did not bring an answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SendError {
    /// The way there failed.
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    /// The answer could not be passed on.
    #[error(transparent)]
    Shape(#[from] oauth2::http::Error),
}

/// Carries a request of the oauth2 crate over our reqwest client.
async fn send(
    http: reqwest::Client,
    request: oauth2::HttpRequest,
) -> Result<oauth2::HttpResponse, SendError> {
    let (parts, body) = request.into_parts();
    let answer = http
        .request(parts.method, parts.uri.to_string())
        .headers(parts.headers)
        .body(body)
        .send()
        .await?;
    let mut response = oauth2::http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    Ok(response.body(answer.bytes().await?.to_vec())?)
}

type TokenError = RequestTokenError<SendError, oauth2::basic::BasicErrorResponse>;

fn token_error(org: &Org, error: TokenError) -> ConnectError {
    match error {
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            BasicErrorResponseType::InvalidClient | BasicErrorResponseType::UnauthorizedClient => {
                ConnectError::InvalidClient
            }
            BasicErrorResponseType::InvalidGrant => ConnectError::InvalidGrant,
            other => ConnectError::Refused(match answer.error_description() {
                Some(description) => format!("{description} ({other})"),
                None => other.to_string(),
            }),
        },
        RequestTokenError::Request(_) => ConnectError::Unreachable(org.domain()),
        RequestTokenError::Parse(error, _) => ConnectError::Protocol(error.to_string()),
        RequestTokenError::Other(text) => ConnectError::Protocol(text),
    }
}
