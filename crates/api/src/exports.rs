//! Exporting packs.

use flow::{FlowId, FolderId};
use serde::{Deserialize, Serialize};

/// What to export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ExportRequest {
    /// One flow.
    Flow {
        /// Its id.
        id: FlowId,
    },
    /// A folder with everything in it and below it.
    Folder {
        /// Its id.
        id: FolderId,
    },
}

/// A pack to be saved as a file. Without secrets of connections and without rows of tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedPack {
    /// A name for the file.
    pub file_name: String,
    /// The file: JSON.
    pub text: String,
}
