use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

use crate::world::{World, today};

async fn everybody(world: &World) -> Vec<Value> {
    let mut all = Vec::new();
    let mut next = Some("/api/v1/users?search=id%20pr".to_owned());
    while let Some(url) = next {
        let page = world.get(&url).await;
        all.extend(page.list().clone());
        next = page.link("next");
    }
    all
}

#[tokio::test]
async fn the_believable_org_is_the_same_at_every_start() {
    let (first, second) = (World::believable().await, World::believable().await);
    let (mut one, mut two) = (everybody(&first).await, everybody(&second).await);
    for user in one.iter_mut().chain(&mut two) {
        user["_links"] = Value::Null;
    }
    assert_eq!(one, two);
    assert_eq!(first.sim.api_token(), second.sim.api_token());
}

#[tokio::test]
async fn people_are_believable() {
    let world = World::believable().await;
    let users = everybody(&world).await;
    assert!((295..=310).contains(&users.len()), "{}", users.len());
    let mut statuses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut idle = 0;
    for user in &users {
        let status = user["status"].as_str().unwrap();
        *statuses.entry(status).or_default() += 1;
        let never_signed_in = user["lastLogin"].is_null();
        assert_eq!(
            never_signed_in,
            matches!(status, "STAGED" | "PROVISIONED"),
            "{user}"
        );
        if let Some(seen) = user["lastLogin"].as_str() {
            let seen: DateTime<Utc> = seen.parse().unwrap();
            assert!(seen <= today());
            idle += usize::from(status == "ACTIVE" && today() - seen > Duration::days(180));
        }
    }
    assert_eq!(statuses.len(), 8, "{statuses:?}");
    assert!(statuses["ACTIVE"] > 200, "{statuses:?}");
    assert!((8..60).contains(&idle), "{idle}");
    assert!(users.iter().any(|user| {
        user["profile"]["displayName"]
            .as_str()
            .unwrap()
            .contains('佐')
    }));
    let managed = users
        .iter()
        .filter(|user| user["profile"]["manager"].is_string())
        .count();
    assert!(managed > 250, "{managed}");
}

#[tokio::test]
async fn groups_apps_and_history_fit_the_people() {
    let world = World::believable().await;
    let groups = world.get("/api/v1/groups?expand=stats").await;
    assert!(
        (22..=30).contains(&groups.list().len()),
        "{}",
        groups.list().len()
    );
    for kind in ["BUILT_IN", "OKTA_GROUP", "APP_GROUP"] {
        assert!(
            groups.list().iter().any(|group| group["type"] == kind),
            "{kind}"
        );
    }
    let empty = groups
        .list()
        .iter()
        .filter(|group| group["_embedded"]["stats"]["usersCount"] == 0)
        .count();
    assert_eq!(empty, 0);
    let apps = world.get("/api/v1/apps?limit=200").await;
    assert!(apps.list().len() >= 12);
    let info = world.get("/sim/info").await;
    let events = info.body["logEvents"].as_u64().unwrap();
    assert!((2_500..8_000).contains(&events), "{events}");
    let year = world
        .get("/api/v1/logs?since=2025-01-01T00:00:00Z&until=2026-11-20T09:00:00Z&limit=1000")
        .await;
    let times: Vec<_> = year
        .list()
        .iter()
        .map(|event| event["published"].as_str().unwrap())
        .collect();
    assert!(times.is_sorted());
    assert!(times[0] < "2025-12-10", "{}", times[0]);
}
