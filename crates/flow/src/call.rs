//! What goes into a card when it runs, and what comes out: shared by cards, engine and the clients of outside services.

use serde::{Deserialize, Serialize};

use crate::document::FieldKey;
use crate::types::Type;
use crate::value::{Fields, Value};

/// The values in a card's inputs, in the order of its fields, and the outputs that the flow wants from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Args {
    /// Inputs and options with their values, already of the fields' types.
    pub inputs: Vec<Arg>,
    /// The outputs on the card: cards whose outputs are made by the user give just these.
    pub wanted: Vec<(FieldKey, Type)>,
}

/// One input with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Arg {
    /// The field.
    pub key: FieldKey,
    /// Its value.
    pub value: Value,
    /// Made by the user, not by the catalogue.
    pub custom: bool,
}

/// The values that a card gives, by field. What the flow does not want is dropped, what is missing is null.
pub type Outputs = Vec<(FieldKey, Value)>;

impl Args {
    /// Returns the value of `key` in `group` (an empty group is none); null where there is no such input.
    pub fn get(&self, group: &str, key: &str) -> &Value {
        static NULL: Value = Value::Null;
        self.inputs
            .iter()
            .find(|arg| arg.key.is(group, key))
            .map_or(&NULL, |arg| &arg.value)
    }

    /// Returns the values of a group as an object, nulls included, in the order of the fields.
    pub fn group(&self, group: &str) -> Fields {
        let of_group = |arg: &&Arg| arg.key.group.as_deref().unwrap_or_default() == group;
        self.inputs
            .iter()
            .filter(of_group)
            .map(|arg| (arg.key.key.as_str().into(), arg.value.clone()))
            .collect()
    }
}

/// Why a card failed, as the history and the error cards show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct CardError {
    /// Stable word for programs, for instance `okta.refused`, `not_a_number`, `timeout`.
    pub code: String,
    /// What happened and what to do, for the author of the flow.
    pub message: String,
    /// HTTP status of the answer, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What the service said, whole: Okta's error object, for instance.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub detail: Value,
    /// Whether trying again can help.
    #[serde(default)]
    pub retry: RetryHint,
}

/// Whether trying again can help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum RetryHint {
    /// The same call would fail again.
    #[default]
    No,
    /// The service asked for patience (HTTP 429).
    RateLimited {
        /// When its limit resets, in milliseconds since 1970, where it said so.
        reset_at_ms: Option<i64>,
    },
    /// The service or the way to it failed, before or after the call took effect.
    Unavailable,
    /// The call may or may not have taken effect, and repeating it may do harm: a person decides.
    OutcomeUnknown,
}

impl CardError {
    /// Returns an error that trying again cannot mend.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            status: None,
            detail: Value::Null,
            retry: RetryHint::No,
        }
    }
}
