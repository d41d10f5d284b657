//! What starts the versions that are on: written when a flow is turned on, so that intake finds its flows by a query.

use flow::{CardKey, ConnectionId, FlowId, FlowKind};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::uses::{self, Source};
use crate::{Store, StoreError, Word, versions};

/// What starts a version that is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// The flow.
    pub flow: FlowId,
    /// Its name.
    pub flow_name: String,
    /// The version that is on.
    pub version: i64,
    /// How it is started.
    pub kind: FlowKind,
    /// Its first card, as `module:method`.
    pub card: String,
    /// The connection of its first card.
    pub connection: Option<ConnectionId>,
    /// When it runs next, for a scheduled flow.
    pub next_at: Option<i64>,
    /// Since when it listens, by the clock of the org: what happened before does not start it.
    pub since: Option<i64>,
}

/// When a flow that is turned on begins to work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Begins {
    /// When it runs first, for a scheduled flow.
    pub next_at: Option<i64>,
    /// Since when it listens, for one that starts on events.
    pub since: Option<i64>,
}

const SELECT: &str = "select t.flow, f.name as flow_name, t.version, t.kind, t.card, t.connection, t.next_at, t.since \
    from flow_trigger t join flow f on f.id = t.flow";

/// Turns a version of a flow on, in place of the one that was on.
pub async fn turn_on(
    store: &Store,
    flow: &FlowId,
    version: i64,
    begins: Begins,
    at: i64,
) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    let document = versions::get_in(&mut change, flow, version).await?.document;
    let changed =
        sqlx::query("update flow set is_on = 1, version = $1, updated_at = $2 where id = $3")
            .bind(version)
            .bind(at)
            .bind(flow.as_str())
            .execute(&mut *change)
            .await?;
    if changed.rows_affected() == 0 {
        return Err(StoreError::not_found("flow"));
    }
    clear(&mut change, flow).await?;
    if let Some(first) = document.steps.first() {
        let mut sql = Sql::new(
            "insert into flow_trigger (flow, version, kind, card, connection, next_at, since) values (",
        );
        bind!(
            sql,
            flow.as_str(),
            version,
            document.kind().word(),
            first.card.to_string(),
            first.connection.as_ref().map(ConnectionId::as_str),
            begins.next_at,
            begins.since,
        );
        sql.push(")");
        sql.run(&mut *change).await?;
    }
    uses::save(&mut change, &document, Source::Active).await?;
    change.commit().await
}

/// Returns scheduled flows whose moment passed before `at` and that nobody started: flow, name, the moment. At most 20.
pub async fn overdue(store: &Store, at: i64) -> Result<Vec<(FlowId, String, i64)>, StoreError> {
    let rows = sqlx::query(
        "select t.flow, f.name, t.next_at from flow_trigger t join flow f on f.id = t.flow \
         where t.next_at is not null and t.next_at < $1 order by t.next_at, t.flow limit 20",
    )
    .bind(at)
    .fetch_all(store.pool())
    .await?;
    rows.iter()
        .map(|row| Ok((row.id("flow")?, row.text("name")?, row.number("next_at")?)))
        .collect()
}

/// Turns a flow off. Runs that have begun go on.
pub async fn turn_off(store: &Store, flow: &FlowId, at: i64) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    let changed = sqlx::query("update flow set is_on = 0, updated_at = $1 where id = $2")
        .bind(at)
        .bind(flow.as_str())
        .execute(&mut *change)
        .await?;
    if changed.rows_affected() == 0 {
        return Err(StoreError::not_found("flow"));
    }
    clear(&mut change, flow).await?;
    uses::clear(&mut change, flow, Source::Active).await?;
    change.commit().await
}

/// Returns the flows that are on and start with one of these cards on this connection.
pub async fn matching(
    store: &Store,
    connection: &ConnectionId,
    cards: &[CardKey],
) -> Result<Vec<Trigger>, StoreError> {
    if cards.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(SELECT);
    sql.push(" where t.connection = ")
        .bind(connection.as_str())
        .push(" and t.card in (");
    sql.bind_all(cards.iter().map(CardKey::to_string))
        .push(") order by t.flow");
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns what starts this flow, if it is on.
pub async fn find(store: &Store, flow: &FlowId) -> Result<Option<Trigger>, StoreError> {
    let mut sql = Sql::new(SELECT);
    sql.push(" where t.flow = ").bind(flow.as_str());
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Returns everything of one kind that is on: which events to ask an org for, which endpoints to serve.
pub async fn list(store: &Store, kind: FlowKind) -> Result<Vec<Trigger>, StoreError> {
    let mut sql = Sql::new(SELECT);
    sql.push(" where t.kind = ")
        .bind(kind.word())
        .push(" order by t.flow");
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns the scheduled flows whose time has come, longest overdue first. Start each with [`crate::Write::Scheduled`]
/// beside its run, which refuses when another server was faster.
pub async fn due(store: &Store, now: i64, limit: u32) -> Result<Vec<Trigger>, StoreError> {
    let mut sql = Sql::new(SELECT);
    sql.push(" where t.next_at is not null and t.next_at <= ")
        .bind(now);
    sql.push(" order by t.next_at, t.flow limit ")
        .bind(i64::from(limit.clamp(1, crate::MAX_PAGE)));
    sql.all(store.pool()).await?.iter().map(read).collect()
}

async fn clear(change: &mut AnyConnection, flow: &FlowId) -> Result<(), StoreError> {
    sqlx::query("delete from flow_trigger where flow = $1")
        .bind(flow.as_str())
        .execute(change)
        .await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Trigger, StoreError> {
    Ok(Trigger {
        flow: row.id("flow")?,
        flow_name: row.text("flow_name")?,
        version: row.number("version")?,
        kind: row.word("kind")?,
        card: row.text("card")?,
        connection: row.maybe_id("connection")?,
        next_at: row.maybe_number("next_at")?,
        since: row.maybe_number("since")?,
    })
}

/// Returns flows that are on and start with this card, at most `limit`.
pub async fn starting_with(
    store: &Store,
    card: &flow::CardKey,
    limit: usize,
) -> Result<Vec<FlowId>, StoreError> {
    let mut sql = Sql::new("select flow from flow_trigger where card = ");
    sql.bind(card.to_string());
    sql.push(" order by flow desc limit ")
        .bind(i64::try_from(limit).unwrap_or(1));
    let rows = sql.all(store.pool()).await?;
    rows.iter().map(|row| row.id("flow")).collect()
}
