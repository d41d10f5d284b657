//! The journal of a run: what the history page shows and what recovery replays.
//!
//! Inputs are not in it. They follow from the outputs of earlier cards and from the flow's version, and
//! [`crate::view`] works them out; a run writes each value once.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use flow::{CardError, FlowId, LaneId, Outputs, RunId, StepId, Value};

use crate::host::CallTrace;

/// Stands for the words of an error where the flow saves no data.
const NOT_KEPT: &str = "The flow does not save data, so the words of the error are not kept. Its code says what kind of error it was.";

mod replay;

pub(crate) use replay::{Past, PastPage, Settled, ended, read};

/// Where a run stands: the ids of the containers, their lanes and the card, joined by `/`; unique per activation.
/// The run itself is the empty path.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Path(Arc<str>);

impl Path {
    /// Returns the path of this text.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// Returns the path of the run itself.
    pub fn run() -> Self {
        Self::new("")
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Tells whether this is a card inside the container at `outer`.
    pub fn is_inside(&self, outer: &Path) -> bool {
        self.0
            .strip_prefix(outer.as_str())
            .is_some_and(|rest| rest.starts_with('/'))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// Which card.
    pub path: Path,
    /// The flow does not save the data that passes through: recovery needs it, people may not see it, and it is erased
    /// ([`Event::without_data`]) when the run has ended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
    /// What happened.
    pub event: Event,
}

/// What happened to a card, or to the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A card that does not leave the building began and finished.
    Computed {
        /// The outputs that the flow wants.
        outputs: Outputs,
        /// The time and randomness that it used.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seed: Option<SeedUsed>,
        /// How long it took, in microseconds.
        took_us: u64,
    },
    /// A card that takes its time began.
    Started,
    /// A call that must not be repeated is about to be made.
    Intent,
    /// One request of a call.
    Call(CallTrace),
    /// A started card finished.
    Finished {
        /// The outputs that the flow wants.
        outputs: Outputs,
        /// The requests of its last call.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        calls: Vec<CallTrace>,
        /// How long it took, in microseconds.
        took_us: u64,
    },
    /// A card failed. [`Event::Retry`] may follow.
    Failed {
        /// Why.
        error: CardError,
        /// How long it took, in microseconds.
        took_us: u64,
    },
    /// A call that must not be repeated ended without an answer: a person decides.
    Unclear {
        /// What is known.
        error: CardError,
    },
    /// A container chose a lane.
    Lane {
        /// Which one.
        lane: LaneId,
    },
    /// A container gave a value to the cards inside it: the error, to the error lane.
    Yielded {
        /// The values.
        outputs: Outputs,
    },
    /// A loop knows how often it goes round.
    Items {
        /// How often.
        count: u64,
    },
    /// A helper run was started, or failed. Loops write the first hundred and each one that failed; the ids of all
    /// follow from [`crate::child_run_id`].
    Child {
        /// Its id.
        run: RunId,
        /// The helper flow.
        flow: FlowId,
        /// The item, in a loop.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        index: Option<usize>,
        /// Why it failed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        error: Option<CardError>,
    },
    /// A failed card will be tried again.
    Retry {
        /// When, in milliseconds since 1970.
        until_ms: i64,
        /// Which attempt comes next, from 1.
        attempt: u32,
    },
    /// A card waits for a point in time.
    Wait {
        /// Until when, in milliseconds since 1970.
        until_ms: i64,
    },
    /// A card waits until somebody resumes the run. The caller that waited has its answer.
    Pause {
        /// Until when at most, in milliseconds since 1970.
        until_ms: i64,
    },
    /// A streaming card fetched a page. Its records are needed until [`Event::PageDone`] of the same number.
    Page {
        /// The page, from 0.
        number: u64,
        /// How many records came before.
        first: u64,
        /// The records.
        records: Vec<Value>,
        /// Where the next page begins.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<String>,
        /// The requests it took.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        calls: Vec<CallTrace>,
    },
    /// Every record of a page went through the helper flow.
    PageDone {
        /// The page.
        number: u64,
        /// How many records went through so far.
        streamed: u64,
        /// Where the next page begins.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<String>,
    },
    /// Somebody tries the flow out: the card does not run and gives these outputs. Written before the run begins.
    Pinned {
        /// The outputs.
        outputs: Outputs,
    },
    /// Somebody tries the flow out: the run ends after this card. Written before the run begins.
    Until,
    /// The run takes over what an earlier one did: helper runs that this card started there count as its own.
    Carried {
        /// The earlier run.
        from: RunId,
        /// The items whose helper runs are taken over, each span from its first to its last.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        items: Vec<(u64, u64)>,
        /// The helper run outside a loop is taken over, and that of the card's error flow.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        single: bool,
    },
    /// The run ended.
    Ended {
        /// How.
        outcome: Outcome,
    },
}

/// The time and randomness that a card used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedUsed {
    /// The time, in milliseconds since 1970.
    pub now_ms: i64,
    /// The random number.
    pub random: u64,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outcome {
    /// It came to its end or to a Return.
    Succeeded {
        /// What it returned, as an object; empty without a Return.
        returned: Value,
    },
    /// A Continue If stopped it, which is no error.
    Stopped {
        /// The message of the Continue If, as an object.
        returned: Value,
    },
    /// A card failed.
    Failed {
        /// Why.
        error: CardError,
        /// The card.
        step: StepId,
        /// Where it stands.
        path: Path,
    },
    /// A call that must not be repeated was under way when its process died, or ended without an answer.
    ///
    /// Not final: after a person decided, append `Finished`, `Failed` or `Retry` for the path and run again.
    OutcomeUnknown {
        /// The card.
        step: StepId,
        /// Where it stands.
        path: Path,
    },
}

impl Event {
    /// Tells whether a replay would come to this entry again by itself, had it never reached the disk: what rests on
    /// no clock, no randomness and no answer from outside.
    pub fn is_reproducible(&self) -> bool {
        matches!(
            self,
            Self::Computed { seed: None, .. }
                | Self::Started
                | Self::Lane { .. }
                | Self::Items { .. }
                | Self::Child { .. }
                | Self::Call(_)
        )
    }

    /// Returns the event without the data that passed through the flow: what stays of a run whose flow saves none. Of
    /// errors the code and the status stay, of requests the method and the status.
    pub fn without_data(mut self) -> Self {
        match &mut self {
            Self::Computed { outputs, .. }
            | Self::Yielded { outputs }
            | Self::Pinned { outputs } => outputs.clear(),
            Self::Finished { outputs, calls, .. } => {
                outputs.clear();
                calls.iter_mut().for_each(CallTrace::drop_data);
            }
            Self::Call(call) => call.drop_data(),
            Self::Page {
                records,
                next,
                calls,
                ..
            } => {
                records.clear();
                *next = None;
                calls.iter_mut().for_each(CallTrace::drop_data);
            }
            Self::PageDone { next, .. } => *next = None,
            Self::Failed { error, .. } | Self::Unclear { error } => drop_data(error),
            Self::Child {
                error: Some(error), ..
            } => drop_data(error),
            Self::Ended { outcome } => match outcome {
                Outcome::Succeeded { returned } | Outcome::Stopped { returned } => {
                    *returned = Value::Null;
                }
                Outcome::Failed { error, .. } => drop_data(error),
                Outcome::OutcomeUnknown { .. } => {}
            },
            _ => {}
        }
        self
    }
}

/// Returns the error without the data that passed through the flow: its code and status.
pub fn without_data(mut error: CardError) -> CardError {
    drop_data(&mut error);
    error
}

/// Messages quote values: what was not a number, who was not found.
fn drop_data(error: &mut CardError) {
    error.detail = Value::Null;
    NOT_KEPT.clone_into(&mut error.message);
}
