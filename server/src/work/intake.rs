//! Events of orgs: read from the System Log with a stored cursor, kept in the inbox, turned into runs. Each event starts
//! one run per matching flow, once: the inbox knows every event by connection and uuid.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use api::ApiError;
use cards::{EventDelivery, Language};
use chrono::{DateTime, Utc};
use connect::{Org, Reply, Request};
use flow::{CardKey, CardKind, ConnectionId, Flow, FlowKind, iso};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::inbox::{self, InboxEvent};
use store::runs::Cause;
use store::triggers::{self, Trigger};
use store::{StoreError, Write};

use super::start;
use crate::clock;
use crate::error::from_store;
use crate::state::Server;

/// Events read at once.
const PAGE: usize = 1000;
/// Pages read in one round; the rest comes in the next.
const PAGES: usize = 20;
/// While events are being handled, nobody else handles them.
const HOLD_MS: i64 = 30_000;

/// Which cards start with which event type.
static CARDS_BY_TYPE: LazyLock<HashMap<&'static str, Vec<CardKey>>> = LazyLock::new(|| {
    let mut index: HashMap<&'static str, Vec<CardKey>> = HashMap::new();
    for card in cards::catalogue(Language::En)
        .cards()
        .filter(|card| card.kind == CardKind::Event)
    {
        for event_type in cards::event_types(&card.key) {
            index.entry(event_type).or_default().push(card.key.clone());
        }
    }
    index
});

/// How far the log of an org was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Cursor {
    /// Event types that the address below asks for.
    types: BTreeSet<String>,
    /// From here on, where there is no address yet.
    since: String,
    /// Path and query of the next page (the `next` link of the last one).
    next: Option<String>,
}

/// Makes sure that the events of the flow's org are followed from now on. What happened before, while no flow listened,
/// is passed over: a flow that was off misses its events.
pub(crate) async fn follow_org_of(server: &Arc<Server>, flow: &Flow) -> Result<(), ApiError> {
    if flow.kind() != FlowKind::Event {
        return Ok(());
    }
    let Some(connection) = flow.steps.first().and_then(|step| step.connection.clone()) else {
        return Ok(());
    };
    let listening = triggers::list(&server.store, FlowKind::Event)
        .await
        .map_err(from_store)?;
    let others = listening
        .iter()
        .any(|known| known.connection.as_ref() == Some(&connection) && known.flow != flow.id);
    let is_known = inbox::find_cursor(&server.store, &connection)
        .await
        .map_err(from_store)?
        .is_some();
    if others && is_known {
        return Ok(());
    }
    let cursor = Cursor {
        types: BTreeSet::new(),
        since: newest(server, &connection).await,
        next: None,
    };
    save(server, &connection, &cursor).await.map_err(from_store)
}

/// The moment after the newest event of the org, by the org's clock; ours may differ. By ours where the org does not answer.
async fn newest(server: &Arc<Server>, connection: &ConnectionId) -> String {
    let hour_ago = clock::now() - chrono::Duration::hours(1);
    let request = Request {
        method: "GET".to_owned(),
        path: "/api/v1/logs".to_owned(),
        query: [
            ("since", iso(hour_ago).as_str()),
            ("sortOrder", "DESCENDING"),
            ("limit", "1"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        headers: Vec::new(),
        body: None,
        repeatable: true,
    };
    let reply = match server.connections.send(connection, &request).await.result {
        Ok(reply) => reply,
        Err(error) => {
            tracing::warn!(connection.id = %connection, error = error.message, "the org did not say where its log ends");
            return iso(clock::now());
        }
    };
    let event = reply.body.pointer("/0/published").and_then(Json::as_str);
    let event = event.and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    let date = || {
        reply
            .header("date")
            .and_then(|text| DateTime::parse_from_rfc2822(text).ok())
    };
    let after = event
        .map(|at| at + chrono::Duration::milliseconds(1))
        .or_else(date);
    iso(after.map_or_else(clock::now, |at| at.with_timezone(&Utc)))
}

/// Reads the logs of all orgs that flows listen to, for ever.
pub(crate) async fn keep_polling(server: Arc<Server>) {
    let every = Duration::from_millis(server.options.poll_ms.max(100));
    loop {
        tokio::time::sleep(every).await;
        let listening = match triggers::list(&server.store, FlowKind::Event).await {
            Ok(listening) => listening,
            Err(error) => {
                tracing::error!(%error, "the flows that listen to events could not be read");
                continue;
            }
        };
        let rounds = types_by_connection(&listening).into_iter().map(|(connection, types)| {
            let server = Arc::clone(&server);
            async move {
                if let Err(error) = poll(&server, &connection, types).await {
                    tracing::warn!(connection.id = %connection, error, "the System Log could not be read; it is tried again");
                }
            }
        });
        futures::future::join_all(rounds).await;
    }
}

fn types_by_connection(listening: &[Trigger]) -> BTreeMap<ConnectionId, BTreeSet<String>> {
    let mut wanted: BTreeMap<ConnectionId, BTreeSet<String>> = BTreeMap::new();
    for trigger in listening {
        let (Some(connection), Some(card)) = (&trigger.connection, CardKey::parse(&trigger.card))
        else {
            continue;
        };
        let types = cards::event_types(&card)
            .iter()
            .map(|text| (*text).to_owned());
        wanted.entry(connection.clone()).or_default().extend(types);
    }
    wanted
}

async fn poll(
    server: &Arc<Server>,
    connection: &ConnectionId,
    types: BTreeSet<String>,
) -> Result<(), String> {
    let mut cursor = cursor_of(server, connection).await?;
    if cursor.types != types {
        cursor = Cursor {
            types,
            since: cursor.since,
            next: None,
        };
    }
    let row = store::connections::find(&server.store, connection)
        .await
        .map_err(|error| error.to_string())?;
    let org = Org::parse(&row.ok_or("the connection is gone")?.base_url)
        .map_err(|error| error.to_string())?;
    for _ in 0..PAGES {
        let path = cursor.next.clone().unwrap_or_else(|| first_page(&cursor));
        let request = Request {
            method: "GET".to_owned(),
            path,
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            repeatable: true,
        };
        let sent = server.connections.send(connection, &request).await;
        let reply = sent.result.map_err(|error| error.message)?;
        let events = events_of(connection, &reply);
        let count = events.len();
        if let Some(last) = reply
            .body
            .as_array()
            .and_then(|list| list.last())
            .and_then(|event| event.get("published"))
        {
            cursor.since = last.as_str().unwrap_or(&cursor.since).to_owned();
        }
        cursor.next = reply
            .next_link()
            .and_then(|link| org.path_of(link))
            .or(cursor.next);
        if count > 0 {
            server
                .writer
                .accept(events)
                .await
                .map_err(|error| error.to_string())?;
        }
        save(server, connection, &cursor)
            .await
            .map_err(|error| error.to_string())?;
        if count < PAGE {
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

fn first_page(cursor: &Cursor) -> String {
    let filter = cursor
        .types
        .iter()
        .map(|text| format!("eventType eq \"{text}\""))
        .collect::<Vec<_>>()
        .join(" or ");
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("since", &cursor.since)
        .append_pair("sortOrder", "ASCENDING")
        .append_pair("limit", &PAGE.to_string())
        .append_pair("filter", &filter)
        .finish();
    format!("/api/v1/logs?{query}")
}

fn events_of(connection: &ConnectionId, reply: &Reply) -> Vec<InboxEvent> {
    let list = reply.body.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .filter_map(|event| {
            let text = |key: &str| event.get(key).and_then(Json::as_str);
            Some(InboxEvent {
                id: clock::new_id(),
                connection: connection.clone(),
                event_uuid: text("uuid")?.to_owned(),
                event_type: text("eventType")?.to_owned(),
                payload: event.to_string(),
                received_at: clock::now_ms(),
            })
        })
        .collect()
}

async fn save(
    server: &Arc<Server>,
    connection: &ConnectionId,
    cursor: &Cursor,
) -> Result<(), StoreError> {
    let text =
        serde_json::to_string(cursor).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let write = Write::Cursor {
        connection: connection.clone(),
        position: text,
        at: clock::now_ms(),
    };
    server.writer.submit(vec![write]).await
}

/// Turns accepted events into runs, for ever.
pub(crate) async fn keep_handling(server: Arc<Server>) {
    let mut watch = server.store.watch_work();
    loop {
        match inbox::claim(&server.store, clock::now_ms(), HOLD_MS, 200).await {
            Ok(events) if events.is_empty() => {
                watch.wait(Duration::from_secs(1)).await;
            }
            Ok(events) => {
                for event in events {
                    if let Err(error) = handle(&server, &event).await {
                        tracing::error!(event.id = %event.id, %error, "an event could not be handled; it is tried again");
                    }
                }
            }
            Err(error) => {
                tracing::error!(%error, "accepted events could not be read");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

async fn handle(server: &Arc<Server>, event: &InboxEvent) -> Result<(), StoreError> {
    let log_event: Json = serde_json::from_str(&event.payload).unwrap_or(Json::Null);
    let cards = CARDS_BY_TYPE
        .get(event.event_type.as_str())
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut writes = Vec::new();
    if !cards.is_empty() {
        let delivery = EventDelivery {
            log_event,
            ..EventDelivery::default()
        };
        for trigger in triggers::matching(&server.store, &event.connection, cards).await? {
            let Some(card) = CardKey::parse(&trigger.card) else {
                continue;
            };
            let compiled = server
                .plans
                .get(&server.store, &trigger.flow, trigger.version)
                .await?;
            let first = compiled.document.steps.first();
            if !first.is_some_and(|start| cards::event_matches(start, &delivery)) {
                continue;
            }
            let outputs = cards::event_outputs(&card, &delivery);
            let run = start::queued(&trigger, Cause::Event, &outputs, compiled.plan.is_private());
            writes.push(Write::InsertRun(Box::new(run)));
        }
    }
    writes.push(Write::Handled {
        events: vec![event.id.clone()],
        at: clock::now_ms(),
    });
    server.writer.submit(writes).await
}
