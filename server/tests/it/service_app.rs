//! Orgs authorized for a service app: its key, its scopes, proofs of possession, and what goes wrong.

use serde_json::{Value as Json, json};

use crate::cards::{by_hand, org_card, typed};
use crate::world::World;

/// A service app at the org that has this public key, and these scopes.
pub(crate) async fn app(world: &World, public_key: &str, scopes: &[&str], dpop: bool) -> String {
    let jwk: Json = serde_json::from_str(public_key).unwrap();
    let body = json!({
        "name": "oidc_client", "label": format!("Nagare {}", jwk["kid"]), "signOnMode": "OPENID_CONNECT",
        "credentials": {"oauthClient": {"token_endpoint_auth_method": "private_key_jwt"}},
        "settings": {"oauthClient": {
            "grant_types": ["client_credentials"], "application_type": "service",
            "jwks": {"keys": [jwk]}, "dpop_bound_access_tokens": dpop,
        }},
    });
    let (status, created) = world.org("POST", "/api/v1/apps", Some(body)).await;
    assert_eq!(status, 200, "{created}");
    let id = created["id"].as_str().unwrap().to_owned();
    for scope in scopes {
        grant(world, &id, scope).await;
    }
    id
}

pub(crate) async fn grant(world: &World, app: &str, scope: &str) {
    let body = json!({"scopeId": scope, "issuer": world.okta.url()});
    let (status, granted) = world
        .org("POST", &format!("/api/v1/apps/{app}/grants"), Some(body))
        .await;
    assert_eq!(status, 201, "{granted}");
}

async fn create(world: &World, client_id: &str, key: Json, scopes: &[&str]) -> (u16, Json) {
    let body = json!({
        "name": "acme-service", "domain": world.okta.url(), "client_id": client_id, "key": key, "scopes": scopes,
    });
    world.rest("POST", "/connections", Some(body)).await
}

/// A connection of a service app with a key that Nagare made; returns its id and the app's.
pub(crate) async fn connected(world: &World, scopes: &[&str], dpop: bool) -> (String, String) {
    let key = world.post("/connections/keys", json!({})).await;
    let app = app(world, key["public_key"].as_str().unwrap(), scopes, dpop).await;
    let (status, made) = create(world, &app, json!({"made": key["id"]}), scopes).await;
    assert_eq!((status, &made["missing"]), (201, &json!([])), "{made}");
    (made["connection"].as_str().unwrap().to_owned(), app)
}

/// Cards that read a user through a connection.
pub(crate) fn read_user(connection: &str, login: &str) -> Json {
    let who = typed(Some("User"), "ID or Login", "text", json!(login));
    json!([
        by_hand(),
        org_card("read", "okta:readUser", connection, &[who])
    ])
}

/// A flow that reads the org's administrator.
async fn reader(world: &World, connection: &str) -> String {
    let steps = read_user(connection, world.okta.admin_login());
    world.flow("Read", steps, json!({})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_app_is_connected_with_a_key_that_was_made_here() {
    let world = World::start().await;
    let (id, app) = connected(&world, &["okta.users.read", "okta.groups.read"], false).await;
    let detail = world.get(&format!("/connections/{id}")).await;
    assert_eq!(detail["connection"]["grant"], "service_app");
    assert_eq!(detail["connection"]["is_bound"], false);
    let public: Json = serde_json::from_str(detail["public_key"].as_str().unwrap()).unwrap();
    assert_eq!(public["kty"], "EC");
    assert!(public["d"].is_null(), "the private part stays here");
    let test = world
        .post(&format!("/connections/{id}/test"), json!({}))
        .await;
    assert_eq!(test["works"], true, "{test}");
    let flow = reader(&world, &id).await;
    let run = world.run(&flow, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run}");

    // The org ends the token: the next call gets a new one by the key, without anybody.
    world
        .org("DELETE", &format!("/api/v1/apps/{app}/tokens"), None)
        .await;
    let run = world.run(&flow, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run}");
    let (status, deleted) = world
        .rest("DELETE", &format!("/connections/{id}"), None)
        .await;
    assert_eq!(
        (status, &deleted["revoked"], &deleted["pending"]),
        (200, &json!(1), &json!(0)),
        "{deleted}"
    );
    assert_eq!(world.okta.tokens_active(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_bound_to_a_key_where_the_org_demands_it() {
    let world = World::start().await;
    world.okta.demand_nonces();
    let (id, _) = connected(&world, &["okta.users.read"], true).await;
    let detail = world.get(&format!("/connections/{id}")).await;
    assert_eq!(detail["connection"]["is_bound"], true);
    let flow = reader(&world, &id).await;
    for _ in 0..2 {
        let run = world.run(&flow, json!({})).await;
        assert_eq!(run["row"]["status"], "succeeded", "{run}");
        // The org wants a new nonce now: the call goes out again with it.
        world.okta.renew_nonces();
    }
    let calls = world.okta.calls();
    let proved = calls
        .iter()
        .filter(|call| call.path_and_query.starts_with("/api/v1/users/"))
        .map(|call| (call.authorization.as_str(), call.status))
        .collect::<Vec<_>>();
    assert_eq!(
        proved,
        [("DPoP", 401), ("DPoP", 200), ("DPoP", 401), ("DPoP", 200)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_that_the_app_was_not_granted_is_named() {
    let world = World::start().await;
    let key = world.post("/connections/keys", json!({})).await;
    let public = key["public_key"].as_str().unwrap();
    let app = app(&world, public, &["okta.users.read"], false).await;
    let made = json!({"made": key["id"]});
    let (status, refused) = create(&world, &app, made.clone(), &["okta.logs.read"]).await;
    assert_eq!(status, 502, "{refused}");
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("okta.logs.read"),
        "{refused}"
    );
    // The key is kept for the next try. What was granted is used, the rest is named.
    let (status, answer) = create(
        &world,
        &app,
        made,
        &["okta.users.read", "okta.groups.manage"],
    )
    .await;
    assert_eq!(
        (status, &answer["missing"]),
        (201, &json!(["okta.groups.manage"])),
        "{answer}"
    );
    let id = answer["connection"].as_str().unwrap();
    let detail = world.get(&format!("/connections/{id}")).await;
    assert_eq!(detail["connection"]["scopes"], json!(["okta.users.read"]));
    assert_eq!(
        world.okta.tokens_active(),
        1,
        "tokens of the search are revoked"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_an_unknown_client_and_a_stopped_org_are_told_apart() {
    let world = World::start().await;
    let key = world.post("/connections/keys", json!({})).await;
    let other = world.post("/connections/keys", json!({})).await;
    let scopes = ["okta.users.read"];
    let app = app(&world, key["public_key"].as_str().unwrap(), &scopes, false).await;
    let message = |answer: &Json| answer["message"].as_str().unwrap_or_default().to_owned();

    let (status, wrong_key) = create(&world, &app, json!({"made": other["id"]}), &scopes).await;
    assert_eq!(status, 502, "{wrong_key}");
    assert!(message(&wrong_key).contains("signature"), "{wrong_key}");
    let (_, unknown) = create(&world, "0oanobody", json!({"made": key["id"]}), &scopes).await;
    assert!(message(&unknown).contains("client ID"), "{unknown}");
    let (status, no_key) = create(&world, &app, json!({"pasted": "hello"}), &scopes).await;
    assert_eq!(status, 422, "{no_key}");
    let (status, lost) = create(&world, &app, json!({"made": "nothing"}), &scopes).await;
    assert_eq!(status, 422, "{lost}");
    let body = json!({"name": "x", "domain": "http://127.0.0.1:9", "client_id": app,
        "key": {"made": key["id"]}, "scopes": scopes});
    let (_, down) = world.rest("POST", "/connections", Some(body)).await;
    assert!(message(&down).contains("could not be reached"), "{down}");
    assert_eq!(world.get("/connections").await, json!([]));
}
