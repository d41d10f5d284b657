//! The lines of an import's plan, and what became of each.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::users::{self, KnownUser};
use crate::page::{Page, rows_to_ask};
use crate::row::Columns;
use crate::sql::{Sql, anywhere, bind};
use crate::word::words;
use crate::{Store, StoreError, Word};

words! {
    /// How far a line is.
    pub enum ItemState {
        /// Nothing was sent yet.
        Planned = "planned",
        /// It is being sent: whether it took effect is not known.
        Begun = "begun",
        /// It took effect, or there was nothing to send.
        Done = "done",
        /// It was refused.
        Failed = "failed",
    }
}

/// A line of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemRow {
    /// Its number in the plan, from 0.
    pub seq: i64,
    /// The user's key in the directory.
    pub guid: String,
    /// The user's name there.
    pub name: String,
    /// What is done, as one word.
    pub action: String,
    /// All of it, as JSON.
    pub detail: String,
    /// How far it is.
    pub state: ItemState,
    /// The user in the org who came of it.
    pub okta_user: Option<String>,
    /// Why it was refused.
    pub error: Option<String>,
}

/// Which lines to list.
#[derive(Clone, Debug, Default)]
pub struct ItemFilter {
    /// Only these actions; all where there is none.
    pub actions: Vec<String>,
    /// Only in this state.
    pub state: Option<ItemState>,
    /// Only users with these letters in their name.
    pub text: Option<String>,
    /// After this line.
    pub after: Option<i64>,
}

/// What became of some lines, to be stored as one.
#[derive(Clone, Debug, Default)]
pub struct Outcomes {
    /// The lines: number, state, user in the org, why it was refused.
    pub items: Vec<(i64, ItemState, Option<String>, Option<String>)>,
    /// What is kept of users from now on.
    pub kept: Vec<KnownUser>,
    /// Users who are forgotten, by key.
    pub forgotten: Vec<String>,
}

const COLUMNS: &str = "seq, guid, name, action, detail, state, okta_user, error";
const ROWS: usize = 1_000;

pub(super) async fn insert_in(
    change: &mut AnyConnection,
    import: &str,
    items: &[ItemRow],
) -> Result<(), StoreError> {
    for items in items.chunks(ROWS) {
        let mut sql = Sql::new(&format!(
            "insert into directory_item (import, {COLUMNS}) values "
        ));
        sql.rows(items, |sql, item| {
            bind!(
                sql,
                import,
                item.seq,
                item.guid.as_str(),
                item.name.as_str(),
                item.action.as_str(),
                item.detail.as_str(),
                item.state.word(),
                item.okta_user.as_deref(),
                item.error.as_deref(),
            );
        });
        sql.run(&mut *change).await?;
    }
    Ok(())
}

/// Lists lines in their order.
pub async fn list(
    store: &Store,
    import: &str,
    filter: &ItemFilter,
    limit: u32,
) -> Result<Page<ItemRow, i64>, StoreError> {
    let mut sql = Sql::new(&format!(
        "select {COLUMNS} from directory_item where import = "
    ));
    sql.bind(import);
    if !filter.actions.is_empty() {
        sql.push(" and action in (");
        sql.bind_all(filter.actions.iter().map(String::as_str))
            .push(")");
    }
    if let Some(state) = filter.state {
        sql.push(" and state = ").bind(state.word());
    }
    if let Some(text) = &filter.text {
        sql.push(" and lower(name) like ")
            .bind(anywhere(&text.to_lowercase()))
            .push(" escape '\\'");
    }
    sql.push(" and seq > ").bind(filter.after.unwrap_or(-1));
    sql.push(" order by seq limit ").bind(rows_to_ask(limit));
    let rows = sql.all(store.pool()).await?;
    let items = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(items, limit, |item| item.seq))
}

/// Returns the next lines that are to be carried out, in their order.
pub async fn open(store: &Store, import: &str, limit: u32) -> Result<Vec<ItemRow>, StoreError> {
    let mut sql = Sql::new(&format!(
        "select {COLUMNS} from directory_item where import = "
    ));
    sql.bind(import)
        .push(" and state in ('planned', 'begun') order by seq limit ");
    sql.bind(i64::from(limit));
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns the next lines of these actions that are to be carried out, after line `after`, in their order.
pub async fn open_of(
    store: &Store,
    import: &str,
    actions: &[&str],
    after: Option<i64>,
    limit: u32,
) -> Result<Vec<ItemRow>, StoreError> {
    in_states(
        store,
        import,
        "('planned', 'begun')",
        (actions, after),
        limit,
    )
    .await
}

/// Returns lines of these actions that were sent and of which nobody knows yet what became, in their order.
pub async fn begun(
    store: &Store,
    import: &str,
    actions: &[&str],
    limit: u32,
) -> Result<Vec<ItemRow>, StoreError> {
    in_states(store, import, "('begun')", (actions, None), limit).await
}

async fn in_states(
    store: &Store,
    import: &str,
    states: &str,
    (actions, after): (&[&str], Option<i64>),
    limit: u32,
) -> Result<Vec<ItemRow>, StoreError> {
    let mut sql = Sql::new(&format!(
        "select {COLUMNS} from directory_item where import = "
    ));
    sql.bind(import)
        .push(&format!(" and state in {states} and action in ("));
    sql.bind_all(actions.iter().copied());
    sql.push(") and seq > ").bind(after.unwrap_or(-1));
    sql.push(" order by seq limit ").bind(i64::from(limit));
    sql.all(store.pool()).await?.iter().map(read).collect()
}

/// Returns how many lines there are in each state.
pub async fn count(store: &Store, import: &str) -> Result<Vec<(ItemState, i64)>, StoreError> {
    let mut sql = Sql::new("select state, count(*) as items from directory_item where import = ");
    sql.bind(import).push(" group by state");
    let rows = sql.all(store.pool()).await?;
    rows.iter()
        .map(|row| Ok((row.word("state")?, row.number("items")?)))
        .collect()
}

/// Says that these lines are being sent. It is on disk before the first of them leaves.
pub async fn begin(store: &Store, import: &str, seqs: &[i64]) -> Result<(), StoreError> {
    if seqs.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("update directory_item set state = 'begun' where import = ");
    sql.bind(import).push(" and seq in (");
    sql.bind_all(seqs.iter().copied()).push(")");
    let mut change = store.change().await?;
    sql.run(&mut *change).await?;
    change.commit().await
}

/// Stores what became of lines and what is kept of their users, in one transaction.
pub async fn settle(
    store: &Store,
    import: &str,
    directory: &str,
    outcomes: &Outcomes,
) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    for (seq, state, okta_user, error) in &outcomes.items {
        let mut sql = Sql::new("update directory_item set state = ");
        sql.bind(state.word());
        sql.push(", okta_user = ").bind(okta_user.as_deref());
        sql.push(", error = ").bind(error.as_deref());
        sql.push(" where import = ").bind(import);
        sql.push(" and seq = ").bind(*seq);
        sql.run(&mut *change).await?;
    }
    users::save_in(&mut change, directory, &outcomes.kept).await?;
    users::delete_in(&mut change, directory, &outcomes.forgotten).await?;
    change.commit().await
}

fn read(row: &AnyRow) -> Result<ItemRow, StoreError> {
    Ok(ItemRow {
        seq: row.number("seq")?,
        guid: row.text("guid")?,
        name: row.text("name")?,
        action: row.text("action")?,
        detail: row.text("detail")?,
        state: row.word("state")?,
        okta_user: row.maybe_text("okta_user")?,
        error: row.maybe_text("error")?,
    })
}
