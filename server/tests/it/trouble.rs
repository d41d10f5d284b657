//! Runs that meet trouble: helpers that are off or call themselves, orgs that are down, refuse or ask for patience.

use std::time::{Duration, Instant};

use okta_sim::{Fault, FaultRule};
use serde_json::{Value as Json, json};

use crate::cards::{argument, by_hand, card, flow, helper, org_card, typed};
use crate::world::World;

fn call(id: &str, of: &str) -> Json {
    card(id, "control:spawn", &[flow(of)], &[])
}

fn read_user(id: &str, connection: &str, login: &str) -> Json {
    let who = typed(Some("User"), "ID or Login", "text", json!(login));
    org_card(id, "okta:readUser", connection, &[who])
}

fn message(run: &Json) -> &str {
    run["error"]["message"].as_str().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_is_off_cannot_be_started() {
    let world = World::start().await;
    let id = world.draft("Sleeper", json!([by_hand()]), json!({})).await;
    let (status, answer) = world
        .rest("POST", &format!("/flows/{id}/runs"), Some(json!({})))
        .await;
    assert_eq!(status, 422, "{answer}");
    let text = answer["message"].as_str().unwrap();
    assert!(text.contains("Sleeper") && text.contains("off"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_helper_that_is_off_is_named() {
    let world = World::start().await;
    let off = world
        .draft("Helping hand", json!([helper(&[])]), json!({}))
        .await;
    let id = world
        .flow("Caller", json!([by_hand(), call("call", &off)]), json!({}))
        .await;
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "failed", "{run:#}");
    assert!(message(&run).contains("Helping hand"), "{run:#}");
    assert_eq!(run["failed_step"], "call", "{run:#}");
    let (status, _) = world.rest("DELETE", &format!("/flows/{off}"), None).await;
    if (200..300).contains(&status) {
        let run = world.run(&id, json!({})).await;
        assert_eq!(run["error"]["code"], "helper.gone", "{run:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_helper_that_calls_itself_stops_at_250() {
    let world = World::start().await;
    let id = world
        .draft("Ouroboros", json!([helper(&[])]), json!({}))
        .await;
    let steps = json!([helper(&[]), call("again", &id)]);
    world.save(&id, "Ouroboros", steps, json!({})).await;
    world.post(&format!("/flows/{id}/on"), json!({})).await;
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "failed", "{run:#}");
    assert_eq!(run["error"]["code"], "helper.too_deep", "{run:#}");
    assert!(message(&run).contains("calls itself"), "{run:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn for_each_goes_through_a_thousand_items() {
    let world = World::start().await;
    let each = world
        .flow("One", json!([helper(&["item"])]), json!({}))
        .await;
    let items: Vec<Json> = (0..1_000)
        .map(|number| json!(format!("item {number}")))
        .collect();
    let list = json!({"key": {"key": "list"}, "label": "list", "type": {"base": "any", "list": true},
        "binding": {"kind": "constant", "value": items}});
    let inputs = [
        list,
        flow(&each),
        typed(None, "concurrency", "number", json!(10)),
        argument("item", json!({"kind": "item"})),
    ];
    let steps = json!([by_hand(), card("each", "list:each", &inputs, &[])]);
    let id = world.flow("All", steps, json!({})).await;
    let begun = Instant::now();
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    println!("1,000 helper runs took {} ms", begun.elapsed().as_millis());
    let parent = run["row"]["id"].as_str().unwrap();
    let mut seen = 0;
    let mut after = String::new();
    loop {
        let page = world
            .get(&format!("/runs?parent={parent}&limit=200{after}"))
            .await;
        seen += page["runs"].as_array().unwrap().len();
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(seen, 1_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_org_that_goes_down_in_the_middle_fails_the_run_with_a_reason() {
    let (world, connection) = World::connected().await;
    let admin = world.okta.admin_login().to_owned();
    let steps = json!([
        by_hand(),
        read_user("first", &connection, &admin),
        read_user("second", &connection, "me"),
    ]);
    let id = world.flow("Reads twice", steps, json!({})).await;
    world.okta.fault(FaultRule {
        method: None,
        path_contains: "/api/v1/users/me".to_owned(),
        times: 1_000,
        fault: Fault::Reset,
    });
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "failed", "{run:#}");
    assert_eq!(run["failed_step"], "second", "{run:#}");
    assert!(message(&run).contains("could not be reached"), "{run:#}");
    let calls = run["steps"][2]["calls"].as_array().unwrap();
    assert!(calls.len() > 1 && calls[0]["status"].is_null(), "{run:#}");
    let connections = world.get("/connections").await;
    assert_eq!(connections[0]["state"], "authorized", "{connections}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_org_that_ended_the_authorization_says_so() {
    let (world, connection) = World::connected().await;
    let (_, me) = world
        .org(
            "GET",
            &format!("/api/v1/users/{}", world.okta.admin_login()),
            None,
        )
        .await;
    let steps = json!([by_hand(), read_user("read", &connection, "me")]);
    let id = world.flow("Reads", steps, json!({})).await;
    let path = format!(
        "/api/v1/users/{}/clients/{}/tokens",
        me["id"].as_str().unwrap(),
        world.okta.client_id()
    );
    let (status, answer) = world.org("DELETE", &path, None).await;
    assert_eq!(status, 204, "{answer}");
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "failed", "{run:#}");
    assert_eq!(run["error"]["code"], "connection.reauthorize", "{run:#}");
    assert!(
        message(&run).to_lowercase().contains("reauthorize"),
        "{run:#}"
    );
    let connections = world.get("/connections").await;
    assert_eq!(
        connections[0]["state"], "needs_reauthorization",
        "{connections}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_used_up_rate_limit_makes_the_run_wait() {
    let (world, connection) = World::connected().await;
    let steps = json!([by_hand(), read_user("read", &connection, "me")]);
    let id = world.flow("Reads", steps, json!({})).await;
    world.okta.fault(FaultRule {
        method: None,
        path_contains: "/api/v1/users/me".to_owned(),
        times: 1,
        fault: Fault::TooManyRequests { reset_in_s: 2 },
    });
    let begun = Instant::now();
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    assert!(
        begun.elapsed() >= Duration::from_secs(1),
        "{:?}",
        begun.elapsed()
    );
    let statuses: Vec<&Json> = run["steps"][1]["calls"]
        .as_array()
        .unwrap()
        .iter()
        .map(|call| &call["status"])
        .collect();
    assert_eq!(statuses, [&json!(429), &json!(200)], "{run:#}");
}

/// A flow that makes a user; whether the call took effect is not known, and the user is there (or not).
async fn unknown(helped: bool) -> (World, String) {
    let (world, connection) = World::connected().await;
    let of_user = |key: &str, value: &str| typed(Some("Profile"), key, "text", json!(value));
    let inputs = [
        of_user("login", "mirai@aozora.example"),
        of_user("email", "mirai@aozora.example"),
        of_user("firstName", "Mirai"),
        of_user("lastName", "Asano"),
    ];
    let mut create = org_card("create", "okta:createUser", &connection, &inputs);
    create["outputs"] = json!([{"key": {"group": "Results", "key": "ID"}, "label": "ID", "type": {"base": "text"}}]);
    let source = json!({"kind": "output", "source": {"step": "create", "field": {"group": "Results", "key": "ID"}}});
    let mut value = typed(None, "result", "text", json!(""));
    value["binding"] = source;
    value["custom"] = json!(true);
    let back = card("back", "control:return", &[value], &[]);
    let first = if helped { helper(&[]) } else { by_hand() };
    let mut id = world
        .flow("Makes a user", json!([first, create, back]), json!({}))
        .await;
    if helped {
        let steps = json!([by_hand(), call("call", &id)]);
        id = world.flow("Asks for a user", steps, json!({})).await;
    }
    world.okta.fault(FaultRule {
        path_contains: "/api/v1/users".to_owned(),
        method: Some("POST".to_owned()),
        times: 1,
        fault: Fault::Reset,
    });
    (world, id)
}

async fn decide(world: &World, run: &str, decision: Json) -> (u16, Json) {
    world
        .rest("POST", &format!("/runs/{run}/decision"), Some(decision))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_of_unknown_outcome_waits_for_a_person_and_is_made_again() {
    let (world, id) = unknown(false).await;
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "outcome_unknown", "{run:#}");
    let run_id = run["row"]["id"].as_str().unwrap().to_owned();
    let (status, answer) = decide(&world, &run_id, json!({"decision": "perhaps"})).await;
    assert_eq!(status, 422, "{answer}");
    let (status, answer) = decide(&world, &run_id, json!({"decision": "again"})).await;
    assert_eq!(status, 200, "{answer}");
    let run = world.ended(&run_id).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    assert!(
        run["returned"]["result"]
            .as_str()
            .is_some_and(|id| id.starts_with("00u")),
        "{run:#}"
    );
    let (status, answer) = decide(&world, &run_id, json!({"decision": "again"})).await;
    assert_eq!(status, 409, "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_gives_what_the_lost_answer_would_have_given() {
    let (world, id) = unknown(false).await;
    let run = world.run(&id, json!({})).await;
    let run_id = run["row"]["id"].as_str().unwrap().to_owned();
    let wrong = json!({"decision": "done", "outputs": {"Nonsense": 1}});
    let (status, answer) = decide(&world, &run_id, wrong).await;
    assert_eq!(status, 422, "{answer}");
    let given = json!({"decision": "done", "outputs": {"Results.ID": "00u-by-hand"}});
    let (status, answer) = decide(&world, &run_id, given).await;
    assert_eq!(status, 200, "{answer}");
    let run = world.ended(&run_id).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    assert_eq!(run["returned"]["result"], "00u-by-hand", "{run:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_can_be_counted_as_failed() {
    let (world, id) = unknown(false).await;
    let run = world.run(&id, json!({})).await;
    let run_id = run["row"]["id"].as_str().unwrap().to_owned();
    let (status, answer) = decide(&world, &run_id, json!({"decision": "failed"})).await;
    assert_eq!(status, 200, "{answer}");
    let run = world.ended(&run_id).await;
    assert_eq!(run["row"]["status"], "failed", "{run:#}");
    assert_eq!(run["error"]["code"], "outcome_unknown", "{run:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_about_a_helper_run_takes_its_caller_along() {
    let (world, id) = unknown(true).await;
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "outcome_unknown", "{run:#}");
    let caller = run["row"]["id"].as_str().unwrap().to_owned();
    let helpers = world.get(&format!("/runs?parent={caller}")).await;
    let helper = helpers["runs"][0]["id"].as_str().unwrap().to_owned();
    let (status, answer) = decide(&world, &caller, json!({"decision": "again"})).await;
    assert_eq!(status, 409, "{answer}");
    assert!(
        answer["message"].as_str().unwrap().contains(&helper),
        "{answer}"
    );
    let (status, answer) = decide(&world, &helper, json!({"decision": "again"})).await;
    assert_eq!(status, 200, "{answer}");
    let run = world.ended(&caller).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let run = world.get(&format!("/runs/{helper}")).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let helpers = world.get(&format!("/runs?parent={caller}")).await;
    assert_eq!(helpers["runs"].as_array().unwrap().len(), 1, "{helpers:#}");
}
