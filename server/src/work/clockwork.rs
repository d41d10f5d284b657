//! Starts scheduled flows when their time has come. Several servers may try; the database lets one win.

use std::sync::Arc;
use std::time::Duration;

use store::runs::Cause;
use store::triggers::{self, Trigger};
use store::{StoreError, Write};

use super::{schedule, start};
use crate::clock;
use crate::state::Server;

/// Starts due flows, for ever.
pub(crate) async fn keep_starting(server: Arc<Server>) {
    loop {
        match triggers::due(&server.store, clock::now_ms(), 100).await {
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
    let run = start::queued(
        trigger,
        Cause::Schedule,
        &Vec::new(),
        compiled.plan.is_private(),
    );
    let next_at = schedule::next(&compiled.document, clock::now());
    let Some(due) = trigger.next_at else {
        return Ok(());
    };
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
