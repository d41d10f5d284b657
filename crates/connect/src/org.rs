//! The address of an org, parsed at the edge.

use url::{Host, Url};

use crate::error::ConnectError;

/// The base address of an Okta org: `https`, no path; plain `http` only on the machine itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Org {
    base: Url,
}

impl Org {
    /// Reads what a user types as domain: `acme.okta.com`, with or without `https://`. Refuses `-admin` addresses, paths,
    /// logins, and plain `http` to any other machine.
    pub fn parse(domain: &str) -> Result<Self, ConnectError> {
        let domain = domain.trim().trim_end_matches('/');
        let wrong = |text: &str| ConnectError::Domain(text.to_owned());
        if domain.is_empty() {
            return Err(wrong(
                "Enter the domain of the org, for instance acme.okta.com.",
            ));
        }
        let with_scheme = if domain.contains("://") {
            domain.to_owned()
        } else {
            format!("https://{domain}")
        };
        let base = Url::parse(&with_scheme).map_err(|_| {
            wrong("This is not a domain. Enter it like acme.okta.com, without a path.")
        })?;
        let plain = !base.username().is_empty()
            || base.password().is_some()
            || base.path() != "/"
            || base.query().is_some()
            || base.fragment().is_some();
        if plain {
            return Err(wrong(
                "Enter the domain alone, like acme.okta.com, without a path.",
            ));
        }
        let host = base
            .host()
            .ok_or_else(|| wrong("Enter the domain of the org, for instance acme.okta.com."))?;
        let local = is_local(&host);
        match base.scheme() {
            "https" => {}
            "http" if local => {}
            _ => return Err(wrong("The org must be reached over https.")),
        }
        if let Host::Domain(name) = host {
            if name
                .split('.')
                .next()
                .is_some_and(|label| label.ends_with("-admin"))
            {
                return Err(wrong(
                    "This is the address of the Admin Console. Leave out -admin: acme.okta.com.",
                ));
            }
            if !local && !name.contains('.') {
                return Err(wrong("This is not a domain. Enter it like acme.okta.com."));
            }
        }
        Ok(Self { base })
    }

    /// Returns the address of `path`, which must begin with a slash and may carry a query.
    pub fn at(&self, path: &str) -> Result<Url, ConnectError> {
        let url = if path.starts_with('/') {
            self.base.join(path).ok()
        } else {
            None
        };
        match url {
            Some(url) if url.origin() == self.base.origin() => Ok(url),
            _ => Err(ConnectError::Domain(
                "The address must be a path on the org that begins with /.".to_owned(),
            )),
        }
    }

    /// Returns the address as an issuer writes it, without a slash at the end.
    pub(crate) fn issuer(&self) -> String {
        self.base.as_str().trim_end_matches('/').to_owned()
    }

    /// Tells whether `url` is on this org.
    pub(crate) fn has(&self, url: &Url) -> bool {
        url.origin() == self.base.origin()
    }

    /// Returns path and query of `link` if it leads to this org.
    pub fn path_of(&self, link: &str) -> Option<String> {
        let url = self.base.join(link).ok()?;
        if url.origin() != self.base.origin() {
            return None;
        }
        Some(match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        })
    }

    /// Tells whether it is on this machine: a simulated one, which can reach addresses that others cannot.
    pub fn is_local(&self) -> bool {
        self.base.host().is_some_and(|host| is_local(&host))
    }

    /// Returns how users write it: the host, with scheme and port where they are not the usual ones.
    pub fn domain(&self) -> String {
        let text = self.base.as_str().trim_end_matches('/');
        text.strip_prefix("https://").unwrap_or(text).to_owned()
    }
}

fn is_local(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_read_and_odd_ones_refused() {
        assert_eq!(
            Org::parse(" acme.okta.com/ ").unwrap().domain(),
            "acme.okta.com"
        );
        assert_eq!(
            Org::parse("https://id.acme.com").unwrap().domain(),
            "id.acme.com"
        );
        assert_eq!(
            Org::parse("http://127.0.0.1:8080").unwrap().domain(),
            "http://127.0.0.1:8080"
        );
        for wrong in [
            "",
            "acme",
            "acme-admin.okta.com",
            "http://acme.okta.com",
            "acme.okta.com/app",
            "ftp://x.y",
            "a:b@c.d",
        ] {
            assert!(Org::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_path_never_leads_to_another_host() {
        let org = Org::parse("acme.okta.com").unwrap();
        assert_eq!(
            org.at("/api/v1/users?limit=2").unwrap().as_str(),
            "https://acme.okta.com/api/v1/users?limit=2"
        );
        for wrong in [
            "//evil.example/x",
            "https://evil.example",
            "api/v1",
            "/\\evil.example",
            "\\\\evil.example",
        ] {
            assert!(org.at(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            org.path_of("https://acme.okta.com/api/v1/users?after=x")
                .unwrap(),
            "/api/v1/users?after=x"
        );
        assert_eq!(org.path_of("https://evil.example/api"), None);
    }
}
