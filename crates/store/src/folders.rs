//! Folders: a tree that holds flows and tables.

use flow::FolderId;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// How deep folders nest at most.
pub const MAX_DEPTH: usize = 20;

/// A folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its id.
    pub id: FolderId,
    /// The folder it is in; absent at the top.
    pub parent: Option<FolderId>,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What an imported pack said about it and we do not use, as JSON.
    pub skeleton: Option<String>,
}

const COLUMNS: &str = "id, parent, name, description, skeleton";

/// Returns all folders, by name.
pub async fn list(store: &Store) -> Result<Vec<Folder>, StoreError> {
    let sql = Sql::new(&format!("select {COLUMNS} from folder order by name, id"));
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns the folder of this id.
pub async fn find(store: &Store, id: &FolderId) -> Result<Option<Folder>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from folder where id = "));
    sql.bind(id.as_str());
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Adds a folder.
pub async fn insert(store: &Store, folder: &Folder) -> Result<(), StoreError> {
    let mut sql = Sql::new(&format!("insert into folder ({COLUMNS}) values ("));
    bind!(
        sql,
        folder.id.as_str(),
        folder.parent.as_ref().map(FolderId::as_str),
        folder.name.as_str(),
        folder.description.as_str(),
        folder.skeleton.as_deref(),
    );
    sql.push(")");
    let mut change = store.change().await?;
    check_place(&mut change, folder).await?;
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Stores a folder's present values. Refuses to move it into itself or too deep.
pub async fn save(store: &Store, folder: &Folder) -> Result<(), StoreError> {
    let mut sql = Sql::new("update folder set parent = ");
    sql.bind(folder.parent.as_ref().map(FolderId::as_str));
    sql.push(", name = ").bind(folder.name.as_str());
    sql.push(", description = ")
        .bind(folder.description.as_str());
    sql.push(", skeleton = ").bind(folder.skeleton.as_deref());
    sql.push(" where id = ").bind(folder.id.as_str());
    let mut change = store.change().await?;
    check_place(&mut change, folder).await?;
    if sql.run(&mut *change).await? == 0 {
        return Err(StoreError::not_found("folder"));
    }
    change.commit().await
}

/// Removes an empty folder; [`StoreError::InUse`] when something is in it.
pub async fn delete(store: &Store, id: &FolderId) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    let gone = sqlx::query("delete from folder where id = $1")
        .bind(id.as_str())
        .execute(&mut *change)
        .await?;
    if gone.rows_affected() == 0 {
        return Err(StoreError::not_found("folder"));
    }
    change.commit().await
}

/// Climbs from the folder's parent to the top.
async fn check_place(change: &mut AnyConnection, folder: &Folder) -> Result<(), StoreError> {
    let mut above = folder.parent.clone();
    for _ in 0..MAX_DEPTH {
        let Some(parent) = above else {
            return Ok(());
        };
        if parent == folder.id {
            return Err(StoreError::InUse);
        }
        let row = sqlx::query("select parent from folder where id = $1")
            .bind(parent.as_str())
            .fetch_optional(&mut *change)
            .await?
            .ok_or(StoreError::InUse)?;
        above = row.maybe_id("parent")?;
    }
    Err(StoreError::InUse)
}

fn read(row: &AnyRow) -> Result<Folder, StoreError> {
    Ok(Folder {
        id: row.id("id")?,
        parent: row.maybe_id("parent")?,
        name: row.text("name")?,
        description: row.text("description")?,
        skeleton: row.maybe_text("skeleton")?,
    })
}
