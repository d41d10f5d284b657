//! Steps that can be undone, kept in the tab while a flow is not open: after a reload or a visit to another page they are
//! there again, as long as the flow is what it was. They leave with the tab.

use flow::Flow;
use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use web_sys::Storage;

use crate::canvas::history::History;

/// The steps of one flow may take this much, in bytes of JSON; a browser gives a tab about five million characters.
const ROOM: usize = 1_500_000;
const PREFIX: &str = "nagare.steps.";

#[derive(Serialize, Deserialize)]
struct Kept {
    /// Of the flow as the steps left it.
    mark: u64,
    history: History,
}

/// Keeps the steps of a flow. Tells whether there was room.
pub(super) fn remember(flow: &Flow, mut history: History) -> bool {
    if flow.id.as_str().is_empty() {
        return true;
    }
    let Some(storage) = storage() else {
        return true;
    };
    let key = format!("{PREFIX}{}", flow.id);
    if !history.can_undo() && !history.can_redo() {
        return storage.remove_item(&key).is_ok();
    }
    history.pause();
    history.keep_within(ROOM);
    let kept = Kept {
        mark: mark(flow),
        history,
    };
    let Ok(text) = serde_json::to_string(&kept) else {
        return false;
    };
    storage.set_item(&key, &text).is_ok() || {
        forget_others(&storage, &key);
        storage.set_item(&key, &text).is_ok()
    }
}

/// Returns the steps of a flow, once, if it still is what it was when they were kept.
pub(super) fn recall(flow: &Flow) -> Option<History> {
    let storage = storage()?;
    let key = format!("{PREFIX}{}", flow.id);
    let text = storage.get_item(&key).ok()??;
    let kept: Kept = serde_json::from_str(&text).ok()?;
    (kept.mark == mark(flow)).then(|| kept.history.weighed())
}

fn storage() -> Option<Storage> {
    window().session_storage().ok()?
}

/// Makes room: the steps of other flows go.
fn forget_others(storage: &Storage, ours: &str) {
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count)
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|key| key.starts_with(PREFIX) && key != ours)
        .collect();
    for key in keys {
        if storage.remove_item(&key).is_err() {
            leptos::logging::warn!("{key} cannot be removed from the tab");
        }
    }
}

/// A short sign of what a flow is: FNV-1a of its JSON. Steps of a flow that is another one cannot be undone; one that is the
/// same, whoever saved it, they fit.
fn mark(flow: &Flow) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let bytes = serde_json::to_vec(flow).unwrap_or_default();
    bytes.iter().fold(OFFSET, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(PRIME)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::branched;

    #[test]
    fn another_flow_has_another_mark() {
        let flow = branched();
        let mut other = branched();
        assert_eq!(mark(&flow), mark(&other));
        other.steps.swap(1, 2);
        assert_ne!(mark(&flow), mark(&other));
        other = branched();
        other.description = "x".into();
        assert_ne!(mark(&flow), mark(&other));
    }
}
