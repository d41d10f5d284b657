//! Answers of orgs that are kept for some minutes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use api::Attribute;
use flow::ConnectionId;
use tokio::sync::Semaphore;

use super::lists::Item;

/// Answers are kept this long.
const FRESH_MS: i64 = 5 * 60_000;
/// And at most so many; each holds at most a thousand items.
const MOST: usize = 200;
/// Questions under way at once, over all orgs.
const PLACES: usize = 16;

/// What orgs have answered lately.
pub(crate) struct Lookups {
    known: Mutex<HashMap<(ConnectionId, String), Known>>,
    pub(super) places: Arc<Semaphore>,
}

/// An answer with its time.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) answer: Answer,
    /// Milliseconds since 1970 in UTC.
    pub(super) asked_at: i64,
}

/// An answer of an org.
#[derive(Clone)]
pub(super) enum Answer {
    /// A list, or a page of one.
    Items {
        /// The items.
        items: Arc<[Item]>,
        /// The cursor of what follows.
        next: Option<String>,
    },
    /// The attributes of a schema.
    Attributes(Arc<[Attribute]>),
}

impl Default for Lookups {
    fn default() -> Self {
        Self {
            known: Mutex::default(),
            places: Arc::new(Semaphore::new(PLACES)),
        }
    }
}

impl Lookups {
    pub(super) fn find(&self, id: &ConnectionId, question: &str, now_ms: i64) -> Option<Known> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.get(&(id.clone(), question.to_owned()))?;
        (now_ms - found.asked_at < FRESH_MS).then(|| found.clone())
    }

    pub(super) fn keep(&self, id: &ConnectionId, question: &str, answer: Known) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, kept| answer.asked_at - kept.asked_at < FRESH_MS);
        if known.len() >= MOST {
            let oldest = known
                .iter()
                .min_by_key(|(_, kept)| kept.asked_at)
                .map(|(key, _)| key.clone());
            if let Some(oldest) = oldest {
                known.remove(&oldest);
            }
        }
        known.insert((id.clone(), question.to_owned()), answer);
    }

    /// Forgets what the org of a connection answered: the account behind it is another one, or gone.
    pub(crate) fn forget(&self, id: &ConnectionId) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|(of, _), _| of != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(asked_at: i64) -> Known {
        let items: Arc<[Item]> = Arc::from([]);
        Known {
            answer: Answer::Items { items, next: None },
            asked_at,
        }
    }

    #[test]
    fn answers_age_and_their_number_is_bounded() {
        let (lookups, id) = (Lookups::default(), ConnectionId::from("c"));
        for n in 0..300 {
            lookups.keep(&id, &n.to_string(), answer(n));
        }
        assert_eq!(lookups.known.lock().unwrap().len(), MOST);
        assert!(lookups.find(&id, "99", 400).is_none(), "the oldest went");
        assert!(lookups.find(&id, "299", 400).is_some());
        assert!(lookups.find(&id, "299", 299 + FRESH_MS).is_none());
        lookups.forget(&id);
        assert!(lookups.find(&id, "299", 400).is_none());
    }
}
