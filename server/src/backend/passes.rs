//! The passes of a card that goes round its helper flow, one at a time.

use api::{ApiError, CalledBy, ErrorCode, Pass, PassQuery};
use store::runs;

use super::run_view::{compiled, journal};
use super::runs::named;
use super::{Caller, Right};
use crate::error::from_store;

/// Returns one pass: which one it is, how many there are and which failed next, and its run.
pub(super) async fn open(caller: &Caller, query: PassQuery) -> Result<Pass, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    let row = runs::find(store, &query.run)
        .await
        .map_err(from_store)?
        .ok_or_else(|| ApiError::new(ErrorCode::NotFound, "The run is not there any more."))?;
    let compiled = compiled(caller, &row).await?;
    let entries = journal(caller, &query.run).await?;
    let found = engine::passes(&compiled.plan, &entries, &query.step).ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            "The card did not go round in this run. Choose a card that calls a helper flow for each item.",
        )
    })?;
    // Who asks for none wants to see what went wrong.
    let first = found.failed.first().map_or(1, |index| index + 1);
    let number = query.number.unwrap_or(first).clamp(1, found.count.max(1));
    let index = number - 1;
    let id = usize::try_from(index)
        .ok()
        .filter(|_| found.count > 0)
        .and_then(|at| {
            engine::helper_run(&compiled.plan, &entries, &query.run, &query.step, Some(at))
        });
    let run = match id {
        Some(id) => runs::find(store, &id).await.map_err(from_store)?,
        None => None,
    };
    let run = named(store, run.into_iter().collect()).await?.pop();
    Ok(Pass {
        number: if found.count == 0 { 0 } else { number },
        count: found.count,
        failed: found.failed.len() as u64,
        first_failed: found.failed.first().map(|index| index + 1),
        next_failed: found.failed_after(index).map(|index| index + 1),
        run,
    })
}

/// Returns the card that started a helper run, as long as its run is kept.
pub(super) async fn called_by(
    caller: &Caller,
    row: &runs::RunRow,
) -> Result<Option<CalledBy>, ApiError> {
    let Some(parent) = &row.parent_run else {
        return Ok(None);
    };
    let found = runs::find(&caller.server.store, parent).await;
    let Some(calling) = found.map_err(from_store)? else {
        return Ok(None);
    };
    let compiled = compiled(caller, &calling).await?;
    let index = row.item.and_then(|item| usize::try_from(item).ok());
    let step = engine::calling_step(&compiled.plan, parent, &row.id, index);
    Ok(step.map(|step| CalledBy {
        run: parent.clone(),
        step,
        number: index.map(|index| index as u64 + 1),
    }))
}
