//! Connections to orgs: authorizing, testing, deleting.

use std::collections::HashMap;

use api::{
    ApiError, Connection, ConnectionDetail, ConnectionState, ConnectionTest, ConnectionUse,
    Deletion, ErrorCode, EventRoad, Grant,
};
use connect::{Request, Sealed, Tokens};
use flow::{ConnectionId, PersonId};
use store::connections::{self, ConnectionRow, GrantType};
use store::{people, uses};

use super::{Caller, Right};
use crate::clock;
use crate::error::{from_connect, from_store};

mod authorize;
mod directories;
pub(crate) mod keep;
mod needs;
mod web;

pub(crate) use authorize::Underway;
pub(super) use authorize::{authorize, authorize_service, make_key, reauthorize};
pub(crate) use directories::module_of;
pub(crate) use needs::granted;
pub(crate) use web::{AllowedList, WEB, allowed_now, called_as};
pub(super) use web::{allowed, save_allowed, save_web};

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
    for row in store::directories::list(store).await.map_err(from_store)? {
        let id = ConnectionId::new(row.id.clone());
        let flows = uses::of_connection(store, &id).await.map_err(from_store)?;
        shown.push(directories::view(row, flows));
    }
    Ok(shown)
}

fn view(
    row: ConnectionRow,
    owner: String,
    flows: Vec<uses::UserFlow>,
    (events, hook_error): (EventRoad, Option<String>),
) -> Connection {
    let is_web = row.module == WEB;
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
        flows: used_by(flows),
        grant: match (row.grant_type, is_web) {
            (GrantType::AuthorizationCode, _) => Grant::Person,
            (GrantType::ClientCredentials, false) => Grant::ServiceApp,
            (GrantType::ClientCredentials, true) => Grant::ClientCredentials,
            (GrantType::Basic, _) => Grant::Basic,
            (GrantType::Header, _) => Grant::Header,
            (GrantType::None, _) => Grant::None,
        },
        is_bound: row.is_bound,
    }
}

fn used_by(flows: Vec<uses::UserFlow>) -> Vec<ConnectionUse> {
    let used = flows.into_iter().map(|flow| ConnectionUse {
        flow: flow.id,
        name: flow.name,
        is_on: flow.is_on,
    });
    used.collect()
}

/// Returns a connection with what its cards need.
pub(super) async fn detail(
    caller: &Caller,
    id: ConnectionId,
) -> Result<ConnectionDetail, ApiError> {
    if caller.need(Right::Read).is_err() {
        caller.need(Right::Connect)?;
    }
    let store = &caller.server.store;
    let row = found(caller, &id).await?;
    let needs = needs::of_connection(store, &id).await?;
    let owner = match &row.owner {
        Some(owner) => people::find(store, owner).await.map_err(from_store)?,
        None => None,
    };
    let flows = uses::of_connection(store, &id).await.map_err(from_store)?;
    let waits = needs.scopes.contains_key("okta.logs.read");
    let polled_at = match waits {
        true => store::inbox::last_read(store, &id)
            .await
            .map_err(from_store)?,
        false => None,
    };
    let mut roads = crate::work::hooks::roads(store).await.map_err(from_store)?;
    let road = roads.remove(&id).unwrap_or_default();
    let public_key = keep::opened(&caller.server, &id, row.sealed.clone())
        .and_then(|tokens| tokens.public_jwk())
        .map(|jwk| format!("{jwk:#}"));
    Ok(ConnectionDetail {
        scopes: needs.states(&row.scopes),
        uses: needs.uses,
        public_key,
        polled_at,
        connection: view(
            row,
            owner.map(|owner| owner.name).unwrap_or_default(),
            flows,
            road,
        ),
    })
}

/// The person who consented. A service app is nobody.
const ME: &str = "/api/v1/users/me";

/// Reads that show whether a token works, by a scope that allows them.
const PROBES: [(&str, &str); 6] = [
    ("okta.users.read", ME),
    ("openid", "/oauth2/v1/userinfo"),
    ("okta.users.read", "/api/v1/users?limit=1"),
    ("okta.groups.read", "/api/v1/groups?limit=1"),
    ("okta.apps.read", "/api/v1/apps?limit=1"),
    ("okta.logs.read", "/api/v1/logs?limit=1"),
];

pub(super) async fn test(caller: &Caller, id: ConnectionId) -> Result<ConnectionTest, ApiError> {
    caller.need(Right::Connect)?;
    let mut row = found(caller, &id).await?;
    if row.module == WEB {
        return web::test(caller, row).await;
    }
    let probe = PROBES
        .iter()
        .filter(|(_, path)| *path != ME || row.grant_type == GrantType::AuthorizationCode)
        .find(|(scope, _)| flow::covers(&row.scopes, scope));
    let request = Request {
        method: "GET".to_owned(),
        path: probe.map_or(ME, |(_, path)| path).to_owned(),
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
            let login = [
                reply.body.pointer("/profile/login"),
                reply.body.get("preferred_username"),
            ];
            let login = login.into_iter().flatten().find_map(|login| login.as_str());
            if row.grant_type == GrantType::AuthorizationCode {
                row.account = login.map(str::to_owned).or(row.account);
            }
            let whose = row.account.as_deref().unwrap_or("the service app");
            (true, format!("The org accepted the token of {whose}."))
        }
        // No scope allows any of the reads, but the org knows the token.
        Err(error) if error.status == Some(403) && probe.is_none() => {
            (true, "The org accepted the token.".to_owned())
        }
        Err(error) => (false, error.message),
    };
    row.last_error = (!works).then(|| message.clone());
    if works {
        row.state = connections::ConnectionState::Authorized;
    }
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
    let by = caller.need(Right::Connect)?.id.clone();
    let server = &caller.server;
    let leaving = crate::work::revocation::leaving(Some(&by));
    let revocation = connections::delete(&server.store, &id, leaving)
        .await
        .map_err(from_store)?;
    let (revoked, pending) = crate::work::revocation::begin(server, &revocation).await?;
    Ok(Deletion { revoked, pending })
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
