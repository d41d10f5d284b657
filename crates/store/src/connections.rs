//! Connections: authorized accounts at outside services. Their tokens arrive sealed and are never opened here.

use std::fmt;

use flow::{ConnectionId, PersonId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::revocations::{self, Revocation};
use crate::row::{Columns, to_json};
use crate::sql::{Sql, bind};
use crate::word::words;
use crate::{Store, StoreError, Word};

words! {
    /// Whether a connection works.
    pub enum ConnectionState {
        /// It works.
        Authorized = "authorized",
        /// Somebody has to authorize it again.
        NeedsReauthorization = "needs_reauthorization",
        /// It is being deleted; its tokens are being revoked.
        Revoking = "revoking",
    }
}

words! {
    /// How a connection gets its tokens (`grant_type` of RFC 6749).
    pub enum GrantType {
        /// A person consents.
        AuthorizationCode = "authorization_code",
        /// The app acts for itself.
        ClientCredentials = "client_credentials",
        /// It gets none: name and password go with each call.
        Basic = "basic",
        /// It gets none: a header goes with each call.
        Header = "header",
        /// It gets none, and nothing else proves who calls.
        None = "none",
    }
}

/// Sealed bytes and the version of the key that opens them. Prints only its size.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The key's version.
    pub key_version: i64,
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Sealed({} bytes, key {})",
            self.bytes.len(),
            self.key_version
        )
    }
}

/// An authorized account at an outside service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionRow {
    /// Its id.
    pub id: ConnectionId,
    /// The connector, such as `okta`.
    pub module: String,
    /// What its owner calls it.
    pub name: String,
    /// Where the service is.
    pub base_url: String,
    /// The OAuth client.
    pub client_id: Option<String>,
    /// Whether it works.
    pub state: ConnectionState,
    /// Who it acts as.
    pub account: Option<String>,
    /// What it may do.
    pub scopes: Vec<String>,
    /// Its tokens and other secrets.
    pub sealed: Sealed,
    /// Counts how often the secrets were replaced.
    pub revision: i64,
    /// Who made it.
    pub owner: Option<PersonId>,
    /// When.
    pub created_at: i64,
    /// When it was changed last.
    pub updated_at: i64,
    /// When it was tried last.
    pub last_checked_at: Option<i64>,
    /// What went wrong then.
    pub last_error: Option<String>,
    /// How it gets its tokens.
    pub grant_type: GrantType,
    /// Its tokens are bound to a key.
    pub is_bound: bool,
}

/// The deletion of a connection.
#[derive(Clone, Debug)]
pub struct Leaving<'a> {
    /// Id of the revocation that comes of it.
    pub revocation: String,
    /// Who deletes it.
    pub by: Option<&'a PersonId>,
    /// When.
    pub at: i64,
    /// When the revocation is tried again, if it is not confirmed before.
    pub next_at: i64,
}

const COLUMNS: &str = "id, module, name, base_url, client_id, state, account, scopes, sealed, sealed_key_version, \
    revision, owner, created_at, updated_at, last_checked_at, last_error, grant_type, is_bound";

/// Returns all connections, by name.
pub async fn list(store: &Store) -> Result<Vec<ConnectionRow>, StoreError> {
    let sql = Sql::new(&format!(
        "select {COLUMNS} from connection order by name, id"
    ));
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns the connections that one person made.
pub async fn list_of_owner(
    store: &Store,
    owner: &PersonId,
) -> Result<Vec<ConnectionRow>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from connection where owner = "));
    sql.bind(owner.as_str()).push(" order by name, id");
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns the connection of this id.
pub async fn find(store: &Store, id: &ConnectionId) -> Result<Option<ConnectionRow>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from connection where id = "));
    sql.bind(id.as_str());
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Adds a connection.
pub async fn insert(store: &Store, new: &ConnectionRow) -> Result<(), StoreError> {
    let mut sql = Sql::new(&format!("insert into connection ({COLUMNS}) values ("));
    bind!(
        sql,
        new.id.as_str(),
        new.module.as_str(),
        new.name.as_str(),
        new.base_url.as_str(),
        new.client_id.as_deref(),
        new.state.word(),
        new.account.as_deref(),
        to_json(&new.scopes)?,
        new.sealed.bytes.as_slice(),
        new.sealed.key_version,
        new.revision,
        new.owner.as_ref().map(PersonId::as_str),
        new.created_at,
        new.updated_at,
        new.last_checked_at,
        new.last_error.as_deref(),
        new.grant_type.word(),
        i64::from(new.is_bound),
    );
    sql.push(")");
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Stores everything but the secrets, their revision and the times of making: a refreshed token is never overwritten.
pub async fn save(store: &Store, row: &ConnectionRow) -> Result<(), StoreError> {
    let mut sql = Sql::new("update connection set name = ");
    sql.bind(row.name.as_str())
        .push(", base_url = ")
        .bind(row.base_url.as_str());
    sql.push(", client_id = ").bind(row.client_id.as_deref());
    sql.push(", state = ").bind(row.state.word());
    sql.push(", account = ").bind(row.account.as_deref());
    sql.push(", scopes = ").bind(to_json(&row.scopes)?);
    sql.push(", owner = ")
        .bind(row.owner.as_ref().map(PersonId::as_str));
    sql.push(", updated_at = ").bind(row.updated_at);
    sql.push(", last_checked_at = ").bind(row.last_checked_at);
    sql.push(", last_error = ").bind(row.last_error.as_deref());
    sql.push(", is_bound = ").bind(i64::from(row.is_bound));
    sql.push(" where id = ").bind(row.id.as_str());
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        return Err(StoreError::not_found("connection"));
    }
    change.commit().await
}

/// Stores how a connection gets its tokens, where that was changed with its secrets.
pub async fn save_grant(
    store: &Store,
    id: &ConnectionId,
    grant_type: GrantType,
) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("update connection set grant_type = $1 where id = $2")
        .bind(grant_type.word())
        .bind(id.as_str())
        .execute(&mut *change)
        .await?;
    change.commit().await
}

/// Replaces the secrets and returns their new revision; [`StoreError::Conflict`] when another server did so meanwhile
/// (a refresh token can be used once, so the loser reads again and takes the winner's).
pub async fn save_sealed(
    store: &Store,
    id: &ConnectionId,
    expected_revision: i64,
    sealed: &Sealed,
    at: i64,
) -> Result<i64, StoreError> {
    let mut sql = Sql::new("update connection set sealed = ");
    sql.bind(sealed.bytes.as_slice())
        .push(", sealed_key_version = ")
        .bind(sealed.key_version);
    sql.push(", revision = revision + 1, updated_at = ")
        .bind(at);
    sql.push(" where id = ")
        .bind(id.as_str())
        .push(" and revision = ")
        .bind(expected_revision);
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        let row = sqlx::query("select revision from connection where id = $1")
            .bind(id.as_str())
            .fetch_optional(&mut *change)
            .await?
            .ok_or(StoreError::not_found("connection"))?;
        return Err(StoreError::Conflict {
            current: row.number("revision")?,
        });
    }
    change.commit().await?;
    Ok(expected_revision + 1)
}

/// Removes a connection and, in the same transaction, notes its present tokens, which have to be revoked at the service.
/// Events that came in for it and were not handled go too.
pub async fn delete(
    store: &Store,
    id: &ConnectionId,
    leaving: Leaving<'_>,
) -> Result<Revocation, StoreError> {
    let mut change = store.change().await?;
    let revocation = delete_in(&mut change, id, leaving).await?;
    change.commit().await?;
    Ok(revocation)
}

/// The same inside a transaction.
pub(crate) async fn delete_in(
    change: &mut AnyConnection,
    id: &ConnectionId,
    leaving: Leaving<'_>,
) -> Result<Revocation, StoreError> {
    let mut sql = Sql::new("delete from connection where id = ");
    sql.bind(id.as_str()).push(&format!(" returning {COLUMNS}"));
    let row = sql
        .first(&mut *change)
        .await?
        .ok_or(StoreError::not_found("connection"))?;
    let gone = read(&row)?;
    for table in ["inbox_event", "polling_cursor"] {
        let mut sql = Sql::new(&format!("delete from {table} where connection = "));
        sql.bind(id.as_str());
        sql.run(&mut *change).await?;
    }
    let revocation = Revocation {
        id: leaving.revocation,
        connection: gone.id,
        name: gone.name,
        base_url: gone.base_url,
        sealed: gone.sealed,
        attempts: 0,
        next_at: leaving.next_at,
        last_error: None,
        created_at: leaving.at,
        actor: leaving.by.cloned(),
        is_deletion: true,
    };
    revocations::insert_in(change, &revocation).await?;
    Ok(revocation)
}

/// Returns the ids of the connections that one person made, inside a transaction.
pub(crate) async fn ids_of_owner_in(
    change: &mut AnyConnection,
    owner: &PersonId,
) -> Result<Vec<ConnectionId>, StoreError> {
    let rows = sqlx::query("select id from connection where owner = $1 order by name, id")
        .bind(owner.as_str())
        .fetch_all(change)
        .await?;
    rows.iter().map(|row| row.id("id")).collect()
}

fn read(row: &AnyRow) -> Result<ConnectionRow, StoreError> {
    Ok(ConnectionRow {
        id: row.id("id")?,
        module: row.text("module")?,
        name: row.text("name")?,
        base_url: row.text("base_url")?,
        client_id: row.maybe_text("client_id")?,
        state: row.word("state")?,
        account: row.maybe_text("account")?,
        scopes: row.json("scopes")?,
        sealed: read_sealed(row)?,
        revision: row.number("revision")?,
        owner: row.maybe_id("owner")?,
        created_at: row.number("created_at")?,
        updated_at: row.number("updated_at")?,
        last_checked_at: row.maybe_number("last_checked_at")?,
        last_error: row.maybe_text("last_error")?,
        grant_type: row.word("grant_type")?,
        is_bound: row.flag("is_bound")?,
    })
}

/// Reads the two columns of sealed bytes.
pub(crate) fn read_sealed(row: &AnyRow) -> Result<Sealed, StoreError> {
    Ok(Sealed {
        bytes: row.bytes("sealed")?,
        key_version: row.number("sealed_key_version")?,
    })
}
