//! Writing one group of jobs in one transaction, and where that fails, each job for itself.

use std::collections::HashSet;

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, Connection, Transaction};

use super::Write;
use super::layers::{Layer, Layers};
use crate::runs::RunStatus;
use crate::{Store, StoreError, inbox, journal, pauses, runs};

/// Rows in one statement. Few sizes, so that few statements are prepared.
const SIZES: [usize; 4] = [64, 16, 4, 1];

/// What became of a group.
pub(super) struct Written {
    /// For each job the ids of the events that were new, or why it was not written.
    pub(super) answers: Vec<Result<Vec<String>, StoreError>>,
    /// How many transactions it took.
    pub(super) commits: u64,
}

/// The connection that the writer keeps, so that readers cannot keep it waiting.
pub(super) struct Line {
    store: Store,
    connection: Option<PoolConnection<Any>>,
}

impl Line {
    pub(super) fn new(store: Store) -> Self {
        Self {
            store,
            connection: None,
        }
    }

    async fn begin(&mut self) -> Result<Transaction<'_, Any>, StoreError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.store.pool().acquire().await?,
        };
        let begin = self.store.dialect().begin();
        Ok(self.connection.insert(connection).begin_with(begin).await?)
    }

    /// Gives the connection back after a failure; the pool finds out whether it still works.
    fn hang_up(&mut self) {
        self.connection = None;
    }
}

/// Writes a group of jobs.
pub(super) async fn write(line: &mut Line, jobs: &[Vec<Write>]) -> Written {
    let mut written = together(line, jobs).await;
    if let Err(Failed::Before(error)) = &written {
        tracing::debug!(%error, jobs = jobs.len(), "a group could not be written at once; writing job by job");
        line.hang_up();
        written = one_by_one(line, jobs).await;
    }
    match written {
        Ok(answers) => {
            if jobs.iter().flatten().any(is_work) {
                line.store.announce_here();
            }
            Written {
                answers,
                commits: 1,
            }
        }
        Err(Failed::Before(error) | Failed::Commit(error)) => {
            tracing::error!(%error, jobs = jobs.len(), "a group could not be written");
            line.hang_up();
            Written {
                answers: jobs.iter().map(|_| Err(error.clone())).collect(),
                commits: 0,
            }
        }
    }
}

/// What became of each job.
type Answers = Vec<Result<Vec<String>, StoreError>>;

/// When a group failed: before the commit nothing is written, in the commit nobody knows.
enum Failed {
    Before(StoreError),
    Commit(StoreError),
}

impl<E: Into<StoreError>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self::Before(error.into())
    }
}

async fn together(line: &mut Line, jobs: &[Vec<Write>]) -> Result<Answers, Failed> {
    let store = line.store.clone();
    let mut transaction = line.begin().await?;
    let new = write_all(&mut transaction, jobs.iter().flatten()).await?;
    if jobs.iter().flatten().any(is_work) {
        store.announce_in(&mut transaction).await?;
    }
    commit(transaction).await?;
    Ok(jobs.iter().map(|job| Ok(new_of(job, &new))).collect())
}

async fn one_by_one(line: &mut Line, jobs: &[Vec<Write>]) -> Result<Answers, Failed> {
    let store = line.store.clone();
    let mut transaction = line.begin().await?;
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        let mut savepoint = transaction.begin().await?;
        match write_all(&mut savepoint, job).await {
            Ok(new) => {
                savepoint.commit().await?;
                answers.push(Ok(new_of(job, &new)));
            }
            Err(error) => {
                savepoint.rollback().await?;
                answers.push(Err(error));
            }
        }
    }
    store.announce_in(&mut transaction).await?;
    commit(transaction).await?;
    Ok(answers)
}

async fn commit(transaction: Transaction<'_, Any>) -> Result<(), Failed> {
    transaction
        .commit()
        .await
        .map_err(|error| Failed::Commit(error.into()))
}

/// Tells whether somebody has to be told that there is work.
fn is_work(write: &Write) -> bool {
    match write {
        Write::InsertRun(run) => run.row.status == RunStatus::Queued,
        Write::Status(change) => matches!(change.to, RunStatus::Queued | RunStatus::Waiting),
        Write::Accept(_) => true,
        _ => false,
    }
}

fn new_of(job: &[Write], new: &HashSet<String>) -> Vec<String> {
    if new.is_empty() {
        return Vec::new();
    }
    job.iter()
        .filter_map(|write| match write {
            Write::Accept(events) => Some(events),
            _ => None,
        })
        .flatten()
        .filter(|event| new.contains(&event.id))
        .map(|event| event.id.clone())
        .collect()
}

/// Writes everything, kind by kind, and returns the ids of the events that were new.
async fn write_all<'w>(
    on: &mut AnyConnection,
    writes: impl IntoIterator<Item = &'w Write>,
) -> Result<HashSet<String>, StoreError> {
    let layers = Layers::of(writes);
    let mut new = HashSet::new();
    for some in Chunks::of(&layers.accepts) {
        new.extend(inbox::accept_in(on, some).await?);
    }
    for layer in &layers.runs {
        write_layer(on, layer).await?;
    }
    for write in layers.rest {
        write_rest(on, write).await?;
    }
    Ok(new)
}

async fn write_layer(on: &mut AnyConnection, layer: &Layer<'_>) -> Result<(), StoreError> {
    for some in Chunks::of(&layer.inserts) {
        runs::insert_in(on, some).await?;
    }
    for some in Chunks::of(&layer.journals) {
        journal::append_in(on, some).await?;
    }
    for some in Chunks::of(&layer.statuses) {
        if runs::change_in(on, some).await? != some.len() {
            // Which one it was comes out when they are written one by one.
            return Err(runs::moved(on, &some[0].run).await);
        }
    }
    Ok(())
}

async fn write_rest(on: &mut AnyConnection, write: &Write) -> Result<(), StoreError> {
    match write {
        Write::Erase { run, entries } => {
            pauses::erase_in(on, run).await?;
            if runs::erase_in(on, run).await? {
                journal::replace_in(on, run, entries).await?;
            }
            Ok(())
        }
        Write::Clear { run, entries } => {
            pauses::erase_in(on, run).await?;
            if runs::clear_in(on, run).await? {
                journal::replace_in(on, run, entries).await?;
            }
            Ok(())
        }
        Write::Shorten { run, seq, entries } => journal::shorten_in(on, run, *seq, entries).await,
        Write::EraseReturned { caller } => runs::erase_returned_in(on, caller).await,
        Write::Handled { events, at } => {
            for some in Chunks::of(&events.iter().map(String::as_str).collect::<Vec<_>>()) {
                if inbox::handled_in(on, some, *at).await? != some.len() as u64 {
                    return Err(StoreError::Taken { what: "event" });
                }
            }
            Ok(())
        }
        Write::Cursor {
            connection,
            position,
            at,
        } => inbox::save_cursor_in(on, connection, position, *at).await,
        Write::Scheduled { flow, due, next_at } => {
            let moved = sqlx::query(
                "update flow_trigger set next_at = $1 where flow = $2 and next_at = $3",
            )
            .bind(*next_at)
            .bind(flow.as_str())
            .bind(*due)
            .execute(on)
            .await?;
            match moved.rows_affected() {
                0 => Err(StoreError::Taken {
                    what: "scheduled time",
                }),
                _ => Ok(()),
            }
        }
        Write::InsertRun(_) | Write::Journal { .. } | Write::Status(_) | Write::Accept(_) => Ok(()),
    }
}

/// Cuts a list into pieces of the sizes in [`SIZES`], the greatest first.
struct Chunks<'s, T> {
    rest: &'s [T],
}

impl<'s, T> Chunks<'s, T> {
    fn of(rest: &'s [T]) -> Self {
        Self { rest }
    }
}

impl<'s, T> Iterator for Chunks<'s, T> {
    type Item = &'s [T];

    fn next(&mut self) -> Option<&'s [T]> {
        let size = SIZES.into_iter().find(|size| *size <= self.rest.len())?;
        let (some, rest) = self.rest.split_at(size);
        self.rest = rest;
        Some(some)
    }
}
