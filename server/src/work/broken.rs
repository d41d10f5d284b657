//! Runs that broke off for a reason that is no card's: given back for a later try, or ended where no try can help.

use engine::EngineError;
use flow::RunId;
use store::StoreError;
use store::runs::{self, RunStatus, StatusChange};

use crate::clock;
use crate::state::Server;

/// The pause before a run is tried again.
const PAUSE_MS: i64 = 10_000;

/// Why a run broke off.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The storage failed; a later try may go better.
    ForNow(String),
    /// What is stored cannot be carried on, whoever tries.
    ForGood(String),
    /// Somebody else has the run.
    Taken(String),
}

impl From<EngineError> for Broken {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Storage(text) => Self::ForNow(text),
            EngineError::ForeignEntry(_) => Self::ForGood(error.to_string()),
            EngineError::Taken(text) => Self::Taken(text),
        }
    }
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { .. } | StoreError::Corrupt(_) => {
                Self::ForGood(error.to_string())
            }
            error => Self::ForNow(error.to_string()),
        }
    }
}

/// Does what can be done for a run that this server carried and that broke off.
pub(crate) async fn settle(server: &Server, run: &RunId, broken: Broken) {
    let now = clock::now_ms();
    let change = |to| StatusChange {
        held_by: Some(server.worker.clone()),
        ..StatusChange::new(run.clone(), RunStatus::Running, to, now)
    };
    let change = match broken {
        Broken::Taken(why) => {
            tracing::info!(run.id = %run, why, "a run was taken away");
            return;
        }
        Broken::ForNow(why) => {
            tracing::error!(run.id = %run, why, "a run cannot go on now; it is tried again");
            StatusChange {
                due_at: Some(now + PAUSE_MS),
                ..change(RunStatus::Queued)
            }
        }
        Broken::ForGood(why) => {
            tracing::error!(run.id = %run, why, "a run cannot go on and was ended");
            StatusChange {
                error_code: Some("server.fault".to_owned()),
                error_message: Some(
                    "The run cannot go on by a fault of the server. The log has the cause under the run's id.".to_owned(),
                ),
                ..change(RunStatus::Failed)
            }
        }
    };
    match runs::change_status(&server.store, &change).await {
        // The run never reached the disk: its caller was told so.
        Ok(()) | Err(StoreError::NotFound { .. }) => {}
        Err(error) => {
            tracing::error!(run.id = %run, %error, "a run that broke off could not be given back");
        }
    }
}
