//! Running again what ran before: from the start, or from the card where a run ended. What finished there is taken over
//! with the entries of its journal, so no finished card runs again.

use std::collections::HashSet;
use std::sync::Arc;

use api::{AgainFrom, AgainPlan, AgainVersion, ApiError, Changed, ErrorCode, FromCard, HowChanged};
use engine::{Again, Change, Entry};
use flow::{Flow, RunId, StepId};
use serde_json::{Map, json};
use store::flows;
use store::runs::{self, RunRecord, RunStatus};

use super::masking::{filled_in, masked_values};
use super::runs::{outputs, queue};
use super::trials::start_values;
use super::{Caller, Right};
use crate::error::{from_store, internal, invalid};
use crate::work::plans::Compiled;
use crate::work::{runner, start};

/// A run with what it did.
struct Earlier {
    record: RunRecord,
    compiled: Arc<Compiled>,
    again: Option<Again>,
}

pub(super) async fn plan(caller: &Caller, id: RunId) -> Result<AgainPlan, ApiError> {
    caller.need(Right::Read)?;
    let earlier = read(caller, &id).await?;
    let row = &earlier.record.row;
    let current = current(caller, row).await?;
    let changed = match (&earlier.again, &current) {
        (Some(again), Some((_, newer))) => {
            changed(again, &earlier.compiled.document, &newer.document)
        }
        _ => None,
    };
    let inputs = match (row.is_private, earlier.compiled.document.steps.first()) {
        (false, Some(first)) => Some(masked_values(start_values(first, &earlier.record.input)?)),
        _ => None,
    };
    let why_not = why_not(&earlier);
    Ok(AgainPlan {
        inputs,
        version: row.version.max(0),
        current: current.map(|(number, _)| number),
        from_card: earlier
            .again
            .as_ref()
            .filter(|_| why_not.is_none())
            .map(from_card),
        why_not,
        changed,
    })
}

fn from_card(again: &Again) -> FromCard {
    FromCard {
        step: again.stand.step.clone(),
        finished: again.finished,
        kept: again.kept,
        repeated: if again.stand.has_helpers {
            again.repeated
        } else {
            0
        },
        is_unsure: again.stand.is_unsure,
        is_open: again.stand.is_open,
    }
}

/// Says why a run cannot go on where it ended; nothing where it can.
fn why_not(earlier: &Earlier) -> Option<String> {
    let row = &earlier.record.row;
    let text = match row.status {
        RunStatus::Failed | RunStatus::Canceled if row.is_private => {
            "The flow saves no data, so what finished cannot be taken over. Run it from the start."
        }
        RunStatus::Failed | RunStatus::Canceled if earlier.again.is_none() => {
            "The history names no card where the run ended. Run it from the start."
        }
        RunStatus::Failed | RunStatus::Canceled => return None,
        RunStatus::OutcomeUnknown => {
            "The run waits for a decision. Say what became of its call; then it goes on by itself."
        }
        RunStatus::Queued | RunStatus::Running | RunStatus::Waiting => "The run is not over.",
        RunStatus::Succeeded | RunStatus::Stopped => {
            "The run came to its end. Run it from the start."
        }
    };
    Some(text.to_owned())
}

async fn read(caller: &Caller, id: &RunId) -> Result<Earlier, ApiError> {
    let server = &caller.server;
    let record = runs::get(&server.store, id).await.map_err(from_store)?;
    let compiled = server
        .plans
        .get(&server.store, &record.row.flow, record.row.version)
        .await
        .map_err(from_store)?;
    let can = !record.row.is_private
        && matches!(record.row.status, RunStatus::Failed | RunStatus::Canceled);
    let again = if can {
        let (entries, _) = runner::history(server, &record.row)
            .await
            .map_err(|error| internal(&error))?;
        let done = done(caller, id).await?;
        Again::of(&compiled.plan, &entries, id, &done)
    } else {
        None
    };
    Ok(Earlier {
        record,
        compiled,
        again,
    })
}

async fn done(caller: &Caller, id: &RunId) -> Result<HashSet<RunId>, ApiError> {
    runs::ended_well(&caller.server.store, id)
        .await
        .map_err(from_store)
}

/// Returns the version that a run from now on has: the one that is on, else the newest. A helper run, like any other.
async fn current(
    caller: &Caller,
    row: &runs::RunRow,
) -> Result<Option<(i64, Arc<Compiled>)>, ApiError> {
    let server = &caller.server;
    let on = server
        .active
        .find(&server.store, &row.flow)
        .await
        .map_err(from_store)?;
    let number = match on {
        Some(trigger) => Some(trigger.version),
        None => super::versions::newest_version(caller, &row.flow).await?,
    };
    let Some(number) = number else {
        return Ok(None);
    };
    let compiled = server.plans.get(&server.store, &row.flow, number).await;
    Ok(Some((number, compiled.map_err(from_store)?)))
}

/// Says what stands against going on with another version.
fn changed(again: &Again, old: &Flow, new: &Flow) -> Option<Changed> {
    let change = again.clone().onto(old, new).err()?;
    let (how, step) = match change {
        Change::Changed(step) => (HowChanged::Changed, step),
        Change::Removed(step) => (HowChanged::Removed, step),
        Change::Added(step) => (HowChanged::Added, step),
    };
    let title = title(old, &step)
        .or_else(|| title(new, &step))
        .unwrap_or_default();
    Some(Changed { how, step, title })
}

fn title(flow: &Flow, id: &StepId) -> Option<String> {
    let step = flow.step(id)?;
    Some(step.title.clone().unwrap_or_else(|| {
        let spec = cards::catalogue(cards::Language::En).card(&step.card);
        spec.map_or_else(|| step.card.to_string(), |spec| spec.name.clone())
    }))
}

pub(super) async fn start(caller: &Caller, request: api::Again) -> Result<RunId, ApiError> {
    let person = caller.need(Right::Run)?.id.clone();
    let earlier = read(caller, &request.id).await?;
    let row = &earlier.record.row;
    let flow = flows::get(&caller.server.store, &row.flow)
        .await
        .map_err(from_store)?;
    let (version, compiled) = match request.version {
        AgainVersion::Same => (row.version, Arc::clone(&earlier.compiled)),
        AgainVersion::Current => current(caller, row)
            .await?
            .ok_or_else(|| conflict("The flow has no version yet. Save one first."))?,
    };
    let (input, entries) = match request.from {
        AgainFrom::Start => (
            from_start(&earlier, &compiled.document, &request)?,
            Vec::new(),
        ),
        AgainFrom::Card => {
            let input = start::decode(&earlier.record.input).map_err(|error| internal(&error))?;
            (input, from_end(&earlier, &compiled, &request)?)
        }
    };
    let mut input = input;
    input.retain(|(key, _)| !key.is("context", "execution_id"));
    let run = start::queued_by_hand(&flow.row, version, &compiled.document, &input);
    let mut run = start::by(run, person);
    run.row.again_of = Some(request.id.clone());
    run.row.subject.clone_from(&row.subject);
    run.row.trial = row.trial.filter(|_| version < 0);
    let id = run.row.id.clone();
    queue(caller, run, &entries).await?;
    let what = json!({ "of": request.id, "from": request.from, "version": request.version });
    caller
        .audit("run.again", "run", id.as_str(), None, Some(what))
        .await?;
    Ok(id)
}

fn from_start(
    earlier: &Earlier,
    document: &Flow,
    request: &api::Again,
) -> Result<flow::Outputs, ApiError> {
    if let Some(inputs) = &request.inputs {
        let Some(first) = document.steps.first() else {
            return Ok(flow::Outputs::new());
        };
        let of_then = match earlier.record.row.is_private {
            true => Map::new(),
            false => start_values(first, &earlier.record.input)?,
        };
        return outputs(first, &filled_in(inputs.clone(), &of_then)?);
    }
    if earlier.record.row.is_private {
        return Err(conflict(
            "The data with which the run started was not kept. Give the inputs, then run it again.",
        ));
    }
    start::decode(&earlier.record.input).map_err(|error| internal(&error))
}

/// Returns the entries that the new run takes over.
fn from_end(
    earlier: &Earlier,
    onto: &Compiled,
    request: &api::Again,
) -> Result<Vec<Entry>, ApiError> {
    if request.inputs.is_some() {
        return Err(invalid(
            "Other inputs go with a run from the start: what finished rests on those of then. Leave them out.",
        ));
    }
    if let Some(text) = why_not(earlier) {
        return Err(conflict(text));
    }
    let again = (earlier.again.clone()).ok_or_else(|| conflict("The run cannot go on there."))?;
    if again.stand.is_unsure && !request.repeat_unsure {
        return Err(conflict(
            "The call may have taken effect although it was reported as failed. Look it up at the service; \
             to make it all the same, say so with `repeat_unsure`.",
        ));
    }
    let again = match request.version {
        AgainVersion::Same => again,
        AgainVersion::Current if again.stand.is_open => {
            return Err(conflict(
                "The call of the last card was never answered. Go on with the version of the run, which asks what became of it.",
            ));
        }
        AgainVersion::Current => {
            let (old, new) = (&earlier.compiled.document, &onto.document);
            if let Some(changed) = changed(&again, old, new) {
                return Err(conflict(refusal(&changed)));
            }
            again
                .onto(old, new)
                .map_err(|_| conflict("The flow was changed."))?
        }
    };
    if !onto.plan.knows(&again.entries) {
        return Err(conflict(
            "The flow was changed where the run ended. Run it from the start.",
        ));
    }
    Ok(again.entries)
}

fn refusal(changed: &Changed) -> String {
    let title = &changed.title;
    let what = match changed.how {
        HowChanged::Changed => format!("«{title}» was changed since"),
        HowChanged::Removed => format!("«{title}» was removed or moved since"),
        HowChanged::Added => format!("«{title}» was added since"),
    };
    format!(
        "{what}, and the run is past that place. Run it from the start, or with the version of then."
    )
}

fn conflict(text: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::Conflict, text)
}
