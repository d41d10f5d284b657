//! Containers: If/Else, If/ElseIf and If Error.

use flow::{FieldKey, Outputs, Value};

use super::{Fault, Halt, Left, Running, Turn};
use crate::journal::Event;
use crate::plan::{Field, PlanLane, PlanStep, resolve};

impl<'r> Running<'r> {
    /// If/Else. Its lanes belong to the row around it: a Return in one leaves that row.
    pub(super) async fn choose(&mut self, step: &'r PlanStep) -> Result<Turn, Fault> {
        if self.replayed(step)? {
            return Ok(Turn::On);
        }
        let begun = self.host.now();
        let holds = self.condition(&step.inputs)?;
        let mut outputs = vec![(FieldKey::plain("result"), Value::from(holds))];
        if let Some(lane) = step.lane(if holds { "true" } else { "false" }) {
            self.enter(step, lane);
            match self.inner_row(&lane.row).await? {
                Turn::On => {}
                left => return Ok(left),
            }
            outputs.extend(self.yields(lane)?);
        }
        self.finished(step, begun, outputs, Vec::new());
        Ok(Turn::On)
    }

    /// If/ElseIf: the first lane whose condition holds, else the last. A lane is a flow of its own.
    pub(super) async fn branch(&mut self, step: &'r PlanStep) -> Result<Turn, Fault> {
        if self.replayed(step)? {
            return Ok(Turn::On);
        }
        let begun = self.host.now();
        let mut chosen = step.lane("else");
        for lane in step.lanes.iter().filter(|lane| lane.id.as_str() != "else") {
            if self.condition(&lane.inputs)? {
                chosen = Some(lane);
                break;
            }
        }
        let outputs = match chosen {
            Some(lane) => {
                self.enter(step, lane);
                let turn = self.inner_row(&lane.row).await?;
                match self.lane_outputs(lane, turn)? {
                    Ok(outputs) => outputs,
                    Err(end) => return Ok(end),
                }
            }
            None => Outputs::new(),
        };
        self.finished(step, begun, outputs, Vec::new());
        Ok(Turn::On)
    }

    /// If Error: the error lane runs where a card of the try lane fails. Its own failure is not caught.
    pub(super) async fn guard(&mut self, step: &'r PlanStep) -> Result<Turn, Fault> {
        if self.replayed(step)? {
            return Ok(Turn::On);
        }
        let begun = self.host.now();
        let outputs = match self.guarded(step).await? {
            Ok(outputs) => outputs,
            Err(end) => return Ok(end),
        };
        self.finished(step, begun, outputs, Vec::new());
        Ok(Turn::On)
    }

    async fn guarded(&mut self, step: &'r PlanStep) -> Result<Result<Outputs, Turn>, Fault> {
        let plan = self.plan;
        let (failed, error) = match step.lane("try") {
            Some(lane) => {
                self.enter(step, lane);
                match self.inner_row(&lane.row).await {
                    Ok(turn) => return self.lane_outputs(lane, turn),
                    Err(Halt::Failed { step, error }) => (step, error),
                    Err(halt) => return Err(halt.into()),
                }
            }
            None => return Ok(Ok(Outputs::new())),
        };
        let origin = plan.steps.get(failed).unwrap_or(step);
        let object = self.error_object(origin, &error);
        let inside = self.keep(step, vec![(FieldKey::in_group("context", "error"), object)]);
        self.record_now(step, Event::Yielded { outputs: inside });
        match step.lane("error") {
            Some(lane) => {
                self.enter(step, lane);
                let turn = self.inner_row(&lane.row).await?;
                self.lane_outputs(lane, turn)
            }
            None => Ok(Ok(Outputs::new())),
        }
    }

    fn enter(&self, step: &PlanStep, lane: &PlanLane) {
        self.record_now(
            step,
            Event::Lane {
                lane: lane.id.clone(),
            },
        );
    }

    fn condition(&self, inputs: &[Field]) -> Result<bool, Fault> {
        let value = |key: &str| match inputs.iter().find(|input| input.key.key == key) {
            Some(field) => resolve(field, &self.slots, &Value::Null),
            None => Ok(Value::Null),
        };
        let operator = value("operator")?;
        let (left, right) = (value("left-operand")?, value("right-operand")?);
        Ok(cards::compare(
            operator.as_text().unwrap_or_default(),
            &left,
            &right,
        )?)
    }

    /// Tells whether the condition of a card holds.
    pub(super) fn condition_of(&self, step: &PlanStep) -> Result<bool, Fault> {
        self.condition(&step.inputs)
    }

    fn yields(&self, lane: &PlanLane) -> Result<Outputs, Fault> {
        lane.yields
            .iter()
            .map(|field| {
                let value = resolve(field, &self.slots, &Value::Null)?;
                Ok((field.key.clone(), value))
            })
            .collect()
    }

    /// Returns what a lane that is a flow of its own gives to its container: what it yields at its end, or what a
    /// Return in it returned. The inner error is the end of the whole flow.
    fn lane_outputs(&self, lane: &PlanLane, turn: Turn) -> Result<Result<Outputs, Turn>, Fault> {
        match turn {
            Turn::On => Ok(Ok(self.yields(lane)?)),
            Turn::Leave(left) => Ok(Ok(returned_outputs(&left))),
            end @ Turn::End(_) => Ok(Err(end)),
        }
    }
}

fn returned_outputs(left: &Left) -> Outputs {
    if left.is_quiet {
        return Outputs::new();
    }
    let fields = left.returned.as_object().into_iter().flatten();
    fields
        .map(|(key, value)| (FieldKey::plain(key.as_ref()), value.clone()))
        .collect()
}
