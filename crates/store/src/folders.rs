//! Folders: a tree that holds flows and tables.

use std::collections::HashSet;

use flow::FolderId;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

mod contents;

pub use contents::{Contents, Copies, contents, delete_whole, insert_copies};

/// How deep folders nest at most, the outermost one included.
pub const MAX_DEPTH: usize = 5;
/// Trees of earlier versions may be deeper; reading one gives up here.
pub const MOST_LEVELS: usize = 20;

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

/// Adds a folder; [`StoreError::TooDeep`] below [`MAX_DEPTH`] levels.
pub async fn insert(store: &Store, folder: &Folder) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    let tree = locked_tree(store, &mut change).await?;
    check_place(&tree, folder.parent.as_ref())?;
    insert_in(&mut change, folder).await?;
    change.commit().await
}

async fn insert_in(change: &mut AnyConnection, folder: &Folder) -> Result<(), StoreError> {
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
    sql.run(change).await?;
    Ok(())
}

/// Stores a folder's name, description and skeleton. [`move_to`] moves it.
pub async fn save(store: &Store, folder: &Folder) -> Result<(), StoreError> {
    let mut sql = Sql::new("update folder set name = ");
    sql.bind(folder.name.as_str());
    sql.push(", description = ")
        .bind(folder.description.as_str());
    sql.push(", skeleton = ").bind(folder.skeleton.as_deref());
    sql.push(" where id = ").bind(folder.id.as_str());
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        return Err(StoreError::not_found("folder"));
    }
    change.commit().await
}

/// Moves a folder with everything below it. Refuses to move it into itself or too deep, also when others move at once.
pub async fn move_to(
    store: &Store,
    id: &FolderId,
    parent: Option<&FolderId>,
) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    let tree = locked_tree(store, &mut change).await?;
    if !tree.iter().any(|(folder, _)| folder == id) {
        return Err(StoreError::not_found("folder"));
    }
    let inside = below(&tree, id);
    if parent.is_some_and(|parent| inside.contains(parent)) {
        return Err(StoreError::Circle);
    }
    let above = match parent {
        Some(parent) => depth(&tree, parent)?,
        None => 0,
    };
    let own = depth(&tree, id)?;
    let mut deepest = own;
    for folder in &inside {
        deepest = deepest.max(depth(&tree, folder)?);
    }
    if above + deepest - own + 1 > MAX_DEPTH {
        return Err(StoreError::TooDeep { most: MAX_DEPTH });
    }
    sqlx::query("update folder set parent = $1 where id = $2")
        .bind(parent.map(FolderId::as_str))
        .bind(id.as_str())
        .execute(&mut *change)
        .await?;
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

/// Every folder with its parent, locked until the change ends: whoever else changes the tree waits.
async fn locked_tree(
    store: &Store,
    change: &mut AnyConnection,
) -> Result<Vec<(FolderId, Option<FolderId>)>, StoreError> {
    let mut sql = Sql::new("select id, parent from folder order by id");
    sql.push(store.dialect().for_update());
    let rows = sql.all(change).await?;
    rows.iter()
        .map(|row| Ok((row.id("id")?, row.maybe_id("parent")?)))
        .collect()
}

/// The folder and everything below it.
fn below(tree: &[(FolderId, Option<FolderId>)], top: &FolderId) -> HashSet<FolderId> {
    let mut inside = HashSet::from([top.clone()]);
    for _ in 0..MOST_LEVELS {
        let before = inside.len();
        for (folder, parent) in tree {
            if parent
                .as_ref()
                .is_some_and(|parent| inside.contains(parent))
            {
                inside.insert(folder.clone());
            }
        }
        if inside.len() == before {
            break;
        }
    }
    inside
}

/// How deep a folder stands, from 1.
fn depth(tree: &[(FolderId, Option<FolderId>)], folder: &FolderId) -> Result<usize, StoreError> {
    let mut here = Some(folder);
    for level in 0..=MOST_LEVELS {
        let Some(folder) = here else {
            return Ok(level);
        };
        let found = tree.iter().find(|(id, _)| id == folder);
        let (_, parent) = found.ok_or(StoreError::not_found("folder"))?;
        here = parent.as_ref();
    }
    Err(StoreError::Circle)
}

/// Refuses a new folder that would stand too deep.
fn check_place(
    tree: &[(FolderId, Option<FolderId>)],
    parent: Option<&FolderId>,
) -> Result<(), StoreError> {
    let above = match parent {
        Some(parent) => depth(tree, parent)?,
        None => 0,
    };
    if above + 1 > MAX_DEPTH {
        return Err(StoreError::TooDeep { most: MAX_DEPTH });
    }
    Ok(())
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
