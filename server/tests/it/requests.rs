//! Requests that are wrong, too large, or too deep: refused with a reason, never a fault of the server.

use serde_json::{Value as Json, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _};

use crate::cards::{by_hand, card};
use crate::world::World;

/// The names of all server functions, read from their source, so that none is forgotten.
fn server_functions() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src/rpc");
    let mut names = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let found = text
            .split("endpoint = \"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        names.extend(found.map(str::to_owned));
    }
    assert!(names.len() > 25, "{names:?}");
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn server_functions_refuse_what_cannot_be_read() {
    let mut world = World::start().await;
    let deep = "[".repeat(20_000);
    let bodies = [
        "",
        "{",
        "[]",
        "null",
        "5",
        "\"\"",
        "{\"id\":5}",
        "{\"request\":{}}",
        "\u{0}\u{ffff}",
        &deep,
    ];
    for name in server_functions() {
        let url = format!("{}/rpc/{name}", world.nagare.url);
        for body in bodies {
            for media in [
                "application/json",
                "application/x-www-form-urlencoded",
                "text/plain",
            ] {
                let page = world.browser.post_text(&url, media, body).await;
                let shown: String = body.chars().take(20).collect();
                assert!(
                    page.status < 500,
                    "{name} with {shown:?} as {media}: {} {}",
                    page.status,
                    page.text
                );
                if name == "sign_out" {
                    world.sign_in().await;
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_is_not_found() {
    let world = World::start().await;
    let id = "01KAN0WQ8Z4T5V6X7Y8Z9A0B1C";
    let empty = Some(json!({}));
    for (method, path, body) in [
        ("GET", format!("/flows/{id}"), None),
        ("POST", format!("/flows/{id}/on"), empty.clone()),
        ("POST", format!("/flows/{id}/off"), empty.clone()),
        ("POST", format!("/flows/{id}/runs"), empty.clone()),
        ("DELETE", format!("/flows/{id}"), None),
        ("GET", format!("/runs/{id}"), None),
        ("GET", format!("/tables/{id}"), None),
        ("GET", format!("/tables/{id}/rows"), None),
        ("POST", format!("/connections/{id}/test"), empty),
        ("DELETE", format!("/connections/{id}"), None),
        ("GET", "/flows/%00%ff".to_owned(), None),
    ] {
        let (status, answer) = world.rest(method, &path, body).await;
        assert!(
            matches!(status, 404 | 400 | 422),
            "{method} {path}: {status} {answer}"
        );
        assert!(
            answer["message"]
                .as_str()
                .is_some_and(|text| !text.is_empty()),
            "{method} {path}: {answer}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_are_too_large_are_refused() {
    let world = World::start().await;
    for path in ["/rpc/look_at_pack", "/api/v1/packs", "/api/flow/x/invoke"] {
        let said = format!("content-length: {}", (64 << 20) + 1);
        let status = pour(&world, path, &said, 0).await;
        // Of a flow that is not there nobody reads a body.
        let refused = match path {
            "/api/flow/x/invoke" => "HTTP/1.1 404",
            _ => "HTTP/1.1 413",
        };
        assert!(status.starts_with(refused), "{path}: {status}");
        let status = pour(&world, path, "transfer-encoding: chunked", 70).await;
        // The server may hang up on somebody who goes on sending.
        assert!(
            status.is_empty() || status.starts_with("HTTP/1.1 4"),
            "{path}: {status}"
        );
    }
    assert_eq!(world.get("/flows").await["flows"], json!([]));
}

/// Sends so many megabytes in chunks; returns the first line of the answer, if one comes through.
async fn pour(world: &World, path: &str, length: &str, megabytes: usize) -> String {
    let mut line = tokio::net::TcpStream::connect(world.nagare.address)
        .await
        .unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n{length}\r\n\r\n",
        world.token
    );
    line.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("100000\r\n{}\r\n", " ".repeat(1 << 20));
    for _ in 0..megabytes {
        if line.write_all(chunk.as_bytes()).await.is_err() {
            break;
        }
    }
    let mut answer = String::new();
    let mut reader = tokio::io::BufReader::new(line);
    match reader.read_line(&mut answer).await {
        Ok(_) => answer,
        Err(_) => String::new(),
    }
}

fn nested(depth: usize) -> Json {
    (0..depth).fold(json!("x"), |inner, _| json!([inner]))
}

/// If/Else in If/Else in …
fn containers(depth: usize) -> Json {
    let mut inner = card("leaf", "control:comment", &[], &[]);
    for level in 0..depth {
        inner = json!({"id": format!("if{level}"), "card": "control:if", "inputs": [],
            "lanes": [{"id": "true", "steps": [inner]}, {"id": "false", "steps": []}]});
    }
    inner
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_that_cannot_be_a_flow_are_refused() {
    let world = World::start().await;
    let id = world.draft("Target", json!([by_hand()]), json!({})).await;
    let revision = world.get(&format!("/flows/{id}")).await["revision"].clone();
    let constant = json!({"key": {"key": "a"}, "label": "a", "type": {"base": "any"}, "binding": {"kind": "constant", "value": nested(200)}});
    let twice = json!([by_hand(), by_hand()]);
    let inside = json!([by_hand(), {"id": "if", "card": "control:if", "lanes": [{"id": "true", "steps": [by_hand()]}]}]);
    for (what, steps) in [
        ("the same id twice", twice),
        ("the same id inside", inside),
        (
            "a deep value",
            json!([by_hand(), card("a", "string:compose", &[constant], &[])]),
        ),
        ("deep containers", json!([by_hand(), containers(60)])),
        ("no list", json!({})),
        ("a card without key", json!([{"id": "a"}])),
    ] {
        let body =
            json!({"revision": revision, "draft": {"id": id, "name": "Target", "steps": steps}});
        let (status, answer) = world
            .rest("PUT", &format!("/flows/{id}/draft"), Some(body))
            .await;
        assert!((400..500).contains(&status), "{what}: {status} {answer}");
    }
    let view = world.get(&format!("/flows/{id}")).await;
    assert_eq!(view["revision"], revision);
}

#[tokio::test(flavor = "multi_thread")]
async fn containers_deeper_than_allowed_do_not_run() {
    let world = World::start().await;
    let id = world
        .draft("Deep", json!([by_hand(), containers(20)]), json!({}))
        .await;
    let (status, answer) = world
        .rest("POST", &format!("/flows/{id}/on"), Some(json!({})))
        .await;
    if status == 200 {
        let run = world.run(&id, json!({})).await;
        assert_eq!(run["row"]["status"], "failed", "{run:#}");
    } else {
        assert_eq!(status, 422, "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slash_at_the_end_leads_to_the_page_and_never_elsewhere() {
    let world = World::start().await;
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    for page in ["/flows/", "/runs/?status=failed", "/flows/import///"] {
        let answer = client
            .get(format!("{}{page}", world.nagare.url))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 308, "{page}");
        let target = answer.headers()["location"].to_str().unwrap();
        let path = target.split('?').next().unwrap();
        assert!(path.starts_with('/') && !path.ends_with('/'), "{target}");
    }
    for odd in ["//evil.example/", "/\\evil.example/", "///"] {
        let address = world.nagare.url.trim_start_matches("http://");
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let head = format!("GET {odd} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut lines = tokio::io::BufReader::new(stream).lines();
        let mut answer = Vec::new();
        while let Ok(Some(line)) = lines.next_line().await {
            answer.push(line.to_lowercase());
        }
        let elsewhere = answer
            .iter()
            .find(|line| line.starts_with("location: //") || line.starts_with("location: /\\"));
        assert_eq!(elsewhere, None, "{odd}");
    }
}
