//! Delegated flows: run by people who were granted just these, and who can do nothing else.

use serde_json::{Value as Json, json};

use crate::cards::{card, give_back};
use crate::people::nagare;
use crate::world::{PASSWORD, World};

/// A delegated flow that returns who ran it and what was filled in.
async fn flow(world: &World, name: &str) -> String {
    let field = |group: &str, key: &str, base: &str, custom: bool| json!({"key": {"group": group, "key": key}, "label": key, "type": {"base": base}, "custom": custom});
    let mut start = card(
        "start",
        "http:delegated",
        &[],
        &[
            field("user context", "okta-user-id", "text", false),
            field("inputs", "Who", "text", true),
            field("inputs", "Days", "number", true),
        ],
    );
    let mut who = field("inputs", "Who", "text", true);
    who["required"] = json!(true);
    start["inputs"] = json!([who, field("inputs", "Days", "number", true)]);
    let from = |group: &str, key: &str| json!({"kind": "output", "source": {"step": "start", "field": {"group": group, "key": key}}});
    let mut end = give_back("who", "start", "x");
    end["inputs"][0]["binding"] = from("inputs", "Who");
    let more = |key: &str, base: &str, binding: Json| json!({"key": {"key": key}, "label": key, "type": {"base": base}, "custom": true, "binding": binding});
    let inputs = end["inputs"].as_array_mut().unwrap();
    inputs.push(more("days", "number", from("inputs", "Days")));
    inputs.push(more("runner", "text", from("user context", "okta-user-id")));
    world.flow(name, json!([start, end]), json!({})).await
}

/// A member whose login is that of a user of the org; returns an API token.
fn member(world: &World, login: &str) -> String {
    let (made, said) = nagare(
        world,
        &["user", "create", "--role", "member", "--login", login],
        PASSWORD,
    );
    assert!(made, "{said}");
    let (made, token) = nagare(world, &["token", "create", "--login", login], "");
    assert!(made, "{token}");
    token.trim().to_owned()
}

async fn ask(
    world: &World,
    token: &str,
    method: &str,
    path: &str,
    body: Option<Json>,
) -> (u16, Json) {
    let url = format!("{}/api/v1{path}", world.nagare.url);
    let mut request = reqwest::Client::new()
        .request(method.parse().unwrap(), url)
        .bearer_auth(token);
    if let Some(body) = body {
        request = request.json(&body);
    }
    let answer = request.send().await.unwrap();
    (
        answer.status().as_u16(),
        answer.json().await.unwrap_or(Json::Null),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_granted_a_flow_runs_it_and_nothing_else() {
    let (world, _) = World::connected().await;
    let login = world.okta.admin_login().to_owned();
    let (granted, other) = (flow(&world, "Granted").await, flow(&world, "Other").await);
    let token = member(&world, &login);
    let (status, list) = ask(&world, &token, "GET", "/delegated", None).await;
    assert_eq!((status, list), (200, json!([])));
    let people = world.get(&format!("/flows/{granted}/delegates")).await;
    let person = people
        .as_array()
        .unwrap()
        .iter()
        .find(|person| person["login"] == login.to_lowercase())
        .unwrap();
    assert_eq!(
        (&person["is_granted"], &person["is_always"]),
        (&json!(false), &json!(false)),
        "{people}"
    );
    let path = format!("/flows/{granted}/delegates");
    let (status, saved) = world
        .rest("PUT", &path, Some(json!({"people": [person["person"]]})))
        .await;
    assert_eq!(status, 200, "{saved}");

    let (_, list) = ask(&world, &token, "GET", "/delegated", None).await;
    assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
    assert_eq!(
        list[0]["inputs"][0],
        json!({"name": "inputs.Who", "label": "Who", "type": {"base": "text"}, "is_required": true})
    );
    let runs = format!("/delegated/{granted}/runs");
    let (status, said) = ask(
        &world,
        &token,
        "POST",
        &runs,
        Some(json!({"inputs": {"Days": 3}})),
    )
    .await;
    assert_eq!(
        (status, said["message"].as_str()),
        (422, Some("Fill in «Who»."))
    );
    let (status, said) = ask(
        &world,
        &token,
        "POST",
        &runs,
        Some(json!({"inputs": {"Who": "x", "Days": "many"}})),
    )
    .await;
    assert_eq!(status, 422, "{said}");
    // Who runs it is not for the caller to say.
    let inputs = json!({"inputs": {"Who": "花子 \"x\"", "Days": 3, "user context.okta-user-id": "00uFORGED"}});
    let (status, run) = ask(&world, &token, "POST", &runs, Some(inputs)).await;
    assert_eq!(status, 202, "{run}");
    let id = run["id"].as_str().unwrap().to_owned();
    world.ended(&id).await;
    let (_, run) = ask(
        &world,
        &token,
        "GET",
        &format!("/delegated/runs/{id}"),
        None,
    )
    .await;
    let (_, user) = world
        .org("GET", &format!("/api/v1/users/{login}"), None)
        .await;
    assert_eq!(
        run["returned"],
        json!({"who": "花子 \"x\"", "days": 3, "runner": user["id"]}),
        "{run}"
    );
    assert_eq!(run["status"], "succeeded");

    // Nothing else is open to them.
    let (status, _) = ask(
        &world,
        &token,
        "POST",
        &format!("/delegated/{other}/runs"),
        Some(json!({"inputs": {"Who": "x"}})),
    )
    .await;
    assert_eq!(status, 403);
    let theirs = world.run(&other, json!({"Who": "y"})).await;
    let elsewhere = format!("/delegated/runs/{}", theirs["row"]["id"].as_str().unwrap());
    for (method, path) in [
        ("GET", "/flows".to_owned()),
        ("GET", format!("/flows/{granted}")),
        ("GET", format!("/runs/{id}")),
        ("GET", "/connections".to_owned()),
        ("GET", format!("/flows/{granted}/delegates")),
        ("GET", format!("/flows/{granted}/pack")),
        ("GET", elsewhere),
    ] {
        let (status, said) = ask(&world, &token, method, &path, None).await;
        assert!(
            matches!(status, 403 | 404),
            "{method} {path}: {status} {said}"
        );
    }
    let (status, _) = ask(&world, &token, "PUT", &path, Some(json!({"people": []}))).await;
    assert_eq!(status, 403);

    // What is taken away ends at once, and a flow that is off cannot be run.
    world.rest("PUT", &path, Some(json!({"people": []}))).await;
    let (status, _) = ask(
        &world,
        &token,
        "POST",
        &runs,
        Some(json!({"inputs": {"Who": "x"}})),
    )
    .await;
    assert_eq!(status, 403);
    world
        .post(&format!("/flows/{granted}/off"), json!({}))
        .await;
    let (status, said) = world
        .rest("POST", &runs, Some(json!({"inputs": {"Who": "x"}})))
        .await;
    assert_eq!(status, 422, "{said}");
}
