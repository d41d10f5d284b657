//! After a restart a call may come a second time, and the org refuses what is done already: a suspended user cannot be
//! suspended, a deleted member not be removed. Then the org is asked whether things are as the card wanted them.

use std::sync::Arc;

use cards::{HttpRequest, Method};
use connect::{Reply, Request};
use flow::{CardError, ConnectionId};
use serde_json::Value as Json;

use crate::state::Server;

/// Changes of a user's status: the last part of the path, and the statuses that say it is done.
const CHANGES: &[(&str, &[&str])] = &[
    ("/lifecycle/suspend", &["SUSPENDED"]),
    ("/lifecycle/unsuspend", &["ACTIVE"]),
    ("/lifecycle/deactivate", &["DEPROVISIONED"]),
    ("/lifecycle/activate", &["ACTIVE", "PROVISIONED"]),
    ("/lifecycle/unlock", &["ACTIVE"]),
];

/// Returns the answer that the first call got, as far as it can be told from how things are, or `error` again.
pub(super) async fn answer(
    server: &Arc<Server>,
    connection: &ConnectionId,
    request: &HttpRequest,
    error: CardError,
) -> Result<Reply, CardError> {
    if request.method == Method::Delete && error.status == Some(404) {
        return Ok(empty(204));
    }
    let change = CHANGES
        .iter()
        .find_map(|(ending, done)| Some((request.path.strip_suffix(ending)?, done)));
    let Some((user, done)) = change.filter(|_| request.method == Method::Post) else {
        return Err(error);
    };
    let look = Request {
        method: "GET".to_owned(),
        path: user.to_owned(),
        query: Vec::new(),
        headers: Vec::new(),
        body: None,
        repeatable: true,
    };
    let Ok(found) = server.connections.send(connection, &look).await.result else {
        return Err(error);
    };
    let status = found
        .body
        .get("status")
        .and_then(Json::as_str)
        .unwrap_or_default();
    if done.contains(&status) {
        Ok(empty(200))
    } else {
        Err(error)
    }
}

fn empty(status: u16) -> Reply {
    Reply {
        status,
        headers: Vec::new(),
        body: Json::Object(serde_json::Map::new()),
    }
}
