//! Files that cards made: a row for each, and its content in parts. A file goes with the history of the run at the top of
//! those that made it, or when its time is over.

use flow::RunId;
use sqlx::any::AnyRow;

use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// A file without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Its id: the key in values of runs.
    pub id: String,
    /// The run that made it.
    pub run: RunId,
    /// The run that all this began with.
    pub root_run: RunId,
    /// Its name.
    pub name: String,
    /// Its media type (RFC 6838).
    pub media_type: String,
    /// Its size in bytes, as far as it is written.
    pub size: i64,
    /// When it was made.
    pub created_at: i64,
    /// When its content was written.
    pub updated_at: i64,
    /// When it goes.
    pub expires_at: i64,
}

const COLUMNS: &str =
    "id, run, root_run, name, media_type, size, created_at, updated_at, expires_at";
/// Runs that are over and whose flow saves no data.
const PRIVATE_AND_OVER: &str =
    "is_private = 1 and status in ('succeeded', 'stopped', 'failed', 'canceled')";

/// Adds a file that has no content yet; nobody finds it before [`complete`].
pub async fn insert(store: &Store, file: &StoredFile) -> Result<(), StoreError> {
    let mut sql = Sql::new(&format!(
        "insert into stored_file ({COLUMNS}, is_whole) values ("
    ));
    bind!(
        sql,
        file.id.as_str(),
        file.run.as_str(),
        file.root_run.as_str(),
        file.name.as_str(),
        file.media_type.as_str(),
        file.size,
        file.created_at,
        file.updated_at,
        file.expires_at,
        0_i64,
    );
    sql.push(")");
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Adds the part `seq`, from 0, to a file.
pub async fn append(store: &Store, file: &str, seq: i64, bytes: &[u8]) -> Result<(), StoreError> {
    let mut sql = Sql::new("insert into stored_file_part (file, seq, bytes) values (");
    bind!(sql, file, seq, bytes.to_vec());
    sql.push(")");
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Says that all parts are there.
pub async fn complete(store: &Store, file: &str, size: i64, at: i64) -> Result<(), StoreError> {
    let mut sql = Sql::new("update stored_file set is_whole = 1, size = ");
    sql.bind(size).push(", updated_at = ").bind(at);
    sql.push(" where id = ").bind(file);
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        return Err(StoreError::not_found("file"));
    }
    change.commit().await
}

/// Returns a file that is whole.
pub async fn find(store: &Store, id: &str) -> Result<Option<StoredFile>, StoreError> {
    let mut sql = Sql::new(&format!(
        "select {COLUMNS} from stored_file where is_whole = 1 and id = "
    ));
    sql.bind(id);
    let row = sql.first(store.pool()).await?;
    row.as_ref().map(read).transpose()
}

/// Returns the part `seq` of a file; nothing after the last one.
pub async fn part(store: &Store, file: &str, seq: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let mut sql = Sql::new("select bytes from stored_file_part where file = ");
    sql.bind(file).push(" and seq = ").bind(seq);
    let row = sql.first(store.pool()).await?;
    row.map(|row| row.bytes("bytes")).transpose()
}

/// Deletes a file. Returns whether there was one.
pub async fn delete(store: &Store, id: &str) -> Result<bool, StoreError> {
    let mut change = store.change().await?;
    let mut parts = Sql::new("delete from stored_file_part where file = ");
    parts.bind(id);
    parts.run(&mut *change).await?;
    let mut sql = Sql::new("delete from stored_file where id = ");
    sql.bind(id);
    let was_there = sql.run(&mut *change).await? > 0;
    change.commit().await?;
    Ok(was_there)
}

/// Returns how many bytes all files have.
pub async fn total(store: &Store) -> Result<i64, StoreError> {
    let sql = Sql::new("select cast(coalesce(sum(size), 0) as bigint) as bytes from stored_file");
    let row = sql.first(store.pool()).await?;
    row.map_or(Ok(0), |row| row.number("bytes"))
}

/// Returns the ids of files that must go, at most `limit`: whose time is over, that were never finished for a day, whose
/// run is gone from the history, and those of runs that are over and save no data. A file may wait for its run to reach
/// the disk: `settled_before` is the youngest that is looked at for that.
pub async fn gone(
    store: &Store,
    now: i64,
    settled_before: i64,
    limit: u32,
) -> Result<Vec<String>, StoreError> {
    const DAY_MS: i64 = 86_400_000;
    let mut sql = Sql::new("select id from stored_file where expires_at < ");
    sql.bind(now).push(" or (is_whole = 0 and created_at < ");
    sql.bind(now - DAY_MS)
        .push(") or (created_at < ")
        .bind(settled_before);
    sql.push(" and not exists (select 1 from run where run.id = stored_file.root_run))");
    sql.push(" or exists (select 1 from run where run.id = stored_file.root_run and ")
        .push(PRIVATE_AND_OVER)
        .push(") limit ")
        .bind(i64::from(limit.clamp(1, crate::MAX_PAGE)));
    let rows = sql.all(store.pool()).await?;
    rows.iter().map(|row| row.text("id")).collect()
}

fn read(row: &AnyRow) -> Result<StoredFile, StoreError> {
    Ok(StoredFile {
        id: row.text("id")?,
        run: row.id("run")?,
        root_run: row.id("root_run")?,
        name: row.text("name")?,
        media_type: row.text("media_type")?,
        size: row.number("size")?,
        created_at: row.number("created_at")?,
        updated_at: row.number("updated_at")?,
        expires_at: row.number("expires_at")?,
    })
}
