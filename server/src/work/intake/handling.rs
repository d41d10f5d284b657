//! From the inbox to runs: whichever flows are on, listen to this connection and start with a card of this event type.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use cards::{EventDelivery, Language};
use chrono::DateTime;
use flow::{CardKey, CardKind, ConnectionId};
use futures::future::join_all;
use serde_json::Value as Json;
use store::inbox::{self, InboxEvent};
use store::runs::Cause;
use store::triggers::{self, Trigger};
use store::{StoreError, Write};

use super::Envelope;
use crate::clock;
use crate::state::Server;
use crate::work::start;

/// While events are being handled, nobody else handles them.
const HOLD_MS: i64 = 30_000;
/// Events handled together.
const TOGETHER: u32 = 200;
/// Handled events are remembered for this long, so that none starts its flows again: longer than any hook delivers
/// again, and than polling falls behind.
const REMEMBERED_MS: i64 = 30 * 86_400_000;

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

/// Turns accepted events into runs, for ever.
pub(crate) async fn keep_handling(server: Arc<Server>) {
    let mut watch = server.store.watch_work();
    loop {
        match inbox::claim(&server.store, clock::now_ms(), HOLD_MS, TOGETHER).await {
            Ok(events) if events.is_empty() => {
                watch.wait(Duration::from_secs(1)).await;
            }
            Ok(events) => handle(&server, events).await,
            Err(error) => {
                tracing::error!(%error, "accepted events could not be read");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// Forgets events that were handled long ago, for ever.
pub(crate) async fn keep_sweeping(server: Arc<Server>) {
    loop {
        let before = clock::now_ms() - REMEMBERED_MS;
        match inbox::delete_handled(&server.store, before, 10_000).await {
            // There may be more.
            Ok(10_000) => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "events of long ago could not be removed"),
        }
        tokio::time::sleep(Duration::from_secs(3_600)).await;
    }
}

/// Which flows an event of a connection starts; asked once for all events that are handled together.
type Listeners = HashMap<(ConnectionId, String), Vec<Trigger>>;

/// Handles each event for itself: what becomes of one does not touch the others. They share commits nevertheless, as the
/// writer gathers what is asked for at once.
async fn handle(server: &Arc<Server>, events: Vec<InboxEvent>) {
    let mut listeners = Listeners::new();
    let mut written = Vec::with_capacity(events.len());
    for event in &events {
        match starts(server, event, &mut listeners).await {
            Ok(mut writes) => {
                writes.push(Write::Handled {
                    events: vec![event.id.clone()],
                    at: clock::now_ms(),
                });
                written.push(async move { (event, server.writer.submit(writes).await) });
            }
            Err(error) => failed(event, &error),
        }
    }
    for (event, result) in join_all(written).await {
        if let Err(error) = result {
            failed(event, &error);
        }
    }
}

fn failed(event: &InboxEvent, error: &StoreError) {
    tracing::error!(event.id = %event.id, %error, "an event could not be handled; it is tried again");
}

/// Returns the runs that an event starts.
async fn starts(
    server: &Arc<Server>,
    event: &InboxEvent,
    listeners: &mut Listeners,
) -> Result<Vec<Write>, StoreError> {
    let asked = (event.connection.clone(), event.event_type.clone());
    if !listeners.contains_key(&asked) {
        let cards = CARDS_BY_TYPE
            .get(event.event_type.as_str())
            .map(Vec::as_slice)
            .unwrap_or_default();
        let found = triggers::matching(&server.store, &event.connection, cards).await?;
        listeners.insert(asked.clone(), found);
    }
    let Some(listening) = listeners.get(&asked).filter(|found| !found.is_empty()) else {
        return Ok(Vec::new());
    };
    let delivery = delivery_of(event);
    let mut runs = Vec::new();
    for trigger in listening {
        if let Some(run) = run_of(server, trigger, &delivery).await? {
            runs.push(run);
        }
    }
    Ok(runs)
}

async fn run_of(
    server: &Arc<Server>,
    trigger: &Trigger,
    delivery: &EventDelivery,
) -> Result<Option<Write>, StoreError> {
    let Some(card) = CardKey::parse(&trigger.card) else {
        return Ok(None);
    };
    if happened_before(delivery, trigger.since) {
        return Ok(None);
    }
    let got = server
        .plans
        .get(&server.store, &trigger.flow, trigger.version);
    let compiled = match got.await {
        Ok(compiled) => compiled,
        // Trying again would not help, and the other flows that listen must not wait for it.
        Err(error @ (StoreError::NotFound { .. } | StoreError::Corrupt(_))) => {
            tracing::error!(flow.id = %trigger.flow, %error, "a flow that is on cannot be started");
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let first = compiled.document.steps.first();
    if !first.is_some_and(|start| cards::event_matches(start, delivery)) {
        return Ok(None);
    }
    let outputs = cards::event_outputs(&card, delivery);
    let is_private = compiled.plan.is_private();
    let mut run = start::queued(trigger, Cause::Event, &outputs, is_private);
    run.row.subject = subject(&delivery.log_event).filter(|_| !is_private);
    Ok(Some(Write::InsertRun(Box::new(run))))
}

/// Whom an event is about: the first user among its targets, else whoever acted.
fn subject(event: &Json) -> Option<String> {
    const LONGEST: usize = 200;
    let targets = event["target"].as_array().map_or(&[][..], Vec::as_slice);
    let user = targets.iter().find(|target| target["type"] == "User");
    let login = user.unwrap_or(&event["actor"])["alternateId"].as_str()?;
    Some(login.chars().take(LONGEST).collect()).filter(|login: &String| !login.is_empty())
}

/// Tells whether the event happened before the flow listened. One without a time may have happened at any.
fn happened_before(delivery: &EventDelivery, since: Option<i64>) -> bool {
    let published = delivery
        .log_event
        .get("published")
        .and_then(Json::as_str)
        .and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    matches!((published, since), (Some(at), Some(since)) if at.timestamp_millis() < since)
}

fn delivery_of(event: &InboxEvent) -> EventDelivery {
    let envelope: Envelope = event
        .envelope
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    EventDelivery {
        log_event: serde_json::from_str(&event.payload).unwrap_or(Json::Null),
        event_id: envelope.event_id,
        event_time: envelope.event_time,
        source: envelope.source,
        headers: envelope.headers,
    }
}
