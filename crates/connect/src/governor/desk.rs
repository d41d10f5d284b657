//! The decisions of a governor, without waiting and without a clock: calls arrive, are let go, come back; each step is
//! told the time. So a storm of ten minutes can be played in a moment.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::bucket::{Bucket, Standing};
use super::family::Family;
use super::line::Id;
use super::places::Places;
use super::said::{Said, Skew};

/// Reads of single users under way at once, as Okta's own connector keeps it.
const USER_READS: usize = 15;
/// Buckets of one org; what comes beyond shares one.
const MAX_BUCKETS: usize = 128;
const REST: &str = "*";

/// Who asks for what.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) family: Family,
    /// Whose turn it takes: the flow that began the run, empty for the server itself.
    pub(super) flow: Arc<str>,
    /// This much of the bucket is left to others, in percent.
    pub(super) leave_percent: u8,
    /// It had its turn and was refused.
    pub(super) is_again: bool,
}

/// All that is known of one org's limits.
#[derive(Debug, Default)]
pub(super) struct Desk {
    buckets: BTreeMap<Arc<str>, Bucket>,
    /// Patterns that turned out to have a bucket of their own.
    apart: BTreeSet<Arc<str>>,
    visits: HashMap<Id, Visit>,
    next_id: Id,
    waiting: usize,
    user_reads: usize,
    places: Places,
    skew: Skew,
    /// The bucket that is asked first, so that none is always the last.
    turn: usize,
}

#[derive(Debug)]
struct Visit {
    ask: Ask,
    bucket: Arc<str>,
    is_under_way: bool,
}

/// How the org stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Now, in milliseconds since 1970.
    pub at_ms: i64,
    /// Calls under way.
    pub under_way: usize,
    /// Calls that may be under way at once.
    pub places: usize,
    /// Calls that wait.
    pub waiting: usize,
    /// Until when nothing is sent, because too many calls were under way at once.
    pub paused_until_ms: Option<i64>,
    /// The buckets, by name.
    pub buckets: Vec<Standing>,
}

impl Desk {
    /// A call wants to leave. It waits until [`Desk::dispatch`] names it.
    pub(super) fn arrive(&mut self, ask: Ask) -> Id {
        let id = self.next_id;
        self.next_id += 1;
        let name = self.bucket_name(&ask.family);
        let bucket = self
            .buckets
            .entry(Arc::clone(&name))
            .or_insert_with(|| Bucket::new(Arc::clone(&name)));
        bucket.lines.join(&ask.flow, id, ask.is_again);
        self.waiting += 1;
        let visit = Visit {
            ask,
            bucket: name,
            is_under_way: false,
        };
        self.visits.insert(id, visit);
        id
    }

    fn bucket_name(&self, family: &Family) -> Arc<str> {
        let name = if self.apart.contains(&family.pattern) {
            &family.pattern
        } else {
            &family.name
        };
        if self.buckets.len() >= MAX_BUCKETS && !self.buckets.contains_key(name) {
            return Arc::from(REST);
        }
        Arc::clone(name)
    }

    /// Lets go who may, bucket by bucket and flow by flow in turns. Returns them.
    pub(super) fn dispatch(&mut self, now: i64) -> Vec<Id> {
        let mut gone = Vec::new();
        while self.waiting > 0 && self.places.is_free(now) {
            let Some(id) = self.next(now) else {
                break;
            };
            gone.push(id);
        }
        gone
    }

    fn next(&mut self, now: i64) -> Option<Id> {
        let count = self.buckets.len();
        let first = self.turn % count.max(1);
        let may_read_user = self.user_reads < USER_READS;
        let visits = &self.visits;
        let order = (first..count).chain(0..first);
        for at in order {
            let Some(bucket) = self.buckets.values_mut().nth(at) else {
                continue;
            };
            if bucket.lines.waiting() == 0 {
                continue;
            }
            let mut lines = std::mem::take(&mut bucket.lines);
            let next = lines.next(|id| {
                visits.get(&id).is_some_and(|visit| {
                    (may_read_user || !visit.ask.family.reads_user)
                        && bucket.may_go(now, visit.ask.leave_percent)
                })
            });
            bucket.lines = lines;
            if let Some(id) = next {
                self.turn = at + 1;
                self.send(id, now);
                return Some(id);
            }
        }
        None
    }

    fn send(&mut self, id: Id, now: i64) {
        self.waiting = self.waiting.saturating_sub(1);
        self.places.take();
        let Some(visit) = self.visits.get_mut(&id) else {
            return;
        };
        visit.is_under_way = true;
        self.user_reads += usize::from(visit.ask.family.reads_user);
        if let Some(bucket) = self.buckets.get_mut(&visit.bucket) {
            bucket.sends(now, visit.ask.leave_percent);
        }
    }

    /// The call was answered. `roll` is a random number below one thousand.
    pub(super) fn answered(&mut self, id: Id, now: i64, said: &Said, roll: i64) {
        let Some(visit) = self.visits.get(&id) else {
            return;
        };
        self.skew.learn(said.date_ms, now);
        let pattern = Arc::clone(&visit.ask.family.pattern);
        let mut name = Arc::clone(&visit.bucket);
        let is_known = self.apart.contains(&pattern);
        let is_other = self
            .buckets
            .get(&name)
            .is_some_and(|bucket| bucket.is_other(now, said));
        self.leave(id);
        if said.is_about_concurrency() {
            self.places.refused(now, said.retry_after_ms, roll);
            return;
        }
        if said.status != 429 {
            self.places.answered();
        }
        if is_other && !is_known && self.apart.len() < MAX_BUCKETS {
            self.apart.insert(Arc::clone(&pattern));
            name = pattern;
        }
        let ends_at = said.reset_s.map(|reset_s| self.skew.end_of(reset_s));
        let bucket = self
            .buckets
            .entry(Arc::clone(&name))
            .or_insert_with(|| Bucket::new(name));
        bucket.learn(now, said, ends_at, roll / 2);
    }

    /// The call came back without an answer, or is no longer wanted. Knows whether it had left; a second time does nothing.
    pub(super) fn leave(&mut self, id: Id) {
        let Some(visit) = self.visits.remove(&id) else {
            return;
        };
        let bucket = self.buckets.get_mut(&visit.bucket);
        if visit.is_under_way {
            self.places.give_back();
            self.user_reads -= usize::from(visit.ask.family.reads_user).min(self.user_reads);
            if let Some(bucket) = bucket {
                bucket.returned();
            }
        } else {
            self.waiting = self.waiting.saturating_sub(1);
            if let Some(bucket) = bucket {
                bucket.lines.give_up(&visit.ask.flow, id);
            }
        }
    }

    /// Returns the next time at which somebody who waits may be let go without an answer coming in before.
    pub(super) fn wakes_at(&self, now: i64) -> Option<i64> {
        if self.waiting == 0 {
            return None;
        }
        let waited_for = self
            .buckets
            .values()
            .filter(|bucket| bucket.lines.waiting() > 0)
            .filter_map(|bucket| bucket.changes_at(now));
        waited_for.chain(self.places.paused_until(now)).min()
    }

    /// Tells whether anybody waits.
    pub(super) fn has_waiting(&self) -> bool {
        self.waiting > 0
    }

    /// Returns for how long the bucket of this family refused every call, in milliseconds, and when to ask again.
    pub(super) fn refused_for(&self, family: &Family, now: i64) -> (i64, Option<i64>) {
        match self.buckets.get(&self.bucket_name(family)) {
            Some(bucket) => (bucket.refused_for(now), bucket.resets_at(now)),
            None => (0, None),
        }
    }

    pub(super) fn budget(&self, now: i64) -> Budget {
        Budget {
            at_ms: now,
            under_way: self.places.taken(),
            places: self.places.most(),
            waiting: self.waiting,
            paused_until_ms: self.places.paused_until(now),
            buckets: self
                .buckets
                .values()
                .map(|bucket| bucket.standing(now))
                .collect(),
        }
    }
}
