//! What of a card comes from outside while a flow is designed: lists to choose from, and fields that follow from schemas.

use serde::{Deserialize, Serialize};

use crate::document::FieldKey;

/// An option that may be left to the run: another field gives the value then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// What the option holds in that case, as in Okta's packs.
    pub value: String,
    /// The field that gives the value.
    pub field: FieldKey,
}

/// A list that is made while designing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lookup {
    /// Flows that can be called.
    Flows,
    /// Tables; the columns of the chosen one become fields of the group `Fields`.
    Tables,
    /// Active applications of the org, by id.
    Apps,
    /// Kinds of active applications, by their name such as `salesforce`.
    AppNames,
    /// Active applications of the kind that the option `app` of the card names, by id.
    AppInstances,
    /// Custom identity sources, which are applications, by id.
    IdentitySources,
    /// Groups of the org, by id.
    Groups,
    /// Group rules, by id.
    GroupRules,
    /// The primary names of linked objects.
    PrimaryNames,
    /// The associated names of linked objects.
    AssociatedNames,
}

impl Lookup {
    /// Tells whether the org makes the list.
    pub fn is_of_org(self) -> bool {
        !matches!(self, Self::Flows | Self::Tables)
    }
}

/// Fields of a card that follow from a profile schema of the org: the attributes that the org has made above all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaFields {
    /// The group of the fields.
    pub group: String,
    /// The schema.
    pub schema: Schema,
    /// What the keys of the fields begin with; the name of the attribute follows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// Attributes that the schema requires must be given: the card makes a new profile.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_new: bool,
}

/// A profile schema of an org.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schema {
    /// Of users of the default type.
    User,
    /// Of groups.
    Group,
    /// Of the users of the application that the option `application` of the card names.
    AppUser,
}
