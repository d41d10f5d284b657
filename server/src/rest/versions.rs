//! Versions of flows, drafts that gave way to others, and what the caller saw last.

use api::{
    KeepDraft, KeptDraft, KeptReason, KeptRow, Look, RenameVersion, RestoreVersion, SaveVersion,
    VersionRow, VersionView,
};
use axum::Json;
use axum::http::StatusCode;
use flow::{Flow, FlowId};
use serde::Deserialize;

use super::answer::{Answer, Created, Refusal, created};
use super::ask::{Caller, Named, Sent, SentOrNothing};
use super::flows::DraftRevision;

/// Names a version and says why it is saved.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VersionLabel {
    #[serde(default)]
    name: String,
    #[serde(default)]
    note: String,
}

/// The revision of the draft that gives way.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Restoring {
    revision: i64,
}

/// A draft that gives way to another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keeping {
    reason: KeptReason,
    draft: Flow,
}

pub(super) async fn list(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
) -> Answer<Json<Vec<VersionRow>>> {
    Ok(Json(backend.list_versions(id).await?))
}

pub(super) async fn save(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
    SentOrNothing(VersionLabel { name, note }): SentOrNothing<VersionLabel>,
) -> Answer<Created<VersionRow>> {
    let request = SaveVersion { id, name, note };
    Ok(created(backend.save_version(request).await?))
}

pub(super) async fn read(
    Caller(backend): Caller,
    Named((id, number)): Named<(FlowId, i64)>,
) -> Answer<Json<VersionView>> {
    Ok(Json(backend.read_version(id, number).await?))
}

pub(super) async fn rename(
    Caller(backend): Caller,
    Named((id, number)): Named<(FlowId, i64)>,
    Sent(VersionLabel { name, note }): Sent<VersionLabel>,
) -> Answer<Json<VersionRow>> {
    let request = RenameVersion {
        id,
        number,
        name,
        note,
    };
    Ok(Json(backend.rename_version(request).await?))
}

pub(super) async fn restore(
    Caller(backend): Caller,
    Named((id, number)): Named<(FlowId, i64)>,
    Sent(Restoring { revision }): Sent<Restoring>,
) -> Answer<Json<DraftRevision>> {
    let request = RestoreVersion {
        id,
        number,
        revision,
    };
    let revision = backend.restore_version(request).await?;
    Ok(Json(DraftRevision { revision }))
}

pub(super) async fn list_kept(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
) -> Answer<Json<Vec<KeptRow>>> {
    Ok(Json(backend.list_kept_drafts(id).await?))
}

pub(super) async fn keep(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
    Sent(Keeping { reason, draft }): Sent<Keeping>,
) -> Answer<Created<KeptRow>> {
    if draft.id != id {
        return Err(Refusal::invalid(format!(
            "The draft has the id {}, the path has {id}. Give the draft the id of the flow.",
            draft.id
        )));
    }
    let request = KeepDraft { id, reason, draft };
    Ok(created(backend.keep_draft(request).await?))
}

pub(super) async fn read_kept(
    Caller(backend): Caller,
    Named((id, kept)): Named<(FlowId, String)>,
) -> Answer<Json<KeptDraft>> {
    Ok(Json(backend.read_kept_draft(id, kept).await?))
}

pub(super) async fn read_look(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
) -> Answer<Json<Look>> {
    let look = backend.read_look(id).await?;
    look.map(Json)
        .ok_or_else(|| Refusal::not_found("You have not looked at this flow yet."))
}

pub(super) async fn save_look(
    Caller(backend): Caller,
    Named(id): Named<FlowId>,
) -> Answer<StatusCode> {
    backend.save_look(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
