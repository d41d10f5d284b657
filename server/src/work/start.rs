//! Making runs: what a new run looks like, whatever started it.

use flow::{FieldKey, FlowKind, Outputs, PersonId, RunId, Value};
use store::runs::{Cause, RunRecord, RunRow, RunStatus};
use store::triggers::Trigger;

use crate::clock;

/// Returns a queued run of a flow that is on. `outputs` are those of its first card.
pub(crate) fn queued(
    trigger: &Trigger,
    cause: Cause,
    outputs: &Outputs,
    is_private: bool,
) -> RunRecord {
    let now = clock::now_ms();
    let id = RunId::new(clock::new_id());
    let mut outputs = outputs.clone();
    outputs.push((
        FieldKey::in_group("context", "execution_id"),
        Value::text(id.as_str()),
    ));
    if trigger.kind == FlowKind::Scheduled
        && !outputs
            .iter()
            .any(|(key, _)| key.is("context", "execution_time"))
    {
        outputs.push((
            FieldKey::in_group("context", "execution_time"),
            Value::Date(clock::now()),
        ));
    }
    RunRecord {
        row: RunRow {
            root_run: id.clone(),
            id,
            flow: trigger.flow.clone(),
            flow_name: trigger.flow_name.clone(),
            version: trigger.version,
            parent_run: None,
            parent_step: None,
            item: None,
            cause,
            status: RunStatus::Queued,
            created_at: now,
            started_at: None,
            ended_at: None,
            duration_ms: None,
            error_code: None,
            error_message: None,
            failed_step: None,
            person: None,
            subject: None,
            is_private,
            lease_owner: None,
            due_at: Some(now),
            again_of: None,
            trial: None,
        },
        input: encode(&outputs),
        result: None,
    }
}

/// Returns a queued run of a version that need not be on, by hand.
pub(crate) fn queued_by_hand(
    row: &store::flows::FlowRow,
    version: i64,
    document: &flow::Flow,
    outputs: &Outputs,
) -> RunRecord {
    let trigger = Trigger {
        flow: row.id.clone(),
        flow_name: row.name.clone(),
        version,
        kind: document.kind(),
        card: String::new(),
        connection: None,
        next_at: None,
        since: None,
    };
    queued(&trigger, Cause::Manual, outputs, !document.saves_data)
}

/// Returns the run as started by a person.
pub(crate) fn by(mut run: RunRecord, person: PersonId) -> RunRecord {
    run.row.person = Some(person);
    run
}

/// Returns the run as already taken by this server.
pub(crate) fn taken(mut run: RunRecord, owner: &str, lease_ms: i64) -> RunRecord {
    run.row.status = RunStatus::Running;
    run.row.started_at = Some(run.row.created_at);
    run.row.lease_owner = Some(owner.to_owned());
    run.row.due_at = Some(run.row.created_at + lease_ms);
    run
}

/// Writes outputs in the journal's form.
pub(crate) fn encode(outputs: &Outputs) -> String {
    serde_json::to_string(outputs).unwrap_or_else(|_| "[]".to_owned())
}

/// Reads outputs in the journal's form.
pub(crate) fn decode(text: &str) -> Result<Outputs, serde_json::Error> {
    serde_json::from_str(text)
}
