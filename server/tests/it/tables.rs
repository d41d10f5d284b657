//! Tables over HTTP: CSV in and out, keys, columns, filters, and the cards of flows on them.

use serde_json::{Value as Json, json};

use crate::cards::{card, typed};
use crate::database::Database;
use crate::world::World;

/// Makes a table of people and returns its id.
async fn people(world: &World) -> String {
    let table = json!({ "name": "人々", "columns": [
        { "name": "mail", "type": "text" },
        { "name": "名前", "type": "text" },
        { "name": "age", "type": "number", "default": "18" },
        { "name": "active", "type": "boolean" },
        { "name": "since", "type": "date" },
    ]});
    let made = world.post("/tables", table).await;
    made["id"].as_str().unwrap().to_owned()
}

async fn send(world: &World, path: &str, body: Vec<u8>) -> (u16, Json) {
    let answer = reqwest::Client::new()
        .post(format!("{}/api/v1{path}", world.nagare.url))
        .bearer_auth(&world.token)
        .header("content-type", "text/csv")
        .body(body)
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn fetch(world: &World, path: &str) -> String {
    let answer = reqwest::Client::new()
        .get(format!("{}/api/v1{path}", world.nagare.url))
        .bearer_auth(&world.token)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_comes_back_as_it_went_in_and_wrong_lines_are_named() {
    let world = World::start().await;
    let id = people(&world).await;
    let file = "\u{feff}mail,名前,age,active,since\r\n\
        a@例え.jp,\"山田, \"\"花子\"\"\n二行目\",1.5,yes,2026-01-02\r\n\
        b@x,,,false,\r\n\
        c@x,\"\",many,true,\r\n\
        d@x,too few\r\n";
    let (status, report) = send(&world, &format!("/tables/{id}/rows.csv"), file.into()).await;
    assert_eq!(status, 200, "{report}");
    assert_eq!(
        (&report["added"], &report["refused"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(report["problems"][0]["line"], 5, "{report}");
    assert_eq!(report["problems"][0]["column"], "age", "{report}");
    assert_eq!(report["problems"][1]["line"], 6);
    let expected = "mail,名前,age,active,since\r\n\
        a@例え.jp,\"山田, \"\"花子\"\"\n二行目\",1.5,true,2026-01-02T00:00:00.000Z\r\n\
        b@x,,,false,\r\n";
    assert_eq!(
        fetch(&world, &format!("/tables/{id}/rows.csv")).await,
        expected
    );
    // What leaves can come in again.
    let (_, report) = send(&world, &format!("/tables/{id}/rows.csv"), expected.into()).await;
    assert_eq!(
        (&report["added"], &report["refused"]),
        (&json!(2), &json!(0))
    );
    let filter = "%7B%22expr%22%3A%5B%7B%22lhs%22%3A%22active%22%2C%22op%22%3A%22%3D%22%2C%22rhs%22%3Atrue%7D%5D%7D";
    let some = fetch(
        &world,
        &format!("/tables/{id}/rows.csv?delimiter=tab&filter={filter}"),
    )
    .await;
    assert_eq!(some.matches("a@例え.jp\t").count(), 2, "{some}");
    assert!(!some.contains("b@x"), "{some}");
    // Japanese Excel.
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("mail,名前\r\ne@x,太郎\r\n");
    let path = format!("/tables/{id}/rows.csv?encoding=shift_jis");
    let (_, report) = send(&world, &path, bytes.into_owned()).await;
    assert_eq!(report["added"], 1, "{report}");
    let rows = world.get(&format!("/tables/{id}/rows?text=太郎")).await;
    // The column that the file does not have gets its default, the empty field of the others nothing.
    assert_eq!(rows["rows"][0]["cells"]["age"], 18, "{rows}");
    for (body, what) in [
        (b"".to_vec(), "empty"),
        (b"mail,nope\n".to_vec(), "nope"),
        (b"mail,mail\n".to_vec(), "twice"),
        (b"mail\n\x96\xbc\x91\x4f\n".to_vec(), "shift_jis"),
        (b"mail\n\"open\n".to_vec(), "line 2"),
    ] {
        let (status, error) = send(&world, &format!("/tables/{id}/rows.csv"), body).await;
        let message = error["message"].as_str().unwrap_or_default();
        assert!(
            status == 422 && message.contains(what),
            "{what}: {status} {error}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_thousands_of_lines_passes_through_in_parts() {
    let world = World::start().await;
    let id = people(&world).await;
    let mut file = String::from("mail,age\n");
    for number in 0..5_000 {
        file.push_str(&format!("u{number}@example.com,{}\n", number % 50));
    }
    let (_, report) = send(
        &world,
        &format!("/tables/{id}/rows.csv"),
        file.clone().into(),
    )
    .await;
    assert_eq!(report["added"], 5_000, "{report}");
    let back = fetch(&world, &format!("/tables/{id}/rows.csv?bom=true")).await;
    assert_eq!(back.lines().count(), 5_001);
    assert!(back.starts_with("\u{feff}mail,"));
    assert!(
        back.lines().nth(5_000).unwrap().starts_with("u4999@"),
        "the order is that of the file"
    );
    // By a unique key the same file changes what is there.
    world
        .post(
            &format!("/tables/{id}/keys"),
            json!({"columns": ["mail"], "is_unique": true}),
        )
        .await;
    let (_, report) = send(
        &world,
        &format!("/tables/{id}/rows.csv"),
        file.clone().into(),
    )
    .await;
    assert_eq!(
        (&report["added"], &report["refused"]),
        (&json!(0), &json!(5_000))
    );
    let path = format!("/tables/{id}/rows.csv?mode=put&key=mail");
    file.push_str("new@example.com,1\n,2\n");
    let (_, report) = send(&world, &path, file.into()).await;
    assert_eq!(
        (&report["added"], &report["changed"], &report["refused"]),
        (&json!(1), &json!(5_000), &json!(1))
    );
    let page = world
        .get(&format!(
            "/tables/{id}/rows?sort=age&descending=true&limit=3&offset=10"
        ))
        .await;
    assert_eq!(page["rows"][0]["cells"]["age"], 49);
    assert_eq!(page["matching"], 5_001);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_and_columns_are_changed_without_losing_cells() {
    let world = World::start().await;
    keys_and_columns(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_and_columns_are_changed_on_postgres() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let world = World::with(database, |_| {}).await;
    keys_and_columns(&world).await;
    world.end().await;
}

async fn keys_and_columns(world: &World) {
    let id = people(world).await;
    let rows = format!("/tables/{id}/rows");
    let row = async |cells: Json| {
        world
            .rest("POST", &rows, Some(json!({ "cells": cells })))
            .await
    };
    row(json!({"mail": "a@x", "age": 1})).await;
    row(json!({"mail": "a@x", "age": 2})).await;
    let key = json!({"columns": ["mail"], "is_unique": true});
    let (status, refused) = world
        .rest("POST", &format!("/tables/{id}/keys"), Some(key.clone()))
        .await;
    assert_eq!(status, 422, "{refused}");
    assert!(
        refused["message"].as_str().unwrap().contains("a@x"),
        "{refused}"
    );
    let both = json!({"columns": ["mail", "age"], "is_unique": true});
    world.post(&format!("/tables/{id}/keys"), both).await;
    let (status, refused) = row(json!({"mail": "a@x", "age": 2})).await;
    assert_eq!(
        (status, &refused["code"]),
        (409, &json!("conflict")),
        "{refused}"
    );
    let put = async |cells: Json| {
        world
            .post(&format!("/tables/{id}/rows/put"), json!({ "cells": cells }))
            .await
    };
    let old = put(json!({"mail": "a@x", "age": 2, "active": true})).await;
    let new = put(json!({"mail": "b@x", "age": 2})).await;
    assert_eq!(
        (&old["is_new"], &new["is_new"]),
        (&json!(false), &json!(true))
    );

    let column = |name: &str| format!("/tables/{id}/columns/{name}");
    let (status, _) = world
        .rest("PATCH", &column("mail"), Some(json!({"name": "E-mail"})))
        .await;
    assert_eq!(status, 200);
    let (status, refused) = world.rest("DELETE", &column("E-mail"), None).await;
    assert_eq!(status, 422, "it belongs to a key: {refused}");
    let (status, _) = world.rest("DELETE", &column("active"), None).await;
    assert_eq!(status, 200);
    // A new column of a name that was there before begins empty.
    world
        .post(
            &format!("/tables/{id}/columns"),
            json!({"name": "active", "type": "boolean"}),
        )
        .await;
    world
        .post(
            &format!("/tables/{id}/columns"),
            json!({"name": "mail", "type": "text"}),
        )
        .await;
    let page = world.get(&rows).await;
    assert_eq!(
        page["keys"][0]["columns"],
        json!(["E-mail", "age"]),
        "{page}"
    );
    assert_eq!(page["rows"][1]["cells"]["E-mail"], "a@x", "{page}");
    assert_eq!(page["rows"][1]["cells"]["active"], Json::Null, "{page}");
    assert_eq!(page["rows"][1]["cells"]["mail"], Json::Null, "{page}");
    let ids: Vec<&Json> = page["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["id"])
        .collect();
    let gone = world
        .post(&format!("{rows}/delete"), json!({ "rows": [ids[0]] }))
        .await;
    assert_eq!(gone["count"], 1);
    let (_, gone) = world.rest("DELETE", &rows, None).await;
    assert_eq!(gone["count"], 2);
    let (status, _) = world.rest("DELETE", &format!("/tables/{id}"), None).await;
    assert_eq!(status, 204);
    let (status, _) = world.rest("GET", &format!("/tables/{id}"), None).await;
    assert_eq!(status, 404);
}

fn input(group: &str, key: &str, base: &str, value: Json) -> Json {
    typed(Some(group), key, base, value)
}

#[tokio::test(flavor = "multi_thread")]
async fn many_runs_that_put_the_same_row_make_one() {
    let world = World::start().await;
    let id = people(&world).await;
    world
        .post(
            &format!("/tables/{id}/keys"),
            json!({"columns": ["mail"], "is_unique": true}),
        )
        .await;
    let steps = json!([
        {"id": "start", "card": "control:callable"},
        {"id": "put", "card": "stash:upsertRow", "inputs": [
            input("parameters", "stash", "text", json!(id)),
            input("Fields", "mail", "text", json!("same@x")),
            input("Fields", "名前", "text", json!("")),
            input("Fields", "age", "number", json!(7)),
        ], "outputs": [
            {"key": {"group": "Output", "key": "Row ID"}, "label": "Row ID", "type": {"base": "text"}},
            {"key": {"group": "Output", "key": "Created"}, "label": "Is New", "type": {"base": "boolean"}}]},
    ]);
    let flow = world.flow("Put", steps, json!({})).await;
    let mut begun = Vec::new();
    for _ in 0..12 {
        begun.push(world.begin(&flow, json!({})).await);
    }
    let mut new = 0;
    for run in begun {
        let run = world.ended(&run).await;
        assert_eq!(run["row"]["status"], "succeeded", "{run}");
        new += usize::from(run["steps"].to_string().contains("\"value\":true"));
    }
    assert_eq!(new, 1);
    let page = world.get(&format!("/tables/{id}/rows")).await;
    assert_eq!(page["matching"], 1, "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_of_rows_reaches_a_helper_that_deletes_them() {
    let world = World::start().await;
    let id = people(&world).await;
    let mut file = String::from("mail,age\n");
    for number in 0..450 {
        file.push_str(&format!("u{number},{}\n", number % 3));
    }
    send(&world, &format!("/tables/{id}/rows.csv"), file.into()).await;
    let helper = world
        .flow(
            "Delete it",
            json!([
                {"id": "start", "card": "control:callable", "outputs": [
                    {"key": {"key": "Record"}, "label": "Record", "type": {"base": "object"}, "custom": true}]},
                {"id": "delete", "card": "stash:deleteRow", "inputs": [
                    input("parameters", "stash", "text", json!(id)),
                    {"key": {"group": "Delete By", "key": "Row ID"}, "label": "Row ID", "type": {"base": "text"},
                     "binding": {"kind": "output", "source": {"step": "start", "field": {"key": "Record"}, "path": ["Row ID"]}}}]},
            ]),
            json!({}),
        )
        .await;
    let flow = world
        .flow(
            "Delete the grown-ups",
            json!([
                {"id": "start", "card": "control:callable"},
                {"id": "search", "card": "stash:searchRows2", "inputs": [
                    input("parameters", "stash", "text", json!(id)),
                    input("parameters", "resultSet", "text", json!("stream")),
                    input("Filter", "Where Expression", "object", json!({"expr": [
                        {"lhs": "age", "op": ">=", "rhs": 1, "join": "AND"}]})),
                    input("Sort", "Column", "text", json!("age")),
                    input("Sort", "Direction", "text", json!("desc")),
                    input("Streaming", "Flow", "flow", json!(helper)),
                ], "outputs": [
                    {"key": {"group": "Result", "key": "Records Streamed"}, "label": "Records Streamed", "type": {"base": "number"}}]},
            ]),
            json!({}),
        )
        .await;
    let run = world.run(&flow, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run}");
    let page = world.get(&format!("/tables/{id}/rows")).await;
    assert_eq!(page["table"]["rows"], 150, "every third is younger");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_uses_a_column_is_named() {
    let world = World::start().await;
    let id = people(&world).await;
    let steps = json!([
        {"id": "start", "card": "control:callable"},
        card("search", "stash:searchRows2", &[
            input("parameters", "stash", "text", json!(id)),
            input("Filter", "Where Expression", "object", json!({"expr": [{"lhs": "age", "op": "=", "rhs": 1}]})),
        ], &[]),
    ]);
    world.draft("Seeker", steps, json!({})).await;
    let uses = world.get(&format!("/tables/{id}/uses")).await;
    assert_eq!(uses[0]["name"], "Seeker", "{uses}");
    assert_eq!(uses[0]["columns"], json!(["age"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_write_a_file_and_take_it_in_again() {
    let world = World::start().await;
    let (from, to) = (people(&world).await, people(&world).await);
    let mut file = String::from("mail,名前,age\n");
    for number in 0..1_200 {
        file.push_str(&format!("u{number},\"山田, 花子\",{}\n", number % 2));
    }
    send(&world, &format!("/tables/{from}/rows.csv"), file.into()).await;
    world
        .post(
            &format!("/tables/{to}/keys"),
            json!({"columns": ["mail"], "is_unique": true}),
        )
        .await;
    let content = json!({"key": {"group": "CSV", "key": "File Content"}, "label": "File", "type": {"base": "file"},
        "binding": {"kind": "output", "source": {"step": "export", "field": {"group": "CSV", "key": "File Content"}}}});
    let result = |key: &str| json!({"key": {"group": "Table", "key": key}, "label": key, "type": {"base": "number"}});
    let steps = json!([
        {"id": "start", "card": "control:callable"},
        {"id": "export", "card": "stash:exportToCSV", "inputs": [
            input("parameters", "stash", "text", json!(from)),
            input("File", "Filename", "text", json!("people.csv")),
            input("Options", "Delimiter", "text", json!(";")),
            {"key": {"group": "Options", "key": "Columns"}, "label": "Columns", "type": {"base": "text", "list": true},
             "binding": {"kind": "constant", "value": ["名前", "mail"]}},
            input("Options", "Limit", "number", json!(500)),
            input("Options", "Offset", "number", json!(10)),
            input("Filter", "Where Expression", "object", json!({"expr": [{"lhs": "age", "op": "=", "rhs": 1}]})),
        ], "outputs": [{"key": {"group": "CSV", "key": "File Content"}, "label": "File", "type": {"base": "file"}}]},
        {"id": "import", "card": "stash:importFromCSV", "inputs": [
            input("parameters", "stash", "text", json!(to)), content,
            input("Options", "Mode", "text", json!("put")),
        ], "outputs": [result("Added Rows"), result("Changed Rows")]},
    ]);
    let flow = world.flow("Carry", steps, json!({})).await;
    for _ in 0..2 {
        let run = world.run(&flow, json!({})).await;
        assert_eq!(run["row"]["status"], "succeeded", "{run}");
    }
    let page = world.get(&format!("/tables/{to}/rows")).await;
    assert_eq!(page["matching"], 500, "{page}");
    let first = &page["rows"][0]["cells"];
    assert_eq!(
        (&first["mail"], &first["名前"]),
        (&json!("u21"), &json!("山田, 花子"))
    );
}
