//! The flow document: a tree of cards. Layout is computed from it, never stored in it.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::card::CardKey;
use crate::id::{ConnectionId, FlowId, StepId};
use crate::schedule::Schedule;
use crate::types::Type;

mod binding;
mod lookup;

pub use binding::{Binding, FieldKey, InputRef, OutputRef, Part};

/// One flow: a row of cards of which the first starts it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flow {
    /// Its id.
    pub id: FlowId,
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// When it runs, for a scheduled flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// Who may call it, for an API endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// What happens when a card fails that does not say so itself.
    #[serde(default, skip_serializing_if = "OnError::is_default")]
    pub on_error: OnError,
    /// Values that pass through are kept in the history.
    #[serde(default = "yes")]
    pub saves_data: bool,
    /// The cards, the starting one first. Empty for a new flow.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Outputs that stand in for cards when somebody tries the draft out. No version has any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pin>,
}

/// Outputs that stand in for a card when somebody tries the draft out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pin {
    /// The card.
    pub step: StepId,
    /// Its outputs, as plain JSON; those that are missing are null.
    pub outputs: Vec<(FieldKey, Json)>,
}

fn yes() -> bool {
    true
}

/// How a flow is started; follows from its first card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowKind {
    /// By an event of a connected service.
    Event,
    /// By the clock.
    Scheduled,
    /// By an HTTP call.
    ApiEndpoint,
    /// By another flow.
    Helper,
    /// By an administrator from a list of delegated flows.
    Delegated,
    /// By hand only.
    Manual,
}

/// Who may call an API endpoint flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Anyone who knows the address.
    Public,
    /// Whoever has the flow's client token.
    ClientToken,
    /// Holders of an OAuth 2.0 access token of the org.
    OAuth,
}

/// One card in a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its id, unique in the flow.
    pub id: StepId,
    /// Which card of the catalogue it is. May be unknown here: imported cards of other products are kept whole.
    pub card: CardKey,
    /// The title that a user gave it; the card's own name where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The text of a note card, or a note on a card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The account it works with, for cards of a connector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<ConnectionId>,
    /// Input fields and options, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Input>,
    /// Output fields, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<Output>,
    /// The rows inside a container card.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lanes: Vec<Lane>,
    /// What happens when it fails.
    #[serde(default, skip_serializing_if = "OnError::is_default")]
    pub on_error: OnError,
    /// Drawn folded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub collapsed: bool,
}

/// A text for the reader of the flow; no effect when it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Heading.
    #[serde(default)]
    pub title: String,
    /// Markdown.
    #[serde(default)]
    pub text: String,
    /// How high it is drawn, in pixels; as high as its text where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u16>,
    /// Drawn twice as wide as a card.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub wide: bool,
}

/// One input field or option of a card in a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// Group and key, unique among the card's inputs of the same `arg`.
    pub key: FieldKey,
    /// What the field is called on the card.
    pub label: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Must be filled before the flow may be turned on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Decided while designing: cannot be mapped.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub option: bool,
    /// Made by the user.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub custom: bool,
    /// Not drawn.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// An argument that the card passes to its helper flow for each item.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub arg: bool,
    /// The values to choose from, where the card or the org offers a list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// Where its value comes from.
    #[serde(default)]
    pub binding: Binding,
}

/// One output field of a card in a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// Group and key, unique among the card's outputs.
    pub key: FieldKey,
    /// What the field is called on the card.
    pub label: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Made by the user.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub custom: bool,
    /// Not drawn.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// Names a row inside a container: `true` and `false` of If/Else; `if`, the id of a further case, `else` of If/ElseIf;
/// `try` and `error` of If Error.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LaneId(pub String);

impl LaneId {
    /// Returns the lane id of this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One row of cards inside a container.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// Its id, unique in the card.
    pub id: LaneId,
    /// The condition of a case of If/ElseIf (`left-operand`, `operator`, `right-operand`); empty elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Input>,
    /// Its cards.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// The values it gives to the container's declared outputs when it is the row that ran to its end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub yields: Vec<Input>,
}

/// What happens when a card fails.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnError {
    /// Try again first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry: Option<Retry>,
    /// And when that is used up.
    #[serde(default)]
    pub then: Then,
    /// On a card: holds also where it says nothing, against the flow's own default.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_own: bool,
}

impl OnError {
    /// Tells whether this is the default: no retry, halt.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// How often and after how long a failed card is tried again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retry {
    /// At most this often.
    pub times: u32,
    /// Wait before each, in milliseconds; the last one repeats.
    pub delays_ms: Vec<u64>,
    /// Only after the service answered "too many requests" (Okta's rule).
    #[serde(default = "yes")]
    pub only_rate_limits: bool,
}

/// What happens when retries are used up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Then {
    /// The flow fails.
    #[default]
    Halt,
    /// The flow ends and returns the card's extra inputs as values.
    ReturnValues,
    /// The flow ends after this helper flow ran with the card's extra inputs.
    RunFlow {
        /// The helper flow.
        flow: FlowId,
    },
}

impl Flow {
    /// Returns a new flow without cards.
    pub fn new(id: FlowId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            description: String::new(),
            schedule: None,
            access: None,
            on_error: OnError::default(),
            saves_data: true,
            steps: Vec::new(),
            pins: Vec::new(),
        }
    }

    /// Returns the outputs that stand in for a card when the draft is tried out.
    pub fn pin(&self, step: &StepId) -> Option<&Pin> {
        self.pins.iter().find(|pin| pin.step == *step)
    }

    /// Returns what a version keeps of a draft: all but what only serves trying it out.
    #[must_use]
    pub fn published(&self) -> Self {
        Self {
            pins: Vec::new(),
            ..self.clone()
        }
    }

    /// Returns how it is started.
    pub fn kind(&self) -> FlowKind {
        let Some(first) = self.steps.first() else {
            return FlowKind::Manual;
        };
        match (first.card.module(), first.card.method()) {
            ("control", "callable") if self.schedule.is_some() => FlowKind::Scheduled,
            ("control", "scheduled") => FlowKind::Scheduled,
            ("control", "callable") => FlowKind::Helper,
            ("http", "accept") => FlowKind::ApiEndpoint,
            ("http", "delegated") => FlowKind::Delegated,
            ("control", _) => FlowKind::Manual,
            _ => FlowKind::Event,
        }
    }
}

impl Input {
    /// Returns the constant that was typed, if it is one.
    pub fn constant(&self) -> Option<&Json> {
        match &self.binding {
            Binding::Constant { value } => Some(value),
            _ => None,
        }
    }

    /// Returns an input of this key and type, called by its key and bound to nothing.
    pub fn new(key: FieldKey, ty: Type) -> Self {
        Self {
            label: key.key.clone(),
            key,
            ty,
            required: false,
            option: false,
            custom: false,
            hidden: false,
            arg: false,
            choices: Vec::new(),
            binding: Binding::Empty,
        }
    }
}

impl Output {
    /// Returns an output of this key and type, called by its key.
    pub fn new(key: FieldKey, ty: Type) -> Self {
        Self {
            label: key.key.clone(),
            key,
            ty,
            custom: false,
            hidden: false,
        }
    }
}
