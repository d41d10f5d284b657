//! Flows that save no data: after a run nothing of what went through it is on disk.

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::cards::{
    argument, card, compose, flow, from, give_back, helper, org_card, output, wait,
};
use crate::database::Database;
use crate::world::World;

fn private() -> Json {
    json!({ "saves_data": false })
}

/// The login of somebody whom nothing else in our database names.
async fn somebody(world: &World) -> String {
    let path = "/api/v1/users?limit=20&filter=status%20eq%20%22ACTIVE%22";
    let (_, users) = world.org("GET", path, None).await;
    let logins = users.as_array().unwrap().iter();
    let login = logins
        .map(|user| user["profile"]["login"].as_str().unwrap())
        .find(|login| *login != world.okta.admin_login());
    login.unwrap().to_owned()
}

fn read_user(connection: &str, step: &str, key: &str) -> Json {
    let who = json!({"key": {"group": "User", "key": "ID or Login"}, "label": "ID or Login", "type": {"base": "text"},
        "binding": from(step, key)});
    let mut card = org_card("read", "okta:readUser", connection, &[who]);
    card["outputs"] = json!([output(Some("Profile Properties"), "login")]);
    card
}

/// Reads a person, lets a helper greet them, waits so long that everything so far is on disk, returns the greeting.
async fn greeter(world: &World, connection: &str, more: Json) -> String {
    let greet = json!([
        helper(&["name"]),
        compose("greet", "Hello, ", from("start", "name")),
        give_back("greeting", "greet", "output")
    ]);
    let greet = world.flow("Greet", greet, more.clone()).await;
    let call = card(
        "call",
        "control:spawn",
        &[flow(&greet), argument("name", from("start", "who"))],
        &[output(None, "greeting")],
    );
    let steps = json!([
        helper(&["who"]),
        read_user(connection, "start", "who"),
        call,
        wait("wait", 1),
        give_back("greeting", "call", "greeting")
    ]);
    world.flow("Read and greet", steps, more).await
}

/// Tells whether a file of the folder holds the text.
fn holds(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|file| {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_through_is_gone_from_the_file() {
    let (world, connection) = World::connected().await;
    let login = somebody(&world).await;
    let main = greeter(&world, &connection, private()).await;
    let run = world.run(&main, json!({ "who": login })).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    assert!(!run.to_string().contains(&login), "{run:#}");
    let steps = run["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 5, "{run:#}");
    for step in steps {
        assert_eq!(step["state"], "succeeded", "{step}");
        assert!(step["started_at"].as_i64().unwrap() > 0, "{step}");
    }
    assert_eq!(run["steps"][1]["calls"][0]["status"], 200, "{run:#}");
    let folder = world.end().await;
    assert!(!holds(folder.path(), &login));
}

/// Shows that the test above can fail.
#[tokio::test(flavor = "multi_thread")]
async fn what_went_through_other_flows_is_kept() {
    let (world, connection) = World::connected().await;
    let login = somebody(&world).await;
    let main = greeter(&world, &connection, json!({})).await;
    let run = world.run(&main, json!({ "who": login })).await;
    assert_eq!(
        run["returned"],
        json!({"greeting": format!("Hello, {login}")})
    );
    let folder = world.end().await;
    assert!(holds(folder.path(), &login));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_error_says_is_not_kept() {
    let (world, connection) = World::connected().await;
    let login = "nobody-of-this-name@example.com";
    let main = greeter(&world, &connection, private()).await;
    let run = world.run(&main, json!({ "who": login })).await;
    assert_eq!(run["row"]["status"], "failed", "{run:#}");
    assert_eq!(run["error"]["status"], 404, "{run:#}");
    assert!(!run.to_string().contains(login), "{run:#}");
    let folder = world.end().await;
    assert!(!holds(folder.path(), login));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_event_said_is_gone_when_its_runs_are_over() {
    let (world, connection) = World::connected().await;
    let mut start = org_card("start", "okta:groupCreated", &connection, &[]);
    start["outputs"] = json!([{"key": {"group": "Output", "key": "Group"}, "label": "Group", "type": {"base": "object"}}]);
    let flow = world
        .flow("Listens", json!([start, wait("wait", 1)]), private())
        .await;
    let name = "Canaries of the event";
    let group = json!({"profile": {"name": name}});
    world.org("POST", "/api/v1/groups", Some(group)).await;
    let run = world.next_run(&flow).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let folder = world.end().await;
    assert!(!holds(folder.path(), name));
}

/// A restart in the middle needs the data; it goes at the end all the same, with what helpers returned.
#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_the_middle_leaves_nothing_behind() {
    let world = World::start().await;
    let secret = "canary-of-the-restart";
    let helper_steps = json!([
        helper(&["name"]),
        compose("greet", "Hello, ", from("start", "name")),
        give_back("greeting", "greet", "output")
    ]);
    let greet = world.flow("Greet", helper_steps, private()).await;
    let call = card(
        "call",
        "control:spawn",
        &[flow(&greet), argument("name", from("start", "who"))],
        &[output(None, "greeting")],
    );
    let steps = json!([helper(&["who"]), call, wait("wait", 2)]);
    let main = world.flow("Main", steps, private()).await;
    let steps = json!([helper(&["who"]), wait("wait", 2)]);
    let alone = world.flow("Alone", steps, private()).await;
    let private_run = world.begin(&alone, json!({ "who": secret })).await;
    let run = world.begin(&main, json!({ "who": secret })).await;
    let begun = std::time::Instant::now();
    while world.runs(&greet).await.is_empty() {
        assert!(begun.elapsed().as_secs() < 10, "the helper does not run");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let world = world.restarted().await;
    for run in [private_run, run] {
        let run = world.ended(&run).await;
        assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    }
    assert_eq!(world.runs(&greet).await.len(), 1);
    let folder = world.end().await;
    assert!(!holds(folder.path(), secret));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_through_is_gone_from_the_rows_of_postgres() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let mut world = World::with(database, |_| {}).await;
    let connection = world.connect().await;
    let login = somebody(&world).await;
    for (more, is_kept) in [(json!({}), true), (private(), false)] {
        world.sql("truncate journal").await;
        let main = greeter(&world, &connection, more).await;
        let run = world.run(&main, json!({ "who": login })).await;
        assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
        let id = run["row"]["id"].as_str().unwrap();
        let parts = format!("journal where entries like '%{login}%'");
        let runs = format!(
            "run where (id = '{id}' or parent_run = '{id}') and \
            (input like '%{login}%' or coalesce(result, '') like '%{login}%')"
        );
        assert_eq!(world.count(&parts).await > 0, is_kept, "journal");
        assert_eq!(world.count(&runs).await > 0, is_kept, "runs");
    }
    world.end().await;
}
