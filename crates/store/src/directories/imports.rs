//! Imports of a directory: planned, looked at, carried out. One at a time for each directory; several servers may offer
//! themselves, a lease lets one work.

use sqlx::any::AnyRow;

use super::items::{self, ItemRow};
use crate::inbox::{self, InboxEvent};
use crate::open::Change;
use crate::page::{Page, rows_to_ask};
use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::word::words;
use crate::{Store, StoreError, Word};

words! {
    /// How far an import is.
    pub enum ImportStatus {
        /// The directory is being read.
        Planning = "planning",
        /// The plan waits for a person.
        Planned = "planned",
        /// The safeguard stopped it: a person must look.
        Roadblock = "roadblock",
        /// The plan is being carried out.
        Running = "running",
        /// Everything was carried out; single users may have been refused.
        Completed = "completed",
        /// It could not go on.
        Failed = "failed",
        /// A person canceled it.
        Canceled = "canceled",
    }
}

impl ImportStatus {
    /// Whether nothing happens any more.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Canceled)
    }
}

/// An import. What was wished for, what is read, counts, roadblock and cursor are JSON that only others understand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Its id.
    pub id: String,
    /// Of which directory.
    pub directory: String,
    /// What was wished for.
    pub wish: String,
    /// What began it: a person, the clock, a flow.
    pub cause: String,
    /// Who began it.
    pub person: Option<String>,
    /// How far it is.
    pub status: ImportStatus,
    /// What is read, and why.
    pub reading: Option<String>,
    /// How many users of each kind.
    pub counts: Option<String>,
    /// Why it was stopped.
    pub roadblock: Option<String>,
    /// Up to where it reads; becomes the directory's when it is completed.
    pub cursor: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
    /// Who let it go on.
    pub approved_by: Option<String>,
    /// When it began.
    pub created_at: i64,
    /// When the plan was there.
    pub planned_at: Option<i64>,
    /// When it was let go on.
    pub begun_at: Option<i64>,
    /// When it was over.
    pub ended_at: Option<i64>,
}

/// What is known when the plan is there.
#[derive(Clone, Debug)]
pub struct Planned {
    /// What comes next: a person, a roadblock, or carrying it out at once.
    pub status: ImportStatus,
    /// What was read, and why.
    pub reading: String,
    /// How many users of each kind.
    pub counts: String,
    /// Why it is stopped.
    pub roadblock: Option<String>,
    /// Up to where it read.
    pub cursor: Option<String>,
}

const COLUMNS: &str = "id, directory, wish, cause, person, status, reading, counts, roadblock, cursor, error, \
    approved_by, created_at, planned_at, begun_at, ended_at";

/// Adds an import; [`StoreError::Taken`] while another one of the directory is not over. `told` are the events that flows hear
/// of, accepted with the change itself; so also below.
pub async fn insert(store: &Store, new: &ImportRow, told: &[InboxEvent]) -> Result<(), StoreError> {
    let mut sql = Sql::new(&format!(
        "insert into directory_import ({COLUMNS}) values ("
    ));
    bind!(
        sql,
        new.id.as_str(),
        new.directory.as_str(),
        new.wish.as_str(),
        new.cause.as_str(),
        new.person.as_deref(),
        new.status.word(),
        new.reading.as_deref(),
        new.counts.as_deref(),
        new.roadblock.as_deref(),
        new.cursor.as_deref(),
        new.error.as_deref(),
        new.approved_by.as_deref(),
        new.created_at,
        new.planned_at,
        new.begun_at,
        new.ended_at,
    );
    sql.push(")");
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    commit_telling(store, change, told).await
}

/// Commits a change together with the events that tell of it.
async fn commit_telling(
    store: &Store,
    mut change: Change,
    told: &[InboxEvent],
) -> Result<(), StoreError> {
    if told.is_empty() {
        return change.commit().await;
    }
    let told: Vec<&InboxEvent> = told.iter().collect();
    inbox::accept_in(&mut change, &told).await?;
    store.announce_in(&mut change).await?;
    change.commit().await?;
    store.announce_here();
    Ok(())
}

/// Returns the import of this id.
pub async fn find(store: &Store, id: &str) -> Result<Option<ImportRow>, StoreError> {
    let mut sql = Sql::new(&format!(
        "select {COLUMNS} from directory_import where id = "
    ));
    sql.bind(id);
    let row = sql.first(store.pool()).await?;
    row.as_ref().map(read).transpose()
}

/// Lists the imports of a directory, newest first; the cursor is time and id of the last one.
pub async fn list(
    store: &Store,
    directory: &str,
    after: Option<(i64, &str)>,
    limit: u32,
) -> Result<Page<ImportRow, (i64, String)>, StoreError> {
    let mut sql = Sql::new(&format!(
        "select {COLUMNS} from directory_import where directory = "
    ));
    sql.bind(directory);
    if let Some((at, id)) = after {
        sql.push(" and (created_at < ").bind(at);
        sql.push(" or (created_at = ").bind(at);
        sql.push(" and id < ").bind(id).push("))");
    }
    sql.push(" order by created_at desc, id desc limit ")
        .bind(rows_to_ask(limit));
    let rows = sql.all(store.pool()).await?;
    let imports = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(imports, limit, |import| {
        (import.created_at, import.id.clone())
    }))
}

/// Takes an import that is being planned or carried out and that nobody holds, until `until`.
pub async fn claim(
    store: &Store,
    worker: &str,
    now: i64,
    until: i64,
) -> Result<Option<ImportRow>, StoreError> {
    let mut change = store.change().await?;
    let mut sql = Sql::new(
        "select id from directory_import where status in ('planning', 'running') and (held_until is null or held_until < ",
    );
    sql.bind(now).push(") order by created_at, id limit 1");
    sql.push(store.dialect().skip_locked());
    let Some(found) = sql.first(&mut *change).await? else {
        return Ok(None);
    };
    let mut sql = Sql::new("update directory_import set held_by = ");
    sql.bind(worker).push(", held_until = ").bind(until);
    sql.push(" where id = ").bind(found.text("id")?);
    sql.push(&format!(" returning {COLUMNS}"));
    let row = sql.first(&mut *change).await?;
    change.commit().await?;
    row.as_ref().map(read).transpose()
}

/// Holds on to an import; `false` when it is over or somebody else has it, and work must stop.
pub async fn hold(store: &Store, id: &str, worker: &str, until: i64) -> Result<bool, StoreError> {
    let mut sql = Sql::new("update directory_import set held_until = ");
    sql.bind(until).push(" where id = ").bind(id);
    sql.push(" and held_by = ").bind(worker);
    sql.push(" and status in ('planning', 'running')");
    let mut change = store.change().await?;
    let held = sql.run(&mut *change).await?;
    change.commit().await?;
    Ok(held > 0)
}

/// Leaves an import alone until `until`, then anybody may go on with it; says why.
pub async fn rest(store: &Store, id: &str, why: &str, until: i64) -> Result<(), StoreError> {
    let mut sql = Sql::new("update directory_import set held_by = null, error = ");
    sql.bind(why).push(", held_until = ").bind(until);
    sql.push(" where id = ").bind(id);
    sql.push(" and status in ('planning', 'running')");
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Lets go of everything: nobody else uses this database, so whoever held it is gone.
pub async fn release_all(store: &Store) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query(
        "update directory_import set held_by = null, held_until = null where held_by is not null",
    )
    .execute(&mut *change)
    .await?;
    change.commit().await
}

/// Throws the lines of a plan away that did not become whole.
pub async fn start_over(store: &Store, id: &str) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("delete from directory_item where import = $1")
        .bind(id)
        .execute(&mut *change)
        .await?;
    change.commit().await
}

/// Adds lines to a plan that is being made.
pub async fn add_items(store: &Store, id: &str, new: &[ItemRow]) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    items::insert_in(&mut change, id, new).await?;
    change.commit().await
}

/// The plan is whole. `false` when it was canceled meanwhile.
pub async fn plan(
    store: &Store,
    id: &str,
    planned: &Planned,
    at: i64,
    told: &[InboxEvent],
) -> Result<bool, StoreError> {
    let mut sql =
        Sql::new("update directory_import set held_by = null, held_until = null, status = ");
    sql.bind(planned.status.word());
    sql.push(", reading = ").bind(planned.reading.as_str());
    sql.push(", counts = ").bind(planned.counts.as_str());
    sql.push(", roadblock = ")
        .bind(planned.roadblock.as_deref());
    sql.push(", cursor = ").bind(planned.cursor.as_deref());
    sql.push(", planned_at = ").bind(at);
    if planned.status == ImportStatus::Running {
        sql.push(", begun_at = ").bind(at);
    }
    sql.push(" where id = ").bind(id);
    sql.push(" and status = 'planning'");
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        return Ok(false);
    }
    commit_telling(store, change, told).await?;
    Ok(true)
}

/// A person lets a plan be carried out; `false` when it waits for nobody.
pub async fn approve(store: &Store, id: &str, person: &str, at: i64) -> Result<bool, StoreError> {
    let mut sql = Sql::new("update directory_import set status = 'running', approved_by = ");
    sql.bind(person).push(", begun_at = ").bind(at);
    sql.push(" where id = ").bind(id);
    sql.push(" and status in ('planned', 'roadblock')");
    let mut change = store.change().await?;
    let approved = sql.run(&mut *change).await?;
    change.commit().await?;
    Ok(approved > 0)
}

/// A person ends an import; lines that were not sent stay as they are. `false` when it was over.
pub async fn cancel(
    store: &Store,
    id: &str,
    at: i64,
    told: &[InboxEvent],
) -> Result<bool, StoreError> {
    end(store, id, (ImportStatus::Canceled, None), at, told).await
}

/// An import cannot go on; `false` when it was over.
pub async fn fail(
    store: &Store,
    id: &str,
    error: &str,
    at: i64,
    told: &[InboxEvent],
) -> Result<bool, StoreError> {
    end(store, id, (ImportStatus::Failed, Some(error)), at, told).await
}

async fn end(
    store: &Store,
    id: &str,
    (status, error): (ImportStatus, Option<&str>),
    at: i64,
    told: &[InboxEvent],
) -> Result<bool, StoreError> {
    let mut sql =
        Sql::new("update directory_import set held_by = null, held_until = null, status = ");
    sql.bind(status.word()).push(", error = ").bind(error);
    sql.push(", ended_at = ").bind(at);
    sql.push(" where id = ").bind(id);
    sql.push(" and status in ('planning', 'planned', 'roadblock', 'running')");
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        return Ok(false);
    }
    commit_telling(store, change, told).await?;
    Ok(true)
}

/// Everything was carried out: the next import goes on where this one read to. `false` when it was canceled meanwhile.
pub async fn complete(
    store: &Store,
    id: &str,
    at: i64,
    told: &[InboxEvent],
) -> Result<bool, StoreError> {
    let mut change = store.change().await?;
    let mut sql = Sql::new(
        "update directory_import set held_by = null, held_until = null, status = 'completed', error = null, ended_at = ",
    );
    sql.bind(at).push(" where id = ").bind(id);
    sql.push(" and status = 'running' returning directory, cursor");
    let Some(row) = sql.first(&mut *change).await? else {
        return Ok(false);
    };
    let mut sql = Sql::new("update directory set cursor = coalesce(");
    sql.bind(row.maybe_text("cursor")?);
    sql.push(", cursor) where id = ")
        .bind(row.text("directory")?);
    sql.run(&mut *change).await?;
    commit_telling(store, change, told).await?;
    Ok(true)
}

/// Removes imports that were over before `before`; returns how many.
pub async fn sweep(store: &Store, before: i64) -> Result<u64, StoreError> {
    let mut sql =
        Sql::new("delete from directory_import where ended_at is not null and ended_at < ");
    sql.bind(before);
    let mut change = store.change().await?;
    let gone = sql.run(&mut *change).await?;
    change.commit().await?;
    Ok(gone)
}

fn read(row: &AnyRow) -> Result<ImportRow, StoreError> {
    Ok(ImportRow {
        id: row.text("id")?,
        directory: row.text("directory")?,
        wish: row.text("wish")?,
        cause: row.text("cause")?,
        person: row.maybe_text("person")?,
        status: row.word("status")?,
        reading: row.maybe_text("reading")?,
        counts: row.maybe_text("counts")?,
        roadblock: row.maybe_text("roadblock")?,
        cursor: row.maybe_text("cursor")?,
        error: row.maybe_text("error")?,
        approved_by: row.maybe_text("approved_by")?,
        created_at: row.number("created_at")?,
        planned_at: row.maybe_number("planned_at")?,
        begun_at: row.maybe_number("begun_at")?,
        ended_at: row.maybe_number("ended_at")?,
    })
}
