//! Flows, folders and versions.

use std::collections::HashMap;

use flow::{Flow, FlowId, FlowKind, FolderId, Signature};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    /// Id.
    pub id: FolderId,
    /// The folder around it.
    pub parent: Option<FolderId>,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// Flows in it.
    pub flows: usize,
}

/// Which flows to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowQuery {
    /// Only of this folder.
    #[serde(default)]
    pub folder: Option<FolderId>,
    /// Words in the name.
    #[serde(default)]
    pub text: Option<String>,
    /// Only of this kind.
    #[serde(default)]
    pub kind: Option<FlowKind>,
}

/// A page of flows with the folders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowList {
    /// All folders.
    pub folders: Vec<Folder>,
    /// The flows, by name.
    pub flows: Vec<FlowRow>,
    /// The connections that flows of the list name.
    #[serde(default)]
    pub connections: Vec<crate::Connection>,
}

/// A flow in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowRow {
    /// Id.
    pub id: FlowId,
    /// Folder.
    pub folder: Option<FolderId>,
    /// Name.
    pub name: String,
    /// How it is started.
    pub kind: FlowKind,
    /// Turned on.
    pub is_on: bool,
    /// The newest version, if one was saved.
    pub version: Option<i64>,
    /// Number of problems in the draft.
    pub problems: usize,
    /// Number of cards in the draft, notes left out.
    pub cards: usize,
    /// Last change, milliseconds since 1970 in UTC.
    pub updated_at: i64,
    /// When it was made, milliseconds since 1970 in UTC; 0 where it is not known.
    #[serde(default)]
    pub created_at: i64,
    /// Who made it; in lists of flows only, and only while the person is here.
    #[serde(default)]
    pub author: Option<String>,
    /// Its newest run; in lists of flows only.
    #[serde(default)]
    pub last_run: Option<LastRun>,
    /// Connections that its draft uses; in lists of flows only.
    #[serde(default)]
    pub connections: Vec<flow::ConnectionId>,
}

/// The newest run of a flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastRun {
    /// The run.
    pub id: flow::RunId,
    /// When it was asked for, milliseconds since 1970 in UTC.
    pub at: i64,
    /// Where it stands.
    pub status: crate::RunStatus,
}

/// A flow to be edited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowView {
    /// The list row.
    pub row: FlowRow,
    /// Name of its folder.
    pub folder_name: Option<String>,
    /// The draft.
    pub draft: Flow,
    /// Revision of the draft: saving names the revision it started from.
    pub revision: i64,
    /// The draft is what the newest version holds.
    pub draft_is_saved: bool,
    /// Connections the cards may use.
    pub connections: Vec<crate::Connection>,
    /// Flows the cards may call, by name.
    pub callable: Vec<FlowRow>,
    /// Tables the cards may use, without rows.
    pub tables: Vec<crate::TableView>,
    /// Where an API endpoint flow is called.
    #[serde(default)]
    pub endpoint: Option<Endpoint>,
    /// What the flows take and give that this one calls, and those that they call.
    #[serde(default, skip_serializing_if = "HashMap::is_empty")]
    pub signatures: HashMap<FlowId, Signature>,
}

/// Where an API endpoint flow is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// Invoke URL.
    pub url: String,
    /// Client token, where the flow asks for one.
    pub client_token: Option<String>,
}

/// Makes a flow.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewFlow {
    /// Folder.
    #[serde(default)]
    pub folder: Option<FolderId>,
    /// Name.
    pub name: String,
}

/// Keeps a draft. Answered by the new revision; by a conflict when somebody saved meanwhile.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SaveDraft {
    /// The flow.
    pub id: FlowId,
    /// The revision that was edited.
    pub revision: i64,
    /// The draft.
    pub draft: Flow,
}

/// Turns a flow on (its newest version; a version is made of an unsaved draft) or off.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TurnOn {
    /// The flow.
    pub id: FlowId,
    /// On or off.
    pub on: bool,
}

/// Starts a run by hand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StartRun {
    /// The flow.
    pub id: FlowId,
    /// Values for the outputs of its first card, by `key` or `group.key`.
    #[serde(default)]
    pub inputs: serde_json::Map<String, Json>,
}

/// Something that is wrong with a flow, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedProblem {
    /// What. Errors keep the flow from being turned on, warnings do not.
    #[serde(flatten)]
    pub problem: flow::Problem,
    /// The number of the card; nothing where it is about the flow.
    #[serde(default)]
    pub number: Option<usize>,
    /// What the card is called.
    #[serde(default)]
    pub title: Option<crate::Said>,
}
