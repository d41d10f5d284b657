//! Packs: out of the server again, and what the assistant says and remembers.

use serde_json::{Value as Json, json};

use crate::cards::{card, compose, from, give_back, helper, org_card, typed};
use crate::world::{World, pack};

/// Names and rows that must not leave.
const SECRET_CELL: &str = "cell-that-stays-here";

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_built_here_is_exported_without_secrets_and_rows_and_comes_back() {
    let (world, connection) = World::connected().await;
    let table =
        json!({"name": "Notes", "description": "", "columns": [{"name": "Text", "type": "text"}]});
    let table = world.post("/tables", table).await;
    let table_id = table["id"].as_str().unwrap();
    let row = json!({"cells": {"Text": SECRET_CELL}});
    world.post(&format!("/tables/{table_id}/rows"), row).await;
    let folder = world.post("/folders", json!({"name": "日本 flows"})).await;
    let folder_id = folder["id"].as_str().unwrap();
    let who = typed(Some("User"), "ID or Login", "text", json!("me"));
    let notes = typed(Some("parameters"), "stash", "text", json!(table_id));
    let steps = json!([
        helper(&["name"]),
        compose("greet", "Hello ", from("start", "name")),
        org_card("read", "okta:readUser", &connection, &[who]),
        card("rows", "stash:readTable", &[notes], &[]),
        give_back("greeting", "greet", "output"),
    ]);
    let schedule = json!({"seconds": "0", "minutes": "0", "hours": "9", "day_of_month": "*/1", "month": "*",
        "day_of_week": "*", "time_zone": "Asia/Tokyo", "overlap": "queue",
        "every": {"count": 3, "unit": "day", "from": "2026-11-20"}});
    let on_error = json!({"retry": {"times": 2, "delays_ms": [1000], "only_rate_limits": false}, "then": {"kind": "halt"}});
    let made = world
        .post("/flows", json!({"name": "Greeter", "folder": folder_id}))
        .await;
    let id = made["id"].as_str().unwrap();
    world
        .save(
            id,
            "Greeter",
            steps,
            json!({"schedule": schedule, "on_error": on_error}),
        )
        .await;

    let exported = world.get(&format!("/folders/{folder_id}/pack")).await;
    let text = exported.to_string();
    for secret in [
        SECRET_CELL,
        world.okta.client_secret(),
        "sealed",
        "access_token",
        world.okta.client_id(),
    ] {
        assert!(!text.contains(secret), "{secret} is in the pack");
    }
    let data = &exported["data"];
    let config = data["configs"]
        .as_object()
        .unwrap()
        .values()
        .next()
        .unwrap();
    assert_eq!(
        (&config["module"], &config["data"]),
        (&json!("okta"), &Json::Null),
        "{config}"
    );
    let structure =
        &data["tables"].as_object().unwrap().values().next().unwrap()["data"]["structure"];
    assert_eq!(structure[0]["name"], "Text");
    for (id, entry) in data["flos"]
        .as_object()
        .unwrap()
        .iter()
        .chain(data["tables"].as_object().unwrap())
    {
        assert_eq!((id.len(), &json!(id)), (36, &entry["id"]));
    }

    // It comes back as it was, beside the first.
    let report = world
        .post(&format!("/packs?connection={connection}"), exported.clone())
        .await;
    let copy = report["flows"][0]["id"].as_str().unwrap();
    let (ours, theirs) = (
        world.get(&format!("/flows/{id}")).await,
        world.get(&format!("/flows/{copy}")).await,
    );
    for part in ["schedule", "on_error", "name", "saves_data"] {
        assert_eq!(ours["draft"][part], theirs["draft"][part], "{part}");
    }
    let cards = |view: &Json| -> Vec<Json> {
        view["draft"]["steps"]
            .as_array()
            .unwrap()
            .iter()
            .map(|step| step["card"].clone())
            .collect()
    };
    assert_eq!(cards(&ours), cards(&theirs));
    let one = world.get(&format!("/flows/{id}/pack")).await;
    assert_eq!(one["data"]["flos"].as_object().unwrap().len(), 1);
    let (status, _) = world
        .rest("GET", "/folders/01KAN0WQ8Z4T5V6X7Y8Z9A0B1C/pack", None)
        .await;
    assert_eq!(status, 404);
}

/// A pack with a card of a connector that is not here, one that needs a connection, and one that lacks an input.
fn foreign(flow: &str) -> Json {
    let pin = |id: &str, key: &str| {
        json!({"id": id, "group": null, "key": key, "required": true, "flags": "d",
        "value": {"type": "string", "collection": false, "data": ""}, "metadata": {"index": 0, "displayname": key}})
    };
    let method = |uuid: &str, address: &str, channel: &str, config: Json, inputs: Json| {
        let (version, key) = address.rsplit_once(':').unwrap();
        json!({"uuid": uuid, "address": address,
            "parents": {"channel": {"address": channel, "key": channel.rsplit(':').next(), "data": {}},
                "version": {"address": version, "key": version.rsplit(':').next(), "data": {}}},
            "node": {"key": key, "data": {"name": key}, "model": {"key": key, "config": config,
                "inputs": {"data": inputs}, "outputs": {"data": {}}, "policy": {"error": {"type": "finish"}}, "displayed": true}},
            "pins": {}, "branches": {}, "joins": {}})
    };
    let slack = "root:channels:http:slack";
    let okta = "root:channels:http:okta";
    json!({"type": "flopack", "version": "1.5.0", "created": "2026-01-02T03:04:05.000Z", "flags": {},
        "data": {"flos": {flow: {"id": flow, "name": "Foreign", "description": "", "data": {
            "uuid": flow, "group": "", "display": {}, "cron": {}, "scheduled": false,
            "methods": [
                method("start0000", "root:kernel:control:0.0.1:callable", "root:kernel:control", Json::Null, json!({})),
                method("slack0000", "root:channels:http:slack:1.0.0:sendMessage", slack, json!("c-slack"), json!({})),
                method("okta00000", "root:channels:http:okta:1.0.0:readUser", okta, json!("c-okta"),
                    json!({"p1": pin("p1", "ID or Login")})),
            ],
            "orderings": {"a": ["start0000", "slack0000"], "b": ["slack0000", "okta00000"]}}}},
            "configs": {
                "c-slack": {"id": "c-slack", "name": "Team Slack", "module": "slack", "data": null},
                "c-okta": {"id": "c-okta", "name": "Prod Okta", "module": "okta", "data": null}},
            "tables": {"t-1": {"id": "t-1", "name": "Log", "description": "", "data": {"class": "simple",
                "structure": [{"name": "Text", "type": "str", "default": ""}]}}},
            "groups": {}}})
}

#[tokio::test(flavor = "multi_thread")]
async fn the_assistant_says_what_is_left_to_do_and_remembers_what_was_chosen() {
    let (mut world, first) = World::connected().await;
    let second = world.connect().await;
    assert_ne!(first, second);
    let table = json!({"name": "Our log", "description": "", "columns": [{"name": "Text", "type": "text"}]});
    let table = world.post("/tables", table).await;
    let table = table["id"].as_str().unwrap();

    let seen = world.post("/packs/look", foreign("f-1")).await;
    assert!(seen["connections"][0]["chosen"].is_null(), "{seen}");
    let todos = |view: &Json| -> Vec<Json> {
        let all = view["todos"].as_array().unwrap().iter();
        all.map(|todo| json!([todo["step"], todo["kind"], todo["field"], todo["about"]]))
            .collect()
    };
    assert_eq!(
        todos(&seen),
        [
            json!(["slack0000", "replace", null, "Slack"]),
            json!(["okta00000", "connect", null, "c-okta"]),
            json!(["okta00000", "fill_in", "ID or Login", ""]),
        ]
    );

    let path = format!("/packs?assign=c-okta={second}&table=t-1={table}");
    let report = world.post(&path, foreign("f-1")).await;
    let flow = report["flows"][0]["id"].clone();
    assert_eq!(
        todos(&report),
        [
            json!(["slack0000", "replace", null, "Slack"]),
            json!(["okta00000", "fill_in", "ID or Login", ""]),
        ]
    );
    assert!(
        report["todos"]
            .as_array()
            .unwrap()
            .iter()
            .all(|todo| todo["flow"] == flow)
    );

    // The next pack with these names finds the choices, also after a restart.
    let world = world.restarted().await;
    let mut next = foreign("f-2");
    next["data"]["configs"]["c-okta"]["id"] = json!("c-okta");
    let seen = world.post("/packs/look", next).await;
    let chosen = |id: &str| -> Json {
        let all = seen["connections"].as_array().unwrap();
        all.iter().find(|known| known["id"] == id).unwrap()["chosen"].clone()
    };
    assert_eq!(chosen("c-okta"), json!(second));
    assert_eq!(seen["tables"][0]["chosen"], json!(table), "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_of_a_foreign_connector_fails_only_where_it_is_reached() {
    let world = World::start().await;
    let stop = |value: bool| {
        let operand = |key: &str, value: Json| typed(None, key, "boolean", value);
        card(
            "stop",
            "control:continueIf",
            &[
                operand("left-operand", json!(value)),
                typed(None, "operator", "text", json!("==")),
                operand("right-operand", json!(true)),
            ],
            &[],
        )
    };
    for (goes_on, status) in [(false, "stopped"), (true, "failed")] {
        let steps = json!([
            crate::cards::by_hand(),
            stop(goes_on),
            card("slack", "slack:sendMessage", &[], &[])
        ]);
        let flow = world.flow("Foreign", steps, json!({})).await;
        let run = world.run(&flow, json!({})).await;
        assert_eq!(run["row"]["status"], status, "{run:#}");
        if goes_on {
            let said = run["error"]["message"].as_str().unwrap();
            assert!(
                said.contains("Slack") && said.contains("not available"),
                "{said}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_pack_comes_out_of_the_server_as_it_went_in() {
    let Some(text) = pack("assign_temporary_group_memberships") else {
        return;
    };
    let (world, connection) = World::connected().await;
    let original: Json = serde_json::from_str(&text).unwrap();
    let report = world
        .post(&format!("/packs?connection={connection}"), original.clone())
        .await;
    let folder = report["folder"].as_str().unwrap();
    let exported = world.get(&format!("/folders/{folder}/pack")).await;
    let count = |pack: &Json, part: &str| pack["data"][part].as_object().unwrap().len();
    for part in ["flos", "tables"] {
        assert_eq!(count(&exported, part), count(&original, part), "{part}");
    }
    for (id, theirs) in original["data"]["flos"].as_object().unwrap() {
        let ours = &exported["data"]["flos"][id];
        let cards = |flow: &Json| flow["data"]["methods"].as_array().unwrap().len();
        assert_eq!(cards(ours), cards(theirs), "{}", theirs["name"]);
        assert_eq!(ours["data"]["cron"], theirs["data"]["cron"]);
    }
}
