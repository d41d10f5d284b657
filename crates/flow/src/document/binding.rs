//! Where the value of an input comes from.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::LaneId;
use crate::id::StepId;
use crate::types::Convert;

/// Names a field of a card: an optional group and a key, as in Okta's packs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FieldKey {
    /// The group, for instance `Okta User`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The key in the group, for instance `ID`.
    pub key: String,
}

impl FieldKey {
    /// Returns the key of a field without a group.
    pub fn plain(key: impl Into<String>) -> Self {
        Self {
            group: None,
            key: key.into(),
        }
    }

    /// Returns the key of a field in a group.
    pub fn in_group(group: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            group: Some(group.into()),
            key: key.into(),
        }
    }

    /// Tells whether this is `key` in `group` (an empty group is none).
    pub fn is(&self, group: &str, key: &str) -> bool {
        self.group.as_deref().unwrap_or_default() == group && self.key == key
    }
}

impl fmt::Display for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.group {
            Some(group) => write!(f, "{group} › {}", self.key),
            None => f.write_str(&self.key),
        }
    }
}

/// An output of a card, and a path into it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OutputRef {
    /// The card.
    pub step: StepId,
    /// The output.
    pub field: FieldKey,
    /// Keys (and list positions as digits) inside its value; empty for the whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<String>,
}

/// An input of a card, of a lane's condition, or of what a lane yields.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InputRef {
    /// The card.
    pub step: StepId,
    /// The lane, where the input is not the card's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<LaneId>,
    /// Among what the lane yields, not among its condition.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub yields: bool,
    /// Among the arguments for the helper flow.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub arg: bool,
    /// The field.
    pub field: FieldKey,
}

impl InputRef {
    /// Returns the reference to a card's own input.
    pub fn of(step: StepId, field: FieldKey) -> Self {
        Self {
            step,
            lane: None,
            yields: false,
            arg: false,
            field,
        }
    }
}

/// Where the value of an input comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Binding {
    /// Nothing typed, nothing mapped: null.
    #[default]
    Empty,
    /// A value typed by the user, as plain JSON.
    Constant {
        /// The value.
        value: Json,
    },
    /// An output of an earlier card.
    Output {
        /// Which one.
        source: OutputRef,
        /// The conversion on the way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        convert: Option<Convert>,
    },
    /// A text with values in it.
    Template {
        /// Its parts in order.
        parts: Vec<Part>,
    },
    /// For arguments of a helper flow: the current item, or one key of it.
    Item {
        /// The key; nothing for the whole item.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        path: Option<String>,
    },
}

/// A part of a template text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Part {
    /// Literal text.
    Text {
        /// The text.
        text: String,
    },
    /// A value.
    Value {
        /// Name of the placeholder; parts of one name hold one value.
        name: String,
        /// Where it comes from: [`Binding::Output`] or [`Binding::Constant`].
        binding: Box<Binding>,
    },
}

impl Binding {
    /// Returns a constant.
    pub fn constant(value: impl Into<Json>) -> Self {
        Self::Constant {
            value: value.into(),
        }
    }

    /// Returns a link to an output, without conversion.
    pub fn output(source: OutputRef) -> Self {
        Self::Output {
            source,
            convert: None,
        }
    }

    /// Calls `visit` for each output that this binding reads.
    pub fn each_source<'a>(&'a self, visit: &mut dyn FnMut(&'a OutputRef)) {
        match self {
            Self::Output { source, .. } => visit(source),
            Self::Template { parts } => {
                for part in parts {
                    if let Part::Value { binding, .. } = part {
                        binding.each_source(visit);
                    }
                }
            }
            Self::Empty | Self::Constant { .. } | Self::Item { .. } => {}
        }
    }

    /// Tells whether there is no value: nothing bound, or a constant that is null or an empty text, list or object.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Constant { value } => match value {
                Json::Null => true,
                Json::String(text) => text.is_empty(),
                Json::Array(items) => items.is_empty(),
                Json::Object(fields) => fields.is_empty(),
                Json::Bool(_) | Json::Number(_) => false,
            },
            Self::Template { parts } => parts.is_empty(),
            Self::Output { .. } | Self::Item { .. } => false,
        }
    }
}
