//! A person ends a run.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::cards::{by_hand, card, flow, helper, wait};
use crate::world::World;

/// Waits until the run has a card that waits.
async fn waiting(world: &World, run: &str) {
    for _ in 0..200 {
        let view = world.get(&format!("/runs/{run}")).await;
        let steps = view["steps"].as_array().unwrap();
        if steps.iter().any(|step| step["state"] == "waiting") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the run never waits");
}

/// Waits for the first run of a flow, and returns its id.
async fn begun(world: &World, flow: &str) -> String {
    for _ in 0..200 {
        if let Some(run) = world.runs(flow).await.first() {
            return run["id"].as_str().unwrap().to_owned();
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("no run begins");
}

async fn cancel(world: &World, run: &str) -> (u16, Json) {
    world
        .rest("POST", &format!("/runs/{run}/cancel"), None)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_waits_is_canceled_and_stays_so() {
    let world = World::start().await;
    let id = world
        .flow("Waits", json!([by_hand(), wait("wait", 86_400)]), json!({}))
        .await;
    let run = world.begin(&id, json!({})).await;
    waiting(&world, &run).await;
    let (status, row) = cancel(&world, &run).await;
    assert_eq!(
        (status, &row["status"]),
        (200, &json!("canceled")),
        "{row:#}"
    );
    let view = world.get(&format!("/runs/{run}")).await;
    let steps = view["steps"].as_array().unwrap();
    assert_eq!(steps.last().unwrap()["state"], "failed", "{view:#}");
    assert_eq!(steps.last().unwrap()["error"]["code"], "run.canceled");

    let (status, refusal) = cancel(&world, &run).await;
    assert_eq!(
        (status, &refusal["code"]),
        (409, &json!("conflict")),
        "{refusal:#}"
    );
    let (status, _) = cancel(&world, "01KAN0WQ8Z4T5V6X7Y8Z9A0B1C").await;
    assert_eq!(status, 404);

    let world = world.restarted().await;
    let view = world.get(&format!("/runs/{run}")).await;
    assert_eq!(view["row"]["status"], "canceled", "{view:#}");
    assert_eq!(world.count("audit where action = 'run.cancel'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn callers_and_helpers_go_together_and_what_was_started_apart_goes_on() {
    let world = World::start().await;
    let apart = world
        .flow("Apart", json!([helper(&[]), wait("wait", 2)]), json!({}))
        .await;
    let slow = world
        .flow(
            "Slow",
            json!([
                helper(&[]),
                card("apart", "control:run", &[flow(&apart)], &[]),
                wait("wait", 86_400)
            ]),
            json!({}),
        )
        .await;
    let steps = json!([
        by_hand(),
        card("call", "control:spawn", &[flow(&slow)], &[])
    ]);
    let id = world.flow("Caller", steps, json!({})).await;
    let caller = world.begin(&id, json!({})).await;
    let helper = begun(&world, &slow).await;
    waiting(&world, &helper).await;

    let (status, row) = cancel(&world, &helper).await;
    assert_eq!(
        (status, &row["status"]),
        (200, &json!("canceled")),
        "{row:#}"
    );
    let view = world.get(&format!("/runs/{caller}")).await;
    assert_eq!(view["row"]["status"], "canceled", "{view:#}");
    let apart = world.next_run(&apart).await;
    assert_eq!(apart["row"]["status"], "succeeded", "{apart:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_canceled_run_that_keeps_no_data_leaves_none() {
    let world = World::start().await;
    let steps = json!([
        by_hand(),
        crate::cards::compose("secret", "hush-hush", json!({ "kind": "empty" })),
        wait("wait", 86_400)
    ]);
    let id = world
        .flow("Private", steps, json!({ "saves_data": false }))
        .await;
    let run = world.begin(&id, json!({})).await;
    waiting(&world, &run).await;
    let (status, row) = cancel(&world, &run).await;
    assert_eq!(
        (status, &row["status"]),
        (200, &json!("canceled")),
        "{row:#}"
    );
    let left = world
        .count("journal where entries like '%hush-hush%'")
        .await;
    assert_eq!(left, 0);
}
