//! Calls of the HTTP cards: to public addresses, or to hosts that the administrator allowed. Every redirect is checked
//! like a first call.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use flow::{CardError, RetryHint};
use url::{Host, Url};

use crate::address::{Allowed, NOT_PUBLIC, PublicOnly, is_public};
use crate::okta::Attempt;
use crate::reply::Reply;

mod files;

pub use files::{Download, Upload};

const REDIRECTS: usize = 5;

/// A call of an HTTP card.
#[derive(Clone, Debug)]
pub struct WebRequest {
    /// HTTP method.
    pub method: String,
    /// Absolute address.
    pub url: String,
    /// Query parameters.
    pub query: Vec<(String, String)>,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// Body, as it goes over the wire.
    pub body: Option<String>,
    /// Media type of the body, unless a header says otherwise.
    pub media_type: Option<String>,
}

/// The HTTP client of the HTTP cards.
pub struct Web {
    http: reqwest::Client,
    allowed: Arc<Allowed>,
}

impl Web {
    /// Returns a client that may also call `allowed` hosts. Gives up after 60 s.
    pub fn new(allowed: Allowed) -> Result<Self, reqwest::Error> {
        let allowed = Arc::new(allowed);
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .dns_resolver(PublicOnly {
                allowed: Arc::clone(&allowed),
            })
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(60))
            .user_agent(concat!("nagare/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { http, allowed })
    }

    /// Sends a request and follows redirects. Any status is an answer, not an error.
    pub async fn send(&self, request: &WebRequest) -> (Result<Reply, CardError>, Vec<Attempt>) {
        let mut attempts = Vec::new();
        let result = self.follow(request, &mut attempts).await;
        (result, attempts)
    }

    async fn follow(
        &self,
        request: &WebRequest,
        attempts: &mut Vec<Attempt>,
    ) -> Result<Reply, CardError> {
        let mut url = Url::parse(&request.url).map_err(|_| {
            CardError::new(
                "http.address",
                "The URL is not complete. Write it like https://example.com/path.",
            )
        })?;
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        let mut method = request.method.clone();
        let mut body = request.body.clone();
        for _ in 0..=REDIRECTS {
            self.check(&url)?;
            let same_origin =
                Url::parse(&request.url).is_ok_and(|first| first.origin() == url.origin());
            let at_ms = chrono::Utc::now().timestamp_millis();
            let reply = self
                .once(request, &url, &method, body.as_ref(), same_origin)
                .await;
            let took_ms = chrono::Utc::now().timestamp_millis() - at_ms;
            attempts.push(Attempt {
                at_ms,
                took_ms,
                status: reply.as_ref().ok().map(|reply| reply.status),
            });
            let reply = reply?;
            let target = match reply.status {
                301 | 302 | 303 | 307 | 308 => reply
                    .header("location")
                    .and_then(|location| url.join(location).ok()),
                _ => None,
            };
            let Some(target) = target else {
                return Ok(reply);
            };
            if matches!(reply.status, 301..=303) && method != "GET" && method != "HEAD" {
                "GET".clone_into(&mut method);
                body = None;
            }
            url = target;
        }
        Err(CardError::new(
            "http.redirects",
            "The address leads on and on: more than 5 redirects.",
        ))
    }

    async fn once(
        &self,
        request: &WebRequest,
        url: &Url,
        method: &str,
        body: Option<&String>,
        with_headers: bool,
    ) -> Result<Reply, CardError> {
        let method = reqwest::Method::from_bytes(method.as_bytes()).map_err(|_| {
            CardError::new("http.method", format!("{method} is not an HTTP method."))
        })?;
        let mut call = self.http.request(method, url.clone());
        let named = |name: &str| {
            request
                .headers
                .iter()
                .any(|(known, _)| known.eq_ignore_ascii_case(name))
        };
        for (name, value) in &request.headers {
            let private =
                name.eq_ignore_ascii_case("authorization") || name.eq_ignore_ascii_case("cookie");
            if with_headers || !private {
                call = call.header(name, value);
            }
        }
        if let Some(body) = body {
            if let (Some(kind), false) = (&request.media_type, named("content-type")) {
                call = call.header("content-type", kind);
            }
            call = call.body(body.clone());
        }
        let answer = call
            .send()
            .await
            .map_err(|error| unreachable_error(url, &error))?;
        Reply::read(answer).await.map_err(|error| CardError {
            retry: RetryHint::Unavailable,
            ..CardError::new(
                "http.answer",
                format!("The answer of {} could not be read: {error}.", host_of(url)),
            )
        })
    }

    fn check(&self, url: &Url) -> Result<(), CardError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(CardError::new(
                "http.address",
                "Only http and https addresses can be called.",
            ));
        }
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            _ => None,
        };
        match literal {
            Some(address) if !is_public(address) && !self.allowed.has(&host_of(url)) => {
                Err(not_public(url))
            }
            _ => Ok(()),
        }
    }
}

fn host_of(url: &Url) -> String {
    url.host_str()
        .unwrap_or_default()
        .trim_start_matches('[')
        .trim_end_matches(']')
        .to_owned()
}

fn not_public(url: &Url) -> CardError {
    CardError::new(
        "http.not_public",
        format!(
            "{} is not a public address. An administrator can allow it with --allow-http-to.",
            host_of(url)
        ),
    )
}

fn unreachable_error(url: &Url, error: &reqwest::Error) -> CardError {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.to_string().contains(NOT_PUBLIC) {
            return not_public(url);
        }
        cause = inner.source();
    }
    let retry = if error.is_connect() {
        RetryHint::Unavailable
    } else {
        RetryHint::OutcomeUnknown
    };
    let what = if error.is_timeout() {
        "did not answer in time"
    } else {
        "could not be reached"
    };
    CardError {
        retry,
        ..CardError::new("http.unreachable", format!("{} {what}.", host_of(url)))
    }
}
