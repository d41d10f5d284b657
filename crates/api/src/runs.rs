//! Runs and what happened in them.

use flow::{CardError, Flow, FlowId, FolderId, PersonId, RunId, StepId};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::CalledBy;

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// Accepted, not yet begun.
    Queued,
    /// Running.
    Running,
    /// Waiting for a time or a resume.
    Waiting,
    /// Ended well.
    Succeeded,
    /// Ended quietly by Continue If.
    Stopped,
    /// Ended with an error.
    Failed,
    /// The server died in a call that may not be repeated: a person decides.
    OutcomeUnknown,
    /// Canceled by a person.
    Canceled,
}

impl RunStatus {
    /// Tells whether the run is over.
    pub fn is_over(self) -> bool {
        !matches!(self, Self::Queued | Self::Running | Self::Waiting)
    }
}

/// What started a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// An event of the org.
    Event,
    /// The clock.
    Schedule,
    /// A person.
    Manual,
    /// A call of `/api/v1`.
    Api,
    /// A call of the flow's endpoint.
    Endpoint,
    /// Another flow.
    Helper,
}

/// A run in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRow {
    /// Id.
    pub id: RunId,
    /// Flow.
    pub flow: FlowId,
    /// Its name at that time.
    pub flow_name: String,
    /// Version that ran; 0 for a draft that was tried out.
    pub version: i64,
    /// Status.
    pub status: RunStatus,
    /// What started it.
    pub cause: Cause,
    /// The run that called it.
    pub parent: Option<RunId>,
    /// Start, milliseconds since 1970 in UTC.
    pub started_at: i64,
    /// Duration in milliseconds, once it is over.
    pub duration_ms: Option<i64>,
    /// What went wrong.
    pub error: Option<String>,
    /// Who started it.
    #[serde(default)]
    pub person: Option<String>,
    /// Whom or what it is about.
    #[serde(default)]
    pub subject: Option<String>,
    /// The run that it repeats.
    #[serde(default)]
    pub again_of: Option<RunId>,
    /// Somebody tries the flow out.
    #[serde(default)]
    pub trial: Option<TrialKind>,
}

/// How somebody tries a flow out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrialKind {
    /// The whole draft.
    Flow,
    /// The draft up to a card.
    Until,
    /// One card alone.
    Card,
}

/// Which runs to list, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunFilter {
    /// Only of this flow.
    #[serde(default)]
    pub flow: Option<FlowId>,
    /// Only with this status.
    #[serde(default)]
    pub status: Option<RunStatus>,
    /// Only runs called by this run.
    #[serde(default)]
    pub parent: Option<RunId>,
    /// Also runs that other flows called.
    #[serde(default)]
    pub with_helpers: bool,
    /// Only of these flows.
    #[serde(default)]
    pub flows: Several<FlowId>,
    /// Only of the flows in this folder and in those inside it.
    #[serde(default)]
    pub folder: Option<FolderId>,
    /// Only with one of these statuses.
    #[serde(default)]
    pub statuses: Several<RunStatus>,
    /// Only started by one of these.
    #[serde(default)]
    pub causes: Several<Cause>,
    /// Only with this version; 0 for drafts has no list of its own.
    #[serde(default)]
    pub version: Option<i64>,
    /// Only started by this person.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Only about exactly this person or thing, such as a login.
    #[serde(default)]
    pub about: Option<String>,
    /// Only those in which this text is found: id, flow, title of a card, person, error, value. Errors are searched in the
    /// newest 5,000 failed runs, values in the newest 500 runs.
    #[serde(default)]
    pub text: Option<String>,
    /// Not older than so many milliseconds.
    #[serde(default)]
    pub within_ms: Option<i64>,
    /// Not older than this time, milliseconds since 1970 in UTC.
    #[serde(default)]
    pub from: Option<i64>,
    /// Older than this time, milliseconds since 1970 in UTC.
    #[serde(default)]
    pub to: Option<i64>,
    /// Not newer than this run.
    #[serde(default)]
    pub newest: Option<RunId>,
    /// Newer than this run.
    #[serde(default)]
    pub since: Option<RunId>,
    /// Cursor of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// At most this many, 50 where absent, never more than 200.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// Several values, which travel as one text with commas between them: so they fit into an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Several<T>(pub Vec<T>);

impl<T> Default for Several<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Serialize> Serialize for Several<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut texts = Vec::with_capacity(self.0.len());
        for value in &self.0 {
            match serde_json::to_value(value) {
                Ok(Json::String(text)) => texts.push(text),
                _ => return Err(serde::ser::Error::custom("only texts can be several")),
            }
        }
        texts.join(",").serialize(serializer)
    }
}

impl<'de, T: serde::de::DeserializeOwned> Deserialize<'de> for Several<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let texts = text.split(',').filter(|text| !text.is_empty());
        let values = texts.map(|text| {
            serde_json::from_value(Json::String(text.to_owned())).map_err(serde::de::Error::custom)
        });
        values.collect::<Result<Vec<T>, _>>().map(Self)
    }
}

/// A page of runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunList {
    /// The runs.
    pub runs: Vec<RunRow>,
    /// Cursor for the next page.
    pub next: Option<String>,
}

/// A run with everything that happened in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunView {
    /// The list row.
    pub row: RunRow,
    /// The flow as it ran.
    pub flow: Flow,
    /// What each card did, in order of start. Cards that were not reached are missing.
    pub steps: Vec<StepRun>,
    /// What it returned, as plain JSON.
    pub returned: Option<Json>,
    /// The card that failed.
    pub failed_step: Option<StepId>,
    /// The error, whole.
    pub error: Option<CardError>,
    /// Data was not kept.
    pub is_private: bool,
    /// Calls to the org so far.
    pub calls: usize,
    /// The next newer run of the flow, beside which it stands in the list.
    #[serde(default)]
    pub newer: Option<RunId>,
    /// The next older one.
    #[serde(default)]
    pub older: Option<RunId>,
    /// The runs that repeat this one, the newest first.
    #[serde(default)]
    pub again: Vec<RunRow>,
    /// The card of another run that started this one.
    #[serde(default)]
    pub called_by: Option<CalledBy>,
}

/// State of a card in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Running.
    Running,
    /// Waiting for a time, a retry or a resume.
    Waiting,
    /// Done.
    Succeeded,
    /// Failed.
    Failed,
    /// A person must say what happened.
    OutcomeUnknown,
}

/// What one card did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepRun {
    /// The card.
    pub step: StepId,
    /// Unique in the run.
    pub path: String,
    /// State.
    pub state: StepState,
    /// Start, milliseconds since 1970 in UTC.
    pub started_at: i64,
    /// Time it took in microseconds, once it is over.
    pub took_us: Option<i64>,
    /// Values of the inputs.
    pub inputs: Vec<FieldValue>,
    /// Values of the outputs.
    pub outputs: Vec<FieldValue>,
    /// Why it failed.
    pub error: Option<CardError>,
    /// Calls it made.
    pub calls: Vec<CallView>,
    /// Helper runs it started: of a loop or a stream the first hundred, and those that failed.
    pub children: Vec<ChildRun>,
    /// How many helper runs it started in all.
    pub helpers: usize,
    /// Lane that was taken, for containers.
    pub lane: Option<String>,
    /// It did not run: its outputs were pinned.
    #[serde(default)]
    pub is_pinned: bool,
    /// The run was to end after it.
    #[serde(default)]
    pub is_last: bool,
    /// It finished in the run that this one repeats, and was taken over from there.
    #[serde(default)]
    pub is_carried: bool,
}

/// The value of a field, as plain JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldValue {
    /// The field.
    pub field: flow::FieldKey,
    /// The value, with [`crate::MASK`] in the place of what is masked.
    pub value: Json,
    /// The value is masked, as a whole or in parts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub masked: bool,
}

/// A call to an outside service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallView {
    /// HTTP method.
    pub method: String,
    /// Path without host.
    pub path: String,
    /// HTTP status; nothing where no answer came.
    pub status: Option<u16>,
    /// When, milliseconds since 1970 in UTC.
    pub at: i64,
    /// How long, in milliseconds.
    pub took_ms: i64,
    /// Attempt, from 1.
    pub attempt: u32,
}

/// A helper run that a card started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildRun {
    /// The run.
    pub run: RunId,
    /// Its flow.
    pub flow: FlowId,
    /// Position of the item.
    pub index: Option<usize>,
}

/// What a person decides for a run that stands at a call of which nobody knows whether it took effect.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SettleRun {
    /// The run, with status `outcome_unknown`.
    pub id: RunId,
    /// What became of the call.
    pub decision: Decision,
    /// With [`Decision::Done`]: outputs of the card that later cards need, by `key` or `group.key`.
    #[serde(default)]
    pub outputs: serde_json::Map<String, Json>,
}

/// What became of a call, as a person found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It did not take effect: make it again.
    Again,
    /// It took effect: go on behind it.
    Done,
    /// It counts as failed: the error handling of the flow takes over, and the run fails where there is none.
    Failed,
}
