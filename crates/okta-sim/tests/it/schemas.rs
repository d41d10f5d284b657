use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn custom_attributes_can_be_added_and_used() {
    let world = World::empty().await;
    let ada = world.user("ada").await;
    let set = async || {
        world
            .post(
                &format!("/api/v1/users/{ada}"),
                json!({"profile": {"badge": "12345"}}),
            )
            .await
    };
    set().await.refused(400, "E0000001");
    let custom = json!({"definitions": {"custom": {"id": "#custom", "type": "object", "properties": {"badge": {"title": "Badge", "type": "string", "maxLength": 6}}}}});
    let schema = world
        .post("/api/v1/meta/schemas/user/default", custom)
        .await;
    assert_eq!(
        schema.body["definitions"]["custom"]["properties"]["badge"]["title"],
        "Badge"
    );
    assert_eq!(set().await.body["profile"]["badge"], "12345");
    world
        .post(
            &format!("/api/v1/users/{ada}"),
            json!({"profile": {"badge": "1234567"}}),
        )
        .await
        .refused(400, "E0000001");
    assert_eq!(
        world
            .get("/api/v1/users?search=profile.badge%20eq%20%2212345%22")
            .await
            .list()
            .len(),
        1
    );
}

#[tokio::test]
async fn schemas_types_and_the_org_describe_themselves() {
    let world = World::believable().await;
    let user = world.get("/api/v1/meta/schemas/user/default").await;
    let base = &user.body["definitions"]["base"];
    assert_eq!(
        base["required"],
        json!(["login", "firstName", "lastName", "email"])
    );
    assert_eq!(base["properties"].as_object().unwrap().len(), 31);
    let types = world.get("/api/v1/meta/types/user").await;
    assert_eq!(types.list()[0]["default"], true);
    let schema = types.list()[0]["_links"]["schema"]["href"]
        .as_str()
        .unwrap();
    assert_eq!(world.get(schema).await.status, 200);
    assert_eq!(
        world.get("/api/v1/meta/schemas/group/default").await.body["name"],
        "group"
    );
    assert_eq!(world.get("/api/v1/org").await.body["status"], "ACTIVE");
    let app = world.get("/api/v1/apps").await.list()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        world
            .get(&format!("/api/v1/meta/schemas/apps/{app}/default"))
            .await
            .status,
        200
    );
    world
        .get("/api/v1/meta/schemas/user/oscnothing")
        .await
        .refused(404, "E0000007");
}

#[tokio::test]
async fn an_application_has_attributes_of_its_own() {
    let world = World::empty().await;
    let app = world.get("/api/v1/apps").await.list()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/api/v1/meta/schemas/apps/{app}/default");
    let body = json!({"definitions": {"custom": {"id": "#custom", "type": "object", "properties": {
        "role": {"title": "Role", "type": "string", "required": true}}}}});
    let changed = world.post(&path, body).await;
    let custom = &changed.body["definitions"]["custom"];
    assert_eq!(custom["properties"]["role"]["title"], "Role");
    assert_eq!(custom["required"], json!(["role"]));
    assert_eq!(
        world.get(&path).await.body["definitions"]["custom"],
        *custom
    );
    let gone = json!({"definitions": {"custom": {"properties": {"role": null}}}});
    let changed = world.post(&path, gone).await;
    assert_eq!(
        changed.body["definitions"]["custom"]["properties"],
        json!({})
    );
}

#[tokio::test]
async fn a_listed_attribute_takes_no_other_value() {
    let world = World::empty().await;
    let ada = world.user("ada").await;
    let body = json!({"definitions": {"custom": {"id": "#custom", "type": "object", "properties": {
        "shift": {"title": "Shift", "type": "string", "enum": ["D", "N"]},
        "areas": {"title": "Areas", "type": "array", "items": {"type": "string", "enum": ["A", "B"]}}}}}});
    world.post("/api/v1/meta/schemas/user/default", body).await;
    let set = async |profile: serde_json::Value| {
        let path = format!("/api/v1/users/{ada}");
        world
            .post(&path, json!({ "profile": profile }))
            .await
            .status
    };
    assert_eq!(set(json!({"shift": "N", "areas": ["B"]})).await, 200);
    assert_eq!(set(json!({"shift": "X"})).await, 400);
    assert_eq!(set(json!({"areas": ["A", "C"]})).await, 400);
}
