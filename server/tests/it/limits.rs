//! Rate limits: a run waits for them, the connection's page shows them, others keep their share.

use std::time::{Duration, Instant};

use okta_sim::{Fault, FaultRule};
use serde_json::{Value as Json, json};

use crate::cards::{by_hand, org_card, typed};
use crate::world::World;

/// Custom API Action that creates a user: a POST that may not be repeated.
fn create_user(connection: &str, login: &str) -> Json {
    let body = json!({"profile": {"login": login, "email": login, "firstName": "Ada", "lastName": "Lovelace"}});
    let inputs = [
        typed(Some("parameters"), "requestType", "text", "POST"),
        typed(Some("Request"), "Relative URL", "text", "/api/v1/users"),
        typed(Some("Request"), "Body", "object", body),
    ];
    org_card("create", "okta:hTTPRequest", connection, &inputs)
}

fn too_many(times: u32, reset_in_s: u64) -> FaultRule {
    FaultRule {
        method: Some("POST".to_owned()),
        path_contains: "/api/v1/users".to_owned(),
        times,
        fault: Fault::TooManyRequests { reset_in_s },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_may_not_be_repeated_waits_for_the_reset_too() {
    let (world, connection) = World::connected().await;
    let steps = json!([by_hand(), create_user(&connection, "ada@acme.example")]);
    let id = world.flow("Creates", steps, json!({})).await;
    world.okta.fault(too_many(2, 1));
    let begun = Instant::now();
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    assert!(begun.elapsed() >= Duration::from_secs(2));
    let statuses: Vec<i64> = run["steps"][1]["calls"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|call| call["status"].as_i64())
        .collect();
    assert_eq!(statuses, [429, 429, 200], "{run:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_may_not_be_repeated_is_not_after_a_fault() {
    let (world, connection) = World::connected().await;
    let steps = json!([by_hand(), create_user(&connection, "ada@acme.example")]);
    let id = world.flow("Creates", steps, json!({})).await;
    world.okta.fault(FaultRule {
        fault: Fault::Status(503),
        ..too_many(1, 0)
    });
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "failed", "{run:#}");
    let posts = world.okta.calls();
    let posts = posts
        .iter()
        .filter(|call| call.method == "POST" && call.path_and_query.starts_with("/api/v1/users"));
    assert_eq!(posts.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_budget_of_a_connection_is_shown_and_its_share_changed() {
    let (world, connection) = World::connected().await;
    let path = format!("/connections/{connection}/budget");
    let before = world.get(&path).await;
    assert_eq!(before["leave_percent"], 20, "{before:#}");
    world.okta.raise_limits(1);
    let tested = format!("/connections/{connection}/test");
    for _ in 0..3 {
        world.post(&tested, json!({})).await;
    }
    world.org("GET", "/api/v1/users/me", None).await;
    world.post(&tested, json!({})).await;
    let budget = world.get(&path).await;
    let bucket = budget["buckets"]
        .as_array()
        .unwrap()
        .iter()
        .find(|bucket| bucket["name"] == "GET /api/v1/users/{id}")
        .unwrap_or_else(|| panic!("{budget:#}"));
    assert_eq!(bucket["limit"], 2_000, "{budget:#}");
    assert!(bucket["ours"].as_i64().unwrap() >= 4, "{budget:#}");
    assert!(bucket["others"].as_i64().unwrap() >= 1, "{budget:#}");
    let (ours, others) = (bucket["ours"].as_i64(), bucket["others"].as_i64());
    let left = bucket["left"].as_i64().unwrap();
    assert_eq!(ours.unwrap() + others.unwrap() + left, 2_000, "{budget:#}");
    assert_eq!(bucket["minutes"].as_array().unwrap().len(), 1, "{budget:#}");

    let put = |percent: i64| json!({ "leave_percent": percent });
    let (status, after) = world.rest("PUT", &path, Some(put(50))).await;
    assert_eq!((status, &after["leave_percent"]), (200, &json!(50)));
    let (status, refused) = world.rest("PUT", &path, Some(put(91))).await;
    assert_eq!(status, 422, "{refused}");
    assert_eq!(world.get(&path).await["leave_percent"], 50);
    assert_eq!(
        world.count("audit where action = 'connection.share'").await,
        1
    );
    let (status, _) = world.rest("GET", "/connections/none/budget", None).await;
    assert_eq!(status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_runs_and_a_small_limit_end_well() {
    let (world, connection) = World::connected().await;
    world.okta.raise_limits(1);
    let steps = json!([by_hand(), create_user(&connection, "x@acme.example")]);
    let id = world.flow("Posts", steps, json!({})).await;
    world.okta.fault(too_many(10, 1));
    let mut runs = Vec::new();
    for _ in 0..40 {
        runs.push(world.begin(&id, json!({})).await);
    }
    let mut refused = 0;
    for run in &runs {
        let run = world.ended(run).await;
        let calls = run["steps"][1]["calls"].as_array().unwrap();
        refused += calls.iter().filter(|call| call["status"] == 429).count();
        // The org counts the faults by call; all but the first find the login taken; none fails for the limit.
        assert_ne!(run["error"]["code"], "okta.E0000047", "{run:#}");
    }
    assert_eq!(refused, 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_home_page_names_a_limit_that_is_used_up() {
    let (mut world, connection) = World::connected().await;
    let steps = json!([by_hand(), create_user(&connection, "ada@acme.example")]);
    let id = world.flow("Creates", steps, json!({})).await;
    world.okta.fault(too_many(1, 4));
    let run = world.begin(&id, json!({})).await;
    let home = format!("{}/rpc/home", world.nagare.url);
    let begun = Instant::now();
    loop {
        let answer = world
            .browser
            .post_json(&home, &json!({ "query": {} }))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let shown: Json = serde_json::from_str(&answer.text).unwrap();
        let items = shown["attention"].as_array().unwrap();
        let parts = items
            .iter()
            .flat_map(|item| item.as_object().unwrap().values().chain([item]));
        let limit = parts.into_iter().find(|part| part["kind"] == "limit");
        if let Some(item) = limit {
            assert_eq!(item["bucket"], "/api/v1/users", "{shown:#}");
            assert_eq!((&item["left"], &item["limit"]), (&json!(0), &json!(600)));
            assert_eq!(item["connection"], connection.as_str());
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(4), "{shown:#}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let run = world.ended(&run).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
}
