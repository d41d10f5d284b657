//! Imports: begun, looked at line by line, let go on or canceled.

use std::collections::BTreeMap;

use api::{
    ApiError, DirectoryImport, ErrorCode, ImportLine, ImportStatus, LinePage, LineQuery,
    StartImport,
};
use directory::import::increments::Wish;
use serde_json::{Value as Json, json};
use store::Word;
use store::directories::imports::{self, ImportRow, ImportStatus as Stored};
use store::directories::items::{self, ItemFilter, ItemState};

use super::{Asked, found, shown};
use crate::backend::{Caller, Right};
use crate::clock;
use crate::directories::choices::settings_of;
use crate::directories::{keep, scopes, telling};
use crate::error::{from_store, invalid};

/// Begins an import.
pub(in crate::backend) async fn start(
    caller: &Caller,
    id: String,
    request: StartImport,
) -> Result<DirectoryImport, ApiError> {
    let person = caller.need(Right::Connect)?.id.clone();
    let row = found(caller, &id).await?;
    let Some(connection) = &row.connection else {
        return Err(invalid(
            "No org is chosen for this directory. Choose a connection in its settings.",
        ));
    };
    let settings = settings_of(&row).map_err(shown)?;
    scopes::check(&caller.server.store, connection, &settings)
        .await
        .map_err(shown)?;
    let asked = Asked {
        read: if request.is_full {
            Wish::Full
        } else {
            Wish::Changes
        },
        goes_on: request.goes_on,
    };
    let begun = keep::begin(
        &caller.server,
        &id,
        asked,
        "manual",
        Some(person.to_string()),
    )
    .await
    .map_err(|trouble| match trouble {
        crate::directories::Trouble::Store(store::StoreError::Taken { .. }) => ApiError::new(
            ErrorCode::Conflict,
            "Another import of this directory is not over. Let it go on or cancel it first.",
        ),
        other => shown(other),
    })?;
    let after = json!({ "import": begun, "is_full": request.is_full, "goes_on": request.goes_on });
    caller
        .audit("directory.import", "directory", &id, None, Some(after))
        .await?;
    one(caller, &begun).await
}

/// Lists the newest imports of a directory.
pub(in crate::backend) async fn list(
    caller: &Caller,
    id: String,
) -> Result<Vec<DirectoryImport>, ApiError> {
    caller.need(Right::Read)?;
    found(caller, &id).await?;
    let page = imports::list(&caller.server.store, &id, None, 100)
        .await
        .map_err(from_store)?;
    page.items
        .into_iter()
        .map(|row| view(row, BTreeMap::new()))
        .collect()
}

/// Returns an import with how far it is.
pub(in crate::backend) async fn open(
    caller: &Caller,
    id: String,
) -> Result<DirectoryImport, ApiError> {
    caller.need(Right::Read)?;
    one(caller, &id).await
}

/// Lets a plan be carried out.
pub(in crate::backend) async fn approve(
    caller: &Caller,
    id: String,
) -> Result<DirectoryImport, ApiError> {
    let person = caller.need(Right::Connect)?.id.clone();
    let row = row_of(caller, &id).await?;
    let at = clock::now_ms();
    let is_approved = imports::approve(&caller.server.store, &id, person.as_str(), at)
        .await
        .map_err(from_store)?;
    if !is_approved {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            "This import waits for nobody. Look at it again.",
        ));
    }
    caller.server.imports.notify_one();
    let after = json!({ "directory": row.directory, "roadblock": row.roadblock });
    caller
        .audit("directory.approve", "import", &id, None, Some(after))
        .await?;
    one(caller, &id).await
}

/// Cancels an import. What was sent stays.
pub(in crate::backend) async fn cancel(
    caller: &Caller,
    id: String,
) -> Result<DirectoryImport, ApiError> {
    caller.need(Right::Connect)?;
    let row = row_of(caller, &id).await?;
    let told = telling::over(&caller.server, &row, Stored::Canceled)
        .await
        .map_err(from_store)?;
    let is_canceled = imports::cancel(&caller.server.store, &id, clock::now_ms(), &[told])
        .await
        .map_err(from_store)?;
    if !is_canceled {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            "This import is over already.",
        ));
    }
    caller
        .audit("directory.cancel", "import", &id, None, None)
        .await?;
    one(caller, &id).await
}

/// Lists lines of a plan.
pub(in crate::backend) async fn lines(
    caller: &Caller,
    id: String,
    query: LineQuery,
) -> Result<LinePage, ApiError> {
    caller.need(Right::Read)?;
    row_of(caller, &id).await?;
    let state = query.state.as_deref().map(|word| {
        ItemState::of_word(word).ok_or_else(|| invalid("A line is planned, begun, done or failed."))
    });
    let filter = ItemFilter {
        actions: actions(query.action.as_deref()),
        state: state.transpose()?,
        text: query.text.filter(|text| !text.trim().is_empty()),
        after: query.after,
    };
    let limit = query.limit.unwrap_or(100).clamp(1, 500);
    let limit = u32::try_from(limit).unwrap_or(100);
    let page = items::list(&caller.server.store, &id, &filter, limit)
        .await
        .map_err(from_store)?;
    Ok(LinePage {
        lines: page
            .items
            .into_iter()
            .map(|item| ImportLine {
                number: item.seq,
                guid: item.guid,
                name: item.name,
                action: item.action,
                detail: parsed(Some(item.detail)),
                state: item.state.word().to_owned(),
                okta_user: item.okta_user,
                error: item.error,
            })
            .collect(),
        next: page.next,
    })
}

fn actions(asked: Option<&str>) -> Vec<String> {
    let words = asked.into_iter().flat_map(|text| text.split(','));
    let words = words.map(str::trim).filter(|word| !word.is_empty());
    words.map(str::to_owned).take(20).collect()
}

/// Returns the newest import of a directory.
pub(super) async fn newest(
    caller: &Caller,
    directory: &str,
) -> Result<Option<DirectoryImport>, ApiError> {
    let page = imports::list(&caller.server.store, directory, None, 1)
        .await
        .map_err(from_store)?;
    let newest = page.items.into_iter().next();
    newest.map(|row| view(row, BTreeMap::new())).transpose()
}

async fn row_of(caller: &Caller, id: &str) -> Result<ImportRow, ApiError> {
    imports::find(&caller.server.store, id)
        .await
        .map_err(from_store)?
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "There is no such import. Imports are kept for 90 days.",
            )
        })
}

async fn one(caller: &Caller, id: &str) -> Result<DirectoryImport, ApiError> {
    let row = row_of(caller, id).await?;
    let counted = items::count(&caller.server.store, id)
        .await
        .map_err(from_store)?;
    let lines = counted
        .into_iter()
        .map(|(state, count)| (state.word().to_owned(), count))
        .collect();
    view(row, lines)
}

fn view(row: ImportRow, lines: BTreeMap<String, i64>) -> Result<DirectoryImport, ApiError> {
    let asked: Asked =
        serde_json::from_str(&row.wish).map_err(|error| crate::error::internal(&error))?;
    Ok(DirectoryImport {
        id: row.id,
        directory: row.directory,
        status: match row.status {
            Stored::Planning => ImportStatus::Planning,
            Stored::Planned => ImportStatus::Planned,
            Stored::Roadblock => ImportStatus::Roadblock,
            Stored::Running => ImportStatus::Running,
            Stored::Completed => ImportStatus::Completed,
            Stored::Failed => ImportStatus::Failed,
            Stored::Canceled => ImportStatus::Canceled,
        },
        is_full: asked.read == Wish::Full,
        cause: row.cause,
        reading: parsed(row.reading),
        counts: parsed(row.counts),
        roadblock: parsed(row.roadblock),
        error: row.error,
        lines,
        created_at: row.created_at,
        planned_at: row.planned_at,
        begun_at: row.begun_at,
        ended_at: row.ended_at,
    })
}

fn parsed(text: Option<String>) -> Json {
    text.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or(Json::Null)
}
