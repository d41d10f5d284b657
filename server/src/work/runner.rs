//! Carries runs through: takes what is due and replays what was begun.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use engine::{EngineError, Entry, HttpAnswer, Outcome, Start};
use flow::{FieldKey, Value};
use futures::FutureExt as _;
use store::runs::{self, Cause, RunRecord, RunRow};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::broken::{self, Broken};
use super::host::{RunHost, Standing};
use super::plans::Compiled;
use super::start;
use crate::clock;
use crate::state::Server;

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
            let id = record.row.id.clone();
            let carried = carry(Arc::clone(&server), record, Begun::Stored, Some(place));
            server.under_way.spawn(id, carried);
        }
        if !is_more {
            watch.wait(Duration::from_millis(1_000)).await;
        }
    }
}

/// Keeps the leases of this server, for ever; breaks off what was canceled at another server.
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
        if server.store.is_shared() {
            match runs::canceled(&server.store, &server.under_way.ids()).await {
                Ok(canceled) => {
                    for run in canceled {
                        server.under_way.break_off(&run).await;
                    }
                }
                Err(error) => tracing::error!(%error, "canceled runs could not be read"),
            }
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
    let standing = Standing::first(parts > 0, row.flow.clone(), place);
    let host = RunHost::new(Arc::clone(server), row, new, parts, standing);
    finish(&host, &compiled, outputs, &history).await?;
    Ok(())
}

pub(super) async fn finish(
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
    // Of a helper run that ended it is told when that is on disk.
    if host.standing.depth == 0 || matches!(outcome, Outcome::OutcomeUnknown { .. }) {
        host.tell(word(&outcome));
    }
    if host.row.cause == Cause::Api {
        host.server.replies.answer(host.id(), last_answer(&outcome));
    }
    if let Outcome::Failed { error, step, .. } = &outcome {
        tracing::info!(run.id = %host.id(), flow.id = %host.row.flow, step.id = %step, error.code = %error.code, "a run failed");
    }
    Ok(outcome)
}

/// What pages are told about a run that ended like this.
pub(super) fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Succeeded { .. } => "succeeded",
        Outcome::Stopped { .. } => "stopped",
        Outcome::Failed { .. } => "failed",
        Outcome::OutcomeUnknown { .. } => "outcome_unknown",
    }
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
            // Return Error names the status; what another service answered is no status of ours.
            let chosen = error
                .status
                .filter(|_| error.code == "flow.returned_error")
                .filter(|status| (400..=599).contains(status));
            (
                chosen.unwrap_or(500),
                Value::from_pairs([("error", Value::from_pairs(said))]),
            )
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
