//! Runs of this server that wait to be resumed, and telling them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use engine::{EngineError, Path};
use flow::{RunId, Value};
use store::pauses;
use tokio::sync::Notify;

use crate::clock;
use crate::state::Server;

/// Who waits. What a run is resumed with is in the database; here is only who to tell.
#[derive(Debug, Default)]
pub(crate) struct Pauses {
    waiting: Mutex<HashMap<RunId, Arc<Notify>>>,
}

/// A run that waits; it does so no more when this is dropped.
struct Waiting<'p> {
    pauses: &'p Pauses,
    run: &'p RunId,
    told: Arc<Notify>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.pauses.lock().remove(self.run);
    }
}

impl Pauses {
    fn begin<'p>(&'p self, run: &'p RunId) -> Waiting<'p> {
        let told = Arc::new(Notify::new());
        self.lock().insert(run.clone(), Arc::clone(&told));
        Waiting {
            pauses: self,
            run,
            told,
        }
    }

    /// Tells whether the run waits in this server.
    pub(crate) fn has(&self, run: &RunId) -> bool {
        self.lock().contains_key(run)
    }

    /// Tells a run that it was resumed.
    pub(crate) fn tell(&self, run: &RunId) {
        if let Some(told) = self.lock().get(run) {
            told.notify_one();
        }
    }

    fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<RunId, Arc<Notify>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits until the run is resumed at this card, and returns with what; nothing when `until` has come. `ready` is called
/// once the run can be resumed.
pub(crate) async fn wait(
    server: &Server,
    run: &RunId,
    path: &Path,
    until: DateTime<Utc>,
    ready: impl FnOnce() + Send,
) -> Result<Option<Value>, EngineError> {
    let failed = |error: store::StoreError| EngineError::Storage(error.to_string());
    let until_ms = until.timestamp_millis();
    pauses::insert(&server.store, run, path.as_str(), until_ms)
        .await
        .map_err(failed)?;
    let waiting = server.pauses.begin(run);
    ready();
    loop {
        let given = pauses::given(&server.store, run, path.as_str())
            .await
            .map_err(failed)?;
        if let Some(text) = given {
            let given = serde_json::from_str(&text)
                .map_err(|error| EngineError::Storage(error.to_string()))?;
            return Ok(Some(given));
        }
        let left = (until - clock::now()).to_std().unwrap_or_default();
        if left.is_zero() {
            return Ok(None);
        }
        tokio::select! {
            () = waiting.told.notified() => {}
            () = tokio::time::sleep(left) => {}
        }
    }
}

/// Hears of runs that were resumed through another server, for ever.
pub(crate) async fn keep_listening(server: Arc<Server>) {
    const EVERY: Duration = Duration::from_secs(1);
    /// Clocks of servers may differ this much.
    const APART_MS: i64 = 30_000;
    if !server.store.is_shared() {
        return;
    }
    loop {
        tokio::time::sleep(EVERY).await;
        if server.pauses.is_empty() {
            continue;
        }
        match pauses::resumed_since(&server.store, clock::now_ms() - APART_MS).await {
            Ok(runs) => runs.iter().for_each(|run| server.pauses.tell(run)),
            Err(error) => tracing::error!(%error, "resumed runs could not be read"),
        }
    }
}
