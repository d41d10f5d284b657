//! Exporting packs for people: the same that flows export.

use api::{ApiError, ErrorCode, ExportRequest, ExportedPack};
use serde_json::json;

use super::{Caller, Right};
use crate::error::{from_store, internal, invalid};
use crate::packing::{self, PackingError};

pub(super) async fn export(
    caller: &Caller,
    request: ExportRequest,
) -> Result<ExportedPack, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    let (kind, id) = match &request {
        ExportRequest::Flow { id } => ("flow", id.as_str()),
        ExportRequest::Folder { id } => ("folder", id.as_str()),
    };
    let packed = match &request {
        ExportRequest::Flow { id } => packing::flow(store, id).await,
        ExportRequest::Folder { id } => packing::folder(store, id).await,
    };
    let (name, pack) = packed.map_err(|error| refused(kind, error))?;
    let text = serde_json::to_string(&pack).map_err(|error| internal(&error))?;
    let action = format!("{kind}.export");
    caller
        .audit(&action, kind, id, None, Some(json!({ "name": name })))
        .await?;
    Ok(ExportedPack {
        file_name: format!("{}.flopack", file_name(&name)),
        text,
    })
}

fn refused(kind: &str, error: PackingError) -> ApiError {
    match error {
        PackingError::Gone(_) => ApiError::new(
            ErrorCode::NotFound,
            format!("There is no such {kind}. It may have been deleted."),
        ),
        PackingError::TooMany => ApiError::new(ErrorCode::TooLarge, error.to_string()),
        PackingError::Pack(error) => invalid(error.to_string()),
        PackingError::Store(error) => from_store(error),
        error @ PackingError::Broken => internal(&error),
    }
}

/// A name that every file system takes.
fn file_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                '_'
            }
        })
        .take(60)
        .collect();
    let plain = plain.trim_matches('_').to_lowercase();
    if plain.is_empty() {
        "flow".to_owned()
    } else {
        plain
    }
}
