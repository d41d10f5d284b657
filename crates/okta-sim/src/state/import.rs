//! Import sessions of custom identity sources.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::clock::stamp;

/// Name of the kind of application that is a custom identity source.
pub(crate) const SOURCE_APP: &str = "customidentitysource";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImportStatus {
    Created,
    InProgress,
    Triggered,
    Completed,
    Closed,
    Expired,
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
    /// When its import was started.
    pub(crate) triggered: Option<DateTime<Utc>>,
    pub(crate) entries: Vec<ImportEntry>,
    /// How many bulk requests it has taken.
    pub(crate) loads: usize,
}

/// All sessions, and which user each external id stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Imports {
    pub(crate) sessions: IndexMap<String, ImportSession>,
    pub(crate) known: HashMap<(String, String), String>,
}

/// A session that nobody has used for so long expires.
const EXPIRES_AFTER: Duration = Duration::hours(24);

impl ImportSession {
    /// Whether users can be loaded into it.
    pub(crate) fn is_open(&self) -> bool {
        matches!(
            self.status,
            ImportStatus::Created | ImportStatus::InProgress
        )
    }

    /// Whether it is in the list of sessions.
    pub(crate) fn is_active(&self) -> bool {
        self.is_open() || self.status == ImportStatus::Triggered
    }

    /// Expires when it was left alone.
    pub(crate) fn age(&mut self, now: DateTime<Utc>) {
        if self.is_open() && now - self.last_updated >= EXPIRES_AFTER {
            self.status = ImportStatus::Expired;
            self.entries.clear();
        }
    }

    pub(crate) fn shown(&self) -> Value {
        let status = match self.status {
            ImportStatus::Created => "CREATED",
            ImportStatus::InProgress => "IN_PROGRESS",
            ImportStatus::Triggered => "TRIGGERED",
            ImportStatus::Completed => "COMPLETED",
            ImportStatus::Closed => "CLOSED",
            ImportStatus::Expired => "EXPIRED",
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
