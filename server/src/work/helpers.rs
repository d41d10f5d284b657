//! Helper runs: started, resumed or found again for the card that calls them.

use std::sync::Arc;

use engine::{ChildCall, EngineError, Entry, Outcome};
use flow::{CardError, FlowId, RetryHint, Value};
use store::runs::{self, Cause, RunRecord, RunRow, RunStatus};
use store::triggers::Trigger;
use tokio::task::JoinSet;

use super::host::RunHost;
use super::plans::Compiled;
use super::runner::{finish, history};
use super::start;
use crate::state::Server;

/// Helpers may call helpers this deep (Okta's limit).
const DEPTH: u32 = 250;
/// Helper runs nest on the stack of one task; deeper than this they go on in a task of their own.
const NEST: u32 = 8;

/// Runs a helper flow for a card of `caller`, or finds its result where it ran already.
pub(crate) async fn child(caller: &RunHost, child: ChildCall) -> Result<Value, CardError> {
    if caller.standing.depth + 1 > DEPTH {
        return Err(CardError::new(
            "helper.too_deep",
            format!(
                "Helper flows call each other more than {DEPTH} deep. Look for a flow that calls itself."
            ),
        ));
    }
    let server = Arc::clone(&caller.server);
    let known = if caller.standing.is_resumed {
        runs::find(&server.store, &child.run)
            .await
            .map_err(|error| storage(&error))?
    } else {
        None
    };
    match known {
        Some(row) => known_child(caller, row, child.wait).await,
        None => new_child(caller, child).await,
    }
}

async fn new_child(caller: &RunHost, child: ChildCall) -> Result<Value, CardError> {
    let server = Arc::clone(&caller.server);
    let trigger = active(&server, &child.flow).await?;
    let compiled = server
        .plans
        .get(&server.store, &child.flow, trigger.version)
        .await
        .map_err(|error| storage(&error))?;
    let mut record = start::queued(
        &trigger,
        Cause::Helper,
        &child.inputs,
        compiled.plan.is_private(),
    );
    record.row.id = child.run;
    record.row.parent_run = Some(caller.row.id.clone());
    record.row.root_run = caller.row.root_run.clone();
    record.row.item = child.index.and_then(|index| i64::try_from(index).ok());
    record.row.person = caller.row.person.clone();
    if !child.wait {
        return match server
            .writer
            .submit(vec![store::Write::InsertRun(Box::new(record))])
            .await
        {
            Ok(()) => Ok(Value::Null),
            Err(error) => Err(storage(&error)),
        };
    }
    record.row.status = RunStatus::Running;
    record.row.started_at = Some(record.row.created_at);
    record.row.due_at = None;
    if record.row.is_private {
        caller.note_private_helper();
    }
    let standing = caller.standing.below(false);
    let host = RunHost::new(server, record.row.clone(), Some(record), 0, standing);
    through(host, compiled, child.inputs, Vec::new()).await
}

async fn known_child(caller: &RunHost, row: RunRow, wait: bool) -> Result<Value, CardError> {
    if !wait {
        return Ok(Value::Null);
    }
    let server = Arc::clone(&caller.server);
    if row.status != RunStatus::Running {
        let record = runs::get(&server.store, &row.id)
            .await
            .map_err(|error| storage(&error))?;
        return stored_result(&record);
    }
    let record = runs::get(&server.store, &row.id)
        .await
        .map_err(|error| storage(&error))?;
    let compiled = server
        .plans
        .get(&server.store, &row.flow, row.version)
        .await
        .map_err(|error| storage(&error))?;
    let outputs = start::decode(&record.input)
        .map_err(|error| CardError::new("server.storage", error.to_string()))?;
    let (history, parts) = history(&server, &row)
        .await
        .map_err(|error| engine_failed(&error))?;
    let host = RunHost::new(server, row, None, parts, caller.standing.below(true));
    through(host, compiled, outputs, history).await
}

/// Carries a helper run through, on the caller's task as long as that is not too deep.
async fn through(
    host: RunHost,
    compiled: Arc<Compiled>,
    outputs: flow::Outputs,
    history: Vec<Entry>,
) -> Result<Value, CardError> {
    let outcome = if host.standing.depth.is_multiple_of(NEST) {
        // Ends with the caller, as a task of its own would not.
        let mut task = JoinSet::new();
        task.spawn(async move { finish(&host, &compiled, outputs, &history).await });
        match task.join_next().await {
            Some(Ok(outcome)) => outcome,
            _ => {
                return Err(CardError::new(
                    "server.fault",
                    "The helper run broke off by a fault of the server.",
                ));
            }
        }
    } else {
        Box::pin(finish(&host, &compiled, outputs, &history)).await
    };
    result_of(outcome.map_err(|error| engine_failed(&error))?)
}

fn result_of(outcome: Outcome) -> Result<Value, CardError> {
    match outcome {
        Outcome::Succeeded { returned } | Outcome::Stopped { returned } => Ok(returned),
        Outcome::Failed { error, .. } => Err(error),
        Outcome::OutcomeUnknown { .. } => Err(unknown()),
    }
}

fn stored_result(record: &RunRecord) -> Result<Value, CardError> {
    match record.row.status {
        RunStatus::Failed | RunStatus::Canceled => Err(CardError::new(
            record
                .row
                .error_code
                .clone()
                .unwrap_or_else(|| "helper.canceled".to_owned()),
            record
                .row
                .error_message
                .clone()
                .unwrap_or_else(|| "The helper run was canceled.".to_owned()),
        )),
        RunStatus::OutcomeUnknown => Err(unknown()),
        _ => Ok(record
            .result
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()),
    }
}

fn unknown() -> CardError {
    CardError {
        retry: RetryHint::OutcomeUnknown,
        ..CardError::new(
            "helper.outcome_unknown",
            "It is not known whether a call of the helper run took effect. Open the helper run.",
        )
    }
}

async fn active(server: &Server, flow: &FlowId) -> Result<Arc<Trigger>, CardError> {
    let found = server
        .active
        .find(&server.store, flow)
        .await
        .map_err(|error| storage(&error))?;
    if let Some(trigger) = found {
        return Ok(trigger);
    }
    let row = store::flows::find(&server.store, flow)
        .await
        .map_err(|error| storage(&error))?;
    Err(match row {
        Some(row) => CardError::new(
            "helper.off",
            format!("The helper flow «{}» is off. Turn it on.", row.name),
        ),
        None => CardError::new(
            "helper.gone",
            "The helper flow does not exist any more. Choose another on the card.",
        ),
    })
}

fn storage(error: &store::StoreError) -> CardError {
    tracing::error!(%error, "a helper run could not be stored or read");
    CardError::new(
        "server.storage",
        "The server could not store or read the helper run.",
    )
}

fn engine_failed(error: &EngineError) -> CardError {
    tracing::error!(%error, "a helper run cannot go on");
    CardError::new(
        "server.fault",
        "The helper run cannot go on by a fault of the server.",
    )
}
