//! Takes up imports that are to be planned or carried out, and begins those whose time has come. Several servers may; the
//! database gives each import to one of them for a while.

use std::sync::Arc;
use std::time::Duration;

use directory::import::increments::Wish;
use flow::Schedule;
use store::StoreError;
use store::directories::imports::{self, ImportRow, ImportStatus};
use store::directories::{self, DirectoryRow};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::Trouble;
use super::carry::carry;
use super::choices::{Asked, Timetable};
use super::plan::{plan, write};
use super::telling;
use crate::clock;
use crate::state::Server;
use crate::work::schedule::Planned;

/// How long an import is ours without saying so again, in milliseconds.
const LEASE_MS: i64 = 60_000;
/// How often that is said.
const SAY_AGAIN: Duration = Duration::from_secs(10);
/// How long an import rests whose org or directory does not answer, in milliseconds.
const REST_MS: i64 = 30_000;
/// How long the lines of imports that are over are kept, in milliseconds: 90 days.
const KEEP_MS: i64 = 90 * 86_400_000;

/// An import that this server works on.
pub(crate) struct Hold<'a> {
    server: &'a Server,
    import: &'a str,
    said_at: Mutex<Instant>,
}

impl<'a> Hold<'a> {
    fn new(server: &'a Server, import: &'a str) -> Self {
        Self {
            server,
            import,
            said_at: Mutex::new(Instant::now()),
        }
    }

    /// Says now and then that the import is still ours; [`Trouble::Stopped`] when it is not.
    pub(crate) async fn go_on(&self) -> Result<(), Trouble> {
        let is_time = {
            let mut said_at = self.said_at.lock().await;
            let is_time = said_at.elapsed() >= SAY_AGAIN;
            if is_time {
                *said_at = Instant::now();
            }
            is_time
        };
        if !is_time {
            return Ok(());
        }
        let until = clock::now_ms() + LEASE_MS;
        let worker = &self.server.worker;
        if imports::hold(&self.server.store, self.import, worker, until).await? {
            return Ok(());
        }
        Err(Trouble::Stopped)
    }
}

/// Works on imports, for ever.
pub(crate) async fn keep_importing(server: Arc<Server>) {
    let mut swept = Instant::now();
    loop {
        if let Err(error) = begin_due(&server).await {
            tracing::error!(%error, "imports that are due could not be begun");
        }
        match work_on_one(&server).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "imports could not be read"),
        }
        if swept.elapsed() > Duration::from_secs(3_600) {
            swept = Instant::now();
            if let Err(error) = imports::sweep(&server.store, clock::now_ms() - KEEP_MS).await {
                tracing::error!(%error, "old imports could not be removed");
            }
        }
        let woken = server.imports.notified();
        drop(tokio::time::timeout(Duration::from_secs(1), woken).await);
    }
}

/// Takes up one import. Tells whether there was one.
async fn work_on_one(server: &Arc<Server>) -> Result<bool, StoreError> {
    let now = clock::now_ms();
    let claimed = imports::claim(&server.store, &server.worker, now, now + LEASE_MS).await?;
    let Some(import) = claimed else {
        return Ok(false);
    };
    let hold = Hold::new(server, &import.id);
    let worked = match import.status {
        ImportStatus::Planning => plan(server, &import, &hold).await,
        _ => carry(server, &import, &hold).await,
    };
    match worked {
        Ok(()) | Err(Trouble::Stopped) => {}
        Err(trouble) if can_go_on(&import, &trouble) => {
            tracing::warn!(import.id = %import.id, %trouble, "an import rests");
            let until = clock::now_ms() + REST_MS;
            imports::rest(&server.store, &import.id, &trouble.to_string(), until).await?;
        }
        Err(trouble) => {
            tracing::warn!(import.id = %import.id, %trouble, "an import failed");
            let text = trouble.to_string();
            let told = ImportRow {
                error: Some(text.clone()),
                ..import.clone()
            };
            let told = [telling::over(server, &told, ImportStatus::Failed).await?];
            imports::fail(&server.store, &import.id, &text, clock::now_ms(), &told).await?;
        }
    }
    Ok(true)
}

/// An import that has begun to write goes on when the other side answers again; one that only reads is begun again by a person
/// or by the clock.
fn can_go_on(import: &ImportRow, trouble: &Trouble) -> bool {
    import.status == ImportStatus::Running && matches!(trouble, Trouble::Org(_) | Trouble::Store(_))
}

/// Begins imports whose time has come.
async fn begin_due(server: &Arc<Server>) -> Result<(), Trouble> {
    let now = clock::now_ms();
    for row in directories::due(&server.store, now, store::MAX_PAGE).await? {
        let Some(due) = row.next_at else { continue };
        let timetable = timetable_of(&row);
        let read = match &timetable.full {
            Some(full) if next_of(full, due - 1).is_some_and(|at| at <= now) => Wish::Full,
            _ => Wish::Changes,
        };
        let next = next_at(&timetable, now);
        if !directories::reschedule(&server.store, &row.id, due, next).await? {
            continue;
        }
        let asked = Asked {
            read,
            goes_on: true,
        };
        match begin(server, &row.id, asked, "schedule", None).await {
            // The last one is not over yet; the next time comes.
            Ok(_) | Err(Trouble::Store(StoreError::Taken { .. })) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Begins an import and returns its id. [`StoreError::Taken`] while another one is not over.
pub(crate) async fn begin(
    server: &Server,
    directory: &str,
    asked: Asked,
    cause: &str,
    person: Option<String>,
) -> Result<String, Trouble> {
    let id = clock::new_id();
    let row = ImportRow {
        id: id.clone(),
        directory: directory.to_owned(),
        wish: write(&asked)?,
        cause: cause.to_owned(),
        person,
        status: ImportStatus::Planning,
        reading: None,
        counts: None,
        roadblock: None,
        cursor: None,
        error: None,
        approved_by: None,
        created_at: clock::now_ms(),
        planned_at: None,
        begun_at: None,
        ended_at: None,
    };
    let told = [telling::begun(server, &row).await?];
    imports::insert(&server.store, &row, &told).await?;
    server.imports.notify_one();
    Ok(id)
}

/// When imports of a directory begin by themselves; never where what is stored cannot be read.
pub(crate) fn timetable_of(row: &DirectoryRow) -> Timetable {
    let stored = row.schedule.as_deref().map(serde_json::from_str);
    match stored {
        Some(Ok(timetable)) => timetable,
        Some(Err(error)) => {
            tracing::error!(directory.id = %row.id, %error, "the schedule of a directory cannot be read");
            Timetable::default()
        }
        None => Timetable::default(),
    }
}

/// When the next import begins, in milliseconds since 1970.
pub(crate) fn next_at(timetable: &Timetable, after: i64) -> Option<i64> {
    let schedules = [&timetable.changes, &timetable.full].into_iter().flatten();
    schedules.filter_map(|one| next_of(one, after)).min()
}

fn next_of(schedule: &Schedule, after: i64) -> Option<i64> {
    let after = chrono::DateTime::from_timestamp_millis(after)?;
    let planned = Planned::read(schedule).ok()?;
    planned.after(after).map(|at| at.timestamp_millis())
}
