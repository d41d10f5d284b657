//! How much of an org's rate limits a connection leaves to everybody else. A setting of its own, so that renewing tokens
//! and testing a connection never write it back.

use flow::ConnectionId;

use crate::row::Columns;
use crate::sql::Sql;
use crate::{Store, StoreError};

/// Returns the share, in percent of each bucket; nothing where there is no such connection.
pub async fn find(store: &Store, connection: &ConnectionId) -> Result<Option<i64>, StoreError> {
    let mut sql = Sql::new("select leave_percent from connection where id = ");
    sql.bind(connection.as_str());
    let row = sql.first(store.pool()).await?;
    row.map(|row| row.number("leave_percent")).transpose()
}

/// Stores the share, in percent of each bucket.
pub async fn save(
    store: &Store,
    connection: &ConnectionId,
    percent: i64,
    at: i64,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("update connection set leave_percent = ");
    sql.bind(percent).push(", updated_at = ").bind(at);
    sql.push(" where id = ").bind(connection.as_str());
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        return Err(StoreError::not_found("connection"));
    }
    change.commit().await
}
