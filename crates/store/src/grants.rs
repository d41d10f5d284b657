//! Who may do what in which folder.

use flow::{FolderId, PersonId};

use crate::row::Columns;
use crate::word::words;
use crate::{Store, StoreError, Word};

words! {
    /// What a person may do in a folder and in those inside it.
    pub enum FolderRole {
        /// Sees flows, tables and runs.
        Reader = "reader",
        /// And starts flows by hand.
        Runner = "runner",
        /// And changes flows and tables.
        Editor = "editor",
        /// And grants roles.
        Manager = "manager",
    }
}

/// A role of a person in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Where.
    pub folder: FolderId,
    /// Who.
    pub person: PersonId,
    /// What.
    pub role: FolderRole,
}

/// Returns the grants of one person.
pub async fn list_of_person(store: &Store, person: &PersonId) -> Result<Vec<Grant>, StoreError> {
    let rows = sqlx::query(
        "select folder, person, role from folder_grant where person = $1 order by folder",
    )
    .bind(person.as_str())
    .fetch_all(store.pool())
    .await?;
    rows.iter().map(read).collect()
}

/// Returns the grants in one folder.
pub async fn list_of_folder(store: &Store, folder: &FolderId) -> Result<Vec<Grant>, StoreError> {
    let rows = sqlx::query(
        "select folder, person, role from folder_grant where folder = $1 order by person",
    )
    .bind(folder.as_str())
    .fetch_all(store.pool())
    .await?;
    rows.iter().map(read).collect()
}

/// Grants a role, in place of the one that the person had there.
pub async fn save(store: &Store, grant: &Grant) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query(
        "insert into folder_grant (folder, person, role) values ($1, $2, $3) \
         on conflict (folder, person) do update set role = excluded.role",
    )
    .bind(grant.folder.as_str())
    .bind(grant.person.as_str())
    .bind(grant.role.word())
    .execute(&mut *change)
    .await?;
    change.commit().await
}

/// Takes a role away; not an error when there is none.
pub async fn delete(store: &Store, folder: &FolderId, person: &PersonId) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("delete from folder_grant where folder = $1 and person = $2")
        .bind(folder.as_str())
        .bind(person.as_str())
        .execute(&mut *change)
        .await?;
    change.commit().await
}

fn read(row: &sqlx::any::AnyRow) -> Result<Grant, StoreError> {
    Ok(Grant {
        folder: row.id("folder")?,
        person: row.id("person")?,
        role: row.word("role")?,
    })
}
