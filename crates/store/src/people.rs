//! People who can sign in.

use flow::PersonId;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::connections::{self, Leaving};
use crate::revocations::Revocation;
use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::word::words;
use crate::{Store, StoreError, Word};

words! {
    /// What a person may do everywhere. What they may do in one folder is a grant.
    pub enum Role {
        /// Everything.
        Administrator = "administrator",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
        /// Makes and deletes connections.
        ConnectionManager = "connection_manager",
        /// Only what folders grant.
        Member = "member",
    }
}

/// A person who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// What they sign in with; stored in lower case, unique.
    pub login: String,
    /// What they are called.
    pub name: String,
    /// The hash of their password; absent for those who sign in elsewhere.
    pub password_hash: Option<String>,
    /// What they may do everywhere.
    pub role: Role,
    /// When they were added.
    pub created_at: i64,
    /// The language they chose.
    pub language: Option<String>,
    /// The theme they chose.
    pub theme: Option<String>,
}

const COLUMNS: &str = "id, login, name, password_hash, role, created_at, language, theme";

/// Returns how many people there are.
pub async fn count(store: &Store) -> Result<i64, StoreError> {
    let row = sqlx::query("select count(*) as people from person")
        .fetch_one(store.pool())
        .await?;
    row.number("people")
}

/// Returns everyone, by login.
pub async fn list(store: &Store) -> Result<Vec<Person>, StoreError> {
    let sql = Sql::new(&format!("select {COLUMNS} from person order by login"));
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns the person of this id.
pub async fn find(store: &Store, id: &PersonId) -> Result<Option<Person>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from person where id = "));
    sql.bind(id.as_str());
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Returns the person who signs in as `login`, in whatever case.
pub async fn find_by_login(store: &Store, login: &str) -> Result<Option<Person>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from person where login = "));
    sql.bind(login_key(login));
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Adds a person. Refuses a login that is taken.
pub async fn insert(store: &Store, person: &Person) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    insert_sql(person).run(&mut *change).await?;
    change.commit().await
}

/// Adds the very first person; returns false, and adds nobody, when there is one already.
pub async fn insert_first(store: &Store, person: &Person) -> Result<bool, StoreError> {
    let mut change = store.change().await?;
    if store.is_shared() {
        sqlx::query("lock table person in exclusive mode")
            .execute(&mut *change)
            .await?;
    }
    if sqlx::query("select id from person limit 1")
        .fetch_optional(&mut *change)
        .await?
        .is_some()
    {
        return Ok(false);
    }
    insert_sql(person).run(&mut *change).await?;
    change.commit().await?;
    Ok(true)
}

/// Stores a person's present values.
pub async fn save(store: &Store, person: &Person) -> Result<(), StoreError> {
    let mut sql = Sql::new("update person set login = ");
    sql.bind(login_key(&person.login))
        .push(", name = ")
        .bind(person.name.as_str());
    sql.push(", password_hash = ")
        .bind(person.password_hash.as_deref());
    sql.push(", role = ").bind(person.role.word());
    sql.push(", language = ").bind(person.language.as_deref());
    sql.push(", theme = ").bind(person.theme.as_deref());
    sql.push(" where id = ").bind(person.id.as_str());
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        return Err(StoreError::not_found("person"));
    }
    change.commit().await
}

/// What came of removing a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removal {
    /// They are gone, and with them their connections: these tokens have to be revoked.
    Done(Vec<Revocation>),
    /// They are the last administrator, so they stay.
    LastAdministrator,
}

/// Removes a person with their API tokens, grants and connections, in one transaction. `leaving` says for each connection
/// how it goes. Their sessions end with them: nobody is behind these any more.
pub async fn remove(
    store: &Store,
    id: &PersonId,
    leaving: &(dyn Fn() -> Leaving<'static> + Send + Sync),
    by: Option<&PersonId>,
) -> Result<Removal, StoreError> {
    let mut change = store.change().await?;
    if store.is_shared() {
        sqlx::query("lock table person in exclusive mode")
            .execute(&mut *change)
            .await?;
    }
    let row = sqlx::query("select role from person where id = $1")
        .bind(id.as_str())
        .fetch_optional(&mut *change)
        .await?
        .ok_or(StoreError::not_found("person"))?;
    let role: Role = row.word("role")?;
    if role == Role::Administrator && count_administrators(&mut change).await? <= 1 {
        return Ok(Removal::LastAdministrator);
    }
    let mut revocations = Vec::new();
    for connection in connections::ids_of_owner_in(&mut change, id).await? {
        let leaving = Leaving { by, ..leaving() };
        revocations.push(connections::delete_in(&mut change, &connection, leaving).await?);
    }
    sqlx::query("delete from person where id = $1")
        .bind(id.as_str())
        .execute(&mut *change)
        .await?;
    change.commit().await?;
    Ok(Removal::Done(revocations))
}

async fn count_administrators(change: &mut AnyConnection) -> Result<i64, StoreError> {
    let row = sqlx::query("select count(*) as people from person where role = $1")
        .bind(Role::Administrator.word())
        .fetch_one(change)
        .await?;
    row.number("people")
}

fn insert_sql(person: &Person) -> Sql {
    let mut sql = Sql::new(&format!("insert into person ({COLUMNS}) values ("));
    bind!(
        sql,
        person.id.as_str(),
        login_key(&person.login),
        person.name.as_str(),
        person.password_hash.as_deref(),
        person.role.word(),
        person.created_at,
        person.language.as_deref(),
        person.theme.as_deref(),
    );
    sql.push(")");
    sql
}

fn login_key(login: &str) -> String {
    login.trim().to_lowercase()
}

fn read(row: &AnyRow) -> Result<Person, StoreError> {
    Ok(Person {
        id: row.id("id")?,
        login: row.text("login")?,
        name: row.text("name")?,
        password_hash: row.maybe_text("password_hash")?,
        role: row.word("role")?,
        created_at: row.number("created_at")?,
        language: row.maybe_text("language")?,
        theme: row.maybe_text("theme")?,
    })
}
