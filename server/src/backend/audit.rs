//! The log of what people changed.

use api::ApiError;
use serde_json::Value as Json;
use store::audit::AuditEntry;

use super::Caller;
use crate::clock;
use crate::error::from_store;

impl Caller {
    /// Writes a change into the audit log.
    pub(super) async fn audit(
        &self,
        action: &str,
        kind: &str,
        id: &str,
        before: Option<Json>,
        after: Option<Json>,
    ) -> Result<(), ApiError> {
        let entry = AuditEntry {
            id: clock::new_id(),
            at: clock::now_ms(),
            actor: self.person.as_ref().map(|person| person.id.clone()),
            action: action.to_owned(),
            object_kind: kind.to_owned(),
            object_id: id.to_owned(),
            before: before.map(|json| json.to_string()),
            after: after.map(|json| json.to_string()),
        };
        store::audit::insert(&self.server.store, &[entry])
            .await
            .map_err(from_store)
    }
}
