//! What an administrator chooses for the import of one directory.

use serde::{Deserialize, Serialize};

use super::safeguard::Safeguard;
use crate::decode::name::Name;

/// Everything that can be set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// What the Okta user name is made of.
    pub username: UsernameFormat,
    /// The DNS name or the distinguished name of the domain; without it, that of each user's own name.
    pub naming_context: Option<String>,
    /// The units whose users are imported; without a list, all.
    pub units: Option<Vec<Name>>,
    /// Custom attributes that users must have.
    pub required_custom: Vec<String>,
    /// Whether users are read again when they sign in.
    pub is_just_in_time: bool,
    /// When a user of the directory and one of the org are the same person.
    pub matching: Matching,
    /// What needs no confirmation.
    pub confirmation: Confirmation,
    /// What happens to the Okta user of a user who counts as deleted.
    pub removal: Removal,
    /// Whether a suspended Okta user is woken when the account is enabled again.
    pub reactivates_suspended: bool,
    /// Whether a deactivated Okta user is woken when the account is enabled again.
    pub reactivates_deactivated: bool,
    /// How much may go in one import.
    pub safeguard: Safeguard,
    /// How users get into the org.
    pub road: Road,
}

/// How users get into the org.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Road {
    /// By a call for each user.
    #[default]
    Users,
    /// By sessions of the custom identity source with this id.
    Sessions(String),
}

/// What the Okta user name is made of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UsernameFormat {
    /// The user principal name.
    #[default]
    Upn,
    /// The mail address; without one, the user principal name.
    Email,
    /// `sAMAccountName@<domain>`.
    SamAccountName,
    /// An expression over `appuser`.
    Custom(String),
}

/// When two users are the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Matching {
    /// What makes an exact match.
    pub exact: ExactMatch,
    /// Whether the same first and last name makes a partial match.
    pub is_partial_allowed: bool,
}

impl Default for Matching {
    fn default() -> Self {
        Self {
            exact: ExactMatch::Username,
            is_partial_allowed: true,
        }
    }
}

/// What makes an exact match.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExactMatch {
    /// The user name.
    #[default]
    Username,
    /// The email.
    Email,
    /// All of these Okta properties.
    Properties(Vec<String>),
}

/// What is confirmed without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Confirmation {
    /// Exact matches.
    pub exact: bool,
    /// Partial matches.
    pub partial: bool,
    /// New users.
    pub new: bool,
    /// New users are also activated.
    pub activates_new: bool,
}

/// What happens to an Okta user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Removal {
    /// It is deactivated.
    #[default]
    Deactivate,
    /// It is suspended.
    Suspend,
    /// Nothing.
    Keep,
}
