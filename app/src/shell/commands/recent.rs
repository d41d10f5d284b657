//! Where somebody went last in this browser: flows that were opened, and what was chosen in the palette.

use leptos::prelude::window;
use serde::{Deserialize, Serialize};

use super::items::{Act, Group, Item};

/// So many are remembered.
const MOST: usize = 8;
const NAME: &str = "nagare.recent-places";

/// A place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    to: String,
    name: String,
    icon: String,
}

/// Remembers that a flow was opened.
pub(crate) fn remember_flow(id: &str, name: &str) {
    remember(Place {
        to: format!("/flows/{id}"),
        name: name.to_owned(),
        icon: "workflow".to_owned(),
    });
}

/// Remembers where somebody went from the palette; pages of the navigation are always at hand.
pub(super) fn remember_item(item: &Item) {
    if let (Act::Go(to), true) = (&item.act, is_worth(item.group)) {
        remember(Place {
            to: to.clone(),
            name: item.name.clone(),
            icon: item.icon.clone(),
        });
    }
}

fn is_worth(group: Group) -> bool {
    matches!(
        group,
        Group::Flows | Group::Runs | Group::Connections | Group::Tables | Group::Recent
    )
}

/// Returns where somebody went last, the newest first, but not where they are.
pub(super) fn recent_items(here: &str) -> Vec<Item> {
    let places = read().into_iter().filter(|place| place.to != here);
    places
        .map(|place| Item::new(Group::Recent, &place.icon, place.name, Act::Go(place.to)))
        .collect()
}

fn remember(place: Place) {
    let places = with(read(), place);
    let storage = window().local_storage().ok().flatten();
    if let (Some(storage), Ok(text)) = (storage, serde_json::to_string(&places))
        && storage.set_item(NAME, &text).is_err()
    {
        leptos::logging::warn!("the browser keeps no recent places");
    }
}

fn with(mut places: Vec<Place>, place: Place) -> Vec<Place> {
    places.retain(|known| known.to != place.to);
    places.insert(0, place);
    places.truncate(MOST);
    places
}

fn read() -> Vec<Place> {
    let storage = window().local_storage().ok().flatten();
    let kept = storage.and_then(|storage| storage.get_item(NAME).ok().flatten());
    let places: Vec<Place> = kept
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    // Only our own pages: what is stored in the browser is not ours alone.
    let is_ours = |place: &Place| place.to.starts_with('/') && !place.to.starts_with("//");
    places.into_iter().filter(is_ours).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_there_once_with_its_newest_name() {
        let place = |to: &str, name: &str| Place {
            to: to.into(),
            name: name.into(),
            icon: "workflow".into(),
        };
        let mut places = Vec::new();
        for (to, name) in [("/flows/a", "Old"), ("/flows/b", "B"), ("/flows/a", "New")] {
            places = with(places, place(to, name));
        }
        assert_eq!(places, [place("/flows/a", "New"), place("/flows/b", "B")]);
        for index in 0..20 {
            places = with(places, place(&index.to_string(), "x"));
        }
        assert_eq!(places.len(), MOST);
    }
}
