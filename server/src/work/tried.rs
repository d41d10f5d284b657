//! Runs by which somebody tried a flow out, and the drafts that ran: they are kept for a time, unlike real runs.

use std::sync::Arc;
use std::time::Duration;

use store::{StoreError, trials};

use crate::clock;
use crate::state::Server;

/// Days that trials are kept.
pub(crate) const TRIAL_DAYS: u32 = 30;

/// Removes trials whose time is over, for ever.
pub(crate) async fn keep_sweeping(server: Arc<Server>) {
    loop {
        if let Err(error) = sweep(&server).await {
            tracing::error!(%error, "runs that tried flows out could not be removed");
        }
        tokio::time::sleep(Duration::from_secs(600)).await;
    }
}

async fn sweep(server: &Server) -> Result<(), StoreError> {
    let before = clock::now_ms() - i64::from(TRIAL_DAYS) * 24 * 3_600_000;
    let first_kept = clock::first_run_at(before);
    while trials::delete_older(&server.store, &first_kept).await? {}
    trials::delete_drafts(&server.store, before).await?;
    Ok(())
}
