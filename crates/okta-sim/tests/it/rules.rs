use serde_json::{Value, json};

use crate::world::World;

fn rule(name: &str, expression: &str, group: &str) -> Value {
    json!({
        "type": "group_rule", "name": name,
        "conditions": {"people": {"users": {"exclude": []}, "groups": {"exclude": []}}, "expression": {"value": expression, "type": "urn:okta:expression:1.0"}},
        "actions": {"assignUserToGroups": {"groupIds": [group]}},
    })
}

async fn members(world: &World, group: &str) -> usize {
    world
        .get(&format!("/api/v1/groups/{group}/users"))
        .await
        .list()
        .len()
}

#[tokio::test]
async fn an_active_rule_follows_the_profile() {
    let world = World::empty().await;
    let (ada, sales) = (world.user("ada").await, world.group("Sales").await);
    let set = async |department: &str| {
        world
            .post(
                &format!("/api/v1/users/{ada}"),
                json!({"profile": {"department": department}}),
            )
            .await
    };
    set("Sales").await;
    let created = world
        .post(
            "/api/v1/groups/rules",
            rule("r", "user.department==\"Sales\"", &sales),
        )
        .await;
    assert_eq!(created.body["status"], "INACTIVE");
    assert_eq!(members(&world, &sales).await, 0);
    let url = format!(
        "/api/v1/groups/rules/{}",
        created.body["id"].as_str().unwrap()
    );
    assert_eq!(
        world
            .act("POST", &format!("{url}/lifecycle/activate"))
            .await
            .status,
        204
    );
    assert_eq!(members(&world, &sales).await, 1);
    set("IT").await;
    assert_eq!(members(&world, &sales).await, 0);
    set("Sales").await;
    world
        .put(&url, rule("r2", "user.department==\"IT\"", &sales))
        .await
        .refused(400, "E0000001");
    assert_eq!(
        world
            .act("DELETE", &format!("{url}?removeUsers=true"))
            .await
            .status,
        202
    );
    assert_eq!(members(&world, &sales).await, 0);
}

#[tokio::test]
async fn who_is_taken_out_by_hand_stays_out() {
    let world = World::empty().await;
    let (ada, all) = (world.user("ada").await, world.group("All").await);
    let created = world
        .post(
            "/api/v1/groups/rules",
            rule("r", "String.startsWith(user.email, \"ada\")", &all),
        )
        .await;
    let url = format!(
        "/api/v1/groups/rules/{}",
        created.body["id"].as_str().unwrap()
    );
    world
        .act("POST", &format!("{url}/lifecycle/activate"))
        .await;
    world
        .act("DELETE", &format!("/api/v1/groups/{all}/users/{ada}"))
        .await;
    world
        .post(
            &format!("/api/v1/users/{ada}"),
            json!({"profile": {"title": "x"}}),
        )
        .await;
    assert_eq!(members(&world, &all).await, 0);
    assert_eq!(
        world.get(&url).await.body["conditions"]["people"]["users"]["exclude"],
        json!([ada])
    );
}

#[tokio::test]
async fn rules_that_make_no_sense_are_refused() {
    let world = World::empty().await;
    let team = world.group("Team").await;
    for (body, cause) in [
        (rule("r", "department is Sales", &team), "expression: "),
        (rule("r", "user.x==\"y\"", "00gnothing"), "groupIds: "),
        (rule("", "user.x==\"y\"", &team), "name: "),
        (rule(&"x".repeat(51), "user.x==\"y\"", &team), "name: "),
    ] {
        world
            .post("/api/v1/groups/rules", body)
            .await
            .refused(400, "E0000001")
            .cause(cause);
    }
    let created = world
        .post(
            "/api/v1/groups/rules",
            rule("Sales rule", "user.x==\"y\"", &team),
        )
        .await;
    assert_eq!(
        world
            .get("/api/v1/groups/rules?search=sales")
            .await
            .list()
            .len(),
        1
    );
    assert_eq!(
        world
            .get("/api/v1/groups/rules?search=nothing")
            .await
            .list()
            .len(),
        0
    );
    world.act("DELETE", &format!("/api/v1/groups/{team}")).await;
    let url = format!(
        "/api/v1/groups/rules/{}",
        created.body["id"].as_str().unwrap()
    );
    assert_eq!(world.get(&url).await.body["status"], "INVALID");
}
