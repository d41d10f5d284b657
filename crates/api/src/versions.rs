//! Versions of flows: names and notes, what they hold, and the drafts that gave way to others.

use flow::{Flow, FlowId};
use serde::{Deserialize, Serialize};

/// The longest name of a version, in characters.
pub const MAX_VERSION_NAME: usize = 200;

/// The longest note of a version, in characters.
pub const MAX_VERSION_NOTE: usize = 4_000;

/// Makes an immutable version of the draft.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SaveVersion {
    /// The flow.
    pub id: FlowId,
    /// Name of the version; may be empty.
    #[serde(default)]
    pub name: String,
    /// Why it is saved; may be empty.
    #[serde(default)]
    pub note: String,
}

/// A version in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRow {
    /// Number, from 1.
    pub number: i64,
    /// Name, may be empty.
    pub name: String,
    /// Why it was saved, may be empty.
    #[serde(default)]
    pub note: String,
    /// How many things differ from the version before it; unknown for old versions.
    #[serde(default)]
    pub changes: Option<i64>,
    /// Who saved it.
    pub author: String,
    /// When, milliseconds since 1970 in UTC.
    pub created_at: i64,
    /// This one runs.
    pub is_active: bool,
}

/// Gives a version another name and note; what it holds never changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RenameVersion {
    /// The flow.
    pub id: FlowId,
    /// The version.
    pub number: i64,
    /// Its name; may be empty.
    pub name: String,
    /// Why it was saved; may be empty.
    pub note: String,
}

/// A version with what it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VersionView {
    /// The list row.
    pub row: VersionRow,
    /// What it holds.
    pub document: Flow,
}

/// Makes a version the draft; the draft before is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RestoreVersion {
    /// The flow.
    pub id: FlowId,
    /// The version.
    pub number: i64,
    /// The revision of the draft that gives way.
    pub revision: i64,
}

/// The draft, with nothing around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftView {
    /// Its revision.
    pub revision: i64,
    /// The draft.
    pub draft: Flow,
}

/// Why a draft gave way to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptReason {
    /// A version was restored.
    Restored,
    /// A conflict was decided for somebody else.
    Conflict,
}

/// Keeps a draft that gives way to another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeepDraft {
    /// The flow.
    pub id: FlowId,
    /// Why it gives way.
    pub reason: KeptReason,
    /// The draft.
    pub draft: Flow,
}

/// A kept draft in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRow {
    /// Id.
    pub id: String,
    /// Why it gave way.
    pub reason: KeptReason,
    /// Whose it was.
    pub author: String,
    /// When it was kept, milliseconds since 1970 in UTC.
    pub created_at: i64,
}

/// A kept draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptDraft {
    /// The list row.
    pub row: KeptRow,
    /// What it holds.
    pub document: Flow,
}

/// What the caller saw of a flow when they left it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// When, milliseconds since 1970 in UTC.
    pub looked_at: i64,
    /// The draft as it was then.
    pub document: Flow,
}
