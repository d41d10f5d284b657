//! Import sessions of custom identity sources.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::clock::stamp;

/// Name of the kind of application that is a custom identity source.
pub(crate) const SOURCE_APP: &str = "customidentitysource";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImportStatus {
    Created,
    Triggered,
    Completed,
}

/// One user of a session, by the id that the source knows them by.
#[derive(Clone, Debug)]
pub(crate) enum ImportEntry {
    Upsert(String, Map<String, Value>),
    Delete(String),
}

#[derive(Clone, Debug)]
pub(crate) struct ImportSession {
    pub(crate) id: String,
    pub(crate) source_id: String,
    pub(crate) status: ImportStatus,
    pub(crate) created: DateTime<Utc>,
    pub(crate) last_updated: DateTime<Utc>,
    pub(crate) entries: Vec<ImportEntry>,
}

/// All sessions, and which user each external id stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Imports {
    pub(crate) sessions: IndexMap<String, ImportSession>,
    pub(crate) known: HashMap<(String, String), String>,
}

impl ImportSession {
    pub(crate) fn shown(&self) -> Value {
        let status = match self.status {
            ImportStatus::Created => "CREATED",
            ImportStatus::Triggered => "TRIGGERED",
            ImportStatus::Completed => "COMPLETED",
        };
        json!({
            "id": self.id,
            "identitySourceId": self.source_id,
            "status": status,
            "importType": "INCREMENTAL",
            "created": stamp(self.created),
            "lastUpdated": stamp(self.last_updated),
        })
    }
}
