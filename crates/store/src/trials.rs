//! What trying a flow out leaves behind: the drafts that ran, and inputs that somebody gave a name.
//!
//! A draft that is tried out is kept like a version, under a number below zero: people go on editing, and the page of the
//! run shows what ran.

use flow::{Flow, FlowId, PersonId, RunId};
use sqlx::any::AnyRow;

use crate::row::{Columns, parse, to_json};
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// Named inputs of one flow at most.
pub const MOST_TESTS: i64 = 200;

/// Runs that are removed in one transaction at most: short ones let others through.
const SOME: usize = 200;

/// Inputs by which a flow can be tried out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedTest {
    /// Its id.
    pub id: String,
    /// The flow.
    pub flow: FlowId,
    /// What somebody called it.
    pub name: String,
    /// The inputs, as JSON.
    pub inputs: String,
    /// Who made it.
    pub author: Option<PersonId>,
    /// When.
    pub created_at: i64,
}

/// Keeps a draft that is about to run and returns its number. The same draft twice in a row is kept once.
pub async fn keep_draft(store: &Store, draft: &Flow, at: i64) -> Result<i64, StoreError> {
    let document = to_json(draft)?;
    let mut lock = Sql::new("select id from flow where id = ");
    lock.bind(draft.id.as_str())
        .push(store.dialect().for_update());
    let mut change = store.change().await?;
    if lock.first(&mut *change).await?.is_none() {
        return Err(StoreError::not_found("flow"));
    }
    let mut newest = Sql::new("select number, document from tried_draft where flow = ");
    newest
        .bind(draft.id.as_str())
        .push(" order by number limit 1");
    let newest = newest.first(&mut *change).await?;
    let number = match &newest {
        Some(row) if row.text("document")? == document => return row.number("number"),
        Some(row) => row.number("number")? - 1,
        None => -1,
    };
    let mut sql = Sql::new("insert into tried_draft (flow, number, document, created_at) values (");
    bind!(sql, draft.id.as_str(), number, document, at);
    sql.push(")");
    sql.run(&mut *change).await?;
    change.commit().await?;
    Ok(number)
}

/// Returns a draft that ran.
pub async fn draft(store: &Store, flow: &FlowId, number: i64) -> Result<Flow, StoreError> {
    let mut sql = Sql::new("select document from tried_draft where flow = ");
    sql.bind(flow.as_str()).push(" and number = ").bind(number);
    let row = sql.first(store.pool()).await?;
    let row = row.ok_or(StoreError::not_found("version"))?;
    parse("document", &row.text("document")?)
}

/// Removes the oldest run by which a flow was tried out, if it is older than `older_than` and over, with the helper runs
/// that it called and their journals. Returns whether there was one; call it until there is none.
pub async fn delete_older(store: &Store, older_than: &RunId) -> Result<bool, StoreError> {
    let mut old = Sql::new("select id from run where trial is not null and id < ");
    old.bind(older_than.as_str());
    old.push(" and status in ('succeeded', 'stopped', 'failed', 'canceled') order by id limit 1");
    let Some(top) = old.first(store.pool()).await? else {
        return Ok(false);
    };
    let mut found = vec![top.text("id")?];
    let mut done = 0;
    // Level by level, since the index knows runs by the one that called them.
    while done < found.len() {
        let some: Vec<String> = found.iter().skip(done).take(SOME).cloned().collect();
        done += some.len();
        let mut called = Sql::new(
            "select id from run where status in ('succeeded', 'stopped', 'failed', 'canceled') and parent_run in (",
        );
        called
            .bind_all(some.iter().map(String::as_str))
            .push(") and parent_run is not null");
        for row in called.all(store.pool()).await? {
            found.push(row.text("id")?);
        }
    }
    // The run at the top goes last: whoever is interrupted finds the rest through it.
    found.reverse();
    for some in found.chunks(SOME) {
        let mut change = store.change().await?;
        for statement in [
            "delete from journal where run in (",
            "delete from run where id in (",
        ] {
            let mut sql = Sql::new(statement);
            sql.bind_all(some.iter().map(String::as_str)).push(")");
            sql.run(&mut *change).await?;
        }
        change.commit().await?;
    }
    Ok(true)
}

/// Removes drafts that were tried before `before` and of which no run is left. Returns how many.
pub async fn delete_drafts(store: &Store, before: i64) -> Result<u64, StoreError> {
    let mut sql = Sql::new("delete from tried_draft where created_at < ");
    sql.bind(before).push(
        " and not exists (select 1 from run where run.trial is not null and run.flow = tried_draft.flow \
         and run.version = tried_draft.number)",
    );
    let mut change = store.change().await?;
    let gone = sql.run(&mut *change).await?;
    change.commit().await?;
    Ok(gone)
}

const COLUMNS: &str = "id, flow, name, inputs, author, created_at";

/// Returns the named inputs of a flow, by name.
pub async fn list_tests(store: &Store, flow: &FlowId) -> Result<Vec<SavedTest>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from saved_test where flow = "));
    sql.bind(flow.as_str())
        .push(" order by name, id limit ")
        .bind(MOST_TESTS);
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns named inputs by their id.
pub async fn find_test(store: &Store, id: &str) -> Result<Option<SavedTest>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from saved_test where id = "));
    sql.bind(id);
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Adds named inputs.
pub async fn insert_test(store: &Store, test: &SavedTest) -> Result<(), StoreError> {
    let mut sql = Sql::new(&format!("insert into saved_test ({COLUMNS}) values ("));
    bind!(
        sql,
        test.id.as_str(),
        test.flow.as_str(),
        test.name.as_str(),
        test.inputs.as_str(),
        test.author.as_ref().map(PersonId::as_str),
        test.created_at,
    );
    sql.push(")");
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Gives named inputs another name. Returns whether they are there.
pub async fn rename_test(store: &Store, id: &str, name: &str) -> Result<bool, StoreError> {
    let mut sql = Sql::new("update saved_test set name = ");
    sql.bind(name).push(" where id = ").bind(id);
    let mut change = store.change().await?;
    let renamed = sql.run(&mut *change).await?;
    change.commit().await?;
    Ok(renamed > 0)
}

/// Removes named inputs. Returns whether they were there.
pub async fn delete_test(store: &Store, id: &str) -> Result<bool, StoreError> {
    let mut sql = Sql::new("delete from saved_test where id = ");
    sql.bind(id);
    let mut change = store.change().await?;
    let gone = sql.run(&mut *change).await?;
    change.commit().await?;
    Ok(gone > 0)
}

fn read(row: &AnyRow) -> Result<SavedTest, StoreError> {
    Ok(SavedTest {
        id: row.text("id")?,
        flow: row.id("flow")?,
        name: row.text("name")?,
        inputs: row.text("inputs")?,
        author: row.maybe_id("author")?,
        created_at: row.number("created_at")?,
    })
}
