//! Cards that compute, and cards that call a service or the store.

use cards::{Repeat, Seed};
use chrono::{DateTime, Utc};
use flow::{Args, CardError, Outputs};

use super::record::{measured, micros};
use super::{Fault, Halt, Running};
use crate::host::{Call, CallTrace};
use crate::journal::{Event, SeedUsed};
use crate::plan::PlanStep;

impl<'r> Running<'r> {
    pub(super) fn pure(
        &mut self,
        step: &'r PlanStep,
        eval: fn(&Args) -> Result<Outputs, CardError>,
    ) -> Result<(), Fault> {
        if self.replayed(step)? {
            return Ok(());
        }
        let begun = self.host.now();
        let outputs = measured(eval(&self.args(step)?)?)?;
        self.computed(step, begun, outputs);
        Ok(())
    }

    pub(super) fn seeded(
        &mut self,
        step: &'r PlanStep,
        eval: fn(&Args, &Seed) -> Result<Outputs, CardError>,
    ) -> Result<(), Fault> {
        if self.replayed(step)? {
            return Ok(());
        }
        let seed = Seed {
            now: self.host.now(),
            random: self.host.random(),
        };
        let outputs = measured(eval(&self.args(step)?, &seed)?)?;
        let outputs = self.keep(step, outputs);
        let event = Event::Computed {
            outputs,
            seed: Some(SeedUsed {
                now_ms: seed.now.timestamp_millis(),
                random: seed.random,
            }),
            took_us: micros(seed.now, self.host.now()),
        };
        self.record(step, seed.now, event);
        Ok(())
    }

    /// Makes one outside call. A call that must not be repeated is announced first; when the history has the
    /// announcement and no answer, nobody knows whether it took effect, and the run stops.
    pub(super) async fn call(
        &mut self,
        step: &'r PlanStep,
        repeat: Repeat,
        attempt: u32,
    ) -> Result<(), Fault> {
        if self.replayed(step)? {
            return Ok(());
        }
        let announced = self
            .past
            .get_mut(step.index)
            .is_some_and(|past| std::mem::take(&mut past.intent));
        let args = self.args(step)?;
        // Cards whose method is chosen on the card know only now whether their call may be repeated.
        let repeat = cards::repeat_of(&step.card, &args).unwrap_or(repeat);
        self.repeat = repeat;
        if announced && repeat == Repeat::Never {
            return Err(Halt::Unknown { step: step.index }.into());
        }
        let begun = self.host.now();
        match repeat {
            Repeat::Never => self.record(step, begun, Event::Intent),
            Repeat::Safe => self.record(step, begun, Event::Started),
        }
        self.host.durable().await?;
        let call = self.call_of(step, args, attempt);
        let answer = self.host.call(call).await?;
        self.finished(step, begun, measured(answer.outputs)?, answer.trace);
        Ok(())
    }

    pub(super) fn call_of(&self, step: &PlanStep, args: Args, attempt: u32) -> Call {
        Call {
            step: step.id.clone(),
            path: step.path.clone(),
            card: step.card.clone(),
            connection: step.connection.clone(),
            args,
            attempt,
            cursor: None,
        }
    }

    /// Ends a card that was started.
    pub(super) fn finished(
        &mut self,
        step: &PlanStep,
        begun: DateTime<Utc>,
        outputs: Outputs,
        calls: Vec<CallTrace>,
    ) {
        let outputs = self.keep(step, outputs);
        let now = self.host.now();
        let event = Event::Finished {
            outputs,
            calls,
            took_us: micros(begun, now),
        };
        self.record(step, now, event);
    }
}
