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
    run("bulk-upsert", person("Analyst")).await;
    run("bulk-upsert", person("Manager")).await;
    let user = world.get("/api/v1/users/new@aozora.example").await;
    assert_eq!(
        (&user.body["status"], &user.body["profile"]["title"]),
        (&json!("ACTIVE"), &json!("Manager"))
    );
    run(
        "bulk-delete",
        json!({"entityType": "USERS", "profiles": [{"externalId": "E1"}]}),
    )
    .await;
    assert_eq!(
        world.get("/api/v1/users/new@aozora.example").await.body["status"],
        "DEPROVISIONED"
    );
    world.act("POST", &sessions).await;
    world.act("POST", &sessions).await.refused(400, "E0000001");
    world
        .act("POST", "/api/v1/identity-sources/0oanothing/sessions")
        .await
        .refused(404, "E0000007");
}
