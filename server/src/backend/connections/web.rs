//! Connections to other services than orgs: what HTTP cards call with, and which addresses they may call.

mod account;

use std::sync::{Mutex, PoisonError};

use api::{AllowedAddresses, ApiError, ConnectionTest, WebConnection};
use connect::{Allowed, CalledAs, WebAccount, WebProof, WebRequest};
use flow::{CardError, ConnectionId};
use serde_json::json;
use store::connections::{self, ConnectionRow, ConnectionState, GrantType};

use account::account_of;

use super::{found, stored, unstored};
use crate::backend::flows::named;
use crate::backend::{Caller, Right};
use crate::clock;
use crate::error::{from_connect, from_store, internal, invalid};
use crate::state::Server;

/// The module of these connections, as packs name it.
pub(crate) const WEB: &str = "httpfunctions";
const ALLOWED: &str = "http.allowed";
/// More than anybody lists.
const MOST_ALLOWED: usize = 200;
/// Another server of the same database may have changed what is allowed; it is read again so often, in milliseconds.
const LOOK_AGAIN_MS: i64 = 3_000;

/// Makes a connection, or changes one.
pub(in crate::backend) async fn save_web(
    caller: &Caller,
    request: WebConnection,
) -> Result<ConnectionId, ApiError> {
    let owner = caller.need(Right::Connect)?.id.clone();
    let server = &caller.server;
    let name = named(&request.name)?;
    let old = match &request.id {
        Some(id) => Some(found(caller, id).await?),
        None => None,
    };
    if old.as_ref().is_some_and(|row| row.module != WEB) {
        return Err(invalid(
            "This is a connection to an org. Reauthorize it instead.",
        ));
    }
    let known = match &old {
        Some(row) => Some(opened(server, row)?),
        None => None,
    };
    let account = account_of(&request, known)?;
    account.check().map_err(invalid)?;
    let now = clock::now_ms();
    let mut row = row_of(&account, name, &owner, now);
    if let Some(old) = &old {
        row.id = old.id.clone();
        row.created_at = old.created_at;
        row.owner = old.owner.clone();
    }
    row.sealed = stored(
        account
            .seal(&server.sealer, row.id.as_str())
            .map_err(|error| from_connect(&error))?,
    );
    match &old {
        Some(old) => {
            connections::save_sealed(&server.store, &row.id, old.revision, &row.sealed, now)
                .await
                .map_err(from_store)?;
            connections::save(&server.store, &row)
                .await
                .map_err(from_store)?;
            connections::save_grant(&server.store, &row.id, row.grant_type)
                .await
                .map_err(from_store)?;
        }
        None => connections::insert(&server.store, &row)
            .await
            .map_err(from_store)?,
    }
    server.web.forget(&row.id);
    let action = if old.is_some() {
        "connection.change"
    } else {
        "connection.create"
    };
    let after = json!({ "name": row.name, "module": WEB, "hosts": account.hosts });
    caller
        .audit(action, "connection", row.id.as_str(), None, Some(after))
        .await?;
    Ok(row.id)
}

fn row_of(account: &WebAccount, name: String, owner: &flow::PersonId, now: i64) -> ConnectionRow {
    let (grant_type, client_id, scopes) = match &account.proof {
        WebProof::None => (GrantType::None, None, Vec::new()),
        WebProof::Basic { user, .. } => (GrantType::Basic, Some(user.clone()), Vec::new()),
        WebProof::Header { name, .. } => (GrantType::Header, Some(name.clone()), Vec::new()),
        WebProof::ClientCredentials(client) => (
            GrantType::ClientCredentials,
            Some(client.client_id.clone()),
            client.scopes.clone(),
        ),
    };
    ConnectionRow {
        id: ConnectionId::new(clock::new_id()),
        module: WEB.to_owned(),
        name,
        base_url: account.hosts.join(", "),
        client_id,
        state: ConnectionState::Authorized,
        account: None,
        scopes,
        sealed: connections::Sealed {
            bytes: Vec::new(),
            key_version: 0,
        },
        revision: 1,
        owner: Some(owner.clone()),
        created_at: now,
        updated_at: now,
        last_checked_at: None,
        last_error: None,
        grant_type,
        is_bound: false,
    }
}

fn opened(server: &Server, row: &ConnectionRow) -> Result<WebAccount, ApiError> {
    WebAccount::open(
        &server.sealer,
        row.id.as_str(),
        &unstored(row.sealed.clone()),
    )
    .map_err(|error| from_connect(&error))
}

/// Returns the account with which a card calls.
pub(crate) async fn called_as(server: &Server, id: &ConnectionId) -> Result<CalledAs, CardError> {
    let gone = || {
        CardError::new(
            "connection.missing",
            "The connection does not exist any more. Choose another on the card and save the flow.",
        )
    };
    let row = connections::find(&server.store, id)
        .await
        .map_err(|error| {
            tracing::error!(%error, "a connection could not be read");
            CardError::new(
                "server.storage",
                "The server could not read the connection. Try again.",
            )
        })?
        .filter(|row| row.module == WEB)
        .ok_or_else(gone)?;
    let account =
        opened(server, &row).map_err(|error| CardError::new("connection.sealed", error.message))?;
    Ok(CalledAs {
        id: row.id,
        revision: row.revision,
        account,
    })
}

/// Gets a token where there is one to get, then reads the address for the test where there is one.
pub(super) async fn test(
    caller: &Caller,
    mut row: ConnectionRow,
) -> Result<ConnectionTest, ApiError> {
    let server = &caller.server;
    allowed_now(server).await;
    let called = CalledAs {
        id: row.id.clone(),
        revision: row.revision,
        account: opened(server, &row)?,
    };
    let begun = clock::now_ms();
    let tried = match (server.web.try_token(&called).await, &called.account.probe) {
        (Err(error), _) => Err(error.message),
        (Ok(()), None) => Ok(match called.account.proof {
            WebProof::ClientCredentials(_) => "The token endpoint gave a token.".to_owned(),
            _ => "There is nothing to ask. Add an address for the test to see whether the service takes it.".to_owned(),
        }),
        (Ok(()), Some(probe)) => {
            let request = WebRequest {
                method: "GET".to_owned(),
                url: probe.clone(),
                query: Vec::new(),
                headers: Vec::new(),
                body: None,
                media_type: None,
            };
            match server.web.send_as(&request, Some(&called)).await.0 {
                Ok(reply) if reply.status < 400 => Ok(format!("The service answered {}.", reply.status)),
                Ok(reply) => Err(format!("The service answered {}.", reply.status)),
                Err(error) => Err(error.message),
            }
        }
    };
    let took_ms = u64::try_from(clock::now_ms() - begun).unwrap_or(0);
    row.last_checked_at = Some(clock::now_ms());
    row.updated_at = clock::now_ms();
    row.last_error = tried.as_ref().err().cloned();
    connections::save(&server.store, &row)
        .await
        .map_err(from_store)?;
    Ok(ConnectionTest {
        works: tried.is_ok(),
        message: tried.unwrap_or_else(|error| error),
        took_ms,
    })
}

/// What is allowed, as it was read last.
#[derive(Default)]
pub(crate) struct AllowedList(Mutex<i64>);

/// Reads what is allowed, unless that was done a moment ago, and has the client keep to it.
pub(crate) async fn allowed_now(server: &Server) {
    let now = clock::now_ms();
    {
        let mut read_at = server
            .allowed
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if now - *read_at < LOOK_AGAIN_MS {
            return;
        }
        *read_at = now;
    }
    let read = async {
        let addresses = stored_list(server).await?;
        apply(server, &addresses)
    };
    if let Err(error) = read.await {
        tracing::error!(error = %error.message, "what HTTP cards may call could not be read");
    }
}

async fn stored_list(server: &Server) -> Result<Vec<String>, ApiError> {
    let text = store::settings::find(&server.store, ALLOWED)
        .await
        .map_err(from_store)?;
    Ok(text
        .map(|text| text.lines().map(str::to_owned).collect())
        .unwrap_or_default())
}

fn apply(server: &Server, addresses: &[String]) -> Result<(), ApiError> {
    let mut all = server.options.allow_http_to.clone();
    all.extend_from_slice(addresses);
    let allowed = Allowed::parse(&all).map_err(invalid)?;
    server.web.allow(allowed).map_err(|error| internal(&error))
}

pub(in crate::backend) async fn allowed(caller: &Caller) -> Result<AllowedAddresses, ApiError> {
    caller.need(Right::Administer)?;
    Ok(AllowedAddresses {
        addresses: stored_list(&caller.server).await?,
        fixed: caller.server.options.allow_http_to.clone(),
    })
}

pub(in crate::backend) async fn save_allowed(
    caller: &Caller,
    wanted: AllowedAddresses,
) -> Result<AllowedAddresses, ApiError> {
    caller.need(Right::Administer)?;
    let server = &caller.server;
    let addresses: Vec<String> = wanted
        .addresses
        .iter()
        .map(|entry| entry.trim().to_owned())
        .filter(|entry| !entry.is_empty())
        .collect();
    if addresses.len() > MOST_ALLOWED {
        return Err(invalid(
            "At most 200 addresses can be listed. Use networks or *.names.",
        ));
    }
    Allowed::parse(&addresses).map_err(invalid)?;
    let before = stored_list(server).await?;
    store::settings::save(
        &server.store,
        ALLOWED,
        &addresses.join("\n"),
        clock::now_ms(),
    )
    .await
    .map_err(from_store)?;
    apply(server, &addresses)?;
    caller
        .audit(
            "setting.http_allowed",
            "setting",
            ALLOWED,
            Some(json!(before)),
            Some(json!(addresses)),
        )
        .await?;
    allowed(caller).await
}
