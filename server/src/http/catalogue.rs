//! The catalogue as data, one file a language.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use cards::Language;
use sha2::{Digest as _, Sha256};

struct File {
    json: String,
    tag: String,
}

static ENGLISH: LazyLock<File> = LazyLock::new(|| file_of(Language::En));
static JAPANESE: LazyLock<File> = LazyLock::new(|| file_of(Language::Ja));

fn file_of(language: Language) -> File {
    let json = serde_json::to_string(cards::catalogue(language)).unwrap_or_default();
    let tag = Sha256::digest(json.as_bytes())
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    File {
        json,
        tag: format!("\"{tag}\""),
    }
}

/// `GET /catalogue/en.json` and `/catalogue/ja.json`.
pub(super) async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let file = match name.as_str() {
        "en.json" => &*ENGLISH,
        "ja.json" => &*JAPANESE,
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|tag| tag.as_bytes() == file.tag.as_bytes());
    let caching = [
        (header::ETAG, file.tag.as_str()),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (
        caching,
        [(header::CONTENT_TYPE, "application/json")],
        file.json.as_str(),
    )
        .into_response()
}
