//! What happens when a card fails: try again, then halt, return values or run another flow.

use chrono::{DateTime, TimeDelta, Utc};
use flow::{CardError, FieldKey, FlowId, RetryHint, Then, Value};

use super::{Fault, Halt, Left, Running, Turn};
use crate::journal::{Event, Path};
use crate::plan::{Meaning, PlanStep, resolve};

/// Okta's delay before the first retry, for a policy that names none.
const DEFAULT_DELAY_MS: u64 = 300_000;
/// No retry waits longer than a day.
const LONGEST_DELAY_MS: u64 = 86_400_000;

impl<'r> Running<'r> {
    /// Runs one card, as often as its error handling says.
    pub(super) async fn step(&mut self, step: &'r PlanStep) -> Result<Turn, Halt> {
        let mut attempt = self.resume_retry(step).await;
        loop {
            let begun = self.host.now();
            let fault = match self.attempt(step, attempt).await {
                Ok(turn) => return Ok(turn),
                Err(fault) => fault,
            };
            let error = self.settle(step, fault, begun)?;
            if !may_retry(step, self.repeat, &error, attempt) {
                return self.give_up(step, error).await;
            }
            attempt += 1;
            self.wait_for_retry(step, &error, attempt).await?;
        }
    }

    /// Writes down why an attempt failed, unless the history has it or it is more than the failure of a card.
    pub(super) fn settle(
        &mut self,
        step: &PlanStep,
        fault: Fault,
        begun: DateTime<Utc>,
    ) -> Result<CardError, Halt> {
        match fault {
            Fault::Halt(halt) => Err(halt),
            Fault::Replayed(error) => Ok(error),
            Fault::Card(error) if is_unclear(step, &error) => {
                self.record_now(step, Event::Unclear { error });
                Err(Halt::Unknown { step: step.index })
            }
            Fault::Card(error) => {
                self.failed(step, begun, &error);
                Ok(error)
            }
        }
    }

    /// Waits where the history left a card between two attempts. Returns the attempt that is due.
    async fn resume_retry(&mut self, step: &PlanStep) -> u32 {
        let Some(past) = self.past.get_mut(step.index) else {
            return 0;
        };
        let attempt = past.attempt;
        let until = past
            .retry_ms
            .filter(|_| past.settled.is_none() && !past.intent);
        if let Some(until) = until.and_then(DateTime::from_timestamp_millis) {
            self.host.sleep_until(until).await;
        }
        attempt
    }

    async fn wait_for_retry(
        &mut self,
        step: &PlanStep,
        error: &CardError,
        attempt: u32,
    ) -> Result<(), Halt> {
        let now = self.host.now();
        let mut until = now + delay(step, attempt);
        if let RetryHint::RateLimited {
            reset_at_ms: Some(reset),
        } = error.retry
            && let Some(reset) = DateTime::from_timestamp_millis(reset)
        {
            until = until.max(reset.min(now + milliseconds(LONGEST_DELAY_MS)));
        }
        let until_ms = until.timestamp_millis();
        self.record(step, now, Event::Retry { until_ms, attempt });
        self.host.durable().await?;
        self.host.sleep_until(until).await;
        Ok(())
    }

    /// Does what the card's error handling says when retries are used up.
    pub(super) async fn give_up(
        &mut self,
        step: &'r PlanStep,
        error: CardError,
    ) -> Result<Turn, Halt> {
        match &step.on_error.then {
            Then::Halt => {}
            Then::ReturnValues if step.is_flow_wide => {
                let error = self.error_object(step, &error);
                return Ok(Turn::End(Left {
                    returned: Value::from_pairs([("error", error)]),
                    is_quiet: false,
                }));
            }
            Then::ReturnValues => {
                if let Ok(values) = self.extras(step) {
                    return Ok(Turn::Leave(Left {
                        returned: object_of(&values),
                        is_quiet: false,
                    }));
                }
            }
            Then::RunFlow { flow } => self.run_error_flow(step, flow, &error).await?,
        }
        let step_index = step.index;
        if matches!(step.meaning, Meaning::Throw | Meaning::ThrowIf) {
            return Err(Halt::Thrown {
                step: step_index,
                error,
            });
        }
        Err(Halt::Failed {
            step: step_index,
            error,
        })
    }

    async fn run_error_flow(
        &mut self,
        step: &'r PlanStep,
        flow: &FlowId,
        error: &CardError,
    ) -> Result<(), Halt> {
        let mut inputs = self.extras(step).unwrap_or_default();
        inputs.push((
            FieldKey::in_group("context", "error"),
            self.error_object(step, error),
        ));
        let path = Path::new(format!("{}#error", step.path));
        match self.child_at(step, &path, flow, inputs, true).await {
            Err(Fault::Halt(halt)) => Err(halt),
            // A failing error flow is in the history; the card's own error is what the run ends with.
            Ok(_) | Err(Fault::Card(_) | Fault::Replayed(_)) => Ok(()),
        }
    }

    /// Returns the card's extra inputs: those the user made beside its own, for the caller or the error flow.
    fn extras(&self, step: &PlanStep) -> Result<Vec<(FieldKey, Value)>, CardError> {
        step.inputs
            .iter()
            .filter(|field| !field.is_arg && field.key.group.is_none())
            .filter(|field| field.is_custom || field.key.key == "message")
            .map(|field| {
                let value = resolve(field, &self.slots, &Value::Null)?;
                Ok((field.key.clone(), value))
            })
            .collect()
    }

    /// Returns the error as the cards of an error lane and an error flow see it.
    pub(super) fn error_object(&self, step: &PlanStep, error: &CardError) -> Value {
        let code = match error.status {
            Some(status) => Value::from(i64::from(status)),
            None => Value::from(error.code.as_str()),
        };
        let named = |id: &str, name: &str| {
            Value::from_pairs([("id", Value::from(id)), ("name", Value::from(name))])
        };
        Value::from_pairs([
            ("message", Value::from(error.message.as_str())),
            ("code", code),
            ("method", named(step.id.as_str(), &step.title)),
            ("flow", Value::from(self.plan.flow.as_str())),
            ("flo", named(self.plan.flow.as_str(), &self.plan.name)),
            ("execution", Value::from(self.run.as_str())),
            ("body", error.detail.clone()),
        ])
    }
}

/// Returns fields as an object, keyed without their groups.
pub(super) fn object_of(fields: &[(FieldKey, Value)]) -> Value {
    Value::from_pairs(
        fields
            .iter()
            .map(|(key, value)| (key.key.as_str(), value.clone())),
    )
}

/// A call that must not be repeated and a helper run pass "outcome unknown" on; any other card just failed.
fn is_unclear(step: &PlanStep, error: &CardError) -> bool {
    error.retry == RetryHint::OutcomeUnknown
        && !matches!(
            step.meaning,
            Meaning::Call(cards::Repeat::Safe) | Meaning::Pure(_) | Meaning::Seeded(_)
        )
}

fn may_retry(step: &PlanStep, repeat: cards::Repeat, error: &CardError, attempt: u32) -> bool {
    let Some(policy) = &step.on_error.retry else {
        return false;
    };
    if attempt >= policy.times {
        return false;
    }
    match error.retry {
        RetryHint::RateLimited { .. } => true,
        // The call may have taken effect before the service failed.
        RetryHint::Unavailable => {
            let is_safe =
                !matches!(step.meaning, Meaning::Call(_)) || repeat == cards::Repeat::Safe;
            !policy.only_rate_limits && is_safe
        }
        RetryHint::OutcomeUnknown => !policy.only_rate_limits,
        RetryHint::No => false,
    }
}

fn delay(step: &PlanStep, attempt: u32) -> TimeDelta {
    let delays = step
        .on_error
        .retry
        .as_ref()
        .map_or(&[][..], |policy| &policy.delays_ms);
    let place = usize::try_from(attempt.saturating_sub(1)).unwrap_or(usize::MAX);
    let delay = delays
        .get(place)
        .or(delays.last())
        .copied()
        .unwrap_or(DEFAULT_DELAY_MS);
    milliseconds(delay.min(LONGEST_DELAY_MS))
}

fn milliseconds(count: u64) -> TimeDelta {
    TimeDelta::milliseconds(i64::try_from(count).unwrap_or(i64::MAX / 1_000_000))
}
