//! Callers of API endpoints that wait for the answer of their run.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, PoisonError};

use engine::HttpAnswer;
use flow::RunId;
use tokio::sync::oneshot;

/// Who waits for which run. Only in memory: after a restart the run goes on, its caller is gone.
#[derive(Debug, Default)]
pub(crate) struct Replies {
    waiting: Mutex<HashMap<RunId, oneshot::Sender<HttpAnswer>>>,
}

impl Replies {
    /// Returns what will hold the answer of the run.
    pub(crate) fn wait_for(&self, run: &RunId) -> oneshot::Receiver<HttpAnswer> {
        let (sender, receiver) = oneshot::channel();
        self.lock().insert(run.clone(), sender);
        receiver
    }

    /// Returns what will hold the next answer of the run, unless somebody waits for it already.
    pub(crate) fn wait_if_nobody(&self, run: &RunId) -> Option<oneshot::Receiver<HttpAnswer>> {
        match self.lock().entry(run.clone()) {
            Entry::Occupied(_) => None,
            Entry::Vacant(place) => {
                let (sender, receiver) = oneshot::channel();
                place.insert(sender);
                Some(receiver)
            }
        }
    }

    /// Answers the caller of the run, the first time only.
    pub(crate) fn answer(&self, run: &RunId, answer: HttpAnswer) {
        let caller = self.lock().remove(run);
        if caller.is_some_and(|caller| caller.send(answer).is_err()) {
            tracing::debug!(run.id = %run, "the caller went away before the answer");
        }
    }

    /// Lets the caller of a run go without an answer.
    pub(crate) fn forget(&self, run: &RunId) {
        self.lock().remove(run);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<RunId, oneshot::Sender<HttpAnswer>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
