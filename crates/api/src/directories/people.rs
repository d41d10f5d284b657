//! Who is there: people of a directory to look at, and users of the org whom they may be.

use serde::{Deserialize, Serialize};

/// Looks for people of a directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindPeople {
    /// The beginning of a name, user principal name, sAMAccountName or mail address; the first people where there is none.
    #[serde(default)]
    pub text: Option<String>,
}

/// Somebody in a directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryPerson {
    /// The distinguished name.
    pub name: String,
    /// What people call this person.
    pub display: String,
    /// The user principal name.
    pub principal: Option<String>,
    /// The logon name of old (sAMAccountName).
    pub account: Option<String>,
}

/// Looks for users of the org of a directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindOrgUsers {
    /// These users, by their ids with commas between them, at most ten.
    #[serde(default)]
    pub ids: Option<String>,
    /// Users whose first name, last name or email begins so.
    #[serde(default)]
    pub text: Option<String>,
}

/// A user of the org.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgUser {
    /// The id.
    pub id: String,
    /// The user name.
    pub login: String,
    /// First and last name.
    pub name: String,
    /// The email.
    pub email: Option<String>,
    /// How the user stands, in Okta's words.
    pub status: String,
}
