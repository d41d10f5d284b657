//! Runs and time: schedules, waits, flows that are started and left alone.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::cards::{by_hand, card, flow, helper, wait};
use crate::database::Database;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_scheduled_flow_starts_by_itself_once_each_time() {
    let world = World::start().await;
    let schedule = json!({"seconds": "*", "minutes": "*", "hours": "*", "day_of_month": "*", "month": "*",
        "day_of_week": "*", "time_zone": "Asia/Tokyo"});
    let id = world
        .flow(
            "Ticks",
            json!([helper(&[])]),
            json!({ "schedule": schedule }),
        )
        .await;
    let begun = Instant::now();
    while world.runs(&id).await.len() < 3 {
        assert!(
            begun.elapsed() < Duration::from_secs(15),
            "{:?}",
            world.runs(&id).await
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    world.post(&format!("/flows/{id}/off"), json!({})).await;
    let took = begun.elapsed().as_secs() + 2;
    let runs = world.runs(&id).await;
    assert!(runs.len() as u64 <= took, "{} runs in {took} s", runs.len());
    let begins: HashSet<String> = runs.iter().map(|run| run["id"].to_string()).collect();
    assert_eq!(begins.len(), runs.len());
    for run in &runs {
        let run = world.ended(run["id"].as_str().unwrap()).await;
        assert_eq!(run["row"]["cause"], "schedule", "{run:#}");
        assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn call_flow_async_does_not_wait() {
    let world = World::start().await;
    let slow = world
        .flow("Slow", json!([helper(&[]), wait("wait", 2)]), json!({}))
        .await;
    let steps = json!([
        by_hand(),
        card("start-it", "control:run", &[flow(&slow)], &[])
    ]);
    let id = world.flow("Quick", steps, json!({})).await;
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let started = world.runs(&slow).await;
    assert_eq!(started.len(), 1, "{started:?}");
    assert!(
        matches!(started[0]["status"].as_str(), Some("queued" | "running")),
        "{started:?}"
    );
    let slow_run = world.ended(started[0]["id"].as_str().unwrap()).await;
    assert_eq!(slow_run["row"]["status"], "succeeded", "{slow_run:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_survives_a_restart_and_is_not_begun_again() {
    let world = World::start().await;
    let id = world
        .flow("Waits", json!([by_hand(), wait("wait", 2)]), json!({}))
        .await;
    let begun = Instant::now();
    let run = world.begin(&id, json!({})).await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    let world = world.restarted().await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    let world = world.restarted().await;
    let run = world.ended(&run).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let took = begun.elapsed();
    assert!(took >= Duration::from_secs(2), "{took:?}");
    let waited = run["row"]["duration_ms"].as_i64().unwrap();
    assert!((2_000..3_500).contains(&waited), "{waited} ms");
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_that_wait_hold_nobody_up() {
    let world = World::with(Database::File, |options| options.runs_at_once = 2).await;
    let slow = world
        .flow("Slow", json!([by_hand(), wait("wait", 20)]), json!({}))
        .await;
    let quick = world.flow("Quick", json!([by_hand()]), json!({})).await;
    for _ in 0..5 {
        world.begin(&slow, json!({})).await;
    }
    let begun = Instant::now();
    let run = world.run(&quick, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
}
