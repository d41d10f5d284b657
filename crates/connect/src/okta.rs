//! Calls to orgs with the tokens of a connection: renewed when they end, paced by the org's governor, tried again where
//! that can help and cannot harm.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use flow::{CardError, ConnectionId};
use futures::future::BoxFuture;
use serde_json::Value as Json;

mod again;
mod failure;
mod send;
mod session;

use failure::SendError;
pub use send::LEAVE_PERCENT;

use crate::error::ConnectError;
use crate::governor::Governor;
use crate::reply::Reply;
use crate::seal::{Sealed, Sealer};
use crate::tokens::Tokens;
use session::Session;

/// Tokens are renewed this long before they end.
const EARLY_MS: i64 = 60_000;

/// A call to an org.
#[derive(Clone, Debug)]
pub struct Request {
    /// HTTP method.
    pub method: String,
    /// Path on the org, begins with a slash; may carry a query.
    pub path: String,
    /// Query parameters.
    pub query: Vec<(String, String)>,
    /// Extra headers. `authorization`, `host` and `cookie` are refused.
    pub headers: Vec<(String, String)>,
    /// JSON body.
    pub body: Option<Json>,
    /// Repeating it does no harm.
    pub repeatable: bool,
}

/// What became of a call.
#[derive(Debug)]
pub struct Sent {
    /// The org's answer below 400, or why there is none.
    pub result: Result<Reply, CardError>,
    /// Every try, for the history.
    pub attempts: Vec<Attempt>,
}

/// One try of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// How long, in milliseconds.
    pub took_ms: i64,
    /// HTTP status; nothing where no answer came.
    pub status: Option<u16>,
}

/// Where sealed secrets are kept.
pub trait Vault: Send + Sync {
    /// Returns the sealed tokens and their revision.
    fn load<'a>(&'a self, id: &'a ConnectionId)
    -> BoxFuture<'a, Result<(Sealed, i64), VaultError>>;
    /// Replaces the sealed tokens if their revision is still `revision`.
    fn save<'a>(
        &'a self,
        id: &'a ConnectionId,
        revision: i64,
        sealed: Sealed,
        scopes: Vec<String>,
    ) -> BoxFuture<'a, Result<(), VaultError>>;
    /// Returns how much of each rate-limit bucket the connection leaves to others, in percent.
    fn leave_percent<'a>(&'a self, id: &'a ConnectionId) -> BoxFuture<'a, Result<u8, VaultError>>;
    /// Takes note that the org no longer accepts the tokens, and why.
    fn lost<'a>(&'a self, id: &'a ConnectionId, why: String) -> BoxFuture<'a, ()>;
    /// Keeps tokens that came for a connection after it was deleted, until they are revoked.
    fn orphaned<'a>(
        &'a self,
        id: &'a ConnectionId,
        domain: String,
        sealed: Sealed,
    ) -> BoxFuture<'a, Result<(), VaultError>>;
}

/// Why the vault did not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is no such connection.
    #[error("there is no such connection")]
    Gone,
    /// Somebody else renewed the tokens meanwhile.
    #[error("somebody else renewed the tokens")]
    Stale,
    /// The storage failed.
    #[error("the storage failed")]
    Storage,
}

/// All connections to orgs.
pub struct Connections {
    vault: Arc<dyn Vault>,
    sealer: Arc<Sealer>,
    http: reqwest::Client,
    governors: Mutex<HashMap<String, Arc<Governor>>>,
    /// How much of each bucket a connection leaves to others, in percent, and when the vault said so.
    shares: Mutex<HashMap<ConnectionId, (u8, std::time::Instant)>>,
    sessions: Mutex<HashMap<ConnectionId, Session>>,
    /// The nonces that orgs want in proofs of possession, by domain.
    nonces: Mutex<HashMap<String, String>>,
}

impl Connections {
    /// Returns the connections whose secrets are in `vault`, sealed by `sealer`.
    pub fn new(vault: Arc<dyn Vault>, sealer: Arc<Sealer>, http: reqwest::Client) -> Self {
        Self {
            vault,
            sealer,
            http,
            governors: Mutex::default(),
            shares: Mutex::default(),
            sessions: Mutex::default(),
            nonces: Mutex::default(),
        }
    }

    /// Returns an HTTP client for orgs: follows no redirects, gives up after 30 s.
    pub fn http_client() -> Result<reqwest::Client, reqwest::Error> {
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(30))
            .user_agent(concat!("nagare/", env!("CARGO_PKG_VERSION")))
            .build()
    }

    /// Forgets the tokens and settings in memory: the connection was reauthorized, changed or deleted.
    pub fn forget(&self, id: &ConnectionId) {
        self.shares
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(id);
        self.sessions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(id);
    }

    /// Sends the request; once more where the org asks for a nonce in the proof of possession (RFC 9449, section 9).
    async fn transmit(&self, tokens: &Tokens, request: &Request) -> Result<Reply, SendError> {
        let nonce = self.nonce(&tokens.domain);
        let reply = self.send_once(tokens, request, nonce.as_deref()).await?;
        let Some(new) = reply.header("dpop-nonce").map(str::to_owned) else {
            return Ok(reply);
        };
        let wants_nonce = reply.status == 401 && nonce.as_ref() != Some(&new);
        self.learn_nonce(&tokens.domain, &new);
        if wants_nonce && tokens.is_bound() {
            return self.send_once(tokens, request, Some(&new)).await;
        }
        Ok(reply)
    }

    async fn send_once(
        &self,
        tokens: &Tokens,
        request: &Request,
        nonce: Option<&str>,
    ) -> Result<Reply, SendError> {
        let url = tokens.org()?.at(&request.path)?;
        let method = reqwest::Method::from_bytes(request.method.as_bytes()).map_err(|_| {
            ConnectError::Protocol(format!("{} is not an HTTP method", request.method))
        })?;
        let call = self.http.request(method.clone(), url.clone());
        let mut call = tokens
            .sign(call, method.as_str(), &url, nonce, Utc::now())?
            .header("accept", "application/json");
        if !request.query.is_empty() {
            call = call.query(&request.query);
        }
        for (name, value) in &request.headers {
            if !matches!(
                name.to_ascii_lowercase().as_str(),
                "authorization" | "dpop" | "host" | "cookie" | "content-length"
            ) {
                call = call.header(name, value);
            }
        }
        if let Some(body) = &request.body {
            call = call.json(body);
        }
        let answer = call.send().await?;
        Ok(Reply::read(answer).await?)
    }
}

async fn sleep_ms(ms: i64) {
    tokio::time::sleep(Duration::from_millis(u64::try_from(ms).unwrap_or(0))).await;
}

fn now_ms() -> i64 {
    let now: DateTime<Utc> = Utc::now();
    now.timestamp_millis()
}
