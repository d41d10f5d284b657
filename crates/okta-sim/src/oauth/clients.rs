//! OAuth clients: applications of the org that are one, and how they prove who they are.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::{Url, form_urlencoded};

use super::assertion::{self, Assertion};
use crate::http::Call;
use crate::state::Org;
use crate::state::app::{App, Client, Proof};

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
    org: &mut Org,
    call: &Call,
    form: &[(String, String)],
) -> Result<Client, &'static str> {
    let field = |name: &str| {
        form.iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    };
    if field("client_assertion_type").as_deref() == Some(assertion::TYPE) {
        return asserted(org, call, &field("client_assertion").unwrap_or_default());
    }
    let basic = call.header("authorization").and_then(basic_credentials);
    let (client_id, given) = match basic {
        Some((id, secret)) => (Some(id), Some(secret)),
        None => (field("client_id"), field("client_secret")),
    };
    let client_id = client_id.ok_or("Client authentication is missing.")?;
    let (_, client) = find(org, &client_id).ok_or("Invalid value for 'client_id' parameter.")?;
    match (&client.proof, given.filter(|it| !it.is_empty())) {
        (Proof::Nothing, None) => Ok(client.clone()),
        (Proof::Nothing, Some(_)) => Err("This client has no secret; it must not send one."),
        (Proof::Secret(secret), Some(given)) if *secret == given => Ok(client.clone()),
        (Proof::Secret(_), Some(_)) => {
            Err("The client secret supplied for a confidential client is invalid.")
        }
        (Proof::Secret(_), None) => Err(
            "Client authentication failed. Either the client or the client credentials are invalid.",
        ),
        (Proof::Keys(_), _) => Err("This client must authenticate with a client_assertion."),
    }
}

fn asserted(org: &mut Org, call: &Call, text: &str) -> Result<Client, &'static str> {
    let assertion = Assertion::parse(text).ok_or("The client_assertion is not a signed JWT.")?;
    let client_id = assertion
        .client_id()
        .ok_or("The client_assertion must name the client as 'iss' and 'sub'.")?;
    let (_, client) = find(org, client_id).ok_or("Invalid value for 'client_id' parameter.")?;
    let Proof::Keys(keys) = &client.proof else {
        return Err("This client has no keys that could verify a client_assertion.");
    };
    let endpoint = format!("{}{}", call.base, call.path);
    assertion.check(keys, &endpoint, call.at)?;
    let client = client.clone();
    if let Some((id, until)) = assertion.once() {
        let id = format!("assertion {} {id}", client.id);
        if !org.grants.is_first(&id, until, call.at) {
            return Err("The client_assertion token has already been used.");
        }
    }
    Ok(client)
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
