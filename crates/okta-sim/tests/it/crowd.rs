//! An org with a crowd: lists page through it, and who is asked for moves in.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::world::World;

/// All users of a list, page by page.
async fn all(world: &World, path: &str) -> Vec<Value> {
    let mut next = Some(path.to_owned());
    let mut found = Vec::new();
    while let Some(path) = next {
        let got = world.get(&path).await;
        assert_eq!(got.status, 200, "{}", got.body);
        found.extend(got.body.as_array().unwrap().iter().cloned());
        next = got.headers.get_all("link").iter().find_map(|link| {
            let (target, _) = link.to_str().unwrap().split_once(">; rel=\"next\"")?;
            Some(target.trim_start_matches('<').to_owned())
        });
    }
    found
}

#[tokio::test]
async fn pages_lead_through_the_whole_crowd_once() {
    let world = World::crowded(1_000).await;
    let found = all(&world, "/api/v1/users?limit=200").await;
    let ids: BTreeSet<&str> = found
        .iter()
        .filter_map(|user| user["id"].as_str())
        .collect();
    assert_eq!(ids.len(), found.len());
    let statuses: BTreeSet<&str> = found
        .iter()
        .filter_map(|it| it["status"].as_str())
        .collect();
    assert!(statuses.len() >= 6 && !statuses.contains("DEPROVISIONED"));
    let gone = all(
        &world,
        "/api/v1/users?filter=status%20eq%20%22DEPROVISIONED%22",
    )
    .await;
    assert_eq!(found.len() + gone.len(), 1_001, "with the administrator");
    let again = all(&world, "/api/v1/users").await;
    assert_eq!(again, found);
}

#[tokio::test]
async fn who_is_asked_for_moves_in_and_keeps_the_place() {
    let world = World::crowded(300).await;
    let before = all(&world, "/api/v1/users").await;
    let one = before
        .iter()
        .rev()
        .find(|user| user["status"] == "ACTIVE")
        .unwrap();
    let id = one["id"].as_str().unwrap();
    let login = one["profile"]["login"].as_str().unwrap();
    assert_eq!(
        world.get(&format!("/api/v1/users/{login}")).await.body["id"],
        id
    );
    let suspended = world
        .act("POST", &format!("/api/v1/users/{id}/lifecycle/suspend"))
        .await;
    assert_eq!(suspended.status, 200, "{}", suspended.body);
    let after = all(&world, "/api/v1/users").await;
    let place = |list: &[Value]| list.iter().position(|user| user["id"] == id).unwrap();
    assert_eq!(place(&after), place(&before));
    assert_eq!(after[place(&after)]["status"], "SUSPENDED");
    for _ in 0..2 {
        world.act("DELETE", &format!("/api/v1/users/{id}")).await;
    }
    assert_eq!(all(&world, "/api/v1/users").await.len(), before.len() - 1);
    assert_eq!(world.get(&format!("/api/v1/users/{id}")).await.status, 404);
}

#[tokio::test]
async fn searches_look_through_the_crowd() {
    let world = World::crowded(500).await;
    let search = "/api/v1/users?search=profile.department%20eq%20%22Legal%22";
    let found = all(&world, search).await;
    assert!((10..150).contains(&found.len()), "{}", found.len());
    assert!(
        found
            .iter()
            .all(|user| user["profile"]["department"] == "Legal")
    );
    let got = world
        .get(&format!("{search}&sortBy=profile.lastName"))
        .await;
    assert_eq!(got.status, 400, "{}", got.body);
    let made = world
        .post(
            "/api/v1/users",
            json!({"profile": {"login": "new@x.example", "email": "new@x.example",
            "firstName": "New", "lastName": "Comer"}}),
        )
        .await;
    assert_eq!(made.status, 200, "{}", made.body);
    let q = world.get("/api/v1/users?q=Comer").await;
    assert_eq!(q.body.as_array().unwrap().len(), 1);
}
