//! Flows that pause until somebody calls their resume address.

use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::cards::{card, mapped, output, typed};
use crate::world::World;

/// Asks for approval: endpoint, Pause, Return.
fn asks() -> Json {
    let question = typed(None, "question", "text", "May Ada join?");
    let mut question = question;
    question["custom"] = json!(true);
    json!([
        card(
            "start",
            "http:accept",
            &[],
            &[output(Some("context"), "resume_url")]
        ),
        card(
            "pause",
            "control:pause",
            &[question],
            &[output(None, "answer")]
        ),
        card(
            "end",
            "control:return",
            &[mapped("answer", "pause", "answer")],
            &[]
        )
    ])
}

async fn begin(world: &World, access: &str, more: Json) -> (String, Json) {
    let mut document = json!({ "access": access });
    for (key, value) in more.as_object().into_iter().flatten() {
        document[key] = value.clone();
    }
    let id = world.flow("Asks", asks(), document).await;
    let mut call =
        reqwest::Client::new().post(format!("{}/api/flow/{id}/invoke", world.nagare.url));
    if access == "client_token" {
        let view = world.get(&format!("/flows/{id}")).await;
        let token = view["endpoint"]["client_token"]
            .as_str()
            .unwrap_or_default();
        call = call.header("x-api-client-token", token);
    }
    let answer = call.send().await.unwrap();
    let status = answer.status().as_u16();
    let said: Json = answer.json().await.unwrap();
    assert_eq!(status, 200, "{said}");
    (id, said)
}

/// The same path at the address that the server has now.
fn here(world: &World, url: &Json) -> String {
    let path = url.as_str().unwrap().split("/api/").nth(1).unwrap();
    format!("{}/api/{path}", world.nagare.url)
}

async fn post(url: &str, body: Json) -> (u16, Json) {
    let sent = reqwest::Client::new().post(url).json(&body).send();
    let answer = sent.await.unwrap();
    (
        answer.status().as_u16(),
        answer.json().await.unwrap_or_default(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_flow_answers_its_caller_and_goes_on_when_it_is_resumed() {
    let world = World::start().await;
    let (id, said) = begin(&world, "public", json!({})).await;
    assert_eq!(said["question"], "May Ada join?");
    let run = said["execution_id"].as_str().unwrap();
    let shown = world.get(&format!("/runs/{run}")).await;
    assert_eq!(shown["steps"][1]["state"], "waiting", "{shown:#}");

    let url = said["resume_url"].as_str().unwrap();
    let (start, token) = url.rsplit_once('/').unwrap();
    assert_eq!(post(start, json!({})).await.0, 401);
    assert_eq!(
        post(&format!("{start}/{}", "0".repeat(64)), json!({}))
            .await
            .0,
        401
    );
    let other = url.replace(run, "01KAN0WQ8Z4T5V6X7Y8Z9A0B1C");
    assert_eq!(post(&other, json!({})).await.0, 401);
    let elsewhere = url.replace(&id, "another");
    assert_eq!(post(&elsewhere, json!({})).await.0, 404);
    let other_card = format!("{url}?card=other");
    assert_eq!(post(&other_card, json!({})).await.0, 409);
    assert_eq!(token.len(), 64);

    let (status, answer) = post(&format!("{url}?card=pause"), json!({"answer": "yes"})).await;
    assert_eq!((status, answer), (200, json!({"answer": "yes"})));
    let ended = world.ended(run).await;
    assert_eq!(ended["row"]["status"], "succeeded", "{ended:#}");
    assert_eq!(ended["returned"], json!({"answer": "yes"}));
    assert_eq!(post(url, json!({"answer": "no"})).await.0, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_survives_a_restart() {
    let world = World::start().await;
    let (_, said) = begin(&world, "public", json!({})).await;
    let run = said["execution_id"].as_str().unwrap().to_owned();
    let world = world.restarted().await;
    let world = world.restarted().await;
    let url = here(&world, &said["resume_url"]);
    let answer = reqwest::get(format!("{url}?answer=later%20%E6%B5%81"))
        .await
        .unwrap();
    // At once with the flow's answer, or without where the run was not taken up again yet.
    assert!(answer.status().is_success(), "{}", answer.status());
    let ended = world.ended(&run).await;
    assert_eq!(
        ended["returned"],
        json!({"answer": "later 流"}),
        "{ended:#}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_while_the_server_is_down_is_not_lost_and_what_fits_no_type_fails() {
    let world = World::start().await;
    let (_, said) = begin(&world, "public", json!({})).await;
    let run = said["execution_id"].as_str().unwrap().to_owned();
    let statement = format!(
        "update pause set given = '{{\"answer\":\"stored\"}}', resumed_at = 1 where run = '{run}'"
    );
    let world = world
        .restarted_after(async |_, url| crate::world::sql(url, &statement).await)
        .await;
    let ended = world.ended(&run).await;
    assert_eq!(ended["returned"], json!({"answer": "stored"}), "{ended:#}");

    let steps = json!([
        card("start", "http:accept", &[], &[]),
        card(
            "pause",
            "control:pause",
            &[],
            &[
                json!({"key": {"key": "n"}, "label": "n", "type": {"base": "number"}, "custom": true})
            ]
        )
    ]);
    let id = world
        .flow("Counts", steps, json!({"access": "public"}))
        .await;
    let url = format!("{}/api/flow/{id}/invoke", world.nagare.url);
    let said: Json = reqwest::get(&url).await.unwrap().json().await.unwrap();
    let (status, _) = post(said["resume_url"].as_str().unwrap(), json!({"n": "many"})).await;
    assert_eq!(status, 500);
    let ended = world.ended(said["execution_id"].as_str().unwrap()).await;
    assert_eq!(ended["error"]["code"], "pause.type", "{ended:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_resumed_a_flow_that_saves_no_data_is_not_kept() {
    let world = World::start().await;
    let (_, said) = begin(&world, "public", json!({"saves_data": false})).await;
    assert_eq!(world.count("pause").await, 1);
    let url = said["resume_url"].as_str().unwrap();
    assert_eq!(post(url, json!({"answer": "secret"})).await.0, 200);
    let begun = Instant::now();
    while world.count("pause").await > 0 {
        assert!(begun.elapsed() < Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(
        world.count("journal where entries like '%secret%'").await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pause_raw_gives_the_answer_and_the_first_card_the_address() {
    let world = World::start().await;
    let mut body = mapped("body", "start", "resume_url");
    body["binding"]["source"]["field"]["group"] = json!("context");
    body["custom"] = json!(false);
    let steps = json!([
        card(
            "start",
            "http:accept",
            &[],
            &[output(Some("context"), "resume_url")]
        ),
        card(
            "pause",
            "control:pauseRaw",
            &[
                typed(None, "statusCode", "number", 202),
                typed(None, "headers", "object", json!({"x-state": "waiting"})),
                body
            ],
            &[output(None, "answer")]
        ),
        card(
            "end",
            "control:return",
            &[mapped("answer", "pause", "answer")],
            &[]
        )
    ]);
    let id = world.flow("Asks", steps, json!({"access": "public"})).await;
    let url = format!("{}/api/flow/{id}/invoke", world.nagare.url);
    let answer = reqwest::get(&url).await.unwrap();
    assert_eq!(answer.status(), 202);
    assert_eq!(answer.headers()["x-state"], "waiting");
    let resume = answer.text().await.unwrap();
    let form = reqwest::Client::new()
        .post(&resume)
        .form(&[("answer", "from a form")])
        .send();
    let answer: Json = form.await.unwrap().json().await.unwrap();
    assert_eq!(answer, json!({"answer": "from a form"}));
}
