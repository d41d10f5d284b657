//! Versions over HTTP: names, notes, what they hold, restoring; drafts that give way; who is in a flow.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::cards::{by_hand, compose};
use crate::database::Database;
use crate::world::World;

fn steps(text: &str) -> Json {
    let value = json!({"kind": "constant", "value": text});
    json!([by_hand(), compose("name", text, value)])
}

async fn put(world: &World, path: &str, body: Json) -> (u16, Json) {
    world.rest("PUT", path, Some(body)).await
}

/// The words of the audit log about versions.
async fn audited(world: &World, action: &str) -> i64 {
    world
        .count(&format!("audit where action = '{action}'"))
        .await
}

async fn versions_are_named_renamed_and_restored(world: &World) {
    let id = world.draft("History", steps("one"), json!({})).await;
    let path = format!("/flows/{id}/versions");
    let first = world
        .post(&path, json!({"name": "Before", "note": "As agreed"}))
        .await;
    assert_eq!(
        (&first["number"], &first["note"]),
        (&json!(1), &json!("As agreed"))
    );
    world.save(&id, "History", steps("two"), json!({})).await;
    let second = world.post(&path, json!({})).await;
    assert!(second["changes"].as_i64().unwrap() > 0, "{second}");

    let renamed = json!({"name": "After", "note": "Why"});
    let (status, row) = put(world, &format!("{path}/2"), renamed).await;
    assert_eq!((status, &row["name"]), (200, &json!("After")), "{row}");
    let long = json!({"name": "x".repeat(201), "note": ""});
    assert_eq!(put(world, &format!("{path}/2"), long).await.0, 422);
    assert_eq!(put(world, &format!("{path}/9"), json!({})).await.0, 404);
    assert_eq!(audited(world, "flow.version.rename").await, 1);
    let names: Vec<Json> = world.get(&path).await.as_array().unwrap().clone();
    let names: Vec<&str> = names
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["After", "Before"]);
    let old = world.get(&format!("{path}/1")).await;
    assert!(
        old["document"].to_string().contains("one"),
        "what it holds is as it was"
    );

    let draft = world.get(&format!("/flows/{id}/draft")).await;
    let (status, _) = world
        .rest(
            "POST",
            &format!("{path}/1/restore"),
            Some(json!({"revision": 1})),
        )
        .await;
    assert_eq!(status, 409, "the draft has moved on");
    let restored = world
        .post(
            &format!("{path}/1/restore"),
            json!({"revision": draft["revision"]}),
        )
        .await;
    let now = world.get(&format!("/flows/{id}/draft")).await;
    assert_eq!(now["revision"], restored["revision"]);
    assert!(now["draft"].to_string().contains("one"));
    let kept = world.get(&format!("/flows/{id}/kept-drafts")).await;
    assert_eq!(kept[0]["reason"], "restored", "the draft before is kept");
    let kept = kept[0]["id"].as_str().unwrap();
    let kept = world.get(&format!("/flows/{id}/kept-drafts/{kept}")).await;
    assert_eq!(kept["document"], draft["draft"]);
}

async fn fifty_drafts_that_gave_way_are_kept(world: &World) {
    let id = world.draft("Kept", steps("one"), json!({})).await;
    let draft = world.get(&format!("/flows/{id}/draft")).await["draft"].clone();
    let path = format!("/flows/{id}/kept-drafts");
    let mut last = Json::Null;
    for _ in 0..53 {
        let body = json!({"reason": "conflict", "draft": draft});
        last = world.post(&path, body).await;
    }
    let kept = world.get(&path).await;
    assert_eq!(kept.as_array().unwrap().len(), 50);
    assert_eq!(kept[0]["id"], last["id"], "the newest first");
    let look = format!("/flows/{id}/look");
    assert_eq!(world.rest("GET", &look, None).await.0, 404);
    assert_eq!(world.rest("PUT", &look, None).await.0, 204);
    world.save(&id, "Kept", steps("two"), json!({})).await;
    assert_eq!(world.get(&look).await["document"], draft);
}

/// What a page hears first of a room that holds somebody at this card.
async fn hears(world: &World, url: &str, flow: &str, card: &str) -> Json {
    let address = format!("{url}/live/flows/{flow}");
    let request = reqwest::Client::new()
        .get(&address)
        .header("cookie", world.browser.cookie(&world.nagare.url));
    let mut events = request.send().await.unwrap();
    let heard = async {
        let mut text = String::new();
        while let Ok(Some(part)) = events.chunk().await {
            text.push_str(&String::from_utf8_lossy(&part));
            let news = text
                .lines()
                .rev()
                .find_map(|line| line.strip_prefix("data: "));
            let news = news.and_then(|news| serde_json::from_str::<Json>(news).ok());
            if let Some(news) = news.filter(|news| news.to_string().contains(card)) {
                return news;
            }
        }
        Json::Null
    };
    tokio::time::timeout(Duration::from_secs(20), heard)
        .await
        .expect("nothing was heard of it")
}

async fn people_see_each_other(world: &mut World, other: &str) {
    let flow = world.draft("Room", steps("one"), json!({})).await;
    let address = format!("{}/live/flows/{flow}", world.nagare.url);
    let nobody = reqwest::Client::new().get(&address);
    let nobody = nobody
        .header("accept", "text/event-stream")
        .send()
        .await
        .unwrap();
    assert_ne!(
        nobody.url().path(),
        format!("/live/flows/{flow}"),
        "sent to sign in"
    );
    let here = json!({"tab": "t1", "selected": "name"});
    assert_eq!(world.browser.post_json(&address, &here).await.status, 204);
    let news = hears(world, other, &flow, "\"name\"").await;
    assert_eq!(news["peers"][0]["tab"], "t1", "{news}");
    let elsewhere = world.browser.post_json(&format!("{address}x"), &here).await;
    assert_eq!(elsewhere.status, 404);
    let long = json!({"tab": "t".repeat(65)});
    assert_eq!(world.browser.post_json(&address, &long).await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_is_kept() {
    let mut world = World::start().await;
    versions_are_named_renamed_and_restored(&world).await;
    fifty_drafts_that_gave_way_are_kept(&world).await;
    let url = world.nagare.url.clone();
    people_see_each_other(&mut world, &url).await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_is_kept_on_postgres_and_people_meet_across_servers() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let mut world = World::with(database, |_| {}).await;
    versions_are_named_renamed_and_restored(&world).await;
    fifty_drafts_that_gave_way_are_kept(&world).await;
    let mut options = world.options.clone();
    let data = tempfile::TempDir::new().unwrap();
    options.key_file = Some(world.options.key_path());
    options.data = data.path().to_path_buf();
    let second = server::start(options).await.unwrap();
    people_see_each_other(&mut world, &second.url).await;
    second.stop().await;
    world.end().await;
}
