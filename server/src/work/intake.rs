//! Events of orgs: delivered by event hooks and read from the System Log, kept in one inbox, turned into runs. Each event
//! starts one run per matching flow, once: the inbox knows every event by connection and uuid, whichever road it came.

use std::collections::{BTreeMap, BTreeSet};

use cards::event_types;
use flow::{CardKey, ConnectionId};
use serde_json::Value as Json;
use store::inbox::InboxEvent;
use store::triggers::Trigger;

use crate::clock;

mod delivery;
mod handling;
mod polling;

pub(crate) use delivery::{Delivery, Envelope};
pub(crate) use handling::{keep_handling, keep_sweeping};
pub(crate) use polling::{keep_polling, listens_from};

/// Longer ids and types are none of Okta's.
const LONGEST_WORD: usize = 200;

/// Returns which event types flows that are on want, by connection.
pub(super) fn wanted_types(listening: &[Trigger]) -> BTreeMap<ConnectionId, BTreeSet<String>> {
    let mut wanted: BTreeMap<ConnectionId, BTreeSet<String>> = BTreeMap::new();
    for trigger in listening {
        let (Some(connection), Some(card)) = (&trigger.connection, CardKey::parse(&trigger.card))
        else {
            continue;
        };
        // Events of directories are our own; nobody is asked for them.
        if card.module() == cards::active_directory::MODULE {
            continue;
        }
        let types = event_types(&card).iter().map(|text| (*text).to_owned());
        wanted.entry(connection.clone()).or_default().extend(types);
    }
    wanted
}

/// Returns a LogEvent as the inbox keeps it; nothing where it has no id or type, so that nobody could tell whether it was
/// there before or whom it starts. Whatever else it lacks is left to the cards.
pub(crate) fn to_keep(
    connection: &ConnectionId,
    event: &Json,
    envelope: Option<String>,
) -> Option<InboxEvent> {
    let word = |key: &str| {
        event
            .get(key)
            .and_then(Json::as_str)
            .filter(|text| !text.is_empty() && text.len() <= LONGEST_WORD)
            .filter(|text| text.chars().all(|letter| letter.is_ascii_graphic()))
            .map(str::to_owned)
    };
    Some(InboxEvent {
        id: clock::new_id(),
        connection: connection.clone(),
        event_uuid: word("uuid")?,
        event_type: word("eventType")?,
        payload: event.to_string(),
        envelope,
        received_at: clock::now_ms(),
    })
}
