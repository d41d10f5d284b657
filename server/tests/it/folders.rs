//! Folders through REST: a tree that is moved, copied and deleted with what is in it; flows that move and are copied; what
//! the list of flows says of them.

use serde_json::{Value as Json, json};

use crate::cards::{argument, by_hand, card, flow, give_back, helper, typed};
use crate::database::Database;
use crate::world::World;

async fn folder(world: &World, name: &str, parent: Option<&str>) -> String {
    let made = world
        .post("/folders", json!({ "name": name, "parent": parent }))
        .await;
    made["id"].as_str().unwrap().to_owned()
}

async fn place(world: &World, what: &str, folder: Option<&str>) -> (u16, Json) {
    let body = json!({ "folder": folder });
    world
        .rest("PUT", &format!("{what}/place"), Some(body))
        .await
}

/// A flow that calls a helper and writes into a table, all in one folder; returns caller, helper and table.
async fn pair(world: &World, home: &str) -> (String, String, String) {
    let called = world
        .draft(
            "Called",
            json!([helper(&["n"]), give_back("n", "start", "n")]),
            json!({}),
        )
        .await;
    let table = world
        .post(
            "/tables",
            json!({ "name": "Notes", "columns": [{ "name": "Mail", "type": "text" }] }),
        )
        .await;
    let table = table["id"].as_str().unwrap().to_owned();
    let steps = json!([
        by_hand(),
        card(
            "call",
            "control:spawn",
            &[
                flow(&called),
                argument("n", json!({"kind": "constant", "value": "1"}))
            ],
            &[]
        ),
        card(
            "row",
            "stash:createRow",
            &[typed(Some("parameters"), "stash", "text", table.clone())],
            &[]
        ),
    ]);
    let caller = world.draft("Caller", steps, json!({})).await;
    for what in [
        format!("/flows/{caller}"),
        format!("/flows/{called}"),
        format!("/tables/{table}"),
    ] {
        assert_eq!(place(world, &what, Some(home)).await.0, 200);
    }
    (caller, called, table)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_renamed_moved_and_never_put_into_itself() {
    let world = World::start().await;
    let people = folder(&world, "People", None).await;
    let mut deep = vec![people.clone()];
    for name in ["2", "3", "4", "5"] {
        let parent = deep.last().cloned();
        deep.push(folder(&world, name, parent.as_deref()).await);
    }
    let (status, refused) = world
        .rest(
            "POST",
            "/folders",
            Some(json!({ "name": "6", "parent": deep[4] })),
        )
        .await;
    assert_eq!(status, 409, "{refused}");
    assert!(
        refused["message"].as_str().unwrap().contains("5 levels"),
        "{refused}"
    );
    let (status, refused) = place(&world, &format!("/folders/{people}"), Some(&deep[2])).await;
    assert_eq!(status, 409, "{refused}");
    assert!(
        refused["message"].as_str().unwrap().contains("into itself"),
        "{refused}"
    );
    let other = folder(&world, "Other", None).await;
    assert_eq!(
        place(&world, &format!("/folders/{people}"), Some(&other))
            .await
            .0,
        409
    );
    let (status, moved) = place(&world, &format!("/folders/{}", deep[2]), Some(&other)).await;
    assert_eq!(
        (status, moved["parent"].as_str()),
        (200, Some(other.as_str())),
        "{moved}"
    );
    let change = json!({ "description": "異動した人" });
    let (_, changed) = world
        .rest("PATCH", &format!("/folders/{other}"), Some(change))
        .await;
    assert_eq!(
        (&changed["name"], &changed["description"]),
        (&json!("Other"), &json!("異動した人"))
    );
    assert_eq!(
        place(&world, &format!("/folders/{other}"), Some("gone"))
            .await
            .0,
        404
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_folder_calls_its_own_copies() {
    copies(&World::start().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_folder_calls_its_own_copies_on_postgres() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let world = World::with(database, |_| {}).await;
    copies(&world).await;
    world.end().await;
}

async fn copies(world: &World) {
    let home = folder(world, "Home", None).await;
    let inner = folder(world, "Inner", Some(&home)).await;
    let (caller, called, table) = pair(world, &inner).await;
    let copy = world
        .post(
            &format!("/folders/{home}/copies"),
            json!({ "name": "Home のコピー" }),
        )
        .await;
    assert_eq!(copy["name"], "Home のコピー");
    let list = world.get("/flows").await;
    let flows = list["flows"].as_array().unwrap();
    assert_eq!(flows.len(), 4, "{list}");
    let is_new = |row: &&Json| row["name"] == "Caller" && row["id"] != json!(caller);
    let new = flows.iter().find(is_new).unwrap();
    let view = world
        .get(&format!("/flows/{}", new["id"].as_str().unwrap()))
        .await;
    let draft = view["draft"].to_string();
    assert!(
        !draft.contains(&called) && !draft.contains(&table),
        "{draft}"
    );
    assert_eq!(world.get("/tables").await.as_array().unwrap().len(), 2);
    // One flow alone goes on naming what it named.
    let alone = world
        .post(&format!("/flows/{caller}/copies"), json!({}))
        .await;
    assert_eq!(alone["name"], "Caller (copy)");
    let view = world
        .get(&format!("/flows/{}", alone["id"].as_str().unwrap()))
        .await;
    assert!(view["draft"].to_string().contains(&called), "{view}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_with_flows_is_deleted_by_its_name_and_says_what_stops() {
    let world = World::start().await;
    let home = folder(&world, "Leavers", None).await;
    let (caller, called, table) = pair(&world, &home).await;
    world.post(&format!("/flows/{called}/on"), json!({})).await;
    // The caller moves out: it goes on working with the table, and will miss the helper flow.
    assert_eq!(
        place(&world, &format!("/flows/{caller}"), None).await.0,
        200
    );
    let expected = json!({ "folders": 0, "flows": 1, "flows_on": 1, "tables": 0, "rows": 0,
        "tables_kept": 1, "callers": 1 });
    let contents = world.get(&format!("/folders/{home}/contents")).await;
    assert_eq!(contents, expected);
    let (status, refused) = world
        .rest("DELETE", &format!("/folders/{home}"), None)
        .await;
    assert_eq!(status, 422, "{refused}");
    let (status, gone) = world
        .rest("DELETE", &format!("/folders/{home}?name=Leavers"), None)
        .await;
    assert_eq!((status, gone), (200, expected));
    let kept = world.get(&format!("/tables/{table}")).await;
    assert_eq!(kept["folder"], Json::Null);
    assert_eq!(
        world.rest("GET", &format!("/flows/{called}"), None).await.0,
        404
    );
    let empty = folder(&world, "Empty", None).await;
    assert_eq!(
        world
            .rest("DELETE", &format!("/folders/{empty}"), None)
            .await
            .0,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_says_who_made_a_flow_and_how_it_ran_last() {
    let (world, connection) = World::connected().await;
    let read = json!({ "id": "read", "card": "okta:readUser", "connection": connection,
        "inputs": [typed(Some("User"), "ID or Login", "text", "nobody")] });
    let id = world
        .flow("Fails", json!([by_hand(), read]), json!({}))
        .await;
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "failed", "{run}");
    let list = world.get("/flows").await;
    let row = &list["flows"][0];
    assert_eq!(row["author"], "Hanako Yamada", "{row}");
    assert_eq!(row["connections"], json!([connection]));
    assert_eq!(row["last_run"]["status"], "failed");
    assert_eq!(row["last_run"]["id"], run["row"]["id"]);
    assert!(row["created_at"].as_i64().unwrap() > 0);
    assert_eq!(list["connections"][0]["name"], "acme");
}
