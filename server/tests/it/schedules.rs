//! Scheduled flows whose runs meet: skipped or queued.

use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::cards::{give_back, helper, wait};
use crate::world::World;

/// A flow that runs every second and takes two.
async fn slow(world: &World, overlap: &str) -> String {
    let schedule = json!({"seconds": "*", "minutes": "*", "hours": "*", "day_of_month": "*", "month": "*",
        "day_of_week": "*", "time_zone": "Asia/Tokyo", "overlap": overlap});
    let mut start = helper(&[]);
    start["outputs"] = json!([{"key": {"group": "context", "key": "execution_time"}, "label": "Current Time", "type": {"base": "text"}}]);
    let mut end = give_back("at", "start", "execution_time");
    end["inputs"][0]["binding"]["source"]["field"]["group"] = json!("context");
    let steps = json!([start, wait("wait", 2), end]);
    world
        .flow("Slow", steps, json!({ "schedule": schedule }))
        .await
}

/// Waits until the runs of a flow are as wanted, then turns it off.
async fn until(world: &World, flow: &str, wanted: impl Fn(&[Json]) -> bool) -> Vec<Json> {
    let begun = Instant::now();
    loop {
        let runs = world.runs(flow).await;
        if wanted(&runs) {
            world.post(&format!("/flows/{flow}/off"), json!({})).await;
            return runs;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{runs:#?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn with<'a>(runs: &'a [Json], status: &str) -> Vec<&'a Json> {
    runs.iter().filter(|run| run["status"] == status).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planned_run_is_left_out_while_the_last_one_goes_on_and_the_list_says_so() {
    let world = World::start().await;
    let flow = slow(&world, "skip").await;
    let runs = until(&world, &flow, |runs| {
        !with(runs, "stopped").is_empty() && !with(runs, "succeeded").is_empty()
    })
    .await;
    let skipped = with(&runs, "stopped")[0];
    assert!(
        skipped["error"].as_str().unwrap().contains("still going"),
        "{skipped}"
    );
    let page = world
        .get(&format!("/runs/{}", skipped["id"].as_str().unwrap()))
        .await;
    assert_eq!(page["row"]["cause"], "schedule", "{page}");
    let going = runs.iter().filter(|run| {
        matches!(
            run["status"].as_str().unwrap(),
            "queued" | "running" | "waiting"
        )
    });
    assert!(going.count() <= 1, "{runs:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn planned_runs_queue_in_order_and_know_their_time() {
    let world = World::start().await;
    let flow = slow(&world, "queue").await;
    let runs = until(&world, &flow, |runs| with(runs, "succeeded").len() >= 2).await;
    assert!(with(&runs, "stopped").is_empty(), "{runs:#?}");
    let mut times = Vec::new();
    for run in with(&runs, "succeeded").into_iter().rev() {
        let page = world
            .get(&format!("/runs/{}", run["id"].as_str().unwrap()))
            .await;
        let at = page["returned"]["at"].as_str().unwrap().to_owned();
        times.push(at.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    }
    // One second apart, though they ran two seconds apart.
    assert_eq!((times[1] - times[0]).num_milliseconds(), 1_000, "{times:?}");
}
