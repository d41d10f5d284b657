//! OAuth clients: applications of the org that are one, and how they prove who they are.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::{Url, form_urlencoded};

use crate::http::Call;
use crate::state::Org;
use crate::state::app::{App, Client};

/// The active application behind a client id.
pub(super) fn find<'a>(org: &'a Org, client_id: &str) -> Option<(&'a App, &'a Client)> {
    org.apps
        .values()
        .filter(|app| app.is_active)
        .filter_map(|app| app.client.as_ref().map(|client| (app, client)))
        .find(|(_, client)| client.id == client_id)
}

/// Whether a client may be sent back to `uri`.
pub(super) fn accepts_redirect(client: &Client, uri: &str) -> bool {
    if client.redirect_uris.iter().any(|known| known == uri) {
        return true;
    }
    client.accepts_loopback
        && Url::parse(uri).is_ok_and(|url| {
            url.scheme() == "http"
                && matches!(url.host_str(), Some("127.0.0.1" | "localhost"))
                && url.fragment().is_none()
        })
}

/// Whether a scope was granted to the application.
pub(super) fn has_scope(client: &Client, scope: &str) -> bool {
    match &client.granted {
        Some(granted) if super::scopes::is_okta(scope) => granted.iter().any(|it| it == scope),
        _ => true,
    }
}

/// The client that a token request comes from; the reason is one for `invalid_client`.
pub(super) fn authenticate(
    org: &Org,
    call: &Call,
    form: &[(String, String)],
) -> Result<Client, &'static str> {
    let field = |name: &str| {
        form.iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    };
    let basic = call.header("authorization").and_then(basic_credentials);
    let (client_id, given) = match basic {
        Some((id, secret)) => (Some(id), Some(secret)),
        None => (field("client_id"), field("client_secret")),
    };
    let client_id = client_id.ok_or("Client authentication is missing.")?;
    let (_, client) = find(org, &client_id).ok_or("Invalid value for 'client_id' parameter.")?;
    match (&client.secret, given.filter(|it| !it.is_empty())) {
        (None, None) => Ok(client.clone()),
        (None, Some(_)) => Err("This client has no secret; it must not send one."),
        (Some(_), None) => Err(
            "Client authentication failed. Either the client or the client credentials are invalid.",
        ),
        (Some(secret), Some(given)) if *secret == given => Ok(client.clone()),
        (Some(_), Some(_)) => {
            Err("The client secret supplied for a confidential client is invalid.")
        }
    }
}

fn basic_credentials(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let plain = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = plain.split_once(':')?;
    Some((decoded(id), decoded(secret)))
}

/// Both halves of basic credentials are form-encoded (RFC 6749, 2.3.1).
fn decoded(text: &str) -> String {
    form_urlencoded::parse(format!("v={text}").as_bytes())
        .next()
        .map_or_else(|| text.to_owned(), |(_, value)| value.into_owned())
}
