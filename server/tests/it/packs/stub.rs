//! A service of somebody else, on this machine: answers what it was told to and remembers what it was asked.

use std::sync::{Arc, Mutex};

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value as Json;

/// A request that came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Decoded.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Asked {
    pub(crate) fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        all.find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

#[derive(Default)]
struct Book {
    answers: Vec<(String, String, u16, Json)>,
    asked: Vec<Asked>,
}

pub(crate) struct Stub {
    pub(crate) url: String,
    book: Arc<Mutex<Book>>,
}

impl Stub {
    pub(crate) async fn start() -> Self {
        let book = Arc::new(Mutex::new(Book::default()));
        let app = axum::Router::new()
            .fallback(serve)
            .with_state(Arc::clone(&book));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { url, book }
    }

    /// Answers requests of this method whose path begins so; a later answer wins.
    pub(crate) fn answer(&self, method: &str, path: &str, status: u16, body: Json) {
        let mut book = self.book.lock().unwrap();
        book.answers
            .insert(0, (method.to_owned(), path.to_owned(), status, body));
    }

    /// What was asked, the oldest first.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.book.lock().unwrap().asked.clone()
    }

    pub(crate) fn forget(&self) {
        *self.book.lock().unwrap() = Book::default();
    }
}

async fn serve(State(book): State<Arc<Mutex<Book>>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let asked = Asked {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: url::form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect(),
        headers: (head.headers.iter())
            .map(|(name, value)| {
                (
                    name.to_string(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect(),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    let mut book = book.lock().unwrap();
    let found = book
        .answers
        .iter()
        .find(|(method, path, ..)| *method == asked.method && asked.path.starts_with(path.as_str()))
        .map(|(.., status, body)| (*status, body.to_string()));
    book.asked.push(asked);
    drop(book);
    let (status, body) = found.unwrap_or((404, r#"{"error": "unknown here"}"#.to_owned()));
    (
        StatusCode::from_u16(status).unwrap(),
        [(header::CONTENT_TYPE, "application/json")],
        body,
    )
        .into_response()
}
