use serde_json::{Value, json};

use crate::world::World;

async fn bookmark(world: &World, label: &str) -> String {
    let body = json!({"name": "bookmark", "label": label, "signOnMode": "AUTO_LOGIN", "settings": {"app": {"url": "https://x.example"}}});
    let got = world.post("/api/v1/apps", body).await;
    assert_eq!(got.status, 200, "{}", got.body);
    got.body["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn assignments_follow_people_and_groups() {
    let world = World::empty().await;
    let (app, ada, team) = (
        bookmark(&world, "Tool").await,
        world.user("ada").await,
        world.group("Team").await,
    );
    let base = format!("/api/v1/apps/{app}");
    assert_eq!(
        world
            .put(&format!("{base}/groups/{team}"), json!({}))
            .await
            .body["priority"],
        0
    );
    world
        .act("PUT", &format!("/api/v1/groups/{team}/users/{ada}"))
        .await;
    let assigned = world.get(&format!("{base}/users/{ada}")).await;
    assert_eq!(
        (
            &assigned.body["scope"],
            &assigned.body["credentials"]["userName"]
        ),
        (&json!("GROUP"), &json!("ada@x.example"))
    );
    let links = world.get(&format!("/api/v1/users/{ada}/appLinks")).await;
    assert_eq!(links.list()[0]["label"], "Tool");
    world
        .act("DELETE", &format!("/api/v1/groups/{team}/users/{ada}"))
        .await;
    world
        .get(&format!("{base}/users/{ada}"))
        .await
        .refused(404, "E0000007");

    let personal = world
        .post(
            &format!("{base}/users"),
            json!({"id": ada, "scope": "USER", "credentials": {"userName": "a"}}),
        )
        .await;
    assert_eq!(
        (
            &personal.body["scope"],
            &personal.body["credentials"]["userName"]
        ),
        (&json!("USER"), &json!("a"))
    );
    let secret = world
        .post(
            &format!("{base}/users/{ada}"),
            json!({"credentials": {"password": {"value": "x"}}}),
        )
        .await;
    assert_eq!(secret.body["credentials"]["password"], json!({}));
    assert_eq!(
        world
            .act("DELETE", &format!("{base}/users/{ada}"))
            .await
            .status,
        204
    );
    let log = world
        .get("/api/v1/logs?filter=eventType%20eq%20%22application.user_membership.add%22")
        .await;
    let kinds: Vec<_> = log.list()[0]["target"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["type"].clone())
        .collect();
    assert_eq!(kinds, ["AppUser", "AppInstance", "User"]);
    assert!(
        world
            .event_types()
            .await
            .iter()
            .any(|it| it == "application.user_membership.change_password")
    );
}

#[tokio::test]
async fn applications_are_found_turned_off_and_deleted() {
    let world = World::empty().await;
    let app = bookmark(&world, "Tool").await;
    world
        .post(
            "/api/v1/apps",
            json!({"label": "Tool", "signOnMode": "AUTO_LOGIN"}),
        )
        .await
        .refused(400, "E0000001")
        .cause("label: ");
    world
        .post("/api/v1/apps", json!({"label": "Other"}))
        .await
        .refused(400, "E0000001")
        .cause("signOnMode: ");
    assert_eq!(world.get("/api/v1/apps?q=too").await.list().len(), 1);
    let ada = world.user("ada").await;
    world
        .post(&format!("/api/v1/apps/{app}/users"), json!({"id": ada}))
        .await;
    let of_ada = world
        .get(&format!(
            "/api/v1/apps?filter=user.id%20eq%20%22{ada}%22&expand=user/{ada}"
        ))
        .await;
    assert_eq!(of_ada.list().len(), 1);
    assert_eq!(of_ada.list()[0]["_embedded"]["user"]["id"], *ada);
    world
        .act("DELETE", &format!("/api/v1/apps/{app}"))
        .await
        .refused(403, "E0000006");
    assert_eq!(
        world
            .act("POST", &format!("/api/v1/apps/{app}/lifecycle/deactivate"))
            .await
            .body,
        json!({})
    );
    assert_eq!(
        world
            .get("/api/v1/apps?filter=status%20eq%20%22INACTIVE%22")
            .await
            .list()
            .len(),
        1
    );
    assert_eq!(
        world
            .act("DELETE", &format!("/api/v1/apps/{app}"))
            .await
            .status,
        204
    );
}

#[tokio::test]
async fn an_oauth_client_gets_the_scopes_it_is_granted() {
    let world = World::empty().await;
    let body = json!({
        "name": "oidc_client", "label": "Mine", "signOnMode": "OPENID_CONNECT",
        "credentials": {"oauthClient": {"token_endpoint_auth_method": "client_secret_basic"}},
        "settings": {"oauthClient": {"redirect_uris": ["https://mine.example/cb"], "grant_types": ["authorization_code"]}},
    });
    let created = world.post("/api/v1/apps", body).await;
    let client = &created.body["credentials"]["oauthClient"];
    assert!(client["client_secret"].as_str().unwrap().len() > 30);
    let id = created.body["id"].as_str().unwrap();
    let read = world.get(&format!("/api/v1/apps/{id}")).await;
    assert_eq!(
        read.body["credentials"]["oauthClient"].get("client_secret"),
        None::<&Value>
    );
    let url = format!(
        "/oauth2/v1/authorize?client_id={id}&redirect_uri=https://mine.example/cb&response_type=code&state=s&scope=okta.users.read"
    );
    assert!(
        world
            .get(&url)
            .await
            .header("location")
            .contains("error=invalid_scope")
    );
    let grant = json!({"scopeId": "okta.users.read", "issuer": world.sim.url()});
    assert_eq!(
        world
            .post(&format!("/api/v1/apps/{id}/grants"), grant)
            .await
            .status,
        201
    );
    assert_eq!(world.get(&url).await.status, 200);
}
