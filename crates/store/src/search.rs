//! Which flows may have what somebody looks for. The texts of each document are kept folded beside it, what it refers to
//! and its cards in `flow_use`; a flow that comes out here still has to be looked through.

use flow::{CardKey, ConnectionId, Flow, FlowId, TableId};
use sqlx::AnyConnection;

use crate::flows::{self, FlowRow, NameCursor};
use crate::page::rows_to_ask;
use crate::row::{Columns, parse};
use crate::sql::{Sql, anywhere, bind};
use crate::uses::{self, Source, UseKind};
use crate::{Page, Store, StoreError, Word};

/// Counts the forms in which texts were kept. Raise it when [`flow::search::fold`] or what is kept changes.
const FORM: i64 = 1;

/// Which flows to find. Everything that is given must be in the draft or in the active version.
#[derive(Clone, Debug, Default)]
pub struct SearchFilter {
    /// A text.
    pub text: Option<Wanted>,
    /// A card of this kind.
    pub card: Option<CardKey>,
    /// A card with this connection.
    pub connection: Option<ConnectionId>,
    /// A card that works with this table.
    pub table: Option<TableId>,
    /// A call of this flow.
    pub helper: Option<FlowId>,
    /// Only after this one.
    pub after: Option<NameCursor>,
    /// At most this many.
    pub limit: u32,
}

/// A text to find, and what is called so: a flow that has any of it.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The text, folded.
    pub folded: String,
    /// Cards that are called so.
    pub cards: Vec<CardKey>,
    /// Ids of connections, tables and flows that are called so.
    pub things: Vec<String>,
}

/// Returns the flows that may have what is looked for, by name.
pub async fn candidates(
    store: &Store,
    filter: &SearchFilter,
) -> Result<Page<FlowRow, NameCursor>, StoreError> {
    let mut sql = Sql::new(&format!("select {} from flow where 1 = 1", flows::COLUMNS));
    let uses = [
        (UseKind::Card, filter.card.as_ref().map(CardKey::as_str)),
        (
            UseKind::Connection,
            filter.connection.as_ref().map(ConnectionId::as_str),
        ),
        (UseKind::Table, filter.table.as_ref().map(TableId::as_str)),
        (UseKind::Flow, filter.helper.as_ref().map(FlowId::as_str)),
    ];
    for (kind, target) in uses {
        if let Some(target) = target {
            sql.push(" and ");
            using(&mut sql, kind, [target]);
        }
    }
    if let Some(wanted) = &filter.text {
        sql.push(" and (id in (select flow from flow_text where text like ")
            .bind(anywhere(&wanted.folded));
        sql.push(" escape '\\')");
        if !wanted.cards.is_empty() {
            sql.push(" or ");
            using(
                &mut sql,
                UseKind::Card,
                wanted.cards.iter().map(CardKey::as_str),
            );
        }
        for kind in [UseKind::Connection, UseKind::Table, UseKind::Flow] {
            if !wanted.things.is_empty() {
                sql.push(" or ");
                using(&mut sql, kind, wanted.things.iter().map(String::as_str));
            }
        }
        sql.push(")");
    }
    NameCursor::narrow(filter.after.as_ref(), &mut sql);
    sql.push(" order by name_key, id limit ")
        .bind(rows_to_ask(filter.limit));
    let rows = sql.all(store.pool()).await?;
    let flows = rows
        .iter()
        .map(flows::read)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(flows, filter.limit, |flow| NameCursor {
        name_key: flows::name_key(&flow.name),
        id: flow.id.to_string(),
    }))
}

fn using<'a>(sql: &mut Sql, kind: UseKind, targets: impl IntoIterator<Item = &'a str>) {
    sql.push("id in (select flow from flow_use where kind = ")
        .bind(kind.word())
        .push(" and target in (");
    sql.bind_all(targets).push("))");
}

/// Makes the texts of at most `limit` flows that have none yet, or some of an earlier form, and returns how many it were.
/// Only flows of an earlier release have none.
pub async fn catch_up(store: &Store, limit: u32) -> Result<usize, StoreError> {
    let mut sql = Sql::new(
        "select id from flow where not exists (select 1 from flow_text where flow_text.flow = flow.id \
         and source = ",
    );
    sql.bind(Source::Draft.word())
        .push(" and form = ")
        .bind(FORM);
    sql.push(") order by id limit ").bind(i64::from(limit));
    let rows = sql.all(store.pool()).await?;
    for row in &rows {
        catch_up_one(store, &row.id("id")?).await?;
    }
    Ok(rows.len())
}

async fn catch_up_one(store: &Store, flow: &FlowId) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    let mut sql = Sql::new("select draft, is_on, version from flow where id = ");
    sql.bind(flow.as_str()).push(store.dialect().for_update());
    let Some(row) = sql.first(&mut *change).await? else {
        // Deleted meanwhile.
        return Ok(());
    };
    let draft: Flow = parse("draft", &row.text("draft")?)?;
    uses::save(&mut change, &draft, Source::Draft).await?;
    if let (true, Some(version)) = (row.flag("is_on")?, row.maybe_number("version")?) {
        let mut sql = Sql::new("select document from flow_version where flow = ");
        sql.bind(flow.as_str()).push(" and number = ").bind(version);
        if let Some(row) = sql.first(&mut *change).await? {
            let document: Flow = parse("document", &row.text("document")?)?;
            uses::save(&mut change, &document, Source::Active).await?;
        }
    }
    change.commit().await
}

/// Replaces the text that is kept of one document.
pub(crate) async fn save(
    change: &mut AnyConnection,
    document: &Flow,
    source: Source,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("insert into flow_text (flow, source, form, text) values (");
    bind!(
        sql,
        document.id.as_str(),
        source.word(),
        FORM,
        // PostgreSQL takes no zero bytes in a text.
        document.search_text().replace('\0', " "),
    );
    sql.push(
        ") on conflict (flow, source) do update set form = excluded.form, text = excluded.text",
    );
    sql.run(change).await?;
    Ok(())
}

/// Forgets the text of one document.
pub(crate) async fn clear(
    change: &mut AnyConnection,
    flow: &FlowId,
    source: Source,
) -> Result<(), StoreError> {
    sqlx::query("delete from flow_text where flow = $1 and source = $2")
        .bind(flow.as_str())
        .bind(source.word())
        .execute(change)
        .await?;
    Ok(())
}
