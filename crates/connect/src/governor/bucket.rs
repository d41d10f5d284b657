//! One bucket of an org: how much of the window is left, when the next call may leave, who waits.

use std::sync::Arc;

use super::line::Lines;
use super::minutes::{Minute, Minutes};
use super::said::Said;

/// Calls that may be under way to a bucket of which nothing is known.
const UNKNOWN: i64 = 5;
/// Whatever the others take, this part of the window is ours: one in so many.
const LEAST_PART: i64 = 20;
/// The last part of what we may take is spread over the rest of the window: one in so many.
const SPREAD_PART: i64 = 4;
/// Resets that are this close name the same window, in seconds.
const SAME_RESET_S: i64 = 2;
/// No wait for a reset is longer: then the org is asked again.
const LONGEST_WAIT_MS: i64 = 15 * 60_000;

/// A bucket.
#[derive(Debug)]
pub(super) struct Bucket {
    pub(super) name: Arc<str>,
    /// Calls that left and are not answered.
    pub(super) under_way: i64,
    pub(super) lines: Lines,
    pub(super) minutes: Minutes,
    limit: Option<i64>,
    window: Option<Window>,
    /// The org refused a call: none leaves before.
    blocked_until: i64,
    /// Calls are spread: none leaves before.
    next_at: i64,
    /// Since when every call was refused.
    refused_since: Option<i64>,
}

/// What the latest answer told.
#[derive(Clone, Copy, Debug)]
struct Window {
    reset_s: i64,
    ends_at: i64,
    remaining: i64,
    /// Calls of ours that were answered in it.
    ours: i64,
}

/// How a bucket stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its name: the family of endpoints.
    pub name: String,
    /// Requests in a window; nothing while unknown.
    pub limit: Option<i64>,
    /// Of these, requests of ours.
    pub ours: i64,
    /// Requests of everybody else.
    pub others: i64,
    /// Requests left.
    pub left: Option<i64>,
    /// When the window ends, in milliseconds since 1970; nothing where none is open.
    pub resets_at_ms: Option<i64>,
    /// Until when nothing is sent, where the org refused a call.
    pub blocked_until_ms: Option<i64>,
    /// Calls under way.
    pub under_way: i64,
    /// Calls that wait.
    pub waiting: usize,
    /// The latest hour.
    pub minutes: Vec<Minute>,
}

impl Bucket {
    pub(super) fn new(name: Arc<str>) -> Self {
        Self {
            name,
            under_way: 0,
            lines: Lines::default(),
            minutes: Minutes::default(),
            limit: None,
            window: None,
            blocked_until: 0,
            next_at: 0,
            refused_since: None,
        }
    }

    fn open(&self, now: i64) -> Option<Window> {
        self.window.filter(|window| now < window.ends_at)
    }

    /// What is surely left: calls under way may be counted by the org already, or not.
    fn left(&self, now: i64) -> i64 {
        let counted = match self.open(now) {
            Some(window) => window.remaining,
            None => self.limit.unwrap_or(UNKNOWN),
        };
        counted - self.under_way
    }

    /// Tells whether a call may leave that leaves `percent` of the bucket to others.
    pub(super) fn may_go(&self, now: i64, percent: u8) -> bool {
        if now < self.blocked_until || now < self.next_at {
            return false;
        }
        let left = self.left(now);
        let ours = self.open(now).map_or(0, |window| window.ours) + self.under_way;
        let least = self.limit.map_or(1, |limit| (limit / LEAST_PART).max(1));
        left > self.floor(percent) || (left > 0 && ours < least)
    }

    /// What is left to others, at least.
    fn floor(&self, percent: u8) -> i64 {
        self.limit
            .map_or(0, |limit| (limit * i64::from(percent) + 99) / 100)
    }

    /// A call leaves. Towards the end of what we may take, the next one has to wait a little.
    pub(super) fn sends(&mut self, now: i64, percent: u8) {
        self.under_way += 1;
        let (Some(window), Some(limit)) = (self.open(now), self.limit) else {
            return;
        };
        let floor = self.floor(percent);
        let ours = self.left(now) - floor;
        if ours > 0 && ours < (limit - floor) / SPREAD_PART {
            self.next_at = now + (window.ends_at - now) / (ours + 1);
        }
    }

    /// A call came back, or did not.
    pub(super) fn returned(&mut self) {
        self.under_way = (self.under_way - 1).max(0);
    }

    /// Tells whether this answer speaks of another bucket: another limit while our window is open.
    pub(super) fn is_other(&self, now: i64, said: &Said) -> bool {
        match (self.open(now), self.limit, said.limit) {
            (Some(_), Some(limit), Some(said)) => limit != said && said > 0,
            _ => false,
        }
    }

    /// Takes note of an answer; `ends_at` is the end of the window by our clock. `jitter_ms` keeps servers apart.
    pub(super) fn learn(&mut self, now: i64, said: &Said, ends_at: Option<i64>, jitter_ms: i64) {
        let is_refused = said.status == 429;
        if is_refused {
            let known = self.open(now).map(|window| window.ends_at);
            let until = ends_at
                .or(said.retry_after_ms.map(|wait| now + wait))
                .or(known)
                .unwrap_or(now);
            let until = until.clamp(now + 1_000, now + LONGEST_WAIT_MS);
            self.blocked_until = self.blocked_until.max(until + jitter_ms);
            self.refused_since.get_or_insert(now);
        } else {
            self.refused_since = None;
        }
        let (Some(limit), Some(remaining), Some(reset_s), Some(ends_at)) =
            (said.limit, said.remaining, said.reset_s, ends_at)
        else {
            return;
        };
        let remaining = if is_refused { 0 } else { remaining };
        let ours = i64::from(!is_refused);
        match &mut self.window {
            Some(known) if (known.reset_s - reset_s).abs() <= SAME_RESET_S => {
                known.remaining = known.remaining.min(remaining);
                known.ends_at = ends_at.min(now + LONGEST_WAIT_MS);
                known.ours += ours;
            }
            Some(known) if known.reset_s > reset_s => return,
            _ => {
                self.next_at = 0;
                self.window = Some(Window {
                    reset_s,
                    ends_at: ends_at.min(now + LONGEST_WAIT_MS),
                    remaining,
                    ours,
                });
            }
        }
        self.limit = Some(limit);
        self.note(now);
    }

    fn note(&mut self, now: i64) {
        let (Some(window), Some(limit)) = (self.window, self.limit) else {
            return;
        };
        let standing = Minute {
            at_ms: now,
            ours: window.ours,
            others: (limit - window.remaining - window.ours).max(0),
            limit,
            waiting: i64::try_from(self.lines.waiting()).unwrap_or(i64::MAX),
        };
        self.minutes.note(now, standing);
    }

    /// Returns the next time at which the answer of [`Bucket::may_go`] can change by itself.
    pub(super) fn changes_at(&self, now: i64) -> Option<i64> {
        let ends_at = self.open(now).map(|window| window.ends_at);
        let times = [Some(self.blocked_until), Some(self.next_at), ends_at];
        times.into_iter().flatten().filter(|at| *at > now).min()
    }

    /// Returns for how long every call was refused, in milliseconds.
    pub(super) fn refused_for(&self, now: i64) -> i64 {
        self.refused_since.map_or(0, |since| now - since)
    }

    /// Returns when the bucket is worth asking again.
    pub(super) fn resets_at(&self, now: i64) -> Option<i64> {
        self.changes_at(now)
    }

    pub(super) fn standing(&self, now: i64) -> Standing {
        let open = self.open(now);
        let used = |window: &Window| self.limit.unwrap_or(0) - window.remaining;
        Standing {
            name: self.name.to_string(),
            limit: self.limit,
            ours: open.as_ref().map_or(0, |window| window.ours),
            others: open
                .as_ref()
                .map_or(0, |window| (used(window) - window.ours).max(0)),
            left: open.map_or(self.limit, |window| Some(window.remaining)),
            resets_at_ms: open.map(|window| window.ends_at),
            blocked_until_ms: Some(self.blocked_until).filter(|until| *until > now),
            under_way: self.under_way,
            waiting: self.lines.waiting(),
            minutes: self.minutes.latest(now),
        }
    }
}
