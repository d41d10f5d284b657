//! Our client at an org: how it proves who it is at the token endpoint and its neighbours, by a secret (RFC 6749, section
//! 2.3.1) or by an assertion that its private key signs (RFC 7523), and, where the org demands it, with a proof of possession.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::{Url, form_urlencoded};

use crate::endpoints::Endpoints;
use crate::error::ConnectError;
use crate::key::{PrivateKey, unique};
use crate::org::Org;
use crate::proof::Binding;
use crate::reply::Reply;

/// An assertion is good for so long, in seconds; Okta allows an hour.
const ASSERTION_LIFE_S: i64 = 300;
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Client id of the app at the org, with its secret or its key; neither for a public client.
#[derive(Clone, Serialize, Deserialize)]
pub struct Credentials {
    /// OAuth client id.
    pub client_id: String,
    /// OAuth client secret.
    pub client_secret: Option<String>,
    /// The key of a service app.
    #[serde(default)]
    pub private_key: Option<PrivateKey>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// What the token endpoint gives (RFC 6749, section 5.1).
#[derive(Deserialize)]
pub(crate) struct Given {
    pub(crate) access_token: String,
    token_type: String,
    pub(crate) expires_in: Option<i64>,
    pub(crate) scope: Option<String>,
    pub(crate) refresh_token: Option<String>,
}

/// A client at the endpoints of one org.
pub(crate) struct Client<'a> {
    pub(crate) http: &'a reqwest::Client,
    pub(crate) org: &'a Org,
    pub(crate) endpoints: &'a Endpoints,
    pub(crate) credentials: &'a Credentials,
}

impl Client<'_> {
    /// Asks for tokens. An org that demands a proof of possession gets one, with the nonce that it names; `binding` is then
    /// what the tokens are bound to.
    pub(crate) async fn ask(
        &self,
        binding: &mut Option<Binding>,
        form: &[(&str, &str)],
        now: DateTime<Utc>,
    ) -> Result<Given, ConnectError> {
        let url = &self.endpoints.token;
        let mut has_begun_binding = false;
        let mut has_new_nonce = false;
        loop {
            let proof = binding
                .as_ref()
                .map(|binding| binding.of_token_request(url, now))
                .transpose()?;
            let is_proved = proof.is_some();
            let reply = self.post(url, form, proof, now).await?;
            if reply.status < 300 {
                return self.given(reply, binding);
            }
            let error = reply.body["error"].as_str().unwrap_or_default();
            let nonce = reply.header("dpop-nonce");
            match (error, nonce, binding.as_mut()) {
                ("use_dpop_nonce", Some(nonce), Some(binding)) if !has_new_nonce => {
                    has_new_nonce = true;
                    binding.nonce = Some(nonce.to_owned());
                }
                ("invalid_dpop_proof" | "use_dpop_nonce", _, None) if !has_begun_binding => {
                    has_begun_binding = true;
                    *binding = Some(Binding::new()?);
                }
                _ => return Err(self.refusal(&reply, is_proved)),
            }
        }
    }

    fn given(&self, reply: Reply, binding: &mut Option<Binding>) -> Result<Given, ConnectError> {
        if let (Some(nonce), Some(binding)) = (reply.header("dpop-nonce"), binding.as_mut()) {
            binding.nonce = Some(nonce.to_owned());
        }
        let given: Given = serde_json::from_value(reply.body)
            .map_err(|_| ConnectError::Protocol("it gave no token".to_owned()))?;
        match given.token_type.to_ascii_lowercase().as_str() {
            "dpop" if binding.is_some() => Ok(given),
            "bearer" => {
                // The org did not bind the token, so a proof would not fit it.
                *binding = None;
                Ok(given)
            }
            other => Err(ConnectError::Protocol(format!(
                "it gave a token of the kind {other}, which was not asked for"
            ))),
        }
    }

    /// Sends a form to an endpoint, with the client's authentication. Each assertion is used once.
    pub(crate) async fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        proof: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Reply, ConnectError> {
        let credentials = self.credentials;
        let mut request = self
            .http
            .post(url.clone())
            .header("accept", "application/json");
        let mut form = form.to_vec();
        let assertion;
        match (&credentials.private_key, &credentials.client_secret) {
            (Some(key), _) => {
                assertion = self.assertion(key, url, now)?;
                form.extend([
                    ("client_assertion_type", ASSERTION_TYPE),
                    ("client_assertion", assertion.as_str()),
                ]);
            }
            (None, Some(secret)) => {
                request = request.header("authorization", basic(&credentials.client_id, secret));
            }
            (None, None) => form.push(("client_id", &credentials.client_id)),
        }
        if let Some(proof) = proof {
            request = request.header("dpop", proof);
        }
        let unreachable = || ConnectError::Unreachable(self.org.domain());
        let answer = request
            .form(&form)
            .send()
            .await
            .map_err(|_| unreachable())?;
        let reply = Reply::read(answer).await.map_err(|_| unreachable())?;
        if reply.status >= 500 {
            return Err(unreachable());
        }
        Ok(reply)
    }

    fn assertion(
        &self,
        key: &PrivateKey,
        url: &Url,
        now: DateTime<Utc>,
    ) -> Result<String, ConnectError> {
        let id = &self.credentials.client_id;
        let claims = json!({
            "iss": id,
            "sub": id,
            "aud": url.as_str(),
            "iat": now.timestamp(),
            "exp": now.timestamp() + ASSERTION_LIFE_S,
            "jti": unique()?,
        });
        key.sign(json!({}), &claims)
    }

    /// What the org's refusal means (RFC 6749, section 5.2).
    pub(crate) fn refusal(&self, reply: &Reply, is_proved: bool) -> ConnectError {
        let text = |name: &str| reply.body[name].as_str().unwrap_or_default();
        let (code, description) = (text("error"), text("error_description"));
        match code {
            "invalid_client" if self.credentials.private_key.is_some() => {
                ConnectError::InvalidKey(description.to_owned())
            }
            "invalid_client" => ConnectError::InvalidClient,
            "unauthorized_client" => ConnectError::GrantType,
            "invalid_grant" => ConnectError::InvalidGrant,
            "invalid_scope" => ConnectError::InvalidScope(Vec::new()),
            "" => ConnectError::Protocol(format!("it refused a token with {}", reply.status)),
            _ if is_proved && code.contains("dpop") => ConnectError::Refused(format!(
                "{description} ({code}). Check the clock of this server: proofs of possession carry the time"
            )),
            _ if description.is_empty() => ConnectError::Refused(code.to_owned()),
            _ => ConnectError::Refused(format!("{description} ({code})")),
        }
    }
}

/// Basic credentials, both halves form-encoded (RFC 6749, section 2.3.1).
pub(crate) fn basic(id: &str, secret: &str) -> String {
    let encoded =
        |text: &str| -> String { form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    let pair = format!("{}:{}", encoded(id), encoded(secret));
    format!("Basic {}", STANDARD.encode(pair))
}
