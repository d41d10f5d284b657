//! A pretend Okta org over HTTP, written from Okta's public API description.
//!
//! It knows nothing about the rest of this workspace and shares no types with it: any program that
//! speaks Okta's API can work against it. Everything lives in memory and is gone when it stops.
//!
//! Paths under `/sim/` belong to the simulation and not to Okta; they take the API token only:
//!
//! | request | body | effect |
//! | --- | --- | --- |
//! | `GET /sim/info` | | how much is in the org |
//! | `GET /sim/calls` | | the latest requests |
//! | `POST /sim/faults` | `{"method": "GET", "path_contains": "/users", "times": 2, "fault": …}` | orders a fault: `{"status": 503}`, `{"tooManyRequests": {"reset_in_s": 5}}`, `"tooManyAtOnce"`, `"reset"`, `{"slow": {"ms": 800}}` |
//! | `POST /sim/events` | `{"events": [{"eventType": "…", "target": […]}]}` | writes events into the log as they are given, and delivers them to hooks |
//! | `POST /sim/answers` | `{"method": "PUT", "path": "/api/v1/users/{id}/classification", "status": 200, "body": {…}}` | teaches an answer to what the org does not know by itself |
//! | `GET /sim/answers` | | the latest requests that met a taught answer, with their bodies |
//! | `DELETE /sim/answers` | | forgets all of both |
//! | `POST /sim/deliveries` | `{"times": 2, "fault": "twice"}` | orders a fault of event hook deliveries: `twice`, `reversed`, `lost` |
//! | `DELETE /sim/faults` | | forgets all ordered faults |
//! | `POST /sim/clock` | `{"advance_s": 3600}` | moves the clock ahead |
//! | `POST /sim/limits` | `{"factor": 10}` | multiplies all rate limits |
//!
//! What differs from a real org: everything is done at once (no asynchronous activation or import, hence no pause of
//! five minutes between two import sessions), nothing is sent by mail, id tokens are signed with ES256,
//! every consent is asked for, refresh tokens rotate without grace unless one is set, and a service application may do
//! whatever its scopes allow.

mod config;
mod expression;
mod filter;
mod hooks;
mod http;
mod listener;
mod log;
mod oauth;
mod people;
mod state;

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::http::{Peer, Shared};
use crate::listener::CuttableListener;
use crate::state::Org;

pub use config::{
    CallSeen, DeliveryFault, DeliveryFaultRule, Fault, FaultRule, Issuer, People, SimConfig,
    SimError, Taught, TaughtCall,
};

/// A running simulated org. It ends when this is stopped or dropped.
pub struct OktaSim {
    shared: Arc<Shared>,
    url: String,
    access: people::Access,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
    deliveries: JoinHandle<()>,
}

impl OktaSim {
    /// Listens on 127.0.0.1 and answers from then on.
    pub async fn start(config: SimConfig) -> Result<OktaSim, SimError> {
        if rustls::crypto::CryptoProvider::get_default().is_none()
            && rustls::crypto::ring::default_provider()
                .install_default()
                .is_err()
        {
            tracing::debug!("another part of the program chose the TLS provider");
        }
        let listener = TcpListener::bind(("127.0.0.1", config.port))
            .await
            .map_err(|source| SimError::Listen {
                port: config.port,
                source,
            })?;
        let address = listener.local_addr().map_err(|source| SimError::Listen {
            port: config.port,
            source,
        })?;
        let url = format!("http://{address}");
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(SimError::Client)?;

        let mut org = Org::new(config.now, config.token_lifetime_s);
        org.base_url.clone_from(&url);
        let access = people::move_in(&mut org, config.people, config.now);
        org.crowd = people::Crowd::new(config.crowd, config.now);
        if let Some(tokens) = &config.tokens {
            org.grants.restore(tokens).map_err(SimError::Tokens)?;
        }
        let shared = Arc::new(Shared::new(org, client));

        let app = axum::Router::new()
            .fallback(http::serve)
            .with_state(shared.clone())
            .into_make_service_with_connect_info::<Peer>();
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(async move {
            let ended = axum::serve(CuttableListener(listener), app)
                .with_graceful_shutdown(async move {
                    if stopped.await.is_err() {
                        tracing::debug!("the simulated org was dropped");
                    }
                })
                .await;
            if let Err(error) = ended {
                tracing::error!(%error, "the simulated org stopped answering");
            }
        });
        let deliveries = tokio::spawn(hooks::deliver_forever(shared.clone()));
        Ok(OktaSim {
            shared,
            url,
            access,
            stop: Some(stop),
            server,
            deliveries,
        })
    }

    /// The org's base URL: plain http on this machine, without a slash at the end.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Its access and refresh tokens as text, so that clients of this org find a later one unchanged:
    /// see [`SimConfig::tokens`].
    ///
    /// # Errors
    /// The tokens cannot be written as JSON, which would be a fault of this crate.
    pub fn tokens(&self) -> Result<String, SimError> {
        self.shared
            .org()
            .grants
            .snapshot()
            .map_err(SimError::Tokens)
    }

    /// An API token (`Authorization: SSWS …`) of a super administrator.
    pub fn api_token(&self) -> &str {
        &self.access.api_token
    }

    /// A confidential OAuth client; it accepts any redirect address on this machine.
    pub fn client_id(&self) -> &str {
        &self.access.client_id
    }

    /// The secret of [`OktaSim::client_id`].
    pub fn client_secret(&self) -> &str {
        &self.access.client_secret
    }

    /// A public OAuth client: no secret, PKCE required; any redirect address on this machine.
    pub fn public_client_id(&self) -> &str {
        &self.access.public_client_id
    }

    /// Who signs in on the sign-in page: a super administrator.
    pub fn admin_login(&self) -> &str {
        &self.access.admin_login
    }

    /// The password of [`OktaSim::admin_login`].
    pub fn admin_password(&self) -> &str {
        &self.access.admin_password
    }

    /// Orders a fault for requests to come.
    pub fn fault(&self, rule: FaultRule) {
        self.shared.org().desk.order(rule);
    }

    /// Orders that deliveries of event hooks go wrong.
    pub fn delivery_fault(&self, rule: DeliveryFaultRule) {
        self.shared.org().desk.order_delivery(rule);
    }

    /// Writes events into the log as they are given (LogEvents, of which only `eventType` is required), delivers them to
    /// the hooks that want them, and returns their uuids. Whatever a simulated org cannot do, it can report so.
    ///
    /// # Errors
    /// What is wrong with one of them; then none is written.
    pub fn emit(&self, events: Vec<serde_json::Value>) -> Result<Vec<String>, String> {
        let mut org = self.shared.org();
        let by = hooks::by_the_org(&org, "/sim/events");
        let uuids = http::emit_all(&mut org, &by, events)?;
        drop(org);
        self.shared.bell.notify_one();
        Ok(uuids)
    }

    /// The header by which deliveries of a hook show that they are the org's, name and value; never told over HTTP.
    pub fn hook_secret(&self, hook: &str) -> Option<(String, String)> {
        self.shared.org().hooks.get(hook)?.secret.clone()
    }

    /// Teaches an answer to requests that the org does not know by itself. The latest one wins; whoever asks needs a token.
    pub fn teach(&self, taught: Taught) {
        self.shared.org().desk.lessons.learn(taught);
    }

    /// The latest requests that met a taught answer, oldest first.
    pub fn taught_calls(&self) -> Vec<TaughtCall> {
        self.shared.org().desk.lessons.calls()
    }

    /// Forgets all taught answers, and who asked.
    pub fn unlearn(&self) {
        self.shared.org().desk.lessons.forget();
    }

    /// The latest requests, oldest first; at most 2,000 are remembered.
    pub fn calls(&self) -> Vec<CallSeen> {
        self.shared.org().desk.calls()
    }

    /// How many access and refresh tokens work at this moment.
    pub fn tokens_active(&self) -> usize {
        let org = self.shared.org();
        org.grants.active(org.now())
    }

    /// Multiplies all rate limits, for programs that ask more than a small org may be asked.
    pub fn raise_limits(&self, factor: u32) {
        self.shared.org().limits.factor = factor.max(1);
    }

    /// Makes the org answer under a second host name of this machine as well, as with a custom domain, and returns its base
    /// URL there. The org's links, and with [`Issuer::Followed`] its issuer too, follow the name that is asked.
    pub fn add_custom_domain(&self, host: &str, issuer: Issuer) -> String {
        let port = self.url.rsplit(':').next().unwrap_or_default();
        let base = format!("http://{host}:{port}");
        self.shared.org().custom_domain = Some(state::CustomDomain {
            base: base.clone(),
            issuer,
        });
        base
    }

    /// Demands of calls of the API what is demanded of token requests: a nonce of this org in every proof of possession.
    pub fn demand_nonces(&self) {
        self.shared.org().grants.api_wants_nonce = true;
    }

    /// Forgets the nonces that it gave out, as it does by itself after some days.
    pub fn renew_nonces(&self) {
        self.shared.org().grants.renew_nonces();
    }

    /// Signs tokens with another key from now on, and publishes only that.
    pub fn rotate_keys(&self) {
        self.shared.org().grants.renew_signer();
    }

    /// Lets a rotated refresh token work for so much longer, as an org does where its administrator sets a grace period.
    pub fn set_grace(&self, grace: Duration) {
        self.shared.org().grants.grace = chrono::Duration::from_std(grace).unwrap_or_default();
    }

    /// Moves the org's clock ahead, so that tokens expire and windows pass without waiting.
    pub fn advance_clock(&self, by: Duration) {
        let by = chrono::Duration::from_std(by).unwrap_or_default();
        self.shared.org().clock.advance(by);
    }

    /// Stops answering; requests under way get a second to end.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take()
            && stop.send(()).is_err()
        {
            tracing::debug!("the simulated org had stopped before");
        }
        if tokio::time::timeout(Duration::from_secs(1), &mut self.server)
            .await
            .is_err()
        {
            self.server.abort();
        }
    }
}

impl Drop for OktaSim {
    fn drop(&mut self) {
        self.deliveries.abort();
        if self.stop.is_some() {
            self.server.abort();
        }
    }
}
