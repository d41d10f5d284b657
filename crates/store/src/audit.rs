//! Who changed what. Entries are never changed.

use flow::PersonId;
use sqlx::any::AnyRow;

use crate::page::rows_to_ask;
use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::{Page, Store, StoreError};

/// One change that somebody made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its id; sorts by time.
    pub id: String,
    /// When.
    pub at: i64,
    /// Who; absent for the system itself.
    pub actor: Option<PersonId>,
    /// What was done, such as `flow.turn_on`.
    pub action: String,
    /// What kind of thing it was done to, such as `flow`.
    pub object_kind: String,
    /// Which one.
    pub object_id: String,
    /// What it was before, as JSON without secrets.
    pub before: Option<String>,
    /// What it was after, as JSON without secrets.
    pub after: Option<String>,
}

/// Which entries to list.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Only about this kind of thing.
    pub kind: Option<String>,
    /// Only about the thing with this id.
    pub object: Option<String>,
    /// Only what this person did.
    pub actor: Option<PersonId>,
    /// Only since then, in milliseconds since 1970 in UTC.
    pub since: Option<i64>,
    /// Only before then.
    pub until: Option<i64>,
    /// Only older than this entry.
    pub before: Option<String>,
    /// At most this many.
    pub limit: u32,
}

const COLUMNS: &str = "id, at, actor, action, object_kind, object_id, before_change, after_change";

/// Adds entries.
pub async fn insert(store: &Store, entries: &[AuditEntry]) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    for some in entries.chunks(100) {
        let mut sql = Sql::new(&format!("insert into audit ({COLUMNS}) values "));
        sql.rows(some, |sql, entry| {
            bind!(
                sql,
                entry.id.as_str(),
                entry.at,
                entry.actor.as_ref().map(PersonId::as_str),
                entry.action.as_str(),
                entry.object_kind.as_str(),
                entry.object_id.as_str(),
                entry.before.as_deref(),
                entry.after.as_deref(),
            );
        });
        sql.run(&mut *change).await?;
    }
    change.commit().await
}

/// Returns entries, newest first; the cursor is the `before` of the next page.
pub async fn list(
    store: &Store,
    filter: &AuditFilter,
) -> Result<Page<AuditEntry, String>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from audit where 1 = 1"));
    if let Some(kind) = &filter.kind {
        sql.push(" and object_kind = ").bind(kind.as_str());
    }
    if let Some(object) = &filter.object {
        sql.push(" and object_id = ").bind(object.as_str());
    }
    if let Some(actor) = &filter.actor {
        sql.push(" and actor = ").bind(actor.as_str());
    }
    if let Some(since) = filter.since {
        sql.push(" and at >= ").bind(since);
    }
    if let Some(until) = filter.until {
        sql.push(" and at < ").bind(until);
    }
    if let Some(before) = &filter.before {
        sql.push(" and id < ").bind(before.as_str());
    }
    sql.push(" order by id desc limit ")
        .bind(rows_to_ask(filter.limit));
    let rows = sql.all(store.pool()).await?;
    let entries = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(entries, filter.limit, |entry| entry.id.clone()))
}

fn read(row: &AnyRow) -> Result<AuditEntry, StoreError> {
    Ok(AuditEntry {
        id: row.text("id")?,
        at: row.number("at")?,
        actor: row.maybe_id("actor")?,
        action: row.text("action")?,
        object_kind: row.text("object_kind")?,
        object_id: row.text("object_id")?,
        before: row.maybe_text("before_change")?,
        after: row.maybe_text("after_change")?,
    })
}
