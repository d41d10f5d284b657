//! Importing packs.

use std::collections::BTreeMap;

use flow::{ConnectionId, FlowId, FlowKind, FolderId, StepId, TableId};
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
    /// What is left to do, card by card.
    pub todos: Vec<PackTodo>,
}

/// Something that somebody has to do before a card can run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackTodo {
    /// The flow: its id in the pack before the import, here afterwards.
    pub flow: FlowId,
    /// Its name.
    pub flow_name: String,
    /// The card in it.
    pub step: StepId,
    /// Which card it is.
    pub card: flow::CardKey,
    /// What it is called in the flow.
    pub title: String,
    /// What is to be done.
    pub kind: TodoKind,
    /// The field, where it is about one.
    pub field: Option<String>,
    /// The pack's connection (or `module:<name>`) that is to be assigned, the connector that is not available, or the id
    /// that is not known; empty elsewhere.
    pub about: String,
}

/// What is to be done with a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TodoKind {
    /// Give it a connection.
    Connect,
    /// Put another card in its place: its connector is not available here.
    Replace,
    /// Fill in a required field.
    FillIn,
    /// Choose a flow that it calls.
    ChooseFlow,
    /// Choose a table that it works with.
    ChooseTable,
    /// Map a field anew.
    Map,
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
    /// The one that was chosen for this name before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<ConnectionId>,
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
    /// The one that was chosen for this name before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<TableId>,
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
    /// What is left to do, card by card.
    pub todos: Vec<PackTodo>,
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
