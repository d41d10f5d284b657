//! Wait For and Wait Until.

use chrono::{DateTime, TimeDelta, Utc};
use flow::{CardError, Outputs, Value};

use super::{Fault, Running};
use crate::journal::Event;
use crate::plan::{Meaning, PlanStep};

const DAY_SECONDS: f64 = 86_400.0;
/// The longest wait, in seconds.
const LONGEST: f64 = 30.0 * DAY_SECONDS;

impl<'r> Running<'r> {
    pub(super) async fn wait(&mut self, step: &'r PlanStep) -> Result<(), Fault> {
        if self.replayed(step)? {
            return Ok(());
        }
        let begun = self.host.now();
        let known = self
            .past
            .get(step.index)
            .and_then(|past| DateTime::from_timestamp_millis(past.wait_ms?));
        let until = match known {
            Some(until) => until,
            None => {
                let until = self.waits_until(step, begun)?;
                let until_ms = until.timestamp_millis();
                self.record(step, begun, Event::Wait { until_ms });
                until
            }
        };
        self.host.durable().await?;
        self.host.sleep_until(until).await;
        self.finished(step, begun, Outputs::new(), Vec::new());
        Ok(())
    }

    fn waits_until(&self, step: &PlanStep, now: DateTime<Utc>) -> Result<DateTime<Utc>, CardError> {
        if matches!(step.meaning, Meaning::WaitUntil) {
            let Value::Date(date) = self.value(step, "", "date")? else {
                return Err(CardError::new(
                    "wait.no_date",
                    "There is no date to wait for. Fill the field “date & time”.",
                ));
            };
            if (date - now).num_seconds() > LONGEST as i64 {
                return Err(too_long());
            }
            return Ok(date);
        }
        let delay = self.value(step, "", "delay")?;
        let unit = self.value(step, "", "unit")?.to_text();
        let seconds = delay.as_number().map_or(0.0, |number| number.as_f64()) * seconds_of(&unit)?;
        if seconds > LONGEST {
            return Err(too_long());
        }
        #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
        let millis = (seconds.max(1.0) * 1000.0) as i64;
        Ok(now + TimeDelta::milliseconds(millis))
    }
}

fn seconds_of(unit: &str) -> Result<f64, CardError> {
    Ok(
        match unit.trim().to_ascii_lowercase().trim_end_matches('s') {
            "second" | "" => 1.0,
            "minute" => 60.0,
            "hour" => 3_600.0,
            "day" => DAY_SECONDS,
            "week" => 7.0 * DAY_SECONDS,
            "month" => 30.0 * DAY_SECONDS,
            "year" => 365.0 * DAY_SECONDS,
            other => {
                return Err(CardError::new(
                    "wait.unit",
                    format!("“{other}” is not a unit of time. Use second, minute, hour or day."),
                ));
            }
        },
    )
}

fn too_long() -> CardError {
    CardError::new(
        "wait.too_long",
        "A flow can wait 30 days at most. Use a scheduled flow for what lies further ahead.",
    )
}
