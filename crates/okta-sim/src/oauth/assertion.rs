//! Signed assertions of service applications (`private_key_jwt`, RFC 7523).

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::jwt::Jwt;

/// How the form says that an assertion follows.
pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// Furthest that an assertion may expire in the future, as at Okta.
const MAX_LIFE_S: i64 = 3_600;
/// How far clocks may differ.
const SKEW_S: i64 = 300;

/// An assertion that was read but not yet believed.
pub(super) struct Assertion(Jwt);

impl Assertion {
    pub(super) fn parse(text: &str) -> Option<Assertion> {
        Jwt::parse(text).map(Assertion)
    }

    /// The client that the assertion speaks for.
    pub(super) fn client_id(&self) -> Option<&str> {
        let subject = self.0.claims["sub"].as_str()?;
        (self.0.claims["iss"].as_str() == Some(subject)).then_some(subject)
    }

    /// What makes it usable only once, where it says so, and until when that has to be remembered.
    pub(super) fn once(&self) -> Option<(&str, DateTime<Utc>)> {
        let until = DateTime::from_timestamp(self.0.claims["exp"].as_i64()?, 0)?;
        Some((self.0.claims["jti"].as_str()?, until))
    }

    /// Believes the assertion if one of `keys` signed it, for `endpoint`, for now.
    pub(super) fn check(
        &self,
        keys: &[Value],
        endpoint: &str,
        now: DateTime<Utc>,
    ) -> Result<(), &'static str> {
        let is_meant = |audience: &Value| audience.as_str() == Some(endpoint);
        let audience = &self.0.claims["aud"];
        let audiences = audience.as_array();
        if !is_meant(audience) && !audiences.is_some_and(|all| all.iter().any(is_meant)) {
            return Err(
                "The audience claim for client_assertion must be the endpoint invoked for the request.",
            );
        }
        let Some(expires) = self.0.claims["exp"].as_i64() else {
            return Err("The client_assertion token must have an 'exp' claim.");
        };
        let left = expires - now.timestamp();
        if left <= 0 {
            return Err("The client_assertion token is expired.");
        }
        if left > MAX_LIFE_S {
            return Err("The client_assertion token has an expiration too far into the future.");
        }
        let issued = &self.0.claims["iat"];
        if !issued.is_null()
            && issued
                .as_i64()
                .is_none_or(|at| at > now.timestamp() + SKEW_S)
        {
            return Err("The 'iat' claim of the client_assertion token is in the future.");
        }
        let kid = self.0.header["kid"].as_str();
        if kid.is_none() && keys.len() > 1 {
            return Err("The client_assertion must name its key as 'kid': the client has several.");
        }
        let is_signed = keys
            .iter()
            .filter(|key| kid.is_none() || key["kid"].as_str() == kid)
            .any(|key| self.0.is_signed_by(key));
        if is_signed {
            Ok(())
        } else {
            Err("The client_assertion signature is invalid.")
        }
    }
}
