//! Drafts beside the one that people edit: those that gave way to another, and what each person saw last.

use flow::{Flow, FlowId, PersonId};
use sqlx::any::AnyRow;

use crate::row::{Columns, parse, to_json};
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// So many are kept of a flow; older ones go.
pub const MOST_KEPT: i64 = 50;

/// A draft that gave way to another, without its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRow {
    /// Id.
    pub id: String,
    /// The flow.
    pub flow: FlowId,
    /// Why it gave way, a word of the caller's.
    pub reason: String,
    /// Whose it was.
    pub author: Option<PersonId>,
    /// When it was kept.
    pub created_at: i64,
}

/// What a person saw of a flow last.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// When.
    pub at: i64,
    /// The draft as it was then.
    pub document: Flow,
}

/// Keeps a draft; the oldest ones of the flow beyond [`MOST_KEPT`] go.
pub async fn keep(store: &Store, row: &KeptRow, document: &Flow) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    let mut sql = Sql::new(
        "insert into kept_draft (id, flow, reason, author, created_at, document) values (",
    );
    bind!(
        sql,
        row.id.as_str(),
        row.flow.as_str(),
        row.reason.as_str(),
        row.author.as_ref().map(PersonId::as_str),
        row.created_at,
        to_json(document)?,
    );
    sql.push(")");
    sql.run(&mut *change).await?;
    let mut old =
        Sql::new("delete from kept_draft where id in (select id from kept_draft where flow = ");
    old.bind(row.flow.as_str())
        .push(" order by created_at desc, id desc limit 1000 offset ")
        .bind(MOST_KEPT)
        .push(")");
    old.run(&mut *change).await?;
    change.commit().await
}

/// Returns the kept drafts of a flow without documents, newest first.
pub async fn list(store: &Store, flow: &FlowId) -> Result<Vec<KeptRow>, StoreError> {
    let mut sql =
        Sql::new("select id, flow, reason, author, created_at from kept_draft where flow = ");
    sql.bind(flow.as_str())
        .push(" order by created_at desc, id desc");
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns one kept draft.
pub async fn get(store: &Store, flow: &FlowId, id: &str) -> Result<(KeptRow, Flow), StoreError> {
    let mut sql = Sql::new(
        "select id, flow, reason, author, created_at, document from kept_draft where flow = ",
    );
    sql.bind(flow.as_str()).push(" and id = ").bind(id);
    let row = sql
        .first(store.pool())
        .await?
        .ok_or(StoreError::not_found("kept draft"))?;
    Ok((read(&row)?, parse("document", &row.text("document")?)?))
}

/// Returns what a person saw of a flow last.
pub async fn look(
    store: &Store,
    flow: &FlowId,
    person: &PersonId,
) -> Result<Option<Look>, StoreError> {
    let mut sql = Sql::new("select looked_at, document from flow_look where flow = ");
    sql.bind(flow.as_str())
        .push(" and person = ")
        .bind(person.as_str());
    let Some(row) = sql.first(store.pool()).await? else {
        return Ok(None);
    };
    Ok(Some(Look {
        at: row.number("looked_at")?,
        document: parse("document", &row.text("document")?)?,
    }))
}

/// Notes that a person sees the draft as it is now.
pub async fn save_look(
    store: &Store,
    flow: &FlowId,
    person: &PersonId,
    at: i64,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("insert into flow_look (flow, person, looked_at, document) select id, ");
    sql.bind(person.as_str()).push(", ").bind(at);
    sql.push(", draft from flow where id = ")
        .bind(flow.as_str());
    sql.push(" on conflict (flow, person) do update set looked_at = excluded.looked_at, document = excluded.document");
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        return Err(StoreError::not_found("flow"));
    }
    change.commit().await
}

fn read(row: &AnyRow) -> Result<KeptRow, StoreError> {
    Ok(KeptRow {
        id: row.text("id")?,
        flow: row.id("flow")?,
        reason: row.text("reason")?,
        author: row.maybe_id("author")?,
        created_at: row.number("created_at")?,
    })
}
