//! What a run needs from the outside: one object-safe trait and the messages that pass through it.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};

use flow::{
    Args, CardError, CardKey, ConnectionId, FieldKey, FlowId, Outputs, RunId, StepId, Value,
};

use crate::journal::{Entry, Path};

/// The world around a run. The server's implementation talks to services and to the store, a test's is a script.
pub trait Host: Send + Sync {
    /// Returns the time.
    fn now(&self) -> DateTime<Utc>;

    /// Returns a random number.
    fn random(&self) -> u64;

    /// Calls a service, or the store, for a card.
    ///
    /// The engine records only what the answer carries; requests of a call that fails reach the history when the host
    /// records them itself, as [`crate::Event::Call`] under the call's path.
    fn call(&self, call: Call) -> BoxFuture<'_, Result<Answer, CardError>>;

    /// Runs a helper flow, or finds that the run of this id exists: then resumes it, or gives its result again.
    ///
    /// Returns what the helper returned, as an object. With `wait` unset it returns null once the start is on disk.
    /// Keeps count of how deep helpers call helpers and refuses what goes too deep. A helper whose outcome is unknown
    /// is an error with [`flow::RetryHint::OutcomeUnknown`].
    fn child(&self, child: ChildCall) -> BoxFuture<'_, Result<Value, CardError>>;

    /// Takes an entry of the journal. Order matters, waiting does not: it is only buffered.
    fn record(&self, entry: Entry);

    /// Waits until everything recorded so far is on disk.
    ///
    /// Called before each outside call and at the end of the run. While only entries are pending that a replay would
    /// produce again ([`crate::Event::is_reproducible`]), a host may return at once.
    fn durable(&self) -> BoxFuture<'_, Result<(), EngineError>>;

    /// Waits until `at`; returns at once where that is past.
    fn sleep_until(&self, at: DateTime<Utc>) -> BoxFuture<'_, ()>;

    /// Waits until somebody resumes the run at the card of the path, at most until `until`. Returns what came with the
    /// resumption, or nothing when the time is up. `answer` goes to the caller of an API endpoint as soon as the run can
    /// be resumed.
    fn pause(
        &self,
        _path: &Path,
        until: DateTime<Utc>,
        answer: Option<HttpAnswer>,
    ) -> BoxFuture<'_, Result<Option<Value>, EngineError>> {
        // Where nobody can resume a run, a pause is a wait.
        if let Some(answer) = answer {
            self.reply(answer);
        }
        Box::pin(async move {
            self.sleep_until(until).await;
            Ok(None)
        })
    }

    /// Returns the address that resumes this run wherever it pauses; nothing where nobody could call it.
    fn resume_url(&self) -> Option<String> {
        None
    }

    /// Gives the caller of an API endpoint its answer. What it rests on is on disk by then.
    fn reply(&self, reply: HttpAnswer);
}

/// What starts a run.
#[derive(Clone, Debug)]
pub struct Start {
    /// Its id.
    pub run: RunId,
    /// The outputs of the starting card. What the card lacks is left out, what is missing is null.
    pub outputs: Outputs,
}

/// One outside call for a card.
#[derive(Clone, Debug)]
pub struct Call {
    /// The card in the flow.
    pub step: StepId,
    /// Where the run stands; unique per activation.
    pub path: Path,
    /// Which card of the catalogue.
    pub card: CardKey,
    /// The account to call with.
    pub connection: Option<ConnectionId>,
    /// Its inputs.
    pub args: Args,
    /// How often it was tried before.
    pub attempt: u32,
    /// Where the next page begins, for a card that streams.
    pub cursor: Option<String>,
}

/// What a service answered.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The card's outputs.
    pub outputs: Outputs,
    /// The page, for a card that streams.
    pub page: Option<Page>,
    /// The requests it took.
    pub trace: Vec<CallTrace>,
}

/// One page of records.
#[derive(Clone, Debug)]
pub struct Page {
    /// The records, in the service's order. The host bounds their number.
    pub records: Vec<Value>,
    /// Where the next page begins; nothing at the end.
    pub next: Option<String>,
}

/// One request to a service, for the history. Never carries secrets or bodies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallTrace {
    /// HTTP method, or the verb of another protocol.
    pub method: String,
    /// Path without the query.
    pub path: String,
    /// Status, where there was an answer.
    pub status: Option<u16>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// When it was sent, in milliseconds since 1970.
    pub at_ms: i64,
    /// Which attempt it was, from 0.
    pub attempt: u32,
}

impl CallTrace {
    /// Takes the path away: it names people and things.
    pub(crate) fn drop_data(&mut self) {
        "…".clone_into(&mut self.path);
    }
}

/// One run of a helper flow.
#[derive(Clone, Debug)]
pub struct ChildCall {
    /// The id of the run: the same on every replay.
    pub run: RunId,
    /// The helper flow.
    pub flow: FlowId,
    /// Its inputs, with the context fields `index`, `parent` and, for an error flow, `error`. They are what
    /// [`Start::outputs`] of the helper's run holds.
    pub inputs: Vec<(FieldKey, Value)>,
    /// Position of the item, for a loop.
    pub index: Option<usize>,
    /// Wait for its end.
    pub wait: bool,
}

/// An API endpoint's answer.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpAnswer {
    /// HTTP status.
    pub status: u16,
    /// Headers to add.
    pub headers: Vec<(String, String)>,
    /// The body: a text is sent as it is, anything else as JSON.
    pub body: Value,
}

/// Why a run cannot go on in this process. Not the author's fault: the run stays as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The journal cannot be written.
    #[error("The journal cannot be written: {0}")]
    Storage(String),
    /// The journal names a card that the plan does not have: it belongs to another version of the flow.
    #[error("The journal has an entry for {0}, which this version of the flow does not have.")]
    ForeignEntry(Path),
    /// Another server has taken the run over, or a person cancelled it.
    #[error("The run was taken away: {0}")]
    Taken(String),
}
