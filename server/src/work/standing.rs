//! Where a run stands: how deep among its callers, with which place among the runs under way.

use std::sync::{Arc, Mutex, PoisonError};

use flow::FlowId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::tail::Tail;

/// Where a run stands among those that called each other.
#[derive(Clone)]
pub(crate) struct Standing {
    /// How many callers are above this run.
    pub(crate) depth: u32,
    /// This run, or one above it, began in an earlier life of the server: helper runs may exist already.
    pub(crate) is_resumed: bool,
    /// The flow at the top: it takes its turn at an org with the calls of all its helpers.
    pub(super) flow: FlowId,
    /// The ends of helper runs that are on their way to disk.
    pub(super) tail: Arc<Tail>,
    /// The place among the runs under way that the run and its helpers take together, until one of them waits.
    place: Arc<Mutex<Option<OwnedSemaphorePermit>>>,
}

impl Standing {
    /// Returns the standing of a run that nobody called.
    pub(crate) fn first(
        is_resumed: bool,
        flow: FlowId,
        place: Option<OwnedSemaphorePermit>,
    ) -> Self {
        Self {
            depth: 0,
            is_resumed,
            flow,
            tail: Arc::default(),
            place: Arc::new(Mutex::new(place)),
        }
    }

    /// Returns the standing of a helper run.
    pub(crate) fn below(&self, is_resumed: bool) -> Self {
        Self {
            depth: self.depth + 1,
            is_resumed,
            flow: self.flow.clone(),
            tail: Arc::clone(&self.tail),
            place: Arc::clone(&self.place),
        }
    }

    /// Steps aside, so that another run can have the place; nothing happens where too many stand aside already.
    pub(super) fn step_aside(&self, aside: &Arc<Semaphore>) {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        if place.is_some()
            && let Ok(stand) = Arc::clone(aside).try_acquire_owned()
        {
            *place = Some(stand);
        }
    }

    /// Lets other runs have the place. A run that has waited goes on without one.
    pub(super) fn give_place_up(&self) {
        drop(
            self.place
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
    }
}
