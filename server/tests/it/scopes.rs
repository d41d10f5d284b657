//! Scopes: computed from the cards, asked for, shown, and named where they are missing.

use serde_json::{Value as Json, json};

use crate::cards::{by_hand, org_card, typed};
use crate::service_app::{connected, grant, read_user};
use crate::world::World;

fn suspend(connection: &str) -> Json {
    let who = typed(Some("User"), "ID or Login", "text", json!("x@y.example"));
    let card = org_card("suspend", "okta:suspendUser", connection, &[who]);
    json!([by_hand(), card])
}

/// Calls any path.
fn call(connection: &str, path: &str) -> Json {
    let path = typed(Some("Request"), "Relative URL", "text", json!(path));
    let card = org_card("call", "okta:hTTPRequest", connection, &[path]);
    json!([by_hand(), card])
}

async fn reauthorize(world: &World, id: &str) -> u16 {
    let path = format!("/connections/{id}/reauthorize");
    world.rest("POST", &path, None).await.0
}

fn scope<'a>(detail: &'a Json, name: &str) -> &'a Json {
    detail["scopes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|state| state["scope"] == name)
        .unwrap_or_else(|| panic!("{name} is not shown: {detail}"))
}

/// The scopes that the org's consent page was asked for.
async fn asked(world: &mut World, id: &str) -> Vec<String> {
    let answer = world
        .browser
        .post_json(
            &format!("{}/rpc/reauthorize", world.nagare.url),
            &json!({ "id": id }),
        )
        .await;
    let url: String = serde_json::from_str(&answer.text).unwrap();
    let url: url::Url = url.parse().unwrap();
    let (_, scopes) = url.query_pairs().find(|(name, _)| name == "scope").unwrap();
    let mut scopes: Vec<String> = scopes.split(' ').map(str::to_owned).collect();
    scopes.sort();
    scopes
}

#[tokio::test(flavor = "multi_thread")]
async fn authorizing_again_asks_for_what_the_cards_need_and_no_more() {
    let (mut world, id) = World::connected().await;
    let login = world.okta.admin_login().to_owned();
    let all = asked(&mut world, &id).await;
    assert!(
        all.iter()
            .any(|scope| scope == "okta.apps.manage" || scope == "okta.apps.read")
    );
    world.draft("Read", read_user(&id, &login), json!({})).await;
    let read = [
        "email",
        "offline_access",
        "okta.linkedObjects.read",
        "okta.schemas.read",
        "okta.users.read",
        "openid",
        "profile",
    ];
    assert_eq!(asked(&mut world, &id).await, read);
    // To manage includes to read: the smaller one is not asked for beside it.
    world.draft("Suspend", suspend(&id), json!({})).await;
    let manage = [
        "email",
        "offline_access",
        "okta.linkedObjects.read",
        "okta.schemas.read",
        "okta.users.manage",
        "openid",
        "profile",
    ];
    assert_eq!(asked(&mut world, &id).await, manage);

    let detail = world.get(&format!("/connections/{id}")).await;
    let users = scope(&detail, "okta.users.manage");
    assert_eq!(
        (&users["need"], &users["is_granted"]),
        (&json!("needed"), &json!(true))
    );
    assert_eq!(users["cards"][0]["en"], "Suspend User");
    assert_eq!(scope(&detail, "okta.groups.manage")["need"], "none");
    let names: Vec<&Json> = detail["uses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|flow| &flow["cards"][0]["en"])
        .collect();
    assert_eq!(names, [&json!("Read User"), &json!("Suspend User")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_whose_connection_lacks_a_scope_is_not_turned_on() {
    let world = World::start().await;
    let (id, app) = connected(&world, &["okta.users.read"], false).await;
    let flow = world.draft("Suspend", suspend(&id), json!({})).await;
    let (status, refused) = world
        .rest("POST", &format!("/flows/{flow}/on"), Some(json!({})))
        .await;
    assert_eq!(
        (status, &refused["code"]),
        (422, &json!("has_problems")),
        "{refused}"
    );
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("okta.users.manage"),
        "{refused}"
    );
    let detail = world.get(&format!("/connections/{id}")).await;
    let users = scope(&detail, "okta.users.manage");
    assert_eq!(
        (&users["need"], &users["is_granted"]),
        (&json!("needed"), &json!(false))
    );

    // Granted at the org and authorized again, the flow can be turned on.
    grant(&world, &app, "okta.users.manage").await;
    assert_eq!(reauthorize(&world, &id).await, 200);
    let detail = world.get(&format!("/connections/{id}")).await;
    assert_eq!(detail["connection"]["scopes"], json!(["okta.users.manage"]));
    let on = world.post(&format!("/flows/{flow}/on"), json!({})).await;
    assert_eq!(on["is_on"], true, "{on}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_that_is_taken_back_is_named_by_the_run_that_fails() {
    let world = World::start().await;
    let (id, app) = connected(&world, &["okta.users.read", "okta.groups.read"], false).await;
    let login = world.okta.admin_login().to_owned();
    world.flow("Read", read_user(&id, &login), json!({})).await;
    let groups = call(&id, "/api/v1/groups");
    let flow = world.flow("Groups", groups, json!({})).await;
    let run = world.run(&flow, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run}");

    let path = format!("/api/v1/apps/{app}/grants");
    let (_, grants) = world.org("GET", &path, None).await;
    let grants = grants.as_array().unwrap();
    let groups = grants
        .iter()
        .find(|grant| grant["scopeId"] == "okta.groups.read")
        .unwrap();
    let path = format!("{path}/{}", groups["id"].as_str().unwrap());
    assert_eq!(world.org("DELETE", &path, None).await.0, 204);
    assert_eq!(reauthorize(&world, &id).await, 200);
    let detail = world.get(&format!("/connections/{id}")).await;
    assert_eq!(detail["connection"]["scopes"], json!(["okta.users.read"]));
    assert_eq!(scope(&detail, "okta.groups.read")["is_granted"], false);

    let run = world.run(&flow, json!({})).await;
    assert_eq!(run["row"]["status"], "failed", "{run}");
    let error = run["error"]["message"].as_str().unwrap_or_default();
    assert!(error.contains("lacks the scope okta.groups.read"), "{run}");
}
