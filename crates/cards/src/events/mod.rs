//! Event cards of the Okta connector: one row for each, one file for each subject.

use std::collections::HashMap;
use std::sync::LazyLock;

use flow::{CardKey, Outputs, Step};

use crate::active_directory;
use crate::declare::Card;
use declare::Event;

mod declare;
mod delivery;

mod applications;
mod devices;
mod factors;
mod groups;
mod org;
mod policies;
mod users;

pub use delivery::EventDelivery;

static BY_KEY: LazyLock<HashMap<&'static str, &'static Event>> =
    LazyLock::new(|| all().map(|(event, _)| (event.key, event)).collect());

fn all() -> impl Iterator<Item = (&'static Event, &'static str)> {
    [
        (users::EVENTS.as_slice(), users::ICON),
        (groups::EVENTS.as_slice(), groups::ICON),
        (applications::EVENTS.as_slice(), applications::ICON),
        (factors::EVENTS.as_slice(), factors::ICON),
        (devices::EVENTS.as_slice(), devices::ICON),
        (policies::EVENTS.as_slice(), policies::ICON),
        (org::EVENTS.as_slice(), org::ICON),
    ]
    .into_iter()
    .flat_map(|(events, icon)| events.iter().map(move |event| (event, icon)))
}

pub(crate) fn cards() -> Vec<Card> {
    all().map(|(event, icon)| event.card(icon)).collect()
}

/// Returns the event types that start a flow with this card: those of Okta's System Log, or ours for imports of a directory;
/// none for other cards.
pub fn event_types(card: &CardKey) -> &'static [&'static str] {
    match BY_KEY.get(card.as_str()) {
        Some(event) => event.types,
        None => active_directory::event_types(card),
    }
}

/// Returns the outputs of an event card for one event. Missing actors, targets and details give null; targets are
/// picked by their type, never by position.
pub fn event_outputs(card: &CardKey, event: &EventDelivery) -> Outputs {
    match BY_KEY.get(card.as_str()) {
        Some(row) => delivery::outputs(row, event),
        None => active_directory::event_outputs(card, &event.log_event),
    }
}

/// Tells whether a flow that starts with this card takes the event: four cards can be narrowed to one application.
pub fn event_matches(start: &Step, event: &EventDelivery) -> bool {
    match BY_KEY.get(start.card.as_str()) {
        Some(row) => delivery::matches(row, start, event),
        None => active_directory::event_types(&start.card)
            .iter()
            .any(|known| event.log_event["eventType"] == **known),
    }
}
