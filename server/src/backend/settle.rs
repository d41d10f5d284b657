//! Runs that stand at a call of which nobody knows whether it took effect: a person says what became of it, the journal
//! takes that down, and the run goes on. A helper run takes the runs that wait for it along.

use api::{ApiError, Decision, ErrorCode, RunRow, SettleRun};
use engine::{Entry, Event, Outcome, Path};
use flow::{CardError, Outputs, RunId, Step, StepId, Value};
use serde_json::{Map, Value as Json, json};
use store::Write;
use store::runs::{self, RunFilter, RunParent, RunStatus, StatusChange};

use super::runs::{row, value_of};
use super::{Caller, Right};
use crate::clock;
use crate::error::{from_store, internal, invalid};
use crate::live::RunChanged;
use crate::work::runner;

/// Helpers call each other at most this deep.
const DEPTH: usize = 256;

/// Where a run stands, and what its journal needs to go on.
struct Stand {
    row: runs::RunRow,
    step: StepId,
    path: Path,
    /// The next part of its journal.
    next_part: i64,
    /// How often the card was tried before.
    attempts: u32,
}

pub(super) async fn settle(caller: &Caller, request: SettleRun) -> Result<RunRow, ApiError> {
    caller.need(Right::Run)?;
    let found = runs::get(&caller.server.store, &request.id)
        .await
        .map_err(from_store)?
        .row;
    if found.status != RunStatus::OutcomeUnknown {
        return Err(conflict(
            "The run does not wait for a decision. Look at the run: it may have gone on meanwhile.",
        ));
    }
    helper_decides(caller, &request.id).await?;
    let stand = stand(caller, found).await?;
    let outputs = match request.decision {
        Decision::Done => outputs(caller, &stand, &request.outputs).await?,
        Decision::Again | Decision::Failed if request.outputs.is_empty() => Vec::new(),
        Decision::Again | Decision::Failed => {
            return Err(invalid(
                "Outputs go with the decision `done` only. Leave them out.",
            ));
        }
    };
    let event = match request.decision {
        Decision::Again => again(&stand),
        Decision::Done => Event::Finished {
            outputs,
            calls: Vec::new(),
            took_us: 0,
        },
        Decision::Failed => Event::Failed {
            error: CardError::new(
                "outcome_unknown",
                "Nobody knew whether the call took effect, and a person decided that it counts as failed.",
            ),
            took_us: 0,
        },
    };
    go_on(caller, stand, event).await?;
    caller
        .audit(
            "run.settle",
            "run",
            request.id.as_str(),
            None,
            Some(json!({ "decision": request.decision })),
        )
        .await?;
    let now = runs::get(&caller.server.store, &request.id).await;
    Ok(row(now.map_err(from_store)?.row))
}

/// A run that waits for a helper run which stands at such a call has nothing to decide itself.
async fn helper_decides(caller: &Caller, id: &RunId) -> Result<(), ApiError> {
    let filter = RunFilter {
        statuses: vec![RunStatus::OutcomeUnknown],
        parent: RunParent::Of(id.clone()),
        limit: 1,
        ..RunFilter::default()
    };
    let page = runs::list(&caller.server.store, &filter)
        .await
        .map_err(from_store)?;
    match page.items.first() {
        None => Ok(()),
        Some(helper) => Err(conflict(format!(
            "The call is in the helper run {} («{}»). Decide there; this run goes on with it.",
            helper.id, helper.flow_name
        ))),
    }
}

async fn stand(caller: &Caller, row: runs::RunRow) -> Result<Stand, ApiError> {
    let (history, next_part) = runner::history(&caller.server, &row)
        .await
        .map_err(|error| internal(&error))?;
    let unknown = history.iter().rev().find_map(|entry| match &entry.event {
        Event::Ended {
            outcome: Outcome::OutcomeUnknown { step, path },
        } => Some((step.clone(), path.clone())),
        _ => None,
    });
    let (step, path) =
        unknown.ok_or_else(|| conflict("The history of the run names no call to decide about."))?;
    let attempts = history
        .iter()
        .filter(|entry| entry.path == path)
        .filter_map(|entry| match entry.event {
            Event::Retry { attempt, .. } => Some(attempt),
            _ => None,
        })
        .max()
        .unwrap_or(0);
    Ok(Stand {
        row,
        step,
        path,
        next_part,
        attempts,
    })
}

fn again(stand: &Stand) -> Event {
    Event::Retry {
        until_ms: clock::now_ms(),
        attempt: stand.attempts + 1,
    }
}

/// Writes the decision and lets the run, and the runs that wait for it, go on.
async fn go_on(caller: &Caller, stand: Stand, event: Event) -> Result<(), ApiError> {
    let server = &caller.server;
    let mut writes = Vec::new();
    let mut told = Vec::new();
    let (mut stand, mut event) = (stand, event);
    for _ in 0..DEPTH {
        let waiting = match &stand.row.parent_run {
            None => None,
            Some(parent) => runs::find(&server.store, parent)
                .await
                .map_err(from_store)?
                .filter(|parent| parent.status == RunStatus::OutcomeUnknown),
        };
        told.push(stand.row.clone());
        let above = match waiting {
            None => None,
            Some(row) => Some(self::stand(caller, row).await?),
        };
        add(&mut writes, stand, event, above.is_none())?;
        let Some(above) = above else {
            server.writer.submit(writes).await.map_err(from_store)?;
            for row in told {
                server.live.tell(RunChanged {
                    id: row.id,
                    flow: row.flow,
                    status: "queued",
                    parent: row.parent_run,
                });
            }
            return Ok(());
        };
        event = again(&above);
        stand = above;
    }
    Err(conflict("The helper flows call each other too deep."))
}

/// The outermost run is queued; one that is waited for is carried on by the run that waits.
fn add(
    writes: &mut Vec<Write>,
    stand: Stand,
    event: Event,
    is_outermost: bool,
) -> Result<(), ApiError> {
    let now = clock::now_ms();
    let entry = Entry {
        at_ms: now,
        path: stand.path,
        private: stand.row.is_private,
        event,
    };
    writes.push(Write::Journal {
        run: stand.row.id.clone(),
        seq: stand.next_part,
        entries: serde_json::to_string(&[entry]).map_err(|error| internal(&error))?,
    });
    let to = if is_outermost {
        RunStatus::Queued
    } else {
        RunStatus::Running
    };
    writes.push(Write::Status(Box::new(StatusChange {
        due_at: is_outermost.then_some(now),
        ..StatusChange::new(stand.row.id, RunStatus::OutcomeUnknown, to, now)
    })));
    Ok(())
}

/// Turns what a person found out at the service into outputs of the card.
async fn outputs(
    caller: &Caller,
    stand: &Stand,
    given: &Map<String, Json>,
) -> Result<Outputs, ApiError> {
    let compiled = caller
        .server
        .plans
        .get(&caller.server.store, &stand.row.flow, stand.row.version)
        .await
        .map_err(from_store)?;
    let step = compiled
        .document
        .step(&stand.step)
        .ok_or_else(|| conflict("The flow of the run has no such card."))?;
    given
        .iter()
        .map(|(name, value)| output(step, name, value))
        .collect()
}

fn output(step: &Step, name: &str, value: &Json) -> Result<(flow::FieldKey, Value), ApiError> {
    let output = step
        .outputs
        .iter()
        .find(|output| runner::names(&output.key, name))
        .ok_or_else(|| invalid(format!("The card has no output «{name}».")))?;
    let value =
        value_of(value, &output.ty).map_err(|text| invalid(format!("Output «{name}»: {text}")))?;
    Ok((output.key.clone(), value))
}

fn conflict(text: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::Conflict, text)
}
