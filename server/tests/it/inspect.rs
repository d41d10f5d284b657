//! Looking closely at runs: passes of loops, where values came from, masked values; and checks before a flow goes on.

use serde_json::{Value as Json, json};

use crate::cards::{
    argument, by_hand, card, compose, flow, from, give_back, helper, mapped, output, typed,
};
use crate::people::nagare;
use crate::world::{PASSWORD, World};

fn list(items: &[&str]) -> Json {
    json!({"key": {"key": "list"}, "label": "list", "type": {"base": "text", "list": true},
        "binding": {"kind": "constant", "value": items}})
}

/// Return Error If the text is `bad`.
fn fails_at(bad: &str) -> Json {
    let mut left = typed(None, "left-operand", "text", json!(null));
    left["binding"] = from("start", "item");
    let inputs = [
        left,
        typed(None, "operator", "text", json!("==")),
        typed(None, "right-operand", "text", json!(bad)),
        typed(None, "message", "text", json!("This one is bad.")),
    ];
    card("check", "control:throwIf", &inputs, &[])
}

async fn loop_of(world: &World, items: &[&str], bad: &str, key: &str) -> (String, Json) {
    let steps = json!([
        helper(&["item"]),
        fails_at(bad),
        compose("greet", "Hello ", from("start", "item")),
        give_back("greeting", "greet", "output")
    ]);
    let one = world.flow("One", steps, json!({})).await;
    let item = argument("item", json!({"kind": "item"}));
    let inputs = [
        list(items),
        flow(&one),
        typed(None, "concurrency", "number", json!(2)),
        item,
    ];
    let each = card("each", key, &inputs, &[]);
    let id = world.flow("All", json!([by_hand(), each]), json!({})).await;
    let run = world.run(&id, json!({})).await;
    (run["row"]["id"].as_str().unwrap().to_owned(), run)
}

#[tokio::test(flavor = "multi_thread")]
async fn passes_of_a_loop_are_walked_one_by_one_and_to_the_next_failed_one() {
    let world = World::start().await;
    let items: Vec<String> = (1..=150)
        .map(|n| match n {
            30 | 140 => "bad".to_owned(),
            n => format!("花子 {n}"),
        })
        .collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let (run, _) = loop_of(&world, &items, "bad", "list:asyncEach").await;
    let pass = |number: u64| {
        let path = format!("/runs/{run}/passes?step=each&number={number}");
        let world = &world;
        async move { world.get(&path).await }
    };
    let first = world.get(&format!("/runs/{run}/passes?step=each")).await;
    assert_eq!(
        (&first["number"], &first["count"], &first["failed"]),
        (&json!(30), &json!(150), &json!(2)),
        "{first:#}"
    );
    assert_eq!(
        (&first["first_failed"], &first["next_failed"]),
        (&json!(30), &json!(140))
    );
    assert_eq!(pass(1).await["next_failed"], 30);
    assert_eq!(pass(30).await["next_failed"], 140);
    assert_eq!(pass(140).await["next_failed"], Json::Null);
    // Beyond the end stands the last one; behind the first hundred, too, each pass is found.
    let last = pass(9_000).await;
    assert_eq!(last["number"], 150);
    let helper = last["run"]["id"].as_str().unwrap();
    let inside = world.get(&format!("/runs/{helper}")).await;
    assert_eq!(
        inside["called_by"],
        json!({ "run": run, "step": "each", "number": 150 })
    );
    assert_eq!(inside["steps"][2]["outputs"][0]["value"], "Hello 花子 150");
    let (status, refused) = world
        .rest("GET", &format!("/runs/{run}/passes?step=start"), None)
        .await;
    assert_eq!(status, 404, "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_traced_through_helper_runs_back_to_what_was_typed() {
    let world = World::start().await;
    let (run, _) = loop_of(&world, &["ada", "grace"], "-", "list:each").await;
    let pass = world
        .get(&format!("/runs/{run}/passes?step=each&number=2"))
        .await;
    let helper = pass["run"]["id"].as_str().unwrap();
    let asked = json!({ "step": "end", "field": { "key": "greeting" }, "is_input": true });
    let found = world.post(&format!("/runs/{helper}/origins"), asked).await;
    let way: Vec<String> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|at| {
            format!(
                "{} {} {}",
                at["at"]["step"].as_str().unwrap(),
                at["at"]["field"]["key"].as_str().unwrap(),
                at["value"]
            )
        })
        .collect();
    assert_eq!(
        way,
        [
            "end greeting \"Hello grace\"",
            "greet output \"Hello grace\"",
            "greet _text_ \"Hello grace\"",
            "start item \"grace\"",
            "each item null",
            "each list [\"ada\",\"grace\"]",
        ],
        "{found:#}"
    );
    let at = |index: usize, key: &str| found[index][key].clone();
    assert_eq!(
        (at(4, "flow_name"), at(5, "end")),
        (json!("All"), json!("typed"))
    );
    assert_eq!((at(0, "end"), at(5, "depth")), (Json::Null, json!(5)));
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_masked_and_shown_to_administrators_who_are_written_down() {
    let world = World::start().await;
    let start = card(
        "start",
        "control:callable",
        &[],
        &[output(None, "password"), output(None, "login")],
    );
    let steps = json!([
        start,
        compose("say", "", from("start", "login")),
        card(
            "end",
            "control:return",
            &[
                mapped("secret", "start", "password"),
                mapped("login", "say", "output")
            ],
            &[]
        )
    ]);
    let id = world.flow("Secret", steps, json!({})).await;
    let given = json!({ "password": "tlpWENT2m", "login": "ada" });
    let run = world.run(&id, given).await;
    assert!(!run["steps"].to_string().contains("tlpWENT2m"), "{run:#}");
    assert_eq!(run["returned"], json!({ "secret": "••••", "login": "ada" }));
    let outputs = run["steps"][0]["outputs"].as_array().unwrap();
    let password = outputs
        .iter()
        .find(|value| value["field"]["key"] == "password")
        .unwrap();
    assert_eq!(
        (&password["value"], &password["masked"]),
        (&json!("••••"), &json!(true))
    );

    let run = run["row"]["id"].as_str().unwrap();
    let path = format!("/runs/{run}/values");
    let asked = json!({ "step": "start", "field": { "key": "password" } });
    let shown = world.post(&path, asked.clone()).await;
    assert_eq!(shown["value"], "tlpWENT2m");
    let seen = "audit where action = 'run.show_value' and after_change like '%password%' \
        and after_change not like '%tlpWENT2m%' and actor is not null";
    assert_eq!(world.count(seen).await, 1);
    let open = json!({ "step": "start", "field": { "key": "login" } });
    assert_eq!(world.rest("POST", &path, Some(open)).await.0, 422);

    // Running again with what was shown runs with what was there.
    let plan = world.get(&format!("/runs/{run}/again")).await;
    assert_eq!(plan["inputs"]["password"], "••••");
    let again = json!({ "inputs": { "password": "••••", "login": "grace" } });
    let again = world.post(&format!("/runs/{run}/again"), again).await;
    let again = world.ended(again["id"].as_str().unwrap()).await;
    let id_again = again["row"]["id"].as_str().unwrap();
    let shown = world
        .post(&format!("/runs/{id_again}/values"), asked.clone())
        .await;
    assert_eq!(shown["value"], "tlpWENT2m");
    let trial = json!({ "inputs": { "password": "••••", "login": "x" } });
    let (status, refused) = world
        .rest("POST", &format!("/flows/{id}/trials"), Some(trial))
        .await;
    assert_eq!(status, 422, "a mask is no password: {refused}");
    let trial = json!({ "inputs": { "password": "••••", "login": "x" }, "inputs_of": run });
    let tried = world.post(&format!("/flows/{id}/trials"), trial).await;
    assert_eq!(
        world.ended(tried["id"].as_str().unwrap()).await["row"]["status"],
        "succeeded"
    );

    // Who may only read sees masks and nothing else.
    let (made, said) = nagare(
        &world,
        &["user", "create", "--login", "yuki", "--role", "auditor"],
        PASSWORD,
    );
    assert!(made, "{said}");
    let (made, token) = nagare(&world, &["token", "create", "--login", "yuki"], "");
    assert!(made, "{token}");
    let url = format!("{}/api/v1{path}", world.nagare.url);
    let answer = reqwest::Client::new()
        .post(url)
        .bearer_auth(token.trim())
        .json(&asked)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status().as_u16(), 403);
    assert_eq!(
        world.count("audit where action = 'run.show_value'").await,
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_goes_on_only_where_all_it_refers_to_is_there() {
    let world = World::start().await;
    let called = world.flow("Called", json!([helper(&[])]), json!({})).await;
    let table = json!({ "folder": null, "name": "Rows", "description": "",
        "columns": [{ "name": "a", "type": "text", "default": null }] });
    let table = world.post("/tables", table).await["id"].clone();
    let clear = card(
        "clear",
        "stash:clearTable",
        &[typed(Some("parameters"), "stash", "text", table.clone())],
        &[],
    );
    let call = card("call", "control:run", &[flow(&called)], &[]);
    let steps = json!([by_hand(), clear, call]);
    let id = world.draft("Refers", steps, json!({})).await;
    let problems = || async { world.get(&format!("/flows/{id}/problems")).await };
    assert_eq!(problems().await, json!([]));

    assert_eq!(
        world
            .rest("DELETE", &format!("/flows/{called}"), None)
            .await
            .0,
        204
    );
    let path = format!("/tables/{}", table.as_str().unwrap());
    assert_eq!(world.rest("DELETE", &path, None).await.0, 204);
    let found = problems().await;
    let codes: Vec<&str> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["unknown_table", "unknown_helper"], "{found:#}");
    assert_eq!(
        (&found[0]["number"], &found[0]["severity"]),
        (&json!(2), &json!("error"))
    );
    assert_eq!(found[0]["title"]["en"], "Clear Table", "{found:#}");
    let (status, refused) = world
        .rest("POST", &format!("/flows/{id}/on"), Some(json!({})))
        .await;
    assert_eq!((status, &refused["code"]), (422, &json!("has_problems")));

    // Warnings are told and keep nothing back.
    let secret = typed(None, "password", "text", json!("hunter2-hunter2"));
    let made = card("made", "object:construct", &[secret], &[]);
    world
        .save(&id, "Refers", json!([by_hand(), made]), json!({}))
        .await;
    let found = problems().await;
    assert_eq!(found[0]["severity"], "warning", "{found:#}");
    let row = world.post(&format!("/flows/{id}/on"), json!({})).await;
    assert_eq!(
        (&row["is_on"], &row["problems"]),
        (&json!(true), &json!(1)),
        "{row}"
    );
}
