//! What an org offers while a flow is designed: choices of lists, and the attributes of profile schemas.

use flow::{Choice, ConnectionId, Lookup, Schema, Type};
use serde::{Deserialize, Serialize};

/// Asks an org for choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookUp {
    /// The account to ask with.
    pub connection: ConnectionId,
    /// Which list.
    pub what: Lookup,
    /// Only choices whose name has this text in it, or whose id is it. Empty for all.
    #[serde(default)]
    pub search: String,
    /// What the list depends on: the kind of application for its instances.
    #[serde(default)]
    pub parent: Option<String>,
    /// Only these, to learn their names: at most [`MOST_IDS`].
    #[serde(default)]
    pub ids: Vec<String>,
    /// The cursor of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// Ask the org even where the answer is still known.
    #[serde(default)]
    pub fresh: bool,
}

/// So many names can be asked for at once.
pub const MOST_IDS: usize = 50;

/// Choices that an org offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The choices, by name.
    pub choices: Vec<OrgChoice>,
    /// Where the next page begins; nothing on the last one.
    pub next: Option<String>,
    /// When the org was asked, milliseconds since 1970 in UTC.
    pub asked_at: i64,
}

/// Something of an org that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgChoice {
    /// What a flow stores.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// Asks an org for a profile schema.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReadSchema {
    /// The account to ask with.
    pub connection: ConnectionId,
    /// Which schema.
    pub schema: Schema,
    /// Id of the application, for the schema of its users.
    #[serde(default)]
    pub app: Option<String>,
    /// Ask the org even where the answer is still known.
    #[serde(default)]
    pub fresh: bool,
}

/// The attributes of a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attributes {
    /// In the order of the schema: those that every org has, then the org's own.
    pub attributes: Vec<Attribute>,
    /// When the org was asked, milliseconds since 1970 in UTC.
    pub asked_at: i64,
}

/// An attribute of a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Name in the profile.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub ty: Type,
    /// The only values that it may have, where the schema says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// A profile must have it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_required: bool,
    /// Nobody can write it through the API.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_read_only: bool,
    /// The org's own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_custom: bool,
}
