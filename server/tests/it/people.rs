//! Deleting people: their sessions and API tokens end, and the tokens of their connections are revoked.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value as Json, json};

use crate::browser::Browser;
use crate::world::{PASSWORD, World};

/// Runs the program on the world's data and returns whether it succeeded and what it said.
pub(crate) fn nagare(world: &World, arguments: &[&str], input: &str) -> (bool, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nagare"))
        .args(arguments)
        .arg("--data")
        .arg(&world.options.data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.success(), said + &complained)
}

/// A second administrator, signed in in a browser of her own, with an org that she authorized and an API token.
async fn ada(world: &mut World) -> (Browser, String) {
    let (made, said) = nagare(world, &["user", "create", "--login", "ada"], PASSWORD);
    assert!(made, "{said}");
    let hanako = std::mem::replace(&mut world.browser, Browser::new());
    let fields = [("login", "ada"), ("password", PASSWORD)]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let page = world
        .browser
        .post_form(&format!("{}/rpc/sign_in", world.nagare.url), &fields)
        .await;
    assert_eq!(page.status, 200, "{}", page.text);
    world.connect().await;
    let (made, token) = nagare(world, &["token", "create", "--login", "ada"], "");
    assert!(made, "{token}");
    let ada = std::mem::replace(&mut world.browser, hanako);
    (ada, token.trim().to_owned())
}

async fn status_of(world: &World, token: &str) -> u16 {
    let url = format!("{}/api/v1/connections", world.nagare.url);
    let answer = reqwest::Client::new().get(url).bearer_auth(token).send();
    answer.await.unwrap().status().as_u16()
}

fn person<'a>(people: &'a Json, login: &str) -> &'a Json {
    let all = people.as_array().unwrap();
    all.iter().find(|person| person["login"] == login).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_person_is_out_at_once_and_the_org_revokes_the_tokens() {
    let mut world = World::start().await;
    let (mut browser, token) = ada(&mut world).await;
    let people = world.get("/people").await;
    assert_eq!(person(&people, "ada")["connections"], json!(["acme"]));
    assert_eq!(person(&people, "hanako")["is_last_administrator"], false);
    let inside = browser
        .get(&format!("{}/connections", world.nagare.url))
        .await;
    assert_eq!(inside.url.path(), "/connections");
    assert_eq!(status_of(&world, &token).await, 200);

    let id = person(&people, "ada")["id"].as_str().unwrap();
    let (status, deletion) = world.rest("DELETE", &format!("/people/{id}"), None).await;
    assert_eq!(
        (status, deletion),
        (200, json!({"connections": 1, "revoked": 2, "pending": 0}))
    );
    assert_eq!(world.okta.tokens_active(), 0);
    assert_eq!(world.get("/connections").await, json!([]));
    assert_eq!(status_of(&world, &token).await, 401);
    let outside = browser
        .get(&format!("{}/connections", world.nagare.url))
        .await;
    assert_eq!(outside.url.path(), "/sign-in");
    for action in ["person.delete", "connection.delete", "connection.revoke"] {
        let from = format!("audit where action = '{action}' and actor is not null");
        assert_eq!(world.count(&from).await, 1, "{action}");
    }

    // Somebody has to be left.
    let people = world.get("/people").await;
    let hanako = person(&people, "hanako");
    assert_eq!(hanako["is_last_administrator"], true);
    let path = format!("/people/{}", hanako["id"].as_str().unwrap());
    let (status, refused) = world.rest("DELETE", &path, None).await;
    assert_eq!(
        (status, &refused["code"]),
        (409, &json!("conflict")),
        "{refused}"
    );
    let (deleted, said) = nagare(&world, &["user", "delete", "hanako"], "");
    assert!(!deleted && said.contains("last administrator"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_deletes_people_and_the_server_revokes() {
    let mut world = World::start().await;
    let (_, token) = ada(&mut world).await;
    let (deleted, said) = nagare(&world, &["user", "delete", "ada"], "");
    assert!(deleted && said.contains("acme"), "{said}");
    assert_eq!(status_of(&world, &token).await, 401);
    let begun = std::time::Instant::now();
    while world.okta.tokens_active() > 0 {
        assert!(begun.elapsed() < std::time::Duration::from_secs(30));
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let (deleted, said) = nagare(&world, &["user", "delete", "nobody"], "");
    assert!(!deleted && said.contains("nobody signs in"), "{said}");
}
