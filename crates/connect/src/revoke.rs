//! Revoking tokens at the org (RFC 7009).

use chrono::{DateTime, Utc};

use crate::client::Client;
use crate::error::ConnectError;
use crate::tokens::Tokens;

/// Revokes all tokens and returns how many the org confirmed: all of them, or an error. May be repeated: the org answers
/// a token it does not know (any more) like one it just revoked.
pub async fn revoke(
    http: &reqwest::Client,
    tokens: &Tokens,
    now: DateTime<Utc>,
) -> Result<usize, ConnectError> {
    let org = tokens.org()?;
    let endpoints = tokens.endpoints()?;
    let client = Client {
        http,
        org: &org,
        endpoints: &endpoints,
        credentials: &tokens.credentials,
    };
    let live = [
        (tokens.refresh.as_deref(), "refresh_token"),
        (Some(tokens.access.as_str()), "access_token"),
    ];
    let mut confirmed = 0;
    for (token, hint) in live {
        let Some(token) = token else { continue };
        let form = [("token", token), ("token_type_hint", hint)];
        let reply = client.post(&endpoints.revocation, &form, None, now).await?;
        match reply.status {
            200..=299 => confirmed += 1,
            401 => return Err(client.refusal(&reply, false)),
            status => {
                return Err(ConnectError::Refused(format!(
                    "revocation was answered with {status}"
                )));
            }
        }
    }
    Ok(confirmed)
}
