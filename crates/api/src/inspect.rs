//! Looking closely at a run: one pass of a loop, where a value came from, a value that is masked.

use flow::{CardKey, FieldKey, FlowId, RunId, StepId};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::RunRow;

/// What stands in a run where a secret or personal value is.
pub const MASK: &str = "••••";

/// Which pass of a card that goes round is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassQuery {
    /// The run.
    pub run: RunId,
    /// The card.
    pub step: StepId,
    /// The pass, from 1; the nearest one that there is. Where absent the first that failed, else the first.
    #[serde(default)]
    pub number: Option<u64>,
}

/// One pass of a card that goes round: a run of its helper flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// Which pass, from 1; 0 where there is none.
    pub number: u64,
    /// How many there are; of a stream, how many have begun.
    pub count: u64,
    /// How many failed.
    pub failed: u64,
    /// The first one that failed.
    pub first_failed: Option<u64>,
    /// The first one behind this that failed.
    pub next_failed: Option<u64>,
    /// The helper run; nothing where it did not begin, or is not kept any more.
    pub run: Option<RunRow>,
}

/// The card that a helper run was started by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalledBy {
    /// The run.
    pub run: RunId,
    /// The card in it.
    pub step: StepId,
    /// Which pass of the card, from 1; nothing outside of loops.
    pub number: Option<u64>,
}

/// A value of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueRef {
    /// The run.
    pub run: RunId,
    /// The card.
    pub step: StepId,
    /// The field.
    pub field: FieldKey,
    /// What went into the card, not what came out.
    #[serde(default)]
    pub is_input: bool,
    /// Keys and positions inside the value; the whole where empty.
    #[serde(default)]
    pub path: Vec<String>,
}

/// A place that a value came through, and the value there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Where.
    pub at: ValueRef,
    /// The flow.
    pub flow: FlowId,
    /// What the flow is called.
    pub flow_name: String,
    /// Which card of the catalogue it is.
    pub card: CardKey,
    /// What somebody called the card.
    pub title: Option<String>,
    /// Its number in the flow.
    pub number: usize,
    /// What the flow calls the field.
    pub label: String,
    /// The value; nothing where none is kept.
    pub value: Option<Json>,
    /// The value is masked, as a whole or in parts.
    #[serde(default)]
    pub masked: bool,
    /// How many places it is away from the value that was asked for.
    pub depth: usize,
    /// Why the way ends here.
    pub end: Option<OriginEnd>,
}

/// Why the way of a value ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginEnd {
    /// The run started with it.
    Start,
    /// The author typed it.
    Typed,
    /// The card made it by itself, or a service gave it.
    Made,
    /// A person pinned it to the card.
    Pinned,
    /// Nothing was given.
    Empty,
    /// The run from which it came is not kept any more.
    Gone,
    /// There are more places than are followed.
    TooMany,
}
