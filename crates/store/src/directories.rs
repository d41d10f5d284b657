//! Directories that users are imported from: where they are, who reads them (the password arrives sealed), what an
//! administrator chose. What is kept of their users, and their imports, are modules of their own.

pub mod imports;
pub mod items;
pub mod progress;
pub mod users;

use flow::ConnectionId;
use sqlx::any::AnyRow;

use crate::connections::{Sealed, read_sealed};
use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// A directory. Address, settings, mapping, cursor and schedule are JSON that only others understand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryRow {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// The account that reads it.
    pub account: String,
    /// That account's password.
    pub sealed: Sealed,
    /// The connection to the org that takes its users.
    pub connection: Option<ConnectionId>,
    /// What an administrator chose.
    pub settings: String,
    /// How values are made; absent while it is as published.
    pub mapping: Option<String>,
    /// Up to where the last import read.
    pub cursor: Option<String>,
    /// When imports begin by themselves.
    pub schedule: Option<String>,
    /// When the next one does.
    pub next_at: Option<i64>,
    /// Counts its changes.
    pub revision: i64,
    /// When it was made.
    pub created_at: i64,
    /// When it was changed last.
    pub updated_at: i64,
}

const COLUMNS: &str = "id, name, address, account, sealed, sealed_key_version, connection, settings, mapping, cursor, \
    schedule, next_at, revision, created_at, updated_at";

/// Returns all directories, by name.
pub async fn list(store: &Store) -> Result<Vec<DirectoryRow>, StoreError> {
    let sql = Sql::new(&format!("select {COLUMNS} from directory order by name"));
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns the directory of this id.
pub async fn find(store: &Store, id: &str) -> Result<Option<DirectoryRow>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from directory where id = "));
    sql.bind(id);
    let row = sql.first(store.pool()).await?;
    row.as_ref().map(read).transpose()
}

/// Returns directories whose next import is due, those that wait longest first.
pub async fn due(store: &Store, now: i64, limit: u32) -> Result<Vec<DirectoryRow>, StoreError> {
    let mut sql = Sql::new(&format!(
        "select {COLUMNS} from directory where next_at is not null and next_at <= "
    ));
    sql.bind(now).push(" order by next_at limit ");
    sql.bind(i64::from(limit));
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Adds a directory; [`StoreError::Taken`] when another one has its name.
pub async fn insert(store: &Store, new: &DirectoryRow) -> Result<(), StoreError> {
    let mut sql = Sql::new(&format!("insert into directory ({COLUMNS}) values ("));
    bind!(
        sql,
        new.id.as_str(),
        new.name.as_str(),
        new.address.as_str(),
        new.account.as_str(),
        new.sealed.bytes.as_slice(),
        new.sealed.key_version,
        new.connection.as_ref().map(ConnectionId::as_str),
        new.settings.as_str(),
        new.mapping.as_deref(),
        new.cursor.as_deref(),
        new.schedule.as_deref(),
        new.next_at,
        new.revision,
        new.created_at,
        new.updated_at,
    );
    sql.push(")");
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Stores a directory that was read with its present revision, and returns the next one. [`StoreError::Conflict`] when
/// somebody else changed it meanwhile. Where the last import read is left as it is : only a completed import moves it.
pub async fn save(store: &Store, row: &DirectoryRow) -> Result<i64, StoreError> {
    let mut sql = Sql::new("update directory set revision = revision + 1, name = ");
    sql.bind(row.name.as_str());
    sql.push(", address = ").bind(row.address.as_str());
    sql.push(", account = ").bind(row.account.as_str());
    sql.push(", sealed = ").bind(row.sealed.bytes.as_slice());
    sql.push(", sealed_key_version = ")
        .bind(row.sealed.key_version);
    sql.push(", connection = ")
        .bind(row.connection.as_ref().map(ConnectionId::as_str));
    sql.push(", settings = ").bind(row.settings.as_str());
    sql.push(", mapping = ").bind(row.mapping.as_deref());
    sql.push(", schedule = ").bind(row.schedule.as_deref());
    sql.push(", next_at = ").bind(row.next_at);
    sql.push(", updated_at = ").bind(row.updated_at);
    sql.push(" where id = ").bind(row.id.as_str());
    sql.push(" and revision = ").bind(row.revision);
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        let now = sqlx::query("select revision from directory where id = $1")
            .bind(row.id.as_str())
            .fetch_optional(&mut *change)
            .await?
            .ok_or(StoreError::not_found("directory"))?;
        return Err(StoreError::Conflict {
            current: now.number("revision")?,
        });
    }
    change.commit().await?;
    Ok(row.revision + 1)
}

/// Moves the time of the next import from `due`; returns whether this caller was the one who did.
pub async fn reschedule(
    store: &Store,
    id: &str,
    due: i64,
    next_at: Option<i64>,
) -> Result<bool, StoreError> {
    let mut sql = Sql::new("update directory set next_at = ");
    sql.bind(next_at).push(" where id = ").bind(id);
    sql.push(" and next_at = ").bind(due);
    let mut change = store.change().await?;
    let moved = sql.run(&mut *change).await?;
    change.commit().await?;
    Ok(moved > 0)
}

/// Forgets a directory with its users and imports. Users of the org stay.
pub async fn delete(store: &Store, id: &str) -> Result<(), StoreError> {
    let mut sql = Sql::new("delete from directory where id = ");
    sql.bind(id);
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        return Err(StoreError::not_found("directory"));
    }
    change.commit().await
}

fn read(row: &AnyRow) -> Result<DirectoryRow, StoreError> {
    Ok(DirectoryRow {
        id: row.text("id")?,
        name: row.text("name")?,
        address: row.text("address")?,
        account: row.text("account")?,
        sealed: read_sealed(row)?,
        connection: row.maybe_id("connection")?,
        settings: row.text("settings")?,
        mapping: row.maybe_text("mapping")?,
        cursor: row.maybe_text("cursor")?,
        schedule: row.maybe_text("schedule")?,
        next_at: row.maybe_number("next_at")?,
        revision: row.number("revision")?,
        created_at: row.number("created_at")?,
        updated_at: row.number("updated_at")?,
    })
}
