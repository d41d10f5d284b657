//! Drafts: reading the one that people edit, keeping those that give way to it, and what each person saw last.

use std::collections::HashMap;

use api::{
    ApiError, DraftView, ErrorCode, KeepDraft, KeptDraft, KeptReason, KeptRow, Look,
    RestoreVersion, SaveDraft,
};
use flow::{FlowId, PersonId};
use serde_json::json;
use store::{Store, drafts, flows, people, versions};

use super::flows::{checked, save_draft};
use super::{Caller, Right};
use crate::clock;
use crate::error::from_store;

impl Caller {
    /// Returns who wants to be seen in a flow, if they may see it.
    pub(crate) async fn visits(&self, flow: &FlowId) -> Result<(PersonId, String), ApiError> {
        let person = self.need(Right::Read)?;
        flows::find(&self.server.store, flow)
            .await
            .map_err(from_store)?
            .ok_or_else(|| ApiError::new(ErrorCode::NotFound, "There is no such flow."))?;
        Ok((person.id.clone(), person.name.clone()))
    }
}

pub(super) async fn read(caller: &Caller, id: FlowId) -> Result<DraftView, ApiError> {
    caller.need(Right::Read)?;
    let record = flows::get(&caller.server.store, &id)
        .await
        .map_err(from_store)?;
    Ok(DraftView {
        revision: record.row.draft_revision,
        draft: record.draft,
    })
}

/// Makes a version the draft, for callers without an editor; the draft before is kept first.
pub(super) async fn restore(caller: &Caller, request: RestoreVersion) -> Result<i64, ApiError> {
    caller.need(Right::Edit)?;
    let store = &caller.server.store;
    let version = versions::get(store, &request.id, request.number)
        .await
        .map_err(from_store)?;
    let before = flows::get(store, &request.id).await.map_err(from_store)?;
    if before.row.draft_revision == request.revision {
        let keep = KeepDraft {
            id: request.id.clone(),
            reason: KeptReason::Restored,
            draft: before.draft,
        };
        self::keep(caller, keep).await?;
    }
    let save = SaveDraft {
        id: request.id.clone(),
        revision: request.revision,
        draft: version.document,
    };
    let revision = save_draft(caller, save).await?;
    let after = json!({ "version": request.number });
    caller
        .audit(
            "flow.version.restore",
            "flow",
            request.id.as_str(),
            None,
            Some(after),
        )
        .await?;
    Ok(revision)
}

pub(super) async fn list_kept(caller: &Caller, id: FlowId) -> Result<Vec<KeptRow>, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    flows::get(store, &id).await.map_err(from_store)?;
    let names = names(store).await?;
    let rows = drafts::list(store, &id).await.map_err(from_store)?;
    Ok(rows.into_iter().map(|row| kept_row(row, &names)).collect())
}

pub(super) async fn read_kept(
    caller: &Caller,
    id: FlowId,
    kept: String,
) -> Result<KeptDraft, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    let (row, document) = drafts::get(store, &id, &kept).await.map_err(from_store)?;
    Ok(KeptDraft {
        row: kept_row(row, &names(store).await?),
        document,
    })
}

pub(super) async fn keep(caller: &Caller, request: KeepDraft) -> Result<KeptRow, ApiError> {
    let author = caller.need(Right::Edit)?.clone();
    checked(&request.id, &request.draft)?;
    let store = &caller.server.store;
    flows::get(store, &request.id).await.map_err(from_store)?;
    let row = drafts::KeptRow {
        id: clock::new_id(),
        flow: request.id,
        reason: word(request.reason).to_owned(),
        author: Some(author.id),
        created_at: clock::now_ms(),
    };
    drafts::keep(store, &row, &request.draft)
        .await
        .map_err(from_store)?;
    Ok(KeptRow {
        id: row.id,
        reason: request.reason,
        author: author.name,
        created_at: row.created_at,
    })
}

pub(super) async fn look(caller: &Caller, id: FlowId) -> Result<Option<Look>, ApiError> {
    let person = caller.need(Right::Read)?;
    let store = &caller.server.store;
    flows::get(store, &id).await.map_err(from_store)?;
    let look = drafts::look(store, &id, &person.id).await;
    Ok(look.map_err(from_store)?.map(|look| Look {
        looked_at: look.at,
        document: look.document,
    }))
}

pub(super) async fn save_look(caller: &Caller, id: FlowId) -> Result<(), ApiError> {
    let person = caller.need(Right::Read)?;
    drafts::save_look(&caller.server.store, &id, &person.id, clock::now_ms())
        .await
        .map_err(from_store)
}

/// What people are called.
pub(super) async fn names(store: &Store) -> Result<HashMap<PersonId, String>, ApiError> {
    let all = people::list(store).await.map_err(from_store)?;
    Ok(all
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect())
}

fn kept_row(row: drafts::KeptRow, names: &HashMap<PersonId, String>) -> KeptRow {
    KeptRow {
        author: row
            .author
            .and_then(|id| names.get(&id).cloned())
            .unwrap_or_default(),
        id: row.id,
        reason: if row.reason == word(KeptReason::Conflict) {
            KeptReason::Conflict
        } else {
            KeptReason::Restored
        },
        created_at: row.created_at,
    }
}

fn word(reason: KeptReason) -> &'static str {
    match reason {
        KeptReason::Restored => "restored",
        KeptReason::Conflict => "conflict",
    }
}
