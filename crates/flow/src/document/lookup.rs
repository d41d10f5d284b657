//! Finding cards and fields in a flow.

use super::{Flow, Input, InputRef, Lane, LaneId, Output, Step};
use crate::document::FieldKey;
use crate::id::StepId;

impl Flow {
    /// Returns the card of this id, wherever it stands.
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        find(&self.steps, id)
    }

    /// Returns the card of this id, to be changed.
    pub fn step_mut(&mut self, id: &StepId) -> Option<&mut Step> {
        find_mut(&mut self.steps, id)
    }

    /// Returns all cards, containers before their contents, in reading order.
    pub fn all_steps(&self) -> Vec<&Step> {
        let mut all = Vec::new();
        collect(&self.steps, &mut all);
        all
    }

    /// Returns the input that `at` names.
    pub fn input(&self, at: &InputRef) -> Option<&Input> {
        self.step(&at.step)?.input_at(at)
    }

    /// Returns the input that `at` names, to be changed.
    pub fn input_mut(&mut self, at: &InputRef) -> Option<&mut Input> {
        let step = self.step_mut(&at.step)?;
        let inputs = match &at.lane {
            None => &mut step.inputs,
            Some(lane) => {
                let lane = step.lanes.iter_mut().find(|known| known.id == *lane)?;
                if at.yields {
                    &mut lane.yields
                } else {
                    &mut lane.inputs
                }
            }
        };
        inputs
            .iter_mut()
            .find(|input| input.key == at.field && input.arg == at.arg)
    }
}

impl Step {
    /// Returns the input of this group and key; an empty group is none.
    pub fn input(&self, group: &str, key: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.key.is(group, key))
    }

    /// Returns the input that `at` names, which is one of this card.
    pub fn input_at(&self, at: &InputRef) -> Option<&Input> {
        let inputs = match &at.lane {
            None => &self.inputs,
            Some(lane) => {
                let lane = self.lane(lane)?;
                if at.yields {
                    &lane.yields
                } else {
                    &lane.inputs
                }
            }
        };
        inputs
            .iter()
            .find(|input| input.key == at.field && input.arg == at.arg)
    }

    /// Returns the output of this key.
    pub fn output(&self, key: &FieldKey) -> Option<&Output> {
        self.outputs.iter().find(|output| output.key == *key)
    }

    /// Returns the lane of this id.
    pub fn lane(&self, id: &LaneId) -> Option<&Lane> {
        self.lanes.iter().find(|lane| lane.id == *id)
    }

    /// Returns every input: the card's own, its lanes' conditions and what they yield.
    pub fn all_inputs(&self) -> impl Iterator<Item = &Input> {
        let lanes = self
            .lanes
            .iter()
            .flat_map(|lane| lane.inputs.iter().chain(&lane.yields));
        self.inputs.iter().chain(lanes)
    }

    /// Tells whether the card is a note, which does nothing when the flow runs.
    pub fn is_note(&self) -> bool {
        self.card.is("control", "comment")
    }
}

fn find<'a>(steps: &'a [Step], id: &StepId) -> Option<&'a Step> {
    steps.iter().find_map(|step| {
        if step.id == *id {
            return Some(step);
        }
        step.lanes.iter().find_map(|lane| find(&lane.steps, id))
    })
}

fn find_mut<'a>(steps: &'a mut [Step], id: &StepId) -> Option<&'a mut Step> {
    steps.iter_mut().find_map(|step| {
        if step.id == *id {
            return Some(step);
        }
        step.lanes
            .iter_mut()
            .find_map(|lane| find_mut(&mut lane.steps, id))
    })
}

fn collect<'a>(steps: &'a [Step], all: &mut Vec<&'a Step>) {
    for step in steps {
        all.push(step);
        for lane in &step.lanes {
            collect(&lane.steps, all);
        }
    }
}
