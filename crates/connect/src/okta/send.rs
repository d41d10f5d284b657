//! Sending a call: in line at the org's governor, tried again where that can help and cannot harm.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use flow::{CardError, ConnectionId, FlowId, RetryHint};

use super::again::{Next, after_reply, after_silence};
use super::failure::{SendError, card_error, retry_is_harmless, unreachable_error};
use super::{Attempt, Connections, Request, Sent, now_ms, sleep_ms};
use crate::governor::{Budget, Governor, Wish};
use crate::refusal::refusal;
use crate::reply::Reply;
use crate::tokens::Tokens;

/// How much of a bucket is left to others where the vault does not know.
pub const LEAVE_PERCENT: u8 = 20;
/// What the vault said about a connection's share holds this long; another server may have changed it.
const SHARE_HOLDS: Duration = Duration::from_secs(10);

impl Connections {
    /// Sends a request of the server itself with the connection's token.
    pub async fn send(&self, id: &ConnectionId, request: &Request) -> Sent {
        self.send_in_turn(id, None, request).await
    }

    /// Sends a request for a flow: it takes its turn with all other flows that call the same org.
    ///
    /// Waits as long as the org's limits make it wait. Dropping the future while it waits takes the call back.
    pub async fn send_for(&self, id: &ConnectionId, flow: &FlowId, request: &Request) -> Sent {
        self.send_in_turn(id, Some(flow), request).await
    }

    async fn send_in_turn(
        &self,
        id: &ConnectionId,
        flow: Option<&FlowId>,
        request: &Request,
    ) -> Sent {
        let mut attempts = Vec::new();
        let wish = Wish {
            method: &request.method,
            path: &request.path,
            flow,
            leave_percent: self.share(id).await,
            is_again: false,
        };
        let result = self.try_until(id, request, wish, &mut attempts).await;
        Sent { result, attempts }
    }

    async fn try_until(
        &self,
        id: &ConnectionId,
        request: &Request,
        mut wish: Wish<'_>,
        attempts: &mut Vec<Attempt>,
    ) -> Result<Reply, CardError> {
        let mut tries = 0;
        let mut was_renewed = false;
        loop {
            let found = self.tokens(id, None).await;
            let tokens = found.map_err(|error| card_error(&error))?;
            let reply = self.once(&tokens, request, &wish, attempts).await;
            tries += 1;
            let roll = rand::random_range(0..1_000);
            let next = match &reply {
                Ok(reply) => after_reply(reply, request.repeatable, tries, roll),
                Err(error) => after_silence(retry_is_harmless(error, request), tries, roll),
            };
            wish.is_again = next == Next::InLine;
            match (next, reply) {
                (Next::Give, Ok(reply)) => return Ok(reply),
                (Next::Renew, _) if !was_renewed => {
                    was_renewed = true;
                    let renewed = self.tokens(id, Some(&tokens)).await;
                    renewed.map_err(|error| card_error(&error))?;
                }
                (Next::InLine, Ok(reply)) => {
                    tries -= 1;
                    let governor = self.governor(&tokens.domain);
                    if let Some(reset) = governor.is_given_up(&request.method, &request.path) {
                        return Err(given_up(&reply, reset));
                    }
                }
                (Next::After(wait_ms), _) => sleep_ms(wait_ms).await,
                (_, Ok(reply)) => return Err(refusal(&reply)),
                (_, Err(error)) => return Err(unreachable_error(&tokens, &error, request)),
            }
        }
    }

    /// One try, when the governor lets it go.
    async fn once(
        &self,
        tokens: &Tokens,
        request: &Request,
        wish: &Wish<'_>,
        attempts: &mut Vec<Attempt>,
    ) -> Result<Reply, SendError> {
        let place = self.governor(&tokens.domain).enter(wish).await;
        let at_ms = now_ms();
        let reply = self.transmit(tokens, request).await;
        attempts.push(Attempt {
            at_ms,
            took_ms: now_ms() - at_ms,
            status: reply.as_ref().ok().map(|reply| reply.status),
        });
        // A call refused with 429 comes again: its tries are counted, not all of them kept.
        if attempts.len() > MOST_ATTEMPTS {
            attempts.remove(MOST_ATTEMPTS / 2);
        }
        if let Ok(reply) = &reply {
            place.answered(reply);
        }
        reply
    }

    /// How much of each bucket this connection leaves to others, in percent.
    async fn share(&self, id: &ConnectionId) -> u8 {
        let known = {
            let shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
            shares.get(id).copied()
        };
        if let Some((percent, at)) = known
            && at.elapsed() < SHARE_HOLDS
        {
            return percent;
        }
        let percent = match self.vault.leave_percent(id).await {
            Ok(percent) => percent.min(100),
            Err(_) => known.map_or(LEAVE_PERCENT, |(percent, _)| percent),
        };
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        shares.insert(id.clone(), (percent, Instant::now()));
        percent
    }

    /// Returns how an org's rate limits stand, as far as its answers told; `domain` is its address as tokens carry it.
    /// Nothing where it was not called yet.
    pub fn budget(&self, domain: &str) -> Option<Budget> {
        let governor = {
            let governors = self
                .governors
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            governors.get(domain).map(Arc::clone)
        };
        governor.map(|governor| governor.budget())
    }

    fn governor(&self, domain: &str) -> Arc<Governor> {
        let mut governors = self
            .governors
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Arc::clone(
            governors
                .entry(domain.to_owned())
                .or_insert_with(|| Arc::new(Governor::new(now_ms()))),
        )
    }
}

/// Tries that the history keeps of one call.
const MOST_ATTEMPTS: usize = 50;

fn given_up(reply: &Reply, reset_at_ms: Option<i64>) -> CardError {
    CardError {
        retry: RetryHint::RateLimited { reset_at_ms },
        message: "For an hour the org has refused every call to this endpoint with 429. Look at its rate limit dashboard, and give the app of this connection a larger share there."
            .to_owned(),
        ..refusal(reply)
    }
}
