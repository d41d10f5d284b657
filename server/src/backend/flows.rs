//! Flows, folders and versions.

use std::collections::HashMap;

use api::{
    ApiError, Endpoint, ErrorCode, FlowList, FlowQuery, FlowRow, FlowView, LastRun, NewFlow,
    SaveDraft,
};
use cards::Language;
use flow::{Access, Flow, FlowId, FlowKind, FolderId, StepId};
use serde_json::json;
use store::flows::{self, FlowFilter, InFolder};
use store::{Store, folders, versions};

use super::checks::{check, schedule_problem};
use super::{Caller, Right, connections, tables};
use crate::clock;
use crate::error::{from_store, invalid};

/// A flow document is refused above this size.
const MAX_DOCUMENT: usize = 8 << 20;

pub(super) async fn list(caller: &Caller, query: FlowQuery) -> Result<FlowList, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    let all = all_rows(caller, &FlowQuery::default()).await?;
    let rows = if query == FlowQuery::default() {
        all.clone()
    } else {
        all_rows(caller, &query).await?
    };
    let mut counts: HashMap<FolderId, usize> = HashMap::new();
    for row in &all {
        if let Some(folder) = &row.folder {
            *counts.entry(folder.clone()).or_default() += 1;
        }
    }
    let folders = folders::list(store).await.map_err(from_store)?;
    let folders = folders
        .into_iter()
        .map(|folder| api::Folder {
            flows: counts.get(&folder.id).copied().unwrap_or(0),
            id: folder.id,
            parent: folder.parent,
            name: folder.name,
            description: folder.description,
        })
        .collect();
    Ok(FlowList {
        folders,
        flows: told(caller, rows).await?,
        connections: connections::all(caller).await?,
    })
}

/// Adds what only lists say of flows: who made them, their newest run, the connections of their drafts.
async fn told(caller: &Caller, mut rows: Vec<FlowRow>) -> Result<Vec<FlowRow>, ApiError> {
    let store = &caller.server.store;
    let people = store::people::list(store).await.map_err(from_store)?;
    let names: HashMap<String, String> = people
        .into_iter()
        .map(|person| (person.id.to_string(), person.name))
        .collect();
    let newest = store::runs::newest_of_flows(store)
        .await
        .map_err(from_store)?;
    let mut last: HashMap<FlowId, LastRun> = newest
        .into_iter()
        .map(|(flow, id, status, at)| {
            let status = super::runs::status(status);
            (flow, LastRun { id, at, status })
        })
        .collect();
    let mut uses: HashMap<FlowId, Vec<flow::ConnectionId>> = HashMap::new();
    for (flow, connection) in store::uses::all_connections(store)
        .await
        .map_err(from_store)?
    {
        uses.entry(flow).or_default().push(connection);
    }
    for row in &mut rows {
        row.author = row.author.take().and_then(|id| names.get(&id).cloned());
        row.last_run = last.remove(&row.id);
        row.connections = uses.remove(&row.id).unwrap_or_default();
    }
    Ok(rows)
}

pub(super) async fn all_rows(caller: &Caller, query: &FlowQuery) -> Result<Vec<FlowRow>, ApiError> {
    let mut filter = FlowFilter {
        folder: match &query.folder {
            Some(folder) => InFolder::These(vec![folder.clone()]),
            None => InFolder::Any,
        },
        text: query.text.clone().filter(|text| !text.trim().is_empty()),
        kind: query.kind,
        is_on: None,
        after: None,
        limit: store::MAX_PAGE,
    };
    let mut rows = Vec::new();
    loop {
        let page = flows::list(&caller.server.store, &filter)
            .await
            .map_err(from_store)?;
        rows.extend(page.items.into_iter().map(row));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(rows),
        }
    }
}

pub(super) async fn create(caller: &Caller, request: NewFlow) -> Result<FlowRow, ApiError> {
    let author = caller.need(Right::Edit)?.id.clone();
    let draft = Flow::new(FlowId::new(clock::new_id()), named(&request.name)?);
    let new = flows::NewFlow {
        problems: problems(&caller.server.store, &draft).await?,
        folder: request.folder,
        skeleton: None,
        author: Some(author),
        at: clock::now_ms(),
        draft,
    };
    flows::insert(&caller.server.store, &new)
        .await
        .map_err(from_store)?;
    let id = new.draft.id;
    caller
        .audit(
            "flow.create",
            "flow",
            id.as_str(),
            None,
            Some(json!({ "name": new.draft.name })),
        )
        .await?;
    find_row(caller, &id).await
}

pub(super) async fn open(caller: &Caller, id: FlowId) -> Result<FlowView, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    let record = flows::get(store, &id).await.map_err(from_store)?;
    let newest = super::versions::newest_version(caller, &id).await?;
    let folder_name = match &record.row.folder {
        Some(folder) => folders::find(store, folder)
            .await
            .map_err(from_store)?
            .map(|folder| folder.name),
        None => None,
    };
    let draft_is_saved = match newest {
        Some(number) => {
            versions::get(store, &id, number)
                .await
                .map_err(from_store)?
                .document
                == record.draft.published()
        }
        None => false,
    };
    let endpoint =
        (record.draft.kind() == FlowKind::ApiEndpoint).then(|| endpoint(caller, &record.draft));
    let signatures = super::signatures::of_calls(store, &record.draft).await?;
    let mut callable = all_rows(caller, &FlowQuery::default()).await?;
    for row in &mut callable {
        row.author = None;
    }
    Ok(FlowView {
        row: FlowRow {
            version: newest.or(record.row.version),
            author: None,
            ..row(record.row.clone())
        },
        folder_name,
        revision: record.row.draft_revision,
        draft: record.draft,
        draft_is_saved,
        connections: connections::all(caller).await?,
        callable,
        tables: tables::all(caller).await?,
        endpoint,
        signatures,
    })
}

fn endpoint(caller: &Caller, flow: &Flow) -> Endpoint {
    let token = matches!(flow.access, None | Some(Access::ClientToken))
        .then(|| crate::http::client_token(&caller.server, &flow.id));
    Endpoint {
        url: format!("{}/api/flow/{}/invoke", caller.server.public_url, flow.id),
        client_token: token,
    }
}

pub(super) async fn save_draft(caller: &Caller, request: SaveDraft) -> Result<i64, ApiError> {
    caller.need(Right::Edit)?;
    checked(&request.id, &request.draft)?;
    let save = flows::DraftSave {
        draft: &request.draft,
        expected_revision: request.revision,
        problems: counted(&check(&caller.server.store, &request.draft).await?),
        at: clock::now_ms(),
    };
    let revision = flows::save_draft(&caller.server.store, &save)
        .await
        .map_err(from_store)?;
    // The name may have changed.
    caller.server.active.forget(&request.id);
    caller.server.rooms.saved(&request.id, revision);
    Ok(revision)
}

/// Refuses a document that belongs to another flow, has no name, holds an id twice or is too large.
pub(super) fn checked(id: &FlowId, draft: &Flow) -> Result<(), ApiError> {
    if draft.id != *id {
        return Err(invalid("The draft belongs to another flow."));
    }
    named(&draft.name)?;
    let mut seen: Vec<&StepId> = draft.all_steps().into_iter().map(|step| &step.id).collect();
    let count = seen.len();
    seen.sort();
    seen.dedup();
    if seen.len() != count {
        return Err(invalid("Two cards of the flow have the same id."));
    }
    match serde_json::to_vec(draft) {
        Ok(bytes) if bytes.len() <= MAX_DOCUMENT => Ok(()),
        _ => Err(ApiError::new(
            ErrorCode::TooLarge,
            "The flow is larger than 8 MB. Move parts of it into helper flows.",
        )),
    }
}

pub(super) async fn delete(caller: &Caller, id: FlowId) -> Result<(), ApiError> {
    caller.need(Right::Edit)?;
    let record = flows::get(&caller.server.store, &id)
        .await
        .map_err(from_store)?;
    flows::delete(&caller.server.store, &id)
        .await
        .map_err(from_store)?;
    caller.server.active.forget(&id);
    let before = serde_json::to_value(&record.draft).ok();
    caller
        .audit("flow.delete", "flow", id.as_str(), before, None)
        .await
}

pub(super) async fn find_row(caller: &Caller, id: &FlowId) -> Result<FlowRow, ApiError> {
    let record = flows::get(&caller.server.store, id)
        .await
        .map_err(from_store)?;
    Ok(FlowRow {
        author: None,
        ..row(record.row)
    })
}

/// A row whose author is still an id; [`told`] makes a name of it.
fn row(row: flows::FlowRow) -> FlowRow {
    FlowRow {
        id: row.id,
        folder: row.folder,
        name: row.name,
        kind: row.kind,
        is_on: row.is_on,
        version: row.version,
        problems: usize::try_from(row.problems).unwrap_or(0),
        cards: usize::try_from(row.cards).unwrap_or(0),
        updated_at: row.updated_at,
        created_at: row.created_at,
        author: row.author.map(|author| author.to_string()),
        last_run: None,
        connections: Vec::new(),
    }
}

/// Returns how many problems a new draft has by itself: what it refers to may come into being beside it.
pub(super) async fn problems(store: &Store, draft: &Flow) -> Result<i64, ApiError> {
    let granted = connections::granted(store).await?;
    let mut found = flow::check(draft, cards::catalogue(Language::En), &granted);
    found.extend(schedule_problem(draft));
    Ok(counted(&found))
}

fn counted(found: &[flow::Problem]) -> i64 {
    i64::try_from(found.len()).unwrap_or(i64::MAX)
}

pub(super) fn named(name: &str) -> Result<String, ApiError> {
    let name = name.trim();
    match name.chars().count() {
        1..=200 => Ok(name.to_owned()),
        _ => Err(invalid("Enter a name of 1 to 200 characters.")),
    }
}

/// Returns the flow's row, if the id is taken.
pub(super) async fn row_of(
    caller: &Caller,
    id: &FlowId,
) -> Result<Option<flows::FlowRow>, ApiError> {
    flows::find(&caller.server.store, id)
        .await
        .map_err(from_store)
}
