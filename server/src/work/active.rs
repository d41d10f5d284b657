//! Which flows are on, in memory: endpoints and helper calls ask for every run. A server that has its database for itself
//! keeps what it knows until somebody turns a flow on or off here; one that shares it looks again after a second.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use flow::FlowId;
use store::triggers::{self, Trigger};
use store::{Store, StoreError};

/// How long a server believes what others may have changed.
const SHARED: Duration = Duration::from_secs(1);
/// Flows kept; all are forgotten when it is full.
const KEPT: usize = 10_000;

/// What starts flows, by flow.
#[derive(Debug, Default)]
pub(crate) struct Active {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// Counts changes, so that an answer that was under way meanwhile is not kept.
    changes: u64,
    by_flow: HashMap<FlowId, (Instant, Arc<Trigger>)>,
}

impl Active {
    /// Returns what starts the flow, if it is on.
    pub(crate) async fn find(
        &self,
        store: &Store,
        flow: &FlowId,
    ) -> Result<Option<Arc<Trigger>>, StoreError> {
        let changes = {
            let known = self.lock();
            match known.by_flow.get(flow) {
                Some((since, trigger)) if !store.is_shared() || since.elapsed() < SHARED => {
                    return Ok(Some(Arc::clone(trigger)));
                }
                _ => known.changes,
            }
        };
        let Some(trigger) = triggers::find(store, flow).await?.map(Arc::new) else {
            return Ok(None);
        };
        let mut known = self.lock();
        if known.changes == changes {
            if known.by_flow.len() >= KEPT {
                known.by_flow.clear();
            }
            let kept = (Instant::now(), Arc::clone(&trigger));
            known.by_flow.insert(flow.clone(), kept);
        }
        Ok(Some(trigger))
    }

    /// Forgets a flow that was turned on or off, or deleted.
    pub(crate) fn forget(&self, flow: &FlowId) {
        let mut known = self.lock();
        known.changes += 1;
        known.by_flow.remove(flow);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
