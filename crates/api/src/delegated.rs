//! Delegated flows: run by people who were granted just these.

use flow::{FlowId, PersonId, RunId, Type};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::RunStatus;

/// A flow that the caller may run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DelegatedFlow {
    /// Id.
    pub id: FlowId,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What has to be filled in.
    pub inputs: Vec<DelegatedInput>,
}

/// A value that whoever runs a flow fills in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DelegatedInput {
    /// By this name a run takes it: `key` or `group.key`.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub ty: Type,
    /// It must be filled in.
    pub is_required: bool,
    /// The values to choose from, where there is a list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}

/// A run of a delegated flow, as the person sees who started it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DelegatedRun {
    /// Id.
    pub id: RunId,
    /// The flow.
    pub flow: FlowId,
    /// Its name.
    pub flow_name: String,
    /// Where it is.
    pub status: RunStatus,
    /// When it was started, milliseconds since 1970 in UTC.
    pub started_at: i64,
    /// What it returned, once it has.
    pub returned: Option<Json>,
    /// Why it failed.
    pub error: Option<String>,
}

/// A person who may be granted a delegated flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegate {
    /// Id.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Login.
    pub login: String,
    /// The flow was granted to them.
    pub is_granted: bool,
    /// They may run it anyhow, by their role.
    pub is_always: bool,
}
