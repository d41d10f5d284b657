//! What a person says of an account becomes the account that is kept.

use api::{ApiError, WebAuth, WebConnection};
use connect::{WebAccount, WebClient, WebProof};

use crate::error::invalid;

/// Returns the account that was asked for; a secret that was left empty is the one that is stored.
pub(super) fn account_of(
    request: &WebConnection,
    known: Option<WebAccount>,
) -> Result<WebAccount, ApiError> {
    let probe = match (request.test_url.as_deref().map(str::trim), &known) {
        (None, Some(known)) => known.probe.clone(),
        (None | Some(""), _) => None,
        (Some(url), _) => Some(url.to_owned()),
    };
    let hosts = hosts_of(request);
    if known
        .as_ref()
        .is_some_and(|known| is_redirected(request, &hosts, known))
    {
        return Err(invalid(
            "The secret would go to another address than before. Type it again.",
        ));
    }
    let known = known.map(|account| account.proof);
    let known_client = match &known {
        Some(WebProof::ClientCredentials(client)) => Some(client.clone()),
        _ => None,
    };
    // Where the form says nothing of the token endpoint, it is as it was, with what belongs to it.
    let kept = |given: &str| known_client.clone().filter(|_| given.trim().is_empty());
    let missing = |what: &str| invalid(format!("{what} is missing."));
    let trimmed = |text: &str| text.trim().to_owned();
    let proof = match (&request.auth, known) {
        (WebAuth::None, _) => WebProof::None,
        (WebAuth::Basic { user, password }, known) => WebProof::Basic {
            user: trimmed(user),
            password: match (password.as_str(), known) {
                ("", Some(WebProof::Basic { password, .. })) => password,
                ("", _) => return Err(missing("The password")),
                (given, _) => given.to_owned(),
            },
        },
        (WebAuth::Header { name, value }, known) => WebProof::Header {
            name: trimmed(name),
            value: match (value.trim(), known) {
                ("", Some(WebProof::Header { value, .. })) => value,
                ("", _) => return Err(missing("The header's value")),
                (given, _) => given.to_owned(),
            },
        },
        (
            WebAuth::ClientCredentials {
                token_url,
                client_id,
                client_secret,
                scopes,
                audience,
                in_form,
            },
            known,
        ) => WebProof::ClientCredentials(WebClient {
            token_url: kept(token_url).map_or_else(|| trimmed(token_url), |known| known.token_url),
            client_id: trimmed(client_id),
            client_secret: match (client_secret.trim(), known) {
                ("", Some(WebProof::ClientCredentials(client))) => client.client_secret,
                ("", _) => return Err(missing("The client secret")),
                (given, _) => given.to_owned(),
            },
            scopes: scopes
                .iter()
                .map(|scope| trimmed(scope))
                .filter(|scope| !scope.is_empty())
                .collect(),
            audience: match (kept(token_url), audience.trim()) {
                (Some(known), "") => known.audience,
                (_, given) => given.to_owned(),
            },
            in_form: kept(token_url).map_or(*in_form, |known| known.in_form || *in_form),
        }),
    };
    Ok(WebAccount {
        hosts,
        probe,
        proof,
    })
}

fn hosts_of(request: &WebConnection) -> Vec<String> {
    let hosts = request.hosts.iter().map(|host| host.trim().to_lowercase());
    hosts.filter(|host| !host.is_empty()).collect()
}

/// A stored secret never goes to where it was not meant for: who does not know it could read it there.
fn is_redirected(request: &WebConnection, hosts: &[String], known: &WebAccount) -> bool {
    let is_wider = !known.hosts.is_empty()
        && (hosts.is_empty() || hosts.iter().any(|host| !known.hosts.contains(host)));
    match (&request.auth, &known.proof) {
        (WebAuth::Basic { password, .. }, WebProof::Basic { .. }) => {
            is_wider && password.is_empty()
        }
        (WebAuth::Header { value, .. }, WebProof::Header { .. }) => {
            is_wider && value.trim().is_empty()
        }
        (
            WebAuth::ClientCredentials {
                token_url,
                client_secret,
                ..
            },
            WebProof::ClientCredentials(client),
        ) => {
            let token_url = token_url.trim();
            let is_moved = !token_url.is_empty() && token_url != client.token_url;
            client_secret.trim().is_empty() && (is_wider || is_moved)
        }
        _ => false,
    }
}
