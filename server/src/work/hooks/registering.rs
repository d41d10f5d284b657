//! Bringing the hook of one connection to what is wanted.

use std::sync::Arc;

use connect::{HookPlan, HookSecret, RemoteHook};
use flow::{CardError, ConnectionId};
use store::StoreError;
use store::hooks::{self, HookRow};

use super::{Goal, STAND_BACK, owner};
use crate::backend::connections::{stored, unstored};
use crate::clock;
use crate::state::Server;

/// While a hook is being registered or removed, nobody else does.
const HOLD_MS: i64 = 5 * 60_000;
/// How often a hook that works is looked after: somebody may have changed or removed it at the org.
const LOOK_AFTER_MS: i64 = 10 * 60_000;
/// Pauses after failures: the first, and the longest.
const FIRST_PAUSE_MS: i64 = 5_000;
const LONGEST_PAUSE_MS: i64 = 10 * 60_000;

/// Registers, changes or verifies the hook, as far as it is not as wanted.
pub(super) async fn settle(
    server: &Arc<Server>,
    connection: &ConnectionId,
    goal: &Goal,
) -> Result<(), StoreError> {
    let Some(mut row) = taken(server, connection, Some(goal)).await? else {
        return Ok(());
    };
    let was_verified = row.is_verified;
    match register(server, &mut row, goal).await {
        Ok(()) => {
            row.attempts = 0;
            row.last_error = None;
            row.next_at = clock::now_ms() + LOOK_AFTER_MS;
            if !was_verified {
                tracing::info!(connection.id = %connection, hook.id = %row.id, "the org delivers events to this server");
            }
        }
        Err(error) => note_failure(&mut row, &error.message),
    }
    hooks::save(&server.store, &row).await
}

/// Removes the hook at the org, then here.
pub(super) async fn remove(
    server: &Arc<Server>,
    connection: &ConnectionId,
) -> Result<(), StoreError> {
    let Some(mut row) = taken(server, connection, None).await? else {
        return Ok(());
    };
    let remote = connect::EventHooks {
        connections: &server.connections,
        connection,
    };
    match remove_at(&remote, &row).await {
        Ok(()) => hooks::delete(&server.store, &row.id).await,
        Err(error) => {
            row.is_verified = false;
            note_failure(&mut row, &error.message);
            hooks::save(&server.store, &row).await
        }
    }
}

/// Removes a hook at its org, also one whose registration was never confirmed.
pub(super) async fn remove_at(
    remote: &connect::EventHooks<'_>,
    row: &HookRow,
) -> Result<(), CardError> {
    let id = match &row.remote_id {
        Some(id) => Some(id.clone()),
        None => remote
            .find_by_address(&row.address)
            .await?
            .map(|hook| hook.id),
    };
    match id {
        Some(id) => remote.remove(&id).await,
        None => Ok(()),
    }
}

/// Takes the hook of a connection; makes one where a goal wants it.
async fn taken(
    server: &Arc<Server>,
    connection: &ConnectionId,
    goal: Option<&Goal>,
) -> Result<Option<HookRow>, StoreError> {
    let store = &server.store;
    let row = match (hooks::find_of_connection(store, connection).await?, goal) {
        (Some(row), _) => row,
        (None, Some(goal)) => hooks::insert_first(store, &new(server, connection, goal)?).await?,
        (None, None) => return Ok(None),
    };
    if !hooks::claim(store, &row.id, clock::now_ms(), HOLD_MS).await? {
        tokio::time::sleep(STAND_BACK).await;
        return Ok(None);
    }
    // Whoever had it before may have changed it.
    hooks::find_of_connection(store, connection).await
}

fn new(server: &Server, connection: &ConnectionId, goal: &Goal) -> Result<HookRow, StoreError> {
    let id = clock::new_id().to_lowercase();
    let sealed = HookSecret::make(&server.sealer, &owner(&id))
        .map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let now = clock::now_ms();
    Ok(HookRow {
        connection: connection.clone(),
        remote_id: None,
        address: address(goal, &id),
        types: goal.types.clone(),
        sealed: stored(sealed),
        is_verified: false,
        attempts: 0,
        next_at: now,
        last_error: None,
        created_at: now,
        verified_at: None,
        id,
    })
}

fn address(goal: &Goal, id: &str) -> String {
    format!("{}/hooks/okta/{id}", goal.base)
}

async fn register(server: &Arc<Server>, row: &mut HookRow, goal: &Goal) -> Result<(), CardError> {
    let remote = connect::EventHooks {
        connections: &server.connections,
        connection: &row.connection.clone(),
    };
    let found = match &row.remote_id {
        Some(id) => remote.find(id).await?,
        None => remote.find_by_address(&row.address).await?,
    };
    let address = address(goal, &row.id);
    let secret = HookSecret::open(
        &server.sealer,
        &owner(&row.id),
        &unstored(row.sealed.clone()),
    )
    .map_err(|error| CardError::new("connection.secrets", error.to_string()))?;
    let plan = HookPlan {
        name: "Nagare",
        address: &address,
        types: &goal.types,
        secret: &secret,
    };
    let is_new = found.is_none();
    let mut hook = match found {
        Some(hook) if hook.address == address && hook.types == goal.types => hook,
        Some(hook) => remote.replace(&hook.id, &plan).await?,
        None => remote.create(&plan).await?,
    };
    let is_changed = is_new || row.types != goal.types || row.address != address;
    row.remote_id = Some(hook.id.clone());
    row.address = address;
    row.types = goal.types.clone();
    row.is_verified = hook.is_verified;
    if !hook.is_active {
        hook = remote.activate(&hook.id).await?;
    }
    if !hook.is_verified {
        hook = verified(server, &remote, row, hook).await?;
    }
    if is_changed || !row.is_verified || row.verified_at.is_none() {
        row.verified_at = Some(clock::now_ms());
    }
    row.is_verified = hook.is_verified;
    Ok(())
}

/// Has the org ask for its challenge. What is known so far is stored before, so that nothing is registered twice
/// whatever happens meanwhile.
async fn verified(
    server: &Arc<Server>,
    remote: &connect::EventHooks<'_>,
    row: &HookRow,
    hook: RemoteHook,
) -> Result<RemoteHook, CardError> {
    hooks::save_remote(&server.store, &row.id, &hook.id)
        .await
        .map_err(|error| CardError::new("hook.storage", error.to_string()))?;
    remote.verify(&hook.id).await
}

fn note_failure(row: &mut HookRow, message: &str) {
    let pause = (FIRST_PAUSE_MS << row.attempts.clamp(0, 10)).min(LONGEST_PAUSE_MS);
    tracing::warn!(
        connection.id = %row.connection, hook.id = %row.id, error = message, wait_ms = pause,
        "the event hook is not as wanted; it is tried again, and the System Log is read meanwhile"
    );
    row.attempts += 1;
    row.next_at = clock::now_ms() + pause;
    row.last_error = Some(message.to_owned());
}
