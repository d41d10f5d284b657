//! What every kind of card needs: inputs out of the slots, outputs into them, entries into the journal.

use chrono::{DateTime, Utc};

use flow::{Arg, Args, CardError, Outputs, Oversized, Value};

use super::{Fault, Running};
use crate::journal::{Entry, Event, Settled};
use crate::plan::{PlanStep, resolve};

impl<'r> Running<'r> {
    /// Returns how the card ended in the history, once.
    pub(super) fn take_settled(&mut self, step: &PlanStep) -> Option<Settled<'r>> {
        self.past.get_mut(step.index)?.settled.take()
    }

    /// Takes over the outputs of a card that finished in the history. Returns whether it did.
    pub(super) fn replayed(&mut self, step: &PlanStep) -> Result<bool, Fault> {
        match self.take_settled(step) {
            Some(Settled::Finished(outputs)) => {
                self.fill(step, outputs);
                Ok(true)
            }
            Some(Settled::Failed(error)) => Err(Fault::Replayed(error.clone())),
            None => Ok(false),
        }
    }

    /// Tells whether the card began in the history.
    pub(super) fn was_started(&self, step: &PlanStep) -> bool {
        self.past.get(step.index).is_some_and(|past| past.started)
    }

    pub(super) fn fill(&mut self, step: &PlanStep, outputs: &Outputs) {
        for (key, value) in outputs {
            if let Some(slot) = step
                .output(key)
                .and_then(|place| self.slots.get_mut(step.slot + place))
            {
                *slot = value.clone();
            }
        }
    }

    /// Drops the outputs that the flow does not want and puts the others into their slots.
    pub(super) fn keep(&mut self, step: &PlanStep, mut outputs: Outputs) -> Outputs {
        outputs.retain(|(key, _)| step.output(key).is_some());
        self.fill(step, &outputs);
        outputs
    }

    pub(super) fn value(
        &self,
        step: &PlanStep,
        group: &str,
        key: &str,
    ) -> Result<Value, CardError> {
        match step.input(group, key) {
            Some(field) => resolve(field, &self.slots, &Value::Null),
            None => Ok(Value::Null),
        }
    }

    pub(super) fn args(&self, step: &PlanStep) -> Result<Args, CardError> {
        let mut inputs = Vec::with_capacity(step.inputs.len());
        for field in step.inputs.iter().filter(|field| !field.is_arg) {
            inputs.push(Arg {
                key: field.key.clone(),
                value: resolve(field, &self.slots, &Value::Null)?,
                custom: field.is_custom,
            });
        }
        Ok(Args {
            inputs,
            wanted: step.outputs.clone(),
        })
    }

    pub(super) fn record(&self, step: &PlanStep, at: DateTime<Utc>, event: Event) {
        self.host.record(Entry {
            at_ms: at.timestamp_millis(),
            path: step.path.clone(),
            private: self.plan.is_private,
            event,
        });
    }

    pub(super) fn record_now(&self, step: &PlanStep, event: Event) {
        self.record(step, self.host.now(), event);
    }

    /// Notes that a card that takes its time began, unless the history says so.
    pub(super) fn started(&self, step: &PlanStep) {
        if !self.was_started(step) {
            self.record_now(step, Event::Started);
        }
    }

    /// Ends a card that began and finished at once.
    pub(super) fn computed(&mut self, step: &PlanStep, begun: DateTime<Utc>, outputs: Outputs) {
        let outputs = self.keep(step, outputs);
        let took_us = micros(begun, self.host.now());
        self.record(
            step,
            begun,
            Event::Computed {
                outputs,
                seed: None,
                took_us,
            },
        );
    }

    pub(super) fn failed(&self, step: &PlanStep, begun: DateTime<Utc>, error: &CardError) {
        let now = self.host.now();
        let event = Event::Failed {
            error: error.clone(),
            took_us: micros(begun, now),
        };
        self.record(step, now, event);
    }
}

/// Refuses outputs that are too deep or too large to be kept.
pub(super) fn measured(outputs: Outputs) -> Result<Outputs, CardError> {
    for (key, value) in &outputs {
        value.check_size().map_err(|error| {
            let code = match error {
                Oversized::Deep => "value.too_deep",
                Oversized::Large => "value.too_large",
            };
            CardError::new(code, format!("The output “{key}” cannot be kept. {error}"))
        })?;
    }
    Ok(outputs)
}

/// Returns the microseconds between two points in time.
pub(super) fn micros(from: DateTime<Utc>, to: DateTime<Utc>) -> u64 {
    (to - from)
        .num_microseconds()
        .and_then(|micros| u64::try_from(micros).ok())
        .unwrap_or_default()
}
