//! What a page about runs asks beside the list: the runs around one, the runs that repeat one, how long runs usually take.

use std::collections::HashSet;

use flow::{FlowId, RunId};

use super::{COLUMNS, RunRow, read};
use crate::row::Columns;
use crate::sql::Sql;
use crate::{Store, StoreError};

/// So many of the newest runs tell how long a flow usually takes.
const LOOKED_AT: i64 = 200;
/// Fewer say nothing.
const AT_LEAST: usize = 5;

/// The runs before and after one, of the same flow and the same place in the tree of calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The next newer one.
    pub newer: Option<RunId>,
    /// The next older one.
    pub older: Option<RunId>,
}

/// Returns the runs beside a run.
pub async fn neighbours(store: &Store, run: &RunRow) -> Result<Neighbours, StoreError> {
    Ok(Neighbours {
        newer: beside(store, run, " and id > ", " order by id limit 1").await?,
        older: beside(store, run, " and id < ", " order by id desc limit 1").await?,
    })
}

async fn beside(
    store: &Store,
    run: &RunRow,
    compared: &str,
    order: &str,
) -> Result<Option<RunId>, StoreError> {
    let mut sql = Sql::new("select id from run where flow = ");
    sql.bind(run.flow.as_str());
    match &run.parent_run {
        Some(parent) => sql.push(" and parent_run = ").bind(parent.as_str()),
        None => sql.push(" and parent_run is null"),
    };
    sql.push(compared).bind(run.id.as_str()).push(order);
    let row = sql.first(store.pool()).await?;
    row.map(|row| row.id("id")).transpose()
}

/// Returns the runs that repeat a run, the newest first, at most 20.
pub async fn again(store: &Store, run: &RunId) -> Result<Vec<RunRow>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from run where again_of = "));
    sql.bind(run.as_str()).push(" order by id desc limit 20");
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns the duration in milliseconds that 95 of 100 of the newest runs of a flow do not exceed; nothing where too few
/// ended.
pub async fn usual_duration(store: &Store, flow: &FlowId) -> Result<Option<i64>, StoreError> {
    let mut sql = Sql::new("select duration_ms from run where flow = ");
    sql.bind(flow.as_str())
        .push(" order by id desc limit ")
        .bind(LOOKED_AT);
    let rows = sql.all(store.pool()).await?;
    let mut took = Vec::with_capacity(rows.len());
    for row in &rows {
        took.extend(row.maybe_number("duration_ms")?);
    }
    if took.len() < AT_LEAST {
        return Ok(None);
    }
    took.sort_unstable();
    Ok(took.get((took.len() * 95).div_ceil(100) - 1).copied())
}

/// Returns the ids of the helper runs of a run that ended well and whose results are kept.
pub async fn ended_well(store: &Store, parent: &RunId) -> Result<HashSet<RunId>, StoreError> {
    let mut sql = Sql::new(
        "select id from run where status in ('succeeded', 'stopped') and is_private = 0 and parent_run = ",
    );
    sql.bind(parent.as_str());
    let rows = sql.all(store.pool()).await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// Returns runs of a flow that are over and still hold data, the oldest first, helper runs of other flows left out.
pub async fn with_data(
    store: &Store,
    flow: &FlowId,
    after: Option<&RunId>,
    limit: u32,
) -> Result<Vec<RunRow>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from run where flow = "));
    sql.bind(flow.as_str());
    sql.push(" and is_private = 0 and status in ('succeeded', 'stopped', 'failed', 'canceled')");
    if let Some(after) = after {
        sql.push(" and id > ").bind(after.as_str());
    }
    sql.push(" order by id limit ")
        .bind(i64::from(limit.clamp(1, crate::MAX_PAGE)));
    sql.all(store.pool()).await?.iter().map(read).collect()
}
