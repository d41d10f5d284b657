//! Folders: a tree of at most [`MAX_FOLDER_DEPTH`] levels that holds flows and tables.

use flow::FolderId;
use serde::{Deserialize, Serialize};

/// How deep folders nest at most, the outermost one included (Okta Workflows has the same limit).
pub const MAX_FOLDER_DEPTH: usize = 5;

/// Makes a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewFolder {
    /// Name, 1 to 200 characters.
    pub name: String,
    /// What it is for, at most 2,000 characters.
    #[serde(default)]
    pub description: String,
    /// The folder to make it in; at the top where absent.
    #[serde(default)]
    pub parent: Option<FolderId>,
}

/// Changes what a folder is called; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FolderChange {
    /// Name.
    #[serde(default)]
    pub name: Option<String>,
    /// What it is for.
    #[serde(default)]
    pub description: Option<String>,
}

/// Moves a folder, a flow or a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveInto {
    /// The folder to move it into; to the top where absent.
    #[serde(default)]
    pub folder: Option<FolderId>,
}

/// Copies a folder or a flow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCopy {
    /// What the copy is called; the old name with "(copy)" where absent.
    #[serde(default)]
    pub name: Option<String>,
}

/// Deletes a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeleteFolder {
    /// The folder's name, which must be given where flows are in it.
    #[serde(default)]
    pub name: Option<String>,
}

/// What is in a folder and below it, and what happens to it when the folder is deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderContents {
    /// Folders below it.
    pub folders: usize,
    /// Flows, which are deleted with it.
    pub flows: usize,
    /// Of these, flows that are on and stop.
    pub flows_on: usize,
    /// Tables that are deleted with it.
    pub tables: usize,
    /// Rows of these tables.
    pub rows: i64,
    /// Tables that flows elsewhere use: they move to the folder around.
    pub tables_kept: usize,
    /// Flows elsewhere that call flows in it, and then find them no more.
    pub callers: usize,
}
