//! Authorizing an org, and everything that can go wrong on the way.

use okta_sim::{Fault, FaultRule};
use serde_json::json;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn an_org_is_authorized_tested_reauthorized_and_deleted() {
    let (mut world, id) = World::connected().await;
    let list = world.get("/connections").await;
    assert_eq!(list[0]["state"], "authorized");
    assert_eq!(list[0]["account"], json!(world.okta.admin_login()));
    let test = world
        .post(&format!("/connections/{id}/test"), json!({}))
        .await;
    assert_eq!(test["works"], true, "{test}");
    let live = world.okta.tokens_active();
    assert!(live >= 2, "{live} tokens");
    let again = world
        .browser
        .post_json(
            &format!("{}/rpc/reauthorize", world.nagare.url),
            &json!({ "id": id }),
        )
        .await;
    let url: String = serde_json::from_str(&again.text).unwrap();
    let consent = world.browser.get(&url).await;
    let done = world
        .browser
        .submit(&consent, &[("decision", "allow")])
        .await;
    assert!(done.url.path().ends_with(&id), "{}", done.url);
    let test = world
        .post(&format!("/connections/{id}/test"), json!({}))
        .await;
    assert_eq!(test["works"], true, "{test}");
    let (status, deleted) = world
        .rest("DELETE", &format!("/connections/{id}"), None)
        .await;
    assert_eq!(
        (status, deleted["pending"].as_i64()),
        (200, Some(0)),
        "{deleted}"
    );
    assert_eq!(world.okta.tokens_active(), 0);
    assert_eq!(world.get("/connections").await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denied_consent_comes_back_with_a_reason() {
    let mut world = World::start().await;
    let page = world.authorize(false).await;
    assert_eq!(
        page.url.query(),
        Some("error=access_denied"),
        "{}",
        page.url
    );
    assert_eq!(world.get("/connections").await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_client_secret_comes_back_with_a_reason() {
    let mut world = World::start().await;
    let request = json!({"request": {"name": "acme", "domain": world.okta.url(),
        "client_id": world.okta.client_id(), "client_secret": "wrong"}});
    let answer = world
        .browser
        .post_json(&format!("{}/rpc/authorize", world.nagare.url), &request)
        .await;
    let url: String = serde_json::from_str(&answer.text).unwrap();
    let (login, password) = (
        world.okta.admin_login().to_owned(),
        world.okta.admin_password().to_owned(),
    );
    let sign_in = world.browser.get(&url).await;
    let consent = world
        .browser
        .submit(&sign_in, &[("username", &login), ("password", &password)])
        .await;
    let page = world
        .browser
        .submit(&consent, &[("decision", "allow")])
        .await;
    assert_eq!(
        page.url.query(),
        Some("error=invalid_client"),
        "{}",
        page.url
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_that_nobody_began_is_refused() {
    let mut world = World::start().await;
    let page = world
        .browser
        .get(&format!(
            "{}/connections/callback?code=x&state=y",
            world.nagare.url
        ))
        .await;
    assert_eq!(page.url.query(), Some("error=state_lost"), "{}", page.url);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_of_a_deleted_connection_stay_pending_while_the_org_is_down() {
    let (world, id) = World::connected().await;
    world.okta.fault(FaultRule {
        method: None,
        path_contains: "/oauth2/v1/revoke".to_owned(),
        times: 5,
        fault: Fault::Status(503),
    });
    let (status, deleted) = world
        .rest("DELETE", &format!("/connections/{id}"), None)
        .await;
    assert_eq!(
        (status, deleted["revoked"].as_i64()),
        (200, Some(0)),
        "{deleted}"
    );
    assert!(deleted["pending"].as_i64().unwrap() >= 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_that_is_none_is_named() {
    let mut world = World::start().await;
    let request = json!({"request": {"name": "x", "domain": "acme-admin.okta.com", "client_id": "y", "client_secret": ""}});
    let answer = world
        .browser
        .post_json(&format!("{}/rpc/authorize", world.nagare.url), &request)
        .await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("-admin"), "{}", answer.text);
}
