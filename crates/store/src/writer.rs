//! Group commit: one task writes what all runs and the intake want kept.
//!
//! While one transaction is being committed, whatever else is asked for queues up and goes into the next one. So a
//! thousand runs a second cost far fewer commits, and a commit is the only thing that anyone waits for. A job that
//! cannot be written does not harm the others in its transaction: they are written again one by one.

mod batch;
mod layers;

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flow::{ConnectionId, FlowId, RunId};
use tokio::sync::{mpsc, oneshot};

use self::batch::Line;
use crate::inbox::InboxEvent;
use crate::runs::{RunRecord, StatusChange};
use crate::{Store, StoreError};

/// Jobs that may wait; who brings more has to wait to be let in.
const QUEUE: usize = 4_096;
/// The most jobs in one transaction.
const MAX_JOBS: usize = 512;
/// The most bytes in one transaction.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// How often the writer lets others run before it begins a transaction. Costs microseconds where nobody else wants to.
const PATIENCE: usize = 4;

/// One thing to write.
#[derive(Clone, Debug)]
pub enum Write {
    /// Adds a run.
    InsertRun(Box<RunRecord>),
    /// Adds to the journal of a run.
    Journal {
        /// The run.
        run: RunId,
        /// Counts from 0 in each run, without gaps. One that is there already is refused.
        seq: i64,
        /// The entries, in the form that the engine gives them.
        entries: String,
    },
    /// Puts shorter entries in the place of a part of a journal: what a stream handed over is not needed again.
    Shorten {
        /// The run.
        run: RunId,
        /// The part.
        seq: i64,
        /// The entries, in the form that the engine gives them.
        entries: String,
    },
    /// Changes the status of a run; refused when the run is not as expected.
    Status(Box<StatusChange>),
    /// Takes away what went through a run that is over and whose flow saves no data: what it was started with, and its
    /// journal up to `entries`, which hold none. Nothing happens to any other run.
    Erase {
        /// The run.
        run: RunId,
        /// The entries without data, in the form that the engine gives them.
        entries: String,
    },
    /// Takes away what went through a run that is over, because somebody asks for it. Nothing happens to any other run.
    Clear {
        /// The run.
        run: RunId,
        /// The entries without data, in the form that the engine gives them.
        entries: String,
    },
    /// Takes away what helper runs returned whose flow saves no data: their caller is over and asks no more.
    EraseReturned {
        /// The caller.
        caller: RunId,
    },
    /// Accepts events; those that are known are left out.
    Accept(Vec<InboxEvent>),
    /// Marks events as handled. Refused when one of them was handled before, so that its runs start once.
    Handled {
        /// Our ids of the events.
        events: Vec<String>,
        /// When.
        at: i64,
    },
    /// Notes how far the log of a connection was read.
    Cursor {
        /// The connection.
        connection: ConnectionId,
        /// The place in the log.
        position: String,
        /// When.
        at: i64,
    },
    /// Moves the next time of a scheduled flow. Refused when it was moved before, so that each time starts one run.
    Scheduled {
        /// The flow.
        flow: FlowId,
        /// The time that has come.
        due: i64,
        /// The next one.
        next_at: Option<i64>,
    },
}

/// Writes in groups. Cheap to clone; the task ends when the last clone is dropped or the store is closed.
#[derive(Clone)]
pub struct Writer {
    jobs: mpsc::Sender<Job>,
    counts: Arc<Counts>,
}

/// Something that is on its way to disk. Dropping it does not take it back.
pub struct Receipt(oneshot::Receiver<Result<Vec<String>, StoreError>>);

impl Receipt {
    /// Waits until it is on disk.
    pub async fn written(self) -> Result<(), StoreError> {
        self.accepted().await.map(|_| ())
    }

    async fn accepted(self) -> Result<Vec<String>, StoreError> {
        self.0.await.map_err(|_| StoreError::closed())?
    }
}

/// What somebody wants written together.
pub(crate) struct Job {
    writes: Vec<Write>,
    bytes: usize,
    done: oneshot::Sender<Result<Vec<String>, StoreError>>,
}

#[derive(Default)]
struct Counts {
    jobs: AtomicU64,
    commits: AtomicU64,
}

impl Writer {
    /// Starts the task that writes.
    pub fn start(store: Store) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let counts = Arc::new(Counts::default());
        tokio::spawn(serve(store, queue, Arc::clone(&counts)));
        Self { jobs, counts }
    }

    /// Writes all of this or nothing, and returns when it is on disk. Dropping the future does not take it back.
    pub async fn submit(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        self.send(writes).await.map(|_| ())
    }

    /// Brings this into line to be written, all or nothing, and returns a receipt that tells when it is on disk. Jobs
    /// are written in the order in which they came into line.
    pub async fn submit_later(&self, writes: Vec<Write>) -> Result<Receipt, StoreError> {
        let (done, answer) = oneshot::channel();
        if writes.is_empty() {
            // Nobody waits for nothing.
            drop(done.send(Ok(Vec::new())));
            return Ok(Receipt(answer));
        }
        let bytes = writes.iter().map(Write::bytes).sum();
        let job = Job {
            writes,
            bytes,
            done,
        };
        self.jobs
            .send(job)
            .await
            .map_err(|_| StoreError::closed())?;
        Ok(Receipt(answer))
    }

    /// Accepts events and returns the ids of those that are new, when they are on disk.
    pub async fn accept(&self, events: Vec<InboxEvent>) -> Result<Vec<String>, StoreError> {
        self.send(vec![Write::Accept(events)]).await
    }

    /// Returns how many jobs were written.
    pub fn jobs(&self) -> u64 {
        self.counts.jobs.load(Ordering::Relaxed)
    }

    /// Returns how many transactions that took.
    pub fn commits(&self) -> u64 {
        self.counts.commits.load(Ordering::Relaxed)
    }

    async fn send(&self, writes: Vec<Write>) -> Result<Vec<String>, StoreError> {
        self.submit_later(writes).await?.accepted().await
    }
}

impl Write {
    /// Returns about how many bytes it takes.
    fn bytes(&self) -> usize {
        const ROW: usize = 200;
        ROW + match self {
            Self::InsertRun(run) => run.input.len() + run.result.as_ref().map_or(0, String::len),
            Self::Journal { entries, .. }
            | Self::Erase { entries, .. }
            | Self::Clear { entries, .. }
            | Self::Shorten { entries, .. } => entries.len(),
            Self::Status(change) => change.result.as_ref().map_or(0, String::len),
            Self::Accept(events) => events.iter().map(InboxEvent::bytes).sum(),
            Self::Handled { events, .. } => events.len() * 30,
            Self::Cursor { position, .. } => position.len(),
            Self::Scheduled { .. } | Self::EraseReturned { .. } => 0,
        }
    }
}

/// Takes what has queued while the last transaction was committed, and writes it.
async fn serve(store: Store, mut queue: mpsc::Receiver<Job>, counts: Arc<Counts>) {
    let mut line = Line::new(store.clone());
    // The pool closes when every connection has come back, so the writer must notice and let go of its own.
    let mut closed = pin!(store.pool().close_event());
    loop {
        let first = tokio::select! {
            biased;
            first = queue.recv() => first,
            () = &mut closed => None,
        };
        let Some(first) = first else {
            return;
        };
        // Those whom the last commit woke run now and bring what they want next, so that it fits into this one.
        for _ in 0..PATIENCE {
            tokio::task::yield_now().await;
        }
        let turn = store.turn().await;
        let jobs = take_queued(first, &mut queue);
        let (writes, askers): (Vec<_>, Vec<_>) =
            jobs.into_iter().map(|job| (job.writes, job.done)).unzip();
        let written = batch::write(&mut line, &writes).await;
        drop(turn);
        counts
            .jobs
            .fetch_add(writes.len() as u64, Ordering::Relaxed);
        counts.commits.fetch_add(written.commits, Ordering::Relaxed);
        for (asker, answer) in askers.into_iter().zip(written.answers) {
            // An asker that went away has nobody to tell.
            drop(asker.send(answer));
        }
    }
}

fn take_queued(first: Job, queue: &mut mpsc::Receiver<Job>) -> Vec<Job> {
    let mut bytes = first.bytes;
    let mut jobs = vec![first];
    while jobs.len() < MAX_JOBS && bytes < MAX_BYTES {
        let Ok(job) = queue.try_recv() else {
            break;
        };
        bytes += job.bytes;
        jobs.push(job);
    }
    jobs
}
