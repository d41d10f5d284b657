//! The names under which the org answers: its own, and a custom domain.

use axum::http::HeaderValue;

use super::Org;
use crate::config::Issuer;

/// A second name of the org.
#[derive(Clone, Debug)]
pub(crate) struct CustomDomain {
    pub(crate) base: String,
    pub(crate) issuer: Issuer,
}

impl Org {
    /// The base URL by which a request with this `Host` came; unknown names are taken for the org's own.
    pub(crate) fn base_of(&self, host: Option<&HeaderValue>) -> String {
        let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
        let is_meant = |domain: &&CustomDomain| {
            domain
                .base
                .split_once("://")
                .is_some_and(|(_, known)| known.eq_ignore_ascii_case(host))
        };
        self.custom_domain
            .as_ref()
            .filter(is_meant)
            .map_or_else(|| self.base_url.clone(), |domain| domain.base.clone())
    }

    /// The issuer of tokens for a request that came by `base`.
    pub(crate) fn issuer_of<'a>(&'a self, base: &'a str) -> &'a str {
        match &self.custom_domain {
            Some(domain) if domain.base == base && domain.issuer == Issuer::Fixed => &self.base_url,
            _ => base,
        }
    }
}
