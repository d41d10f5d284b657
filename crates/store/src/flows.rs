//! Flows: the draft that people edit, and whether a version of it is on.
//!
//! A draft is saved against the revision that was read, so two editors cannot overwrite each other. Name and kind are
//! taken from the document; the caller never says them twice.

use flow::{Flow, FlowId, FlowKind, FolderId, PersonId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::page::rows_to_ask;
use crate::row::{Columns, parse, to_json};
use crate::sql::{Sql, anywhere, bind};
use crate::uses::{self, Source};
use crate::{Page, Store, StoreError, Word};

/// A flow without its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowRow {
    /// Its id.
    pub id: FlowId,
    /// The folder it is in; absent at the top.
    pub folder: Option<FolderId>,
    /// Its name.
    pub name: String,
    /// How the draft is started.
    pub kind: FlowKind,
    /// A version of it is on.
    pub is_on: bool,
    /// The version that is on, or was on last.
    pub version: Option<i64>,
    /// Counts how often the draft was saved.
    pub draft_revision: i64,
    /// How many problems the draft has.
    pub problems: i64,
    /// How many cards the draft has, notes left out.
    pub cards: i64,
    /// Who made it.
    pub author: Option<PersonId>,
    /// When it was made.
    pub created_at: i64,
    /// When it was saved last.
    pub updated_at: i64,
}

/// A flow with its draft.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowRecord {
    /// All but the document.
    pub row: FlowRow,
    /// The document that people edit.
    pub draft: Flow,
}

/// A flow to add.
#[derive(Clone, Debug)]
pub struct NewFlow {
    /// Its document, which has the id and the name.
    pub draft: Flow,
    /// The folder to put it in.
    pub folder: Option<FolderId>,
    /// What an imported pack said about it and we do not use, as JSON.
    pub skeleton: Option<String>,
    /// How many problems it has.
    pub problems: i64,
    /// Who makes it.
    pub author: Option<PersonId>,
    /// When.
    pub at: i64,
}

/// A changed draft to store.
#[derive(Clone, Debug)]
pub struct DraftSave<'a> {
    /// The document.
    pub draft: &'a Flow,
    /// The revision that the change is based on.
    pub expected_revision: i64,
    /// How many problems it has now.
    pub problems: i64,
    /// When.
    pub at: i64,
}

/// In which folders to look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum InFolder {
    /// Everywhere.
    #[default]
    Any,
    /// Only what is in no folder.
    Top,
    /// Only directly in these.
    These(Vec<FolderId>),
}

/// Which flows to list.
#[derive(Clone, Debug, Default)]
pub struct FlowFilter {
    /// Where.
    pub folder: InFolder,
    /// Part of the name, in whatever case, or the whole id.
    pub text: Option<String>,
    /// Only of this kind.
    pub kind: Option<FlowKind>,
    /// Only those that are on, or off.
    pub is_on: Option<bool>,
    /// Only after this one.
    pub after: Option<NameCursor>,
    /// At most this many.
    pub limit: u32,
}

/// A place in a list that is sorted by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameCursor {
    /// The name in lower case.
    pub name_key: String,
    /// The id.
    pub id: String,
}

pub(crate) const COLUMNS: &str = "id, folder, name, kind, is_on, version, draft_revision, problems, cards, author, created_at, updated_at";

/// Returns flows by name, without documents.
pub async fn list(
    store: &Store,
    filter: &FlowFilter,
) -> Result<Page<FlowRow, NameCursor>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from flow where 1 = 1"));
    filter.folder.narrow(&mut sql);
    if let Some(text) = filter
        .text
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        sql.push(" and (name_key like ")
            .bind(anywhere(&name_key(text)));
        sql.push(" escape '\\' or id = ").bind(text).push(")");
    }
    if let Some(kind) = filter.kind {
        sql.push(" and kind = ").bind(kind.word());
    }
    if let Some(is_on) = filter.is_on {
        sql.push(" and is_on = ").bind(i64::from(is_on));
    }
    NameCursor::narrow(filter.after.as_ref(), &mut sql);
    sql.push(" order by name_key, id limit ")
        .bind(rows_to_ask(filter.limit));
    let rows = sql.all(store.pool()).await?;
    let flows = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(flows, filter.limit, |flow| NameCursor {
        name_key: name_key(&flow.name),
        id: flow.id.to_string(),
    }))
}

/// Returns the flow of this id without its document.
pub async fn find(store: &Store, id: &FlowId) -> Result<Option<FlowRow>, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from flow where id = "));
    sql.bind(id.as_str());
    sql.first(store.pool())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Returns the flow of this id with its draft.
pub async fn get(store: &Store, id: &FlowId) -> Result<FlowRecord, StoreError> {
    let mut sql = Sql::new(&format!("select {COLUMNS}, draft from flow where id = "));
    sql.bind(id.as_str());
    let row = sql
        .first(store.pool())
        .await?
        .ok_or(StoreError::not_found("flow"))?;
    Ok(FlowRecord {
        row: read(&row)?,
        draft: parse("draft", &row.text("draft")?)?,
    })
}

/// Returns what an imported pack said about the flow and we do not use.
pub async fn skeleton(store: &Store, id: &FlowId) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("select skeleton from flow where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.pool())
        .await?
        .ok_or(StoreError::not_found("flow"))?;
    row.maybe_text("skeleton")
}

/// Adds a flow, off, at revision 1.
pub async fn insert(store: &Store, new: &NewFlow) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    insert_in(&mut change, new).await?;
    change.commit().await
}

pub(crate) async fn insert_in(change: &mut AnyConnection, new: &NewFlow) -> Result<(), StoreError> {
    let mut sql = Sql::new(&format!(
        "insert into flow ({COLUMNS}, name_key, draft, skeleton) values ("
    ));
    bind!(
        sql,
        new.draft.id.as_str(),
        new.folder.as_ref().map(FolderId::as_str),
        new.draft.name.as_str(),
        new.draft.kind().word(),
        0_i64,
        None::<i64>,
        1_i64,
        new.problems,
        cards(&new.draft),
        new.author.as_ref().map(PersonId::as_str),
        new.at,
        new.at,
        name_key(&new.draft.name),
        to_json(&new.draft)?,
        new.skeleton.as_deref(),
    );
    sql.push(")");
    sql.run(&mut *change).await?;
    uses::save(change, &new.draft, Source::Draft).await
}

/// Stores a changed draft and returns its new revision; [`StoreError::Conflict`] when somebody saved meanwhile.
pub async fn save_draft(store: &Store, save: &DraftSave<'_>) -> Result<i64, StoreError> {
    let draft = save.draft;
    let mut sql = Sql::new("update flow set draft = ");
    sql.bind(to_json(draft)?)
        .push(", name = ")
        .bind(draft.name.as_str());
    sql.push(", name_key = ")
        .bind(name_key(&draft.name))
        .push(", kind = ")
        .bind(draft.kind().word());
    sql.push(", problems = ")
        .bind(save.problems)
        .push(", cards = ")
        .bind(cards(draft))
        .push(", updated_at = ")
        .bind(save.at);
    sql.push(", draft_revision = draft_revision + 1 where id = ")
        .bind(draft.id.as_str());
    sql.push(" and draft_revision = ")
        .bind(save.expected_revision);
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        let row = sqlx::query("select draft_revision from flow where id = $1")
            .bind(draft.id.as_str())
            .fetch_optional(&mut *change)
            .await?
            .ok_or(StoreError::not_found("flow"))?;
        return Err(StoreError::Conflict {
            current: row.number("draft_revision")?,
        });
    }
    uses::save(&mut change, draft, Source::Draft).await?;
    change.commit().await?;
    Ok(save.expected_revision + 1)
}

/// Stores what an imported pack said about the flow and we do not use.
pub async fn save_skeleton(
    store: &Store,
    id: &FlowId,
    skeleton: Option<&str>,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("update flow set skeleton = ");
    sql.bind(skeleton).push(" where id = ").bind(id.as_str());
    update_one(store, sql).await
}

/// Moves a flow into another folder.
pub async fn save_folder(
    store: &Store,
    id: &FlowId,
    folder: Option<&FolderId>,
    at: i64,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("update flow set folder = ");
    sql.bind(folder.map(FolderId::as_str))
        .push(", updated_at = ")
        .bind(at);
    sql.push(" where id = ").bind(id.as_str());
    update_one(store, sql).await
}

/// Removes a flow. Its versions and runs stay.
pub async fn delete(store: &Store, id: &FlowId) -> Result<(), StoreError> {
    let mut sql = Sql::new("delete from flow where id = ");
    sql.bind(id.as_str());
    update_one(store, sql).await
}

async fn update_one(store: &Store, sql: Sql) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    if sql.run(&mut *change).await? == 0 {
        return Err(StoreError::not_found("flow"));
    }
    change.commit().await
}

impl InFolder {
    pub(crate) fn narrow(&self, sql: &mut Sql) {
        match self {
            Self::Any => {}
            Self::Top => {
                sql.push(" and folder is null");
            }
            Self::These(folders) if folders.is_empty() => {
                sql.push(" and 1 = 0");
            }
            Self::These(folders) => {
                sql.push(" and folder in (");
                sql.bind_all(folders.iter().map(FolderId::as_str)).push(")");
            }
        }
    }
}

impl NameCursor {
    pub(crate) fn narrow(after: Option<&Self>, sql: &mut Sql) {
        if let Some(after) = after {
            sql.push(" and (name_key, id) > (")
                .bind(after.name_key.as_str());
            sql.push(", ").bind(after.id.as_str()).push(")");
        }
    }
}

/// Returns the number of cards, notes left out.
fn cards(flow: &Flow) -> i64 {
    let cards = flow.all_steps().into_iter().filter(|step| !step.is_note());
    i64::try_from(cards.count()).unwrap_or(i64::MAX)
}

/// Returns the form of a name by which it is sorted and searched.
pub(crate) fn name_key(name: &str) -> String {
    name.to_lowercase()
}

pub(crate) fn read(row: &AnyRow) -> Result<FlowRow, StoreError> {
    Ok(FlowRow {
        id: row.id("id")?,
        folder: row.maybe_id("folder")?,
        name: row.text("name")?,
        kind: row.word("kind")?,
        is_on: row.flag("is_on")?,
        version: row.maybe_number("version")?,
        draft_revision: row.number("draft_revision")?,
        problems: row.number("problems")?,
        cards: row.number("cards")?,
        author: row.maybe_id("author")?,
        created_at: row.number("created_at")?,
        updated_at: row.number("updated_at")?,
    })
}
