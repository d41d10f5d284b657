//! Rate limits of an org, as seen by one connection.

use serde::{Deserialize, Serialize};

/// The smallest and the largest part of a bucket that a connection may leave to others, in percent.
pub const LEAVE_PERCENT: std::ops::RangeInclusive<i64> = 0..=90;

/// How the rate limits of a connection's org stand. Limits belong to the org: all connections to it share them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// When this was so, milliseconds since 1970 in UTC.
    pub at: i64,
    /// This much of each bucket the connection leaves to everybody else, in percent.
    pub leave_percent: i64,
    /// Calls under way to the org.
    pub under_way: i64,
    /// Calls that may be under way at once.
    pub places: i64,
    /// Calls that wait for a limit.
    pub waiting: i64,
    /// Until when nothing is sent because too many calls were under way at once, milliseconds since 1970 in UTC.
    pub paused_until: Option<i64>,
    /// The buckets that were used since the server started, by name.
    pub buckets: Vec<BucketBudget>,
}

/// One bucket: a family of endpoints that the org counts together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BucketBudget {
    /// The family, for instance `/api/v1/users`.
    pub name: String,
    /// Requests that a window of a minute allows; absent before the first answer.
    pub limit: Option<i64>,
    /// Requests of this server in the open window.
    pub ours: i64,
    /// Requests of everybody else in the open window.
    pub others: i64,
    /// Requests left.
    pub left: Option<i64>,
    /// When the window ends, milliseconds since 1970 in UTC; absent where none is open.
    pub resets_at: Option<i64>,
    /// Until when nothing is sent because the org refused a call, milliseconds since 1970 in UTC.
    pub blocked_until: Option<i64>,
    /// Calls under way.
    pub under_way: i64,
    /// Calls that wait.
    pub waiting: i64,
    /// The latest hour, oldest first; minutes without a call are left out.
    pub minutes: Vec<BudgetMinute>,
}

/// One minute of a bucket: its fullest moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetMinute {
    /// When it began, milliseconds since 1970 in UTC.
    pub at: i64,
    /// Requests of this server.
    pub ours: i64,
    /// Requests of everybody else.
    pub others: i64,
    /// Requests that the window allowed.
    pub limit: i64,
    /// Calls that waited.
    pub waiting: i64,
}

/// Changes how much of each bucket a connection leaves to everybody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewShare {
    /// In percent; see [`LEAVE_PERCENT`].
    pub leave_percent: i64,
}
