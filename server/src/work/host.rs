//! The world around one run: the journal on its way to disk, outside calls, helper runs, time.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use engine::{Answer, Call, ChildCall, EngineError, Entry, Event, Host, HttpAnswer, Outcome};
use flow::{CardError, RunId, Value};
use futures::future::BoxFuture;
use store::Write;
use store::runs::{RunRecord, RunRow, RunStatus, StatusChange};

use super::{calls, runner};
use crate::clock;
use crate::live::RunChanged;
use crate::state::Server;

/// Entries are written in parts of about this many bytes at most.
const PART: usize = 1 << 20;

/// The world around one run.
pub(crate) struct RunHost {
    pub(crate) server: Arc<Server>,
    pub(crate) row: RunRow,
    /// How many callers are above this run.
    pub(crate) depth: u32,
    /// This run, or one above it, began in an earlier life of the server: helper runs may exist already.
    pub(crate) is_resumed: bool,
    buffer: Mutex<Buffer>,
    next_part: AtomicI64,
}

struct Buffer {
    /// What must reach the disk with or before the first entries: the run itself, where it is not there yet.
    first: Option<RunRecord>,
    entries: Vec<Entry>,
    /// Only entries that a replay would make again.
    is_reproducible: bool,
}

impl RunHost {
    /// Returns the world of a run. `new` is the run where it is not on disk yet; `parts` is how many parts its journal has.
    pub(crate) fn new(
        server: Arc<Server>,
        row: RunRow,
        new: Option<RunRecord>,
        parts: i64,
        depth: u32,
        is_resumed: bool,
    ) -> Self {
        let buffer = Buffer {
            first: new,
            entries: Vec::new(),
            is_reproducible: true,
        };
        Self {
            server,
            row,
            depth,
            is_resumed,
            buffer: Mutex::new(buffer),
            next_part: AtomicI64::new(parts),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Buffer> {
        self.buffer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what waits to be written.
    fn take(&self, may_wait: bool) -> Option<Vec<Write>> {
        let mut buffer = self.lock();
        if buffer.first.is_none()
            && (buffer.entries.is_empty() || (may_wait && buffer.is_reproducible))
        {
            return None;
        }
        let mut writes = Vec::with_capacity(3);
        if let Some(run) = buffer.first.take() {
            writes.push(Write::InsertRun(Box::new(run)));
        }
        let entries = std::mem::take(&mut buffer.entries);
        buffer.is_reproducible = true;
        drop(buffer);
        let end = entries.iter().rev().find_map(|entry| match &entry.event {
            Event::Ended { outcome } => Some(self.end(outcome)),
            _ => None,
        });
        for part in parts(&entries) {
            let seq = self.next_part.fetch_add(1, Ordering::Relaxed);
            writes.push(Write::Journal {
                run: self.row.id.clone(),
                seq,
                entries: part,
            });
        }
        writes.extend(end.map(|change| Write::Status(Box::new(change))));
        Some(writes)
    }

    /// The last step of the run through its states.
    fn end(&self, outcome: &Outcome) -> StatusChange {
        let (status, result, failure) = match outcome {
            Outcome::Succeeded { returned } => (RunStatus::Succeeded, Some(returned), None),
            Outcome::Stopped { returned } => (RunStatus::Stopped, Some(returned), None),
            Outcome::Failed { error, step, .. } => {
                (RunStatus::Failed, None, Some((error.clone(), step.clone())))
            }
            Outcome::OutcomeUnknown { step, .. } => {
                let text =
                    "It is not known whether the call took effect. Look it up at the service.";
                (
                    RunStatus::OutcomeUnknown,
                    None,
                    Some((CardError::new("outcome_unknown", text), step.clone())),
                )
            }
        };
        let result = result.filter(|_| !self.row.is_private || self.row.parent_run.is_some());
        StatusChange {
            held_by: self.row.lease_owner.clone(),
            error_code: failure.as_ref().map(|(error, _)| error.code.clone()),
            error_message: failure.as_ref().map(|(error, _)| error.message.clone()),
            failed_step: failure.map(|(_, step)| step),
            result: result.and_then(|value| serde_json::to_string(value).ok()),
            ..StatusChange::new(
                self.row.id.clone(),
                RunStatus::Running,
                status,
                clock::now_ms(),
            )
        }
    }

    pub(crate) fn tell(&self, status: &'static str) {
        self.server.live.tell(RunChanged {
            id: self.row.id.clone(),
            flow: self.row.flow.clone(),
            status,
            parent: self.row.parent_run.clone(),
        });
    }

    pub(crate) fn id(&self) -> &RunId {
        &self.row.id
    }

    async fn write(&self, may_wait: bool) -> Result<(), EngineError> {
        let Some(writes) = self.take(may_wait) else {
            return Ok(());
        };
        self.server
            .writer
            .submit(writes)
            .await
            .map_err(|error| match error {
                store::StoreError::RunMoved { status } => {
                    EngineError::Taken(format!("it is {status:?} now"))
                }
                error => EngineError::Storage(error.to_string()),
            })?;
        self.tell("running");
        Ok(())
    }
}

/// Cuts entries into parts of a bounded size.
fn parts(entries: &[Entry]) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    for entry in entries {
        let Ok(text) = serde_json::to_string(entry) else {
            continue;
        };
        part.push(if part.is_empty() { '[' } else { ',' });
        part.push_str(&text);
        if part.len() > PART {
            part.push(']');
            parts.push(std::mem::take(&mut part));
        }
    }
    if !part.is_empty() {
        part.push(']');
        parts.push(part);
    }
    parts
}

impl Host for RunHost {
    fn now(&self) -> DateTime<Utc> {
        clock::now()
    }

    fn random(&self) -> u64 {
        rand::random()
    }

    fn call(&self, call: Call) -> BoxFuture<'_, Result<Answer, CardError>> {
        Box::pin(async move {
            let path = call.path.clone();
            let record = |event: Event| {
                self.record(Entry {
                    at_ms: clock::now_ms(),
                    path: path.clone(),
                    private: self.row.is_private,
                    event,
                });
            };
            calls::make(&self.server, call, self.is_resumed, &record).await
        })
    }

    fn child(&self, child: ChildCall) -> BoxFuture<'_, Result<Value, CardError>> {
        Box::pin(runner::child(self, child))
    }

    fn record(&self, entry: Entry) {
        let mut buffer = self.lock();
        buffer.is_reproducible &= entry.event.is_reproducible();
        buffer.entries.push(entry);
    }

    fn durable(&self) -> BoxFuture<'_, Result<(), EngineError>> {
        Box::pin(self.write(true))
    }

    fn sleep_until(&self, at: DateTime<Utc>) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if let Err(error) = self.write(false).await {
                tracing::warn!(run.id = %self.row.id, %error, "a wait could not be noted");
            }
            self.tell("waiting");
            let wait = (at - clock::now()).to_std().unwrap_or_default();
            tokio::time::sleep(wait).await;
        })
    }

    fn reply(&self, reply: HttpAnswer) {
        self.server.replies.answer(&self.row.id, reply);
    }
}
