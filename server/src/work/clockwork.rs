//! Starts scheduled flows when their time has come. Several servers may try; the database lets one win.
//!
//! Where the last run is still going, the schedule says what happens. *Skip*: the planned run is written down as one that
//! did not take place. *Queue*: the planned time stays due until the last run has ended; so the queue is the schedule
//! itself, in order and without a place where it could be lost. It reaches back one day.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use flow::{FieldKey, Overlap, Value};
use store::runs::{self, Cause, RunRecord, RunStatus};
use store::triggers::{self, Trigger};
use store::{StoreError, Write};

use super::schedule::Planned;
use super::start;
use crate::clock;
use crate::state::Server;

/// A queue does not reach further back.
const LONGEST_QUEUE: TimeDelta = TimeDelta::days(1);

/// Starts due flows, for ever.
pub(crate) async fn keep_starting(server: Arc<Server>) {
    loop {
        match triggers::due(&server.store, clock::now_ms(), store::MAX_PAGE).await {
            Ok(due) => {
                for trigger in due {
                    match begin(&server, &trigger).await {
                        // Another server was faster, or the flow was turned off meanwhile.
                        Ok(()) | Err(StoreError::Taken { .. } | StoreError::NotFound { .. }) => {}
                        Err(error) => {
                            tracing::error!(flow.id = %trigger.flow, %error, "a scheduled flow could not be started");
                        }
                    }
                }
            }
            Err(error) => tracing::error!(%error, "scheduled flows could not be read"),
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn begin(server: &Arc<Server>, trigger: &Trigger) -> Result<(), StoreError> {
    let compiled = server
        .plans
        .get(&server.store, &trigger.flow, trigger.version)
        .await?;
    let (Some(due), Some(schedule)) = (trigger.next_at, &compiled.document.schedule) else {
        return Ok(());
    };
    let is_going = runs::is_going(&server.store, &trigger.flow).await?;
    if is_going && schedule.overlap == Overlap::Queue {
        return Ok(());
    }
    let planned = DateTime::from_timestamp_millis(due).unwrap_or_default();
    let outputs = vec![(
        FieldKey::in_group("context", "execution_time"),
        Value::Date(planned),
    )];
    let mut run = start::queued(
        trigger,
        Cause::Schedule,
        &outputs,
        compiled.plan.is_private(),
    );
    if is_going {
        run = left_out(run);
    }
    let now = clock::now();
    let since = match schedule.overlap {
        Overlap::Skip => now,
        Overlap::Queue => planned.max(now - LONGEST_QUEUE),
    };
    let next_at = Planned::read(schedule)
        .ok()
        .and_then(|plan| plan.after(since))
        .map(|at| at.timestamp_millis());
    let moved = Write::Scheduled {
        flow: trigger.flow.clone(),
        due,
        next_at,
    };
    server
        .writer
        .submit(vec![moved, Write::InsertRun(Box::new(run))])
        .await
}

/// Returns the run as one that did not take place.
fn left_out(mut run: RunRecord) -> RunRecord {
    let at = run.row.created_at;
    run.row.status = RunStatus::Stopped;
    run.row.started_at = Some(at);
    run.row.ended_at = Some(at);
    run.row.duration_ms = Some(0);
    run.row.due_at = None;
    run.row.error_code = Some("schedule.skipped".to_owned());
    run.row.error_message = Some(
        "The last run was still going, so this one was left out. Choose Queue in the schedule to have it wait."
            .to_owned(),
    );
    run
}
