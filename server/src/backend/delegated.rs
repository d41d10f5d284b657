//! Delegated flows: who was granted one may run it and see what became of it, and nothing else.

use api::{ApiError, Delegate, DelegatedFlow, DelegatedInput, DelegatedRun, ErrorCode, StartRun};
use flow::{FieldKey, Flow, FlowId, FlowKind, PersonId, RunId, Step, Value};
use serde_json::json;
use store::people::{self, Role};
use store::runs::{self, Cause, RunRecord};
use store::triggers::{self, Trigger};
use store::{Write, delegates, flows, versions};

use super::runs::{all_filled, outputs, status};
use super::{Caller, Right, runner_id};
use crate::error::{from_store, invalid};
use crate::work::start;

/// Returns the delegated flows that are on and that the caller may run, by name.
pub(super) async fn list(caller: &Caller) -> Result<Vec<DelegatedFlow>, ApiError> {
    let store = &caller.server.store;
    let mut shown = Vec::new();
    for trigger in triggers::list(store, FlowKind::Delegated)
        .await
        .map_err(from_store)?
    {
        if caller.need_delegated(&trigger.flow).await.is_ok() {
            let document = document(caller, &trigger).await?;
            shown.push(view(&trigger, &document));
        }
    }
    shown.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(shown)
}

async fn document(caller: &Caller, trigger: &Trigger) -> Result<Flow, ApiError> {
    let version = versions::get(&caller.server.store, &trigger.flow, trigger.version)
        .await
        .map_err(from_store)?;
    Ok(version.document)
}

fn view(trigger: &Trigger, document: &Flow) -> DelegatedFlow {
    DelegatedFlow {
        id: trigger.flow.clone(),
        name: document.name.clone(),
        description: document.description.clone(),
        inputs: document.steps.first().map(inputs).unwrap_or_default(),
    }
}

/// The fields that the author made on the first card.
fn inputs(first: &Step) -> Vec<DelegatedInput> {
    let custom = first
        .outputs
        .iter()
        .filter(|output| output.custom && !output.hidden);
    custom
        .map(|output| {
            let twin = first.inputs.iter().find(|input| input.key == output.key);
            DelegatedInput {
                name: match &output.key.group {
                    Some(group) => format!("{group}.{}", output.key.key),
                    None => output.key.key.clone(),
                },
                label: output.label.clone(),
                ty: output.ty.clone(),
                is_required: twin.is_some_and(|input| input.required),
                choices: twin.map(|input| input.choices.clone()).unwrap_or_default(),
            }
        })
        .collect()
}

/// Starts a delegated flow for the caller.
pub(super) async fn run(caller: &Caller, request: StartRun) -> Result<DelegatedRun, ApiError> {
    let person = caller.need_delegated(&request.id).await?.clone();
    let server = &caller.server;
    let trigger = triggers::find(&server.store, &request.id)
        .await
        .map_err(from_store)?
        .filter(|trigger| trigger.kind == FlowKind::Delegated)
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::Invalid,
                "The flow is off. Ask its author to turn it on.",
            )
        })?;
    let compiled = server
        .plans
        .get(&server.store, &trigger.flow, trigger.version)
        .await
        .map_err(from_store)?;
    let Some(first) = compiled.document.steps.first() else {
        return Err(invalid("The flow has no cards."));
    };
    let mut given = outputs(first, &request.inputs)?;
    all_filled(first, &given)?;
    let runner = FieldKey::in_group("user context", "okta-user-id");
    // Nobody says who they are: the server does.
    given.retain(|(key, _)| *key != runner);
    let id = runner_id::find(server, &compiled.document, &person.login).await;
    given.push((runner, id.map_or(Value::Null, Value::from)));
    let queued = start::queued(&trigger, Cause::Manual, &given, compiled.plan.is_private());
    let record = start::by(queued, person.id.clone());
    let shown = run_view(&record);
    server
        .writer
        .submit(vec![Write::InsertRun(Box::new(record))])
        .await
        .map_err(from_store)?;
    let after = json!({ "flow": request.id });
    caller
        .audit(
            "flow.delegated.run",
            "run",
            shown.id.as_str(),
            None,
            Some(after),
        )
        .await?;
    Ok(shown)
}

/// Returns a run that the caller started.
pub(super) async fn open(caller: &Caller, id: RunId) -> Result<DelegatedRun, ApiError> {
    let gone = || ApiError::new(ErrorCode::NotFound, "There is no such run of yours.");
    let record = runs::get(&caller.server.store, &id)
        .await
        .map_err(|_| gone())?;
    let person = caller.need_delegated(&record.row.flow).await?;
    let is_own = record.row.parent_run.is_none() && record.row.person.as_ref() == Some(&person.id);
    if is_own {
        Ok(run_view(&record))
    } else {
        Err(gone())
    }
}

fn run_view(record: &RunRecord) -> DelegatedRun {
    let row = &record.row;
    let returned: Option<Value> = record
        .result
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok());
    DelegatedRun {
        id: row.id.clone(),
        flow: row.flow.clone(),
        flow_name: row.flow_name.clone(),
        status: status(row.status),
        started_at: row.created_at,
        returned: returned.map(|value| value.to_json()),
        error: row.error_message.clone(),
    }
}

/// Returns everybody, and to whom the flow was granted.
pub(super) async fn delegates(caller: &Caller, flow: FlowId) -> Result<Vec<Delegate>, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    flows::get(store, &flow).await.map_err(from_store)?;
    let granted = delegates::list_of_flow(store, &flow)
        .await
        .map_err(from_store)?;
    let everyone = people::list(store).await.map_err(from_store)?;
    Ok(everyone
        .into_iter()
        .map(|person| Delegate {
            is_granted: granted.contains(&person.id),
            is_always: person.role == Role::Administrator,
            person: person.id,
            name: person.name,
            login: person.login,
        })
        .collect())
}

/// Grants a flow to these people and to nobody else.
pub(super) async fn delegate(
    caller: &Caller,
    flow: FlowId,
    people: Vec<PersonId>,
) -> Result<Vec<Delegate>, ApiError> {
    caller.need(Right::Administer)?;
    let store = &caller.server.store;
    flows::get(store, &flow).await.map_err(from_store)?;
    for person in &people {
        if people::find(store, person)
            .await
            .map_err(from_store)?
            .is_none()
        {
            return Err(ApiError::new(
                ErrorCode::NotFound,
                "A person that you chose does not exist any more. Choose again.",
            ));
        }
    }
    let before = delegates::list_of_flow(store, &flow)
        .await
        .map_err(from_store)?;
    delegates::save(store, &flow, &people)
        .await
        .map_err(from_store)?;
    caller
        .audit(
            "flow.delegate",
            "flow",
            flow.as_str(),
            Some(json!({ "people": before })),
            Some(json!({ "people": people })),
        )
        .await?;
    self::delegates(caller, flow).await
}
