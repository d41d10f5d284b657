//! Event hooks at work: the one-time verification, and the delivery of batched events.
//!
//! Okta's promises are kept as they are: three seconds to answer, one retry on a time-out or a
//! server error, none on a client error, and then the events are gone.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use serde_json::{Value, json};

use crate::DeliveryFault;
use crate::http::{Answer, Call, OktaError, Reply, Shared, hook_party};
use crate::log::{By, Note, Origin, Party, kinds};
use crate::state::hook::Hook;
use crate::state::{Org, request_id, secret, stamp};

/// Most events that wait for delivery.
pub(crate) const MAX_WAITING: usize = 50_000;
/// Most events in one delivery.
const MAX_BATCH: usize = 100;
const TIMEOUT: Duration = Duration::from_secs(3);

/// Asks the address of a hook to repeat a challenge, and marks the hook verified if it does.
pub(crate) async fn verify(shared: &Shared, call: &Call, id: &str) -> Answer {
    let Some(hook) = shared.org().hooks.get(id).cloned() else {
        return Err(OktaError::not_found(id, "EventHook"));
    };
    let challenge = secret(40);
    let mut is_verified = false;
    for _ in 0..2 {
        if repeats(shared, &hook, &challenge).await {
            is_verified = true;
            break;
        }
    }
    let mut org = shared.org();
    if !is_verified {
        return Err(OktaError::validation(
            "verification",
            "The event hook endpoint did not repeat the verification challenge within 3 seconds",
        ));
    }
    let by = call.by(&org);
    let Some(hook) = org.hooks.get_mut(id) else {
        return Err(OktaError::not_found(id, "EventHook"));
    };
    hook.is_verified = true;
    hook.last_updated = call.at;
    let (reply, target) = (Reply::ok(hook.shown(&call.base)), hook_party(hook));
    org.note(&by, Note::of(&kinds::HOOK_VERIFY).to(target));
    Ok(reply)
}

async fn repeats(shared: &Shared, hook: &Hook, challenge: &str) -> bool {
    let request = with_headers(shared.client.get(&hook.uri), hook)
        .header("x-okta-verification-challenge", challenge)
        .timeout(TIMEOUT);
    let Ok(response) = request.send().await else {
        return false;
    };
    if response.status().as_u16() != 200 {
        return false;
    }
    let body: Value = response.json().await.unwrap_or_default();
    body["verification"].as_str() == Some(challenge)
}

fn with_headers(mut request: reqwest::RequestBuilder, hook: &Hook) -> reqwest::RequestBuilder {
    request = request.header("accept", "application/json");
    for (name, value) in hook.headers.iter().chain(&hook.secret) {
        request = request.header(name, value);
    }
    request
}

/// Delivers what waits, whenever the bell rings; ends with the task it runs in.
pub(crate) async fn deliver_forever(shared: Arc<Shared>) {
    loop {
        shared.bell.notified().await;
        deliver_waiting(&shared).await;
    }
}

async fn deliver_waiting(shared: &Shared) {
    let mut batches: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    {
        let mut org = shared.org();
        for (hook_id, event) in org.outbox.drain(..) {
            batches.entry(hook_id).or_default().push(event);
        }
    }
    join_all(
        batches
            .into_iter()
            .map(|(hook_id, events)| deliver_to(shared, hook_id, events)),
    )
    .await;
}

async fn deliver_to(shared: &Shared, hook_id: String, events: Vec<Value>) {
    for batch in events.chunks(MAX_BATCH) {
        let Some((hook, body)) = envelope(shared, &hook_id, batch) else {
            return;
        };
        let fault = shared.org().desk.take_delivery_fault();
        let body = match fault {
            Some(DeliveryFault::Lost) => continue,
            Some(DeliveryFault::Reversed) => reversed(body),
            Some(DeliveryFault::Twice) | None => body,
        };
        if fault == Some(DeliveryFault::Twice)
            && let Err(failure) = post(shared, &hook, &body).await
        {
            note_failure(shared, &hook, &failure.reason, batch.len());
        }
        let mut failure = post(shared, &hook, &body).await;
        if matches!(&failure, Err(failure) if failure.may_retry) {
            failure = post(shared, &hook, &body).await;
        }
        if let Err(failure) = failure {
            note_failure(shared, &hook, &failure.reason, batch.len());
        }
    }
}

fn reversed(mut body: Value) -> Value {
    if let Some(events) = body["data"]["events"].as_array_mut() {
        events.reverse();
    }
    body
}

fn envelope(shared: &Shared, hook_id: &str, events: &[Value]) -> Option<(Hook, Value)> {
    let mut org = shared.org();
    let hook = org.hooks.get(hook_id)?.clone();
    let event_id = org.dice.uuid();
    let body = json!({
        "eventType": "com.okta.event_hook",
        "eventTypeVersion": "1.0",
        "cloudEventsVersion": "0.1",
        "source": format!("{}/api/v1/eventHooks/{hook_id}", org.base_url),
        "eventId": event_id,
        "data": {"events": events},
        "eventTime": stamp(org.now()),
        "contentType": "application/json",
    });
    Some((hook, body))
}

struct Failure {
    reason: String,
    may_retry: bool,
}

async fn post(shared: &Shared, hook: &Hook, body: &Value) -> Result<(), Failure> {
    let request = with_headers(shared.client.post(&hook.uri), hook)
        .json(body)
        .timeout(TIMEOUT);
    match request.send().await {
        Ok(response) if response.status().is_success() => Ok(()),
        Ok(response) => Err(Failure {
            reason: format!("HTTP status {}", response.status().as_u16()),
            may_retry: response.status().is_server_error(),
        }),
        Err(error) => Err(Failure {
            reason: if error.is_timeout() {
                "The endpoint did not answer within 3 seconds".to_owned()
            } else {
                "The endpoint could not be reached".to_owned()
            },
            may_retry: true,
        }),
    }
}

/// The org as the one who does something, without anybody's request.
pub(crate) fn by_the_org(org: &Org, uri: &str) -> By {
    By {
        actor: Party::system(),
        origin: Arc::new(Origin {
            ip: String::new(),
            agent: String::new(),
            place: 0,
            request_id: request_id(),
            uri: uri.to_owned(),
            session: None,
            client_id: None,
            transaction: "JOB",
        }),
        at: org.now(),
    }
}

fn note_failure(shared: &Shared, hook: &Hook, reason: &str, events: usize) {
    let mut org = shared.org();
    let by = by_the_org(&org, "/eventHooks/delivery");
    let note = Note::of(&kinds::HOOK_DELIVERY)
        .to(hook_party(hook))
        .failed(reason)
        .with("eventCount", events.to_string());
    org.note(&by, note);
}
