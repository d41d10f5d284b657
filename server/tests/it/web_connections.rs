//! HTTP cards with connections, against a service that looks at what comes: Basic, header, client credentials, none; what
//! goes along on a redirect; pages; and what may not be called.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get, post};
use serde_json::{Value as Json, json};

use crate::cards::{by_hand, typed};
use crate::world::World;

/// What the service heard, and which token it takes.
#[derive(Default)]
struct Service {
    heard: Mutex<Vec<(String, HeaderMap)>>,
    tokens: AtomicUsize,
    /// Tokens up to this one are no longer taken.
    ended: AtomicUsize,
}

impl Service {
    /// The header of the last call of a path.
    fn last(&self, path: &str, name: &str) -> Option<String> {
        let heard = self.heard.lock().unwrap();
        let (_, headers) = heard.iter().rev().find(|(known, _)| known == path)?;
        Some(headers.get(name)?.to_str().unwrap().to_owned())
    }
}

async fn echo(State(service): State<Arc<Service>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let path = parts.uri.path().to_owned();
    service.heard.lock().unwrap().push((path, parts.headers));
    axum::Json(json!({"ok": true})).into_response()
}

async fn token(State(service): State<Arc<Service>>, headers: HeaderMap, body: String) -> Response {
    // RFC 6749, section 2.3.1: both halves are encoded; the secret is "s c:t".
    let good = headers
        .get(header::AUTHORIZATION)
        .is_some_and(|value| value == "Basic Y2xpZW50OnMrYyUzQXQ=");
    if !good || !body.contains("grant_type=client_credentials") {
        let error = json!({"error": "invalid_client", "error_description": "Who?"});
        return (StatusCode::UNAUTHORIZED, axum::Json(error)).into_response();
    }
    let number = service.tokens.fetch_add(1, Ordering::SeqCst) + 1;
    let answer =
        json!({"access_token": format!("t{number}"), "token_type": "Bearer", "expires_in": 3600});
    axum::Json(answer).into_response()
}

async fn guarded(State(service): State<Arc<Service>>, headers: HeaderMap) -> Response {
    let ended = service.ended.load(Ordering::SeqCst);
    let number = headers.get(header::AUTHORIZATION).and_then(|value| {
        value
            .to_str()
            .ok()?
            .strip_prefix("Bearer t")?
            .parse::<usize>()
            .ok()
    });
    match number {
        Some(number) if number > ended => axum::Json(json!({"who": number})).into_response(),
        _ => StatusCode::UNAUTHORIZED.into_response(),
    }
}

#[derive(serde::Deserialize)]
struct Cursor {
    #[serde(default)]
    after: usize,
}

async fn pages(Query(cursor): Query<Cursor>) -> Response {
    let next = (cursor.after < 3).then(|| cursor.after + 1);
    axum::Json(json!({"items": [cursor.after], "paging": {"next": next}})).into_response()
}

/// Starts the service and returns its address.
async fn start(service: &Arc<Service>) -> String {
    let router = Router::new()
        .route("/token", post(token))
        .route("/guarded", get(guarded))
        .route("/pages", get(pages))
        .route(
            "/to/{port}",
            get(
                async |axum::extract::Path(port): axum::extract::Path<u16>| {
                    Redirect::temporary(&format!("http://127.0.0.1:{port}/after"))
                },
            ),
        )
        .fallback(any(echo))
        .with_state(Arc::clone(service));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

async fn connect(world: &World, request: Json) -> String {
    let made = world.post("/connections/web", request).await;
    made["id"].as_str().unwrap().to_owned()
}

/// A flow of one HTTP card.
async fn flow(world: &World, card: &str, connection: Option<&str>, inputs: Vec<Json>) -> String {
    let mut call = json!({"id": "call", "card": card, "inputs": inputs, "outputs": [
        {"key": {"group": "Response", "key": "Body"}, "label": "Body", "type": {"base": "object"}}]});
    if let Some(connection) = connection {
        call["connection"] = json!(connection);
    }
    world
        .flow("Caller", json!([by_hand(), call]), json!({}))
        .await
}

fn url(address: impl Into<Json>) -> Json {
    typed(Some("Request"), "URL", "text", address)
}

async fn status(world: &World, flow: &str) -> (String, String) {
    let run = world.run(flow, json!({})).await;
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    (text(&run["row"]["status"]), text(&run["error"]["message"]))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_connection_proves_who_calls() {
    let world = World::start().await;
    let service = Arc::new(Service::default());
    let at = start(&service).await;
    let basic = connect(
        &world,
        json!({"name": "Basic", "auth": {"kind": "basic", "user": "花子", "password": "a:b"}}),
    )
    .await;
    let header = connect(
        &world,
        json!({"name": "Header", "hosts": ["127.0.0.1"], "test_url": format!("{at}/me"),
        "auth": {"kind": "header", "name": "X-Api-Key", "value": "k3y"}}),
    )
    .await;
    for (card, connection) in [
        ("httpfunctions:get", &basic),
        ("httpfunctions:raw", &header),
    ] {
        let call = flow(
            &world,
            card,
            Some(connection),
            vec![url(format!("{at}/{card}"))],
        )
        .await;
        assert_eq!(status(&world, &call).await.0, "succeeded");
    }
    // RFC 7617: UTF-8, then base64.
    let sent = service.last("/httpfunctions:get", "authorization");
    assert_eq!(sent.as_deref(), Some("Basic 6Iqx5a2QOmE6Yg=="));
    assert_eq!(
        service.last("/httpfunctions:raw", "x-api-key").as_deref(),
        Some("k3y")
    );
    let test = world
        .post(&format!("/connections/{header}/test"), json!({}))
        .await;
    assert_eq!(test["works"], true, "{test}");
    assert_eq!(service.last("/me", "x-api-key").as_deref(), Some("k3y"));

    // A secret is never given out, and stays where none is typed.
    let shown = world
        .get(&format!("/connections/{header}"))
        .await
        .to_string();
    assert!(!shown.contains("k3y"), "{shown}");
    let moved = |value: &str| {
        json!({"id": header, "name": "Header 2", "hosts": ["api.example.com"], "test_url": "",
        "auth": {"kind": "header", "name": "X-Other", "value": value}})
    };
    // Unless it would go elsewhere: then whoever moves it has to know it.
    let (refused, said) = world
        .rest("POST", "/connections/web", Some(moved("")))
        .await;
    assert_eq!(refused, 422, "{said}");
    connect(&world, moved("k3y")).await;
    let elsewhere = flow(
        &world,
        "httpfunctions:get",
        Some(&header),
        vec![url(format!("{at}/x"))],
    )
    .await;
    let (outcome, message) = status(&world, &elsewhere).await;
    assert!(
        outcome == "failed" && message.contains("api.example.com"),
        "{outcome} {message}"
    );
    assert_eq!(service.last("/x", "host"), None, "the secret did not leave");

    let (gone, _) = world
        .rest("DELETE", &format!("/connections/{header}"), None)
        .await;
    assert!((200..300).contains(&gone), "{gone}");
    assert_eq!(world.count("pending_revocation").await, 0);
    let (outcome, message) = status(&world, &elsewhere).await;
    assert!(
        outcome == "failed" && message.contains("does not exist"),
        "{outcome} {message}"
    );
    let wrong = json!({"name": "x", "auth": {"kind": "basic", "user": "a:b", "password": "p"}});
    let (refused, _) = world.rest("POST", "/connections/web", Some(wrong)).await;
    assert_eq!(refused, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_asked_for_once_and_renewed_when_it_is_refused() {
    let world = World::start().await;
    let service = Arc::new(Service::default());
    let at = start(&service).await;
    let auth = |secret: &str| {
        json!({"kind": "client_credentials", "token_url": format!("{at}/token"),
            "client_id": "client", "client_secret": secret, "scopes": ["a", "b"]})
    };
    let id = connect(&world, json!({"name": "OAuth", "auth": auth("s c:t")})).await;
    let test = world
        .post(&format!("/connections/{id}/test"), json!({}))
        .await;
    assert_eq!(test["works"], true, "{test}");
    let call = flow(
        &world,
        "httpfunctions:get",
        Some(&id),
        vec![url(format!("{at}/guarded"))],
    )
    .await;
    let mut begun = Vec::new();
    for _ in 0..6 {
        begun.push(world.begin(&call, json!({})).await);
    }
    for run in begun {
        assert_eq!(world.ended(&run).await["row"]["status"], "succeeded");
    }
    assert_eq!(
        service.tokens.load(Ordering::SeqCst),
        1,
        "one token serves all"
    );
    service.ended.store(1, Ordering::SeqCst);
    assert_eq!(status(&world, &call).await.0, "succeeded");
    assert_eq!(service.tokens.load(Ordering::SeqCst), 2);
    // The token is nowhere on disk, and neither is the secret in clear.
    let wrong = connect(
        &world,
        json!({"id": id, "name": "OAuth", "auth": auth("wrong")}),
    )
    .await;
    let test = world
        .post(&format!("/connections/{wrong}/test"), json!({}))
        .await;
    assert_eq!(test["works"], false, "{test}");
    assert!(
        test["message"].as_str().unwrap().contains("invalid_client"),
        "{test}"
    );
    let (outcome, message) = status(&world, &call).await;
    assert!(outcome == "failed" && message.contains("401"), "{message}");
    let folder = world.end().await;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                !text.contains("s c:t") && !text.contains("Bearer t"),
                "{}",
                path.display()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_takes_no_secret_to_another_origin_and_none_inside() {
    let world = World::start().await;
    let (first, second) = (Arc::new(Service::default()), Arc::new(Service::default()));
    let (at, other) = (start(&first).await, start(&second).await);
    let port = other.rsplit(':').next().unwrap();
    let id = connect(
        &world,
        json!({"name": "Basic", "auth": {"kind": "basic", "user": "u", "password": "p"}}),
    )
    .await;
    let headers = typed(
        Some("Request"),
        "Headers",
        "object",
        json!({"X-Api-Key": "k", "X-Plain": "yes"}),
    );
    let call = flow(
        &world,
        "httpfunctions:get",
        Some(&id),
        vec![url(format!("{at}/to/{port}")), headers],
    )
    .await;
    assert_eq!(status(&world, &call).await.0, "succeeded");
    assert_eq!(second.last("/after", "authorization"), None);
    assert_eq!(second.last("/after", "x-api-key"), None);
    assert_eq!(second.last("/after", "x-plain").as_deref(), Some("yes"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_go_to_a_helper_one_by_one() {
    let world = World::start().await;
    let service = Arc::new(Service::default());
    let at = start(&service).await;
    let table = world
        .post(
            "/tables",
            json!({"name": "Pages", "columns": [{"name": "n", "type": "number"}]}),
        )
        .await;
    let table = table["id"].as_str().unwrap();
    let helper = world.flow("Take", json!([
        {"id": "start", "card": "control:callable", "outputs": [
            {"key": {"key": "Record"}, "label": "Record", "type": {"base": "object"}, "custom": true}]},
        {"id": "row", "card": "stash:createRow", "inputs": [
            typed(Some("parameters"), "stash", "text", table),
            {"key": {"group": "Fields", "key": "n"}, "label": "n", "type": {"base": "number"}, "custom": true,
             "binding": {"kind": "output", "source": {"step": "start", "field": {"key": "Record"}, "path": ["Body", "items", "0"]}}}]},
    ]), json!({})).await;
    let call = flow(
        &world,
        "httpfunctions:paginate",
        None,
        vec![
            url(format!("{at}/pages")),
            typed(Some("Paging"), "Next Page Path", "text", "paging.next"),
            typed(Some("Paging"), "Cursor Parameter", "text", "after"),
            typed(Some("Streaming"), "Flow", "flow", helper),
        ],
    )
    .await;
    assert_eq!(status(&world, &call).await.0, "succeeded");
    let rows = world.get(&format!("/tables/{table}/rows?sort=n")).await;
    let numbers: Vec<&Json> = rows["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["cells"]["n"])
        .collect();
    assert_eq!(json!(numbers), json!([0, 1, 2, 3]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_allows_what_is_not_public() {
    let world = World::with(crate::database::Database::File, |options| {
        options.allow_http_to.clear()
    })
    .await;
    let service = Arc::new(Service::default());
    let at = start(&service).await;
    let port = at.rsplit(':').next().unwrap().to_owned();
    let call = flow(
        &world,
        "httpfunctions:get",
        None,
        vec![url(format!("http://localhost:{port}/a"))],
    )
    .await;
    let (outcome, message) = status(&world, &call).await;
    assert!(
        outcome == "failed" && message.contains("not a public address"),
        "{outcome} {message}"
    );
    let allow = async |addresses: Json| {
        let body = Some(json!({ "addresses": addresses }));
        world.rest("PUT", "/settings/allowed-addresses", body).await
    };
    assert_eq!(allow(json!(["http://x"])).await.0, 422);
    let (_, saved) = allow(json!([format!("localhost:{port}")])).await;
    assert_eq!(
        saved["addresses"],
        json!([format!("localhost:{port}")]),
        "{saved}"
    );
    assert_eq!(status(&world, &call).await.0, "succeeded");
    allow(json!(["localhost:1"])).await;
    assert_eq!(
        status(&world, &call).await.0,
        "failed",
        "another port is not allowed"
    );
    allow(json!(["127.0.0.0/8", "::1"])).await;
    assert_eq!(status(&world, &call).await.0, "succeeded", "by its network");
}
