//! Cards that leave the engine: calls to orgs, to tables, to other HTTP services.

use std::sync::Arc;

use engine::{Answer, Call, CallTrace, Event};
use flow::{CardError, FlowId};

use super::files::Owner;
use crate::backend::connections::allowed_now;
use crate::state::Server;

mod directory;
mod done;
mod export;
mod files;
mod okta;
mod tables;
mod web;

/// Makes a call; `record` takes note of every request, also of those that fail. `may_be_again` says that an earlier life
/// of the server may have made the same call without noting its answer; `flow` is the one that takes its turn at the org,
/// `owner` the run that files belong to.
pub(crate) async fn make(
    server: &Arc<Server>,
    flow: &FlowId,
    owner: &Owner,
    call: Call,
    may_be_again: bool,
    record: &(dyn Fn(Event) + Send + Sync),
) -> Result<Answer, CardError> {
    if matches!(call.card.module(), "httpfunctions" | "filefunctions") {
        allowed_now(server).await;
    }
    match call.card.module() {
        "okta" => okta::call(server, flow, call, may_be_again, record).await,
        cards::active_directory::MODULE => {
            directory::call(server, call, may_be_again, record).await
        }
        "stash" => tables::call(server, owner, call).await,
        "httpfunctions" => web::call(server, call, record).await,
        "filefunctions" => files::call(server, owner, call, record).await,
        "utility" => export::call(server, owner, call).await,
        other => Err(CardError::new(
            "card.unavailable",
            format!("The connector {other} is not available here."),
        )),
    }
}

/// The tries of one request, as the history shows them; of a path, the query is left out.
fn traces(method: &str, path: &str, attempts: &[connect::Attempt], before: u32) -> Vec<CallTrace> {
    let path = path.split('?').next().unwrap_or(path);
    (before..)
        .zip(attempts)
        .map(|(attempt, tried)| CallTrace {
            method: method.to_owned(),
            path: path.to_owned(),
            status: tried.status,
            took_ms: u64::try_from(tried.took_ms).unwrap_or(0),
            at_ms: tried.at_ms,
            attempt,
        })
        .collect()
}
