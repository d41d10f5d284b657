//! Directories that users are imported from, and their imports.

mod imports;
mod mapping;
mod people;
mod person;
mod settings;

use std::collections::BTreeMap;

use flow::ConnectionId;
use serde::{Deserialize, Serialize};

pub use imports::{
    ConfirmUser, DirectoryImport, ImportLine, ImportStatus, LinePage, LineQuery, StartImport,
    UserDecision, WaitingUser,
};
pub use mapping::{
    AttributeFacts, CheckMapping, MappingCheck, MappingPreview, MappingRow, MappingTrial,
    MappingView, MappingWay, PreviewMapping, SaveMapping, TriedPerson, TryMapping,
};
pub use people::{DirectoryPerson, FindOrgUsers, FindPeople, OrgUser};
pub use person::{
    DirectoryUserQuery, Hidden, NotWrittenBack, SignInUser, SignedInUser, WriteBack, WrittenBack,
};
pub use settings::{
    ConfirmationSettings, ExactMatch, ImportRoad, ImportSettings, ImportTimetable,
    MatchingSettings, RemovalSetting, SafeguardSettings, UsernameFormat,
};

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
