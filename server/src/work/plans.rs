//! Versions of flows, compiled once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use engine::Plan;
use flow::{Flow, FlowId};
use store::{Store, StoreError, trials, versions};

/// Versions kept compiled; the oldest half goes when it is full.
const KEPT: usize = 1024;

/// A version that is ready to run.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) document: Flow,
    pub(crate) plan: Plan,
}

/// Compiled versions with their age.
type Kept = HashMap<(FlowId, i64), (u64, Arc<Compiled>)>;

/// Compiled versions by flow and number, and drafts that are tried out. Versions never change, so nothing here is ever stale.
#[derive(Default)]
pub(crate) struct Plans {
    compiled: Mutex<Kept>,
}

impl Plans {
    /// Returns a version, compiled.
    pub(crate) async fn get(
        &self,
        store: &Store,
        flow: &FlowId,
        version: i64,
    ) -> Result<Arc<Compiled>, StoreError> {
        let key = (flow.clone(), version);
        if let Some((_, known)) = self.lock().get(&key) {
            return Ok(Arc::clone(known));
        }
        let document = if version < 0 {
            trials::draft(store, flow, version).await?
        } else {
            versions::get(store, flow, version).await?.document
        };
        let compiled = Arc::new(Compiled {
            plan: Plan::compile(&document),
            document,
        });
        let mut kept = self.lock();
        if kept.len() >= KEPT {
            let mut ages: Vec<u64> = kept.values().map(|(age, _)| *age).collect();
            ages.sort_unstable();
            let middle = ages.get(ages.len() / 2).copied().unwrap_or(0);
            kept.retain(|_, (age, _)| *age > middle);
        }
        let age = kept.values().map(|(age, _)| *age).max().unwrap_or(0) + 1;
        kept.insert(key, (age, Arc::clone(&compiled)));
        Ok(compiled)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.compiled.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
