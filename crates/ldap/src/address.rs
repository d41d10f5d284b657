//! Where a domain controller is, how the connection is secured, and who reads.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How TLS is begun. There is no third way: a password never travels in clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// TLS from the first byte, on port 636.
    #[default]
    Ldaps,
    /// A plain connection on port 389 that becomes TLS before anything else.
    StartTls,
}

/// A domain controller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The name or the IP address, as its certificate has it.
    pub host: String,
    /// The port; that of the kind of security where there is none.
    pub port: Option<u16>,
    /// How TLS is begun.
    pub security: Security,
    /// Certificates of the authorities to trust, in PEM; the machine's own where there are none.
    pub authorities: Option<String>,
}

impl Address {
    /// Whether a connection can be tried: the host is a name or an IP address.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.url().is_some()
    }

    /// The URL for the client library. Host names with anything but letters, digits, dots, hyphens and colons have none.
    pub(crate) fn url(&self) -> Option<String> {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || ".-:".contains(letter);
        if self.host.is_empty() || !self.host.chars().all(is_plain) {
            return None;
        }
        let host = if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.clone()
        };
        let (scheme, port) = match self.security {
            Security::Ldaps => ("ldaps", 636),
            Security::StartTls => ("ldap", 389),
        };
        Some(format!("{scheme}://{host}:{}", self.port.unwrap_or(port)))
    }
}

/// The account that reads.
#[derive(Debug, Clone)]
pub struct Account {
    /// A distinguished name, a user principal name, or `DOMAIN\name`.
    pub name: String,
    /// Its password.
    pub password: Password,
}

/// A password. It is not shown, and forgotten when it is dropped only as far as memory allows.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Keeps a password; `None` for an empty one, which directories take for an anonymous sign-in that succeeds.
    #[must_use]
    pub fn new(text: String) -> Option<Self> {
        (!text.is_empty()).then_some(Self(text))
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(host: &str, port: Option<u16>, security: Security) -> Option<String> {
        let host = host.to_owned();
        Address {
            host,
            port,
            security,
            authorities: None,
        }
        .url()
    }

    #[test]
    fn an_address_names_its_port_and_nothing_else_gets_into_it() {
        let dc = "dc1.corp.test";
        assert_eq!(
            url(dc, None, Security::Ldaps).as_deref(),
            Some("ldaps://dc1.corp.test:636")
        );
        assert_eq!(
            url(dc, None, Security::StartTls).as_deref(),
            Some("ldap://dc1.corp.test:389")
        );
        assert_eq!(
            url("::1", Some(3), Security::Ldaps).as_deref(),
            Some("ldaps://[::1]:3")
        );
        for wrong in ["", "a/b", "a@b", "a b", "a?b", "日本"] {
            assert_eq!(url(wrong, None, Security::Ldaps), None, "{wrong}");
        }
    }

    #[test]
    fn a_password_is_not_empty_and_not_shown() {
        assert_eq!(Password::new(String::new()), None);
        let password = Password::new("geheim".to_owned()).unwrap();
        assert!(!format!("{password:?}").contains("geheim"));
    }
}
