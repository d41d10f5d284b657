//! Reading the System Log with a stored cursor: the road for orgs that cannot reach this server, and the one that closes
//! the gaps which hooks leave (an org delivers twice at most). Where a hook works, the log is read less often.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use api::ApiError;
use chrono::{DateTime, Utc};
use connect::{Org, Reply, Request};
use flow::{ConnectionId, Flow, FlowKind, iso};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::hooks::{self, HookRow};
use store::inbox;
use store::triggers;
use store::{StoreError, Write};
use tokio::time::Instant;

use super::wanted_types;
use crate::clock;
use crate::error::from_store;
use crate::state::Server;
use crate::work::errands::Errands;

/// Events read at once.
const PAGE: usize = 1000;
/// Pages read in one round; the rest comes in the next.
const PAGES: usize = 20;
/// Where a hook delivers, the log is read this many times less often.
const PATIENCE: u32 = 12;
/// A change of a hook takes some minutes until it works at the org.
const SETTLING_MS: i64 = 10 * 60_000;
/// Events may reach the log this much later than they happened.
const LATE: chrono::Duration = chrono::Duration::minutes(10);

/// How far the log of an org was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    /// Event types that the address below asks for.
    types: BTreeSet<String>,
    /// From here on, where there is no address yet.
    since: String,
    /// Path and query of the next page (the `next` link of the last one).
    next: Option<String>,
}

/// Returns from when on a flow that is being turned on listens, by the clock of its org, in milliseconds: what happened
/// before is passed over. Makes sure that the log is read from there on. A flow that is on already goes on listening.
pub(crate) async fn listens_from(
    server: &Arc<Server>,
    flow: &Flow,
) -> Result<Option<i64>, ApiError> {
    let Some(start) = flow.steps.first() else {
        return Ok(None);
    };
    let Some(connection) = start.connection.as_ref() else {
        return Ok(None);
    };
    if flow.kind() != FlowKind::Event {
        return Ok(None);
    }
    let listening = triggers::list(&server.store, FlowKind::Event)
        .await
        .map_err(from_store)?;
    let same_org = |known: &&triggers::Trigger| known.connection.as_ref() == Some(connection);
    let known = listening
        .iter()
        .filter(same_org)
        .find(|known| known.flow == flow.id && known.card == start.card.to_string());
    if let Some(known) = known {
        return Ok(known.since);
    }
    if start.card.module() == cards::active_directory::MODULE {
        return Ok(Some(clock::now_ms()));
    }
    let from = newest(server, connection).await;
    let is_followed = inbox::find_cursor(&server.store, connection)
        .await
        .map_err(from_store)?
        .is_some();
    if !(is_followed
        && listening
            .iter()
            .filter(same_org)
            .any(|known| known.flow != flow.id))
    {
        let cursor = Cursor {
            types: BTreeSet::new(),
            since: iso(from),
            next: None,
        };
        let write = cursor.write(connection).map_err(from_store)?;
        server
            .writer
            .submit(vec![write])
            .await
            .map_err(from_store)?;
    }
    Ok(Some(from.timestamp_millis()))
}

/// The moment after the newest event of the org, by the org's clock; ours may differ. By ours where the org does not answer.
async fn newest(server: &Arc<Server>, connection: &ConnectionId) -> DateTime<Utc> {
    let hour_ago = clock::now() - chrono::Duration::hours(1);
    let request = Request {
        query: [
            ("since", iso(hour_ago).as_str()),
            ("sortOrder", "DESCENDING"),
            ("limit", "1"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        ..read("/api/v1/logs".to_owned())
    };
    let reply = match server.connections.send(connection, &request).await.result {
        Ok(reply) => reply,
        Err(error) => {
            tracing::warn!(connection.id = %connection, error = error.message, "the org did not say where its log ends");
            return clock::now();
        }
    };
    let event = reply.body.pointer("/0/published").and_then(Json::as_str);
    event
        .and_then(moment)
        .map(|at| at + chrono::Duration::milliseconds(1))
        .or_else(|| date_of(&reply))
        .unwrap_or_else(clock::now)
}

fn read(path: String) -> Request {
    Request {
        method: "GET".to_owned(),
        path,
        query: Vec::new(),
        headers: Vec::new(),
        body: None,
        repeatable: true,
    }
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|at| at.with_timezone(&Utc))
}

/// The org's clock.
fn date_of(reply: &Reply) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(reply.header("date")?)
        .ok()
        .map(|at| at.with_timezone(&Utc))
}

/// Reads the logs of all orgs that flows listen to, for ever: at once, then again and again. An org that does not answer
/// does not keep the others waiting.
pub(crate) async fn keep_polling(server: Arc<Server>) {
    let every = Duration::from_millis(server.options.poll_ms.max(100));
    let mut errands = Errands::default();
    let mut read_at: HashMap<ConnectionId, (Instant, BTreeSet<String>)> = HashMap::new();
    loop {
        match listening(&server).await {
            Ok(listening) => {
                errands.reap();
                for (connection, types, is_delivered) in listening {
                    let pause = if is_delivered {
                        every * PATIENCE
                    } else {
                        every
                    };
                    // A timer may be a little early.
                    let is_rested = read_at.get(&connection).is_some_and(|(at, known)| {
                        *known == types && at.elapsed() + every / 2 < pause
                    });
                    if is_rested || errands.is_on(&connection) {
                        continue;
                    }
                    read_at.insert(connection.clone(), (Instant::now(), types.clone()));
                    let polled = poll(Arc::clone(&server), connection.clone(), types);
                    errands.send(connection, polled);
                }
            }
            Err(error) => {
                tracing::error!(%error, "the flows that listen to events could not be read");
            }
        }
        tokio::time::sleep(every).await;
    }
}

/// Returns whose log is to be read for which types, and whether a hook delivers them too.
async fn listening(
    server: &Server,
) -> Result<Vec<(ConnectionId, BTreeSet<String>, bool)>, StoreError> {
    let wanted = wanted_types(&triggers::list(&server.store, FlowKind::Event).await?);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let hooks = hooks::list(&server.store).await?;
    let settled = clock::now_ms() - SETTLING_MS;
    let delivers = |hook: &HookRow, types: &BTreeSet<String>| {
        hook.is_verified
            && hook.last_error.is_none()
            && hook.verified_at.is_some_and(|at| at < settled)
            && hook.types.is_superset(types)
    };
    Ok(wanted
        .into_iter()
        .map(|(connection, types)| {
            let is_delivered = hooks
                .iter()
                .any(|hook| hook.connection == connection && delivers(hook, &types));
            (connection, types, is_delivered)
        })
        .collect())
}

async fn poll(server: Arc<Server>, connection: ConnectionId, types: BTreeSet<String>) {
    if let Err(error) = read_on(&server, &connection, types).await {
        tracing::warn!(connection.id = %connection, error, "the System Log could not be read; it is tried again");
    }
}

/// Reads what is new, page after page. Events and cursor go to disk together.
async fn read_on(
    server: &Arc<Server>,
    connection: &ConnectionId,
    types: BTreeSet<String>,
) -> Result<(), String> {
    let stored = cursor_of(server, connection).await?;
    let mut cursor = stored.clone();
    if cursor.types != types {
        cursor.types = types;
        cursor.next = None;
    }
    let row = store::connections::find(&server.store, connection)
        .await
        .map_err(|error| error.to_string())?;
    let org = Org::parse(&row.ok_or("the connection is gone")?.base_url)
        .map_err(|error| error.to_string())?;
    let mut kept = stored;
    for _ in 0..PAGES {
        let path = cursor.next.clone().unwrap_or_else(|| cursor.first_page());
        let sent = server.connections.send(connection, &read(path)).await;
        let reply = sent.result.map_err(|error| error.message)?;
        let page = reply.body.as_array().map(Vec::as_slice).unwrap_or_default();
        cursor.move_past(page, &reply, &org);
        let events: Vec<_> = page
            .iter()
            .filter_map(|event| super::to_keep(connection, event, None))
            .collect();
        if !events.is_empty() || cursor.is_worth_keeping(&kept) {
            let mut writes = vec![
                cursor
                    .write(connection)
                    .map_err(|error| error.to_string())?,
            ];
            if !events.is_empty() {
                writes.push(Write::Accept(events));
            }
            server
                .writer
                .submit(writes)
                .await
                .map_err(|error| error.to_string())?;
            kept = cursor.clone();
        }
        if page.len() < PAGE {
            return Ok(());
        }
    }
    Ok(())
}

/// Returns how far the log was read; up to now where it never was.
async fn cursor_of(server: &Server, connection: &ConnectionId) -> Result<Cursor, String> {
    let stored = inbox::find_cursor(&server.store, connection)
        .await
        .map_err(|error| error.to_string())?;
    match stored {
        Some(text) => serde_json::from_str(&text)
            .map_err(|error| format!("the stored cursor cannot be read: {error}")),
        None => Ok(Cursor {
            types: BTreeSet::new(),
            since: iso(clock::now()),
            next: None,
        }),
    }
}

impl Cursor {
    fn first_page(&self) -> String {
        let filter = self
            .types
            .iter()
            .map(|text| format!("eventType eq \"{text}\""))
            .collect::<Vec<_>>()
            .join(" or ");
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("since", &self.since)
            .append_pair("sortOrder", "ASCENDING")
            .append_pair("limit", &PAGE.to_string())
            .append_pair("filter", &filter)
            .finish();
        format!("/api/v1/logs?{query}")
    }

    /// Moves past a page that was read. `since` follows, so that little is read twice when the types change.
    fn move_past(&mut self, page: &[Json], reply: &Reply, org: &Org) {
        self.next = reply
            .next_link()
            .and_then(|link| org.path_of(link))
            .or(self.next.take());
        let last = page
            .last()
            .and_then(|event| event.get("published"))
            .and_then(Json::as_str)
            .and_then(moment);
        let is_end = page.len() < PAGE;
        let end = date_of(reply).filter(|_| is_end).map(|now| now - LATE);
        let reached = last.max(end);
        if let Some(reached) = reached
            && moment(&self.since).is_none_or(|since| since < reached)
        {
            self.since = iso(reached);
        }
    }

    /// Tells whether it moved so far from what is stored that it should be stored although there was no event.
    fn is_worth_keeping(&self, stored: &Self) -> bool {
        let moved = moment(&self.since)
            .zip(moment(&stored.since))
            .is_none_or(|(to, from)| to - from > LATE);
        moved || self.next != stored.next || self.types != stored.types
    }

    fn write(&self, connection: &ConnectionId) -> Result<Write, StoreError> {
        let position =
            serde_json::to_string(self).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        Ok(Write::Cursor {
            connection: connection.clone(),
            position,
            at: clock::now_ms(),
        })
    }
}
