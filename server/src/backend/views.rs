//! What the list of runs asks beside the runs: filters with a name, and how long runs usually take.

use api::{ApiError, ErrorCode, NewView, RunsView, UsualDuration};
use flow::FlowId;
use store::{runs, views};

use super::flows::named;
use super::{Caller, Right};
use crate::clock;
use crate::error::{from_store, invalid};

/// Flows in one question.
const MOST_FLOWS: usize = 200;
/// The longest filter.
const LONGEST: usize = 2_000;

pub(super) async fn list(caller: &Caller) -> Result<Vec<RunsView>, ApiError> {
    let person = &caller.need(Right::Read)?.id;
    let found = views::list(&caller.server.store, person).await;
    Ok(found.map_err(from_store)?.into_iter().map(view).collect())
}

pub(super) async fn save(caller: &Caller, new: NewView) -> Result<RunsView, ApiError> {
    let person = caller.need(Right::Read)?.id.clone();
    let store = &caller.server.store;
    if new.query.len() > LONGEST {
        return Err(invalid(
            "The filter is too long to be saved. Take some conditions away.",
        ));
    }
    let known = views::list(store, &person).await.map_err(from_store)?;
    if i64::try_from(known.len()).unwrap_or(i64::MAX) >= views::MOST {
        return Err(ApiError::new(
            ErrorCode::TooMany,
            "You have saved 100 views already. Delete one of them first.",
        ));
    }
    let made = views::SavedView {
        id: clock::new_id(),
        person,
        name: named(&new.name)?,
        query: new.query,
        created_at: clock::now_ms(),
    };
    views::insert(store, &made).await.map_err(from_store)?;
    Ok(view(made))
}

pub(super) async fn delete(caller: &Caller, id: String) -> Result<(), ApiError> {
    let person = &caller.need(Right::Read)?.id;
    let gone = views::delete(&caller.server.store, person, &id)
        .await
        .map_err(from_store)?;
    if gone {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::NotFound, "You have no such view."))
}

fn view(view: views::SavedView) -> RunsView {
    RunsView {
        id: view.id,
        name: view.name,
        query: view.query,
    }
}

pub(super) async fn usual(
    caller: &Caller,
    flows: Vec<FlowId>,
) -> Result<Vec<UsualDuration>, ApiError> {
    caller.need(Right::Read)?;
    if flows.len() > MOST_FLOWS {
        return Err(invalid(format!("Ask for {MOST_FLOWS} flows at most.")));
    }
    let mut found = Vec::with_capacity(flows.len());
    for flow in flows {
        let usual = runs::usual_duration(&caller.server.store, &flow).await;
        if let Some(ms) = usual.map_err(from_store)? {
            found.push(UsualDuration { flow, ms });
        }
    }
    Ok(found)
}
