//! Access tokens of clients (RFC 6749, section 4.4), kept in memory until they end, and asked for once however many calls
//! wait for one.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use flow::{CardError, ConnectionId, RetryHint};
use serde_json::Value as Json;
use tokio::sync::Mutex as Turn;
use url::form_urlencoded;

use super::account::WebClient;
use super::{Web, WebRequest};

/// A token is renewed so long before it ends, in milliseconds.
const EARLY_MS: i64 = 30_000;
/// A token whose end is not named is kept for so long.
const USUAL_MS: i64 = 10 * 60_000;
/// Connections whose tokens are remembered.
const MOST: usize = 1_000;

#[derive(Clone)]
struct Token {
    revision: i64,
    text: String,
    until: i64,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token(until {})", self.until)
    }
}

/// Tokens by connection.
#[derive(Debug, Default)]
pub(super) struct WebTokens {
    places: Mutex<HashMap<ConnectionId, Arc<Turn<Option<Token>>>>>,
}

impl WebTokens {
    fn place(&self, id: &ConnectionId) -> Arc<Turn<Option<Token>>> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if places.len() >= MOST && !places.contains_key(id) {
            places.clear();
        }
        Arc::clone(places.entry(id.clone()).or_default())
    }

    pub(super) fn forget(&self, id: &ConnectionId) {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        places.remove(id);
    }
}

impl Web {
    /// Returns a token of a connection; `refused` is one that the service did not take, so that another is asked for.
    pub(super) async fn token(
        &self,
        id: &ConnectionId,
        revision: i64,
        client: &WebClient,
        refused: Option<&str>,
    ) -> Result<String, CardError> {
        let place = self.tokens.place(id);
        let mut held = place.lock().await;
        let now = chrono::Utc::now().timestamp_millis();
        if let Some(token) = held.as_ref()
            && token.revision == revision
            && token.until > now
            && refused != Some(token.text.as_str())
        {
            return Ok(token.text.clone());
        }
        *held = None;
        let token = self.ask_for_token(revision, client, now).await?;
        let text = token.text.clone();
        *held = Some(token);
        Ok(text)
    }

    async fn ask_for_token(
        &self,
        revision: i64,
        client: &WebClient,
        now: i64,
    ) -> Result<Token, CardError> {
        let mut headers = vec![("accept".to_owned(), "application/json".to_owned())];
        if !client.in_form {
            let basic = crate::client::basic(&client.client_id, &client.client_secret);
            headers.push(("authorization".to_owned(), basic));
        }
        let request = WebRequest {
            method: "POST".to_owned(),
            url: client.token_url.clone(),
            query: Vec::new(),
            headers,
            body: Some(form_of(client)),
            media_type: Some("application/x-www-form-urlencoded".to_owned()),
        };
        // A token endpoint that leads elsewhere would lead the secret there too.
        let reply = self
            .once_without_redirects(&request)
            .await
            .map_err(|error| CardError {
                retry: match error.retry {
                    RetryHint::OutcomeUnknown => RetryHint::Unavailable,
                    other => other,
                },
                ..error
            })?;
        let body = reply.body_as_json();
        let token = body["access_token"].as_str().unwrap_or_default();
        if reply.status >= 300 || token.is_empty() {
            return Err(refusal(reply.status, &body));
        }
        let life = match &body["expires_in"] {
            Json::Number(number) => number.as_f64(),
            Json::String(text) => text.parse().ok(),
            _ => None,
        };
        #[expect(clippy::cast_possible_truncation, reason = "bounded before")]
        let life = life.map_or(USUAL_MS, |seconds| {
            (seconds.clamp(0.0, 1e7) * 1000.0) as i64
        });
        Ok(Token {
            revision,
            text: token.to_owned(),
            until: now + (life - EARLY_MS).max(life / 2),
        })
    }
}

/// The request of RFC 6749, section 4.4.2.
fn form_of(client: &WebClient) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "client_credentials");
    if !client.scopes.is_empty() {
        form.append_pair("scope", &client.scopes.join(" "));
    }
    if !client.audience.is_empty() {
        form.append_pair("audience", &client.audience);
    }
    if client.in_form {
        form.append_pair("client_id", &client.client_id);
        form.append_pair("client_secret", &client.client_secret);
    }
    form.finish()
}

fn refusal(status: u16, body: &Json) -> CardError {
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    let (code, description) = (text("error"), text("error_description"));
    let said = match (code, description) {
        ("", _) => String::new(),
        (code, "") => format!(" ({code})"),
        (code, description) => format!(" ({code}: {description})"),
    };
    CardError {
        status: Some(status),
        retry: match status {
            429 => RetryHint::RateLimited { reset_at_ms: None },
            500..=599 => RetryHint::Unavailable,
            _ => RetryHint::No,
        },
        ..CardError::new(
            "connection.refused",
            format!(
                "The token endpoint of the connection answered {status}{said}. Check client ID, secret and scopes of the connection."
            ),
        )
    }
}
