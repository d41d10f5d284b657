//! One governor per org: lets calls go, one flow after the other, as far as the org's rate limits and its limit of
//! concurrency allow, so that a run gets slower rather than fails. Learns everything from the headers of answers, so
//! several servers that share an org get along. [`desk`] decides; this file only waits.

mod desk;

mod family;

mod bucket;
mod line;
mod minutes;
mod places;
mod said;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use flow::FlowId;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::Instant;

use crate::reply::Reply;
use desk::{Ask, Desk};
use family::Family;
use said::Said;

pub use bucket::Standing;
pub use desk::Budget;
pub use minutes::Minute;
pub(crate) use said::retry_after_ms;

/// Calls that wait in line at most; more wait to be let in.
const MOST_WAITING: usize = 10_000;
/// A bucket that answers nothing but 429 for this long is given up.
const GIVEN_UP_AFTER_MS: i64 = 60 * 60_000;

/// Paces the calls to one org.
#[derive(Debug)]
pub(crate) struct Governor {
    state: Mutex<State>,
    /// Something happened that may let somebody go earlier than was thought.
    changed: Notify,
    door: Arc<Semaphore>,
    began: Instant,
    began_ms: i64,
}

#[derive(Debug, Default)]
struct State {
    desk: Desk,
    /// Who is told to go.
    told: HashMap<u64, oneshot::Sender<()>>,
    /// A task watches the time for those who wait.
    is_watched: bool,
}

/// What a call has to say before it may leave.
#[derive(Clone, Debug)]
pub(crate) struct Wish<'w> {
    /// HTTP method.
    pub(crate) method: &'w str,
    /// Path, perhaps with a query.
    pub(crate) path: &'w str,
    /// The flow that takes its turn; none for the server itself.
    pub(crate) flow: Option<&'w FlowId>,
    /// This much of the bucket is left to others, in percent.
    pub(crate) leave_percent: u8,
    /// It was refused with 429 and comes again.
    pub(crate) is_again: bool,
}

/// A place among the calls under way. Given back when dropped.
#[derive(Debug)]
pub(crate) struct Place {
    governor: Arc<Governor>,
    id: u64,
    _door: Option<OwnedSemaphorePermit>,
}

impl Governor {
    /// Returns the governor of an org of which nothing is known. `now_ms` is the time; from here on it passes by itself.
    pub(crate) fn new(now_ms: i64) -> Self {
        Self {
            state: Mutex::default(),
            changed: Notify::new(),
            door: Arc::new(Semaphore::new(MOST_WAITING)),
            began: Instant::now(),
            began_ms: now_ms,
        }
    }

    fn now_ms(&self) -> i64 {
        self.began_ms + i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX / 2)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the call may leave. Dropping the future gives up the place in the line.
    pub(crate) async fn enter(self: &Arc<Self>, wish: &Wish<'_>) -> Place {
        let ask = Ask {
            family: Family::of(wish.method, wish.path),
            flow: wish
                .flow
                .map_or_else(|| Arc::from(""), |flow| Arc::from(flow.as_str())),
            leave_percent: wish.leave_percent.min(100),
            is_again: wish.is_again,
        };
        let door = Arc::clone(&self.door).acquire_owned().await.ok();
        let (tell, told) = oneshot::channel();
        let place = {
            let mut state = self.lock();
            let id = state.desk.arrive(ask);
            state.told.insert(id, tell);
            self.settle(&mut state);
            Place {
                governor: Arc::clone(self),
                id,
                _door: door,
            }
        };
        // The sender is dropped only with its place.
        if told.await.is_err() {
            tracing::warn!("a call left without being told");
        }
        place
    }

    /// Lets go who may.
    fn let_go(&self, state: &mut State) {
        for id in state.desk.dispatch(self.now_ms()) {
            // Who is gone gives the place back by dropping it.
            let told = state.told.remove(&id).map(|tell| tell.send(()));
            tracing::trace!(id, is_heard = told == Some(Ok(())), "a call may leave");
        }
    }

    /// Lets go who may, and sees to it that somebody watches the time for the others.
    fn settle(self: &Arc<Self>, state: &mut State) {
        self.let_go(state);
        if !state.desk.has_waiting() {
            return;
        }
        if state.is_watched {
            self.changed.notify_one();
        } else {
            state.is_watched = true;
            tokio::spawn(watch(Arc::clone(self)));
        }
    }

    /// Returns until when to wait where the bucket of a call answers nothing but 429 for so long that it is given up.
    pub(crate) fn is_given_up(&self, method: &str, path: &str) -> Option<Option<i64>> {
        let now = self.now_ms();
        let (refused_ms, until) = self.lock().desk.refused_for(&Family::of(method, path), now);
        (refused_ms > GIVEN_UP_AFTER_MS).then_some(until)
    }

    /// Returns how the org stands.
    pub(crate) fn budget(&self) -> Budget {
        self.lock().desk.budget(self.now_ms())
    }
}

/// Lets go who may as time passes, until nobody waits.
async fn watch(governor: Arc<Governor>) {
    loop {
        let wait = {
            let mut state = governor.lock();
            governor.let_go(&mut state);
            if !state.desk.has_waiting() {
                state.is_watched = false;
                return;
            }
            let now = governor.now_ms();
            let wakes_at = state.desk.wakes_at(now);
            wakes_at.map(|at| Duration::from_millis(u64::try_from(at - now).unwrap_or(0)))
        };
        let changed = governor.changed.notified();
        match wait {
            Some(wait) => drop(tokio::time::timeout(wait, changed).await),
            None => changed.await,
        }
    }
}

impl Place {
    /// The call was answered: takes note of what the answer says about limits.
    pub(crate) fn answered(self, reply: &Reply) {
        let said = Said::of(reply);
        let now = self.governor.now_ms();
        let mut state = self.governor.lock();
        state
            .desk
            .answered(self.id, now, &said, rand::random_range(0..1_000));
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.governor.lock();
        state.desk.leave(self.id);
        state.told.remove(&self.id);
        self.governor.settle(&mut state);
    }
}

#[cfg(test)]
mod storm;
#[cfg(test)]
mod tests;
