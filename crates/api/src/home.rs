//! The home page.

use flow::{ConnectionId, FlowId, RunId};
use serde::{Deserialize, Serialize};

/// Figures and lists of the home page, over the last 24 hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Flows that are on, and all flows.
    pub flows_on: usize,
    /// All flows.
    pub flows: usize,
    /// Runs that ended well.
    pub succeeded: i64,
    /// Runs that failed.
    pub failed: i64,
    /// Runs by hour, oldest first, 24 of them.
    pub hours: Vec<HourBar>,
    /// What somebody should look at.
    pub attention: Vec<Attention>,
    /// Flows with most runs.
    pub busiest: Vec<BusyFlow>,
    /// Connections.
    pub connections: usize,
}

/// Runs of one hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourBar {
    /// Start of the hour, milliseconds since 1970 in UTC.
    pub at: i64,
    /// Ended well.
    pub succeeded: i64,
    /// Failed.
    pub failed: i64,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Attention {
    /// A flow failed.
    FailedRun {
        /// The newest failed run.
        run: RunId,
        /// The flow.
        flow: FlowId,
        /// Its name.
        flow_name: String,
        /// What went wrong.
        error: String,
        /// How often in 24 hours.
        count: i64,
        /// When last, milliseconds since 1970 in UTC.
        at: i64,
    },
    /// A rate limit of an org is nearly used up, or calls wait for it.
    Limit {
        /// A connection to the org.
        connection: ConnectionId,
        /// Its name.
        name: String,
        /// The family of endpoints.
        bucket: String,
        /// Requests left in the window.
        left: i64,
        /// Requests that a window allows.
        limit: i64,
        /// Calls that wait.
        waiting: i64,
    },
    /// A connection must be authorized again.
    Connection {
        /// The connection.
        connection: ConnectionId,
        /// Its name.
        name: String,
    },
}

/// A flow and its runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusyFlow {
    /// The flow.
    pub flow: FlowId,
    /// Its name.
    pub name: String,
    /// Runs in 24 hours.
    pub runs: i64,
}
