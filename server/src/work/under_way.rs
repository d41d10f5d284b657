//! The runs under way in this process, so that stopping ends them before others take them up, and a person can cancel one.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Mutex, PoisonError};

use flow::RunId;
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

/// Tasks that carry runs.
#[derive(Debug, Default)]
pub(crate) struct UnderWay(Mutex<Tasks>);

#[derive(Debug, Default)]
struct Tasks {
    all: JoinSet<()>,
    by_run: HashMap<RunId, Task>,
}

#[derive(Debug)]
struct Task {
    abort: AbortHandle,
    /// Closed when the task is gone.
    alive: watch::Receiver<()>,
}

impl UnderWay {
    /// Carries the run of this id in a task of its own.
    pub(crate) fn spawn(&self, run: RunId, carried: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.lock();
        while tasks.all.try_join_next().is_some() {}
        // Now and then, so that what ended is forgotten at no cost for those that start.
        if tasks.by_run.len() > 64 + 2 * tasks.all.len() {
            tasks.by_run.retain(|_, task| !task.abort.is_finished());
        }
        let (life, alive) = watch::channel(());
        let abort = tasks.all.spawn(async move {
            let _life = life;
            carried.await;
        });
        tasks.by_run.insert(run, Task { abort, alive });
    }

    /// Breaks a run off at the next point where it waits, and returns when it stands still. Nothing happens where it is
    /// not here.
    pub(crate) async fn break_off(&self, run: &RunId) {
        let task = self.lock().by_run.remove(run);
        if let Some(mut task) = task {
            task.abort.abort();
            // Nothing is ever sent: this waits for the end of the task.
            while task.alive.changed().await.is_ok() {}
        }
    }

    /// Returns the ids of the runs that are under way here.
    pub(crate) fn ids(&self) -> Vec<RunId> {
        let tasks = self.lock();
        let running = tasks
            .by_run
            .iter()
            .filter(|(_, task)| !task.abort.is_finished());
        running.map(|(id, _)| id.clone()).collect()
    }

    /// Breaks all of them off, at the next point where they wait.
    pub(crate) async fn stop(&self) {
        let mut tasks = std::mem::take(&mut *self.lock());
        tasks.all.shutdown().await;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Tasks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
