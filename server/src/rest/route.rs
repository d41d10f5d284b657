//! One row of the table of routes: how a path is served and how it is described.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, MethodRouter, on};
use serde_json::Value as Json;
use url::form_urlencoded;

use super::answer::Refusal;

/// Largest body, except for packs.
const MAX_BODY: usize = 2 * 1024 * 1024;

/// One method of one path.
pub(super) struct Route {
    pub(super) method: Method,
    pub(super) path: &'static str,
    /// Unique name for programs that are generated from the document.
    pub(super) id: &'static str,
    pub(super) summary: &'static str,
    pub(super) asks: Vec<Param>,
    pub(super) body: Option<Body>,
    pub(super) status: StatusCode,
    pub(super) reply: Shape,
    pub(super) guard: Guard,
    serve: MethodRouter,
    max_body: usize,
}

/// Who may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    /// Whoever shows a token.
    Token,
    /// Anybody.
    Open,
}

/// A parameter after `?`.
#[derive(Clone)]
pub(super) struct Param {
    pub(super) name: &'static str,
    /// What it is; a list of it where it may be given several times.
    pub(super) schema: Json,
    pub(super) about: &'static str,
}

/// What a request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// The component schema.
    pub(super) schema: &'static str,
    /// May be left out.
    pub(super) is_optional: bool,
}

/// What a reply carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing at all.
    Nothing,
    /// One of a component schema.
    One(&'static str),
    /// A list of a component schema.
    Many(&'static str),
    /// Text as CSV.
    Csv,
}

/// Returns a route that reads.
pub(super) fn get<H, T>(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    handler: H,
) -> Route
where
    H: Handler<T, ()>,
    T: 'static,
{
    route(Method::GET, path, on(MethodFilter::GET, handler)).called(id, summary)
}

/// Returns a route that makes or does something.
pub(super) fn post<H, T>(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    handler: H,
) -> Route
where
    H: Handler<T, ()>,
    T: 'static,
{
    route(Method::POST, path, on(MethodFilter::POST, handler)).called(id, summary)
}

/// Returns a route that writes the whole of something.
pub(super) fn put<H, T>(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    handler: H,
) -> Route
where
    H: Handler<T, ()>,
    T: 'static,
{
    route(Method::PUT, path, on(MethodFilter::PUT, handler)).called(id, summary)
}

/// Returns a route that changes a part of something.
pub(super) fn patch<H, T>(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    handler: H,
) -> Route
where
    H: Handler<T, ()>,
    T: 'static,
{
    route(Method::PATCH, path, on(MethodFilter::PATCH, handler)).called(id, summary)
}

/// Returns a route that takes something away.
pub(super) fn delete<H, T>(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    handler: H,
) -> Route
where
    H: Handler<T, ()>,
    T: 'static,
{
    route(Method::DELETE, path, on(MethodFilter::DELETE, handler)).called(id, summary)
}

fn route(method: Method, path: &'static str, serve: MethodRouter) -> Route {
    Route {
        method,
        path,
        id: "",
        summary: "",
        asks: Vec::new(),
        body: None,
        status: StatusCode::NO_CONTENT,
        reply: Shape::Nothing,
        guard: Guard::Token,
        serve,
        max_body: MAX_BODY,
    }
}

impl Route {
    fn called(self, id: &'static str, summary: &'static str) -> Self {
        Self {
            id,
            summary,
            ..self
        }
    }

    /// Adds a parameter after `?`.
    pub(super) fn asks(mut self, name: &'static str, schema: Json, about: &'static str) -> Self {
        self.asks.push(Param {
            name,
            schema,
            about,
        });
        self
    }

    /// Says what the body holds.
    pub(super) fn takes(self, schema: &'static str) -> Self {
        let body = Some(Body {
            schema,
            is_optional: false,
        });
        Self { body, ..self }
    }

    /// Says what the body holds that may be left out.
    pub(super) fn may_take(self, schema: &'static str) -> Self {
        let body = Some(Body {
            schema,
            is_optional: true,
        });
        Self { body, ..self }
    }

    /// Sets the largest body.
    pub(super) fn up_to(self, max_body: usize) -> Self {
        Self { max_body, ..self }
    }

    /// Says what a good answer is; without this it is 204 and empty.
    pub(super) fn answers(self, status: StatusCode, reply: Shape) -> Self {
        Self {
            status,
            reply,
            ..self
        }
    }

    /// Lets anybody call.
    pub(super) fn open(self) -> Self {
        Self {
            guard: Guard::Open,
            ..self
        }
    }

    /// Returns the names of the ids in the path.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'static str> {
        self.path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }

    /// Adds it to `router`.
    pub(super) fn mount(router: Router, route: Self) -> Router {
        let known: Vec<&'static str> = route.asks.iter().map(|param| param.name).collect();
        let serve = route
            .serve
            .layer(DefaultBodyLimit::max(route.max_body))
            .layer(from_fn(move |request: Request, next: Next| {
                let refused = too_large(&request, route.max_body)
                    .or_else(|| unknown_question(&request, &known));
                async move {
                    match refused {
                        Some(refusal) => refusal.into_response(),
                        None => next.run(request).await,
                    }
                }
            }));
        router.route(route.path, serve)
    }
}

/// Refuses a body that is announced as too large before any of it is read; nobody waits for the rest.
fn too_large(request: &Request, most: usize) -> Option<Refusal> {
    let announced = request.headers().get(CONTENT_LENGTH)?.to_str().ok()?;
    let is_too_large = announced.parse::<u64>().ok()? > most as u64;
    is_too_large.then(Refusal::too_large)
}

/// Refuses parameters that the route does not describe: a typing error would otherwise change what is meant.
fn unknown_question(request: &Request, known: &[&'static str]) -> Option<Refusal> {
    let question = request.uri().query().unwrap_or_default();
    let (unknown, _) = form_urlencoded::parse(question.as_bytes())
        .find(|(name, _)| !known.contains(&name.as_ref()))?;
    let hint = match known {
        [] => "It takes none.".to_owned(),
        known => format!("It takes {}.", known.join(", ")),
    };
    Some(Refusal::invalid(format!(
        "This path does not take the parameter {unknown}. {hint}"
    )))
}
