use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn people_are_linked_both_ways() {
    let world = World::empty().await;
    let (ada, bob, eve) = (
        world.user("ada").await,
        world.user("bob").await,
        world.user("eve").await,
    );
    let definition = json!({
        "primary": {"name": "boss", "title": "Boss", "description": "d", "type": "USER"},
        "associated": {"name": "report", "title": "Report", "description": "d", "type": "USER"},
    });
    assert_eq!(
        world
            .post(
                "/api/v1/meta/schemas/user/linkedObjects",
                definition.clone()
            )
            .await
            .status,
        201
    );
    world
        .post("/api/v1/meta/schemas/user/linkedObjects", definition)
        .await
        .refused(409, "E0000127");
    for boss in [&bob, &eve] {
        assert_eq!(
            world
                .act(
                    "PUT",
                    &format!("/api/v1/users/{ada}/linkedObjects/boss/{boss}")
                )
                .await
                .status,
            204
        );
    }
    let bosses = world
        .get(&format!("/api/v1/users/{ada}/linkedObjects/boss"))
        .await;
    assert_eq!(bosses.list().len(), 1);
    assert!(
        bosses.list()[0]["_links"]["self"]["href"]
            .as_str()
            .unwrap()
            .ends_with(&eve)
    );
    assert_eq!(
        world
            .get(&format!("/api/v1/users/{eve}/linkedObjects/report"))
            .await
            .list()
            .len(),
        1
    );
    assert!(
        world
            .get(&format!("/api/v1/users/{bob}/linkedObjects/report"))
            .await
            .list()
            .is_empty()
    );
    world
        .get(&format!("/api/v1/users/{bob}/linkedObjects/mentor"))
        .await
        .refused(404, "E0000007");
    assert_eq!(
        world
            .act("DELETE", &format!("/api/v1/users/{ada}/linkedObjects/boss"))
            .await
            .status,
        204
    );
    assert!(
        world
            .get(&format!("/api/v1/users/{ada}/linkedObjects/boss"))
            .await
            .list()
            .is_empty()
    );
}
