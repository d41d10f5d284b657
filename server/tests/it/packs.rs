//! Three real packs, imported and run, asserted by what the org says afterwards.

use serde_json::{Value as Json, json};

use crate::world::{World, pack};

/// Imports a pack, turns all its flows on and returns their ids by name.
async fn import(world: &World, text: &str, connection: &str) -> Vec<(String, String)> {
    let body: Json = serde_json::from_str(text).unwrap();
    let report = world
        .post(&format!("/packs?connection={connection}"), body)
        .await;
    let flows = report["flows"].as_array().unwrap();
    let mut ids = Vec::new();
    for flow in flows {
        let id = flow["id"].as_str().unwrap().to_owned();
        world.post(&format!("/flows/{id}/on"), json!({})).await;
        ids.push((flow["name"].as_str().unwrap().to_owned(), id));
    }
    ids
}

fn id_of<'a>(flows: &'a [(String, String)], part: &str) -> &'a str {
    &flows
        .iter()
        .find(|(name, _)| name.contains(part))
        .unwrap_or_else(|| panic!("no flow {part} in {flows:?}"))
        .1
}

async fn users(world: &World, status: &str) -> Vec<Json> {
    world
        .org_list(&format!(
            "/api/v1/users?limit=200&filter=status%20eq%20%22{status}%22"
        ))
        .await
}

fn is_inactive(user: &Json) -> bool {
    let last: chrono::DateTime<chrono::Utc> = user["lastLogin"].as_str().unwrap().parse().unwrap();
    (chrono::Utc::now() - last).num_days() > 180
}

#[tokio::test(flavor = "multi_thread")]
async fn users_inactive_for_over_180_days_become_suspended() {
    let Some(text) = pack("suspend_inactive_users") else {
        return;
    };
    let (world, connection) = World::connected().await;
    suspends_inactive_users(&world, &text, &connection).await;
}

/// The pack is imported and run; the org says who is suspended now.
pub(crate) async fn suspends_inactive_users(world: &World, text: &str, connection: &str) {
    let before = users(world, "ACTIVE").await;
    let (idle, busy): (Vec<&Json>, Vec<&Json>) = before.iter().partition(|user| is_inactive(user));
    assert!(
        idle.len() > 5 && busy.len() > 50,
        "the org has {} idle and {} busy people",
        idle.len(),
        busy.len()
    );
    let flows = import(world, text, connection).await;
    let run = world.run(id_of(&flows, "Parent"), json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    for (people, expected) in [(idle, "SUSPENDED"), (busy, "ACTIVE")] {
        for user in people {
            let (_, now) = world
                .org(
                    "GET",
                    &format!("/api/v1/users/{}", user["id"].as_str().unwrap()),
                    None,
                )
                .await;
            assert_eq!(now["status"], expected, "{}", now["profile"]["login"]);
        }
    }
    let helpers = world
        .get(&format!(
            "/runs?parent={}&limit=200",
            run["row"]["id"].as_str().unwrap()
        ))
        .await;
    assert_eq!(
        helpers["runs"].as_array().unwrap().len(),
        before.len().min(200)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn temporary_members_are_noted_and_removed_when_their_time_is_over() {
    let Some(text) = pack("assign_temporary_group_memberships") else {
        return;
    };
    let (world, connection) = World::connected().await;
    let flows = import(&world, &text, &connection).await;
    let tables = world.get("/tables").await;
    let table = |name: &str| -> String {
        let all = tables.as_array().unwrap();
        all.iter().find(|table| table["name"] == name).unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let (groups, members) = (
        table("Temporary Groups"),
        table("Users Added to Temporary Groups"),
    );
    world
        .post(
            &format!("/tables/{groups}/rows"),
            json!({"cells": {"Group Name": "Auditors for a week", "Duration": 0}}),
        )
        .await;
    let (_, group) = world
        .org(
            "POST",
            "/api/v1/groups",
            Some(json!({"profile": {"name": "Auditors for a week"}})),
        )
        .await;
    let group = group["id"].as_str().unwrap();
    let user = users(&world, "ACTIVE").await[3]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let (status, _) = world
        .org("PUT", &format!("/api/v1/groups/{group}/users/{user}"), None)
        .await;
    assert_eq!(status, 204);
    let run = world.next_run(id_of(&flows, "Determine")).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let rows = world.get(&format!("/tables/{members}/rows")).await;
    assert_eq!(rows["rows"].as_array().unwrap().len(), 1, "{rows:#}");
    assert_eq!(rows["rows"][0]["cells"]["User ID"], json!(user));
    assert_eq!(rows["rows"][0]["cells"]["Group ID"], json!(group));
    // The duration is 0 minutes and the flow compares whole seconds.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let run = world.run(id_of(&flows, "Scan"), json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let (_, left) = world
        .org("GET", &format!("/api/v1/groups/{group}/users"), None)
        .await;
    assert_eq!(left, json!([]));
    let rows = world.get(&format!("/tables/{members}/rows")).await;
    assert_eq!(rows["rows"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_leaves_every_group_that_is_not_built_in() {
    let Some(text) = pack("remove_user_from_all_non_built_in_okta_groups") else {
        return;
    };
    let (world, connection) = World::connected().await;
    let mut user = None;
    for candidate in users(&world, "ACTIVE").await {
        let id = candidate["id"].as_str().unwrap().to_owned();
        let (_, groups) = world
            .org("GET", &format!("/api/v1/users/{id}/groups"), None)
            .await;
        let of = |kind: &str| {
            groups
                .as_array()
                .unwrap()
                .iter()
                .filter(|group| group["type"] == kind)
                .count()
        };
        if of("OKTA_GROUP") >= 2 && of("BUILT_IN") >= 1 {
            user = Some(id);
            break;
        }
    }
    let user = user.expect("somebody is in two groups");
    // The readme asks the administrator to write the user's id into the first card.
    let flows = import(&world, &text.replace("{userId}", &user), &connection).await;
    let main = &flows
        .iter()
        .find(|(name, _)| !name.contains("Helper"))
        .unwrap()
        .1;
    let run = world.run(main, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let (_, groups) = world
        .org("GET", &format!("/api/v1/users/{user}/groups"), None)
        .await;
    let kinds: Vec<&str> = groups
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group["type"].as_str().unwrap())
        .collect();
    assert!(
        kinds.contains(&"BUILT_IN") && !kinds.contains(&"OKTA_GROUP"),
        "{groups:#}"
    );
}
