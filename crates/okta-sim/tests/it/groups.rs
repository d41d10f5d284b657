use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn members_come_and_go_and_the_log_tells() {
    let world = World::empty().await;
    let (ada, team) = (world.user("ada").await, world.group("Team").await);
    assert!(team.starts_with("00g"));
    let url = format!("/api/v1/groups/{team}/users/{ada}");
    assert_eq!(world.act("PUT", &url).await.status, 204);
    assert_eq!(world.act("PUT", &url).await.status, 204);
    let members = world.get(&format!("/api/v1/groups/{team}/users")).await;
    assert_eq!(members.list().len(), 1);
    let groups = world.get(&format!("/api/v1/users/{ada}/groups")).await;
    let names: Vec<_> = groups
        .list()
        .iter()
        .map(|group| group["profile"]["name"].clone())
        .collect();
    assert_eq!(names, ["Everyone", "Team"]);
    assert_eq!(world.act("DELETE", &url).await.status, 204);

    let log = world
        .get("/api/v1/logs?filter=eventType%20sw%20%22group.user_membership%22")
        .await;
    let types: Vec<_> = log
        .list()
        .iter()
        .map(|event| event["eventType"].clone())
        .collect();
    assert_eq!(
        types,
        ["group.user_membership.add", "group.user_membership.remove"]
    );
    let targets = log.list()[0]["target"].as_array().unwrap();
    assert_eq!(
        (&targets[0]["type"], &targets[1]["type"]),
        (&json!("User"), &json!("UserGroup"))
    );
    assert_eq!(targets[1]["displayName"], "Team");
    assert_eq!(
        log.list()[0]["actor"]["alternateId"],
        world.sim.admin_login()
    );
}

#[tokio::test]
async fn names_are_unique_and_required() {
    let world = World::empty().await;
    world.group("Team").await;
    world
        .post("/api/v1/groups", json!({"profile": {"name": "team"}}))
        .await
        .refused(400, "E0000001")
        .cause("already exists");
    world
        .post("/api/v1/groups", json!({"profile": {"description": "x"}}))
        .await
        .refused(400, "E0000001")
        .cause("name: ");
    world
        .post("/api/v1/groups", json!({}))
        .await
        .refused(400, "E0000001");
    world
        .get("/api/v1/groups/00gnothing")
        .await
        .refused(404, "E0000007");
}

#[tokio::test]
async fn everyone_cannot_be_changed() {
    let world = World::empty().await;
    let everyone = world.get("/api/v1/groups?q=Everyone").await.list()[0].clone();
    assert_eq!(everyone["type"], "BUILT_IN");
    let id = everyone["id"].as_str().unwrap();
    let ada = world.user("ada").await;
    world
        .act("DELETE", &format!("/api/v1/groups/{id}"))
        .await
        .refused(501, "E0000060");
    world
        .put(
            &format!("/api/v1/groups/{id}"),
            json!({"profile": {"name": "All"}}),
        )
        .await
        .refused(501, "E0000060");
    world
        .act("DELETE", &format!("/api/v1/groups/{id}/users/{ada}"))
        .await
        .refused(501, "E0000060");
}

#[tokio::test]
async fn groups_are_replaced_deleted_and_found() {
    let world = World::empty().await;
    let team = world.group("Team West").await;
    let other = world.group("Team East").await;
    let replaced = world
        .put(
            &format!("/api/v1/groups/{team}"),
            json!({"profile": {"name": "West", "description": "d"}}),
        )
        .await;
    assert_eq!(replaced.body["profile"]["name"], "West");
    let found = world.get("/api/v1/groups?search=profile.name%20co%20%22east%22%20and%20type%20eq%20%22OKTA_GROUP%22").await;
    assert_eq!(found.list()[0]["id"], *other);
    let stats = world
        .get("/api/v1/groups?expand=stats&filter=type%20eq%20%22BUILT_IN%22")
        .await;
    assert_eq!(stats.list()[0]["_embedded"]["stats"]["usersCount"], 1);
    let page = world.get("/api/v1/groups?limit=2").await;
    assert_eq!(page.list().len(), 2);
    assert_eq!(world.get(&page.link("next").unwrap()).await.list().len(), 1);
    assert_eq!(
        world
            .act("DELETE", &format!("/api/v1/groups/{team}"))
            .await
            .status,
        204
    );
    world
        .get(&format!("/api/v1/groups/{team}"))
        .await
        .refused(404, "E0000007");
    world
        .get("/api/v1/groups?filter=profile.name%20eq%20%22x%22")
        .await
        .refused(400, "E0000031");
}
