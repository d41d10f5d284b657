//! Events of the org start flows, once each, also when the org was down for a while.

use std::time::Duration;

use okta_sim::{Fault, FaultRule};
use serde_json::{Value as Json, json};

use crate::world::World;

/// A flow that only listens: User Added to Group.
async fn listener(world: &World, connection: &str) -> String {
    let row = world.post("/flows", json!({"name": "Listener"})).await;
    let id = row["id"].as_str().unwrap().to_owned();
    let view = world.get(&format!("/flows/{id}")).await;
    let object = json!({"base": "object"});
    let output =
        |key: &str| json!({"key": {"group": "Output", "key": key}, "label": key, "type": object});
    let draft = json!({
        "id": id, "name": "Listener", "saves_data": true,
        "steps": [{"id": "start", "card": "okta:userAddedToGroupMembership", "connection": connection,
            "outputs": [output("Okta User"), output("Group")]}]
    });
    let body = json!({"revision": view["revision"], "draft": draft});
    let (status, answer) = world
        .rest("PUT", &format!("/flows/{id}/draft"), Some(body))
        .await;
    assert_eq!(status, 200, "{answer}");
    world.post(&format!("/flows/{id}/on"), json!({})).await;
    id
}

async fn add_to_group(world: &World) -> (String, String) {
    let (_, group) = world
        .org(
            "POST",
            "/api/v1/groups",
            Some(json!({"profile": {"name": format!("G{}", rand())}})),
        )
        .await;
    let group = group["id"].as_str().unwrap().to_owned();
    let (_, users) = world
        .org(
            "GET",
            "/api/v1/users?limit=1&filter=status%20eq%20%22ACTIVE%22",
            None,
        )
        .await;
    let user = users[0]["id"].as_str().unwrap().to_owned();
    let (status, body) = world
        .org("PUT", &format!("/api/v1/groups/{group}/users/{user}"), None)
        .await;
    assert_eq!(status, 204, "{body}");
    (user, group)
}

fn rand() -> u128 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_nanos()
}

/// The id of what the event says of `key`.
fn output<'a>(run: &'a Json, key: &str) -> &'a Json {
    let outputs = run["steps"][0]["outputs"].as_array().unwrap();
    &outputs
        .iter()
        .find(|output| output["field"]["key"] == key)
        .unwrap()["value"]["ID"]
}

#[tokio::test(flavor = "multi_thread")]
async fn one_event_starts_one_run_of_each_flow_that_listens() {
    let (world, connection) = World::connected().await;
    starts_each_flow_once(&world, &connection).await;
}

/// Two flows listen to one event; each runs once.
pub(crate) async fn starts_each_flow_once(world: &World, connection: &str) {
    let first = listener(world, connection).await;
    let second = listener(world, connection).await;
    let (user, group) = add_to_group(world).await;
    for flow in [&first, &second] {
        let run = world.next_run(flow).await;
        assert_eq!(output(&run, "Okta User"), &json!(user), "{run:#}");
        assert_eq!(output(&run, "Group"), &json!(group), "{run:#}");
    }
    // Several further polls see the same log; nothing runs again.
    tokio::time::sleep(Duration::from_millis(500)).await;
    for flow in [&first, &second] {
        assert_eq!(
            world.get(&format!("/runs?flow={flow}")).await["runs"]
                .as_array()
                .unwrap()
                .len(),
            1
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_org_that_is_down_loses_no_event() {
    let (world, connection) = World::connected().await;
    let flow = listener(&world, &connection).await;
    world.okta.fault(FaultRule {
        method: Some("GET".to_owned()),
        path_contains: "/api/v1/logs".to_owned(),
        times: 6,
        fault: Fault::Status(503),
    });
    let (user, _) = add_to_group(&world).await;
    let run = world.next_run(&flow).await;
    assert_eq!(output(&run, "Okta User"), &json!(user));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_is_off_misses_its_events() {
    let (world, connection) = World::connected().await;
    let flow = listener(&world, &connection).await;
    world.post(&format!("/flows/{flow}/off"), json!({})).await;
    add_to_group(&world).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    world.post(&format!("/flows/{flow}/on"), json!({})).await;
    let (user, group) = add_to_group(&world).await;
    let run = world.next_run(&flow).await;
    assert_eq!(
        (output(&run, "Okta User"), output(&run, "Group")),
        (&json!(user), &json!(group))
    );
    assert_eq!(
        world.get(&format!("/runs?flow={flow}")).await["runs"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}
