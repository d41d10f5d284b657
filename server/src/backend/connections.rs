//! Connections to orgs: authorizing, testing, deleting.

use std::collections::{BTreeSet, HashMap};

use api::{
    ApiError, AuthorizeRequest, Connection, ConnectionState, ConnectionTest, ConnectionUse,
    Deletion, ErrorCode, EventRoad,
};
use cards::Language;
use connect::{Credentials, Org, Request, Sealed, Tokens};
use flow::{CardKind, ConnectionId, PersonId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::authorizations::{self, Authorization};
use store::connections::{self, ConnectionRow};
use store::revocations::Revocation;
use store::{people, uses};

use super::flows::named;
use super::{Caller, Right};
use crate::clock;
use crate::error::{from_connect, from_store, internal, invalid};

/// The person has this long on the org's pages.
const TIME_TO_CONSENT_MS: i64 = 15 * 60_000;

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

pub(super) async fn list(caller: &Caller) -> Result<Vec<Connection>, ApiError> {
    if caller.need(Right::Read).is_err() {
        caller.need(Right::Connect)?;
    }
    all(caller).await
}

/// Returns all connections, for readers of flows.
pub(super) async fn all(caller: &Caller) -> Result<Vec<Connection>, ApiError> {
    let store = &caller.server.store;
    let names: HashMap<PersonId, String> = people::list(store)
        .await
        .map_err(from_store)?
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    let mut roads = crate::work::hooks::roads(store).await.map_err(from_store)?;
    let mut shown = Vec::new();
    for row in connections::list(store).await.map_err(from_store)? {
        let flows = uses::of_connection(store, &row.id)
            .await
            .map_err(from_store)?;
        let owner = row
            .owner
            .as_ref()
            .and_then(|id| names.get(id).cloned())
            .unwrap_or_default();
        let road = roads.remove(&row.id).unwrap_or_default();
        shown.push(view(row, owner, flows, road));
    }
    Ok(shown)
}

fn view(
    row: ConnectionRow,
    owner: String,
    flows: Vec<uses::UserFlow>,
    (events, hook_error): (EventRoad, Option<String>),
) -> Connection {
    Connection {
        id: row.id,
        module: row.module,
        name: row.name,
        domain: row.base_url,
        client_id: row.client_id.unwrap_or_default(),
        state: match row.state {
            connections::ConnectionState::Authorized => ConnectionState::Authorized,
            connections::ConnectionState::NeedsReauthorization => {
                ConnectionState::NeedsReauthorization
            }
            connections::ConnectionState::Revoking => ConnectionState::Revoking,
        },
        account: row.account,
        scopes: row.scopes,
        owner,
        created_at: row.created_at,
        checked_at: row.last_checked_at,
        last_error: row.last_error,
        events,
        hook_error,
        flows: flows
            .into_iter()
            .map(|flow| ConnectionUse {
                flow: flow.id,
                name: flow.name,
                is_on: flow.is_on,
            })
            .collect(),
    }
}

pub(super) async fn authorize(
    caller: &Caller,
    request: AuthorizeRequest,
) -> Result<String, ApiError> {
    caller.need(Right::Connect)?;
    let name = named(&request.name)?;
    let org = Org::parse(&request.domain).map_err(|error| from_connect(&error))?;
    let client_id = request.client_id.trim().to_owned();
    if client_id.is_empty() {
        return Err(invalid(
            "Enter the client ID of the app that you made for Nagare in the Okta Admin Console.",
        ));
    }
    let secret = request.client_secret.trim().to_owned();
    let credentials = Credentials {
        client_id,
        client_secret: (!secret.is_empty()).then_some(secret),
    };
    begin(caller, &org, credentials, name, None, request.return_to).await
}

pub(super) async fn reauthorize(caller: &Caller, id: ConnectionId) -> Result<String, ApiError> {
    caller.need(Right::Connect)?;
    let row = found(caller, &id).await?;
    let tokens = open(caller, &row)?;
    let org = tokens.org().map_err(|error| from_connect(&error))?;
    begin(
        caller,
        &org,
        tokens.credentials().clone(),
        row.name,
        Some(id),
        None,
    )
    .await
}

async fn begin(
    caller: &Caller,
    org: &Org,
    credentials: Credentials,
    name: String,
    connection: Option<ConnectionId>,
    return_to: Option<String>,
) -> Result<String, ApiError> {
    let owner = caller.need(Right::Connect)?.id.clone();
    let server = &caller.server;
    let scopes = scopes();
    let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
    let redirect = format!("{}/connections/callback", server.public_url);
    let client_id = credentials.client_id.clone();
    let start = connect::start(org, credentials, &redirect, &scopes)
        .map_err(|error| from_connect(&error))?;
    let underway = Underway {
        pending: start.pending,
        name,
        client_id,
        domain: org.domain(),
        owner,
        return_to: return_to.filter(|path| path.starts_with('/') && !path.starts_with("//")),
    };
    let bytes = serde_json::to_vec(&underway).map_err(|error| internal(&error))?;
    let sealed = server
        .sealer
        .seal(&start.state, &bytes)
        .map_err(|error| from_connect(&error))?;
    let now = clock::now_ms();
    let authorization = Authorization {
        state: start.state,
        connection,
        sealed: stored(sealed),
        created_at: now,
        expires_at: now + TIME_TO_CONSENT_MS,
    };
    authorizations::insert(&server.store, &authorization)
        .await
        .map_err(from_store)?;
    Ok(start.url)
}

/// Returns the scopes to ask for: sign-in, renewal, the schemas for the fields of cards, and those of every Okta card.
fn scopes() -> BTreeSet<String> {
    let always = [
        "openid",
        "profile",
        "email",
        "offline_access",
        "okta.logs.read",
        "okta.schemas.read",
        "okta.linkedObjects.read",
    ];
    let cards = cards::catalogue(Language::En).cards();
    cards
        .filter(|card| {
            matches!(card.kind, CardKind::Action | CardKind::Event)
                && card.connector.as_deref() == Some("okta")
        })
        .flat_map(|card| card.scopes.iter().cloned())
        .chain(always.map(str::to_owned))
        .collect()
}

pub(super) async fn test(caller: &Caller, id: ConnectionId) -> Result<ConnectionTest, ApiError> {
    caller.need(Right::Connect)?;
    let mut row = found(caller, &id).await?;
    let request = Request {
        method: "GET".to_owned(),
        path: "/api/v1/users/me".to_owned(),
        query: Vec::new(),
        headers: Vec::new(),
        body: None,
        repeatable: true,
    };
    let begun = clock::now_ms();
    let sent = caller.server.connections.send(&id, &request).await;
    let took_ms = u64::try_from(clock::now_ms() - begun).unwrap_or(0);
    // The tokens may have been renewed or refused meanwhile.
    if let Some(fresh) = connections::find(&caller.server.store, &id)
        .await
        .map_err(from_store)?
    {
        row = fresh;
    }
    row.last_checked_at = Some(clock::now_ms());
    row.updated_at = clock::now_ms();
    let (works, message) = match sent.result {
        Ok(reply) => {
            let login = reply
                .body
                .pointer("/profile/login")
                .and_then(|login| login.as_str())
                .unwrap_or_default();
            row.account = Some(login.to_owned())
                .filter(|login| !login.is_empty())
                .or(row.account);
            row.last_error = None;
            row.state = connections::ConnectionState::Authorized;
            (true, format!("The org accepted the token of {login}."))
        }
        Err(error) => {
            row.last_error = Some(error.message.clone());
            (false, error.message)
        }
    };
    connections::save(&caller.server.store, &row)
        .await
        .map_err(from_store)?;
    Ok(ConnectionTest {
        works,
        message,
        took_ms,
    })
}

pub(super) async fn delete(caller: &Caller, id: ConnectionId) -> Result<Deletion, ApiError> {
    caller.need(Right::Connect)?;
    let server = &caller.server;
    let row = found(caller, &id).await?;
    let now = clock::now_ms();
    let tokens = open(caller, &row)?;
    let revocation = Revocation {
        id: clock::new_id(),
        connection: id.clone(),
        name: row.name.clone(),
        base_url: row.base_url.clone(),
        sealed: row.sealed.clone(),
        attempts: 0,
        next_at: now + 60_000,
        last_error: None,
        created_at: now,
    };
    connections::delete(&server.store, &id, Some(&revocation))
        .await
        .map_err(from_store)?;
    server.connections.forget(&id);
    server.lookups.forget(&id);
    caller
        .audit(
            "connection.delete",
            "connection",
            id.as_str(),
            Some(json!({ "name": row.name, "domain": row.base_url })),
            None,
        )
        .await?;
    match crate::work::revocation::try_once(server, &revocation, &tokens).await? {
        Some(revoked) => Ok(Deletion {
            revoked,
            pending: 0,
        }),
        None => Ok(Deletion {
            revoked: 0,
            pending: tokens.count(),
        }),
    }
}

pub(super) async fn found(caller: &Caller, id: &ConnectionId) -> Result<ConnectionRow, ApiError> {
    let found = connections::find(&caller.server.store, id)
        .await
        .map_err(from_store)?;
    found.ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            "There is no such connection. It may have been deleted.",
        )
    })
}

fn open(caller: &Caller, row: &ConnectionRow) -> Result<Tokens, ApiError> {
    Tokens::open(
        &caller.server.sealer,
        row.id.as_str(),
        &unstored(row.sealed.clone()),
    )
    .map_err(|error| from_connect(&error))
}

/// The store's form of a sealed secret.
pub(crate) fn stored(sealed: Sealed) -> connections::Sealed {
    connections::Sealed {
        bytes: sealed.bytes,
        key_version: sealed.key_version,
    }
}

/// The sealer's form of a sealed secret.
pub(crate) fn unstored(sealed: connections::Sealed) -> Sealed {
    Sealed {
        bytes: sealed.bytes,
        key_version: sealed.key_version,
    }
}
