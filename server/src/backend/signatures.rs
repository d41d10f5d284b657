//! What flows take and give that a flow calls, and those that they call in turn: the editor checks calls against it.

use std::collections::HashMap;

use api::ApiError;
use flow::{Flow, FlowId, Signature};
use store::{Store, StoreError, flows};

use crate::error::from_store;

/// So many flows are looked at; what they call beyond that is not checked.
const MOST: usize = 60;

/// Returns the signatures of the flows that a flow calls, directly or over others. Flows that are gone are left out.
pub(super) async fn of_calls(
    store: &Store,
    flow: &Flow,
) -> Result<HashMap<FlowId, Signature>, ApiError> {
    let mut found = HashMap::new();
    let mut open = Signature::of(flow).calls;
    while let Some(id) = open.pop() {
        if found.len() >= MOST || found.contains_key(&id) {
            continue;
        }
        let signature = if id == flow.id {
            Signature::of(flow)
        } else {
            match flows::get(store, &id).await {
                Ok(record) => Signature::of(&record.draft),
                Err(StoreError::NotFound { .. }) => continue,
                Err(error) => return Err(from_store(error)),
            }
        };
        open.extend(signature.calls.iter().cloned());
        found.insert(id, signature);
    }
    Ok(found)
}
