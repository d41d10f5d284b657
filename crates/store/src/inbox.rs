//! Events that were accepted. Hooks and polling bring the same event more than once; it is kept once.

use flow::ConnectionId;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::{Store, StoreError};

/// An event that a service sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxEvent {
    /// Our id for it; sorts by time of arrival.
    pub id: String,
    /// Where it came from.
    pub connection: ConnectionId,
    /// The service's id for it, unique in the connection.
    pub event_uuid: String,
    /// What happened, such as `user.lifecycle.create`.
    pub event_type: String,
    /// The event as JSON; empty once it is handled.
    pub payload: String,
    /// What came around it as JSON, where a hook delivered it; nothing once it is handled.
    pub envelope: Option<String>,
    /// When it arrived.
    pub received_at: i64,
}

impl InboxEvent {
    /// Returns about how many bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        200 + self.payload.len() + self.envelope.as_ref().map_or(0, String::len)
    }
}

const COLUMNS: &str = "id, connection, event_uuid, event_type, payload, envelope, received_at";

/// Accepts events in one transaction and returns the ids of those that are new. For many at once from many sides use
/// [`crate::Writer::accept`].
pub async fn accept(store: &Store, events: &[InboxEvent]) -> Result<Vec<String>, StoreError> {
    let mut change = store.change().await?;
    let mut new = Vec::new();
    for some in events.chunks(64) {
        let some: Vec<_> = some.iter().collect();
        new.extend(accept_in(&mut change, &some).await?);
    }
    store.announce_in(&mut change).await?;
    change.commit().await?;
    store.announce_here();
    Ok(new)
}

/// Takes events that nobody has handled, oldest first, for `hold_ms`. Then write the runs that they start together with
/// [`crate::Write::Handled`].
pub async fn claim(
    store: &Store,
    now: i64,
    hold_ms: i64,
    limit: u32,
) -> Result<Vec<InboxEvent>, StoreError> {
    let open = sqlx::query("select id from inbox_event where handled_at is null limit 1")
        .fetch_optional(store.pool())
        .await?;
    if open.is_none() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "with next as materialized (select id as next_id from inbox_event where handled_at is null ",
    );
    sql.push("and (claimed_until is null or claimed_until <= ")
        .bind(now);
    sql.push(") order by id limit ")
        .bind(i64::from(limit.clamp(1, crate::MAX_PAGE)));
    sql.push(store.dialect().skip_locked())
        .push(") update inbox_event set claimed_until = ")
        .bind(now + hold_ms);
    sql.push(&format!(
        " from next where id = next_id returning {COLUMNS}"
    ));
    let mut change = store.change().await?;
    let rows = sql.all(&mut *change).await?;
    change.commit().await?;
    let mut events = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    events.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(events)
}

/// Gives all claimed events back: nobody else uses this database, so whoever claimed them is gone.
pub async fn release(store: &Store) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("update inbox_event set claimed_until = null where handled_at is null and claimed_until is not null")
        .execute(&mut *change)
        .await?;
    change.commit().await
}

/// Returns the event of this id.
pub async fn find(store: &Store, id: &str) -> Result<Option<InboxEvent>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from inbox_event where id = "));
    sql.bind(id);
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Returns how many events wait.
pub async fn count_open(store: &Store) -> Result<i64, StoreError> {
    let row = sqlx::query("select count(*) as events from inbox_event where handled_at is null")
        .fetch_one(store.pool())
        .await?;
    row.number("events")
}

/// Removes events that were handled before `before`, at most `limit`, and returns how many. An event that comes again
/// after that is taken for a new one, so `before` must be longer ago than any service sends events again.
pub async fn delete_handled(store: &Store, before: i64, limit: u32) -> Result<u64, StoreError> {
    let mut sql = Sql::new(
        "delete from inbox_event where id in (select id from inbox_event where handled_at < ",
    );
    sql.bind(before)
        .push(" order by handled_at limit ")
        .bind(i64::from(limit.clamp(1, 10_000)))
        .push(")");
    let mut change = store.change().await?;
    let gone = sql.run(&mut *change).await?;
    change.commit().await?;
    Ok(gone)
}

/// Returns how far the log of a connection was read.
pub async fn find_cursor(
    store: &Store,
    connection: &ConnectionId,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("select position from polling_cursor where connection = $1")
        .bind(connection.as_str())
        .fetch_optional(store.pool())
        .await?;
    row.map(|row| row.text("position")).transpose()
}

/// Returns when the log of a connection was read last.
pub async fn last_read(
    store: &Store,
    connection: &ConnectionId,
) -> Result<Option<i64>, StoreError> {
    let row = sqlx::query("select updated_at from polling_cursor where connection = $1")
        .bind(connection.as_str())
        .fetch_optional(store.pool())
        .await?;
    row.map(|row| row.number("updated_at")).transpose()
}

/// Accepts events with one statement and returns the ids of those that are new.
pub(crate) async fn accept_in(
    change: &mut AnyConnection,
    events: &[&InboxEvent],
) -> Result<Vec<String>, StoreError> {
    let mut sql = Sql::new(&format!("insert into inbox_event ({COLUMNS}) values "));
    sql.rows(events, |sql, event| {
        bind!(
            sql,
            event.id.as_str(),
            event.connection.as_str(),
            event.event_uuid.as_str(),
            event.event_type.as_str(),
            event.payload.as_str(),
            event.envelope.as_deref(),
            event.received_at,
        );
    });
    sql.push(" on conflict (connection, event_uuid) do nothing returning id");
    sql.all(change)
        .await?
        .iter()
        .map(|row| row.text("id"))
        .collect()
}

/// Marks events as handled and returns how many were not yet. What they said is in the runs that they started, as far as
/// the flows save data; here it is needed no longer.
pub(crate) async fn handled_in(
    change: &mut AnyConnection,
    events: &[&str],
    at: i64,
) -> Result<u64, StoreError> {
    let mut sql = Sql::new("update inbox_event set payload = '', envelope = null, handled_at = ");
    sql.bind(at).push(" where handled_at is null and id in (");
    sql.bind_all(events.iter().copied()).push(")");
    sql.run(change).await
}

/// Notes how far the log of a connection was read.
pub(crate) async fn save_cursor_in(
    change: &mut AnyConnection,
    connection: &ConnectionId,
    position: &str,
    at: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into polling_cursor (connection, position, updated_at) values ($1, $2, $3) \
         on conflict (connection) do update set position = excluded.position, updated_at = excluded.updated_at",
    )
    .bind(connection.as_str())
    .bind(position)
    .bind(at)
    .execute(change)
    .await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<InboxEvent, StoreError> {
    Ok(InboxEvent {
        id: row.text("id")?,
        connection: row.id("connection")?,
        event_uuid: row.text("event_uuid")?,
        event_type: row.text("event_type")?,
        payload: row.text("payload")?,
        envelope: row.maybe_text("envelope")?,
        received_at: row.number("received_at")?,
    })
}
