use serde_json::{Value, json};

use crate::world::World;

#[tokio::test]
async fn a_session_imports_updates_and_deactivates() {
    let world = World::believable().await;
    let apps = world
        .get("/api/v1/apps?filter=name%20eq%20%22customidentitysource%22")
        .await;
    let source = apps.list()[0]["id"].as_str().unwrap();
    let sessions = format!("/api/v1/identity-sources/{source}/sessions");
    let person = |title: &str| json!({"entityType": "USERS", "profiles": [{"externalId": "E1", "profile": {"userName": "new@aozora.example", "firstName": "New", "lastName": "Hire", "email": "new@aozora.example", "title": title}}]});
    let run = async |step: &str, body: Value| {
        let created = world.act("POST", &sessions).await;
        assert_eq!(created.body["status"], "CREATED", "{}", created.body);
        let url = format!("{sessions}/{}", created.body["id"].as_str().unwrap());
        assert_eq!(world.post(&format!("{url}/{step}"), body).await.status, 202);
        assert_eq!(
            world.act("POST", &format!("{url}/start-import")).await.body["status"],
            "TRIGGERED"
        );
        assert_eq!(world.get(&url).await.body["status"], "COMPLETED");
    };
    let five_minutes = std::time::Duration::from_secs(300);
    run("bulk-upsert", person("Analyst")).await;
    // A new session is taken five minutes after the last one was started.
    world.act("POST", &sessions).await.refused(400, "E0000001");
    world
        .sim
        .advance_clock(five_minutes - std::time::Duration::from_secs(10));
    world.act("POST", &sessions).await.refused(400, "E0000001");
    world.sim.advance_clock(five_minutes);
    run("bulk-upsert", person("Manager")).await;
    let user = world.get("/api/v1/users/new@aozora.example").await;
    assert_eq!(
        (&user.body["status"], &user.body["profile"]["title"]),
        (&json!("ACTIVE"), &json!("Manager"))
    );
    world.sim.advance_clock(five_minutes);
    run(
        "bulk-delete",
        json!({"entityType": "USERS", "profiles": [{"externalId": "E1"}]}),
    )
    .await;
    assert_eq!(
        world.get("/api/v1/users/new@aozora.example").await.body["status"],
        "DEPROVISIONED"
    );
    world.sim.advance_clock(five_minutes);
    world.act("POST", &sessions).await;
    world.act("POST", &sessions).await.refused(400, "E0000001");
    world
        .act("POST", "/api/v1/identity-sources/0oanothing/sessions")
        .await
        .refused(404, "E0000007");
}

async fn source(world: &World) -> String {
    let apps = world
        .get("/api/v1/apps?filter=name%20eq%20%22customidentitysource%22")
        .await;
    let id = apps.list()[0]["id"].as_str().unwrap();
    format!("/api/v1/identity-sources/{id}/sessions")
}

fn users(count: usize) -> Value {
    let profiles: Vec<Value> = (0..count)
        .map(|n| json!({"externalId": format!("X{n}"), "profile": {"userName": format!("x{n}@aozora.example")}}))
        .collect();
    json!({"entityType": "USERS", "profiles": profiles})
}

#[tokio::test]
async fn a_session_is_loaded_before_it_is_started_and_closed_before_that_only() {
    let world = World::believable().await;
    let sessions = source(&world).await;
    let begin = async || {
        let created = world.act("POST", &sessions).await;
        format!("{sessions}/{}", created.body["id"].as_str().unwrap())
    };
    let status = async |url: &str| world.get(url).await.body["status"].clone();
    let url = begin().await;
    let start = format!("{url}/start-import");
    world.act("POST", &start).await.refused(400, "E0000001");
    // Nobody to import, and nobody who is known to remove: the session stays as it is.
    world.post(&format!("{url}/bulk-upsert"), users(0)).await;
    world.post(&format!("{url}/bulk-delete"), users(3)).await;
    assert_eq!(status(&url).await, "CREATED");
    world.post(&format!("{url}/bulk-upsert"), users(2)).await;
    assert_eq!(status(&url).await, "IN_PROGRESS");
    assert_eq!(world.get(&sessions).await.list().len(), 1);

    assert_eq!(world.act("DELETE", &url).await.status, 204);
    assert_eq!(status(&url).await, "CLOSED");
    assert!(world.get(&sessions).await.list().is_empty());
    world.act("DELETE", &url).await.refused(400, "E0000001");
    let late = world.post(&format!("{url}/bulk-upsert"), users(1)).await;
    late.refused(400, "E0000001");

    let url = begin().await;
    world
        .sim
        .advance_clock(std::time::Duration::from_secs(86_400));
    assert_eq!(status(&url).await, "EXPIRED");
    begin().await;
}

#[tokio::test]
async fn a_session_takes_50_requests_of_200_users_or_200_kb() {
    let world = World::believable().await;
    world.sim.raise_limits(100);
    let sessions = source(&world).await;
    let created = world.act("POST", &sessions).await;
    let url = format!("{sessions}/{}", created.body["id"].as_str().unwrap());
    let load = async |body: Value| world.post(&format!("{url}/bulk-upsert"), body).await;
    load(users(201)).await.refused(400, "E0000001");
    let mut large = users(100);
    for user in large["profiles"].as_array_mut().unwrap() {
        user["profile"]["homeAddress"] = "a".repeat(3_000).into();
    }
    load(large).await.refused(400, "E0000001");
    let mut number = users(1);
    number["profiles"][0]["profile"]["level"] = 3.into();
    load(number).await.refused(400, "E0000001");
    for n in 0..50 {
        assert_eq!(load(users(200)).await.status, 202, "{n}");
    }
    load(users(1)).await.refused(400, "E0000001");
}
