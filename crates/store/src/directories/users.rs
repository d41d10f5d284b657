//! What is kept of the users of a directory between imports: whom they are in the org, and what was sent last.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::page::{Page, rows_to_ask};
use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// A user of a directory who was seen in an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownUser {
    /// Its key in the directory.
    pub guid: String,
    /// Its name there when it was last seen.
    pub name: String,
    /// Its user name in the org.
    pub login: Option<String>,
    /// The id of its user in the org, once there is one.
    pub okta_user: Option<String>,
    /// How that user stands.
    pub status: String,
    /// Whether a person confirmed it.
    pub state: String,
    /// A digest of what was sent last.
    pub digest: Option<String>,
    /// Whom it may be in the org, as JSON, while a person has to say.
    pub found: Option<String>,
    /// When any of this changed.
    pub updated_at: i64,
}

const COLUMNS: &str = "guid, name, login, okta_user, status, state, digest, found, updated_at";
/// So many rows go into one statement: both databases take 32,766 parameters at least.
const ROWS: usize = 1_000;

/// Returns the users after the key `after`, by key, at most `limit`; nobody after the last.
pub async fn page(
    store: &Store,
    directory: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<KnownUser>, StoreError> {
    let mut sql = Sql::new(&format!(
        "select {COLUMNS} from directory_user where directory = "
    ));
    sql.bind(directory).push(" and guid > ").bind(after);
    sql.push(" order by guid limit ").bind(limit);
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns one user.
pub async fn find(
    store: &Store,
    directory: &str,
    guid: &str,
) -> Result<Option<KnownUser>, StoreError> {
    let mut sql = Sql::new(&format!(
        "select {COLUMNS} from directory_user where directory = "
    ));
    sql.bind(directory).push(" and guid = ").bind(guid);
    let row = sql.first(store.pool()).await?;
    row.as_ref().map(read).transpose()
}

/// Returns users in this state, by key: those who wait for a person, for instance.
pub async fn list_in_state(
    store: &Store,
    directory: &str,
    state: &str,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<KnownUser, String>, StoreError> {
    let mut sql = Sql::new(&format!(
        "select {COLUMNS} from directory_user where directory = "
    ));
    sql.bind(directory).push(" and state = ").bind(state);
    sql.push(" and guid > ").bind(after.unwrap_or_default());
    sql.push(" order by guid limit ").bind(rows_to_ask(limit));
    let rows = sql.all(store.pool()).await?;
    let users = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(users, limit, |user| user.guid.clone()))
}

/// Returns how many users there are in each state.
pub async fn count(store: &Store, directory: &str) -> Result<Vec<(String, i64)>, StoreError> {
    let mut sql =
        Sql::new("select state, count(*) as users from directory_user where directory = ");
    sql.bind(directory).push(" group by state order by state");
    let rows = sql.all(store.pool()).await?;
    rows.iter()
        .map(|row| Ok((row.text("state")?, row.number("users")?)))
        .collect()
}

/// Adds users or replaces what is kept of them.
pub async fn save(store: &Store, directory: &str, users: &[KnownUser]) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    save_in(&mut change, directory, users).await?;
    change.commit().await
}

pub(super) async fn save_in(
    change: &mut AnyConnection,
    directory: &str,
    users: &[KnownUser],
) -> Result<(), StoreError> {
    for users in users.chunks(ROWS) {
        let mut sql = Sql::new(&format!(
            "insert into directory_user (directory, {COLUMNS}) values "
        ));
        sql.rows(users, |sql, user| {
            bind!(
                sql,
                directory,
                user.guid.as_str(),
                user.name.as_str(),
                user.login.as_deref(),
                user.okta_user.as_deref(),
                user.status.as_str(),
                user.state.as_str(),
                user.digest.as_deref(),
                user.found.as_deref(),
                user.updated_at,
            );
        });
        sql.push(" on conflict (directory, guid) do update set name = excluded.name, login = excluded.login, ");
        sql.push(
            "okta_user = excluded.okta_user, status = excluded.status, state = excluded.state, ",
        );
        sql.push(
            "digest = excluded.digest, found = excluded.found, updated_at = excluded.updated_at",
        );
        sql.run(&mut *change).await?;
    }
    Ok(())
}

pub(super) async fn delete_in(
    change: &mut AnyConnection,
    directory: &str,
    guids: &[String],
) -> Result<(), StoreError> {
    for guids in guids.chunks(ROWS) {
        let mut sql = Sql::new("delete from directory_user where directory = ");
        sql.bind(directory).push(" and guid in (");
        sql.bind_all(guids.iter().map(String::as_str)).push(")");
        sql.run(&mut *change).await?;
    }
    Ok(())
}

fn read(row: &AnyRow) -> Result<KnownUser, StoreError> {
    Ok(KnownUser {
        guid: row.text("guid")?,
        name: row.text("name")?,
        login: row.maybe_text("login")?,
        okta_user: row.maybe_text("okta_user")?,
        status: row.text("status")?,
        state: row.text("state")?,
        digest: row.maybe_text("digest")?,
        found: row.maybe_text("found")?,
        updated_at: row.number("updated_at")?,
    })
}
