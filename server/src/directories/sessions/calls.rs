//! The calls of identity sources: sessions opened, looked at, filled, started and dropped.

use std::collections::HashSet;

use directory::import::batches::{Call, Kind};
use flow::CardError;
use serde_json::{Value as Json, json};

use super::super::org::{OrgSide, escaped};
use crate::clock;

/// An empty session of this age was forgotten.
const FORGOTTEN: chrono::Duration = chrono::Duration::minutes(10);

impl OrgSide {
    /// Returns the names of the properties that an identity source declares.
    pub(super) async fn source_properties(
        &self,
        source: &str,
    ) -> Result<HashSet<String>, CardError> {
        let path = format!("/api/v1/meta/schemas/apps/{}/default", escaped(source));
        self.declared(&path).await
    }

    pub(super) async fn begin_session(&self, source: &str) -> Result<String, CardError> {
        // One whose answer never arrived would stand in the way for a day.
        for id in self.forgotten_sessions(source).await? {
            self.drop_session(source, &id).await?;
        }
        let reply = self.post(&sessions(source), None).await?;
        let id = reply.get("id").and_then(Json::as_str).map(str::to_owned);
        id.ok_or_else(|| {
            CardError::new(
                "org.answer",
                "The org opened an import session and did not say its id. It ends by itself within a day.",
            )
        })
    }

    /// Sessions that were opened a while ago and never filled: nobody misses them.
    pub(super) async fn forgotten_sessions(&self, source: &str) -> Result<Vec<String>, CardError> {
        let listed = self.read(&sessions(source)).await?;
        let listed = listed.as_array().cloned().unwrap_or_default();
        let is_old = |known: &&Json| {
            let created = known["created"].as_str().unwrap_or_default();
            let created = chrono::DateTime::parse_from_rfc3339(created);
            created.is_ok_and(|at| clock::now().signed_duration_since(at) > FORGOTTEN)
        };
        let empty = listed.iter().filter(|known| known["status"] == "CREATED");
        let empty = empty.filter(is_old);
        Ok(empty
            .filter_map(|known| known["id"].as_str().map(str::to_owned))
            .collect())
    }

    pub(super) async fn session(&self, source: &str, id: &str) -> Result<String, CardError> {
        let found = self.read(&session(source, id)).await?;
        Ok(found["status"].as_str().unwrap_or_default().to_owned())
    }

    pub(super) async fn drop_session(&self, source: &str, id: &str) -> Result<(), CardError> {
        match self.delete(&session(source, id)).await {
            Err(error) if matches!(error.status, Some(400 | 404)) => Ok(()),
            dropped => dropped,
        }
    }

    pub(super) async fn load(&self, source: &str, id: &str, call: &Call) -> Result<(), CardError> {
        let step = match call.kind {
            Kind::Upsert => "bulk-upsert",
            Kind::Delete => "bulk-delete",
        };
        let body = json!({ "entityType": "USERS", "profiles": call.users });
        let path = format!("{}/{step}", session(source, id));
        self.post(&path, Some(body)).await.map(|_| ())
    }

    pub(super) async fn start_session(&self, source: &str, id: &str) -> Result<(), CardError> {
        let path = format!("{}/start-import", session(source, id));
        self.post(&path, None).await.map(|_| ())
    }
}

fn sessions(source: &str) -> String {
    format!("/api/v1/identity-sources/{}/sessions", escaped(source))
}

fn session(source: &str, id: &str) -> String {
    format!("{}/{}", sessions(source), escaped(id))
}
