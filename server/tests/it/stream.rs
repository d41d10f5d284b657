//! Streaming a large org through a helper flow: what it leaves in the journal, and what it sends.

use serde_json::{Value as Json, json};

use crate::cards::{by_hand, card, org_card, typed};
use crate::database::Database;
use crate::world::World;

/// A streaming Custom API Action over all users, each to the helper.
pub(crate) fn stream_users(connection: &str, each: &str) -> Json {
    let inputs = [
        typed(Some("parameters"), "requestType", "text", "GET(Streaming)"),
        typed(Some("Request"), "Relative URL", "text", "/api/v1/users"),
        typed(Some("Streaming"), "Flow", "flow", each),
    ];
    let mut card = org_card("stream", "okta:hTTPRequest", connection, &inputs);
    card["outputs"] = json!([{"key": {"group": "Response", "key": "Records Streamed"},
        "label": "Records Streamed", "type": {"base": "number"}}]);
    card
}

/// The start of a helper flow that is given the record as an object.
pub(crate) fn each_record() -> Json {
    let record = json!({"key": {"key": "Record"}, "label": "Record", "type": {"base": "object"}, "custom": true});
    card("start", "control:callable", &[], &[record])
}

async fn streamed(crowd: usize) -> (World, Json) {
    let mut world = World::in_crowd(Database::File, crowd).await;
    let connection = world.connect().await;
    let each = world.flow("Each", json!([each_record()]), json!({})).await;
    let steps = json!([by_hand(), stream_users(&connection, &each)]);
    let id = world.flow("All", steps, json!({})).await;
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    (world, run)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_of_thousands_leaves_a_small_journal() {
    let crowd = 12_000;
    let (world, run) = streamed(crowd).await;
    let id = run["row"]["id"].as_str().unwrap();
    let children = world.count(&format!("run where parent_run = '{id}'")).await;
    // Some of the crowd are deprovisioned, which lists of users leave out.
    let left_out = (crowd / 60 * 4) as i64;
    assert!(
        (children - (crowd as i64 - left_out)).abs() < 400,
        "{children}"
    );
    assert_eq!(
        world
            .count(&format!(
                "run where parent_run = '{id}' and status = 'succeeded'"
            ))
            .await,
        children
    );
    let pages = children / 200 + 1;
    let parts = world.count(&format!("journal where run = '{id}'")).await;
    assert!(parts <= 2 * pages + 10, "{parts} parts of {pages} pages");
    // The first page's part lists the first hundred helper runs too.
    let large = format!("journal where run = '{id}' and length(entries) > 1500");
    assert!(world.count(&large).await <= 2);
    let calls = world.okta.calls();
    let asked = calls
        .iter()
        .filter(|call| call.path_and_query.starts_with("/api/v1/users?"));
    assert_eq!(asked.count() as i64, pages);
}
