//! What a schedule means: the next moments, and the names of time zones.

use serde::{Deserialize, Serialize};

/// When a scheduled flow would run next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchedulePlan {
    /// The next moments, at most five.
    pub next: Vec<PlannedRun>,
    /// Why there are none, where the schedule is not valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<ScheduleProblem>,
}

/// One planned moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRun {
    /// Milliseconds since 1970 in UTC.
    pub at: i64,
    /// The same on the clock of the schedule's time zone, as milliseconds since 1970 on that clock.
    pub local: i64,
    /// How far that clock is ahead of UTC, in minutes.
    pub offset_minutes: i32,
    /// How that clock is called then, for instance `CEST`.
    pub zone: String,
}

/// What is wrong with a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScheduleProblem {
    /// The tz database has no such time zone.
    TimeZone,
    /// The fields cannot be read.
    Fields,
    /// A date, a time of the day or a count cannot be read.
    Limits,
    /// It names no moment that is still to come.
    Never,
}
