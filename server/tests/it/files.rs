//! Files: downloaded, made, read, exported, shown to people, and gone again.

use std::time::{Duration, Instant};

use axum::Router;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::{get, put};
use serde_json::{Value as Json, json};

use crate::cards::{by_hand, card, from, typed};
use crate::world::World;

/// A service with files, and one that takes them.
async fn service() -> String {
    let named = [
        ("content-type", "text/csv"),
        (
            "content-disposition",
            "attachment; filename=\"report 流.csv\"",
        ),
    ];
    let routes = Router::new()
        .route(
            "/report",
            get(move || async move { (named, "a,b\n1,流れ\n") }),
        )
        .route("/moved", get(|| async { Redirect::temporary("/report") }))
        .route(
            "/inside",
            get(|| async { Redirect::temporary("http://10.0.0.1/x") }),
        )
        .route("/gone", get(|| async { (StatusCode::NOT_FOUND, "no") }))
        .route(
            "/big",
            get(|| async {
                (
                    [("content-length", "200000000")],
                    axum::body::Body::from_stream(futures::stream::pending::<
                        Result<Vec<u8>, std::io::Error>,
                    >()),
                )
            }),
        )
        .route(
            "/take",
            put(|body: String| async move { format!("got {body}") }),
        );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    format!("http://{address}")
}

fn grouped(group: &str, key: &str, base: &str) -> Json {
    json!({"key": {"group": group, "key": key}, "label": key, "type": {"base": base}})
}

fn content() -> Json {
    grouped("File", "File Content", "file")
}

fn download(url: &str) -> Json {
    card(
        "load",
        "filefunctions:largeDownload",
        &[typed(Some("Location"), "URL", "text", url)],
        &[
            content(),
            grouped("File", "Filename", "text"),
            grouped("File", "Size", "number"),
        ],
    )
}

/// The input that takes a file from another card.
fn file_from(step: &str, field: &Json) -> Json {
    let mut input = content();
    input["binding"] = json!({"kind": "output", "source": {"step": step, "field": field}});
    input
}

fn loaded() -> Json {
    file_from("load", &json!({"group": "File", "key": "File Content"}))
}

fn give(key: &str, step: &str, group: &str, field: &str) -> Json {
    json!({"key": {"key": key}, "label": key, "type": {"base": "any"}, "custom": true,
        "binding": {"kind": "output", "source": {"step": step, "field": {"group": group, "key": field}}}})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_downloaded_read_sent_on_and_shown_to_people() {
    let mut world = World::start().await;
    let service = service().await;
    let steps = json!([
        by_hand(),
        download(&format!("{service}/moved")),
        card(
            "info",
            "filefunctions:info",
            &[loaded()],
            &[
                grouped("File", "Extension", "text"),
                grouped("File", "Created", "date")
            ]
        ),
        card(
            "read",
            "filefunctions:read",
            &[loaded()],
            &[grouped("File", "Text", "text")]
        ),
        card(
            "send",
            "filefunctions:upload",
            &[
                typed(Some("Location"), "URL", "text", format!("{service}/take")),
                loaded()
            ],
            &[grouped("Response", "Body", "text")]
        ),
        card(
            "end",
            "control:return",
            &[
                give("file", "load", "File", "File Content"),
                give("name", "load", "File", "Filename"),
                give("size", "load", "File", "Size"),
                give("ending", "info", "File", "Extension"),
                give("text", "read", "File", "Text"),
                give("sent", "send", "Response", "Body")
            ],
            &[]
        )
    ]);
    let id = world.flow("Loads", steps, json!({})).await;
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let returned = &run["returned"];
    assert_eq!(returned["name"], "report 流.csv");
    assert_eq!(returned["size"], 13);
    assert_eq!(returned["ending"], "csv");
    assert_eq!(returned["text"], "a,b\n1,流れ\n");
    assert_eq!(returned["sent"], "got a,b\n1,流れ\n");
    assert_eq!(returned["file"]["name"], "report 流.csv");
    assert_eq!(returned["file"]["media_type"], "text/csv");

    let key = returned["file"]["file"].as_str().unwrap().to_owned();
    let url = format!("{}/files/{key}", world.nagare.url);
    let page = world.browser.get(&url).await;
    assert_eq!((page.status, page.text.as_str()), (200, "a,b\n1,流れ\n"));
    let stranger = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let answer = stranger.get(&url).send().await.unwrap();
    assert_ne!(answer.status(), 200);
    let missing = world
        .browser
        .get(&format!("{}/files/none", world.nagare.url))
        .await;
    assert_eq!(missing.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn downloads_that_must_not_be_are_refused() {
    let world = World::start().await;
    let service = service().await;
    for (url, code) in [
        (format!("{service}/inside"), "http.not_public"),
        (
            "http://169.254.169.254/latest/meta-data".to_owned(),
            "http.not_public",
        ),
        ("file:///etc/passwd".to_owned(), "http.address"),
        ("no address".to_owned(), "http.address"),
        (format!("{service}/gone"), "http.refused"),
        (format!("{service}/big"), "file.too_large"),
    ] {
        let id = world
            .flow("Loads", json!([by_hand(), download(&url)]), json!({}))
            .await;
        let run = world.run(&id, json!({})).await;
        assert_eq!(run["error"]["code"], code, "{url}: {run:#}");
    }
    assert_eq!(world.count("stored_file where is_whole = 1").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_a_flow_that_saves_no_data_go_with_its_run() {
    let world = World::start().await;
    let steps = json!([
        by_hand(),
        card(
            "make",
            "filefunctions:create",
            &[
                typed(Some("File"), "Filename", "text", "../a/secret.txt"),
                typed(Some("File"), "Text", "text", "secret")
            ],
            &[content()]
        )
    ]);
    let kept = world.flow("Keeps", steps.clone(), json!({})).await;
    let private = world
        .flow("Forgets", steps, json!({"saves_data": false}))
        .await;
    for id in [&kept, &private] {
        let run = world.run(id, json!({})).await;
        assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    }
    assert_eq!(
        world.count("stored_file where name = 'secret.txt'").await,
        2
    );
    // The next sweep is a minute away, or at the next start.
    let world = world.restarted().await;
    let begun = Instant::now();
    while world.count("stored_file").await > 1 {
        assert!(begun.elapsed() < Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(world.count("stored_file_part").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_and_a_folder_are_exported_as_packs_that_can_be_read() {
    let world = World::start().await;
    let inner = world.flow("Inner", json!([by_hand()]), json!({})).await;
    let export = |card_key: &str, input: Json, pretty: bool| {
        json!([
            by_hand(),
            card(
                "export",
                card_key,
                &[
                    input,
                    typed(None, "pretty", "boolean", pretty),
                    typed(None, "indent", "number", 4)
                ],
                &[json!({"key": {"key": "output"}, "label": "output", "type": {"base": "file"}})]
            ),
            card(
                "read",
                "filefunctions:read",
                &[file_from("export", &json!({"key": "output"}))],
                &[grouped("File", "Text", "text")]
            ),
            card(
                "end",
                "control:return",
                &[
                    give("text", "read", "File", "Text"),
                    json!({"key": {"key": "file"}, "label": "file", "type": {"base": "any"}, "custom": true, "binding": from("export", "output")})
                ],
                &[]
            )
        ])
    };
    let steps = export(
        "utility:exportFlo",
        typed(None, "flo", "flow", json!(inner)),
        true,
    );
    let id = world.flow("Exports", steps, json!({})).await;
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let text = run["returned"]["text"].as_str().unwrap();
    assert!(text.starts_with("{\n    \""), "{text}");
    assert_eq!(run["returned"]["file"]["name"], "Inner.flow");
    let pack = flopack::import(text.as_bytes(), &mut Numbers(0)).unwrap();
    assert_eq!(pack.flows[0].flow.name, "Inner");

    let steps = export(
        "utility:exportFolder",
        typed(None, "folder", "text", "none"),
        false,
    );
    let id = world.flow("Exports", steps, json!({})).await;
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["error"]["code"], "export.failed", "{run:#}");
}

struct Numbers(usize);

impl flopack::NewIds for Numbers {
    fn id(&mut self) -> String {
        self.0 += 1;
        format!("id{}", self.0)
    }
}
