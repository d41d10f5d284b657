//! Pause and Pause Raw: the caller gets an answer, and the run waits until somebody calls its resume address.

use chrono::{DateTime, TimeDelta, Utc};
use flow::{CardError, Outputs, Value, coerce};

use super::ending::AnswerParts;
use super::error::object_of;
use super::record::measured;
use super::{Fault, Running};
use crate::host::HttpAnswer;
use crate::journal::Event;
use crate::plan::{Meaning, PlanStep, resolve};

/// Nobody waits longer than this for a resumption.
const LONGEST_DAYS: i64 = 30;

impl<'r> Running<'r> {
    pub(super) async fn pause(&mut self, step: &'r PlanStep) -> Result<(), Fault> {
        if self.replayed(step)? {
            return Ok(());
        }
        let begun = self.host.now();
        let known = self
            .past
            .get(step.index)
            .and_then(|past| DateTime::from_timestamp_millis(past.wait_ms?));
        // The caller of a replayed run is gone.
        let (until, answer) = match known {
            Some(until) => (until, None),
            None => (self.announce(step, begun)?, Some(self.pause_answer(step)?)),
        };
        self.host.durable().await?;
        let Some(given) = self.host.pause(&step.path, until, answer).await? else {
            return Err(CardError::new(
                "pause.too_long",
                format!("Nobody resumed the flow within {LONGEST_DAYS} days."),
            )
            .into());
        };
        let outputs = measured(resumed(step, &given)?)?;
        self.finished(step, begun, outputs, Vec::new());
        Ok(())
    }

    fn announce(&self, step: &PlanStep, begun: DateTime<Utc>) -> Result<DateTime<Utc>, CardError> {
        // What cannot be answered fails before anything is announced.
        self.pause_answer(step)?;
        let until = begun + TimeDelta::days(LONGEST_DAYS);
        let until_ms = until.timestamp_millis();
        self.record(step, begun, Event::Pause { until_ms });
        Ok(until)
    }

    /// Pause gives its inputs to the caller, with the id of the run and the address that resumes it; Pause Raw gives what
    /// its inputs say.
    fn pause_answer(&self, step: &PlanStep) -> Result<HttpAnswer, CardError> {
        if matches!(step.meaning, Meaning::PauseRaw) {
            return AnswerParts::read(self, step, "")?.answer();
        }
        let mut given = Outputs::with_capacity(step.inputs.len());
        for field in &step.inputs {
            let value = resolve(field, &self.slots, &Value::Null)?;
            given.push((field.key.clone(), value));
        }
        let mut body = object_of(&given).as_object().cloned().unwrap_or_default();
        body.insert("execution_id".into(), Value::from(self.run.as_str()));
        if let Some(url) = self.host.resume_url() {
            body.insert("resume_url".into(), Value::from(url));
        }
        Ok(HttpAnswer {
            status: 200,
            headers: Vec::new(),
            body: Value::object(body),
        })
    }
}

/// Returns the outputs that the user made on the card, from what came with the resumption.
fn resumed(step: &PlanStep, given: &Value) -> Result<Outputs, CardError> {
    step.outputs
        .iter()
        .map(|(key, ty)| {
            let value = coerce(&given.at(&[&key.key]), None, ty).map_err(|reason| {
                CardError::new(
                    "pause.type",
                    format!("The flow was resumed with a wrong value for “{key}”: {reason}"),
                )
            })?;
            Ok((key.clone(), value))
        })
        .collect()
}
