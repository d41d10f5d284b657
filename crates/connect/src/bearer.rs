//! Access tokens that callers of our own endpoints bring: signed by an org's authorization server (RFC 9068, RFC 7519),
//! checked against the keys that the org publishes (RFC 7517). Which algorithms are accepted follows from the kind of the
//! key, never from the token. Keys are kept for an hour and read again when a token names one that is not known, at most
//! every half minute for each org, so that nobody can make us ask an org as often as they like.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value as Json;
use tokio::sync::Semaphore;

use crate::endpoints::Endpoints;
use crate::error::ConnectError;
use crate::org::Org;
use crate::reply::Reply;

/// Clocks may differ so much, in seconds.
const SKEW_S: i64 = 30;
/// Keys that were withdrawn are believed for so long at most.
const KEEP_MS: i64 = 3_600_000;
/// For a key that is not known an org is asked again at the earliest after this.
const PAUSE_MS: i64 = 30_000;
/// After a fault it is asked again at the earliest after this.
const FAULT_PAUSE_MS: i64 = 3_000;
/// Longer tokens are refused unread.
const MAX_TOKEN: usize = 16_384;
/// More keys than that are not kept.
const MAX_KEYS: usize = 50;

/// Checks access tokens of orgs.
#[derive(Default)]
pub struct Bearers {
    known: Mutex<HashMap<String, Known>>,
    /// Who wants to ask an org waits for whoever asks it now.
    turns: Mutex<HashMap<String, Arc<Semaphore>>>,
}

/// What an org said of itself.
#[derive(Clone, Default)]
struct Known {
    issuer: String,
    keys: Vec<Json>,
    /// When the keys came, milliseconds since 1970; nothing where they never did.
    came_ms: Option<i64>,
    /// When the org was asked last, whether it answered or not.
    asked_ms: i64,
}

/// A token that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The client that it was issued to.
    pub client: String,
    /// Whom it stands for.
    pub subject: String,
}

/// Why a token does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotBorne {
    /// It is no signed token, or its time or audience is wrong.
    #[error("{0}")]
    Invalid(String),
    /// It does not have the scope.
    #[error("The access token does not have the scope {0}.")]
    Scope(String),
    /// The org's keys cannot be read now.
    #[error("The keys of {0} cannot be read now. Try again later.")]
    Unreachable(String),
}

impl Bearers {
    /// Checks a token that one of `orgs` issued: signature, issuer, audience, time and scope.
    pub async fn check(
        &self,
        http: &reqwest::Client,
        orgs: &[Org],
        token: &str,
        scope: &str,
        now: DateTime<Utc>,
    ) -> Result<Bearer, NotBorne> {
        let token = Token::parse(token)?;
        let claimed = token.claims["iss"].as_str().unwrap_or_default();
        let wanted = Wanted {
            issuer: claimed,
            key_id: &token.key_id,
            now_ms: now.timestamp_millis(),
        };
        let mut unreachable = None;
        // The org that the token names comes first: the others are asked only for names of theirs that we do not know.
        let (named, others): (Vec<&Org>, Vec<&Org>) =
            orgs.iter().partition(|org| org.issuer() == claimed);
        for org in named.into_iter().chain(others) {
            match self.of(http, org, &wanted).await {
                Ok(known) if known.issuer == claimed => {
                    token.verify(&known.keys)?;
                    return token.accept(claimed, scope, now);
                }
                Ok(_) => {}
                Err(_) => unreachable = Some(org.domain()),
            }
        }
        match unreachable {
            Some(org) => Err(NotBorne::Unreachable(org)),
            None => Err(invalid(
                "The access token was issued by an org that is not connected here.",
            )),
        }
    }

    /// Returns what is known of an org; asks it where that is nothing, too old, or lacks the key that is wanted.
    async fn of(
        &self,
        http: &reqwest::Client,
        org: &Org,
        wanted: &Wanted<'_>,
    ) -> Result<Known, ConnectError> {
        let domain = org.domain();
        if let Some(known) = self.enough(&domain, wanted)? {
            return Ok(known);
        }
        let turn = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(
                turns
                    .entry(domain.clone())
                    .or_insert_with(|| Arc::new(Semaphore::new(1))),
            )
        };
        let _turn = turn.acquire().await;
        if let Some(known) = self.enough(&domain, wanted)? {
            return Ok(known);
        }
        let came = read(http, org).await;
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.entry(domain).or_default();
        known.asked_ms = wanted.now_ms;
        match came {
            Ok((issuer, keys)) => {
                known.issuer = issuer;
                known.keys = keys;
                known.came_ms = Some(wanted.now_ms);
                Ok(known.clone())
            }
            Err(_) if known.is_fresh(wanted.now_ms) => Ok(known.clone()),
            Err(error) => Err(error),
        }
    }

    /// Returns what is known where the org need not or must not be asked.
    fn enough(&self, domain: &str, wanted: &Wanted<'_>) -> Result<Option<Known>, ConnectError> {
        let all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(known) = all.get(domain) else {
            return Ok(None);
        };
        let since = wanted.now_ms - known.asked_ms;
        if !known.is_fresh(wanted.now_ms) {
            let is_too_soon = (0..FAULT_PAUSE_MS).contains(&since);
            return if is_too_soon {
                Err(ConnectError::Unreachable(domain.to_owned()))
            } else {
                Ok(None)
            };
        }
        let is_enough = known.issuer != wanted.issuer
            || known.keys.iter().any(|key| key["kid"] == wanted.key_id)
            || (0..PAUSE_MS).contains(&since);
        Ok(is_enough.then(|| known.clone()))
    }
}

/// What a token asks for.
struct Wanted<'a> {
    issuer: &'a str,
    key_id: &'a str,
    now_ms: i64,
}

impl Known {
    fn is_fresh(&self, now_ms: i64) -> bool {
        self.came_ms.is_some_and(|came| now_ms - came < KEEP_MS)
    }
}

async fn read(http: &reqwest::Client, org: &Org) -> Result<(String, Vec<Json>), ConnectError> {
    let endpoints = Endpoints::discover(http, org).await?;
    let unreachable = || ConnectError::Unreachable(org.domain());
    let answer = http
        .get(endpoints.keys(org)?)
        .header("accept", "application/json")
        .send()
        .await
        .map_err(|_| unreachable())?;
    let reply = Reply::read(answer).await.map_err(|_| unreachable())?;
    let keys = reply.body["keys"].as_array().cloned();
    match keys {
        Some(keys) if reply.status == 200 && keys.len() <= MAX_KEYS => {
            Ok((endpoints.issuer().to_owned(), keys))
        }
        _ => Err(ConnectError::Protocol("its keys cannot be read".to_owned())),
    }
}

fn invalid(why: &str) -> NotBorne {
    NotBorne::Invalid(why.to_owned())
}

/// A token whose signature is not checked yet.
struct Token {
    algorithm: String,
    key_id: String,
    claims: Json,
    signed: String,
    signature: Vec<u8>,
}

impl Token {
    fn parse(text: &str) -> Result<Self, NotBorne> {
        let wrong = || invalid("The access token is not a signed JSON Web Token.");
        if text.len() > MAX_TOKEN {
            return Err(wrong());
        }
        let mut parts = text.split('.');
        let (Some(header), Some(claims), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong());
        };
        let signed = format!("{header}.{claims}");
        let bytes = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| wrong());
        let json = |part: &str| -> Result<Json, NotBorne> {
            let read: Json = serde_json::from_slice(&bytes(part)?).map_err(|_| wrong())?;
            if read.is_object() {
                Ok(read)
            } else {
                Err(wrong())
            }
        };
        let header = json(header)?;
        // What must be understood and is not makes a token invalid (RFC 7515, section 4.1.11).
        if !header["crit"].is_null() {
            return Err(wrong());
        }
        let text = |name: &str| header[name].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            algorithm: text("alg"),
            key_id: text("kid"),
            claims: json(claims)?,
            signature: bytes(signature)?,
            signed,
        })
    }

    fn verify(&self, keys: &[Json]) -> Result<(), NotBorne> {
        let key = keys
            .iter()
            .find(|key| key["kid"] == self.key_id.as_str() && !self.key_id.is_empty())
            .filter(|key| key["use"].as_str().is_none_or(|used| used == "sig"))
            .ok_or_else(|| {
                invalid("The org does not have the key that signed the access token.")
            })?;
        if self.is_signed_by(key) {
            Ok(())
        } else {
            Err(invalid("The signature of the access token is wrong."))
        }
    }

    fn is_signed_by(&self, key: &Json) -> bool {
        let part = |name: &str| {
            let text = key[name].as_str().unwrap_or_default().trim_end_matches('=');
            URL_SAFE_NO_PAD.decode(text).ok()
        };
        let message = self.signed.as_bytes();
        match (key["kty"].as_str(), self.algorithm.as_str()) {
            (Some("RSA"), "RS256") => match (part("n"), part("e")) {
                (Some(n), Some(e)) => RsaPublicKeyComponents { n, e }
                    .verify(&RSA_PKCS1_2048_8192_SHA256, message, &self.signature)
                    .is_ok(),
                _ => false,
            },
            (Some("EC"), "ES256") if key["crv"] == "P-256" => match (part("x"), part("y")) {
                (Some(x), Some(y)) if x.len() == 32 && y.len() == 32 => {
                    let point = [vec![4], x, y].concat();
                    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                        .verify(message, &self.signature)
                        .is_ok()
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Looks at what the token says, once it is known who says it.
    fn accept(&self, issuer: &str, scope: &str, now: DateTime<Utc>) -> Result<Bearer, NotBorne> {
        let claims = &self.claims;
        let is_us = |audience: &Json| audience.as_str() == Some(issuer);
        let is_meant = match &claims["aud"] {
            Json::Array(all) => all.iter().any(is_us),
            one => is_us(one),
        };
        if !is_meant {
            return Err(invalid("The access token is meant for another audience."));
        }
        let at = now.timestamp();
        let expires = claims["exp"].as_i64();
        if expires.is_none_or(|expires| at >= expires.saturating_add(SKEW_S)) {
            return Err(invalid("The access token has expired."));
        }
        let begins = [&claims["nbf"], &claims["iat"]];
        let is_early = |time: &&Json| time.as_i64().is_some_and(|time| time > at + SKEW_S);
        if begins.iter().any(is_early) {
            return Err(invalid("The access token is not valid yet."));
        }
        // It is bound to a key that only a proof shows (RFC 9449): without it anyone may have found it.
        if !claims["cnf"].is_null() {
            return Err(invalid(
                "The access token is bound to a key. Ask for one without DPoP.",
            ));
        }
        let has_scope = match (&claims["scp"], &claims["scope"]) {
            (Json::Array(all), _) => all.iter().any(|known| known == scope),
            (_, Json::String(all)) => all.split_whitespace().any(|known| known == scope),
            _ => false,
        };
        if !has_scope {
            return Err(NotBorne::Scope(scope.to_owned()));
        }
        let text = |name: &str| claims[name].as_str().unwrap_or_default().to_owned();
        let client = match text("cid") {
            client if client.is_empty() => text("client_id"),
            client => client,
        };
        Ok(Bearer {
            client,
            subject: text("sub"),
        })
    }
}

#[cfg(test)]
mod tests;
