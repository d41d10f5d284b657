//! Files that cards made, for people who may see the runs.

use std::sync::Arc;

use api::ErrorCode;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures::stream;
use store::files::StoredFile;

use super::identify::Signed;
use crate::backend::Caller;
use crate::state::Server;

/// `/files/{file}`: the content as a download, never shown as a page of ours.
pub(super) async fn download(
    State(server): State<Arc<Server>>,
    person: Option<Extension<Signed>>,
    Path(id): Path<String>,
) -> Response {
    let person = match person {
        Some(Extension(Signed(id))) => store::people::find(&server.store, &id).await.ok().flatten(),
        None => None,
    };
    let caller = Caller::new(Arc::clone(&server), person, None);
    match caller.file(&id).await {
        Ok(file) => send(server, file),
        Err(error) => {
            let status = match error.code {
                ErrorCode::NotFound => StatusCode::NOT_FOUND,
                ErrorCode::SignInNeeded => StatusCode::UNAUTHORIZED,
                ErrorCode::Forbidden => StatusCode::FORBIDDEN,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            (status, axum::Json(error)).into_response()
        }
    }
}

fn send(server: Arc<Server>, file: StoredFile) -> Response {
    let mut headers = HeaderMap::new();
    let kind = HeaderValue::try_from(file.media_type.as_str())
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.size));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("sandbox; default-src 'none'"),
    );
    if let Ok(disposition) = HeaderValue::try_from(disposition(&file.name)) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    let parts = stream::try_unfold(0, move |seq| {
        let (server, id) = (Arc::clone(&server), file.id.clone());
        async move {
            let part = store::files::part(&server.store, &id, seq).await?;
            Ok::<_, store::StoreError>(part.map(|part| (part, seq + 1)))
        }
    });
    (headers, Body::from_stream(parts)).into_response()
}

/// RFC 6266, with the name percent-encoded (RFC 8187).
fn disposition(name: &str) -> String {
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("attachment; filename*=UTF-8''{encoded}")
}
