//! The same stories on PostgreSQL, and two servers that share the work of one database.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::cards::{by_hand, compose, give_back, helper, typed};
use crate::database::Database;
use crate::world::{World, pack};
use crate::{crash, endpoint, events, packs};

/// A world on a PostgreSQL database, if there is a server.
async fn world() -> Option<World> {
    let database = Database::postgres().await?;
    Some(World::with(database, |options| options.lease_ms = 600).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_becomes_a_run() {
    let Some(world) = world().await else { return };
    endpoint::greets(&world).await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_starts_a_run_once() {
    let Some(mut world) = world().await else {
        return;
    };
    let connection = world.connect().await;
    events::starts_each_flow_once(&world, &connection).await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn inactive_users_become_suspended() {
    let Some(text) = pack("suspend_inactive_users") else {
        return;
    };
    let Some(mut world) = world().await else {
        return;
    };
    let connection = world.connect().await;
    packs::suspends_inactive_users(&world, &text, &connection).await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_finishes_its_runs_when_its_lease_ends() {
    let Some(text) = pack("suspend_inactive_users") else {
        return;
    };
    let Some(database) = Database::postgres().await else {
        return;
    };
    crash::is_killed_and_finishes(&text, database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_share_the_work_and_each_run_runs_once() {
    let Some(world) = world().await else { return };
    let mut options = world.options.clone();
    let second_data = tempfile::TempDir::new().unwrap();
    options.key_file = Some(world.options.key_path());
    options.data = second_data.path().to_path_buf();
    let second = server::start(options).await.unwrap();
    let table = world
        .post(
            "/tables",
            json!({"name": "Ran", "columns": [{"name": "who", "type": "text"}]}),
        )
        .await;
    let table = table["id"].as_str().unwrap();
    let who = json!({"key": {"group": "Fields", "key": "who"}, "label": "who", "type": {"base": "text"}, "custom": true,
        "binding": {"kind": "output", "source": {"step": "name", "field": {"key": "output"}}}});
    let note = json!({"id": "note", "card": "stash:createRow", "inputs": [typed(Some("parameters"), "stash", "text", json!(table)), who]});
    let source = json!({"kind": "output", "source": {"step": "start", "field": {"key": "who"}}});
    let steps = json!([helper(&["who"]), compose("name", "", source), note]);
    let flow = world.flow("Shared", steps, json!({})).await;
    let mut runs = Vec::new();
    for number in 0..40 {
        runs.push(
            world
                .begin(&flow, json!({"who": format!("run {number}")}))
                .await,
        );
    }
    for run in &runs {
        let run = world.ended(run).await;
        assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    }
    let rows = world.get(&format!("/tables/{table}/rows?limit=200")).await;
    let rows = rows["rows"].as_array().unwrap();
    let different: HashSet<&str> = rows
        .iter()
        .map(|row| row["cells"]["who"].as_str().unwrap())
        .collect();
    assert_eq!((rows.len(), different.len()), (40, 40), "{rows:?}");
    second.stop().await;
    world.end().await;
}

/// What one server began and did not finish, the other takes over when the lease has ended.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_leaves_its_runs_to_the_other() {
    let Some(world) = world().await else { return };
    let mut options = world.options.clone();
    options.key_file = Some(world.options.key_path());
    let steps = json!([
        by_hand(),
        crate::cards::wait("wait", 2),
        compose("name", "done", json!({"kind": "empty"})),
        give_back("said", "name", "output")
    ]);
    let flow = world.flow("Waits", steps, json!({})).await;
    let run = world.begin(&flow, json!({})).await;
    let begun = Instant::now();
    while world.get(&format!("/runs/{run}")).await["row"]["status"] != "running" {
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "the run does not begin"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let second = server::start(options).await.unwrap();
    let World { nagare, token, .. } = world;
    nagare.stop().await;
    let ended = loop {
        let view: Json = reqwest::Client::new()
            .get(format!("{}/api/v1/runs/{run}", second.url))
            .bearer_auth(&token)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        if view["row"]["status"] == "succeeded" {
            break view;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "the run does not end: {view}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert_eq!(ended["returned"], json!({"said": "done"}), "{ended:#}");
    second.stop().await;
}
