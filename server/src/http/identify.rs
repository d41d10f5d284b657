//! Who is calling: turns a session or a bearer token into a backend bound to that person, and sends browsers without
//! either to the page where they get one.

use std::sync::Arc;

use api::{ApiError, ErrorCode, Handle};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use sha2::{Digest as _, Sha256};
use store::people::{self, Person};
use tower_sessions::Session;

use crate::backend::Caller;
use crate::clock;
use crate::error::from_store;
use crate::state::Server;

/// Key of the person's id in the session.
pub(crate) const PERSON: &str = "person";

/// The person of a request, for routes beside the backend.
#[derive(Clone)]
pub(crate) struct Signed(pub(crate) flow::PersonId);

/// Pages that exist without a person.
const OPEN_PAGES: [&str; 2] = ["/setup", "/sign-in"];

/// Binds the request to the person of the session.
pub(crate) async fn person(
    State(server): State<Arc<Server>>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    if !comes_from_us(&server, request.method(), request.headers()) {
        let error = ApiError::new(
            ErrorCode::Forbidden,
            "The request came from another site and was not done.",
        );
        return (StatusCode::FORBIDDEN, axum::Json(error)).into_response();
    }
    let person = match signed_in(&server, &session).await {
        Ok(person) => person,
        Err(error) => return refuse(&error),
    };
    let path = request.uri().path().to_owned();
    if request.method() == Method::GET
        && !path.starts_with("/rpc/")
        && let Some(elsewhere) = elsewhere(&server, &path, person.as_ref()).await
    {
        return Redirect::to(&elsewhere).into_response();
    }
    if let Some(person) = &person {
        request.extensions_mut().insert(Signed(person.id.clone()));
    }
    let caller = Caller::new(server, person, Some(session));
    request.extensions_mut().insert(Handle(Arc::new(caller)));
    next.run(request).await
}

/// Binds the request to the person of the bearer token (RFC 6750).
pub(crate) async fn token(
    State(server): State<Arc<Server>>,
    mut request: Request,
    next: Next,
) -> Response {
    let found = match bearer(request.headers()) {
        Some(token) => by_token(&server, token).await,
        None => Ok(None),
    };
    match found {
        Ok(Some(person)) => {
            let caller = Caller::new(server, Some(person), None);
            request.extensions_mut().insert(Handle(Arc::new(caller)));
            next.run(request).await
        }
        Ok(None) => {
            let error = ApiError::new(
                ErrorCode::SignInNeeded,
                "Send a token as «Authorization: Bearer …». `nagare token create` makes one.",
            );
            (
                StatusCode::UNAUTHORIZED,
                [(header::WWW_AUTHENTICATE, "Bearer")],
                axum::Json(error),
            )
                .into_response()
        }
        Err(error) => refuse(&error),
    }
}

/// Returns the hash under which a token is stored.
pub(crate) fn token_hash(token: &str) -> String {
    Sha256::digest(token.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn by_token(server: &Server, token: &str) -> Result<Option<Person>, ApiError> {
    let now = clock::now_ms();
    let found = store::tokens::find_by_hash(&server.store, &token_hash(token), now)
        .await
        .map_err(from_store)?;
    let Some(row) = found else { return Ok(None) };
    store::tokens::note_use(&server.store, &row, now)
        .await
        .map_err(from_store)?;
    people::find(&server.store, &row.person)
        .await
        .map_err(from_store)
}

async fn signed_in(server: &Server, session: &Session) -> Result<Option<Person>, ApiError> {
    let id: Option<String> = session
        .get(PERSON)
        .await
        .map_err(|error| crate::error::internal(&error))?;
    match id {
        Some(id) => people::find(&server.store, &id.into())
            .await
            .map_err(from_store),
        None => Ok(None),
    }
}

/// Where a browser must go first, if anywhere.
async fn elsewhere(server: &Server, path: &str, person: Option<&Person>) -> Option<String> {
    let is_open = OPEN_PAGES.contains(&path);
    if person.is_some() {
        return is_open.then(|| "/".to_owned());
    }
    let nobody = people::count(&server.store)
        .await
        .is_ok_and(|count| count == 0);
    match (nobody, path) {
        (true, "/setup") => None,
        (true, _) => Some("/setup".to_owned()),
        (false, "/sign-in") => None,
        (false, "/setup" | "/") => Some("/sign-in".to_owned()),
        (false, path) => {
            let next: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
            Some(format!("/sign-in?next={next}"))
        }
    }
}

/// A request that changes something must come from our own pages: browsers say so in `Sec-Fetch-Site` or `Origin`.
fn comes_from_us(server: &Server, method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = text("host").unwrap_or_default();
            origin == server.public_url
                || origin.split_once("://").is_some_and(|(_, of)| of == host)
        }
        (None, None) => true,
    }
}

fn refuse(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, axum::Json(error.clone())).into_response()
}
