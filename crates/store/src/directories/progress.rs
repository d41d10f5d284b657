//! How far imports are that go by sessions of an identity source: JSON that only others understand.

use crate::row::Columns;
use crate::sql::Sql;
use crate::{Store, StoreError};

/// Returns how far an import is that goes by sessions.
pub async fn find(store: &Store, id: &str) -> Result<Option<String>, StoreError> {
    let mut sql = Sql::new("select progress from directory_import where id = ");
    sql.bind(id);
    match sql.first(store.pool()).await? {
        Some(row) => row.maybe_text("progress"),
        None => Ok(None),
    }
}

/// Notes how far an import is that goes by sessions. It is on disk before the next call leaves.
pub async fn save(store: &Store, id: &str, progress: Option<&str>) -> Result<(), StoreError> {
    let mut sql = Sql::new("update directory_import set progress = ");
    sql.bind(progress).push(" where id = ").bind(id);
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await
}
