//! Runs: starting by hand, listing.

use api::{ApiError, ErrorCode, RunFilter, RunList, RunRow, RunStatus, StartRun, TrialKind};
use engine::Entry;
use flow::{FlowKind, Outputs, RunId, Step, Type, Value, coerce};
use serde_json::{Map, Value as Json, json};
use store::Write;
use store::runs::{self, Cause, RunRecord};

mod filter;

use super::{Caller, Right};
use crate::error::{from_store, internal, invalid};
use crate::work::{runner, start};

pub(super) async fn start(caller: &Caller, request: StartRun) -> Result<RunId, ApiError> {
    let person = caller.need(Right::Run)?.id.clone();
    let server = &caller.server;
    let record = store::flows::get(&server.store, &request.id)
        .await
        .map_err(from_store)?;
    let found = server
        .active
        .find(&server.store, &request.id)
        .await
        .map_err(from_store)?;
    let trigger = found.ok_or_else(|| {
        ApiError::new(
            ErrorCode::Invalid,
            format!(
                "The flow «{}» is off. Turn it on, then run it.",
                record.row.name
            ),
        )
    })?;
    let compiled = server
        .plans
        .get(&server.store, &trigger.flow, trigger.version)
        .await
        .map_err(from_store)?;
    let outputs = match compiled.document.steps.first() {
        Some(first) => {
            let outputs = outputs(first, &request.inputs)?;
            if trigger.kind == FlowKind::Manual {
                all_filled(first, &outputs)?;
            }
            outputs
        }
        None => Vec::new(),
    };
    let cause = if caller.session.is_some() {
        Cause::Manual
    } else {
        Cause::Api
    };
    let run = start::by(
        start::queued(&trigger, cause, &outputs, compiled.plan.is_private()),
        person,
    );
    let id = run.row.id.clone();
    server
        .writer
        .submit(vec![Write::InsertRun(Box::new(run))])
        .await
        .map_err(from_store)?;
    caller
        .audit(
            "flow.run",
            "run",
            id.as_str(),
            None,
            Some(json!({ "flow": request.id })),
        )
        .await?;
    Ok(id)
}

/// Turns what a person typed into outputs of the first card.
pub(super) fn outputs(first: &Step, inputs: &Map<String, Json>) -> Result<Outputs, ApiError> {
    let unknown = inputs.keys().find(|name| {
        !first
            .outputs
            .iter()
            .any(|output| runner::names(&output.key, name))
    });
    if let Some(name) = unknown {
        let known: Vec<String> = first
            .outputs
            .iter()
            .filter(|output| !output.hidden)
            .map(|output| output.key.key.clone())
            .collect();
        return Err(invalid(format!(
            "The flow has no input «{name}». It has: {}.",
            known.join(", ")
        )));
    }
    let mut outputs = Vec::new();
    for output in &first.outputs {
        let Some((name, given)) = inputs
            .iter()
            .find(|(name, _)| runner::names(&output.key, name))
        else {
            continue;
        };
        let value = value_of(given, &output.ty)
            .map_err(|text| invalid(format!("Input «{name}»: {text}")))?;
        outputs.push((output.key.clone(), value));
    }
    Ok(outputs)
}

/// Refuses a start that leaves out what the author wants filled in.
pub(super) fn all_filled(first: &Step, given: &Outputs) -> Result<(), ApiError> {
    let wanted = first
        .inputs
        .iter()
        .filter(|input| input.custom && input.required);
    for input in wanted {
        let is_there = given
            .iter()
            .any(|(key, value)| *key == input.key && !value.is_empty());
        if !is_there {
            return Err(invalid(format!("Fill in «{}».", input.label)));
        }
    }
    Ok(())
}

/// Reads what somebody gave for a field of this type. The error says why it does not fit.
pub(super) fn value_of(given: &Json, ty: &Type) -> Result<Value, String> {
    let value = Value::from_json(given).map_err(|error| error.to_string())?;
    coerce(&value, None, ty).map_err(|text| text.to_string())
}

pub(super) async fn list(caller: &Caller, filter: RunFilter) -> Result<RunList, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    let Some(wanted) = filter::stored(store, filter).await? else {
        return Ok(RunList {
            runs: Vec::new(),
            next: None,
        });
    };
    let page = runs::list(store, &wanted).await.map_err(from_store)?;
    Ok(RunList {
        runs: named(store, page.items).await?,
        next: page.next.map(|id| id.to_string()),
    })
}

/// Returns rows with the names of those who started them.
pub(super) async fn named(
    store: &store::Store,
    rows: Vec<runs::RunRow>,
) -> Result<Vec<RunRow>, ApiError> {
    if rows.iter().all(|row| row.person.is_none()) {
        return Ok(rows.into_iter().map(row).collect());
    }
    let people = store::people::list(store).await.map_err(from_store)?;
    let name = |id: &flow::PersonId| {
        let found = people.iter().find(|person| person.id == *id);
        found.map(|person| person.name.clone())
    };
    let with_name = |stored: runs::RunRow| {
        let person = stored.person.as_ref().and_then(&name);
        RunRow {
            person,
            ..row(stored)
        }
    };
    Ok(rows.into_iter().map(with_name).collect())
}

/// Returns a row for the wire, without the name of whoever started it.
pub(super) fn row(row: runs::RunRow) -> RunRow {
    RunRow {
        status: status(row.status),
        cause: match row.cause {
            Cause::Event => api::Cause::Event,
            Cause::Schedule => api::Cause::Schedule,
            Cause::Manual => api::Cause::Manual,
            Cause::Api if row.person.is_some() => api::Cause::Api,
            Cause::Api => api::Cause::Endpoint,
            Cause::Helper => api::Cause::Helper,
        },
        id: row.id,
        flow: row.flow,
        flow_name: row.flow_name,
        version: row.version.max(0),
        parent: row.parent_run,
        started_at: row.started_at.unwrap_or(row.created_at),
        duration_ms: row.duration_ms,
        error: row.error_message.or(row.error_code),
        person: None,
        subject: row.subject,
        again_of: row.again_of,
        trial: row.trial.map(|trial| match trial {
            runs::Trial::Flow => TrialKind::Flow,
            runs::Trial::Until => TrialKind::Until,
            runs::Trial::Card => TrialKind::Card,
        }),
    }
}

pub(super) fn status(status: runs::RunStatus) -> RunStatus {
    match status {
        runs::RunStatus::Queued => RunStatus::Queued,
        runs::RunStatus::Running => RunStatus::Running,
        runs::RunStatus::Waiting => RunStatus::Waiting,
        runs::RunStatus::OutcomeUnknown => RunStatus::OutcomeUnknown,
        runs::RunStatus::Succeeded => RunStatus::Succeeded,
        runs::RunStatus::Stopped => RunStatus::Stopped,
        runs::RunStatus::Failed => RunStatus::Failed,
        runs::RunStatus::Canceled => RunStatus::Canceled,
    }
}

pub(super) fn stored_status(status: RunStatus) -> runs::RunStatus {
    match status {
        RunStatus::Queued => runs::RunStatus::Queued,
        RunStatus::Running => runs::RunStatus::Running,
        RunStatus::Waiting => runs::RunStatus::Waiting,
        RunStatus::OutcomeUnknown => runs::RunStatus::OutcomeUnknown,
        RunStatus::Succeeded => runs::RunStatus::Succeeded,
        RunStatus::Stopped => runs::RunStatus::Stopped,
        RunStatus::Failed => runs::RunStatus::Failed,
        RunStatus::Canceled => runs::RunStatus::Canceled,
    }
}

/// Puts a run into the queue, together with what its journal begins with.
pub(super) async fn queue(
    caller: &Caller,
    run: RunRecord,
    entries: &[Entry],
) -> Result<(), ApiError> {
    let first = journal(&run.row.id, entries)?;
    let mut writes = vec![Write::InsertRun(Box::new(run))];
    writes.extend(first);
    caller
        .server
        .writer
        .submit(writes)
        .await
        .map_err(from_store)
}

/// Returns the first part of a journal, which is there before the run begins.
fn journal(run: &RunId, entries: &[Entry]) -> Result<Option<Write>, ApiError> {
    if entries.is_empty() {
        return Ok(None);
    }
    Ok(Some(Write::Journal {
        run: run.clone(),
        seq: 0,
        entries: serde_json::to_string(entries).map_err(|error| internal(&error))?,
    }))
}
