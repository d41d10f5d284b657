//! Trying a flow out, running again, and what people keep of runs.

use flow::{FieldKey, FlowId, RunId, StepId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::FieldValue;

/// Runs the draft of a flow as it is stored. No version is made, and what is on stays as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// The flow.
    pub flow: FlowId,
    /// The revision of the draft that is meant; another one is refused. Any where absent.
    #[serde(default)]
    pub revision: Option<i64>,
    /// Values for the outputs of the first card, by `key` or `group.key`.
    #[serde(default)]
    pub inputs: Map<String, Json>,
    /// The run whose values stand where `inputs` have a mask.
    #[serde(default)]
    pub inputs_of: Option<RunId>,
    /// Ends after this card.
    #[serde(default)]
    pub until: Option<StepId>,
    /// Runs this card and nothing else. Pinned outputs then only give values.
    #[serde(default)]
    pub only: Option<StepId>,
    /// With `only`: what goes into the card, instead of what is mapped there.
    #[serde(default)]
    pub given: Vec<FieldValue>,
    /// With `only`: the run from which values of other cards come, where none are pinned.
    #[serde(default)]
    pub values_of: Option<RunId>,
    /// Cards with pinned outputs run all the same.
    #[serde(default)]
    pub ignore_pins: bool,
}

/// What a flow can be tried with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Samples {
    /// The newest real events of the type with which the flow starts, whichever flow they started.
    pub events: Vec<Sample>,
    /// The newest runs that a person started.
    pub manual: Vec<Sample>,
    /// What somebody gave a name.
    pub tests: Vec<SavedTest>,
}

/// The values with which a run started.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// The run.
    pub run: RunId,
    /// Its flow.
    pub flow_name: String,
    /// When, milliseconds since 1970 in UTC.
    pub at: i64,
    /// Whom it is about, or who started it.
    pub person: Option<String>,
    /// The values, by `key` or `group.key`; nothing where the flow saves no data.
    pub values: Option<Map<String, Json>>,
}

/// Inputs by which a flow can be tried out, with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedTest {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Values for the outputs of the first card, by `key` or `group.key`.
    pub inputs: Map<String, Json>,
    /// When it was made, milliseconds since 1970 in UTC.
    pub created_at: i64,
}

/// Keeps inputs with a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewTest {
    /// The flow.
    pub flow: FlowId,
    /// What to call them.
    pub name: String,
    /// Values for the outputs of the first card, by `key` or `group.key`.
    pub inputs: Map<String, Json>,
}

/// Gives saved inputs another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameTest {
    /// The flow.
    pub flow: FlowId,
    /// The inputs.
    pub id: String,
    /// The name.
    pub name: String,
}

/// How a run can be repeated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgainPlan {
    /// The values with which it started; nothing where they are not kept.
    pub inputs: Option<Map<String, Json>>,
    /// The version that ran; 0 for a draft that was tried out.
    pub version: i64,
    /// The version that a run from now on has: the one that is on, else the newest.
    pub current: Option<i64>,
    /// The card where it ended, where it can go on there.
    pub from_card: Option<FromCard>,
    /// Why it cannot go on where it ended, as a sentence.
    pub why_not: Option<String>,
    /// Why the current version cannot go on there.
    pub changed: Option<Changed>,
}

/// Going on at the card where a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromCard {
    /// The card.
    pub step: StepId,
    /// How many cards finished before it and do not run again.
    pub finished: usize,
    /// How many helper runs of the card ended well and are taken over.
    pub kept: u64,
    /// How many helper runs of the card start once more, from their beginning.
    pub repeated: u64,
    /// The call of the card was reported as failed but may have taken effect, and making it again is not harmless.
    pub is_unsure: bool,
    /// The call of the card was never answered: the new run stops there and asks.
    pub is_open: bool,
}

/// What another version has changed in what a run did already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// How.
    pub how: HowChanged,
    /// The card.
    pub step: StepId,
    /// What it is called.
    pub title: String,
}

/// How a card differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HowChanged {
    /// It is another one.
    Changed,
    /// It is gone or stands elsewhere.
    Removed,
    /// It is new.
    Added,
}

/// Repeats a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Again {
    /// The run.
    pub id: RunId,
    /// Where it begins.
    #[serde(default)]
    pub from: AgainFrom,
    /// With which version.
    #[serde(default)]
    pub version: AgainVersion,
    /// From the start: other values for the outputs of the first card.
    #[serde(default)]
    pub inputs: Option<Map<String, Json>>,
    /// Makes a call again that may have taken effect although it was reported as failed.
    #[serde(default)]
    pub repeat_unsure: bool,
}

/// Where a repeated run begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgainFrom {
    /// At the first card.
    #[default]
    Start,
    /// At the card where the run ended; what finished before is taken over.
    Card,
}

/// Which version a repeated run has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgainVersion {
    /// That of the run.
    #[default]
    Same,
    /// The one that is on now, else the newest.
    Current,
}

/// Takes away the data of all runs of a flow that are over. The runs stay in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClearRuns {
    /// The flow.
    pub flow: FlowId,
    /// From now on the flow saves none.
    #[serde(default)]
    pub stop_saving: bool,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClearedRuns {
    /// How many runs lost their data.
    pub runs: i64,
}

/// How long runs of a flow usually take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsualDuration {
    /// The flow.
    pub flow: FlowId,
    /// 95 of 100 of the newest runs do not take longer, in milliseconds.
    pub ms: i64,
}

/// A filter of the list of runs with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunsView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What stands behind `?` in the address of the list.
    pub query: String,
}

/// Keeps a filter of the list of runs for the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewView {
    /// Its name.
    pub name: String,
    /// What stands behind `?` in the address of the list.
    pub query: String,
}

/// Returns the name by which a caller fills a field: its key, or group and key joined by a dot.
pub fn field_name(key: &FieldKey) -> String {
    match &key.group {
        Some(group) => format!("{group}.{}", key.key),
        None => key.key.clone(),
    }
}
