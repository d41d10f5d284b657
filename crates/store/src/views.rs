//! Filters of the list of runs that a person gave a name.

use flow::PersonId;
use sqlx::any::AnyRow;

use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// A filter with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub person: PersonId,
    /// Its name.
    pub name: String,
    /// What stands behind `?` in the address.
    pub query: String,
    /// When it was made.
    pub created_at: i64,
}

/// Views of one person at most.
pub const MOST: i64 = 100;

const COLUMNS: &str = "id, person, name, query, created_at";

/// Returns the views of a person, by name.
pub async fn list(store: &Store, person: &PersonId) -> Result<Vec<SavedView>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from saved_view where person = "));
    sql.bind(person.as_str())
        .push(" order by name, id limit ")
        .bind(MOST);
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Adds a view.
pub async fn insert(store: &Store, view: &SavedView) -> Result<(), StoreError> {
    let mut sql = Sql::new(&format!("insert into saved_view ({COLUMNS}) values ("));
    bind!(
        sql,
        view.id.as_str(),
        view.person.as_str(),
        view.name.as_str(),
        view.query.as_str(),
        view.created_at,
    );
    sql.push(")");
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Removes a view of this person. Returns whether it was there.
pub async fn delete(store: &Store, person: &PersonId, id: &str) -> Result<bool, StoreError> {
    let mut sql = Sql::new("delete from saved_view where id = ");
    sql.bind(id).push(" and person = ").bind(person.as_str());
    let mut change = store.change().await?;
    let gone = sql.run(&mut *change).await?;
    change.commit().await?;
    Ok(gone > 0)
}

fn read(row: &AnyRow) -> Result<SavedView, StoreError> {
    Ok(SavedView {
        id: row.text("id")?,
        person: row.id("person")?,
        name: row.text("name")?,
        query: row.text("query")?,
        created_at: row.number("created_at")?,
    })
}
