//! The home page: figures over a span, what somebody should look at, what runs most, rate limits now.

use flow::{ConnectionId, FlowId, FlowKind, RunId};
use serde::{Deserialize, Serialize};

/// How far back the home page looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HomeSpan {
    /// The latest hour.
    Hour,
    /// The latest 24 hours.
    #[default]
    Day,
    /// The latest 7 days.
    Week,
    /// The latest 30 days.
    Month,
}

/// What the home page shall show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeQuery {
    /// How far back.
    #[serde(default)]
    pub span: HomeSpan,
    /// Only runs of flows that use this connection.
    #[serde(default)]
    pub connection: Option<ConnectionId>,
}

/// Figures and lists of the home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Flows that are on.
    pub flows_on: usize,
    /// All flows.
    pub flows: usize,
    /// All connections: id and name.
    pub connections: Vec<(ConnectionId, String)>,
    /// Figures of the span.
    pub figures: Figures,
    /// Figures of the same span a week before; of the month before for a month.
    pub before: Figures,
    /// Length of a part, in milliseconds.
    pub part_ms: i64,
    /// The span in parts, oldest first.
    pub parts: Vec<PartBar>,
    /// What somebody should look at.
    pub attention: Vec<Attention>,
    /// Flows with most runs.
    pub busiest: Vec<BusyFlow>,
    /// The fullest rate limits, the fullest first.
    pub budgets: Vec<BudgetBar>,
}

/// Figures of a span.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Runs that ended well or badly, and those under way.
    pub runs: i64,
    /// Runs that ended well.
    pub succeeded: i64,
    /// Runs that failed, or whose outcome nobody knows.
    pub failed: i64,
    /// How long half of the runs took at most, in milliseconds.
    pub median_ms: Option<i64>,
    /// How long 95 of 100 runs took at most, in milliseconds.
    pub p95_ms: Option<i64>,
    /// How long calls waited for rate limits, in milliseconds.
    pub waited_ms: i64,
    /// Runs that failed because of a rate limit.
    pub lost: i64,
}

/// Runs of one part of the span.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartBar {
    /// Its start, milliseconds since 1970 in UTC.
    pub at: i64,
    /// Ended well without waiting.
    pub succeeded: i64,
    /// Ended well after waiting for a rate limit.
    pub waited: i64,
    /// Failed.
    pub failed: i64,
    /// How long calls waited, in milliseconds.
    pub waited_ms: i64,
    /// How long half of the runs took at most, in milliseconds.
    pub median_ms: Option<i64>,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// What it is about; the same as long as the cause is.
    pub key: String,
    /// How it stands: what was put away comes back when this changes.
    pub mark: String,
    /// What is the matter.
    pub what: Cause,
    /// Present where somebody put it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dismissed: Option<Dismissed>,
}

/// Who put something away, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissed {
    /// Their name; empty where they are gone.
    pub person: String,
    /// Why.
    pub reason: String,
    /// When, milliseconds since 1970 in UTC.
    pub at: i64,
}

/// What is the matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Cause {
    /// Runs of a flow failed for the same reason.
    Failed {
        /// The newest of them.
        run: RunId,
        /// The flow.
        flow: FlowId,
        /// Its name.
        flow_name: String,
        /// Its error in words.
        error: String,
        /// The error's code.
        code: String,
        /// How many.
        count: i64,
        /// When the first of them began, milliseconds since 1970 in UTC.
        since: i64,
    },
    /// Runs stand at a call of which nobody knows whether it happened.
    OutcomeUnknown {
        /// The newest of them.
        run: RunId,
        /// The flow.
        flow: FlowId,
        /// Its name.
        flow_name: String,
        /// How many.
        count: i64,
    },
    /// A connection must be authorized again.
    Reauthorize {
        /// The connection.
        connection: ConnectionId,
        /// Its name.
        name: String,
        /// Flows that are on and use it.
        flows: usize,
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
    /// A scheduled flow did not start at its time.
    Overdue {
        /// The flow.
        flow: FlowId,
        /// Its name.
        flow_name: String,
        /// When it should have started, milliseconds since 1970 in UTC.
        at: i64,
    },
    /// A flow is on, and its draft has problems: the draft cannot replace what runs.
    Draft {
        /// The flow.
        flow: FlowId,
        /// Its name.
        flow_name: String,
        /// Problems of the draft.
        problems: usize,
    },
}

/// A flow and its runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusyFlow {
    /// The flow.
    pub flow: FlowId,
    /// Its name.
    pub name: String,
    /// How it is started; absent where the flow was deleted.
    pub flow_kind: Option<FlowKind>,
    /// Runs in the span.
    pub runs: i64,
    /// Of these, failed.
    pub failed: i64,
    /// Its newest run.
    pub last_run: Option<crate::LastRun>,
}

/// How full a rate limit is, and how full it will be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetBar {
    /// A connection to the org.
    pub connection: ConnectionId,
    /// Its name.
    pub name: String,
    /// The family of endpoints.
    pub bucket: String,
    /// Requests in the open window, by everybody.
    pub used: i64,
    /// Requests that a window allows.
    pub limit: i64,
    /// How many there will be at the end of the window, if it goes on so.
    pub forecast: i64,
}

/// Puts something away from what needs attention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dismiss {
    /// What it is about.
    pub key: String,
    /// How it stood when somebody looked.
    pub mark: String,
    /// Why nobody has to look, 1 to 200 characters.
    pub reason: String,
}
