//! An API endpoint flow built through REST: called, answered, kept.

use okta_sim::{Fault, FaultRule};
use serde_json::{Value as Json, json};

use crate::cards::{card, org_card, typed};
use crate::database::Database;
use crate::world::World;

/// A flow that greets: endpoint, Compose, Return.
fn greeter(id: &str, access: &str) -> Json {
    let text = json!({"base": "text"});
    let from = |step: &str, group: Option<&str>, key: &str| json!({"kind": "output", "source": {"step": step, "field": {"group": group, "key": key}}});
    json!({
        "id": id, "name": "Greeter", "access": access, "saves_data": true,
        "steps": [
            {"id": "start", "card": "http:accept", "outputs": [
                {"key": {"group": "body", "key": "name"}, "label": "name", "type": text, "custom": true}]},
            {"id": "greet", "card": "string:compose",
             "inputs": [{"key": {"key": "_text_"}, "label": "Text", "type": text, "required": true,
                "binding": {"kind": "template", "parts": [
                    {"kind": "text", "text": "Hello, "},
                    {"kind": "value", "name": "who", "binding": from("start", Some("body"), "name")}]}}],
             "outputs": [{"key": {"key": "output"}, "label": "Output", "type": text}]},
            {"id": "end", "card": "control:return",
             "inputs": [{"key": {"key": "greeting"}, "label": "greeting", "type": text, "custom": true,
                "binding": from("greet", None, "output")}]}
        ]
    })
}

async fn make(world: &World, access: &str) -> String {
    let row = world.post("/flows", json!({"name": "Greeter"})).await;
    let id = row["id"].as_str().unwrap().to_owned();
    let view = world.get(&format!("/flows/{id}")).await;
    let draft = json!({"revision": view["revision"], "draft": greeter(&id, access)});
    let (status, answer) = world
        .rest("PUT", &format!("/flows/{id}/draft"), Some(draft))
        .await;
    assert_eq!(status, 200, "{answer}");
    world.post(&format!("/flows/{id}/on"), json!({})).await;
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_becomes_a_run_and_its_return_the_answer() {
    let world = World::start().await;
    greets(&world).await;
}

/// An endpoint is called, answers and is in the history.
pub(crate) async fn greets(world: &World) {
    let id = make(world, "public").await;
    let answer = reqwest::Client::new()
        .post(format!("{}/api/flow/{id}/invoke", world.nagare.url))
        .json(&json!({"name": "Ada"}))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    let policy = &answer.headers()["content-security-policy"];
    assert!(policy.to_str().unwrap().starts_with("sandbox"));
    assert_eq!(
        answer.json::<Json>().await.unwrap(),
        json!({"greeting": "Hello, Ada"})
    );
    let run = world.next_run(&id).await;
    assert_eq!(run["row"]["status"], "succeeded");
    assert_eq!(run["row"]["cause"], "endpoint");
    let greet = run["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|step| step["step"] == "greet")
        .unwrap();
    assert_eq!(greet["inputs"][0]["value"], "Hello, Ada", "{greet}");
    assert_eq!(greet["outputs"][0]["value"], "Hello, Ada", "{greet}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_server_asks_callers_to_come_again() {
    let mut world = World::with(Database::File, |options| options.runs_at_once = 1).await;
    let connection = world.connect().await;
    world.okta.fault(FaultRule {
        method: None,
        path_contains: "/api/v1/users/me".to_owned(),
        times: 100,
        fault: Fault::Slow { ms: 700 },
    });
    let who = typed(Some("User"), "ID or Login", "text", json!("me"));
    let steps = json!([
        card("start", "http:accept", &[], &[]),
        org_card("read", "okta:readUser", &connection, &[who])
    ]);
    let id = world.flow("Slow", steps, json!({"access": "public"})).await;
    let url = format!("{}/api/flow/{id}/invoke", world.nagare.url);
    let calls = (0..4).map(|_| reqwest::get(&url));
    let mut statuses = Vec::new();
    for answer in futures::future::join_all(calls).await {
        statuses.push(answer.unwrap().status().as_u16());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 503, 503, 503]);
    assert_eq!(world.runs(&id).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_token_is_asked_for() {
    let world = World::start().await;
    let id = make(&world, "client_token").await;
    let url = format!("{}/api/flow/{id}/invoke", world.nagare.url);
    let http = reqwest::Client::new();
    let refused = http.post(&url).json(&json!({})).send().await.unwrap();
    assert_eq!(refused.status(), 401);
    let view = world.get(&format!("/flows/{id}")).await;
    let token = view["endpoint"]["client_token"].as_str().unwrap();
    let allowed = http
        .post(&url)
        .header("x-api-client-token", token)
        .json(&json!({"name": "Bo"}))
        .send()
        .await
        .unwrap();
    assert_eq!(allowed.status(), 200);
    world.post(&format!("/flows/{id}/off"), json!({})).await;
    let off = http
        .post(&url)
        .header("x-api-client-token", token)
        .send()
        .await
        .unwrap();
    assert_eq!(off.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_draft_is_a_conflict_and_changes_nothing() {
    let world = World::start().await;
    let id = make(&world, "public").await;
    let stale = json!({"revision": 1, "draft": greeter(&id, "client_token")});
    let (status, answer) = world
        .rest("PUT", &format!("/flows/{id}/draft"), Some(stale))
        .await;
    assert_eq!(
        (status, answer["code"].as_str()),
        (409, Some("conflict")),
        "{answer}"
    );
    let view = world.get(&format!("/flows/{id}")).await;
    assert_eq!(view["draft"]["access"], "public");
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_packs_are_refused_with_a_reason() {
    let world = World::start().await;
    let http = reqwest::Client::new();
    for pack in [
        "",
        "{",
        "[]",
        "{\"type\":\"flopack\"}",
        "{\"type\":\"other\",\"version\":\"1.5.0\",\"data\":{}}",
        "\u{0}\u{1}",
    ] {
        let answer = http
            .post(format!("{}/api/v1/packs", world.nagare.url))
            .bearer_auth(&world.token)
            .header("content-type", "application/json")
            .body(pack)
            .send()
            .await
            .unwrap();
        let status = answer.status().as_u16();
        let body: Json = answer.json().await.unwrap();
        assert!((400..500).contains(&status), "{pack:?}: {status}");
        assert!(
            body["message"].as_str().is_some_and(|text| text.len() > 10),
            "{pack:?}: {body}"
        );
    }
    assert_eq!(world.get("/flows").await["flows"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_with_a_call_is_said_in_json() {
    let world = World::start().await;
    let id = make(&world, "client_token").await;
    let view = world.get(&format!("/flows/{id}")).await;
    let token = view["endpoint"]["client_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let url = format!("{}/api/flow/{id}/invoke", world.nagare.url);
    let http = reqwest::Client::new();
    let said = async |request: reqwest::RequestBuilder| {
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let said: Json = answer.json().await.unwrap();
        assert!(said["error"]["message"].is_string(), "{said}");
        (status, said["error"]["code"].as_str().unwrap().to_owned())
    };
    let check = async |request: reqwest::RequestBuilder, status: u16, code: &str| {
        assert_eq!(said(request).await, (status, code.to_owned()));
    };
    let with_token =
        |request: reqwest::RequestBuilder| request.header("X-Api-Client-Token", &token);
    check(http.get(&url), 401, "endpoint.no_token").await;
    check(
        http.get(format!("{url}?clientToken=x")),
        401,
        "endpoint.wrong_token",
    )
    .await;
    check(with_token(http.put(&url)), 405, "endpoint.method").await;
    check(
        with_token(http.post(&url)).body(vec![b'x'; 3 << 20]),
        413,
        "endpoint.too_large",
    )
    .await;
    // Who may not call is told so before the body is read, and hears it although the connection still carries the body.
    for _ in 0..20 {
        check(
            http.post(&url).body(vec![b'x'; 30 << 20]),
            401,
            "endpoint.no_token",
        )
        .await;
    }
    let elsewhere = format!("{}/api/flow/nothing/invoke", world.nagare.url);
    check(http.get(elsewhere), 404, "endpoint.not_found").await;
    let form =
        with_token(http.post(&url)).header("content-type", "application/x-www-form-urlencoded");
    let answer = form.body("name=%E8%8A%B1%E5%AD%90").send().await.unwrap();
    assert_eq!(
        answer.json::<Json>().await.unwrap(),
        json!({"greeting": "Hello, 花子"})
    );
    world.post(&format!("/flows/{id}/off"), json!({})).await;
    check(with_token(http.get(&url)), 404, "endpoint.not_found").await;
}
