//! Calls of the HTTP cards: to public addresses, or to hosts that the administrator allowed. Every redirect is checked
//! like a first call.

mod account;
mod files;
mod hop;
mod token;

use std::error::Error as _;
use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use flow::{CardError, ConnectionId, RetryHint};
use url::{Host, Url};

use crate::address::{Allowed, Checked, Lookup, NOT_PUBLIC, SystemLookup};
use crate::okta::Attempt;
use crate::reply::Reply;

pub use account::{WebAccount, WebClient, WebProof};
pub use files::{Download, Upload};

use hop::{Hop, is_private, once};
use token::WebTokens;

const REDIRECTS: usize = 5;
/// The longest that a call takes, with its redirects and its token.
const WHOLE: Duration = Duration::from_secs(90);

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

/// An account with which a call is made.
#[derive(Clone, Debug)]
pub struct CalledAs {
    /// Its connection.
    pub id: ConnectionId,
    /// Counts how often its secrets were replaced; a token of an earlier revision is not used.
    pub revision: i64,
    /// The account.
    pub account: WebAccount,
}

/// The HTTP client of the HTTP cards.
pub struct Web {
    now: RwLock<Arc<Clients>>,
    lookup: Arc<dyn Lookup>,
    tokens: WebTokens,
}

/// The clients for what is allowed at present. Connections that are kept open go with them.
struct Clients {
    allowed: Arc<Allowed>,
    /// For names of any kind: looks at their addresses.
    strict: reqwest::Client,
    /// For names that were allowed as such.
    open: reqwest::Client,
}

impl Web {
    /// Returns a client that may also call what is `allowed`. Gives up after 60 s.
    pub fn new(allowed: Allowed) -> Result<Self, reqwest::Error> {
        Self::with_lookup(allowed, Arc::new(SystemLookup))
    }

    /// Returns a client that finds the addresses of names in another way.
    pub fn with_lookup(allowed: Allowed, lookup: Arc<dyn Lookup>) -> Result<Self, reqwest::Error> {
        let clients = Clients::new(allowed, &lookup)?;
        Ok(Self {
            now: RwLock::new(Arc::new(clients)),
            lookup,
            tokens: WebTokens::default(),
        })
    }

    /// From now on allows this and nothing else.
    pub fn allow(&self, allowed: Allowed) -> Result<(), reqwest::Error> {
        if *self.clients().allowed == allowed {
            return Ok(());
        }
        let clients = Clients::new(allowed, &self.lookup)?;
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(clients);
        Ok(())
    }

    /// Forgets the token of a connection that was changed or deleted.
    pub fn forget(&self, id: &ConnectionId) {
        self.tokens.forget(id);
    }

    fn clients(&self) -> Arc<Clients> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Sends a request and follows redirects. Any status is an answer, not an error.
    pub async fn send(&self, request: &WebRequest) -> (Result<Reply, CardError>, Vec<Attempt>) {
        self.send_as(request, None).await
    }

    /// The same with an account, whose secret goes to its hosts and to the origin of the request alone. A token that the
    /// service no longer takes (401) is replaced once.
    pub async fn send_as(
        &self,
        request: &WebRequest,
        caller: Option<&CalledAs>,
    ) -> (Result<Reply, CardError>, Vec<Attempt>) {
        let mut attempts = Vec::new();
        let result =
            match tokio::time::timeout(WHOLE, self.call(request, caller, &mut attempts)).await {
                Ok(result) => result,
                Err(_) => Err(CardError {
                    retry: RetryHint::OutcomeUnknown,
                    ..CardError::new("http.unreachable", "The service did not answer in time.")
                }),
            };
        (result, attempts)
    }

    async fn call(
        &self,
        request: &WebRequest,
        caller: Option<&CalledAs>,
        attempts: &mut Vec<Attempt>,
    ) -> Result<Reply, CardError> {
        let Some(caller) = caller else {
            return self.follow(request, None, attempts).await;
        };
        let url = parse(&request.url)?;
        if !caller.account.reaches(&url) {
            return Err(CardError::new(
                "connection.host",
                format!(
                    "The connection sends its secret to {} only, not to {}. Choose another connection, or add the host on its page.",
                    caller.account.hosts.join(", "),
                    host_of(&url)
                ),
            ));
        }
        let WebProof::ClientCredentials(client) = &caller.account.proof else {
            let proof = caller.account.header();
            return self.follow(request, proof, attempts).await;
        };
        let token = self
            .token(&caller.id, caller.revision, client, None)
            .await?;
        let reply = self.follow(request, Some(bearer(&token)), attempts).await?;
        if reply.status != 401 {
            return Ok(reply);
        }
        let token = self
            .token(&caller.id, caller.revision, client, Some(&token))
            .await?;
        self.follow(request, Some(bearer(&token)), attempts).await
    }

    /// Gets a token where the account has one to get: whether the client is known shows without calling the service.
    pub async fn try_token(&self, caller: &CalledAs) -> Result<(), CardError> {
        match &caller.account.proof {
            WebProof::ClientCredentials(client) => {
                self.forget(&caller.id);
                let token = self.token(&caller.id, caller.revision, client, None).await;
                token.map(|_| ())
            }
            _ => Ok(()),
        }
    }

    async fn once_without_redirects(&self, request: &WebRequest) -> Result<Reply, CardError> {
        let clients = self.clients();
        let url = parse(&request.url)?;
        let client = clients.for_url(&url)?;
        let hop = Hop {
            client,
            url: &url,
            method: &request.method,
            body: request.body.as_ref(),
            proof: None,
            with_secrets: true,
        };
        once(request, &hop).await
    }

    async fn follow(
        &self,
        request: &WebRequest,
        proof: Option<(String, String)>,
        attempts: &mut Vec<Attempt>,
    ) -> Result<Reply, CardError> {
        let clients = self.clients();
        let mut url = parse(&request.url)?;
        let first = url.origin();
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        let mut method = request.method.clone();
        let mut body = request.body.clone();
        for _ in 0..=REDIRECTS {
            let hop = Hop {
                client: clients.for_url(&url)?,
                url: &url,
                method: &method,
                body: body.as_ref(),
                proof: proof.as_ref(),
                with_secrets: first == url.origin(),
            };
            let at_ms = chrono::Utc::now().timestamp_millis();
            let reply = once(request, &hop).await;
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
}

impl Clients {
    fn new(allowed: Allowed, lookup: &Arc<dyn Lookup>) -> Result<Self, reqwest::Error> {
        let allowed = Arc::new(allowed);
        let client = |allowed: Option<Arc<Allowed>>| {
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .dns_resolver(Checked {
                    lookup: Arc::clone(lookup),
                    allowed,
                })
                .connect_timeout(Duration::from_secs(10))
                .timeout(Duration::from_secs(60))
                .user_agent(concat!("nagare/", env!("CARGO_PKG_VERSION")))
                .build()
        };
        Ok(Self {
            strict: client(Some(Arc::clone(&allowed)))?,
            open: client(None)?,
            allowed,
        })
    }

    /// Returns the client for an address, or why it may not be called. An address in figures is looked at here; a name when
    /// it is resolved.
    fn for_url(&self, url: &Url) -> Result<&reqwest::Client, CardError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(CardError::new(
                "http.address",
                "Only http and https addresses can be called.",
            ));
        }
        let port = url.port_or_known_default().unwrap_or(0);
        if self.allowed.names(&host_of(url), port) {
            return Ok(&self.open);
        }
        let literal: Option<IpAddr> = match url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            _ => None,
        };
        match literal {
            Some(address) if !self.allowed.permits(address) => Err(not_public(url)),
            _ => Ok(&self.strict),
        }
    }
}

fn parse(url: &str) -> Result<Url, CardError> {
    Url::parse(url).map_err(|_| {
        CardError::new(
            "http.address",
            "The URL is not complete. Write it like https://example.com/path.",
        )
    })
}

fn bearer(token: &str) -> (String, String) {
    ("authorization".to_owned(), format!("Bearer {token}"))
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
            "{} is not a public address. An administrator can allow it under Settings, or with --allow-http-to.",
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

#[cfg(test)]
mod tests;
