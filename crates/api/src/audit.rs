//! Who changed what.

use flow::PersonId;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// So many entries are answered at most at once.
pub const MOST_ENTRIES: u32 = 200;

/// What can be done to a thing: the last word of an action, such as `delete` of `flow.delete`.
pub const AUDIT_VERBS: &[&str] = &[
    "activate",
    "again",
    "approve",
    "cancel",
    "change",
    "clear",
    "confirm",
    "create",
    "deactivate",
    "delegate",
    "delete",
    "dismiss",
    "duplicate",
    "export",
    "http_allowed",
    "import",
    "install",
    "key",
    "key_delete",
    "mapping",
    "move",
    "reauthorize",
    "rename",
    "restore",
    "revoke",
    "run",
    "save",
    "set_up",
    "settle",
    "share",
    "show_value",
    "sign_in",
    "try",
    "write_back",
];

/// Kinds of things that are changed.
pub const AUDIT_KINDS: &[&str] = &[
    "flow",
    "folder",
    "run",
    "connection",
    "table",
    "directory",
    "import",
    "person",
    "setting",
    "attention",
];

/// Which entries to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditSearch {
    /// Only about this kind of thing, one of [`AUDIT_KINDS`].
    #[serde(default)]
    pub kind: Option<String>,
    /// Only about this thing.
    #[serde(default)]
    pub object: Option<String>,
    /// Only what this person did.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Only since then, in milliseconds since 1970 in UTC.
    #[serde(default)]
    pub since: Option<i64>,
    /// Only before then.
    #[serde(default)]
    pub until: Option<i64>,
    /// Only so long ago, in milliseconds.
    #[serde(default)]
    pub within_ms: Option<i64>,
    /// The cursor `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// At most so many, up to [`MOST_ENTRIES`]; 50 where absent.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// Entries, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<AuditRow>,
    /// Where the next page begins; nothing on the last one.
    pub next: Option<String>,
}

/// One change that somebody made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// Its id.
    pub id: String,
    /// When, in milliseconds since 1970 in UTC.
    pub at: i64,
    /// Who; nobody for the server itself and its command line.
    pub person: Option<PersonId>,
    /// The name of the person, as long as they can sign in.
    pub person_name: Option<String>,
    /// What was done, such as `flow.activate`.
    pub action: String,
    /// What kind of thing it was done to.
    pub kind: String,
    /// Which one.
    pub object: String,
    /// What it is called, or was.
    pub name: Option<String>,
    /// What it was before, without secrets.
    pub before: Option<Json>,
    /// What it was after, without secrets.
    pub after: Option<Json>,
}

impl AuditRow {
    /// Returns the last word of the action.
    pub fn verb(&self) -> &str {
        self.action.rsplit('.').next().unwrap_or_default()
    }
}
