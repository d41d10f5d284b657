//! Authorizing an org and authorizing it again, by a person's consent or for a service app.

use std::collections::BTreeSet;

use api::{ApiError, AuthorizeRequest, NewKey, ServiceAnswer, ServiceKey, ServiceRequest};
use connect::{Credentials, Endpoints, Org, PrivateKey, Tokens};
use flow::{ConnectionId, PersonId};
use serde::{Deserialize, Serialize};
use store::authorizations::{self, Authorization};
use store::connections::ConnectionRow;

use super::needs::{self, Needs, of_service, with_sign_in};
use super::{found, keep, open, stored, unstored};
use crate::backend::flows::named;
use crate::backend::{Caller, Right};
use crate::clock;
use crate::error::{from_connect, from_store, internal, invalid};

/// The person has this long on the org's pages.
const TIME_TO_CONSENT_MS: i64 = 15 * 60_000;
/// A key that nobody used is kept so long.
const KEY_LIFE_MS: i64 = 24 * 60 * 60_000;
/// More scopes than Okta has.
const MAX_SCOPES: usize = 120;

/// What comes back with the browser from the org's pages; sealed while it waits.
#[derive(Serialize, Deserialize)]
pub(crate) struct Underway {
    pub(crate) pending: connect::Pending,
    pub(crate) name: String,
    pub(crate) client_id: String,
    pub(crate) domain: String,
    pub(crate) owner: PersonId,
    pub(crate) return_to: Option<String>,
}

pub(in crate::backend) async fn authorize(
    caller: &Caller,
    request: AuthorizeRequest,
) -> Result<String, ApiError> {
    caller.need(Right::Connect)?;
    let name = named(&request.name)?;
    let org = Org::parse(&request.domain).map_err(|error| from_connect(&error))?;
    let secret = request.client_secret.trim().to_owned();
    let credentials = Credentials {
        client_id: client_id(&request.client_id)?,
        client_secret: (!secret.is_empty()).then_some(secret),
        private_key: None,
    };
    let begin = Begin {
        name,
        connection: None,
        return_to: request.return_to,
        scopes: with_sign_in(chosen(request.scopes)?),
    };
    begin_consent(caller, &org, credentials, begin).await
}

/// Returns where to go: the org's page, or the connection's own where no person has to consent.
pub(in crate::backend) async fn reauthorize(
    caller: &Caller,
    id: ConnectionId,
) -> Result<String, ApiError> {
    caller.need(Right::Connect)?;
    let row = found(caller, &id).await?;
    let tokens = open(caller, &row)?;
    let org = tokens.org().map_err(|error| from_connect(&error))?;
    let scopes = needs::of_connection(&caller.server.store, &id)
        .await?
        .to_ask_for(&row.scopes);
    let credentials = tokens.credentials().clone();
    if tokens.is_service() {
        let scopes = of_service(scopes);
        serve(caller, &org, credentials, row, &scopes, true).await?;
        return Ok(format!("/connections/{id}"));
    }
    let begin = Begin {
        name: row.name,
        connection: Some(id),
        return_to: None,
        scopes: with_sign_in(scopes),
    };
    begin_consent(caller, &org, credentials, begin).await
}

struct Begin {
    name: String,
    connection: Option<ConnectionId>,
    return_to: Option<String>,
    scopes: BTreeSet<String>,
}

async fn begin_consent(
    caller: &Caller,
    org: &Org,
    credentials: Credentials,
    begin: Begin,
) -> Result<String, ApiError> {
    let owner = caller.need(Right::Connect)?.id.clone();
    let server = &caller.server;
    let endpoints = Endpoints::discover(&server.http, org)
        .await
        .map_err(|error| from_connect(&error))?;
    let scopes: Vec<&str> = begin.scopes.iter().map(String::as_str).collect();
    let redirect = format!("{}/connections/callback", server.public_url);
    let client_id = credentials.client_id.clone();
    let start = connect::start(org, endpoints, credentials, &redirect, &scopes)
        .map_err(|error| from_connect(&error))?;
    let underway = Underway {
        pending: start.pending,
        name: begin.name,
        client_id,
        domain: org.domain(),
        owner,
        return_to: begin
            .return_to
            .filter(|path| path.starts_with('/') && !path.starts_with("//")),
    };
    let bytes = serde_json::to_vec(&underway).map_err(|error| internal(&error))?;
    remember(
        caller,
        start.state,
        begin.connection,
        &bytes,
        TIME_TO_CONSENT_MS,
    )
    .await?;
    Ok(start.url)
}

/// Keeps something sealed under `state` for a while.
async fn remember(
    caller: &Caller,
    state: String,
    connection: Option<ConnectionId>,
    secret: &[u8],
    life_ms: i64,
) -> Result<(), ApiError> {
    let server = &caller.server;
    let sealed = server
        .sealer
        .seal(&state, secret)
        .map_err(|error| from_connect(&error))?;
    let now = clock::now_ms();
    let authorization = Authorization {
        state,
        connection,
        sealed: stored(sealed),
        created_at: now,
        expires_at: now + life_ms,
    };
    authorizations::insert(&server.store, &authorization)
        .await
        .map_err(from_store)
}

/// Makes a key for a service app and shows its public half.
pub(in crate::backend) async fn make_key(caller: &Caller) -> Result<NewKey, ApiError> {
    let person = caller.need(Right::Connect)?.id.clone();
    let key = PrivateKey::new().map_err(|error| from_connect(&error))?;
    let public = key.public_jwk().map_err(|error| from_connect(&error))?;
    let bytes = serde_json::to_vec(&key).map_err(|error| internal(&error))?;
    let id = clock::new_id();
    remember(caller, key_state(&person, &id), None, &bytes, KEY_LIFE_MS).await?;
    Ok(NewKey {
        id,
        public_key: format!("{public:#}"),
    })
}

/// A key belongs to the person who had it made.
fn key_state(person: &PersonId, id: &str) -> String {
    format!("key:{person}:{id}")
}

pub(in crate::backend) async fn authorize_service(
    caller: &Caller,
    request: ServiceRequest,
) -> Result<ServiceAnswer, ApiError> {
    let owner = caller.need(Right::Connect)?.id.clone();
    let name = named(&request.name)?;
    let org = Org::parse(&request.domain).map_err(|error| from_connect(&error))?;
    let (key, made) = match request.key {
        ServiceKey::Pasted(text) => (
            PrivateKey::parse(&text).map_err(|error| from_connect(&error))?,
            None,
        ),
        ServiceKey::Made(id) => {
            let state = key_state(&owner, &id);
            (made_key(caller, &state).await?, Some(state))
        }
    };
    let credentials = Credentials {
        client_id: client_id(&request.client_id)?,
        client_secret: None,
        private_key: Some(key),
    };
    let scopes = of_service(chosen(request.scopes)?);
    let row = keep::new_row(name, &org, credentials.client_id.clone(), owner);
    let connection = row.id.clone();
    let missing = serve(caller, &org, credentials, row, &scopes, false).await?;
    if let Some(state) = made {
        authorizations::take(&caller.server.store, &state, clock::now_ms())
            .await
            .map_err(from_store)?;
    }
    Ok(ServiceAnswer {
        connection,
        missing,
    })
}

async fn made_key(caller: &Caller, state: &str) -> Result<PrivateKey, ApiError> {
    let server = &caller.server;
    let kept = authorizations::find(&server.store, state, clock::now_ms())
        .await
        .map_err(from_store)?
        .ok_or_else(|| {
            invalid("This key is no longer kept. Make a new one, and paste its public half into the app.")
        })?;
    let bytes = server
        .sealer
        .open(state, &unstored(kept.sealed))
        .map_err(|error| from_connect(&error))?;
    serde_json::from_slice(&bytes).map_err(|error| internal(&error))
}

/// Gets a token for a service app and keeps it. Returns the scopes that the app was not granted.
async fn serve(
    caller: &Caller,
    org: &Org,
    credentials: Credentials,
    row: ConnectionRow,
    scopes: &BTreeSet<String>,
    is_again: bool,
) -> Result<Vec<String>, ApiError> {
    let server = &caller.server;
    let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
    let (tokens, missing) = connect::serve(&server.http, org, credentials, &scopes, clock::now())
        .await
        .map_err(|error| from_connect(&error))?;
    let by = caller.person.as_ref().map(|person| person.id.clone());
    let kept = if is_again {
        keep::again(server, row, &tokens, by).await
    } else {
        keep::first(server, row, &tokens, by).await
    };
    if kept.is_err() {
        give_back(caller, &tokens).await;
    }
    kept?;
    Ok(missing)
}

/// Tokens that could not be kept are revoked; the org ends them within the hour where that fails too.
async fn give_back(caller: &Caller, tokens: &Tokens) {
    if let Err(error) = connect::revoke(&caller.server.http, tokens, clock::now()).await {
        tracing::warn!(%error, "a token that was not kept could not be revoked");
    }
}

fn client_id(text: &str) -> Result<String, ApiError> {
    match text.trim() {
        "" => Err(invalid(
            "Enter the client ID of the app that you made for Nagare in the Okta Admin Console.",
        )),
        id if id.len() > 200 => Err(invalid("This client ID is too long. Copy it again.")),
        id => Ok(id.to_owned()),
    }
}

/// The scopes that somebody chose, or those of all cards.
fn chosen(scopes: Option<Vec<String>>) -> Result<BTreeSet<String>, ApiError> {
    let Some(scopes) = scopes else {
        return Ok(Needs::default().to_ask_for(&[]));
    };
    let is_scope = |scope: &String| {
        (1..=100).contains(&scope.len())
            && scope
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'))
    };
    match scopes.iter().find(|scope| !is_scope(scope)) {
        Some(wrong) => Err(invalid(format!(
            "«{wrong}» is not a scope. Write scopes like okta.users.read."
        ))),
        None if scopes.len() > MAX_SCOPES => Err(invalid("These are too many scopes.")),
        None => Ok(scopes.into_iter().collect()),
    }
}
