//! One request of a call: what goes along to which origin.

use flow::{CardError, RetryHint};
use url::Url;

use super::{WebRequest, host_of, unreachable_error};
use crate::reply::Reply;

/// One request on the way.
pub(super) struct Hop<'a> {
    pub(super) client: &'a reqwest::Client,
    pub(super) url: &'a Url,
    pub(super) method: &'a str,
    pub(super) body: Option<&'a String>,
    pub(super) proof: Option<&'a (String, String)>,
    /// It goes where the first one went.
    pub(super) with_secrets: bool,
}

pub(super) async fn once(request: &WebRequest, hop: &Hop<'_>) -> Result<Reply, CardError> {
    let method = reqwest::Method::from_bytes(hop.method.as_bytes()).map_err(|_| {
        CardError::new(
            "http.method",
            format!("{} is not an HTTP method.", hop.method),
        )
    })?;
    let mut call = hop.client.request(method, hop.url.clone());
    let proved = hop.proof.map(|(name, _)| name.as_str());
    for (name, value) in &request.headers {
        let is_proof = proved.is_some_and(|proved| name.eq_ignore_ascii_case(proved));
        if !is_proof && (hop.with_secrets || !is_private(name)) {
            call = call.header(name, value);
        }
    }
    if let (Some((name, value)), true) = (hop.proof, hop.with_secrets) {
        call = call.header(name, value);
    }
    if let Some(body) = hop.body {
        let is_named = request
            .headers
            .iter()
            .any(|(known, _)| known.eq_ignore_ascii_case("content-type"));
        if let (Some(kind), false) = (&request.media_type, is_named) {
            call = call.header("content-type", kind);
        }
        call = call.body(body.clone());
    }
    let answer = call
        .send()
        .await
        .map_err(|error| unreachable_error(hop.url, &error))?;
    Reply::read(answer).await.map_err(|error| CardError {
        retry: RetryHint::Unavailable,
        ..CardError::new(
            "http.answer",
            format!(
                "The answer of {} could not be read: {error}.",
                host_of(hop.url)
            ),
        )
    })
}

/// Headers that people write by hand and that are meant for one service: those that sign in, and whatever calls itself a
/// key, a token or a secret.
pub(super) fn is_private(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(
        name.as_str(),
        "authorization" | "cookie" | "proxy-authorization" | "dpop"
    ) || ["key", "token", "secret", "auth", "password", "session"]
        .iter()
        .any(|word| name.contains(word))
}
