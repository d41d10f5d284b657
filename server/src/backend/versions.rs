//! Versions of flows, and turning flows on and off.

use std::collections::BTreeSet;

use api::{
    ApiError, ErrorCode, FlowRow, MAX_VERSION_NAME, MAX_VERSION_NOTE, RenameVersion, SaveVersion,
    TurnOn, VersionRow, VersionView,
};
use flow::{Flow, FlowId, PersonId};
use serde_json::json;
use store::triggers::Begins;
use store::{flows, triggers, versions};

use super::checks::check;
use super::flows::find_row;
use super::{Caller, Right, drafts};
use crate::clock;
use crate::error::{from_store, invalid};
use crate::work::{intake, schedule};

pub(super) async fn save_version(
    caller: &Caller,
    request: SaveVersion,
) -> Result<VersionRow, ApiError> {
    let author = caller.need(Right::Edit)?.clone();
    let (name, note) = label(&request.name, &request.note)?;
    let draft = flows::get(&caller.server.store, &request.id)
        .await
        .map_err(from_store)?
        .draft;
    let number = new_version(caller, &author.id, &draft, (&name, &note)).await?;
    find(caller, &request.id, number).await
}

/// Saves a version; a flow that is on goes on with the new version if that has no errors.
pub(super) async fn new_version(
    caller: &Caller,
    author: &PersonId,
    draft: &Flow,
    (name, note): (&str, &str),
) -> Result<i64, ApiError> {
    let store = &caller.server.store;
    let published = draft.published();
    let new = versions::NewVersion {
        document: &published,
        name,
        note,
        changes: Some(changes(caller, draft).await?),
        author: Some(author),
        at: clock::now_ms(),
    };
    let number = versions::insert(store, &new).await.map_err(from_store)?;
    let after = json!({ "version": number, "name": name, "note": note });
    caller
        .audit(
            "flow.version.save",
            "flow",
            draft.id.as_str(),
            None,
            Some(after),
        )
        .await?;
    let is_on = triggers::find(store, &draft.id)
        .await
        .map_err(from_store)?
        .is_some();
    if is_on && flow::may_turn_on(&check(store, draft).await?) {
        turn_on(caller, draft, number).await?;
    }
    Ok(number)
}

/// How many things differ from the newest version; of the first version, how many things there are.
async fn changes(caller: &Caller, draft: &Flow) -> Result<i64, ApiError> {
    let store = &caller.server.store;
    let before = match newest_version(caller, &draft.id).await? {
        Some(number) => {
            let version = versions::get(store, &draft.id, number).await;
            version.map_err(from_store)?.document
        }
        None => Flow::new(draft.id.clone(), draft.name.clone()),
    };
    let count = flow::diff(&before, &draft.published()).changes.len();
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

fn label(name: &str, note: &str) -> Result<(String, String), ApiError> {
    let (name, note) = (name.trim(), note.trim());
    if name.chars().count() > MAX_VERSION_NAME || note.chars().count() > MAX_VERSION_NOTE {
        return Err(invalid(format!(
            "The name may have {MAX_VERSION_NAME} characters and the note {MAX_VERSION_NOTE}. Shorten them.",
        )));
    }
    Ok((name.to_owned(), note.to_owned()))
}

pub(super) async fn list(caller: &Caller, id: FlowId) -> Result<Vec<VersionRow>, ApiError> {
    caller.need(Right::Read)?;
    rows(caller, &id).await
}

async fn rows(caller: &Caller, id: &FlowId) -> Result<Vec<VersionRow>, ApiError> {
    let store = &caller.server.store;
    let active = triggers::find(store, id)
        .await
        .map_err(from_store)?
        .map(|trigger| trigger.version);
    let names = drafts::names(store).await?;
    let all = versions::list(store, id).await.map_err(from_store)?;
    Ok(all
        .into_iter()
        .map(|row| VersionRow {
            is_active: active == Some(row.number),
            number: row.number,
            name: row.name,
            note: row.note,
            changes: row.changes,
            author: row
                .author
                .and_then(|id| names.get(&id).cloned())
                .unwrap_or_default(),
            created_at: row.created_at,
        })
        .collect())
}

async fn find(caller: &Caller, id: &FlowId, number: i64) -> Result<VersionRow, ApiError> {
    let mut all = rows(caller, id).await?.into_iter();
    all.find(|row| row.number == number).ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            "There is no such version. It may have been deleted.",
        )
    })
}

pub(super) async fn read(
    caller: &Caller,
    id: FlowId,
    number: i64,
) -> Result<VersionView, ApiError> {
    caller.need(Right::Read)?;
    let record = versions::get(&caller.server.store, &id, number)
        .await
        .map_err(from_store)?;
    Ok(VersionView {
        row: find(caller, &id, number).await?,
        document: record.document,
    })
}

pub(super) async fn rename(
    caller: &Caller,
    request: RenameVersion,
) -> Result<VersionRow, ApiError> {
    caller.need(Right::Edit)?;
    let (name, note) = label(&request.name, &request.note)?;
    let before = find(caller, &request.id, request.number).await?;
    let store = &caller.server.store;
    versions::rename(store, &request.id, request.number, &name, &note)
        .await
        .map_err(from_store)?;
    let words = |name: &str, note: &str| {
        Some(json!({ "version": request.number, "name": name, "note": note }))
    };
    caller
        .audit(
            "flow.version.rename",
            "flow",
            request.id.as_str(),
            words(&before.name, &before.note),
            words(&name, &note),
        )
        .await?;
    find(caller, &request.id, request.number).await
}

pub(super) async fn turn(caller: &Caller, request: TurnOn) -> Result<FlowRow, ApiError> {
    let person = caller.need(Right::Run)?.id.clone();
    let store = &caller.server.store;
    let at = clock::now_ms();
    let record = flows::get(store, &request.id).await.map_err(from_store)?;
    if !request.on {
        triggers::turn_off(store, &request.id, at)
            .await
            .map_err(from_store)?;
        caller.server.active.forget(&request.id);
        caller.server.hooks.wake();
        caller
            .audit("flow.deactivate", "flow", request.id.as_str(), None, None)
            .await?;
        return find_row(caller, &request.id).await;
    }
    let problems = check(store, &record.draft).await?;
    if !flow::may_turn_on(&problems) {
        return Err(refused(&record.draft, &problems));
    }
    let number = match newest_version(caller, &request.id).await? {
        Some(number)
            if versions::get(store, &request.id, number)
                .await
                .map_err(from_store)?
                .document
                == record.draft.published() =>
        {
            number
        }
        _ => new_version(caller, &person, &record.draft, ("", "")).await?,
    };
    turn_on(caller, &record.draft, number).await?;
    caller
        .audit(
            "flow.activate",
            "flow",
            request.id.as_str(),
            None,
            Some(json!({ "version": number })),
        )
        .await?;
    // What is left are warnings; whoever turned it on hears of them.
    Ok(FlowRow {
        problems: problems.len(),
        ..find_row(caller, &request.id).await?
    })
}

/// So many problems are named where a flow cannot be turned on.
const NAMED_PROBLEMS: usize = 3;

/// Says why a flow cannot be turned on, and where to look.
fn refused(draft: &Flow, problems: &[flow::Problem]) -> ApiError {
    let errors: Vec<&flow::Problem> = problems
        .iter()
        .filter(|problem| problem.severity == flow::Severity::Error)
        .collect();
    let mut places: Vec<String> = errors
        .iter()
        .filter_map(|problem| place_of(draft, problem))
        .collect();
    places.dedup();
    places.truncate(NAMED_PROBLEMS);
    let look = if places.is_empty() {
        String::new()
    } else {
        format!(" Look at {}.", places.join(", "))
    };
    let missing: BTreeSet<&str> = problems
        .iter()
        .flat_map(|problem| problem.scopes.iter().map(String::as_str))
        .collect();
    let hint = if missing.is_empty() {
        String::new()
    } else {
        let missing: Vec<&str> = missing.into_iter().collect();
        format!(
            " A connection lacks {}: grant it to the app in the org and reauthorize the connection.",
            missing.join(", ")
        )
    };
    ApiError::new(
        ErrorCode::HasProblems,
        format!(
            "The flow has problems ({}) and cannot be turned on. Open it and solve them first.{look}{hint}",
            errors.len()
        ),
    )
}

/// Names the card of a problem, and its field.
fn place_of(draft: &Flow, problem: &flow::Problem) -> Option<String> {
    let step = draft.step(problem.step.as_ref()?)?;
    let title = step.title.as_deref().unwrap_or(step.card.as_str());
    Some(match &problem.input {
        Some(input) => format!("“{title}” ({})", input.field.key),
        None => format!("“{title}”"),
    })
}

/// Makes a version the one that starts.
pub(super) async fn turn_on(caller: &Caller, draft: &Flow, number: i64) -> Result<(), ApiError> {
    let server = &caller.server;
    let begins = Begins {
        next_at: schedule::next(draft, clock::now()),
        since: intake::listens_from(server, draft).await?,
    };
    triggers::turn_on(&server.store, &draft.id, number, begins, clock::now_ms())
        .await
        .map_err(from_store)?;
    server.active.forget(&draft.id);
    server.hooks.wake();
    Ok(())
}

pub(super) async fn newest_version(caller: &Caller, id: &FlowId) -> Result<Option<i64>, ApiError> {
    let rows = versions::list(&caller.server.store, id)
        .await
        .map_err(from_store)?;
    Ok(rows.first().map(|row| row.number))
}
