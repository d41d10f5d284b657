//! Cards that end something: Continue If, Return, Return Raw, Return Error, Close.
//!
//! They are worked out again on replay, from outputs that are in the history, and written once.

use flow::{CardError, FieldKey, Outputs, Value};

use super::record::measured;
use super::{Fault, Left, Running, Turn};
use crate::host::HttpAnswer;
use crate::plan::{PlanStep, resolve};

impl<'r> Running<'r> {
    pub(super) fn continue_if(&mut self, step: &'r PlanStep) -> Result<Turn, Fault> {
        let is_known = self.replayed(step)?;
        let begun = self.host.now();
        let holds = self.condition_of(step)?;
        let message = self.value(step, "otherwise", "message")?;
        if !is_known {
            let mut outputs = Outputs::new();
            if !holds {
                outputs.push((FieldKey::plain("message"), message.clone()));
            }
            self.computed(step, begun, outputs);
        }
        if holds {
            return Ok(Turn::On);
        }
        let message = (!message.is_null()).then_some(("message", message));
        Ok(Turn::Leave(Left {
            returned: Value::from_pairs(message),
            is_quiet: true,
        }))
    }

    pub(super) fn give_back(&mut self, step: &'r PlanStep) -> Result<Turn, Fault> {
        let is_known = self.replayed(step)?;
        let begun = self.host.now();
        let mut outputs = Outputs::with_capacity(step.inputs.len());
        for field in &step.inputs {
            outputs.push((
                field.key.clone(),
                resolve(field, &self.slots, &Value::Null)?,
            ));
        }
        let outputs = measured(outputs)?;
        let returned = super::error::object_of(&outputs);
        if !is_known {
            self.computed(step, begun, outputs);
        }
        Ok(Turn::Leave(Left {
            returned,
            is_quiet: false,
        }))
    }

    pub(super) fn give_back_raw(&mut self, step: &'r PlanStep) -> Result<Turn, Fault> {
        let is_known = self.replayed(step)?;
        let begun = self.host.now();
        let parts = AnswerParts::read(self, step, "")?;
        let returned = parts.object();
        self.answer = Some(parts.answer()?);
        if !is_known {
            let outputs = parts.outputs();
            self.computed(step, begun, outputs);
        }
        Ok(Turn::End(Left {
            returned,
            is_quiet: false,
        }))
    }

    /// Close answers the caller now, once what it rests on is on disk. The caller of a replayed run is gone.
    pub(super) async fn close(&mut self, step: &'r PlanStep) -> Result<(), Fault> {
        if self.replayed(step)? {
            return Ok(());
        }
        let begun = self.host.now();
        let answer = AnswerParts::read(self, step, "Response")?.answer()?;
        self.host.durable().await?;
        self.host.reply(answer);
        self.computed(step, begun, Outputs::new());
        Ok(())
    }

    pub(super) fn throw(&mut self, step: &'r PlanStep) -> Result<Turn, Fault> {
        self.replayed(step)?;
        Err(self.thrown(step)?.into())
    }

    pub(super) fn throw_if(&mut self, step: &'r PlanStep) -> Result<Turn, Fault> {
        if self.replayed(step)? {
            return Ok(Turn::On);
        }
        let begun = self.host.now();
        if self.condition_of(step)? {
            return Err(self.thrown(step)?.into());
        }
        self.computed(step, begun, Outputs::new());
        Ok(Turn::On)
    }

    fn thrown(&self, step: &PlanStep) -> Result<CardError, CardError> {
        let status = self.value(step, "", "statusCode")?;
        let message = self.value(step, "", "message")?.to_text();
        let message = if message.is_empty() {
            "The flow was ended with an error.".to_owned()
        } else {
            message
        };
        Ok(CardError {
            status: Some(status_of(&status).unwrap_or(500)),
            ..CardError::new("flow.returned_error", message)
        })
    }
}

/// The inputs of Return Raw and Close.
pub(super) struct AnswerParts {
    status: Value,
    headers: Value,
    body: Value,
}

impl AnswerParts {
    pub(super) fn read(run: &Running<'_>, step: &PlanStep, group: &str) -> Result<Self, CardError> {
        Ok(Self {
            status: run.value(step, group, "statusCode")?,
            headers: run.value(step, group, "headers")?,
            body: run.value(step, group, "body")?,
        })
    }

    pub(super) fn answer(&self) -> Result<HttpAnswer, CardError> {
        let status = match status_of(&self.status) {
            None => 200,
            Some(status @ (200..=299 | 400..=599)) => status,
            Some(other) => {
                return Err(CardError::new(
                    "http.status",
                    format!(
                        "{other} cannot be the status of an answer. Use 200 to 299 or 400 to 599."
                    ),
                ));
            }
        };
        let headers = self.headers.as_object().into_iter().flatten();
        Ok(HttpAnswer {
            status,
            headers: headers
                .map(|(name, value)| (name.to_string(), value.to_text()))
                .collect(),
            body: self.body.clone(),
        })
    }

    fn object(&self) -> Value {
        super::error::object_of(&self.outputs())
    }

    fn outputs(&self) -> Outputs {
        vec![
            (FieldKey::plain("statusCode"), self.status.clone()),
            (FieldKey::plain("headers"), self.headers.clone()),
            (FieldKey::plain("body"), self.body.clone()),
        ]
    }
}

/// Returns the status that was given; 0 is what the designer writes where none was.
fn status_of(value: &Value) -> Option<u16> {
    let status = value.as_number()?.as_i64()?;
    u16::try_from(status).ok().filter(|status| *status > 0)
}
