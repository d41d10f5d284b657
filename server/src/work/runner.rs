//! Carries runs through: takes what is due, replays what was begun, and starts helper runs for their callers.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use engine::{ChildCall, EngineError, Entry, HttpAnswer, Outcome, Start};
use flow::{CardError, FieldKey, FlowId, RetryHint, Value};
use futures::FutureExt as _;
use store::runs::{self, Cause, RunRecord, RunRow, RunStatus};
use store::triggers::Trigger;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;

use super::broken::{self, Broken};
use super::host::{RunHost, Standing};
use super::plans::Compiled;
use super::start;
use crate::clock;
use crate::state::Server;

/// Helpers may call helpers this deep (Okta's limit).
const DEPTH: u32 = 250;
/// Helper runs nest on the stack of one task; deeper than this they go on in a task of their own.
const NEST: u32 = 8;

/// Takes due runs and carries them through, for ever.
pub(crate) async fn keep_running(server: Arc<Server>) {
    let places = Arc::new(Semaphore::new(server.options.runs_at_once));
    let mut watch = server.store.watch_work();
    loop {
        let free = places.available_permits().min(64);
        let due = match u32::try_from(free) {
            Ok(0) | Err(_) => Vec::new(),
            Ok(limit) => match runs::claim(
                &server.store,
                &server.worker,
                clock::now_ms(),
                server.options.lease_ms,
                limit,
            )
            .await
            {
                Ok(due) => due,
                Err(error) => {
                    tracing::error!(%error, "due runs could not be read");
                    Vec::new()
                }
            },
        };
        let is_more = !due.is_empty();
        for record in due {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                return;
            };
            let carried = carry(Arc::clone(&server), record, Begun::Stored, Some(place));
            server.under_way.spawn(carried);
        }
        if !is_more {
            watch.wait(Duration::from_millis(1_000)).await;
        }
    }
}

/// Keeps the leases of this server, for ever.
pub(crate) async fn keep_leases(server: Arc<Server>) {
    let lease_ms = server.options.lease_ms;
    let every = Duration::from_millis(u64::try_from(lease_ms / 3).unwrap_or(0).max(10));
    loop {
        tokio::time::sleep(every).await;
        if let Err(error) =
            runs::renew(&server.store, &server.worker, clock::now_ms(), lease_ms).await
        {
            tracing::error!(%error, "leases could not be renewed");
        }
    }
}

/// Where a run is when it is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begun {
    /// Nowhere but in memory: it is written with its first entries.
    Here,
    /// On disk.
    Stored,
}

/// Carries one run to its end. `place` is its place among the runs under way.
pub(crate) async fn carry(
    server: Arc<Server>,
    record: RunRecord,
    begun: Begun,
    place: Option<OwnedSemaphorePermit>,
) {
    let id = record.row.id.clone();
    let carried = carry_root(&server, record, begun, place);
    let broken = match AssertUnwindSafe(carried).catch_unwind().await {
        Ok(Ok(())) => return,
        Ok(Err(broken)) => broken,
        Err(_) => Broken::ForGood("a card made the server fail".to_owned()),
    };
    server.replies.forget(&id);
    broken::settle(&server, &id, broken).await;
}

async fn carry_root(
    server: &Arc<Server>,
    record: RunRecord,
    begun: Begun,
    place: Option<OwnedSemaphorePermit>,
) -> Result<(), Broken> {
    let compiled = server
        .plans
        .get(&server.store, &record.row.flow, record.row.version)
        .await?;
    let outputs =
        start::decode(&record.input).map_err(|error| Broken::ForGood(error.to_string()))?;
    let (history, parts) = match begun {
        Begun::Here => (Vec::new(), 0),
        Begun::Stored => history(server, &record.row).await?,
    };
    let row = record.row.clone();
    let new = (begun == Begun::Here).then_some(record);
    let standing = Standing::first(parts > 0, place);
    let host = RunHost::new(Arc::clone(server), row, new, parts, standing);
    finish(&host, &compiled, outputs, &history).await?;
    Ok(())
}

async fn finish(
    host: &RunHost,
    compiled: &Compiled,
    outputs: flow::Outputs,
    history: &[Entry],
) -> Result<Outcome, EngineError> {
    host.tell("running");
    let start = Start {
        run: host.id().clone(),
        outputs,
    };
    let outcome = engine::run(&compiled.plan, start, history, host).await?;
    let word = match &outcome {
        Outcome::Succeeded { .. } => "succeeded",
        Outcome::Stopped { .. } => "stopped",
        Outcome::Failed { .. } => "failed",
        Outcome::OutcomeUnknown { .. } => "outcome_unknown",
    };
    host.tell(word);
    if host.row.cause == Cause::Api {
        host.server.replies.answer(host.id(), last_answer(&outcome));
    }
    if let Outcome::Failed { error, step, .. } = &outcome {
        tracing::info!(run.id = %host.id(), flow.id = %host.row.flow, step.id = %step, error.code = %error.code, "a run failed");
    }
    Ok(outcome)
}

/// The answer to the caller of an endpoint where no card gave one.
fn last_answer(outcome: &Outcome) -> HttpAnswer {
    let (status, body) = match outcome {
        Outcome::Succeeded { returned } | Outcome::Stopped { returned } => (200, returned.clone()),
        Outcome::Failed { error, .. } => {
            let said = [
                ("code", Value::text(error.code.as_str())),
                ("message", Value::text(error.message.as_str())),
            ];
            (500, Value::from_pairs([("error", Value::from_pairs(said))]))
        }
        Outcome::OutcomeUnknown { .. } => (
            500,
            Value::from_pairs([("error", Value::text("outcome_unknown"))]),
        ),
    };
    HttpAnswer {
        status,
        headers: Vec::new(),
        body,
    }
}

pub(crate) async fn history(
    server: &Server,
    row: &RunRow,
) -> Result<(Vec<Entry>, i64), EngineError> {
    let parts = store::journal::read(&server.store, &row.id)
        .await
        .map_err(|error| EngineError::Storage(error.to_string()))?;
    let mut entries: Vec<Entry> = Vec::new();
    for part in &parts {
        let more: Vec<Entry> = serde_json::from_str(&part.entries)
            .map_err(|error| EngineError::Storage(error.to_string()))?;
        entries.extend(more);
    }
    Ok((entries, parts.last().map_or(0, |part| part.seq + 1)))
}

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

/// Names the field of a flow's first card that a caller fills by `name`: its key, or group and key joined by a dot.
pub(crate) fn names(key: &FieldKey, name: &str) -> bool {
    if key.key == name {
        return true;
    }
    key.group.as_deref().is_some_and(|group| {
        name.strip_prefix(group)
            .and_then(|rest| rest.strip_prefix('.'))
            .is_some_and(|rest| rest == key.key)
    })
}
