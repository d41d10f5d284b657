//! The list of runs, fast over a million of them.
//!
//! A condition that no index serves in the order of the list would read the whole table. So a list is put together from
//! branches, each of which one index serves newest first and which stops at the page size: one for each flow and status
//! that is asked for, and for a search text one for each thing that it may mean.

mod conditions;

use flow::{FlowId, PersonId, RunId};

use super::{COLUMNS, Cause, RunRow, RunStatus, read};
use crate::flows::name_key;
use crate::page::rows_to_ask;
use crate::row::Columns;
use crate::sql::{Sql, anywhere};
use crate::{Page, Store, StoreError, Word};
use conditions::conditions;

/// Which runs to list.
#[derive(Clone, Debug, Default)]
pub struct RunFilter {
    /// Only of these flows; empty for all.
    pub flows: Vec<FlowId>,
    /// Only in these states; empty for all.
    pub statuses: Vec<RunStatus>,
    /// Started by one of these; empty for all.
    pub causes: Vec<StartedBy>,
    /// Only with this version.
    pub version: Option<i64>,
    /// Only those that this person started.
    pub person: Option<PersonId>,
    /// Only those about exactly this person or thing.
    pub subject: Option<String>,
    /// Finds the beginning of a run's id, part of a flow's name or of the title of one of its cards, a whole subject, part
    /// of an error message or of a value, the last two among the newest.
    pub text: Option<String>,
    /// By their place in the tree of calls.
    pub parent: RunParent,
    /// Only older than this one.
    pub before: Option<RunId>,
    /// Only newer than this one.
    pub after: Option<RunId>,
    /// At most this many.
    pub limit: u32,
}

/// What started a run, and whether a person did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartedBy {
    /// What.
    pub cause: Cause,
    /// By a person or by nobody; either where absent.
    pub by_person: Option<bool>,
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
/// Values are searched in so many of the newest runs.
const VALUES_SEARCHED: i64 = 500;
/// Titles of cards are searched in so many flows, those that were saved last.
const DRAFTS_SEARCHED: i64 = 300;
/// More branches than this become one.
const MOST_BRANCHES: usize = 60;
/// Ids in one statement.
const IDS_AT_ONCE: usize = 500;
const ID_PREFIX_FROM: usize = 6;

/// What one branch asks for beside the conditions that all share.
#[derive(Clone, Default)]
struct Branch {
    flows: Vec<FlowId>,
    statuses: Vec<RunStatus>,
    causes: Vec<StartedBy>,
    text: Option<Text>,
}

#[derive(Clone)]
enum Text {
    IdPrefix(String),
    Subject(String),
    Error(String),
    Value(String),
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
        let mut named = flows_named(store, filter, text).await?;
        named.extend(flows_with_card(store, filter, text).await?);
        named.sort();
        named.dedup();
        branches.extend(named.into_iter().map(|flow| Branch {
            flows: vec![flow],
            ..Branch::default()
        }));
        let meanings = [
            Some(Text::Subject(text.to_owned())),
            Some(Text::Error(text.to_lowercase())),
            Some(Text::Value(in_json(text))),
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
    let branches = split(branches, &filter.statuses, |branch, statuses| {
        branch.statuses = statuses;
    });
    Ok(split(branches, &filter.causes, |branch, causes| {
        branch.causes = causes;
    }))
}

/// Returns a text as it stands inside of JSON, in lower case.
fn in_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text.to_lowercase()).to_string();
    quoted.trim_matches('"').to_owned()
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

/// Makes one branch for each of several values, as long as there are few.
fn split<T: Clone>(
    branches: Vec<Branch>,
    values: &[T],
    set: impl Fn(&mut Branch, Vec<T>),
) -> Vec<Branch> {
    let is_many = branches.len() * values.len() > MOST_BRANCHES;
    let parts: Vec<Vec<T>> = match values {
        [] => return branches,
        all if is_many => vec![all.to_vec()],
        all => all.iter().map(|value| vec![value.clone()]).collect(),
    };
    let mut all = Vec::with_capacity(branches.len() * parts.len());
    for branch in branches {
        for part in &parts {
            let mut branch = branch.clone();
            set(&mut branch, part.clone());
            all.push(branch);
        }
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

/// Flows one of whose cards has a title of its own with this text in it.
async fn flows_with_card(
    store: &Store,
    filter: &RunFilter,
    text: &str,
) -> Result<Vec<FlowId>, StoreError> {
    let mut sql = Sql::new("select id from (select id, draft from flow where 1 = 1");
    if !filter.flows.is_empty() {
        sql.push(" and id in (");
        sql.bind_all(filter.flows.iter().map(FlowId::as_str))
            .push(")");
    }
    sql.push(" order by updated_at desc limit ")
        .bind(DRAFTS_SEARCHED);
    sql.push(") as saved where lower(draft) like ");
    // The title is the only field of a card in which a text directly follows this name.
    sql.bind(format!(
        "%\"title\":\"{}",
        anywhere(&in_json(text)).trim_start_matches('%')
    ));
    sql.push(" escape '\\' limit ").bind(FLOW_BRANCHES as i64);
    let rows = sql.all(store.pool()).await?;
    rows.iter().map(|row| row.id("id")).collect()
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
    } else if let Some(Text::Value(text)) = &branch.text {
        sql.push("select id from (select id, input, result from run where ");
        conditions(sql, filter, branch);
        sql.push(" order by id desc limit ").bind(VALUES_SEARCHED);
        sql.push(") as newest where lower(input) like ")
            .bind(anywhere(text));
        sql.push(" escape '\\' or lower(result) like ")
            .bind(anywhere(text));
        sql.push(" escape '\\' or exists (select 1 from journal where run = newest.id and lower(entries) like ")
            .bind(anywhere(text));
        sql.push(" escape '\\') order by id desc limit ")
            .bind(limit);
    } else {
        sql.push("select id from run where ");
        conditions(sql, filter, branch);
        sql.push(" order by id desc limit ").bind(limit);
    }
}
