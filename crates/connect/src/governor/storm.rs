//! Storms: flows that want more than a bucket gives, against an org that counts as strictly as Okta does. Ten minutes
//! pass in a moment, because nothing here waits: what happens next comes out of a heap.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use super::desk::{Ask, Desk};
use super::family::Family;
use super::said::Said;

const MINUTE: i64 = 60_000;
const LIMIT: i64 = 600;
/// The org's clock is this far behind ours.
const BEHIND: i64 = 7_340;

/// A bucket as strict as Okta's: a window of a minute begins with the first request after the last window.
#[derive(Default)]
struct Org {
    began: i64,
    used: i64,
    /// Requests of others in all windows, and how many of them were refused.
    others: i64,
    others_refused: i64,
    /// The fullest that a window was after a request of ours.
    fullest: i64,
    ours: i64,
    refused: i64,
}

impl Org {
    fn take(&mut self, now: i64) -> bool {
        if now - self.began >= MINUTE {
            self.began = now;
            self.used = 0;
        }
        self.used += 1;
        self.used <= LIMIT
    }

    fn asked(&mut self, now: i64) -> Said {
        let now = now - BEHIND;
        let is_taken = self.take(now);
        if is_taken {
            self.ours += 1;
            self.fullest = self.fullest.max(self.used);
        } else {
            self.refused += 1;
        }
        Said {
            status: if is_taken { 200 } else { 429 },
            limit: Some(LIMIT),
            remaining: Some((LIMIT - self.used).max(0)),
            reset_s: Some((self.began + MINUTE).div_euclid(1_000)),
            date_ms: Some(now.div_euclid(1_000) * 1_000),
            retry_after_ms: None,
        }
    }

    fn asked_by_another(&mut self, now: i64) {
        self.others += 1;
        self.others_refused += i64::from(!self.take(now - BEHIND));
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A flow at a server wants to make a call; it was refused before.
    Wants(usize, usize, bool),
    /// A call reaches the org.
    Reaches(usize, u64),
    /// The answer is back.
    Answered(usize, u64, u16, i64, i64, i64),
    /// Time for a server to look again.
    Looks(usize),
    /// Somebody else calls.
    Other,
}

/// What flows want.
#[derive(Clone, Copy)]
enum Demand {
    /// So many calls at a time, for ever.
    Always(usize),
    /// So many calls at once, at the beginning.
    AtOnce(usize),
    /// One call every so many milliseconds.
    Every(i64),
}

struct Storm {
    dice: StdRng,
    now: i64,
    heap: BinaryHeap<Reverse<(i64, u64, Event)>>,
    number: u64,
    org: Org,
    desks: Vec<Desk>,
    looks: Vec<i64>,
    /// Flow of each call under way or waiting, and when it first wanted to leave.
    calls: HashMap<(usize, u64), (usize, i64)>,
    demands: Vec<Demand>,
    done: Vec<i64>,
    asked: i64,
    longest: Vec<i64>,
    leave_percent: u8,
    others_every: i64,
}

impl Storm {
    fn new(servers: usize, demands: Vec<Demand>) -> Self {
        let flows = demands.len();
        Self {
            dice: StdRng::seed_from_u64(20_261_122),
            now: 1_760_000_000_123,
            heap: BinaryHeap::new(),
            number: 0,
            org: Org::default(),
            desks: (0..servers).map(|_| Desk::default()).collect(),
            looks: vec![0; servers],
            calls: HashMap::new(),
            demands,
            done: vec![0; flows],
            asked: 0,
            longest: vec![0; flows],
            leave_percent: 20,
            others_every: 0,
        }
    }

    fn later(&mut self, wait: i64, event: Event) {
        self.number += 1;
        self.heap
            .push(Reverse((self.now + wait, self.number, event)));
    }

    /// On its way, mostly short, sometimes long.
    fn way(&mut self) -> i64 {
        match self.dice.random_range(0..100) {
            0..=94 => self.dice.random_range(15..80),
            95..=98 => self.dice.random_range(80..600),
            _ => self.dice.random_range(600..3_000),
        }
    }

    fn play(&mut self, minutes: i64) {
        let end = self.now + minutes * MINUTE;
        for flow in 0..self.demands.len() {
            let server = flow % self.desks.len();
            let count = match self.demands[flow] {
                Demand::Always(count) | Demand::AtOnce(count) => count,
                Demand::Every(_) => 1,
            };
            for _ in 0..count {
                self.later(0, Event::Wants(server, flow, false));
            }
        }
        if self.others_every > 0 {
            self.later(0, Event::Other);
        }
        while let Some(Reverse((at, _, event))) = self.heap.pop() {
            if at > end {
                break;
            }
            self.now = at;
            self.happen(event);
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Wants(server, flow, is_again) => {
                if !is_again {
                    self.asked += 1;
                }
                if let (Demand::Every(every), false) = (self.demands[flow], is_again) {
                    self.later(every, Event::Wants(server, flow, false));
                }
                let ask = Ask {
                    family: Family::of("GET", "/api/v1/users"),
                    flow: Arc::from(format!("flow {flow}")),
                    leave_percent: self.leave_percent,
                    is_again,
                };
                let id = self.desks[server].arrive(ask);
                self.calls.insert((server, id), (flow, self.now));
                self.look(server);
            }
            Event::Reaches(server, id) => {
                let said = self.org.asked(self.now);
                let way = self.way();
                let (limit, remaining, reset) = (said.limit, said.remaining, said.reset_s);
                assert_eq!(limit, Some(LIMIT));
                let event = Event::Answered(
                    server,
                    id,
                    said.status,
                    remaining.unwrap(),
                    reset.unwrap(),
                    said.date_ms.unwrap(),
                );
                self.later(way, event);
            }
            Event::Answered(server, id, status, remaining, reset, date) => {
                let said = Said {
                    status,
                    limit: Some(LIMIT),
                    remaining: Some(remaining),
                    reset_s: Some(reset),
                    date_ms: Some(date),
                    retry_after_ms: None,
                };
                let roll = self.dice.random_range(0..1_000);
                self.desks[server].answered(id, self.now, &said, roll);
                let (flow, since) = self.calls.remove(&(server, id)).unwrap();
                if status == 429 {
                    self.later(0, Event::Wants(server, flow, true));
                } else {
                    self.done[flow] += 1;
                    self.longest[flow] = self.longest[flow].max(self.now - since);
                    if matches!(self.demands[flow], Demand::Always(_)) {
                        self.later(0, Event::Wants(server, flow, false));
                    }
                }
                self.look(server);
            }
            Event::Looks(server) => self.look(server),
            Event::Other => {
                self.org.asked_by_another(self.now);
                let wait = self.dice.random_range(0..=2 * self.others_every);
                self.later(wait, Event::Other);
            }
        }
    }

    fn look(&mut self, server: usize) {
        for id in self.desks[server].dispatch(self.now) {
            let way = self.way();
            self.later(way, Event::Reaches(server, id));
        }
        if let Some(at) = self.desks[server].wakes_at(self.now) {
            let is_planned = self.looks[server] > self.now && self.looks[server] <= at;
            if !is_planned {
                self.looks[server] = at;
                self.later(at - self.now, Event::Looks(server));
            }
        }
    }

    /// Calls that were neither answered nor are anywhere.
    fn lost(&self) -> i64 {
        let done: i64 = self.done.iter().sum();
        let refused_and_coming = self
            .heap
            .iter()
            .filter(|Reverse((_, _, event))| matches!(event, Event::Wants(_, _, true)));
        self.asked - done - self.calls.len() as i64 - refused_and_coming.count() as i64
    }

    fn report(&self, name: &str) {
        println!(
            "{name}: {} of ours done, {} refused, fullest {}, others {} with {} refused, flows {:?}, longest {:?}",
            self.org.ours,
            self.org.refused,
            self.org.fullest,
            self.org.others,
            self.org.others_refused,
            self.done,
            self.longest.iter().map(|ms| ms / 1_000).collect::<Vec<_>>()
        );
    }

    /// What holds in every storm.
    #[track_caller]
    fn check(&self, name: &str) {
        self.report(name);
        assert_eq!(self.lost(), 0, "nothing is dropped");
        assert!(
            self.org.refused * 100 <= self.org.ours,
            "{} of {} calls were refused",
            self.org.refused,
            self.org.ours
        );
        let left = LIMIT - self.org.fullest;
        let promised = LIMIT * i64::from(self.leave_percent) / 100;
        assert!(left >= promised * 9 / 10, "only {left} were left to others");
        assert_eq!(self.org.others_refused, 0, "nobody else was refused");
    }

    fn fairness(&self) -> f64 {
        let most = *self.done.iter().max().unwrap();
        let least = *self.done.iter().min().unwrap();
        most as f64 / least.max(1) as f64
    }
}

#[test]
fn twenty_flows_share_a_bucket_for_ten_minutes() {
    let mut storm = Storm::new(1, vec![Demand::Always(10); 20]);
    storm.others_every = 600;
    storm.play(10);
    storm.check("twenty flows, others call too");
    assert!(storm.fairness() <= 2.0, "{}", storm.fairness());
    let possible = 10 * (LIMIT * 80 / 100) - storm.org.others;
    assert!(storm.org.ours * 10 >= possible * 9, "little was done");
}

#[test]
fn a_flow_with_ten_thousand_calls_does_not_starve_those_with_few() {
    let mut demands = vec![Demand::AtOnce(10_000), Demand::Always(50)];
    demands.extend([Demand::Every(20_000); 18]);
    let mut storm = Storm::new(1, demands);
    storm.others_every = 1_000;
    storm.play(10);
    storm.check("unequal demand");
    let few = &storm.done[2..];
    assert!(
        few.iter().all(|done| *done >= 28),
        "each wanted 30: {few:?}"
    );
    let greedy = (storm.done[0] as f64) / (storm.done[1] as f64);
    assert!((0.5..=2.0).contains(&greedy), "{greedy}");
    assert!(storm.longest[2..].iter().all(|ms| *ms < 65_000));
}

#[test]
fn two_servers_share_an_org_knowing_only_its_headers() {
    let mut storm = Storm::new(2, vec![Demand::Always(10); 20]);
    storm.others_every = 600;
    storm.play(10);
    storm.check("two servers");
    assert!(storm.fairness() <= 2.0, "{}", storm.fairness());
}

#[test]
fn more_is_left_where_more_was_asked_for() {
    let mut storm = Storm::new(1, vec![Demand::Always(10); 20]);
    storm.leave_percent = 70;
    storm.others_every = 200;
    storm.play(10);
    storm.check("70 percent are left");
}

#[test]
fn others_who_take_everything_make_calls_slow_but_drop_none() {
    let mut storm = Storm::new(1, vec![Demand::Always(10); 20]);
    storm.leave_percent = 0;
    storm.others_every = 70;
    storm.play(10);
    storm.report("others take nearly everything");
    assert_eq!(storm.lost(), 0, "nothing is dropped");
    assert!(storm.org.refused > 0, "this storm meets refusals");
    assert!(storm.org.refused * 4 <= storm.org.ours);
    assert!(storm.done.iter().all(|done| *done > 0), "{:?}", storm.done);
    assert!(storm.fairness() <= 2.0, "{}", storm.fairness());
}
