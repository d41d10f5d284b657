//! Trying drafts out, and running again what failed.

use serde_json::{Value as Json, json};

use crate::cards::{argument, by_hand, card, flow, helper, output, typed};
use crate::world::World;

fn compose(id: &str, text: Json) -> Json {
    card(id, "string:toUpperCase", &[text], &[output(None, "output")])
}

fn text(value: &str) -> Json {
    typed(None, "string", "text", json!(value))
}

async fn try_out(world: &World, flow: &str, body: Json) -> Json {
    let started = world.post(&format!("/flows/{flow}/trials"), body).await;
    world.ended(started["id"].as_str().unwrap()).await
}

fn outputs<'r>(run: &'r Json, step: &str) -> &'r Json {
    let steps = run["steps"].as_array().unwrap();
    let found = steps.iter().find(|did| did["step"] == step);
    found.map_or(&Json::Null, |did| &did["outputs"][0]["value"])
}

fn state<'r>(run: &'r Json, step: &str) -> &'r Json {
    let steps = run["steps"].as_array().unwrap();
    steps
        .iter()
        .find(|did| did["step"] == step)
        .map_or(&Json::Null, |did| &did["state"])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_runs_as_it_is_and_becomes_no_version() {
    let world = World::start().await;
    let first = json!([by_hand(), compose("up", text("first"))]);
    let id = world.flow("Tried", first, json!({})).await;
    world
        .save(
            &id,
            "Tried",
            json!([by_hand(), compose("up", text("second"))]),
            json!({}),
        )
        .await;
    let run = try_out(&world, &id, json!({})).await;
    assert_eq!(outputs(&run, "up"), "SECOND", "{run:#}");
    assert_eq!(run["row"]["version"], 0);
    assert_eq!(run["row"]["trial"], "flow");
    let versions = world.get(&format!("/flows/{id}/versions")).await;
    assert_eq!(versions.as_array().unwrap().len(), 1, "{versions:#}");
    let real = world.run(&id, json!({})).await;
    assert_eq!(outputs(&real, "up"), "FIRST", "what is on stays as it is");
    // People go on editing; the page of the run shows what ran.
    world
        .save(&id, "Tried", json!([by_hand()]), json!({}))
        .await;
    let again = world
        .get(&format!("/runs/{}", run["row"]["id"].as_str().unwrap()))
        .await;
    assert_eq!(again["flow"]["steps"].as_array().unwrap().len(), 2);
    let world = world.restarted().await;
    let after = world
        .get(&format!("/runs/{}", run["row"]["id"].as_str().unwrap()))
        .await;
    assert_eq!(after["steps"], run["steps"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pins_stand_in_for_cards_in_trials_only() {
    let world = World::start().await;
    let steps = json!([
        by_hand(),
        compose("one", text("real")),
        compose("two", text("x"))
    ]);
    let pins = json!({ "pins": [{ "step": "one", "outputs": [[{ "key": "output" }, "PINNED"]] },
        { "step": "gone", "outputs": [] }] });
    let id = world.flow("Pinned", steps, pins).await;
    let run = try_out(&world, &id, json!({})).await;
    assert_eq!(outputs(&run, "one"), "PINNED", "{run:#}");
    assert_eq!(run["steps"][1]["is_pinned"], true, "{run:#}");
    let run = try_out(&world, &id, json!({ "ignore_pins": true })).await;
    assert_eq!(outputs(&run, "one"), "REAL", "{run:#}");
    let real = world.run(&id, json!({})).await;
    assert_eq!(outputs(&real, "one"), "REAL", "{real:#}");
    assert_eq!(real["flow"].get("pins"), None, "no version has pins");
    let view = world.get(&format!("/flows/{id}")).await;
    assert_eq!(
        view["draft_is_saved"], true,
        "pins make no difference between draft and version"
    );
    let pack = world.get(&format!("/flows/{id}/pack")).await;
    assert!(!pack.to_string().contains("PINNED"), "packs carry no pins");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_up_to_a_card_and_one_card_alone() {
    let world = World::start().await;
    let mapped = json!({"key": {"key": "string"}, "label": "string", "type": {"base": "text"},
        "binding": {"kind": "output", "source": {"step": "one", "field": {"key": "output"}}}});
    let steps = json!([
        by_hand(),
        compose("one", text("a")),
        compose("two", mapped),
        compose("three", text("c"))
    ]);
    let id = world.flow("Parts", steps, json!({})).await;
    let run = try_out(&world, &id, json!({ "until": "two" })).await;
    assert_eq!(run["row"]["status"], "stopped", "{run:#}");
    assert_eq!(run["row"]["trial"], "until");
    assert_eq!(
        (outputs(&run, "two"), state(&run, "three")),
        (&json!("A"), &Json::Null)
    );

    let body = json!({ "only": "two", "values_of": run["row"]["id"] });
    let alone = try_out(&world, &id, body).await;
    assert_eq!(outputs(&alone, "two"), "A", "{alone:#}");
    assert_eq!(state(&alone, "one"), &Json::Null, "nothing else runs");
    let given =
        json!({ "only": "two", "given": [{ "field": { "key": "string" }, "value": "typed" }] });
    let alone = try_out(&world, &id, given).await;
    assert_eq!(outputs(&alone, "two"), "TYPED", "{alone:#}");

    for (body, word) in [
        (json!({ "only": "start" }), "starts"),
        (json!({ "only": "nowhere" }), "no such card"),
        (json!({ "until": "nowhere" }), "no such card"),
        (
            json!({ "only": "two", "given": [{ "field": { "key": "x" }, "value": 1 }] }),
            "no field",
        ),
        (json!({ "inputs": { "who": 1 } }), "no input"),
    ] {
        let path = format!("/flows/{id}/trials");
        let (status, refusal) = world.rest("POST", &path, Some(body)).await;
        assert_eq!(status, 422, "{refusal:#}");
        assert!(
            refusal["message"].as_str().unwrap().contains(word),
            "{refusal:#}"
        );
    }
    let path = format!("/flows/{id}/trials");
    let (status, _) = world
        .rest("POST", &path, Some(json!({ "revision": 999 })))
        .await;
    assert_eq!(status, 409);
}

/// A flow that fails in its middle: a number is wanted and none is given.
fn failing(word: &str) -> Json {
    json!([
        by_hand(),
        compose("one", text("done")),
        card(
            "bad",
            "control:throw",
            &[typed(None, "message", "text", json!(word))],
            &[]
        ),
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_run_goes_on_at_its_card_with_the_old_or_the_new_version() {
    let world = World::start().await;
    let id = world.flow("Fails", failing("no"), json!({})).await;
    let failed = world.run(&id, json!({})).await;
    let run = failed["row"]["id"].as_str().unwrap().to_owned();
    assert_eq!(failed["failed_step"], "bad", "{failed:#}");
    let plan = world.get(&format!("/runs/{run}/again")).await;
    assert_eq!(plan["from_card"]["step"], "bad", "{plan:#}");
    assert_eq!(plan["from_card"]["finished"], 1, "{plan:#}");
    assert_eq!(plan["changed"], Json::Null);

    let again = world
        .post(&format!("/runs/{run}/again"), json!({ "from": "card" }))
        .await;
    let again = world.ended(again["id"].as_str().unwrap()).await;
    assert_eq!(again["row"]["status"], "failed", "{again:#}");
    assert_eq!(again["row"]["again_of"], json!(run));
    assert_eq!(again["steps"][1]["is_carried"], true, "{again:#}");
    let source = world.get(&format!("/runs/{run}")).await;
    assert_eq!(source["again"][0]["id"], again["row"]["id"], "{source:#}");

    let fixed = json!([
        by_hand(),
        compose("one", text("done")),
        compose("bad", text("fixed"))
    ]);
    world.save(&id, "Fails", fixed, json!({})).await;
    world.post(&format!("/flows/{id}/on"), json!({})).await;
    let body = json!({ "from": "card", "version": "current" });
    let again = world
        .post(&format!("/runs/{run}/again"), body.clone())
        .await;
    let again = world.ended(again["id"].as_str().unwrap()).await;
    assert_eq!(outputs(&again, "bad"), "FIXED", "{again:#}");
    assert_eq!(again["steps"][1]["is_carried"], true, "{again:#}");

    let other = json!([
        by_hand(),
        compose("one", text("other")),
        compose("bad", text("fixed"))
    ]);
    world.save(&id, "Fails", other, json!({})).await;
    world.post(&format!("/flows/{id}/on"), json!({})).await;
    let plan = world.get(&format!("/runs/{run}/again")).await;
    assert_eq!(plan["changed"]["how"], "changed", "{plan:#}");
    assert_eq!(plan["changed"]["step"], "one", "{plan:#}");
    let (status, refusal) = world
        .rest("POST", &format!("/runs/{run}/again"), Some(body))
        .await;
    assert_eq!(status, 409, "{refusal:#}");
    let body = json!({ "version": "current" });
    let again = world.post(&format!("/runs/{run}/again"), body).await;
    let again = world.ended(again["id"].as_str().unwrap()).await;
    assert_eq!(outputs(&again, "one"), "OTHER", "from the start: {again:#}");
    assert_eq!(again["steps"][1]["is_carried"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn helper_runs_that_ended_well_are_not_run_again() {
    let world = World::start().await;
    let steps = |bad: &str| {
        let stop = json!({"key": {"key": "left-operand"}, "label": "a", "type": {"base": "text"},
            "binding": {"kind": "output", "source": {"step": "start", "field": {"key": "item"}}}});
        let same = typed(None, "operator", "text", json!("=="));
        let right = typed(None, "right-operand", "text", json!(bad));
        let message = typed(None, "message", "text", json!("no"));
        json!([
            helper(&["item"]),
            card(
                "stop",
                "control:throwIf",
                &[stop, same, right, message],
                &[]
            )
        ])
    };
    let one = world.flow("One", steps("c"), json!({})).await;
    let list = json!({"key": {"key": "list"}, "label": "list", "type": {"base": "text", "list": true},
        "binding": {"kind": "constant", "value": ["a", "b", "c", "d"]}});
    let each = card(
        "each",
        "list:each",
        &[list, flow(&one), argument("item", json!({"kind": "item"}))],
        &[],
    );
    let id = world.flow("All", json!([by_hand(), each]), json!({})).await;
    let failed = world.run(&id, json!({})).await;
    let run = failed["row"]["id"].as_str().unwrap().to_owned();
    let plan = world.get(&format!("/runs/{run}/again")).await;
    assert_eq!(
        (&plan["from_card"]["kept"], &plan["from_card"]["repeated"]),
        (&json!(2), &json!(2)),
        "{plan:#}"
    );
    world.save(&one, "One", steps("never"), json!({})).await;
    world.post(&format!("/flows/{one}/on"), json!({})).await;
    let before = world.runs(&one).await.len();
    let again = world
        .post(&format!("/runs/{run}/again"), json!({ "from": "card" }))
        .await;
    let again = world.ended(again["id"].as_str().unwrap()).await;
    assert_eq!(again["row"]["status"], "succeeded", "{again:#}");
    assert_eq!(world.runs(&one).await.len(), before + 2, "c and d only");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_flow_can_be_tried_with() {
    let world = World::start().await;
    let first = card("start", "control:callable", &[], &[output(None, "who")]);
    let steps = json!([first, compose("up", text("x"))]);
    let id = world.flow("Asked", steps, json!({})).await;
    try_out(&world, &id, json!({ "inputs": { "who": "ada" } })).await;
    let samples = world.get(&format!("/flows/{id}/samples")).await;
    assert_eq!(
        samples["manual"][0]["values"],
        json!({ "who": "ada" }),
        "{samples:#}"
    );
    let test = world
        .post(
            &format!("/flows/{id}/tests"),
            json!({ "name": "Ada", "inputs": { "who": "ada" } }),
        )
        .await;
    let path = format!("/flows/{id}/tests/{}", test["id"].as_str().unwrap());
    let (status, renamed) = world
        .rest("PATCH", &path, Some(json!({ "name": "Countess" })))
        .await;
    assert_eq!((status, &renamed["name"]), (200, &json!("Countess")));
    let (status, _) = world.rest("DELETE", &path, None).await;
    assert_eq!(status, 204);
    let (status, _) = world.rest("DELETE", &path, None).await;
    assert_eq!(status, 404);
    let samples = world.get(&format!("/flows/{id}/samples")).await;
    assert_eq!(samples["tests"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_data_of_a_flow_is_cleared_and_its_runs_stay() {
    let world = World::start().await;
    let steps = json!([by_hand(), compose("up", text("secret word"))]);
    let id = world.flow("Cleared", steps, json!({})).await;
    let run = world.run(&id, json!({})).await;
    let path = format!("/runs/{}", run["row"]["id"].as_str().unwrap());
    assert_eq!(
        world.get("/runs?text=SECRET%20word").await["runs"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let cleared = world
        .post(&format!("/flows/{id}/runs/clear"), json!({}))
        .await;
    assert_eq!(cleared["runs"], 1);
    let after = world.get(&path).await;
    assert_eq!(after["row"]["status"], "succeeded");
    assert_eq!(
        (&after["is_private"], outputs(&after, "up")),
        (&json!(true), &Json::Null),
        "{after:#}"
    );
    assert_eq!(
        world
            .count("journal where lower(entries) like '%secret word%'")
            .await,
        0
    );
    assert_eq!(
        world.get("/runs?text=SECRET%20word").await["runs"],
        json!([])
    );
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["is_private"], false, "saving goes on");
    let body = json!({ "stop_saving": true });
    let cleared = world.post(&format!("/flows/{id}/runs/clear"), body).await;
    assert_eq!(cleared["runs"], 1);
    let run = world.run(&id, json!({})).await;
    assert_eq!(
        run["is_private"], true,
        "nothing is saved any more: {run:#}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_are_filtered_and_filters_are_kept() {
    let world = World::start().await;
    let good = world
        .flow(
            "Good",
            json!([by_hand(), compose("up", text("x"))]),
            json!({}),
        )
        .await;
    let bad = world.flow("Bad", failing("broken pipe"), json!({})).await;
    world.run(&good, json!({})).await;
    let failed = world.run(&bad, json!({})).await;
    try_out(&world, &good, json!({})).await;
    let newest = failed["row"]["id"].as_str().unwrap();
    for (query, count) in [
        ("statuses=failed,canceled".to_owned(), 1),
        (format!("flows={good},{bad}"), 3),
        ("causes=manual".to_owned(), 1),
        ("causes=api".to_owned(), 2),
        ("causes=event,schedule".to_owned(), 0),
        ("text=broken".to_owned(), 1),
        ("text=good".to_owned(), 2),
        ("from=0&to=1".to_owned(), 0),
        ("from=1000000000000".to_owned(), 3),
        (format!("newest={newest}"), 2),
        (format!("since={newest}"), 1),
        ("about=nobody".to_owned(), 0),
        (format!("flow={good}&version=1"), 1),
        ("folder=none".to_owned(), 0),
    ] {
        let list = world.get(&format!("/runs?{query}")).await;
        assert_eq!(
            list["runs"].as_array().unwrap().len(),
            count,
            "{query}: {list:#}"
        );
    }
    let person = world.get("/runs?causes=manual").await["runs"][0]["person"].clone();
    assert!(person.is_string(), "{person}");
    let view = world
        .post(
            "/runs/views",
            json!({ "name": "Failed", "query": "status=failed" }),
        )
        .await;
    assert_eq!(world.get("/runs/views").await.as_array().unwrap().len(), 1);
    let path = format!("/runs/views/{}", view["id"].as_str().unwrap());
    let (status, _) = world.rest("DELETE", &path, None).await;
    assert_eq!(status, 204);
    assert_eq!(world.get("/runs/views").await, json!([]));
}
