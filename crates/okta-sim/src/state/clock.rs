//! The org's own time: starts at the configured moment, runs with the machine, can be moved ahead.

use std::time::Instant;

use chrono::{DateTime, Duration, SecondsFormat, Utc};

#[derive(Debug)]
pub(crate) struct Clock {
    start: DateTime<Utc>,
    since: Instant,
    ahead: Duration,
}

impl Clock {
    pub(crate) fn starting_at(start: DateTime<Utc>) -> Clock {
        Clock {
            start,
            since: Instant::now(),
            ahead: Duration::zero(),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        let run = Duration::from_std(self.since.elapsed()).unwrap_or_default();
        self.start + run + self.ahead
    }

    /// Moves the clock ahead. It never goes back, so the System Log stays in order.
    pub(crate) fn advance(&mut self, by: Duration) {
        self.ahead += by.max(Duration::zero());
    }
}

/// A moment as Okta writes it.
pub(crate) fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A moment that may never have come.
pub(crate) fn stamp_or_null(at: Option<DateTime<Utc>>) -> serde_json::Value {
    at.map_or(serde_json::Value::Null, |at| stamp(at).into())
}
