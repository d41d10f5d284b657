//! First start, sessions, and who is let in where.

use serde_json::json;

use crate::browser::Browser;
use crate::world::{PASSWORD, World};

#[tokio::test(flavor = "multi_thread")]
async fn nobody_comes_in_without_signing_in() {
    let world = World::start().await;
    let mut stranger = Browser::new();
    let page = stranger.get(&format!("{}/flows", world.nagare.url)).await;
    assert_eq!(page.url.path(), "/sign-in");
    let answer = stranger
        .post_json(
            &format!("{}/rpc/list_connections", world.nagare.url),
            &json!({}),
        )
        .await;
    assert_eq!(answer.status, 401, "{}", answer.text);
    let plain = reqwest::Client::new()
        .get(format!("{}/api/v1/flows", world.nagare.url))
        .send()
        .await
        .unwrap();
    assert_eq!(plain.status(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_set_up_code_works_once_and_passwords_are_checked() {
    let world = World::start().await;
    let code = world.nagare.set_up_code.clone().unwrap();
    let form = |fields: &[(&str, &str)]| -> Vec<(String, String)> {
        fields
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect()
    };
    let mut second = Browser::new();
    let again = form(&[
        ("code", &code),
        ("name", "X"),
        ("login", "x"),
        ("password", PASSWORD),
    ]);
    let page = second
        .post_form(&format!("{}/rpc/set_up", world.nagare.url), &again)
        .await;
    assert_eq!(page.status, 409, "{}", page.text);
    let wrong = form(&[("login", "hanako"), ("password", "not the password")]);
    let page = second
        .post_form(&format!("{}/rpc/sign_in", world.nagare.url), &wrong)
        .await;
    assert_eq!(page.status, 401, "{}", page.text);
    let right = form(&[("login", "Hanako"), ("password", PASSWORD)]);
    let page = second
        .post_form(&format!("{}/rpc/sign_in", world.nagare.url), &right)
        .await;
    assert_eq!(page.status, 200, "{}", page.text);
    let answer = second
        .post_json(
            &format!("{}/rpc/list_connections", world.nagare.url),
            &json!({}),
        )
        .await;
    assert_eq!(answer.status, 200);
    second
        .post_json(&format!("{}/rpc/sign_out", world.nagare.url), &json!({}))
        .await;
    let answer = second
        .post_json(
            &format!("{}/rpc/list_connections", world.nagare.url),
            &json!({}),
        )
        .await;
    assert_eq!(answer.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_run_only_scripts_that_carry_their_nonce() {
    let world = World::start().await;
    let page = reqwest::get(format!("{}/sign-in", world.nagare.url))
        .await
        .unwrap();
    let policy = page.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    let (_, rest) = policy.split_once("'nonce-").unwrap();
    let nonce = rest.split('\'').next().unwrap();
    assert!(nonce.len() >= 16, "{policy}");
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    let html = page.text().await.unwrap();
    let scripts: Vec<&str> = html
        .split("<script")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        assert!(script.contains(&format!("nonce=\"{nonce}\"")), "{script}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_from_another_site_is_refused() {
    let world = World::start().await;
    let answer = reqwest::Client::new()
        .post(format!("{}/rpc/sign_in", world.nagare.url))
        .header("sec-fetch-site", "cross-site")
        .form(&[("login", "hanako"), ("password", PASSWORD)])
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 403);
}
