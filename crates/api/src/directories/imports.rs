//! Imports of a directory: what begins one, how far it is, its lines, and users who wait.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Begins an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartImport {
    /// Everybody is read, not only who changed.
    #[serde(default)]
    pub is_full: bool,
    /// The plan is carried out without being looked at, where the safeguard does not stop it.
    #[serde(default)]
    pub goes_on: bool,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportStatus {
    /// The directory is being read.
    Planning,
    /// The plan waits for a person.
    Planned,
    /// The safeguard stopped it: a person must look.
    Roadblock,
    /// The plan is being carried out.
    Running,
    /// Everything was carried out; single users may have been refused.
    Completed,
    /// It could not go on.
    Failed,
    /// A person canceled it.
    Canceled,
}

/// An import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DirectoryImport {
    /// Its id.
    pub id: String,
    /// The directory.
    pub directory: String,
    /// How far it is.
    pub status: ImportStatus,
    /// Everybody was wished to be read.
    pub is_full: bool,
    /// What began it: `manual`, `schedule` or `flow`.
    pub cause: String,
    /// What is read, and why.
    pub reading: Json,
    /// How many users of each kind the plan has.
    pub counts: Json,
    /// Why the safeguard stopped it.
    pub roadblock: Json,
    /// What is wrong.
    pub error: Option<String>,
    /// Lines by state: planned, begun, done, failed.
    pub lines: BTreeMap<String, i64>,
    /// When it began, milliseconds since 1970 in UTC.
    pub created_at: i64,
    /// When the plan was there.
    pub planned_at: Option<i64>,
    /// When it was let go on.
    pub begun_at: Option<i64>,
    /// When it was over.
    pub ended_at: Option<i64>,
}

/// Which lines of a plan to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineQuery {
    /// Only this action, or one of several with commas between them.
    #[serde(default)]
    pub action: Option<String>,
    /// Only in this state.
    #[serde(default)]
    pub state: Option<String>,
    /// Only users with these letters in their distinguished name.
    #[serde(default)]
    pub text: Option<String>,
    /// After this line.
    #[serde(default)]
    pub after: Option<i64>,
    /// At most this many, 100 where absent, never more than 500.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// A line of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportLine {
    /// Its number.
    pub number: i64,
    /// The user's objectGUID.
    pub guid: String,
    /// The user's distinguished name.
    pub name: String,
    /// What is done, as one word.
    pub action: String,
    /// All of it: rules, values, what is missing.
    pub detail: Json,
    /// How far it is.
    pub state: String,
    /// The user in the org who came of it.
    pub okta_user: Option<String>,
    /// Why it was refused.
    pub error: Option<String>,
}

/// A page of lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinePage {
    /// The lines.
    pub lines: Vec<ImportLine>,
    /// Where the next page begins.
    pub next: Option<i64>,
}

/// A user of a directory who waits for a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingUser {
    /// The user's objectGUID.
    pub guid: String,
    /// The user's distinguished name.
    pub name: String,
    /// The user name that it would have.
    pub login: Option<String>,
    /// Whom it may be in the org.
    pub found: Json,
}

/// What a person says of a user who waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmUser {
    /// The user's objectGUID.
    pub guid: String,
    /// What becomes of it with the next import.
    pub decision: UserDecision,
}

/// What becomes of a user who waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserDecision {
    /// It is created in the org, or linked where it is found.
    Confirm,
    /// It is created in the org, whoever is found there.
    Create,
    /// It is this user of the org.
    Link(String),
    /// It is left out.
    Ignore,
}
