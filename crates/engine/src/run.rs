//! Running a plan: card after card, each outcome into the journal.

use futures::future::BoxFuture;

use flow::{CardError, FieldKey, Outputs, RunId, StepId, Value, coerce};

use crate::host::{EngineError, Host, HttpAnswer, Start};
use crate::journal::{self, Entry, Event, Outcome, Past, Path, Settled};
use crate::plan::{Meaning, Plan, PlanStep};

mod branch;
mod call;
mod ending;
mod error;
mod helper;
mod loops;
mod pause;
mod record;
mod stream;
mod trial;
mod wait;

/// Runs a flow to its end, or resumes a run: what `history` holds is replayed, and no card that finished runs again.
///
/// The outcome is in the journal and on disk when this returns. An [`EngineError`] leaves the run unfinished; another
/// call with the longer history goes on.
pub async fn run(
    plan: &Plan,
    start: Start,
    history: &[Entry],
    host: &dyn Host,
) -> Result<Outcome, EngineError> {
    if let Some(outcome) = journal::ended(history) {
        return Ok(outcome.clone());
    }
    let mut run = Running {
        plan,
        host,
        run: start.run,
        is_item: (start.outputs.iter())
            .any(|(key, value)| key.is("context", "index") && !value.is_null()),
        slots: vec![Value::Null; plan.slots],
        past: journal::read(plan, history)?,
        repeat: cards::Repeat::Safe,
        answer: None,
    };
    let ending = match run.begin(start.outputs) {
        Ok(()) => run.row(&plan.row).await,
        Err(halt) => Err(halt),
    };
    run.end(ending).await
}

/// One run under way.
struct Running<'r> {
    plan: &'r Plan,
    host: &'r dyn Host,
    run: RunId,
    /// It was started for one item of a loop.
    is_item: bool,
    /// The outputs of all cards that ran.
    slots: Vec<Value>,
    /// What the journal knew, by card; empty for a new run. Used up as the replay passes.
    past: Vec<Past<'r>>,
    /// Whether the call that was made last may be made again.
    repeat: cards::Repeat,
    /// What Return Raw wants the caller to get.
    answer: Option<HttpAnswer>,
}

/// What comes after a card.
#[derive(Debug)]
enum Turn {
    /// The next card.
    On,
    /// The end of the row that stands for a flow of its own: a lane of If/ElseIf or If Error, else the flow.
    Leave(Left),
    /// The end of the flow, from wherever.
    End(Left),
}

/// How a row was left before its end.
#[derive(Debug)]
struct Left {
    /// What was returned, as an object.
    returned: Value,
    /// By a Continue If.
    is_quiet: bool,
}

/// Why the run cannot go on.
#[derive(Debug)]
enum Halt {
    /// A card failed. If Error catches it.
    Failed {
        step: usize,
        error: CardError,
    },
    /// A Return Error: nothing catches it.
    Thrown {
        step: usize,
        error: CardError,
    },
    /// It is not known whether a call took effect.
    Unknown {
        step: usize,
    },
    Engine(EngineError),
}

/// Why one attempt at a card did not succeed.
#[derive(Debug)]
enum Fault {
    Card(CardError),
    /// The card failed in the history.
    Replayed(CardError),
    Halt(Halt),
}

impl From<CardError> for Fault {
    fn from(error: CardError) -> Self {
        Self::Card(error)
    }
}

impl From<Halt> for Fault {
    fn from(halt: Halt) -> Self {
        Self::Halt(halt)
    }
}

impl From<EngineError> for Fault {
    fn from(error: EngineError) -> Self {
        Self::Halt(Halt::Engine(error))
    }
}

impl From<EngineError> for Halt {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

impl<'r> Running<'r> {
    /// Fills the outputs of the starting card, from the history where it has them.
    fn begin(&mut self, given: Outputs) -> Result<(), Halt> {
        let plan = self.plan;
        let Some(first) = plan.steps.first() else {
            return Ok(());
        };
        match self.take_settled(first) {
            Some(Settled::Finished(outputs)) => self.fill(first, outputs),
            Some(Settled::Failed(error)) => {
                return Err(Halt::Failed {
                    step: first.index,
                    error: error.clone(),
                });
            }
            None => {
                let begun = self.host.now();
                let outputs = self.start_outputs(first, given).map_err(|error| {
                    self.failed(first, begun, &error);
                    Halt::Failed {
                        step: first.index,
                        error,
                    }
                })?;
                self.computed(first, begun, outputs);
            }
        }
        Ok(())
    }

    /// Keeps what the starting card has, in the types that it has.
    fn start_outputs(&self, first: &PlanStep, given: Outputs) -> Result<Outputs, CardError> {
        let mut kept = Outputs::with_capacity(first.outputs.len());
        for (key, value) in given {
            let Some((_, ty)) = first
                .output(&key)
                .and_then(|place| first.outputs.get(place))
            else {
                continue;
            };
            // What callers give is passed on as it is where it does not fit: a card that cannot use it says so.
            let value = coerce(&value, None, ty).unwrap_or(value);
            kept.push((key, value));
        }
        let id = FieldKey::in_group("context", "execution_id");
        if first.output(&id).is_some() && !kept.iter().any(|(key, _)| *key == id) {
            kept.push((id, Value::from(self.run.as_str())));
        }
        let url = FieldKey::in_group("context", "resume_url");
        if first.output(&url).is_some() {
            kept.retain(|(key, _)| *key != url);
            let address = self.host.resume_url();
            kept.push((url, address.map_or(Value::Null, Value::from)));
        }
        record::measured(kept)
    }

    /// Runs the cards of a row until one of them does not lead on.
    async fn row(&mut self, row: &'r [usize]) -> Result<Turn, Halt> {
        let plan = self.plan;
        for step in row.iter().filter_map(|index| plan.steps.get(*index)) {
            let turn = match &step.meaning {
                _ if self.stand_in(step) => Turn::On,
                Meaning::Pure(eval) => match self.pure(step, *eval) {
                    Ok(()) => Turn::On,
                    Err(fault) => {
                        let begun = self.host.now();
                        let error = self.settle(step, fault, begun)?;
                        let given_up = self.give_up(step, error).await;
                        given_up.map_err(|halt| self.last_halt(step, halt))?
                    }
                },
                _ => {
                    let done = self.step(step).await;
                    done.map_err(|halt| self.last_halt(step, halt))?
                }
            };
            if !matches!(turn, Turn::On) {
                return Ok(turn);
            }
            if self.is_last(step) {
                return Ok(Turn::End(trial::stopped()));
            }
        }
        Ok(Turn::On)
    }

    /// Runs a row inside another: the one place where the interpreter calls itself.
    fn inner_row<'a>(&'a mut self, row: &'r [usize]) -> BoxFuture<'a, Result<Turn, Halt>> {
        Box::pin(self.row(row))
    }

    async fn attempt(&mut self, step: &'r PlanStep, attempt: u32) -> Result<Turn, Fault> {
        match &step.meaning {
            Meaning::Start | Meaning::Nothing => Ok(()),
            Meaning::Pure(eval) => self.pure(step, *eval),
            Meaning::Seeded(eval) => self.seeded(step, *eval),
            Meaning::Call(repeat) => self.call(step, *repeat, attempt).await,
            Meaning::Stream(flow) => self.stream(step, *flow, attempt).await,
            Meaning::CallFlow => self.call_flow(step).await,
            Meaning::CallFlowAsync => self.call_flow_async(step).await,
            Meaning::Loop(kind) => self.loops(step, *kind).await,
            Meaning::WaitFor | Meaning::WaitUntil => self.wait(step).await,
            Meaning::Pause | Meaning::PauseRaw => self.pause(step).await,
            Meaning::Close => self.close(step).await,
            Meaning::If => return self.choose(step).await,
            Meaning::Branch => return self.branch(step).await,
            Meaning::Guard => return self.guard(step).await,
            Meaning::ContinueIf => return self.continue_if(step),
            Meaning::Return => return self.give_back(step),
            Meaning::ReturnRaw => return self.give_back_raw(step),
            Meaning::Throw => return self.throw(step),
            Meaning::ThrowIf => return self.throw_if(step),
            Meaning::Unavailable => Err(unavailable(step).into()),
            Meaning::TooDeep => Err(too_deep().into()),
        }
        .map(|()| Turn::On)
    }

    /// Writes the outcome, waits for the disk, answers the caller.
    async fn end(mut self, ending: Result<Turn, Halt>) -> Result<Outcome, EngineError> {
        let outcome = match ending {
            Ok(Turn::On) => Outcome::Succeeded {
                returned: self.given_at_the_end(),
            },
            Ok(Turn::Leave(left) | Turn::End(left)) if left.is_quiet => Outcome::Stopped {
                returned: left.returned,
            },
            Ok(Turn::Leave(left) | Turn::End(left)) => Outcome::Succeeded {
                returned: left.returned,
            },
            Err(Halt::Failed { step, error } | Halt::Thrown { step, error }) => {
                let (step, path) = self.place(step);
                Outcome::Failed { error, step, path }
            }
            Err(Halt::Unknown { step }) => {
                let (step, path) = self.place(step);
                Outcome::OutcomeUnknown { step, path }
            }
            Err(Halt::Engine(error)) => return Err(error),
        };
        self.host.record(Entry {
            at_ms: self.host.now().timestamp_millis(),
            path: Path::run(),
            private: self.plan.is_private,
            event: Event::Ended {
                outcome: outcome.clone(),
            },
        });
        self.host.durable().await?;
        if let Some(answer) = self.answer.take() {
            self.host.reply(answer);
        }
        Ok(outcome)
    }

    /// What a helper that ends without a Return gives to the loop that called it: what its last card computed, as packs
    /// expect; an object alone stands for its fields. Answers of services, and other callers, are left out.
    fn given_at_the_end(&self) -> Value {
        let cards = self.plan.row.iter().rev();
        let last = cards
            .filter_map(|index| self.plan.steps.get(*index))
            .find(|step| !matches!(step.meaning, Meaning::Nothing))
            .filter(|step| {
                let computes = matches!(
                    step.meaning,
                    Meaning::Pure(_)
                        | Meaning::Seeded(_)
                        | Meaning::If
                        | Meaning::Branch
                        | Meaning::Guard
                        | Meaning::Loop(_)
                );
                self.is_item && computes
            });
        let outputs: Outputs = last
            .into_iter()
            .flat_map(|step| {
                let values = self.slots.iter().skip(step.slot);
                step.outputs
                    .iter()
                    .map(|(key, _)| key.clone())
                    .zip(values.cloned())
            })
            .collect();
        match outputs.as_slice() {
            [(_, object @ Value::Object(_))] => object.clone(),
            outputs => error::object_of(outputs),
        }
    }

    fn place(&self, step: usize) -> (StepId, Path) {
        match self.plan.steps.get(step) {
            Some(step) => (step.id.clone(), step.path.clone()),
            None => (StepId::from(""), Path::run()),
        }
    }
}

fn unavailable(step: &PlanStep) -> CardError {
    CardError::new(
        "card.unavailable",
        format!(
            "“{}” belongs to the connector “{}”, which is not available here ({}). Replace it, for instance by an API \
             Connector card.",
            step.title,
            flow::connector_name(step.card.module()),
            step.card
        ),
    )
}

fn too_deep() -> CardError {
    CardError::new(
        "flow.too_deep",
        format!(
            "This container stands inside {} others. Move its cards into a helper flow.",
            flow::MAX_NESTING
        ),
    )
}
