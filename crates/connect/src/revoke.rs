//! Revoking tokens at the org (RFC 7009).

use crate::error::ConnectError;
use crate::tokens::Tokens;

/// Revokes all tokens and returns how many the org confirmed: all of them, or an error. May be repeated: the org answers
/// a token it does not know (any more) like one it just revoked.
pub async fn revoke(http: &reqwest::Client, tokens: &Tokens) -> Result<usize, ConnectError> {
    let org = tokens.org()?;
    let url = org.at("/oauth2/v1/revoke")?;
    let live = [
        (tokens.refresh.as_deref(), "refresh_token"),
        (Some(tokens.access.as_str()), "access_token"),
    ];
    let mut confirmed = 0;
    for (token, hint) in live {
        let Some(token) = token else { continue };
        let mut form = vec![("token", token), ("token_type_hint", hint)];
        let mut request = http.post(url.clone());
        match &tokens.credentials.client_secret {
            Some(secret) => {
                request = request.basic_auth(&tokens.credentials.client_id, Some(secret))
            }
            None => form.push(("client_id", &tokens.credentials.client_id)),
        }
        let answer = request
            .form(&form)
            .send()
            .await
            .map_err(|_| ConnectError::Unreachable(org.domain()))?;
        match answer.status().as_u16() {
            200..=299 => confirmed += 1,
            401 => return Err(ConnectError::InvalidClient),
            status => {
                return Err(ConnectError::Refused(format!(
                    "revocation was answered with {status}"
                )));
            }
        }
    }
    Ok(confirmed)
}
