//! The runs under way in this process, so that stopping ends them before others take them up.

use std::future::Future;
use std::sync::{Mutex, PoisonError};

use tokio::task::JoinSet;

/// Tasks that carry runs.
#[derive(Debug, Default)]
pub(crate) struct UnderWay(Mutex<JoinSet<()>>);

impl UnderWay {
    /// Carries a run in a task of its own.
    pub(crate) fn spawn(&self, run: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.lock();
        while tasks.try_join_next().is_some() {}
        tasks.spawn(run);
    }

    /// Breaks all of them off, at the next point where they wait.
    pub(crate) async fn stop(&self) {
        let mut tasks = std::mem::take(&mut *self.lock());
        tasks.shutdown().await;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, JoinSet<()>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
