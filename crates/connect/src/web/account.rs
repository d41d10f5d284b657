//! Accounts at other services than orgs: what proves to a service who calls. They exist in clear only here.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::error::ConnectError;
use crate::seal::{Sealed, Sealer};

/// An account at a service.
#[derive(Clone, Serialize, Deserialize)]
pub struct WebAccount {
    /// The hosts that get the secret; any where there is none. What is under a host belongs to it.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// An address whose answer shows whether the account works.
    #[serde(default)]
    pub probe: Option<String>,
    /// How it proves who calls.
    pub proof: WebProof,
}

/// How an account proves who calls.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WebProof {
    /// Not at all.
    None,
    /// Name and password (RFC 7617).
    Basic {
        /// Name.
        user: String,
        /// Password.
        password: String,
    },
    /// A header of its own.
    Header {
        /// Name of the header.
        name: String,
        /// What it holds.
        value: String,
    },
    /// An access token that the client gets for itself (RFC 6749, section 4.4).
    ClientCredentials(WebClient),
}

/// A client at an authorization server.
#[derive(Clone, Serialize, Deserialize)]
pub struct WebClient {
    /// The token endpoint.
    pub token_url: String,
    /// Client id.
    pub client_id: String,
    /// Client secret.
    pub client_secret: String,
    /// Scopes to ask for.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// For whom the token is, where the server wants to know (`audience`).
    #[serde(default)]
    pub audience: String,
    /// Id and secret go into the form instead of a header.
    #[serde(default)]
    pub in_form: bool,
}

impl fmt::Debug for WebAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebAccount")
            .field("hosts", &self.hosts)
            .field("proof", &self.proof)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for WebProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Basic { .. } => "Basic(…)",
            Self::Header { .. } => "Header(…)",
            Self::ClientCredentials(_) => "ClientCredentials(…)",
        })
    }
}

impl fmt::Debug for WebClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebClient")
            .field("token_url", &self.token_url)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

impl WebAccount {
    /// Seals it for its connection.
    pub fn seal(&self, sealer: &Sealer, owner: &str) -> Result<Sealed, ConnectError> {
        let bytes = serde_json::to_vec(self).map_err(|_| ConnectError::Vault)?;
        sealer.seal(owner, &bytes)
    }

    /// Opens the account of a connection.
    pub fn open(sealer: &Sealer, owner: &str, sealed: &Sealed) -> Result<Self, ConnectError> {
        serde_json::from_slice(&sealer.open(owner, sealed)?)
            .map_err(|_| ConnectError::Sealed(sealed.key_version))
    }

    /// Says what is wrong with it.
    pub fn check(&self) -> Result<(), String> {
        for host in &self.hosts {
            let is_host = Url::parse(&format!("https://{host}/")).is_ok_and(|url| {
                url.host_str().is_some_and(|known| known == host) && url.port().is_none()
            });
            if !is_host {
                return Err(format!(
                    "«{host}» is not a host. Write it like api.example.com, without https:// and port."
                ));
            }
        }
        if let Some(probe) = &self.probe {
            let url = web_url(probe).ok_or("The address for the test is not complete. Write it like https://api.example.com/me.")?;
            if !self.reaches(&url) {
                return Err("The address for the test is not at one of the hosts.".to_owned());
            }
        }
        match &self.proof {
            WebProof::None => Ok(()),
            WebProof::Basic { user, .. } if user.contains(':') => {
                Err("The name may not hold a colon (RFC 7617).".to_owned())
            }
            WebProof::Basic { user, .. } if user.is_empty() => {
                Err("The name is missing.".to_owned())
            }
            WebProof::Basic { .. } => Ok(()),
            WebProof::Header { name, value } => check_header(name, value),
            WebProof::ClientCredentials(client) => {
                if client.client_id.is_empty() || client.client_secret.is_empty() {
                    return Err("Client ID and client secret are needed.".to_owned());
                }
                web_url(&client.token_url).map(|_| ()).ok_or_else(|| {
                    "The address of the token endpoint is not complete. Write it like https://auth.example.com/oauth/token.".to_owned()
                })
            }
        }
    }

    /// Tells whether the secret may go to an address.
    pub(crate) fn reaches(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else {
            return false;
        };
        let host = host.trim_end_matches('.').to_lowercase();
        self.hosts.is_empty()
            || self.hosts.iter().any(|known| {
                let known = known.to_lowercase();
                host == known || host.ends_with(&format!(".{known}"))
            })
    }

    /// Returns the header that proves who calls, where it needs no token.
    pub(crate) fn header(&self) -> Option<(String, String)> {
        match &self.proof {
            WebProof::Basic { user, password } => {
                let pair = STANDARD.encode(format!("{user}:{password}"));
                Some(("authorization".to_owned(), format!("Basic {pair}")))
            }
            WebProof::Header { name, value } => Some((name.clone(), value.clone())),
            WebProof::None | WebProof::ClientCredentials(_) => None,
        }
    }
}

fn web_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.username().is_empty()).then_some(url)
}

fn check_header(name: &str, value: &str) -> Result<(), String> {
    const OURS: [&str; 5] = [
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "te",
    ];
    let is_name = reqwest::header::HeaderName::from_bytes(name.as_bytes()).is_ok();
    if !is_name || OURS.contains(&name.to_lowercase().as_str()) {
        return Err(format!("«{name}» cannot be the name of the header."));
    }
    if value.is_empty() || reqwest::header::HeaderValue::from_str(value).is_err() {
        return Err("The header's value is missing or cannot be sent.".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(name: &str, value: &str) -> WebAccount {
        WebAccount {
            hosts: vec!["api.example.com".to_owned()],
            probe: None,
            proof: WebProof::Header {
                name: name.to_owned(),
                value: value.to_owned(),
            },
        }
    }

    #[test]
    fn a_secret_goes_to_its_hosts_only() {
        let account = header("x-key", "s3cret");
        for (url, reaches) in [
            ("https://api.example.com/a", true),
            ("https://eu.api.example.com/a", true),
            ("https://API.example.com./a", true),
            ("https://example.com/a", false),
            ("https://api.example.com.evil.com/a", false),
            ("https://evilapi.example.com/a", false),
        ] {
            assert_eq!(account.reaches(&Url::parse(url).unwrap()), reaches, "{url}");
        }
        assert!(!format!("{account:?}").contains("s3cret"));
    }

    #[test]
    fn what_cannot_be_sent_is_refused() {
        assert!(header("x-key", "v").check().is_ok());
        for (name, value) in [
            ("", "v"),
            ("a b", "v"),
            ("Host", "v"),
            ("x", ""),
            ("x", "a\nb"),
        ] {
            assert!(header(name, value).check().is_err(), "{name}");
        }
        let mut account = header("x-key", "v");
        account.hosts = vec!["https://api.example.com".to_owned()];
        assert!(account.check().is_err());
        account.hosts = vec!["api.example.com".to_owned()];
        account.probe = Some("https://elsewhere.example/".to_owned());
        assert!(account.check().is_err());
    }

    #[test]
    fn a_sealed_account_is_its_owners() {
        let sealer = Sealer::from_key_file(&Sealer::new_key_file().unwrap()).unwrap();
        let sealed = header("x-key", "s3cret").seal(&sealer, "c1").unwrap();
        assert!(WebAccount::open(&sealer, "c1", &sealed).is_ok());
        assert!(WebAccount::open(&sealer, "c2", &sealed).is_err());
        let text = String::from_utf8_lossy(&sealed.bytes).into_owned();
        assert!(!text.contains("s3cret"));
    }
}
