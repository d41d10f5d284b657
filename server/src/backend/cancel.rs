//! A person cancels a run. It is broken off where it waits, with the helper runs that it waits for and the runs that
//! wait for it; what was started with Call Flow Async goes on.

use std::time::Duration;

use api::{ApiError, ErrorCode, RunRow};
use engine::HttpAnswer;
use flow::{RunId, Value};
use serde_json::json;
use store::runs::{self, Cause, RunFilter, RunParent, RunStatus, StatusChange};
use store::{StoreError, Write};

use super::runs::row;
use super::{Caller, Right};
use crate::clock;
use crate::error::{from_store, internal};
use crate::live::RunChanged;
use crate::work::host::without_data;
use crate::work::runner;

/// Helpers call each other at most this deep.
const DEPTH: usize = 256;
/// Helper runs looked at in one go.
const PAGE: u32 = 200;
/// A run that ends by itself meanwhile, or starts one more helper, is looked at again, at most this often.
const LOOKS: u32 = 100;
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// The runs whose end is still open.
const OPEN: [RunStatus; 4] = [
    RunStatus::Queued,
    RunStatus::Running,
    RunStatus::Waiting,
    RunStatus::OutcomeUnknown,
];

pub(super) async fn cancel(caller: &Caller, id: RunId) -> Result<RunRow, ApiError> {
    caller.need(Right::Run)?;
    let server = &caller.server;
    let asked = found(caller, &id).await?;
    if asked.status.is_final() {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            "The run is over already; there is nothing to cancel.",
        ));
    }
    let outermost = outermost(caller, asked).await?;
    server.under_way.break_off(&outermost.id).await;
    let mut is_quiet = false;
    for _ in 0..LOOKS {
        let open = with_helpers(caller, &outermost.id).await?;
        // Two looks: a helper run may have been on its way to disk during the first.
        if open.is_empty() && is_quiet {
            break;
        }
        is_quiet = open.is_empty();
        for run in open {
            end(caller, run).await?;
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    server.replies.answer(&outermost.id, refusal());
    caller
        .audit(
            "run.cancel",
            "run",
            id.as_str(),
            None,
            Some(json!({ "outermost": outermost.id })),
        )
        .await?;
    Ok(row(found(caller, &id).await?))
}

async fn found(caller: &Caller, id: &RunId) -> Result<runs::RunRow, ApiError> {
    let found = runs::find(&caller.server.store, id)
        .await
        .map_err(from_store)?;
    found.ok_or_else(|| ApiError::new(ErrorCode::NotFound, "There is no such run."))
}

/// Climbs to the run that nobody waits for.
async fn outermost(caller: &Caller, mut run: runs::RunRow) -> Result<runs::RunRow, ApiError> {
    for _ in 0..DEPTH {
        let Some(parent) = run.parent_run.as_ref().filter(|_| is_waited_for(&run)) else {
            break;
        };
        let parent = found(caller, parent).await?;
        if parent.status.is_final() {
            break;
        }
        run = parent;
    }
    Ok(run)
}

/// A helper run that its caller carries has no lease of its own and is not queued.
fn is_waited_for(run: &runs::RunRow) -> bool {
    run.cause == Cause::Helper && run.lease_owner.is_none() && run.status != RunStatus::Queued
}

/// Returns the run and the helper runs that it waits for, as far as their end is open.
async fn with_helpers(caller: &Caller, id: &RunId) -> Result<Vec<runs::RunRow>, ApiError> {
    let first = found(caller, id).await?;
    let mut open = Vec::new();
    let mut callers = vec![first.id.clone()];
    if !first.status.is_final() {
        open.push(first);
    }
    while let Some(parent) = callers.pop() {
        let filter = RunFilter {
            statuses: OPEN.to_vec(),
            parent: RunParent::Of(parent),
            limit: PAGE,
            ..RunFilter::default()
        };
        let helpers = runs::list(&caller.server.store, &filter)
            .await
            .map_err(from_store)?;
        let helpers = helpers.items.into_iter().filter(is_waited_for);
        for helper in helpers {
            callers.push(helper.id.clone());
            open.push(helper);
        }
    }
    Ok(open)
}

/// Ends one run; one that moved meanwhile is left for the next look.
async fn end(caller: &Caller, run: runs::RunRow) -> Result<(), ApiError> {
    let server = &caller.server;
    let change = StatusChange {
        error_code: Some("run.canceled".to_owned()),
        error_message: Some("A person canceled the run.".to_owned()),
        ..StatusChange::new(
            run.id.clone(),
            run.status,
            RunStatus::Canceled,
            clock::now_ms(),
        )
    };
    let mut writes = vec![Write::Status(Box::new(change))];
    if run.is_private {
        let (history, _) = runner::history(server, &run)
            .await
            .map_err(|error| internal(&error))?;
        writes.push(Write::Erase {
            run: run.id.clone(),
            entries: serde_json::to_string(&without_data(history))
                .map_err(|error| internal(&error))?,
        });
    }
    writes.push(Write::EraseReturned {
        caller: run.id.clone(),
    });
    match server.writer.submit(writes).await {
        Ok(()) => {
            server.live.tell(RunChanged {
                id: run.id,
                flow: run.flow,
                status: "canceled",
                parent: run.parent_run,
            });
            Ok(())
        }
        Err(StoreError::RunMoved { .. }) => Ok(()),
        Err(error) => Err(from_store(error)),
    }
}

/// What somebody hears who waits for the answer of an endpoint.
fn refusal() -> HttpAnswer {
    let said = [
        ("code", Value::text("run.canceled")),
        ("message", Value::text("The run was canceled.")),
    ];
    HttpAnswer {
        status: 503,
        headers: Vec::new(),
        body: Value::from_pairs([("error", Value::from_pairs(said))]),
    }
}
