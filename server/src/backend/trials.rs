//! Trying a draft out: the whole of it, up to a card, or one card alone; and what it can be tried with.

use std::collections::HashMap;

use api::{
    ApiError, ErrorCode, NewTest, RenameTest, Sample, Samples, SavedTest, Trial, field_name,
};
use engine::{Entry, Event, Path, Plan};
use flow::{FieldKey, Flow, FlowId, FlowKind, OutputRef, RunId, Step, StepId};
use serde_json::{Map, Value as Json, json};
use store::runs::{self, RunFilter, StartedBy};
use store::{flows, trials};

use super::flows::named;
use super::masking::{filled_in, masked_values};
use super::runs::{all_filled, outputs, queue, value_of};
use super::{Caller, Right, run_view};
use crate::clock;
use crate::error::{from_store, internal, invalid};
use crate::work::start;

/// So many real events are offered, and so many runs by hand.
const SAMPLES: usize = 8;
/// Flows that start with the same card, whose runs are looked through.
const ALIKE: usize = 20;

pub(super) async fn start(caller: &Caller, trial: Trial) -> Result<RunId, ApiError> {
    let person = caller.need(Right::Run)?.id.clone();
    let store = &caller.server.store;
    let record = flows::get(store, &trial.flow).await.map_err(from_store)?;
    if trial
        .revision
        .is_some_and(|revision| revision != record.row.draft_revision)
    {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            "Somebody saved the flow meanwhile. Look at the changes, then run it again.",
        ));
    }
    let draft = &record.draft;
    let first = draft
        .steps
        .first()
        .ok_or_else(|| invalid("The flow has no cards. Add one that starts it, then run it."))?;
    let inputs = outputs(first, &given(caller, first, &trial).await?)?;
    let (document, kind, entries) = match &trial.only {
        Some(card) => {
            let document = alone(caller, draft, card, &trial).await?;
            (document, runs::Trial::Card, Vec::new())
        }
        None => {
            if draft.kind() == FlowKind::Manual {
                all_filled(first, &inputs)?;
            }
            let kind = match trial.until {
                Some(_) => runs::Trial::Until,
                None => runs::Trial::Flow,
            };
            (draft.published(), kind, arranged(draft, &trial)?)
        }
    };
    let version = trials::keep_draft(store, &document, clock::now_ms())
        .await
        .map_err(from_store)?;
    let run = start::queued_by_hand(&record.row, version, &document, &inputs);
    let mut run = start::by(run, person);
    run.row.trial = Some(kind);
    let id = run.row.id.clone();
    queue(caller, run, &entries).await?;
    let what = json!({ "flow": trial.flow, "until": trial.until, "only": trial.only });
    caller
        .audit("flow.try", "run", id.as_str(), None, Some(what))
        .await?;
    Ok(id)
}

/// What is arranged before the run begins: pinned outputs, and where it ends.
fn arranged(draft: &Flow, trial: &Trial) -> Result<Vec<Entry>, ApiError> {
    let plan = Plan::compile(draft);
    let entry = |path: Path, event| Entry {
        at_ms: clock::now_ms(),
        path,
        private: plan.is_private(),
        event,
    };
    let mut entries = Vec::new();
    for pin in draft.pins.iter().filter(|_| !trial.ignore_pins) {
        // A pin outlives its card, so that both come back when the deletion is undone.
        let (Some(step), Some(path)) = (draft.step(&pin.step), plan.path_of(&pin.step)) else {
            continue;
        };
        if plan.may_pin(&pin.step) {
            let outputs = pinned(step, &pin.outputs)?;
            entries.push(entry(path, Event::Pinned { outputs }));
        }
    }
    if let Some(until) = &trial.until {
        let path = plan.path_of(until).ok_or_else(no_card)?;
        entries.push(entry(path, Event::Until));
    }
    Ok(entries)
}

fn no_card() -> ApiError {
    invalid("The flow has no such card. Reload the page, then choose another one.")
}

/// Returns pinned outputs in the types of the card.
fn pinned(step: &Step, given: &[(FieldKey, Json)]) -> Result<flow::Outputs, ApiError> {
    let mut outputs = flow::Outputs::new();
    for output in &step.outputs {
        let found = given.iter().find(|(key, _)| *key == output.key);
        let Some((key, json)) = found else { continue };
        let value = value_of(json, &output.ty).map_err(|text| {
            let card = step.title.as_deref().unwrap_or(step.card.as_str());
            invalid(format!(
                "The value that is pinned to «{key}» of «{card}» does not fit: {text} Pin another one or remove it."
            ))
        })?;
        outputs.push((key.clone(), value));
    }
    Ok(outputs)
}

/// Returns the flow of one card, with values in the place of what others would give.
async fn alone(
    caller: &Caller,
    draft: &Flow,
    card: &StepId,
    trial: &Trial,
) -> Result<Flow, ApiError> {
    let step = draft.step(card).ok_or_else(no_card)?;
    let mut given = flow::Given::new();
    for value in &trial.given {
        let input = (step.inputs.iter())
            .find(|input| input.key == value.field)
            .ok_or_else(|| invalid(format!("The card has no field «{}».", value.field)))?;
        value_of(&value.value, &input.ty)
            .map_err(|text| invalid(format!("The field «{}»: {text}", input.label)))?;
        given.push((value.field.clone(), value.value.clone()));
    }
    let mut known = known_values(caller, draft, trial).await?;
    for pin in &draft.pins {
        known.insert(pin.step.clone(), pin.outputs.clone());
    }
    let value = |source: &OutputRef| {
        let outputs = known.get(&source.step)?;
        let (_, json) = outputs.iter().find(|(key, _)| *key == source.field)?;
        flow::json_at(json, &source.path).cloned()
    };
    flow::alone(draft, card, &given, &value).ok_or_else(|| {
        invalid(
            "This card does nothing alone: it starts the flow or is a note. Run the flow instead.",
        )
    })
}

/// The outputs of cards in a run, and those of the first card as they are given.
async fn known_values(
    caller: &Caller,
    draft: &Flow,
    trial: &Trial,
) -> Result<HashMap<StepId, Vec<(FieldKey, Json)>>, ApiError> {
    let mut known = HashMap::new();
    if let Some(run) = &trial.values_of {
        let view = run_view::read(caller, run.clone()).await?;
        if view.row.flow != draft.id {
            return Err(invalid(
                "The run whose values are asked for is one of another flow.",
            ));
        }
        for did in view.steps {
            let outputs = did
                .outputs
                .into_iter()
                .map(|value| (value.field, value.value));
            known.insert(did.step, outputs.collect());
        }
    }
    if let Some(first) = draft.steps.first().filter(|_| !trial.inputs.is_empty()) {
        let given = first.outputs.iter().filter_map(|output| {
            let named =
                |(name, _): &(&String, &Json)| crate::work::runner::names(&output.key, name);
            let (_, json) = trial.inputs.iter().find(named)?;
            Some((output.key.clone(), json.clone()))
        });
        known.insert(first.id.clone(), given.collect());
    }
    Ok(known)
}

pub(super) async fn samples(caller: &Caller, id: FlowId) -> Result<Samples, ApiError> {
    caller.need(Right::Read)?;
    let store = &caller.server.store;
    let record = flows::get(store, &id).await.map_err(from_store)?;
    let Some(first) = record.draft.steps.first() else {
        return Ok(Samples::default());
    };
    let by = |cause| StartedBy {
        cause,
        by_person: None,
    };
    let mut alike = vec![id.clone()];
    if record.draft.kind() == FlowKind::Event {
        let others = store::triggers::starting_with(store, &first.card, ALIKE).await;
        alike.extend(
            others
                .map_err(from_store)?
                .into_iter()
                .filter(|other| *other != id),
        );
    }
    let causes = [
        runs::Cause::Event,
        runs::Cause::Api,
        runs::Cause::Schedule,
        runs::Cause::Helper,
    ];
    let real = newest(caller, first, alike, causes.map(by).to_vec()).await?;
    let manual = newest(
        caller,
        first,
        vec![id.clone()],
        vec![by(runs::Cause::Manual)],
    )
    .await?;
    let tests = trials::list_tests(store, &id).await.map_err(from_store)?;
    Ok(Samples {
        events: real,
        manual,
        tests: tests.into_iter().map(test).collect(),
    })
}

/// The newest runs of flows, as far as their values fit the first card of this one.
async fn newest(
    caller: &Caller,
    first: &Step,
    flows: Vec<FlowId>,
    causes: Vec<StartedBy>,
) -> Result<Vec<Sample>, ApiError> {
    let store = &caller.server.store;
    let filter = RunFilter {
        flows,
        causes,
        limit: u32::try_from(SAMPLES).unwrap_or(1),
        ..RunFilter::default()
    };
    let rows = runs::list(store, &filter).await.map_err(from_store)?.items;
    let shown = super::runs::named(store, rows).await?;
    let mut found = Vec::with_capacity(shown.len());
    for row in shown {
        let record = runs::get(store, &row.id).await.map_err(from_store)?;
        let values = match record.row.is_private {
            true => None,
            false => Some(masked_values(start_values(first, &record.input)?)),
        };
        found.push(Sample {
            run: row.id,
            flow_name: row.flow_name,
            at: row.started_at,
            person: row.subject.or(row.person),
            values,
        });
    }
    Ok(found)
}

/// The values with which a run started, as far as a card has such outputs.
pub(super) fn start_values(first: &Step, input: &str) -> Result<Map<String, Json>, ApiError> {
    let outputs = start::decode(input).map_err(|error| internal(&error))?;
    let known = |key: &FieldKey| first.outputs.iter().any(|output| output.key == *key);
    Ok(outputs
        .into_iter()
        .filter(|(key, value)| {
            key.group.as_deref() != Some("context") && !value.is_null() && known(key)
        })
        .map(|(key, value)| (field_name(&key), value.to_json()))
        .collect())
}

/// Returns the values with which a trial starts, where they were masked those of the run that they were taken from.
async fn given(
    caller: &Caller,
    first: &Step,
    trial: &Trial,
) -> Result<Map<String, Json>, ApiError> {
    let of_then = match &trial.inputs_of {
        Some(id) => {
            let record = runs::get(&caller.server.store, id).await;
            start_values(first, &record.map_err(from_store)?.input)?
        }
        None => Map::new(),
    };
    filled_in(trial.inputs.clone(), &of_then)
}

pub(super) async fn save_test(caller: &Caller, new: NewTest) -> Result<SavedTest, ApiError> {
    let author = caller.need(Right::Run)?.id.clone();
    let store = &caller.server.store;
    let name = named(&new.name)?;
    let record = flows::get(store, &new.flow).await.map_err(from_store)?;
    let known = trials::list_tests(store, &new.flow)
        .await
        .map_err(from_store)?;
    if i64::try_from(known.len()).unwrap_or(i64::MAX) >= trials::MOST_TESTS {
        return Err(ApiError::new(
            ErrorCode::TooMany,
            format!(
                "The flow has {} tests already. Delete one of them first.",
                known.len()
            ),
        ));
    }
    let inputs = Json::Object(new.inputs).to_string();
    if !record.draft.saves_data {
        return Err(invalid(
            "The flow saves no data, so values cannot be kept with it. Turn on saving data first.",
        ));
    }
    let made = trials::SavedTest {
        id: clock::new_id(),
        flow: new.flow,
        name,
        inputs,
        author: Some(author),
        created_at: clock::now_ms(),
    };
    trials::insert_test(store, &made)
        .await
        .map_err(from_store)?;
    let after = json!({ "flow": made.flow, "name": made.name });
    caller
        .audit(
            "flow.test.save",
            "flow",
            made.flow.as_str(),
            None,
            Some(after),
        )
        .await?;
    Ok(test(made))
}

pub(super) async fn rename_test(
    caller: &Caller,
    request: RenameTest,
) -> Result<SavedTest, ApiError> {
    caller.need(Right::Run)?;
    let store = &caller.server.store;
    let found = of_flow(caller, &request.flow, &request.id).await?;
    let name = named(&request.name)?;
    trials::rename_test(store, &request.id, &name)
        .await
        .map_err(from_store)?;
    let (before, after) = (json!({ "name": found.name }), json!({ "name": name }));
    let flow = request.flow.as_str();
    caller
        .audit("flow.test.rename", "flow", flow, Some(before), Some(after))
        .await?;
    Ok(test(trials::SavedTest { name, ..found }))
}

pub(super) async fn delete_test(caller: &Caller, flow: FlowId, id: String) -> Result<(), ApiError> {
    caller.need(Right::Run)?;
    let found = of_flow(caller, &flow, &id).await?;
    trials::delete_test(&caller.server.store, &id)
        .await
        .map_err(from_store)?;
    let before = json!({ "name": found.name });
    caller
        .audit(
            "flow.test.delete",
            "flow",
            flow.as_str(),
            Some(before),
            None,
        )
        .await
}

async fn of_flow(caller: &Caller, flow: &FlowId, id: &str) -> Result<trials::SavedTest, ApiError> {
    let found = trials::find_test(&caller.server.store, id)
        .await
        .map_err(from_store)?;
    found
        .filter(|test| test.flow == *flow)
        .ok_or_else(|| ApiError::new(ErrorCode::NotFound, "The flow has no such test."))
}

fn test(test: trials::SavedTest) -> SavedTest {
    SavedTest {
        id: test.id,
        name: test.name,
        inputs: serde_json::from_str(&test.inputs).unwrap_or_default(),
        created_at: test.created_at,
    }
}
