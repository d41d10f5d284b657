//! The browser part: its files, and the headers that every answer carries.

use std::net::SocketAddr;

use axum::extract::Request;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use leptos::prelude::LeptosOptions;

use crate::config::site_folder;

/// Returns what leptos needs to know to write its scripts into a page.
pub(super) fn leptos_options(listen: SocketAddr) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("app")
        .site_root(site_folder().to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(listen)
        .build()
}

/// Sends who asks for a page with a slash at its end to the page itself: `/flows/` is `/flows`.
pub(super) async fn without_slash(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let page = path.trim_end_matches('/');
    // Two slashes at the beginning would name another host.
    let is_page = page.starts_with('/') && !page.starts_with("//") && !page.starts_with("/\\");
    if request.method() != Method::GET || !path.ends_with('/') || !is_page {
        return next.run(request).await;
    }
    let target = match request.uri().query() {
        Some(query) => format!("{page}?{query}"),
        None => page.to_owned(),
    };
    Redirect::permanent(&target).into_response()
}

/// Headers that keep browsers from guessing and framing (OWASP secure headers).
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let is_page = !request.uri().path().contains('.');
    let is_versioned = request
        .uri()
        .query()
        .is_some_and(|query| query.starts_with("v="));
    let mut response = next.run(request).await;
    let is_there = response.status().is_success();
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    if is_page && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    } else if is_versioned && is_there && !headers.contains_key(header::CACHE_CONTROL) {
        // Another version has another address.
        let keep = HeaderValue::from_static("public, max-age=31536000, immutable");
        headers.insert(header::CACHE_CONTROL, keep);
    } else if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    response
}
