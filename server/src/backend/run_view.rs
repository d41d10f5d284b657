//! One run with everything that happened in it.

use std::sync::Arc;

use api::{ApiError, CallView, ChildRun, FieldValue, RunView, StepRun, StepState};
use engine::{Entry, Outcome, StepView};
use flow::{CardError, RunId, Value};
use store::runs;

use super::masking::masked;
use super::runs::{named, row};
use super::{Caller, Right};
use crate::error::{from_store, internal};
use crate::work::host::without_data;
use crate::work::plans::Compiled;

/// Returns a run as it is shown, with secret and personal values masked.
pub(super) async fn open(caller: &Caller, id: RunId) -> Result<RunView, ApiError> {
    Ok(masked(read(caller, id).await?))
}

/// Returns a run with all its values: for what the server does with them, not to be shown.
pub(super) async fn read(caller: &Caller, id: RunId) -> Result<RunView, ApiError> {
    caller.need(Right::Read)?;
    let server = &caller.server;
    let record = runs::get(&server.store, &id).await.map_err(from_store)?;
    let compiled = compiled(caller, &record.row).await?;
    let mut entries = journal(caller, &id).await?;
    if record.row.is_private {
        entries = without_data(entries);
    }
    let canceled_at = record
        .row
        .ended_at
        .filter(|_| record.row.status == runs::RunStatus::Canceled);
    let mut steps: Vec<StepRun> = engine::view(&compiled.plan, &entries)
        .into_iter()
        .filter_map(|view| step(view, &record.row))
        .map(|step| match canceled_at {
            Some(at) => broken_off(step, at),
            None => step,
        })
        .collect();
    if let Some(first) = steps.first_mut().filter(|first| {
        compiled
            .document
            .steps
            .first()
            .is_some_and(|step| step.id == first.step)
    }) && first.outputs.is_empty()
        && !record.row.is_private
    {
        let start = crate::work::start::decode(&record.input).map_err(|error| internal(&error))?;
        first.outputs = fields(start);
    }
    let error = entries.iter().rev().find_map(|entry| match &entry.event {
        engine::Event::Ended {
            outcome: Outcome::Failed { error, .. },
        } => Some(error.clone()),
        _ => None,
    });
    let returned = record
        .result
        .as_deref()
        .and_then(|text| serde_json::from_str::<Value>(text).ok());
    let beside = runs::neighbours(&server.store, &record.row)
        .await
        .map_err(from_store)?;
    let again = runs::again(&server.store, &id).await.map_err(from_store)?;
    let again = named(&server.store, again).await?;
    let called_by = super::passes::called_by(caller, &record.row).await?;
    let mut shown = named(&server.store, vec![record.row.clone()]).await?;
    let shown = shown.pop().unwrap_or_else(|| row(record.row.clone()));
    Ok(RunView {
        newer: beside.newer,
        older: beside.older,
        again,
        called_by,
        calls: steps.iter().map(|step| step.calls.len()).sum(),
        failed_step: record.row.failed_step.clone(),
        is_private: record.row.is_private,
        returned: returned
            .filter(|_| !record.row.is_private)
            .map(|value| value.to_json()),
        flow: compiled.document.clone(),
        row: shown,
        steps,
        error,
    })
}

/// A card that was at work when a person canceled the run.
fn broken_off(step: StepRun, at: i64) -> StepRun {
    match step.state {
        StepState::Running | StepState::Waiting => StepRun {
            state: StepState::Failed,
            took_us: Some((at - step.started_at).max(0) * 1_000),
            error: Some(CardError::new(
                "run.canceled",
                "A person canceled the run while this card was at work.",
            )),
            ..step
        },
        _ => step,
    }
}

/// Returns the flow of a run, ready to run.
pub(super) async fn compiled(
    caller: &Caller,
    row: &runs::RunRow,
) -> Result<Arc<Compiled>, ApiError> {
    let server = &caller.server;
    let plans = &server.plans;
    (plans.get(&server.store, &row.flow, row.version).await).map_err(from_store)
}

/// Returns the whole journal of a run.
pub(super) async fn journal(caller: &Caller, id: &RunId) -> Result<Vec<Entry>, ApiError> {
    let mut entries = Vec::new();
    for part in store::journal::read(&caller.server.store, id)
        .await
        .map_err(from_store)?
    {
        let more: Vec<Entry> =
            serde_json::from_str(&part.entries).map_err(|error| internal(&error))?;
        entries.extend(more);
    }
    Ok(entries)
}

fn fields(values: Vec<(flow::FieldKey, Value)>) -> Vec<FieldValue> {
    values
        .into_iter()
        .map(|(field, value)| FieldValue {
            field,
            value: value.to_json(),
            masked: false,
        })
        .collect()
}

fn step(view: StepView, run: &runs::RunRow) -> Option<StepRun> {
    let state = match view.state {
        engine::StepState::NotReached | engine::StepState::Skipped => return None,
        engine::StepState::Running => StepState::Running,
        engine::StepState::Waiting => StepState::Waiting,
        engine::StepState::Succeeded => StepState::Succeeded,
        engine::StepState::Failed => StepState::Failed,
        engine::StepState::OutcomeUnknown => StepState::OutcomeUnknown,
    };
    Some(StepRun {
        step: view.step,
        path: view.path.to_string(),
        state,
        started_at: view.started_at_ms.unwrap_or(run.created_at),
        is_pinned: view.is_pinned,
        is_last: view.is_last,
        is_carried: run.again_of.is_some()
            && view.started_at_ms.is_some_and(|at| at < run.created_at),
        took_us: view.took_us.and_then(|took| i64::try_from(took).ok()),
        inputs: fields(view.inputs),
        outputs: fields(view.outputs),
        error: view.error,
        calls: view
            .calls
            .into_iter()
            .map(|call| CallView {
                method: call.method,
                path: call.path,
                status: call.status,
                at: call.at_ms,
                took_ms: i64::try_from(call.took_ms).unwrap_or(i64::MAX),
                attempt: call.attempt + 1,
            })
            .collect(),
        helpers: view
            .items
            .or(view.streamed)
            .and_then(|count| usize::try_from(count).ok())
            .filter(|_| !view.children.is_empty())
            .unwrap_or(view.children.len()),
        children: view
            .children
            .into_iter()
            .map(|child| ChildRun {
                run: child.run,
                flow: child.flow,
                index: child.index,
            })
            .collect(),
        lane: view.lane.map(|lane| lane.0),
    })
}
