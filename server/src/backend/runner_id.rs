//! Who runs a delegated flow, as the org knows them: the user whose login is the person's.

use std::sync::Arc;
use std::time::Duration;

use connect::Request;
use flow::{ConnectionId, Flow};
use store::connections::{self, ConnectionRow, ConnectionState};
use url::Url;

use crate::state::Server;

/// Nobody waits longer for it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Returns the id of the user with this login, asked through the connections that the flow uses, else through any to an
/// org. Nothing where the flow does not use the id, where no connection may read users, or where the org has nobody of
/// this login.
pub(super) async fn find(server: &Arc<Server>, flow: &Flow, login: &str) -> Option<String> {
    if !is_used(flow) {
        return None;
    }
    let all = connections::list(&server.store).await.ok()?;
    let used: Vec<&ConnectionId> = flow
        .all_steps()
        .into_iter()
        .filter_map(|step| step.connection.as_ref())
        .collect();
    let (mut first, others): (Vec<ConnectionRow>, Vec<ConnectionRow>) = all
        .into_iter()
        .filter(may_read)
        .partition(|row| used.contains(&&row.id));
    if first.is_empty() {
        first = others;
    }
    let search = async {
        for row in first {
            if let Some(id) = ask(server, &row.id, login).await {
                return Some(id);
            }
        }
        None
    };
    tokio::time::timeout(PATIENCE, search).await.ok().flatten()
}

fn may_read(row: &ConnectionRow) -> bool {
    row.module == "okta"
        && row.state == ConnectionState::Authorized
        && flow::covers(&row.scopes, "okta.users.read")
}

fn is_used(flow: &Flow) -> bool {
    let Some(first) = flow.steps.first() else {
        return false;
    };
    let mut is_used = false;
    for step in flow.all_steps() {
        let lanes = step
            .lanes
            .iter()
            .flat_map(|lane| lane.inputs.iter().chain(&lane.yields));
        for input in step.inputs.iter().chain(lanes) {
            input.binding.each_source(&mut |source| {
                is_used |= source.step == first.id && source.field.key == "okta-user-id";
            });
        }
    }
    is_used
}

async fn ask(server: &Arc<Server>, connection: &ConnectionId, login: &str) -> Option<String> {
    // The login is one segment of the path, whatever is in it.
    let mut url = Url::parse("https://org.invalid/api/v1/users").ok()?;
    url.path_segments_mut().ok()?.push(login);
    let request = Request {
        method: "GET".to_owned(),
        path: url.path().to_owned(),
        query: Vec::new(),
        headers: Vec::new(),
        body: None,
        repeatable: true,
    };
    let (server, connection) = (Arc::clone(server), connection.clone());
    // On its own: a renewal of the tokens that is under way must end also when nobody waits for it.
    let asked = tokio::spawn(async move { server.connections.send(&connection, &request).await });
    let reply = asked.await.ok()?.result.ok()?;
    let is_same = reply.body["profile"]["login"]
        .as_str()
        .is_some_and(|found| found.to_lowercase() == login.to_lowercase());
    is_same
        .then(|| reply.body["id"].as_str().map(str::to_owned))
        .flatten()
}
