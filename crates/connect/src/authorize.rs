//! Getting tokens from the org's own authorization server: by a person's consent, with authorization code and PKCE (RFC
//! 6749, RFC 7636), or for a service app, by client credentials (RFC 6749, section 4.4).

use chrono::{DateTime, Utc};
use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, RedirectUrl, Scope};
use serde::{Deserialize, Serialize};

use crate::client::{Client, Credentials, Given};
use crate::endpoints::Endpoints;
use crate::error::ConnectError;
use crate::org::Org;
use crate::proof::Binding;
use crate::reply::Reply;
use crate::tokens::{Account, Tokens};

/// The lifetime of a token where the org does not say it, in seconds.
const USUAL_LIFE_S: i64 = 3_600;
/// A service app is asked scope by scope for at most so many, to find out which it was not granted.
const MAX_PROBES: usize = 40;

/// An authorization that waits for the person to come back from the org's pages. Secret: seal it.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    domain: String,
    credentials: Credentials,
    redirect_url: String,
    verifier: String,
    endpoints: Endpoints,
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

/// Starts the authorization of `org`: where to send the browser, and what to keep until it is back.
pub fn start(
    org: &Org,
    endpoints: Endpoints,
    credentials: Credentials,
    redirect_url: &str,
    scopes: &[&str],
) -> Result<Authorization, ConnectError> {
    let redirect = RedirectUrl::new(redirect_url.to_owned())
        .map_err(|_| ConnectError::Protocol("our own address is not a URL".to_owned()))?;
    let client = BasicClient::new(ClientId::new(credentials.client_id.clone()))
        .set_auth_uri(AuthUrl::from_url(endpoints.authorization.clone()))
        .set_redirect_uri(redirect);
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
        endpoints,
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
    let client = Client {
        http,
        org: &org,
        endpoints: &pending.endpoints,
        credentials: &pending.credentials,
    };
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", pending.redirect_url.as_str()),
        ("code_verifier", pending.verifier.as_str()),
    ];
    let mut binding = None;
    let given = client.ask(&mut binding, &form, now).await?;
    let tokens = tokens(&client, given, binding, &[], now);
    let account = whose(http, &org, &tokens, now).await?;
    Ok((tokens, account))
}

/// Gets a token for a service app with those of `scopes` that it was granted: all, or as many as it has. Returns also the
/// scopes that are missing. Fails with [`ConnectError::InvalidScope`] if it has none.
pub async fn serve(
    http: &reqwest::Client,
    org: &Org,
    credentials: Credentials,
    scopes: &[&str],
    now: DateTime<Utc>,
) -> Result<(Tokens, Vec<String>), ConnectError> {
    let endpoints = Endpoints::discover(http, org).await?;
    let client = Client {
        http,
        org,
        endpoints: &endpoints,
        credentials: &credentials,
    };
    let mut binding = None;
    let missing = match for_itself(&client, &mut binding, scopes, now).await {
        Ok(given) => {
            return Ok((tokens(&client, given, binding, scopes, now), Vec::new()));
        }
        Err(ConnectError::InvalidScope(_)) => {
            not_granted(&client, &mut binding, scopes, now).await?
        }
        Err(error) => return Err(error),
    };
    let granted: Vec<&str> = scopes
        .iter()
        .filter(|scope| !missing.iter().any(|missing| missing == *scope))
        .copied()
        .collect();
    if granted.is_empty() {
        return Err(ConnectError::InvalidScope(missing));
    }
    let given = for_itself(&client, &mut binding, &granted, now).await?;
    Ok((tokens(&client, given, binding, &granted, now), missing))
}

async fn for_itself(
    client: &Client<'_>,
    binding: &mut Option<Binding>,
    scopes: &[&str],
    now: DateTime<Utc>,
) -> Result<Given, ConnectError> {
    let scope = scopes.join(" ");
    let form = [
        ("grant_type", "client_credentials"),
        ("scope", scope.as_str()),
    ];
    client.ask(binding, &form, now).await
}

/// The org says that a scope was not granted to the app, but not which: each is asked for alone, and what comes of it is
/// revoked at once.
async fn not_granted(
    client: &Client<'_>,
    binding: &mut Option<Binding>,
    scopes: &[&str],
    now: DateTime<Utc>,
) -> Result<Vec<String>, ConnectError> {
    let mut missing = Vec::new();
    for scope in scopes.iter().take(MAX_PROBES) {
        match for_itself(client, binding, &[scope], now).await {
            Ok(given) => {
                let probe = tokens(client, given, binding.clone(), &[scope], now);
                crate::revoke::revoke(client.http, &probe, now).await?;
            }
            Err(ConnectError::InvalidScope(_)) => missing.push((*scope).to_owned()),
            Err(error) => return Err(error),
        }
    }
    Ok(missing)
}

/// Renews tokens; the org may rotate the refresh token, so the answer must be stored before it is used.
pub(crate) async fn renew(
    http: &reqwest::Client,
    old: &Tokens,
    now: DateTime<Utc>,
) -> Result<Tokens, ConnectError> {
    let org = old.org()?;
    let endpoints = old.endpoints()?;
    let client = Client {
        http,
        org: &org,
        endpoints: &endpoints,
        credentials: &old.credentials,
    };
    let mut binding = old.binding.clone();
    let scopes: Vec<&str> = old.scopes.iter().map(String::as_str).collect();
    let given = match &old.refresh {
        Some(refresh) => {
            let form = [
                ("grant_type", "refresh_token"),
                ("refresh_token", refresh.as_str()),
            ];
            client.ask(&mut binding, &form, now).await?
        }
        None if old.is_service() => for_itself(&client, &mut binding, &scopes, now).await?,
        None => return Err(ConnectError::InvalidGrant),
    };
    let mut renewed = tokens(&client, given, binding, &scopes, now);
    renewed.refresh = renewed.refresh.or_else(|| old.refresh.clone());
    Ok(renewed)
}

/// `asked` are the scopes where the answer names none, which means: all that were asked for (RFC 6749, section 5.1).
fn tokens(
    client: &Client<'_>,
    given: Given,
    binding: Option<Binding>,
    asked: &[&str],
    now: DateTime<Utc>,
) -> Tokens {
    let life = given.expires_in.unwrap_or(USUAL_LIFE_S).clamp(0, 86_400);
    Tokens {
        domain: client.org.domain(),
        credentials: client.credentials.clone(),
        access: given.access_token,
        refresh: given.refresh_token,
        expires_at_ms: now.timestamp_millis() + life * 1000,
        scopes: match &given.scope {
            Some(scope) => scope.split_whitespace().map(str::to_owned).collect(),
            None => asked.iter().map(|scope| (*scope).to_owned()).collect(),
        },
        endpoints: Some(client.endpoints.clone()),
        binding,
    }
}

async fn whose(
    http: &reqwest::Client,
    org: &Org,
    tokens: &Tokens,
    now: DateTime<Utc>,
) -> Result<Account, ConnectError> {
    #[derive(Deserialize)]
    struct UserInfo {
        preferred_username: Option<String>,
        email: Option<String>,
        sub: String,
    }
    let url = tokens.endpoints()?.userinfo;
    let unreachable = || ConnectError::Unreachable(org.domain());
    let mut nonce: Option<String> = None;
    let reply = loop {
        let request = http.get(url.clone());
        let answer = tokens
            .sign(request, "GET", &url, nonce.as_deref(), now)?
            .send()
            .await
            .map_err(|_| unreachable())?;
        let reply = Reply::read(answer).await.map_err(|_| unreachable())?;
        match reply.header("dpop-nonce") {
            Some(new) if reply.status == 401 && nonce.is_none() => nonce = Some(new.to_owned()),
            _ => break reply,
        }
    };
    if reply.status >= 300 {
        return Err(ConnectError::Refused(format!(
            "it did not say whose account this is ({})",
            reply.status
        )));
    }
    let info: UserInfo = serde_json::from_value(reply.body)
        .map_err(|error| ConnectError::Protocol(error.to_string()))?;
    Ok(Account {
        login: info.preferred_username.or(info.email).unwrap_or(info.sub),
    })
}
