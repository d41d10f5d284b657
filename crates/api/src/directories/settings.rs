//! What is imported from a directory, how, and when.

use flow::Schedule;
use serde::{Deserialize, Serialize};

/// What is imported, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ImportSettings {
    /// What the user name in the org is made of.
    pub username: UsernameFormat,
    /// The DNS name of the domain for `sAMAccountName@domain`; that of each user's own name where there is none.
    pub naming_context: Option<String>,
    /// Distinguished names of the units whose users are imported; all where there is no list.
    pub units: Option<Vec<String>>,
    /// Users are read again when they sign in.
    pub is_just_in_time: bool,
    /// When a user of the directory and one of the org are the same person.
    pub matching: MatchingSettings,
    /// What needs no person.
    pub confirmation: ConfirmationSettings,
    /// What happens to the org's user of one who counts as deleted.
    pub removal: RemovalSetting,
    /// A suspended user is woken when the account is enabled again.
    pub reactivates_suspended: bool,
    /// A deactivated user is woken when the account is enabled again.
    pub reactivates_deactivated: bool,
    /// How much may go in one import.
    pub safeguard: SafeguardSettings,
    /// How users get into the org.
    pub road: ImportRoad,
}

/// How users get into the org.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportRoad {
    /// By a call for each user.
    #[default]
    Users,
    /// By sessions of the custom identity source with this id.
    Sessions(String),
}

impl Default for ImportSettings {
    fn default() -> Self {
        Self {
            username: UsernameFormat::Upn,
            naming_context: None,
            units: None,
            is_just_in_time: false,
            matching: MatchingSettings::default(),
            confirmation: ConfirmationSettings::default(),
            removal: RemovalSetting::Deactivate,
            reactivates_suspended: false,
            reactivates_deactivated: false,
            safeguard: SafeguardSettings::default(),
            road: ImportRoad::Users,
        }
    }
}

/// What the user name is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UsernameFormat {
    /// The user principal name.
    #[default]
    Upn,
    /// The mail address; without one, the user principal name.
    Email,
    /// `sAMAccountName@domain`.
    SamAccountName,
    /// An expression over `appuser`.
    Custom(String),
}

/// When two users are the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MatchingSettings {
    /// What makes an exact match.
    pub exact: ExactMatch,
    /// The same first and last name makes a partial match.
    pub is_partial_allowed: bool,
}

impl Default for MatchingSettings {
    fn default() -> Self {
        Self {
            exact: ExactMatch::Username,
            is_partial_allowed: true,
        }
    }
}

/// What makes an exact match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExactMatch {
    /// The user name.
    #[default]
    Username,
    /// The email.
    Email,
    /// All of these properties.
    Properties(Vec<String>),
}

/// What is confirmed without a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConfirmationSettings {
    /// Exact matches.
    pub exact: bool,
    /// Partial matches.
    pub partial: bool,
    /// New users.
    pub new: bool,
    /// New users are also activated.
    pub activates_new: bool,
}

/// What happens to a user who counts as deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemovalSetting {
    /// It is deactivated.
    #[default]
    Deactivate,
    /// It is suspended.
    Suspend,
    /// Nothing.
    Keep,
}

/// How much may go in one import, in percent; nothing switches a level off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SafeguardSettings {
    /// Of the users of this directory.
    pub app_percent: Option<u8>,
    /// Of all assignments of the org.
    pub org_percent: Option<u8>,
}

impl Default for SafeguardSettings {
    fn default() -> Self {
        Self {
            app_percent: Some(20),
            org_percent: Some(20),
        }
    }
}

/// When imports begin by themselves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ImportTimetable {
    /// Imports of what changed.
    pub changes: Option<Schedule>,
    /// Imports of everything.
    pub full: Option<Schedule>,
}
