//! The world around one run: the journal on its way to disk, outside calls, helper runs, time.

use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use engine::{Answer, Call, ChildCall, EngineError, Entry, Event, Host, HttpAnswer, Outcome, Path};
use flow::{CardError, RunId, Value};
use futures::future::BoxFuture;
use store::Write;
use store::runs::{RunRecord, RunRow, RunStatus, StatusChange};

use super::files::Owner;
use super::parts::OpenPages;
pub(crate) use super::standing::Standing;
use super::{calls, helpers, pausing, runner, start};
use crate::clock;
use crate::live::RunChanged;
use crate::state::Server;

/// A run whose call takes longer than this steps aside: it waits for a limit, or for a slow service.
const PLACE_HOLDS: Duration = Duration::from_secs(1);
/// Runs that stand aside at most.
pub(crate) const ASIDE: usize = 1_000;

/// The world around one run.
pub(crate) struct RunHost {
    pub(crate) server: Arc<Server>,
    pub(crate) row: RunRow,
    pub(crate) standing: Standing,
    buffer: Mutex<Buffer>,
    next_part: AtomicI64,
    pages: Mutex<OpenPages>,
    /// A helper run of this one keeps no data: what it returned goes when this run is over.
    has_private_helpers: AtomicBool,
    /// How long calls waited for rate limits since the run was taken up.
    waited_ms: AtomicI64,
}

/// Shorter waits are those of the machine, not of a limit.
const LEAST_WAIT_MS: i64 = 250;

struct Buffer {
    /// What must reach the disk with or before the first entries: the run itself, where it is not there yet.
    first: Option<RunRecord>,
    entries: Vec<Entry>,
    /// Only entries that a replay would make again.
    is_reproducible: bool,
}

/// What waited to be written.
struct Taken {
    first: Option<RunRecord>,
    entries: Vec<Entry>,
}

impl Taken {
    /// How the run ended for good, if it did so in these entries.
    fn ended(&self) -> Option<&Outcome> {
        match &self.entries.last()?.event {
            Event::Ended {
                outcome: Outcome::OutcomeUnknown { .. },
            } => None,
            Event::Ended { outcome } => Some(outcome),
            _ => None,
        }
    }
}

impl RunHost {
    /// Returns the world of a run. `new` is the run where it is not on disk yet; `parts` is how many parts its journal has.
    pub(crate) fn new(
        server: Arc<Server>,
        row: RunRow,
        new: Option<RunRecord>,
        parts: i64,
        standing: Standing,
    ) -> Self {
        let buffer = Buffer {
            first: new,
            entries: Vec::new(),
            is_reproducible: true,
        };
        Self {
            server,
            row,
            // Helpers of an earlier life may have been private.
            has_private_helpers: AtomicBool::new(standing.is_resumed),
            waited_ms: AtomicI64::new(0),
            standing,
            buffer: Mutex::new(buffer),
            next_part: AtomicI64::new(parts),
            pages: Mutex::default(),
        }
    }

    /// Takes note that a helper run keeps no data.
    pub(crate) fn note_private_helper(&self) {
        self.has_private_helpers.store(true, Ordering::Relaxed);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Buffer> {
        self.buffer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what waits to be written.
    fn take(&self, may_wait: bool) -> Option<Taken> {
        let mut buffer = self.lock();
        if buffer.first.is_none()
            && (buffer.entries.is_empty() || (may_wait && buffer.is_reproducible))
        {
            return None;
        }
        buffer.is_reproducible = true;
        Some(Taken {
            first: buffer.first.take(),
            entries: std::mem::take(&mut buffer.entries),
        })
    }

    /// Returns what is to be written, together.
    async fn writes(&self, taken: Taken) -> Result<Vec<Write>, EngineError> {
        let Taken { first, mut entries } = taken;
        let outcome = entries.iter().rev().find_map(|entry| match &entry.event {
            Event::Ended { outcome } => Some(outcome.clone()),
            _ => None,
        });
        let is_over = outcome
            .as_ref()
            .is_some_and(|outcome| !matches!(outcome, Outcome::OutcomeUnknown { .. }));
        let erases = is_over && self.row.is_private;
        let is_on_disk = first.is_none();
        let mut writes = Vec::with_capacity(4);
        if let Some(mut run) = first {
            if erases {
                run.input = start::encode(&Vec::new());
            }
            writes.push(Write::InsertRun(Box::new(run)));
        }
        if erases {
            entries = without_data(entries);
        }
        if erases && is_on_disk {
            let (earlier, _) = runner::history(&self.server, &self.row).await?;
            let mut all = without_data(earlier);
            all.append(&mut entries);
            writes.push(Write::Erase {
                run: self.row.id.clone(),
                entries: serde_json::to_string(&all)
                    .map_err(|error| EngineError::Storage(error.to_string()))?,
            });
        }
        let next = || self.next_part.fetch_add(1, Ordering::Relaxed);
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        writes.extend(pages.writes(&self.row.id, &entries, next));
        drop(pages);
        writes.extend(outcome.map(|outcome| Write::Status(Box::new(self.end(outcome)))));
        if is_over && self.has_private_helpers.load(Ordering::Relaxed) {
            writes.push(Write::EraseReturned {
                caller: self.row.id.clone(),
            });
        }
        Ok(writes)
    }

    /// Counts what a call of an org took beside its requests: the wait for its turn.
    fn note_wait(&self, took_ms: i64, answer: &Result<Answer, CardError>) {
        let Ok(answer) = answer else {
            return;
        };
        let sent: i64 = answer
            .trace
            .iter()
            .map(|call| i64::try_from(call.took_ms).unwrap_or(i64::MAX))
            .fold(0, i64::saturating_add);
        let waited = took_ms.saturating_sub(sent);
        if waited >= LEAST_WAIT_MS {
            self.waited_ms.fetch_add(waited, Ordering::Relaxed);
        }
    }

    /// The last step of the run through its states.
    fn end(&self, outcome: Outcome) -> StatusChange {
        // A caller that waits may ask for what a private helper run returned, and erases it at its own end.
        let is_waited_for = self.row.parent_run.is_some() && self.row.lease_owner.is_none();
        let keeps_result = !self.row.is_private || is_waited_for;
        let (status, result, failure) = match outcome {
            Outcome::Succeeded { returned } => (RunStatus::Succeeded, Some(returned), None),
            Outcome::Stopped { returned } => (RunStatus::Stopped, Some(returned), None),
            Outcome::Failed { error, step, .. } if self.row.is_private => (
                RunStatus::Failed,
                None,
                Some((engine::without_data(error), step)),
            ),
            Outcome::Failed { error, step, .. } => (RunStatus::Failed, None, Some((error, step))),
            Outcome::OutcomeUnknown { step, .. } => {
                let text =
                    "It is not known whether the call took effect. Look it up at the service.";
                let error = CardError::new("outcome_unknown", text);
                (RunStatus::OutcomeUnknown, None, Some((error, step)))
            }
        };
        let result = result.filter(|_| keeps_result);
        StatusChange {
            held_by: self.row.lease_owner.clone(),
            error_code: failure.as_ref().map(|(error, _)| error.code.clone()),
            error_message: failure.as_ref().map(|(error, _)| error.message.clone()),
            failed_step: failure.map(|(_, step)| step),
            result: result.and_then(|value| serde_json::to_string(&value).ok()),
            waited_ms: Some(self.waited_ms.load(Ordering::Relaxed)).filter(|waited| *waited > 0),
            ..StatusChange::new(
                self.row.id.clone(),
                RunStatus::Running,
                status,
                clock::now_ms(),
            )
        }
    }

    pub(crate) fn tell(&self, status: &'static str) {
        self.server.live.tell(self.news(status));
    }

    fn news(&self, status: &'static str) -> RunChanged {
        RunChanged {
            id: self.row.id.clone(),
            flow: self.row.flow.clone(),
            status,
            parent: self.row.parent_run.clone(),
        }
    }

    pub(crate) fn id(&self) -> &RunId {
        &self.row.id
    }

    async fn write(&self, may_wait: bool) -> Result<(), EngineError> {
        let taken = self.take(may_wait);
        let ended = taken.as_ref().and_then(Taken::ended);
        let ended = ended.filter(|_| self.standing.depth > 0).map(runner::word);
        let taken = match (taken, ended) {
            (Some(taken), Some(word)) => return self.end_later(taken, word).await,
            (taken, _) => taken,
        };
        // What helpers did is on disk before anything is called, and before their caller ends.
        let ended = self.standing.tail.wait(&self.server.live).await;
        ended.map_err(|error| EngineError::Storage(error.to_string()))?;
        let Some(taken) = taken else {
            return Ok(());
        };
        let writes = self.writes(taken).await?;
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

    /// Sends the end of a helper run on its way to disk. Who called it goes on meanwhile.
    async fn end_later(&self, taken: Taken, word: &'static str) -> Result<(), EngineError> {
        let writes = self.writes(taken).await?;
        let ended = async {
            let receipt = self.server.writer.submit_later(writes).await?;
            let (news, live) = (self.news(word), &self.server.live);
            self.standing.tail.add(receipt, news, live).await
        };
        let ended = ended.await;
        ended.map_err(|error| EngineError::Storage(error.to_string()))
    }
}

/// Returns entries with their data taken away, as a flow that saves none leaves them.
pub(crate) fn without_data(entries: Vec<Entry>) -> Vec<Entry> {
    entries
        .into_iter()
        .map(|entry| Entry {
            event: entry.event.without_data(),
            ..entry
        })
        .collect()
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
            let (flow, is_resumed) = (&self.standing.flow, self.standing.is_resumed);
            let owner = Owner {
                run: self.row.id.clone(),
                root_run: self.row.root_run.clone(),
            };
            let is_okta = call.card.module() == "okta";
            let made = calls::make(&self.server, flow, &owner, call, is_resumed, &record);
            let mut made = pin!(made);
            let begun = clock::now_ms();
            let answer = match tokio::time::timeout(PLACE_HOLDS, &mut made).await {
                Ok(answer) => answer,
                Err(_) => {
                    self.standing.step_aside(&self.server.aside);
                    made.await
                }
            };
            if is_okta {
                self.note_wait(clock::now_ms() - begun, &answer);
            }
            answer
        })
    }

    fn child(&self, child: ChildCall) -> BoxFuture<'_, Result<Value, CardError>> {
        Box::pin(helpers::child(self, child))
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
            if !wait.is_zero() {
                self.standing.give_place_up();
                tokio::time::sleep(wait).await;
            }
        })
    }

    fn pause(
        &self,
        path: &Path,
        until: DateTime<Utc>,
        answer: Option<HttpAnswer>,
    ) -> BoxFuture<'_, Result<Option<Value>, EngineError>> {
        let path = path.clone();
        Box::pin(async move {
            let ready = || {
                if let Some(answer) = answer {
                    self.reply(answer);
                }
                self.tell("waiting");
                self.standing.give_place_up();
            };
            pausing::wait(&self.server, self.id(), &path, until, ready).await
        })
    }

    fn resume_url(&self) -> Option<String> {
        Some(crate::http::resume_address(
            &self.server,
            &self.row.flow,
            &self.row.id,
        ))
    }

    fn reply(&self, reply: HttpAnswer) {
        self.server.replies.answer(&self.row.id, reply);
    }
}
