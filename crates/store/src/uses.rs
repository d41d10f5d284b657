//! What a flow refers to: connections, helper flows, tables, and which cards it has. Read from the document whenever it
//! is stored, with the texts by which it is found.

use std::collections::BTreeSet;

use flow::{Base, ConnectionId, Flow, FlowId, Input, OnError, TableId, Then};
use sqlx::AnyConnection;

use crate::row::Columns;
use crate::search;
use crate::sql::{Sql, bind};
use crate::word::words;
use crate::{Store, StoreError, Word};

words! {
    /// Where the reference stands.
    pub enum Source {
        /// In the draft.
        Draft = "draft",
        /// In the version that is on.
        Active = "active",
    }
}

words! {
    /// What kind of thing a flow refers to.
    pub enum UseKind {
        /// A connection.
        Connection = "connection",
        /// Another flow.
        Flow = "flow",
        /// A table.
        Table = "table",
        /// A card of the catalogue.
        Card = "card",
    }
}

/// A flow that refers to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserFlow {
    /// The flow.
    pub id: FlowId,
    /// Its name.
    pub name: String,
    /// It is on.
    pub is_on: bool,
}

const LIMIT: i64 = 500;

/// Returns the flows that use a connection, by name, at most 500.
pub async fn of_connection(store: &Store, id: &ConnectionId) -> Result<Vec<UserFlow>, StoreError> {
    of(store, UseKind::Connection, id.as_str()).await
}

/// Returns the flows that call a flow, by name, at most 500.
pub async fn of_flow(store: &Store, id: &FlowId) -> Result<Vec<UserFlow>, StoreError> {
    of(store, UseKind::Flow, id.as_str()).await
}

/// Returns the flows that use a table, by name, at most 500.
pub async fn of_table(store: &Store, id: &TableId) -> Result<Vec<UserFlow>, StoreError> {
    of(store, UseKind::Table, id.as_str()).await
}

/// Returns which connections the drafts of all flows use.
pub async fn all_connections(store: &Store) -> Result<Vec<(FlowId, ConnectionId)>, StoreError> {
    let rows = sqlx::query(
        "select flow, target from flow_use where kind = $1 and source = $2 order by flow, target",
    )
    .bind(UseKind::Connection.word())
    .bind(Source::Draft.word())
    .fetch_all(store.pool())
    .await?;
    rows.iter()
        .map(|row| Ok((row.id("flow")?, row.id("target")?)))
        .collect()
}

async fn of(store: &Store, kind: UseKind, target: &str) -> Result<Vec<UserFlow>, StoreError> {
    let rows = sqlx::query(
        "select id, name, is_on from flow \
         where id in (select flow from flow_use where kind = $1 and target = $2) order by name_key, id limit $3",
    )
    .bind(kind.word())
    .bind(target)
    .bind(LIMIT)
    .fetch_all(store.pool())
    .await?;
    rows.iter()
        .map(|row| {
            Ok(UserFlow {
                id: row.id("id")?,
                name: row.text("name")?,
                is_on: row.flag("is_on")?,
            })
        })
        .collect()
}

/// Replaces what is known of one document of the flow.
pub(crate) async fn save(
    change: &mut AnyConnection,
    document: &Flow,
    source: Source,
) -> Result<(), StoreError> {
    clear(change, &document.id, source).await?;
    let uses: Vec<_> = in_document(document).into_iter().collect();
    for some in uses.chunks(100) {
        let mut sql = Sql::new("insert into flow_use (flow, source, kind, target) values ");
        sql.rows(some, |sql, (kind, target)| {
            bind!(
                sql,
                document.id.as_str(),
                source.word(),
                kind.word(),
                target.as_str()
            );
        });
        sql.run(&mut *change).await?;
    }
    search::save(change, document, source).await
}

/// Forgets what is known of one document of the flow.
pub(crate) async fn clear(
    change: &mut AnyConnection,
    flow: &FlowId,
    source: Source,
) -> Result<(), StoreError> {
    sqlx::query("delete from flow_use where flow = $1 and source = $2")
        .bind(flow.as_str())
        .bind(source.word())
        .execute(&mut *change)
        .await?;
    search::clear(change, flow, source).await
}

fn in_document(document: &Flow) -> BTreeSet<(UseKind, String)> {
    let mut uses = BTreeSet::new();
    uses.extend(error_flow(&document.on_error));
    for step in document.all_steps() {
        uses.insert((UseKind::Card, step.card.to_string()));
        uses.extend(error_flow(&step.on_error));
        if let Some(connection) = &step.connection {
            uses.insert((UseKind::Connection, connection.to_string()));
        }
        for input in step.all_inputs() {
            let Some(target) = input.constant().and_then(|value| value.as_str()) else {
                continue;
            };
            if let Some(kind) = kind_of(input).filter(|_| !target.is_empty()) {
                uses.insert((kind, target.to_owned()));
            }
        }
    }
    uses
}

/// The flow that handles an error.
fn error_flow(on_error: &OnError) -> Option<(UseKind, String)> {
    match &on_error.then {
        Then::RunFlow { flow } => Some((UseKind::Flow, flow.to_string())),
        Then::Halt | Then::ReturnValues => None,
    }
}

fn kind_of(input: &Input) -> Option<UseKind> {
    if input.ty.base == Base::Flow {
        Some(UseKind::Flow)
    } else if input.key.is("parameters", "stash") {
        Some(UseKind::Table)
    } else {
        None
    }
}
