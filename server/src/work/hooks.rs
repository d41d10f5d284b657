//! Event hooks: one at the org of each connection whose events flows want. What the flows want is compared with what the
//! org was asked for, again and again; a difference is mended, a failure is noted and tried again. Polling goes on
//! meanwhile, so a hook that cannot be registered costs time and no event.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use api::EventRoad;
use connect::Org;
use flow::{ConnectionId, FlowKind};
use store::connections::{self, ConnectionRow, ConnectionState};
use store::hooks::{self, HookRow};
use store::triggers;
use store::{Store, StoreError, revocations};
use tokio::sync::{Notify, Semaphore};
use url::{Host, Url};

use crate::clock;
use crate::config::EventHooks;
use crate::state::Server;
use crate::work::errands::Errands;
use crate::work::intake::wanted_types;

mod leaving;
mod registering;

pub(crate) use leaving::leave;

/// The scope without which a connection is polled alone.
const SCOPE: &str = "okta.eventHooks.manage";
/// How often what is wanted is compared when nobody says that it changed.
const EVERY: Duration = Duration::from_secs(15);
/// After a failure of the database, or while somebody else is at it.
const STAND_BACK: Duration = Duration::from_secs(2);
/// How long the hook of a deleted connection is left to whoever revokes its tokens.
const LEAVING_MS: i64 = 60_000;
/// Deliveries taken in at once; more wait.
const PLACES: usize = 64;

/// What the parts that deal with hooks share.
#[derive(Debug)]
pub(crate) struct Hooks {
    bell: Notify,
    /// Places for deliveries under way, so that their bodies take a bounded amount of memory.
    pub(crate) places: Semaphore,
}

impl Default for Hooks {
    fn default() -> Self {
        Self {
            bell: Notify::new(),
            places: Semaphore::new(PLACES),
        }
    }
}

impl Hooks {
    /// Says that flows were turned on or off.
    pub(crate) fn wake(&self) {
        self.bell.notify_one();
    }
}

/// A hook that flows want.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Goal {
    /// The event types.
    types: BTreeSet<String>,
    /// Where this server is for the org.
    base: String,
}

/// Keeps the hooks at all orgs as they are wanted, for ever.
pub(crate) async fn keep_registered(server: Arc<Server>) {
    let mut errands = Errands::default();
    let mut tried: HashMap<ConnectionId, Option<Goal>> = HashMap::new();
    loop {
        errands.reap();
        let pause = match send_off(&server, &mut errands, &mut tried).await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(%error, "what is wanted of event hooks could not be read");
                EVERY
            }
        };
        tokio::select! {
            () = server.hooks.bell.notified() => {}
            () = errands.next() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Begins what has to be done: where the goal is another than the last that was tried, and where it is time to look
/// again. Returns how long nothing will be due, if nobody says that something changed.
async fn send_off(
    server: &Arc<Server>,
    errands: &mut Errands,
    tried: &mut HashMap<ConnectionId, Option<Goal>>,
) -> Result<Duration, StoreError> {
    let now = clock::now_ms();
    let mut pause = EVERY;
    let mut goals = goals(server).await?;
    let mut rows: HashMap<ConnectionId, HookRow> = hooks::list(&server.store)
        .await?
        .into_iter()
        .map(|row| (row.connection.clone(), row))
        .collect();
    let known: BTreeSet<ConnectionId> = goals.keys().chain(rows.keys()).cloned().collect();
    tried.retain(|connection, _| known.contains(connection));
    for connection in known {
        let goal = goals.remove(&connection);
        let row = rows.remove(&connection);
        let is_due = tried.get(&connection) != Some(&goal)
            || row.as_ref().is_none_or(|row| row.next_at <= now);
        if errands.is_on(&connection) {
            continue;
        }
        if !is_due {
            let until = row.map_or(0, |row| row.next_at - now);
            pause = pause.min(Duration::from_millis(until.unsigned_abs().max(100)));
            continue;
        }
        tried.insert(connection.clone(), goal.clone());
        let server = Arc::clone(server);
        let of = connection.clone();
        errands.send(connection, async move {
            let settled = match goal {
                Some(goal) => registering::settle(&server, &of, &goal).await,
                None => let_go(&server, &of).await,
            };
            if let Err(error) = settled {
                tracing::error!(connection.id = %of, %error, "what became of an event hook could not be stored");
                tokio::time::sleep(STAND_BACK).await;
            }
        });
    }
    Ok(pause)
}

/// Returns which hooks are wanted.
async fn goals(server: &Server) -> Result<HashMap<ConnectionId, Goal>, StoreError> {
    let wanted = wanted_types(&triggers::list(&server.store, FlowKind::Event).await?);
    if wanted.is_empty() || server.options.event_hooks == EventHooks::Off {
        return Ok(HashMap::new());
    }
    let mut goals = HashMap::new();
    for row in connections::list(&server.store).await? {
        if let Some(types) = wanted.get(&row.id)
            && let Some(base) = base_for(server, &row)
        {
            let types = types
                .iter()
                .take(connect::MAX_HOOK_TYPES)
                .cloned()
                .collect();
            goals.insert(row.id, Goal { types, base });
        }
    }
    Ok(goals)
}

/// Returns where this server is for the org of a connection; nothing where the org cannot reach it, or where the
/// connection may not register hooks.
fn base_for(server: &Server, connection: &ConnectionRow) -> Option<String> {
    let may = connection.scopes.iter().any(|scope| scope == SCOPE);
    if !may || connection.state == ConnectionState::Revoking {
        return None;
    }
    let org = Org::parse(&connection.base_url).ok()?;
    is_reachable(&server.public_url, &org).then(|| server.public_url.clone())
}

/// An org delivers over https. On this machine, where there is nothing to overhear, a simulated one delivers without.
fn is_reachable(public_url: &str, org: &Org) -> bool {
    let Ok(url) = Url::parse(public_url) else {
        return false;
    };
    let is_local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return false,
    };
    match url.scheme() {
        "https" => !is_local || org.is_local(),
        "http" => is_local && org.is_local(),
        _ => false,
    }
}

/// Removes a hook that no flow needs any more.
async fn let_go(server: &Arc<Server>, connection: &ConnectionId) -> Result<(), StoreError> {
    let store = &server.store;
    if connections::find(store, connection).await?.is_some() {
        return registering::remove(server, connection).await;
    }
    // Whoever revokes the tokens of a deleted connection removes its hook before; where there is nothing left to revoke,
    // nothing can be removed either.
    let Some(row) = hooks::find_of_connection(store, connection).await? else {
        return Ok(());
    };
    match revocations::find_of_connection(store, connection).await? {
        Some(_) => hooks::postpone(store, &row.id, clock::now_ms() + LEAVING_MS).await,
        None => hooks::delete(store, &row.id).await,
    }
}

/// Returns how the events of each connection reach flows, and what is wrong with its hook.
pub(crate) async fn roads(
    store: &Store,
) -> Result<HashMap<ConnectionId, (EventRoad, Option<String>)>, StoreError> {
    let wanted = wanted_types(&triggers::list(store, FlowKind::Event).await?);
    let mut hooks: HashMap<ConnectionId, HookRow> = hooks::list(store)
        .await?
        .into_iter()
        .map(|row| (row.connection.clone(), row))
        .collect();
    Ok(wanted
        .into_keys()
        .map(|connection| {
            let road = match hooks.remove(&connection) {
                Some(row) if row.is_verified => (EventRoad::Hook, row.last_error),
                Some(row) => (EventRoad::Log, row.last_error),
                None => (EventRoad::Log, None),
            };
            (connection, road)
        })
        .collect())
}

/// To whom the secret of a hook is sealed.
pub(crate) fn owner(hook: &str) -> String {
    format!("hook:{hook}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_org_reaches_https_addresses_and_a_simulated_one_this_machine() {
        let real = Org::parse("acme.okta.com").unwrap();
        let simulated = Org::parse("http://127.0.0.1:8800").unwrap();
        for (url, by_real, by_simulated) in [
            ("https://nagare.example.com", true, true),
            ("http://nagare.example.com", false, false),
            ("http://127.0.0.1:3000", false, true),
            ("http://localhost:3000", false, true),
            ("http://[::1]:3000", false, true),
            ("https://localhost", false, true),
            ("http://0.0.0.0:3000", false, false),
            ("nonsense", false, false),
        ] {
            assert_eq!(is_reachable(url, &real), by_real, "{url}");
            assert_eq!(is_reachable(url, &simulated), by_simulated, "{url}");
        }
    }
}
