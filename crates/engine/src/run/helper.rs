//! Call Flow and Call Flow Async, and what every call of a helper flow has in common.

use flow::{CardError, FieldKey, FlowId, Outputs, RetryHint, RunId, Value, coerce};

use super::record::measured;
use super::{Fault, Running};
use crate::child_id::child_run_id;
use crate::host::ChildCall;
use crate::journal::{Event, Path};
use crate::plan::{Field, PlanStep, resolve};

impl<'r> Running<'r> {
    pub(super) async fn call_flow(&mut self, step: &'r PlanStep) -> Result<(), Fault> {
        if self.replayed(step)? {
            return Ok(());
        }
        let begun = self.host.now();
        let flow = self.helper(step)?;
        let inputs = self.call_inputs(step)?;
        self.started(step);
        let returned = self.child_at(step, &step.path, &flow, inputs, true).await?;
        let outputs = measured(returned_values(step, &returned)?)?;
        self.finished(step, begun, outputs, Vec::new());
        Ok(())
    }

    pub(super) async fn call_flow_async(&mut self, step: &'r PlanStep) -> Result<(), Fault> {
        if self.replayed(step)? {
            return Ok(());
        }
        let begun = self.host.now();
        let flow = self.helper(step)?;
        let inputs = self.call_inputs(step)?;
        self.started(step);
        self.child_at(step, &step.path, &flow, inputs, false)
            .await?;
        self.finished(step, begun, Outputs::new(), Vec::new());
        Ok(())
    }

    /// Returns the helper flow that the card names.
    pub(super) fn helper(&self, step: &PlanStep) -> Result<FlowId, CardError> {
        match self.value(step, "", "flo")? {
            Value::Text(id) if !id.is_empty() => Ok(FlowId::new(id)),
            _ => Err(no_helper()),
        }
    }

    /// Returns what a call hands over: the arguments, or in a flow without marked ones all inputs the user made.
    fn call_inputs(&self, step: &PlanStep) -> Result<Vec<(FieldKey, Value)>, CardError> {
        let has_args = step.inputs.iter().any(|field| field.is_arg);
        let handed_over = |field: &&Field| {
            if has_args {
                field.is_arg
            } else {
                field.is_custom && !field.key.is("", "flo")
            }
        };
        step.inputs
            .iter()
            .filter(handed_over)
            .map(|field| {
                let value = resolve(field, &self.slots, &Value::Null)?;
                Ok((field.key.clone(), value))
            })
            .collect()
    }

    /// Returns what tells the helper who called it.
    pub(super) fn caller(&self, step: &PlanStep) -> (FieldKey, Value) {
        let parent = Value::from_pairs([
            ("id", Value::from(self.plan.flow.as_str())),
            ("method", Value::from(step.id.as_str())),
            ("name", Value::from(self.plan.name.as_str())),
            ("execution_id", Value::from(self.run.as_str())),
        ]);
        (FieldKey::in_group("context", "parent"), parent)
    }

    /// Returns the id of a helper run: one of an earlier run where this run takes it over.
    pub(super) fn child_id(&self, step: &PlanStep, path: &Path, index: Option<usize>) -> RunId {
        let carried = (self.past.get(step.index).into_iter())
            .flat_map(|past| &past.carried)
            .find(|carried| carried.has(index));
        let parent = carried.map_or(&self.run, |carried| carried.from);
        child_run_id(parent, path.as_str(), index)
    }

    /// Runs one helper outside a loop. `path` tells apart what one card may start.
    pub(super) async fn child_at(
        &self,
        step: &PlanStep,
        path: &Path,
        flow: &FlowId,
        mut inputs: Vec<(FieldKey, Value)>,
        wait: bool,
    ) -> Result<Value, Fault> {
        inputs.push(self.caller(step));
        let run = self.child_id(step, path, None);
        let noted = |error| Event::Child {
            run: run.clone(),
            flow: flow.clone(),
            index: None,
            error,
        };
        self.record_now(step, noted(None));
        self.host.durable().await?;
        let call = ChildCall {
            run: run.clone(),
            flow: flow.clone(),
            inputs,
            index: None,
            wait,
        };
        let result = self.host.child(call).await.map_err(settled_in_the_helper);
        if let Err(error) = &result {
            self.record_now(step, noted(Some(error.clone())));
        }
        Ok(result?)
    }
}

/// Trying the card again would find the same failed run. The cards in the helper have their own error handling.
pub(super) fn settled_in_the_helper(error: CardError) -> CardError {
    match error.retry {
        RetryHint::OutcomeUnknown | RetryHint::No => error,
        RetryHint::RateLimited { .. } | RetryHint::Unavailable => CardError {
            retry: RetryHint::No,
            ..error
        },
    }
}

pub(super) fn no_helper() -> CardError {
    CardError::new(
        "helper.missing",
        "No helper flow is chosen. Choose one on the card.",
    )
}

/// Returns the outputs that the user made on the card, from the values that the helper returned under their names.
fn returned_values(step: &PlanStep, returned: &Value) -> Result<Outputs, CardError> {
    step.outputs
        .iter()
        .map(|(key, ty)| {
            let value = returned.at(&[&key.key]);
            let value = coerce(&value, None, ty).map_err(|reason| {
                CardError::new(
                    "helper.type",
                    format!(
                        "The helper flow returned a wrong “{key}”: {reason} Give the output the type of the field in the \
                         helper's Return."
                    ),
                )
            })?;
            Ok((key.clone(), value))
        })
        .collect()
}
