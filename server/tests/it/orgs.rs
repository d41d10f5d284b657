//! Several orgs, custom domains, renewals under load, and orgs that are down when tokens are to be revoked.

use std::time::{Duration, Instant};

use okta_sim::{Issuer, OktaSim, SimConfig};
use serde_json::{Value as Json, json};

use crate::cards::{by_hand, org_card, typed};
use crate::service_app::{app, read_user};
use crate::world::World;

async fn until(what: &str, done: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !done().await {
        assert!(begun.elapsed() < Duration::from_secs(30), "never: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Calls of the token endpoint.
fn renewals(okta: &OktaSim) -> usize {
    let calls = okta.calls();
    let tokens = calls
        .iter()
        .filter(|call| call.path_and_query == "/oauth2/v1/token");
    tokens.count()
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_in_parallel_renew_a_token_once() {
    let (world, id) = World::connected().await;
    let steps = read_user(&id, world.okta.admin_login());
    let flow = world.flow("Read", steps, json!({})).await;
    let before = renewals(&world.okta);
    // All tokens of the org end; only the refresh token works, once, and seeing it twice would end everything.
    world.okta.advance_clock(Duration::from_secs(3_700));
    let mut begun = Vec::new();
    for _ in 0..16 {
        begun.push(world.begin(&flow, json!({})).await);
    }
    for run in begun {
        let run = world.ended(&run).await;
        assert_eq!(run["row"]["status"], "succeeded", "{run}");
    }
    assert_eq!(renewals(&world.okta) - before, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_orgs_are_never_mixed() {
    let (mut world, first) = World::connected().await;
    let other = OktaSim::start(SimConfig::new(chrono::Utc::now()))
        .await
        .unwrap();
    other.raise_limits(1_000);
    let one = std::mem::replace(&mut world.okta, other);
    let second = world.connect().await;
    assert_ne!(first, second);
    let profile = json!({"firstName": "Only", "lastName": "There", "email": "only@there.example", "login": "only@there.example"});
    let (status, _) = world
        .org("POST", "/api/v1/users", Some(json!({ "profile": profile })))
        .await;
    assert_eq!(status, 200);
    let read = async |connection: &str| {
        let steps = read_user(connection, "only@there.example");
        let flow = world.flow(connection, steps, json!({})).await;
        world.run(&flow, json!({})).await["row"]["status"].clone()
    };
    let before = one.calls().len();
    assert_eq!(read(&second).await, "succeeded");
    assert_eq!(one.calls().len(), before, "the other org was not asked");
    assert_eq!(read(&first).await, "failed", "nobody of that name is there");
    // Deleting the one leaves the tokens of the other alone.
    let (_, deleted) = world
        .rest("DELETE", &format!("/connections/{first}"), None)
        .await;
    assert_eq!(deleted["pending"], 0, "{deleted}");
    assert_eq!((one.tokens_active(), world.okta.tokens_active()), (0, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_org_is_authorized_under_its_custom_domain() {
    for issuer in [Issuer::Followed, Issuer::Fixed] {
        let mut world = World::start().await;
        let domain = world.okta.add_custom_domain("localhost", issuer);
        let page = world.authorize_at(&domain, true).await;
        assert_eq!(page.status, 200, "{}", page.text);
        let id = page.url.path().rsplit('/').next().unwrap().to_owned();
        let detail = world.get(&format!("/connections/{id}")).await;
        assert_eq!(detail["connection"]["domain"], json!(domain));
        // Pages of a list lead on under the same name.
        let path = typed(
            Some("Request"),
            "Relative URL",
            "text",
            json!("/api/v1/users?limit=50"),
        );
        let method = typed(None, "requestType", "text", json!("GET"));
        let card = org_card("call", "okta:hTTPRequest", &id, &[path, method]);
        let flow = world
            .flow("List", json!([by_hand(), card]), json!({}))
            .await;
        let run = world.run(&flow, json!({})).await;
        assert_eq!(run["row"]["status"], "succeeded", "{issuer:?}: {run}");
        let (_, deleted) = world
            .rest("DELETE", &format!("/connections/{id}"), None)
            .await;
        assert_eq!(deleted["pending"], 0, "{deleted}");
        assert_eq!(world.okta.tokens_active(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_app_works_under_a_custom_domain_with_bound_tokens() {
    let world = World::start().await;
    let domain = world.okta.add_custom_domain("localhost", Issuer::Fixed);
    let key = world.post("/connections/keys", json!({})).await;
    let scopes = ["okta.users.read"];
    let app = app(&world, key["public_key"].as_str().unwrap(), &scopes, true).await;
    let body = json!({"name": "id", "domain": domain, "client_id": app, "key": {"made": key["id"]}, "scopes": scopes});
    let made = world.post("/connections", body).await;
    let id = made["connection"].as_str().unwrap();
    let test = world
        .post(&format!("/connections/{id}/test"), json!({}))
        .await;
    assert_eq!(test["works"], true, "{test}");
}

/// Stops the org and returns what it takes to start it again at the same address.
async fn stopped(world: &mut World) -> SimConfig {
    let now = chrono::Utc::now();
    let nowhere = OktaSim::start(SimConfig::new(now)).await.unwrap();
    let okta = std::mem::replace(&mut world.okta, nowhere);
    let port = okta.url().rsplit(':').next().unwrap().parse().unwrap();
    let tokens = Some(okta.tokens().unwrap());
    okta.stop().await;
    SimConfig {
        port,
        tokens,
        ..SimConfig::new(now)
    }
}

async fn audited(world: &World, action: &str, text: &str) -> i64 {
    let from = format!(
        "audit where action = '{action}' and after_change like '%{text}%' and actor is not null"
    );
    world.count(&from).await
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_revoked_when_the_org_is_back_also_after_a_restart() {
    let (mut world, id) = World::connected().await;
    let config = stopped(&mut world).await;
    let (status, deleted) = world
        .rest("DELETE", &format!("/connections/{id}"), None)
        .await;
    assert_eq!(
        (status, &deleted["revoked"], &deleted["pending"]),
        (200, &json!(0), &json!(2)),
        "{deleted}"
    );
    assert_eq!(audited(&world, "connection.delete", "pending").await, 1);
    assert_eq!(audited(&world, "connection.revoke", "confirmed").await, 0);
    let mut world = world.restarted().await;
    world.okta = OktaSim::start(config).await.unwrap();
    assert_eq!(world.okta.tokens_active(), 2);
    until("the org confirms", async || {
        world.count("pending_revocation").await == 0
    })
    .await;
    assert_eq!(world.okta.tokens_active(), 0);
    assert_eq!(audited(&world, "connection.revoke", "confirmed").await, 1);
    assert_eq!(
        audited(&world, "connection.revoke", "\"revoked\":2").await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_org_that_is_down_is_named_before_anybody_leaves_for_it() {
    let mut world = World::start().await;
    let request = json!({"request": {"name": "x", "domain": "http://127.0.0.1:9", "client_id": "y", "client_secret": ""}});
    let answer = world
        .browser
        .post_json(&format!("{}/rpc/authorize", world.nagare.url), &request)
        .await;
    assert!(
        answer.text.contains("could not be reached"),
        "{}",
        answer.text
    );
    let nagare = world.nagare.url.clone();
    let not_an_org =
        json!({"request": {"name": "x", "domain": nagare, "client_id": "y", "client_secret": ""}});
    let answer: Json = {
        let answer = world
            .browser
            .post_json(&format!("{nagare}/rpc/authorize"), &not_an_org)
            .await;
        json!(answer.text)
    };
    assert!(answer.to_string().contains("like an Okta org"), "{answer}");
}
