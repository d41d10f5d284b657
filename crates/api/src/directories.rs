//! Directories that users are imported from, and their imports.

use std::collections::BTreeMap;

use flow::{ConnectionId, Schedule};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// How TLS is begun. A password never travels in clear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectorySecurity {
    /// TLS from the first byte, on port 636.
    #[default]
    Ldaps,
    /// A connection on port 389 that becomes TLS before anything else.
    StartTls,
}

/// A directory and what was chosen for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DirectoryView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The domain controller: a host name or an IP address.
    pub host: String,
    /// The port; that of the kind of security where there is none.
    pub port: Option<u16>,
    /// How TLS is begun.
    pub security: DirectorySecurity,
    /// Certificates of the authorities to trust, in PEM; the machine's own where there are none.
    pub authorities: Option<String>,
    /// The account that reads.
    pub account: String,
    /// The connection to the org that takes the users.
    pub connection: Option<ConnectionId>,
    /// What is imported, and how.
    pub settings: ImportSettings,
    /// When imports begin by themselves.
    pub timetable: ImportTimetable,
    /// When the next one does, milliseconds since 1970 in UTC.
    pub next_at: Option<i64>,
    /// Users that are known from imports, by what a person said of them.
    pub users: BTreeMap<String, i64>,
    /// The newest import.
    pub newest: Option<DirectoryImport>,
    /// Saving names the revision that was edited.
    pub revision: i64,
}

/// Makes a directory, or changes the one that `id` names.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveDirectory {
    /// The directory to change; a new one where absent.
    #[serde(default)]
    pub id: Option<String>,
    /// The revision that was edited; not for a new one.
    #[serde(default)]
    pub revision: i64,
    /// What it is called.
    pub name: String,
    /// The domain controller.
    pub host: String,
    /// The port.
    #[serde(default)]
    pub port: Option<u16>,
    /// How TLS is begun.
    #[serde(default)]
    pub security: DirectorySecurity,
    /// Certificates to trust, in PEM.
    #[serde(default)]
    pub authorities: Option<String>,
    /// The account that reads: a distinguished name, a user principal name, or `DOMAIN\name`.
    pub account: String,
    /// Its password; needed for a new directory and whenever host, port, security, authorities or account change.
    #[serde(default)]
    pub password: Option<String>,
    /// The connection to the org.
    #[serde(default)]
    pub connection: Option<ConnectionId>,
    /// What is imported, and how.
    #[serde(default)]
    pub settings: ImportSettings,
    /// When imports begin by themselves.
    #[serde(default)]
    pub timetable: ImportTimetable,
}

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

/// What a directory said when it was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryTest {
    /// Whether it can be read.
    pub is_ok: bool,
    /// What is wrong, and what to do.
    pub message: Option<String>,
    /// The controller that answered.
    pub controller: Option<String>,
    /// The domain, as a distinguished name.
    pub domain: Option<String>,
    /// Users that can be read, at most 1,000 of them.
    pub users: usize,
    /// There are more users than were counted.
    pub has_more: bool,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
}

/// An organizational unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryUnit {
    /// Its distinguished name.
    pub name: String,
    /// The name of the unit around it; nothing directly below the domain.
    pub parent: Option<String>,
    /// What it is called: the first part of its name.
    pub label: String,
}

/// One row of a mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingRow {
    /// The attribute of the directory.
    pub ad: String,
    /// The variable of the app user.
    pub app: String,
    /// The properties of the Okta user that take the value.
    pub okta: Vec<String>,
    /// Users without it are ignored or, for a custom attribute, deprovisioned.
    #[serde(default)]
    pub is_required: bool,
    /// From the directory to Okta.
    pub to_okta: MappingWay,
    /// From Okta to the directory.
    pub to_ad: MappingWay,
    /// It was added to the published table.
    #[serde(default)]
    pub is_custom: bool,
}

/// One direction of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingWay {
    /// The value goes this way.
    pub is_on: bool,
    /// The expression of the value, in the classic dialect.
    pub expression: String,
}

/// How values are made for one directory and org.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MappingView {
    /// The rows.
    pub rows: Vec<MappingRow>,
    /// It is as published.
    pub is_published: bool,
    /// What is wrong, by row and direction.
    pub flaws: Vec<Json>,
    /// Saving names the revision of the directory that was edited.
    pub revision: i64,
}

/// Replaces the rows of a mapping; the published table comes back where there are none.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveMapping {
    /// The revision of the directory that was edited.
    pub revision: i64,
    /// The rows.
    #[serde(default)]
    pub rows: Option<Vec<MappingRow>>,
}

/// Shows one person through a mapping.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviewMapping {
    /// The person: a distinguished name, user principal name, sAMAccountName or mail address.
    pub person: String,
    /// The rows to try; those that are saved where absent.
    #[serde(default)]
    pub rows: Option<Vec<MappingRow>>,
}

/// One person through a mapping.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MappingPreview {
    /// The person's distinguished name.
    pub name: String,
    /// Its user name in the org, where there is one.
    pub login: Option<String>,
    /// What an import would do, with the rules.
    pub verdict: Json,
    /// The id of its user in the org.
    pub okta_user: Option<String>,
    /// From the directory to Okta, a line for each property.
    pub to_okta: Vec<Json>,
    /// From Okta to the directory.
    pub to_ad: Vec<Json>,
}

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
    /// Only this action.
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
    /// It is created in the org, or linked where it is found exactly.
    Confirm,
    /// It is this user of the org.
    Link(String),
    /// It is left out.
    Ignore,
}
