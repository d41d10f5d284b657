//! How people find a card and learn it.

use serde::{Deserialize, Serialize};

use super::CardKey;

/// How people find a card and learn it, beside its name and its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Guide {
    /// Words of the same meaning, in all languages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// The event types that start a flow with it, or method and path of the call that it makes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<String>,
    /// An example in words, in the language of the catalogue.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub usage: String,
    /// Cards that follow it in practice, the most frequent first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub follows: Vec<CardKey>,
}

impl Guide {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
