//! Taking away what went through runs whose flow saves no data. The database allows exactly this on a run that is over.

use flow::RunId;
use sqlx::AnyConnection;

use crate::StoreError;
use crate::sql::Sql;

/// Outputs of no card, as the server writes them.
const NOTHING: &str = "[]";
/// Runs that are over; the words are those of [`super::RunStatus`].
const IS_OVER: &str = "status in ('succeeded', 'stopped', 'failed', 'canceled') and is_private = 1";

/// Takes away what a run was started with. Returns whether this is a run that is over and keeps no data.
pub(crate) async fn erase_in(change: &mut AnyConnection, run: &RunId) -> Result<bool, StoreError> {
    let mut sql = Sql::new("update run set input = ");
    sql.bind(NOTHING).push(" where id = ").bind(run.as_str());
    sql.push(" and ").push(IS_OVER);
    Ok(sql.run(change).await? > 0)
}

/// Takes away what the helper runs of `caller` returned, as far as they keep no data.
pub(crate) async fn erase_returned_in(
    change: &mut AnyConnection,
    caller: &RunId,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("update run set result = null where parent_run = ");
    sql.bind(caller.as_str())
        .push(" and result is not null and ")
        .push(IS_OVER);
    sql.run(change).await?;
    Ok(())
}

/// Takes away what went through a run that is over, whatever its flow says now. Returns whether it is over.
pub(crate) async fn clear_in(change: &mut AnyConnection, run: &RunId) -> Result<bool, StoreError> {
    let mut sql = Sql::new("update run set input = ");
    sql.bind(NOTHING);
    sql.push(", result = null, error_message = null, subject = null, is_private = 1 where id = ")
        .bind(run.as_str());
    sql.push(" and status in ('succeeded', 'stopped', 'failed', 'canceled')");
    Ok(sql.run(change).await? > 0)
}
