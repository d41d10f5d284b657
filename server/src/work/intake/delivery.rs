//! What an event hook delivers, parsed at the edge: an envelope around up to a hundred LogEvents.

use flow::ConnectionId;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::inbox::InboxEvent;

/// An org sends up to 100 events at once; ten times as many are taken.
const MAX_EVENTS: usize = 1_000;
/// Headers that are passed on to flows, and their length together.
const MAX_HEADERS: usize = 64;
const MAX_HEADER_BYTES: usize = 8 << 10;

/// What comes around the events of one delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Envelope {
    /// Id of the delivery.
    pub(crate) event_id: String,
    /// When it was made.
    pub(crate) event_time: String,
    /// Which hook of which org made it.
    pub(crate) source: String,
    /// Its HTTP headers, without those that are secret.
    pub(crate) headers: Vec<(String, String)>,
}

/// A delivery.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Delivery {
    envelope: Envelope,
    events: Vec<Json>,
}

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "eventId", default)]
    id: Json,
    #[serde(rename = "eventTime", default)]
    time: Json,
    #[serde(default)]
    source: Json,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    events: Vec<Json>,
}

impl Delivery {
    /// Reads the body of a delivery. Refuses what is not JSON, has no list of events at `data.events`, or has too many;
    /// the text says what is wrong.
    pub(crate) fn parse(body: &[u8], headers: Vec<(String, String)>) -> Result<Self, String> {
        let body: Body = serde_json::from_slice(body)
            .map_err(|error| format!("This is not a delivery of an event hook: {error}."))?;
        if body.data.events.len() > MAX_EVENTS {
            return Err(format!("A delivery may hold {MAX_EVENTS} events at most."));
        }
        let text = |json: Json| match json {
            Json::String(text) => text,
            _ => String::new(),
        };
        let mut room = MAX_HEADER_BYTES;
        let headers = headers
            .into_iter()
            .take(MAX_HEADERS)
            .take_while(|(name, value)| {
                let taken = name.len() + value.len();
                let fits = taken <= room;
                room = room.saturating_sub(taken);
                fits
            })
            .collect();
        Ok(Self {
            envelope: Envelope {
                event_id: text(body.id),
                event_time: text(body.time),
                source: text(body.source),
                headers,
            },
            events: body.data.events,
        })
    }

    /// Returns its events as the inbox keeps them, and how many of them are none.
    pub(crate) fn to_keep(&self, connection: &ConnectionId) -> (Vec<InboxEvent>, usize) {
        let envelope = serde_json::to_string(&self.envelope).ok();
        let events: Vec<InboxEvent> = self
            .events
            .iter()
            .filter_map(|event| super::to_keep(connection, event, envelope.clone()))
            .collect();
        let odd = self.events.len() - events.len();
        (events, odd)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(body: &Json) -> Result<Delivery, String> {
        Delivery::parse(body.to_string().as_bytes(), Vec::new())
    }

    #[test]
    fn only_a_list_of_events_is_a_delivery() {
        for wrong in [
            json!(null),
            json!([]),
            json!({"data": {}}),
            json!({"data": {"events": {}}}),
            json!({"data": {"events": "x"}}),
            json!({"events": []}),
        ] {
            assert!(parse(&wrong).is_err(), "{wrong}");
        }
        assert!(Delivery::parse(b"{\"data\"", Vec::new()).is_err());
        let deep = format!(
            "{{\"data\":{{\"events\":{}1{}}}}}",
            "[".repeat(500),
            "]".repeat(500)
        );
        assert!(Delivery::parse(deep.as_bytes(), Vec::new()).is_err());
        let many: Vec<Json> = vec![json!({}); MAX_EVENTS + 1];
        assert!(parse(&json!({"data": {"events": many}})).is_err());
    }

    #[test]
    fn what_is_no_event_is_left_out_and_counted() {
        let event = json!({"uuid": "u", "eventType": "user.lifecycle.create", "actor": null});
        let delivery = parse(&json!({"data": {"events": [
            event, 1, null, {"uuid": "v"}, {"uuid": "", "eventType": "a.b"}, {"uuid": "u\u{0}", "eventType": "a.b"},
            {"uuid": "x".repeat(201), "eventType": "a.b"}
        ]}}))
        .unwrap();
        let (events, odd) = delivery.to_keep(&"c".into());
        assert_eq!((events.len(), odd), (1, 6));
        assert_eq!(events[0].payload, event.to_string());
        assert_eq!(delivery.envelope, Envelope::default());
    }

    #[test]
    fn headers_are_passed_on_up_to_a_length() {
        let header = |size: usize| ("x".to_owned(), "y".repeat(size));
        let body = json!({"eventId": "e", "eventTime": 7, "source": "s", "data": {"events": []}});
        let headers = vec![header(8_000), header(400), header(1)];
        let delivery = Delivery::parse(body.to_string().as_bytes(), headers).unwrap();
        assert_eq!(delivery.envelope.headers.len(), 1);
        assert_eq!(delivery.envelope.event_id, "e");
        assert_eq!(delivery.envelope.event_time, "");
    }
}
