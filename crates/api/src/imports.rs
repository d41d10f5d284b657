//! Importing packs.

use std::collections::BTreeMap;

use flow::{ConnectionId, FlowId, FlowKind, FolderId, TableId};
use serde::{Deserialize, Serialize};

/// What is in a pack, before it is imported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackView {
    /// Name.
    pub name: String,
    /// Format version.
    pub version: String,
    /// When it was exported, as written in the pack.
    pub created: Option<String>,
    /// Cards of every scope.
    pub cards: usize,
    /// Of these, cards that run here.
    pub supported: usize,
    /// Flows.
    pub flows: Vec<PackFlow>,
    /// Connections to be assigned.
    pub connections: Vec<PackConnection>,
    /// Tables.
    pub tables: Vec<PackTable>,
    /// What was found wrong or different.
    pub problems: Vec<PackProblem>,
}

/// A flow in a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackFlow {
    /// Id in the pack.
    pub id: FlowId,
    /// Name.
    pub name: String,
    /// How it is started.
    pub kind: FlowKind,
    /// Cards as shown on the canvas, notes left out: key and title.
    pub cards: Vec<(flow::CardKey, String)>,
    /// Notes.
    pub notes: usize,
    /// Cards that are not available here.
    pub unsupported: usize,
}

/// A connection that a pack needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackConnection {
    /// Id in the pack; cards that lost theirs come under `module:<name>`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Connector module.
    pub module: String,
    /// Cards that use it.
    pub cards: usize,
    /// Connections here that fit.
    pub candidates: Vec<crate::Connection>,
}

/// A table in a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackTable {
    /// Id in the pack.
    pub id: String,
    /// Name.
    pub name: String,
    /// Columns.
    pub columns: Vec<crate::TableColumn>,
    /// Tables here with the same columns.
    pub candidates: Vec<(TableId, String)>,
}

/// Something in a pack that was found wrong or that is different here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackProblem {
    /// Flow, where it is about one.
    pub flow: Option<String>,
    /// Card, where it is about one.
    pub card: Option<String>,
    /// Stable code.
    pub code: String,
    /// Sentence in English.
    pub message: String,
}

/// What a user decided for an import.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Assignments {
    /// Folder to import into; a new one named after the pack where absent.
    #[serde(default)]
    pub folder: Option<FolderId>,
    /// Pack connection to ours; left out ones stay without connection.
    #[serde(default)]
    pub connections: BTreeMap<String, ConnectionId>,
    /// Pack table to one of ours; left out ones are made anew.
    #[serde(default)]
    pub tables: BTreeMap<String, TableId>,
}

/// What an import made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Folder.
    pub folder: FolderId,
    /// Flows, all off.
    pub flows: Vec<ImportedFlow>,
    /// Tables, by name.
    pub tables: Vec<(TableId, String)>,
}

/// A flow that an import made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedFlow {
    /// Id here.
    pub id: FlowId,
    /// Name.
    pub name: String,
    /// How it is started.
    pub kind: FlowKind,
    /// Problems to solve before it can be turned on.
    pub problems: usize,
}
