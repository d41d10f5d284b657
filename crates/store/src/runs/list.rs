//! The list of runs, fast over a million of them.
//!
//! A condition that no index serves in the order of the list would read the whole table. So a list is put together from
//! branches, each of which one index serves newest first and which stops at the page size: one for each flow and status
//! that is asked for, and for a search text one for each thing that it may mean.

use flow::{FlowId, RunId};

use super::{COLUMNS, RunRow, RunStatus, read};
use crate::flows::name_key;
use crate::page::rows_to_ask;
use crate::row::Columns;
use crate::sql::{Sql, anywhere};
use crate::{Page, Store, StoreError, Word};

/// Which runs to list.
#[derive(Clone, Debug, Default)]
pub struct RunFilter {
    /// Only of these flows; empty for all.
    pub flows: Vec<FlowId>,
    /// Only in these states; empty for all.
    pub statuses: Vec<RunStatus>,
    /// Finds the beginning of a run's id, part of a flow's name, a whole subject, or part of an error message.
    pub text: Option<String>,
    /// By their place in the tree of calls.
    pub parent: RunParent,
    /// Only older than this one.
    pub before: Option<RunId>,
    /// At most this many.
    pub limit: u32,
}

/// A place in the tree of calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RunParent {
    /// Any.
    #[default]
    Any,
    /// Not called by another run.
    Top,
    /// Called by this run.
    Of(RunId),
}

/// Which runs that a run called to list.
#[derive(Clone, Debug)]
pub struct Children {
    /// The calling run.
    pub parent: RunId,
    /// Only after this item and run.
    pub after: Option<(i64, RunId)>,
    /// At most this many.
    pub limit: u32,
}

/// More flows than this share one branch.
const FLOW_BRANCHES: usize = 20;
/// An error message is searched in this many of the newest failed runs.
const FAILURES_SEARCHED: i64 = 5_000;
/// Ids in one statement.
const IDS_AT_ONCE: usize = 500;
const ID_PREFIX_FROM: usize = 6;

/// What one branch asks for beside the conditions that all share.
#[derive(Clone, Default)]
struct Branch {
    flows: Vec<FlowId>,
    status: Option<RunStatus>,
    text: Option<Text>,
}

#[derive(Clone)]
enum Text {
    IdPrefix(String),
    Subject(String),
    Error(String),
}

/// Returns runs, newest first; the cursor is the `before` of the next page.
pub async fn list(store: &Store, filter: &RunFilter) -> Result<Page<RunRow, RunId>, StoreError> {
    let branches = branches(store, filter).await?;
    let mut sql = Sql::new(&format!("select {COLUMNS} from run where "));
    match branches.as_slice() {
        [only] if only.text.is_none() => conditions(&mut sql, filter, only),
        branches => {
            sql.push("id in (");
            for (index, branch) in branches.iter().enumerate() {
                sql.push(if index > 0 { " union " } else { "" });
                sql.push("select id from (");
                select_ids(&mut sql, filter, branch);
                sql.push(&format!(") as branch_{index}"));
            }
            sql.push(")");
        }
    }
    sql.push(" order by id desc limit ")
        .bind(rows_to_ask(filter.limit));
    let rows = sql.all(store.pool()).await?;
    let runs = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(runs, filter.limit, |run| run.id.clone()))
}

/// Returns those of the runs that a person canceled.
pub async fn canceled(store: &Store, runs: &[RunId]) -> Result<Vec<RunId>, StoreError> {
    let mut canceled = Vec::new();
    for some in runs.chunks(IDS_AT_ONCE) {
        let mut sql = Sql::new("select id from run where status = ");
        sql.bind(RunStatus::Canceled.word()).push(" and id in (");
        for (index, run) in some.iter().enumerate() {
            sql.push(if index > 0 { ", " } else { "" })
                .bind(run.as_str());
        }
        sql.push(")");
        for row in sql.all(store.pool()).await? {
            canceled.push(RunId::from(row.text("id")?));
        }
    }
    Ok(canceled)
}

/// Returns the runs that a run called, by item; the cursor is the `after` of the next page.
pub async fn children(
    store: &Store,
    filter: &Children,
) -> Result<Page<RunRow, (i64, RunId)>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from run where parent_run = "));
    sql.bind(filter.parent.as_str());
    if let Some((item, id)) = &filter.after {
        sql.push(" and (item, id) > (")
            .bind(*item)
            .push(", ")
            .bind(id.as_str())
            .push(")");
    }
    sql.push(" order by item, id limit ")
        .bind(rows_to_ask(filter.limit));
    let rows = sql.all(store.pool()).await?;
    let runs = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(runs, filter.limit, |run| {
        (run.item.unwrap_or(super::NO_ITEM), run.id.clone())
    }))
}

async fn branches(store: &Store, filter: &RunFilter) -> Result<Vec<Branch>, StoreError> {
    let asked = flow_branches(filter.flows.clone());
    let text = filter
        .text
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let mut branches = Vec::new();
    if let Some(text) = text {
        let named = flows_named(store, filter, text).await?;
        branches.extend(named.into_iter().map(|flow| Branch {
            flows: vec![flow],
            ..Branch::default()
        }));
        let meanings = [
            Some(Text::Subject(text.to_owned())),
            Some(Text::Error(text.to_lowercase())),
            Some(Text::IdPrefix(text.to_uppercase())).filter(|_| text.len() >= ID_PREFIX_FROM),
        ];
        for meaning in meanings.into_iter().flatten() {
            branches.extend(asked.iter().map(|branch| Branch {
                text: Some(meaning.clone()),
                ..branch.clone()
            }));
        }
    } else {
        branches = asked;
    }
    Ok(by_status(branches, &filter.statuses))
}

fn flow_branches(flows: Vec<FlowId>) -> Vec<Branch> {
    let of = |flows| Branch {
        flows,
        ..Branch::default()
    };
    if (1..=FLOW_BRANCHES).contains(&flows.len()) {
        flows.into_iter().map(|flow| of(vec![flow])).collect()
    } else {
        vec![of(flows)]
    }
}

fn by_status(branches: Vec<Branch>, statuses: &[RunStatus]) -> Vec<Branch> {
    if statuses.is_empty() {
        return branches;
    }
    let mut all = Vec::new();
    for branch in branches {
        all.extend(statuses.iter().map(|status| Branch {
            status: Some(*status),
            ..branch.clone()
        }));
    }
    all
}

async fn flows_named(
    store: &Store,
    filter: &RunFilter,
    text: &str,
) -> Result<Vec<FlowId>, StoreError> {
    let mut sql = Sql::new("select id from flow where name_key like ");
    sql.bind(anywhere(&name_key(text))).push(" escape '\\'");
    if !filter.flows.is_empty() {
        sql.push(" and id in (");
        sql.bind_all(filter.flows.iter().map(FlowId::as_str))
            .push(")");
    }
    sql.push(" order by name_key limit ")
        .bind(FLOW_BRANCHES as i64);
    sql.all(store.pool())
        .await?
        .iter()
        .map(|row| row.id("id"))
        .collect()
}

fn select_ids(sql: &mut Sql, filter: &RunFilter, branch: &Branch) {
    let limit = rows_to_ask(filter.limit);
    if let Some(Text::Error(text)) = &branch.text {
        sql.push("select id from (select id, error_message from run where ");
        conditions(sql, filter, branch);
        sql.push(" order by id desc limit ").bind(FAILURES_SEARCHED);
        sql.push(") as failures where lower(error_message) like ")
            .bind(anywhere(text));
        sql.push(" escape '\\' order by id desc limit ").bind(limit);
    } else {
        sql.push("select id from run where ");
        conditions(sql, filter, branch);
        sql.push(" order by id desc limit ").bind(limit);
    }
}

fn conditions(sql: &mut Sql, filter: &RunFilter, branch: &Branch) {
    match &filter.parent {
        RunParent::Any => sql.push("1 = 1"),
        RunParent::Top => sql.push("parent_run is null"),
        RunParent::Of(parent) => sql.push("parent_run = ").bind(parent.as_str()),
    };
    if let Some(before) = &filter.before {
        sql.push(" and id < ").bind(before.as_str());
    }
    match branch.flows.as_slice() {
        [] => {}
        [flow] => {
            sql.push(" and flow = ").bind(flow.as_str());
        }
        flows => {
            sql.push(" and flow in (");
            sql.bind_all(flows.iter().map(FlowId::as_str)).push(")");
        }
    }
    if let Some(status) = branch.status {
        sql.push(" and status = ").bind(status.word());
        // Said in these words so that the database sees that the partial indexes apply.
        sql.push(if status == RunStatus::Succeeded {
            ""
        } else {
            " and status <> 'succeeded'"
        });
    }
    match &branch.text {
        None => {}
        Some(Text::IdPrefix(prefix)) => {
            sql.push(" and id >= ").bind(prefix.as_str());
            sql.push(" and id < ").bind(format!("{prefix}~"));
        }
        Some(Text::Subject(subject)) => {
            sql.push(" and subject = ").bind(subject.as_str());
        }
        Some(Text::Error(_)) => {
            sql.push(" and status = 'failed' and status <> 'succeeded'");
        }
    }
}
