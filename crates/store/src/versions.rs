//! Versions of flows: documents that never change again. They outlive their flow.

use flow::{Flow, FlowId, PersonId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::row::{Columns, parse, to_json};
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// A version without its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// The flow.
    pub flow: FlowId,
    /// Counts from 1 in each flow.
    pub number: i64,
    /// What somebody called it; empty when nobody did.
    pub name: String,
    /// Why it was saved; may be empty.
    pub note: String,
    /// How many things differ from the version before it, where that was counted.
    pub changes: Option<i64>,
    /// Who made it.
    pub author: Option<PersonId>,
    /// When.
    pub created_at: i64,
}

/// A version with its document.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionRecord {
    /// All but the document.
    pub row: VersionRow,
    /// The document.
    pub document: Flow,
}

/// A version to add.
#[derive(Clone, Debug)]
pub struct NewVersion<'a> {
    /// The document, which has the id of the flow.
    pub document: &'a Flow,
    /// What to call it; may be empty.
    pub name: &'a str,
    /// Why it is saved; may be empty.
    pub note: &'a str,
    /// How many things differ from the version before it.
    pub changes: Option<i64>,
    /// Who makes it.
    pub author: Option<&'a PersonId>,
    /// When.
    pub at: i64,
}

const COLUMNS: &str = "flow, number, name, author, created_at";
const READ: &str = "v.flow, v.number, v.author, v.created_at, coalesce(l.name, v.name) as name, \
     coalesce(l.note, '') as note, l.changes";
const FROM: &str = "from flow_version v left join version_label l on l.flow = v.flow and l.number = v.number \
     where v.flow = ";
const LIMIT: i64 = 500;

/// Adds a version of an existing flow and returns its number.
pub async fn insert(store: &Store, new: &NewVersion<'_>) -> Result<i64, StoreError> {
    let flow = &new.document.id;
    let mut lock = Sql::new("select id from flow where id = ");
    lock.bind(flow.as_str()).push(store.dialect().for_update());
    let mut change = store.change().await?;
    if lock.first(&mut *change).await?.is_none() {
        return Err(StoreError::not_found("flow"));
    }
    let row = sqlx::query(
        "select coalesce(max(number), 0) + 1 as next from flow_version where flow = $1",
    )
    .bind(flow.as_str())
    .fetch_one(&mut *change)
    .await?;
    let number = row.number("next")?;
    let mut sql = Sql::new(&format!(
        "insert into flow_version ({COLUMNS}, document) values ("
    ));
    bind!(
        sql,
        flow.as_str(),
        number,
        new.name,
        new.author.map(PersonId::as_str),
        new.at,
        to_json(new.document)?,
    );
    sql.push(")");
    sql.run(&mut *change).await?;
    let mut label =
        Sql::new("insert into version_label (flow, number, name, note, changes) values (");
    bind!(
        label,
        flow.as_str(),
        number,
        new.name,
        new.note,
        new.changes,
    );
    label.push(")");
    label.run(&mut *change).await?;
    change.commit().await?;
    Ok(number)
}

/// Gives an existing version another name and note. Its document stays what it is.
pub async fn rename(
    store: &Store,
    flow: &FlowId,
    number: i64,
    name: &str,
    note: &str,
) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    if select(flow, number).first(&mut *change).await?.is_none() {
        return Err(StoreError::not_found("version"));
    }
    let mut sql = Sql::new("insert into version_label (flow, number, name, note) values (");
    bind!(sql, flow.as_str(), number, name, note);
    sql.push(
        ") on conflict (flow, number) do update set name = excluded.name, note = excluded.note",
    );
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Returns the versions of a flow without documents, newest first, at most 500.
pub async fn list(store: &Store, flow: &FlowId) -> Result<Vec<VersionRow>, StoreError> {
    let mut sql = Sql::new(&format!("select {READ} {FROM}"));
    sql.bind(flow.as_str())
        .push(" order by v.number desc limit ")
        .bind(LIMIT);
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns one version.
pub async fn get(store: &Store, flow: &FlowId, number: i64) -> Result<VersionRecord, StoreError> {
    let row = select(flow, number).first(store.pool()).await?;
    record(row)
}

/// Returns one version inside a transaction.
pub(crate) async fn get_in(
    change: &mut AnyConnection,
    flow: &FlowId,
    number: i64,
) -> Result<VersionRecord, StoreError> {
    let row = select(flow, number).first(change).await?;
    record(row)
}

fn select(flow: &FlowId, number: i64) -> Sql {
    let mut sql = Sql::new(&format!("select {READ}, v.document {FROM}"));
    sql.bind(flow.as_str())
        .push(" and v.number = ")
        .bind(number);
    sql
}

fn record(row: Option<AnyRow>) -> Result<VersionRecord, StoreError> {
    let row = row.ok_or(StoreError::not_found("version"))?;
    Ok(VersionRecord {
        row: read(&row)?,
        document: parse("document", &row.text("document")?)?,
    })
}

fn read(row: &AnyRow) -> Result<VersionRow, StoreError> {
    Ok(VersionRow {
        flow: row.id("flow")?,
        number: row.number("number")?,
        name: row.text("name")?,
        note: row.text("note")?,
        changes: row.maybe_number("changes")?,
        author: row.maybe_id("author")?,
        created_at: row.number("created_at")?,
    })
}
