//! The latest hour of a bucket, minute by minute, for the chart on the connection's page. Bounded, in memory only.

use std::collections::VecDeque;

/// Minutes that are remembered.
const KEPT: usize = 60;
const MINUTE_MS: i64 = 60_000;

/// What became of a bucket in one minute: the fullest standing that an answer of this minute told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Minute {
    /// When it began, in milliseconds since 1970.
    pub at_ms: i64,
    /// Requests of ours in the window.
    pub ours: i64,
    /// Requests of everybody else.
    pub others: i64,
    /// Requests that the window allows.
    pub limit: i64,
    /// Calls that had to wait at the worst moment.
    pub waiting: i64,
}

/// The remembered minutes, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Minutes(VecDeque<Minute>);

impl Minutes {
    /// Takes note of a standing at `now`.
    pub(super) fn note(&mut self, now: i64, standing: Minute) {
        let minute = self.minute(now);
        let waiting = minute.waiting.max(standing.waiting);
        if standing.ours + standing.others >= minute.ours + minute.others {
            *minute = Minute {
                at_ms: minute.at_ms,
                ..standing
            };
        }
        minute.waiting = waiting;
    }

    fn minute(&mut self, now: i64) -> &mut Minute {
        let at_ms = now.div_euclid(MINUTE_MS) * MINUTE_MS;
        let is_known = self.0.back().is_some_and(|last| last.at_ms >= at_ms);
        if !is_known {
            if self.0.len() == KEPT {
                self.0.pop_front();
            }
            self.0.push_back(Minute {
                at_ms,
                ..Minute::default()
            });
        }
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// Returns the minutes of the latest hour in which something was sent.
    pub(super) fn latest(&self, now: i64) -> Vec<Minute> {
        let since = now - KEPT as i64 * MINUTE_MS;
        self.0
            .iter()
            .filter(|minute| minute.at_ms > since)
            .copied()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(ours: i64, others: i64) -> Minute {
        Minute {
            ours,
            others,
            limit: 600,
            ..Minute::default()
        }
    }

    #[test]
    fn the_fullest_standing_of_each_minute_is_kept_for_an_hour() {
        let mut minutes = Minutes::default();
        minutes.note(61_000, standing(10, 5));
        minutes.note(62_000, standing(20, 5));
        minutes.note(63_000, standing(1, 0));
        assert_eq!(
            minutes.latest(70_000),
            [Minute {
                at_ms: 60_000,
                ..standing(20, 5)
            }]
        );
        for minute in 0..500 {
            minutes.note(minute * 60_000 + 200_000, standing(1, 1));
        }
        assert_eq!(minutes.latest(500 * 60_000 + 200_000).len(), 59);
        assert_eq!(minutes.latest(900 * 60_000).len(), 0);
    }
}
