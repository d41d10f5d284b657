//! From a request on the wire to a handler and back: body limit, faults, token, rate limit, headers.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body as HttpBody;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use tokio::sync::Notify;
use url::form_urlencoded;

use super::auth;
use super::call::{After, Answer, Body, Call, Caller, Reply};
use super::errors::OktaError;
use super::limits::Standing;
use super::routes::{self, Access, Found};
use crate::log::{Note, Party, kinds};
use crate::state::{Org, request_id};
use crate::{CallSeen, Fault, hooks};

/// Largest request body accepted.
const MAX_BODY: usize = 1024 * 1024;

/// What all requests share.
pub(crate) struct Shared {
    org: Mutex<Org>,
    /// Rung when events wait for delivery to hooks.
    pub(crate) bell: Notify,
    pub(crate) client: reqwest::Client,
}

impl Shared {
    pub(crate) fn new(org: Org, client: reqwest::Client) -> Shared {
        Shared {
            org: Mutex::new(org),
            bell: Notify::new(),
            client,
        }
    }

    /// The org. Never hold this across an await.
    pub(crate) fn org(&self) -> MutexGuard<'_, Org> {
        self.org.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The other end of a connection, and the switch that cuts it.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    pub(crate) address: SocketAddr,
    pub(crate) cut: Arc<AtomicBool>,
}

/// Answers one request.
pub(crate) async fn serve(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    let path_and_query = head
        .uri
        .path_and_query()
        .map_or_else(|| head.uri.path().to_owned(), ToString::to_string);
    let body = axum::body::to_bytes(body, MAX_BODY).await;
    let is_too_large = body.is_err();
    let mut call = {
        let org = shared.org();
        let base = org.base_of(head.headers.get("host"));
        Call {
            method: head.method.as_str().to_owned(),
            path: head.uri.path().to_owned(),
            query: form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes())
                .into_owned()
                .collect(),
            params: Vec::new(),
            headers: head.headers,
            body: body.unwrap_or_default(),
            caller: Caller::default(),
            at: org.now(),
            request_id: request_id(),
            ip: peer.address.ip().to_string(),
            base,
        }
    };
    let outcome = match fault(&shared, &call, &path_and_query, &peer).await {
        Some(outcome) => outcome,
        None if is_too_large => (OktaError::too_large().into_reply(), None),
        None => answer(&shared, &mut call).await,
    };
    let (reply, standing) = outcome;
    shared.org().desk.saw(CallSeen {
        method: call.method.clone(),
        path_and_query,
        status: reply.status,
        authorization: auth::kind(&call),
    });
    response(&call, reply, standing)
}

type Outcome = (Reply, Option<Standing>);

/// Meets an ordered fault. A slow one only waits and lets the request go on.
async fn fault(shared: &Shared, call: &Call, path_and_query: &str, peer: &Peer) -> Option<Outcome> {
    if call.path.starts_with("/sim/") {
        return None;
    }
    let fault = shared.org().desk.take_fault(&call.method, path_and_query)?;
    match fault {
        Fault::Status(status) => Some((OktaError::of_status(status).into_reply(), None)),
        Fault::TooManyRequests { reset_in_s } => Some((
            OktaError::too_many_requests().into_reply(),
            Some(Standing {
                limit: 600,
                remaining: 0,
                reset: call.at.timestamp().saturating_add_unsigned(reset_in_s),
                is_exceeded: true,
                is_first_violation: false,
                is_warning: false,
            }),
        )),
        Fault::TooManyAtOnce => Some((
            OktaError::too_many_requests().into_reply(),
            Some(Standing {
                limit: 0,
                remaining: 0,
                reset: call.at.timestamp() + 60,
                is_exceeded: true,
                is_first_violation: false,
                is_warning: false,
            }),
        )),
        Fault::Reset => {
            peer.cut.store(true, Ordering::Relaxed);
            Some((Reply::empty(500), None))
        }
        Fault::Slow { ms } => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            None
        }
    }
}

async fn answer(shared: &Shared, call: &mut Call) -> Outcome {
    let (answer, standing) = handle(&mut shared.org(), call);
    let answer = match answer {
        Ok(reply) => match &reply.after {
            After::Nothing => Ok(reply),
            After::VerifyHook(id) => hooks::verify(shared, call, id).await,
        },
        Err(error) => Err(error),
    };
    if !shared.org().outbox.is_empty() {
        shared.bell.notify_one();
    }
    (answer.unwrap_or_else(OktaError::into_reply), standing)
}

fn handle(org: &mut Org, call: &mut Call) -> (Answer, Option<Standing>) {
    call.at = org.now();
    let found = routes::find(&call.method, &call.path);
    let is_taught = org.desk.lessons.knows(&call.method, &call.path);
    let access = match &found {
        _ if is_taught => Access::ApiToken,
        Found::Route(route, _) => route.access,
        Found::OtherMethod | Found::Nothing => Access::Public,
    };
    if access != Access::Public {
        match auth::caller(org, call) {
            Ok(caller) => call.caller = caller,
            Err(error) => return (Err(error), None),
        }
    }
    let standing = is_limited(&call.path).then(|| {
        let now = call.at;
        org.limits.take(&call.method, &call.path, now)
    });
    if let Some(standing) = standing {
        note_standing(org, call, standing);
    }
    if standing.is_some_and(|standing| standing.is_exceeded) {
        return (Err(OktaError::too_many_requests()), standing);
    }
    if let Some(reply) = org.desk.lessons.answer(call) {
        return (Ok(reply), standing);
    }
    let answer = match found {
        Found::Nothing => Err(OktaError::unknown_path()),
        Found::OtherMethod => Err(OktaError::method_not_supported()),
        Found::Route(route, params) => {
            for (_, value) in &params {
                org.move_in(value);
            }
            call.params = params;
            auth::check(org, call, route.access).and_then(|()| (route.handle)(org, call))
        }
    };
    (answer, standing)
}

fn note_standing(org: &mut Org, call: &Call, standing: Standing) {
    let kind = if standing.is_first_violation {
        &kinds::RATE_VIOLATION
    } else if standing.is_warning {
        &kinds::RATE_WARNING
    } else {
        return;
    };
    let target = Party {
        id: call.path.clone(),
        kind: "URL Pattern",
        alternate_id: "unknown".to_owned(),
        display_name: call.path.clone(),
    };
    let by = call.by(org);
    org.note(&by, Note::of(kind).to(target));
}

fn is_limited(path: &str) -> bool {
    !(path.starts_with("/sim/") || path.starts_with("/.well-known/") || path == "/oauth2/v1/keys")
}

fn response(call: &Call, reply: Reply, standing: Option<Standing>) -> Response {
    let (content_type, body) = match reply.body {
        Body::Empty => (None, HttpBody::empty()),
        Body::Json(json) => (Some("application/json"), HttpBody::from(json.to_string())),
        Body::Html(page) => (Some("text/html;charset=utf-8"), HttpBody::from(page)),
    };
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut headers = vec![
        ("x-okta-request-id", call.request_id.clone()),
        ("cache-control", "no-cache, no-store".to_owned()),
        ("pragma", "no-cache".to_owned()),
        ("expires", "0".to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
        (
            "date",
            call.at.format("%a, %d %b %Y %H:%M:%S GMT").to_string(),
        ),
    ];
    if let Some(standing) = standing {
        headers.push(("x-rate-limit-limit", standing.limit.to_string()));
        headers.push(("x-rate-limit-remaining", standing.remaining.to_string()));
        headers.push(("x-rate-limit-reset", standing.reset.to_string()));
    }
    headers.extend(content_type.map(|it| ("content-type", it.to_owned())));
    headers.extend(reply.headers);
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response
                .headers_mut()
                .append(HeaderName::from_static(name), value);
        }
    }
    response
}
