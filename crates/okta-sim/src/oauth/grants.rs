//! Everything the authorization server remembers: sessions, requests under way, codes, tokens.
//! All of it is bounded, and what has expired is dropped when something new comes.

use chrono::{DateTime, Duration, Utc};
use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Serialize};

use super::signing::Signer;
use crate::state::secret;

const MAX_ENTRIES: usize = 10_000;
const SESSION_HOURS: i64 = 2;
const REQUEST_MINUTES: i64 = 60;
const CODE_SECONDS: i64 = 300;
const REFRESH_IDLE_DAYS: i64 = 7;
const NONCE_HOURS: i64 = 24;

/// A person signed in by browser.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) user_id: String,
    pub(crate) started: DateTime<Utc>,
    pub(crate) expires: DateTime<Utc>,
}

/// An authorization request that waits for sign-in or consent.
#[derive(Clone, Debug)]
pub(crate) struct AuthRequest {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) state: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: Option<String>,
    /// `query` or `form_post`.
    pub(crate) response_mode: String,
    pub(crate) login_hint: String,
    pub(crate) needs_fresh_sign_in: bool,
    pub(crate) expires: DateTime<Utc>,
}

/// What a code or a token stands for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Grant {
    /// Shared by everything that came from one authorization.
    pub(crate) family: String,
    /// Empty for a service application.
    pub(crate) user_id: String,
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) issued: DateTime<Utc>,
    pub(crate) expires: DateTime<Utc>,
    pub(crate) signed_in_at: DateTime<Utc>,
    /// Thumbprint of the key that a token is bound to (RFC 9449).
    #[serde(default)]
    pub(crate) key: Option<String>,
}

/// A code that can be exchanged once.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) grant: Grant,
    pub(crate) redirect_uri: String,
    pub(crate) challenge: Option<String>,
    pub(crate) is_used: bool,
}

pub(crate) struct Grants {
    lifetime: Duration,
    pub(crate) signer: Signer,
    sessions: IndexMap<String, Session>,
    requests: IndexMap<String, AuthRequest>,
    codes: IndexMap<String, Code>,
    access: IndexMap<String, Grant>,
    refresh: IndexMap<String, Grant>,
    /// Refresh tokens that were rotated, and when: seeing one again after the grace means it was stolen.
    spent: IndexMap<String, (Grant, DateTime<Utc>)>,
    consents: IndexSet<(String, String, String)>,
    /// Ids of assertions and proofs that came, until they would be too old anyway.
    seen: IndexMap<String, DateTime<Utc>>,
    /// The nonces for proofs, the newest last, and since when.
    nonces: Vec<(String, DateTime<Utc>)>,
    /// Calls of the API must carry a nonce in their proof too.
    pub(crate) api_wants_nonce: bool,
    /// How long a refresh token still works after it was rotated.
    pub(crate) grace: Duration,
}

impl Grants {
    pub(crate) fn new(lifetime_s: u64) -> Grants {
        Grants {
            lifetime: Duration::seconds(i64::try_from(lifetime_s).unwrap_or(3_600)),
            signer: Signer::new(),
            sessions: IndexMap::new(),
            requests: IndexMap::new(),
            codes: IndexMap::new(),
            access: IndexMap::new(),
            refresh: IndexMap::new(),
            spent: IndexMap::new(),
            consents: IndexSet::new(),
            seen: IndexMap::new(),
            nonces: Vec::new(),
            api_wants_nonce: false,
            grace: Duration::zero(),
        }
    }

    pub(crate) fn lifetime_s(&self) -> i64 {
        self.lifetime.num_seconds()
    }

    pub(crate) fn begin_session(&mut self, user_id: &str, now: DateTime<Utc>) -> Session {
        self.sessions.retain(|_, session| session.expires > now);
        make_room(&mut self.sessions);
        let session = Session {
            id: format!("102{}", secret(22)),
            user_id: user_id.to_owned(),
            started: now,
            expires: now + Duration::hours(SESSION_HOURS),
        };
        self.sessions.insert(session.id.clone(), session.clone());
        session
    }

    pub(crate) fn session(&self, id: &str, now: DateTime<Utc>) -> Option<&Session> {
        self.sessions
            .get(id)
            .filter(|session| session.expires > now)
    }

    pub(crate) fn end_session(&mut self, id: &str) -> Option<Session> {
        self.sessions.shift_remove(id)
    }

    pub(crate) fn end_sessions(&mut self, user_id: &str) {
        self.sessions
            .retain(|_, session| session.user_id != user_id);
    }

    pub(crate) fn keep_request(&mut self, mut request: AuthRequest, now: DateTime<Utc>) -> String {
        self.requests.retain(|_, request| request.expires > now);
        make_room(&mut self.requests);
        request.expires = now + Duration::minutes(REQUEST_MINUTES);
        let id = secret(32);
        self.requests.insert(id.clone(), request);
        id
    }

    pub(crate) fn request(&mut self, id: &str, now: DateTime<Utc>) -> Option<&mut AuthRequest> {
        self.requests
            .get_mut(id)
            .filter(|request| request.expires > now)
    }

    pub(crate) fn take_request(&mut self, id: &str) -> Option<AuthRequest> {
        self.requests.shift_remove(id)
    }

    pub(crate) fn consented(&self, user_id: &str, client_id: &str, scopes: &[String]) -> bool {
        scopes.iter().all(|scope| {
            let key = (user_id.to_owned(), client_id.to_owned(), scope.clone());
            self.consents.contains(&key)
        })
    }

    pub(crate) fn remember_consent(&mut self, user_id: &str, client_id: &str, scopes: &[String]) {
        for scope in scopes {
            let key = (user_id.to_owned(), client_id.to_owned(), scope.clone());
            self.consents.insert(key);
        }
    }

    pub(crate) fn issue_code(
        &mut self,
        request: &AuthRequest,
        session: &Session,
        now: DateTime<Utc>,
    ) -> String {
        self.codes.retain(|_, code| code.grant.expires > now);
        make_room(&mut self.codes);
        let code = secret(43);
        let grant = Grant {
            family: secret(20),
            user_id: session.user_id.clone(),
            client_id: request.client_id.clone(),
            scopes: request.scopes.clone(),
            nonce: request.nonce.clone(),
            issued: now,
            expires: now + Duration::seconds(CODE_SECONDS),
            signed_in_at: session.started,
            key: None,
        };
        self.codes.insert(
            code.clone(),
            Code {
                grant,
                redirect_uri: request.redirect_uri.clone(),
                challenge: request.challenge.clone(),
                is_used: false,
            },
        );
        code
    }

    pub(crate) fn code(&mut self, code: &str, now: DateTime<Utc>) -> Option<&mut Code> {
        self.codes
            .get_mut(code)
            .filter(|code| code.grant.expires > now)
    }

    /// Signs with a new key.
    pub(crate) fn renew_signer(&mut self) {
        self.signer = Signer::new();
    }

    /// `text` is the token, for one that says by itself what it is.
    pub(crate) fn issue_access(
        &mut self,
        of: &Grant,
        text: Option<String>,
        now: DateTime<Utc>,
    ) -> String {
        self.access.retain(|_, grant| grant.expires > now);
        make_room(&mut self.access);
        let token = text.unwrap_or_else(|| format!("at.{}", secret(64)));
        let grant = Grant {
            issued: now,
            expires: now + self.lifetime,
            ..of.clone()
        };
        self.access.insert(token.clone(), grant);
        token
    }

    pub(crate) fn issue_refresh(&mut self, of: &Grant, now: DateTime<Utc>) -> String {
        self.refresh.retain(|_, grant| grant.expires > now);
        make_room(&mut self.refresh);
        let token = format!("rt.{}", secret(64));
        let grant = Grant {
            issued: now,
            expires: now + Duration::days(REFRESH_IDLE_DAYS),
            ..of.clone()
        };
        self.refresh.insert(token.clone(), grant);
        token
    }

    /// Uses up a refresh token, so that it never works again once its grace is over.
    pub(crate) fn spend_refresh(&mut self, token: &str, now: DateTime<Utc>) {
        if let Some(grant) = self.refresh.shift_remove(token) {
            make_room(&mut self.spent);
            self.spent.insert(token.to_owned(), (grant, now));
        }
    }

    /// The family of a refresh token that was used up before, and whose grace is over.
    pub(crate) fn spent_family(&self, token: &str, now: DateTime<Utc>) -> Option<&String> {
        self.spent
            .get(token)
            .filter(|(_, at)| now - *at >= self.grace)
            .map(|(grant, _)| &grant.family)
    }

    /// A refresh token that works: a live one, or a rotated one within its grace.
    pub(crate) fn refreshable(&self, token: &str, now: DateTime<Utc>) -> Option<&Grant> {
        let in_grace = || {
            self.spent
                .get(token)
                .filter(|(grant, at)| now - *at < self.grace && grant.expires > now)
                .map(|(grant, _)| grant)
        };
        self.refresh(token, now).or_else(in_grace)
    }

    /// Notes the id of an assertion or a proof; false when it came before.
    pub(crate) fn is_first(&mut self, id: &str, until: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        self.seen.retain(|_, until| *until > now);
        make_room(&mut self.seen);
        self.seen.insert(id.to_owned(), until).is_none()
    }

    /// The nonce that proofs have to carry now; a new one every day.
    pub(crate) fn nonce(&mut self, now: DateTime<Utc>) -> String {
        match self.nonces.last() {
            Some((nonce, since)) if now - *since < Duration::hours(NONCE_HOURS) => nonce.clone(),
            _ => {
                let nonce = secret(32);
                self.nonces.push((nonce.clone(), now));
                // The one before is accepted for a while.
                if self.nonces.len() > 2 {
                    self.nonces.remove(0);
                }
                nonce
            }
        }
    }

    /// Whether a proof may carry this nonce.
    pub(crate) fn is_nonce(&self, nonce: &str, now: DateTime<Utc>) -> bool {
        self.nonces
            .iter()
            .any(|(known, since)| known == nonce && now - *since < Duration::hours(2 * NONCE_HOURS))
    }

    /// Forgets all nonces, so that the next proof needs a new one.
    pub(crate) fn renew_nonces(&mut self) {
        self.nonces.clear();
    }

    pub(crate) fn access(&self, token: &str, now: DateTime<Utc>) -> Option<&Grant> {
        self.access.get(token).filter(|grant| grant.expires > now)
    }

    pub(crate) fn refresh(&self, token: &str, now: DateTime<Utc>) -> Option<&Grant> {
        self.refresh.get(token).filter(|grant| grant.expires > now)
    }

    /// Revokes one token; a refresh token takes its access tokens with it.
    pub(crate) fn revoke(&mut self, token: &str) {
        self.access.shift_remove(token);
        if let Some(grant) = self.refresh.shift_remove(token) {
            self.end_tokens(|other| other.family == grant.family);
        }
    }

    pub(crate) fn end_tokens(&mut self, is_meant: impl Fn(&Grant) -> bool) {
        self.access.retain(|_, grant| !is_meant(grant));
        self.refresh.retain(|_, grant| !is_meant(grant));
    }

    pub(crate) fn has_token(&self, is_meant: impl Fn(&Grant) -> bool) -> bool {
        self.access
            .values()
            .chain(self.refresh.values())
            .any(is_meant)
    }

    /// Ends everything of a user who may no longer sign in.
    pub(crate) fn end_of_user(&mut self, user_id: &str) {
        self.end_sessions(user_id);
        self.end_tokens(|grant| grant.user_id == user_id);
        self.codes.retain(|_, code| code.grant.user_id != user_id);
    }

    /// Access and refresh tokens as text, for [`Grants::restore`].
    pub(crate) fn snapshot(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&(&self.access, &self.refresh))
    }

    /// Takes over the tokens of an earlier life of the org.
    pub(crate) fn restore(&mut self, snapshot: &str) -> Result<(), serde_json::Error> {
        (self.access, self.refresh) = serde_json::from_str(snapshot)?;
        Ok(())
    }

    /// How many access and refresh tokens work now.
    pub(crate) fn active(&self, now: DateTime<Utc>) -> usize {
        self.access
            .values()
            .chain(self.refresh.values())
            .filter(|grant| grant.expires > now)
            .count()
    }
}

fn make_room<T>(entries: &mut IndexMap<String, T>) {
    if entries.len() >= MAX_ENTRIES {
        entries.shift_remove_index(0);
    }
}
