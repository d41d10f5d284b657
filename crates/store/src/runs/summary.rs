//! Figures over the runs of a span of time, for the home page.

use flow::{FlowId, RunId};

use super::RunStatus;
use crate::row::Columns;
use crate::sql::Sql;
use crate::{Store, StoreError};

/// How many runs of one flow began in one hour and how they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HourCount {
    /// The flow.
    pub flow: FlowId,
    /// What it was called.
    pub flow_name: String,
    /// Where the runs are.
    pub status: RunStatus,
    /// The hour, counted from 1970.
    pub hour: i64,
    /// How many.
    pub runs: i64,
}

/// Counts the runs, helper runs left out, that are not older than `since` (ids sort by time), by flow, hour and status.
/// At most 10,000 lines.
pub async fn count_by_hour(store: &Store, since: &RunId) -> Result<Vec<HourCount>, StoreError> {
    let mut sql = Sql::new(
        "select flow, max(flow_name) as flow_name, status, created_at / 3600000 as hour, count(*) as runs from run \
         where parent_run is null and id >= ",
    );
    sql.bind(since.as_str());
    sql.push(
        " group by flow, status, created_at / 3600000 order by hour, flow, status limit 10000",
    );
    let rows = sql.all(store.pool()).await?;
    rows.iter()
        .map(|row| {
            Ok(HourCount {
                flow: row.id("flow")?,
                flow_name: row.text("flow_name")?,
                status: row.word("status")?,
                hour: row.number("hour")?,
                runs: row.number("runs")?,
            })
        })
        .collect()
}
