//! A flow made ready to run: every card a dense index, every output a slot, every mapping the number of a slot.
//!
//! Compiling never fails. What is wrong with a card becomes the error that the card fails with when it is reached,
//! so a flow runs up to the point where it is broken, and the history says where that is.

use std::collections::HashMap;

use flow::{
    CardKey, ConnectionId, FieldKey, Flow, FlowId, Lane, LaneId, MAX_NESTING, OnError, Step,
    StepId, Then, Type,
};

use crate::journal::Path;

mod field;
mod meaning;

pub(crate) use field::{Field, Scope, resolve};
pub(crate) use meaning::{Loop, Meaning};

/// A flow made ready to run. Share it in an `Arc`, and compile a version of a flow once.
#[derive(Debug)]
pub struct Plan {
    pub(crate) flow: FlowId,
    pub(crate) name: String,
    /// Values that pass through are not for people to see.
    pub(crate) is_private: bool,
    /// All cards but notes, containers before their contents, in reading order. The starting card is the first.
    pub(crate) steps: Vec<PlanStep>,
    /// The row that follows the starting card.
    pub(crate) row: Vec<usize>,
    /// How many outputs all cards have.
    pub(crate) slots: usize,
    by_path: HashMap<Path, usize>,
}

/// One card.
#[derive(Debug)]
pub(crate) struct PlanStep {
    pub(crate) index: usize,
    pub(crate) id: StepId,
    pub(crate) card: CardKey,
    pub(crate) title: String,
    pub(crate) path: Path,
    pub(crate) connection: Option<ConnectionId>,
    pub(crate) meaning: Meaning,
    pub(crate) inputs: Vec<Field>,
    /// Its outputs; the slot of the first is `slot`.
    pub(crate) outputs: Vec<(FieldKey, Type)>,
    pub(crate) slot: usize,
    pub(crate) lanes: Vec<PlanLane>,
    pub(crate) on_error: OnError,
    /// The card says nothing of its own: this is the flow's default.
    pub(crate) is_flow_wide: bool,
}

/// One row inside a container.
#[derive(Debug)]
pub(crate) struct PlanLane {
    pub(crate) id: LaneId,
    pub(crate) inputs: Vec<Field>,
    pub(crate) row: Vec<usize>,
    pub(crate) yields: Vec<Field>,
}

impl Plan {
    /// Makes a flow ready to run with the cards of the catalogue.
    pub fn compile(flow: &Flow) -> Self {
        Self::compile_with(flow, &cards::run_of)
    }

    /// Makes a flow ready to run with cards of the caller's choice. Control cards mean the same always.
    pub fn compile_with(flow: &Flow, run_of: &dyn Fn(&CardKey) -> Option<cards::Run>) -> Self {
        let mut compiler = Compiler::default();
        let row = compiler.place(&flow.steps, &Around::default());
        let scope = compiler.scope();
        let mut steps: Vec<PlanStep> = compiler
            .placed
            .iter()
            .map(|placed| placed.compile(&scope, run_of, &flow.on_error))
            .collect();
        for (step, placed) in steps.iter_mut().zip(&mut compiler.placed) {
            for (lane, row) in step.lanes.iter_mut().zip(placed.rows.drain(..)) {
                lane.row = row;
            }
        }
        if let Some(first) = steps.first_mut().filter(|_| row.first() == Some(&0)) {
            first.meaning = Meaning::Start;
        }
        Self {
            flow: flow.id.clone(),
            name: flow.name.clone(),
            is_private: !flow.saves_data,
            by_path: steps
                .iter()
                .map(|step| (step.path.clone(), step.index))
                .collect(),
            row: row.into_iter().skip(1).collect(),
            slots: compiler.slots,
            steps,
        }
    }

    /// Returns the flow's id.
    pub fn flow(&self) -> &FlowId {
        &self.flow
    }

    /// Tells whether the data that passes through is hidden from people and erased when a run ends.
    pub fn is_private(&self) -> bool {
        self.is_private
    }

    pub(crate) fn index_of(&self, path: &Path) -> Option<usize> {
        self.by_path.get(path).copied()
    }
}

impl PlanStep {
    /// Returns the place of an output among the card's outputs.
    pub(crate) fn output(&self, key: &FieldKey) -> Option<usize> {
        self.outputs.iter().position(|(known, _)| known == key)
    }

    /// Returns the input of this group and key that is not an argument for a helper flow.
    pub(crate) fn input(&self, group: &str, key: &str) -> Option<&Field> {
        self.inputs
            .iter()
            .find(|input| !input.is_arg && input.key.is(group, key))
    }

    /// Returns the lane of this id.
    pub(crate) fn lane(&self, id: &str) -> Option<&PlanLane> {
        self.lanes.iter().find(|lane| lane.id.as_str() == id)
    }
}

/// A card of the document with its place in the plan.
struct Placed<'f> {
    step: &'f Step,
    index: usize,
    path: Path,
    slot: usize,
    rows: Vec<Vec<usize>>,
    is_too_deep: bool,
    /// An If Error around it catches its failure.
    is_guarded: bool,
}

/// What stands around a row.
#[derive(Default)]
struct Around {
    path: String,
    depth: usize,
    is_guarded: bool,
}

#[derive(Default)]
struct Compiler<'f> {
    placed: Vec<Placed<'f>>,
    slots: usize,
}

impl<'f> Compiler<'f> {
    /// Gives every card of a row, and of the rows inside, its index, path and slots. Returns the row's indices.
    fn place(&mut self, row: &'f [Step], around: &Around) -> Vec<usize> {
        let mut indices = Vec::with_capacity(row.len());
        for step in row.iter().filter(|step| !step.is_note()) {
            let index = self.placed.len();
            let path = format!("{}{}", around.path, step.id);
            let is_too_deep = around.depth >= MAX_NESTING && !step.lanes.is_empty();
            self.placed.push(Placed {
                step,
                index,
                path: Path::new(path.as_str()),
                slot: self.slots,
                rows: Vec::new(),
                is_too_deep,
                is_guarded: around.is_guarded,
            });
            self.slots += step.outputs.len();
            indices.push(index);
            if is_too_deep {
                continue;
            }
            let rows = step
                .lanes
                .iter()
                .map(|lane| {
                    let is_try = step.card.is("control", "tryCatch") && lane.id.as_str() == "try";
                    let inside = Around {
                        path: format!("{path}/{}/", lane.id.as_str()),
                        depth: around.depth + 1,
                        is_guarded: around.is_guarded || is_try,
                    };
                    self.place(&lane.steps, &inside)
                })
                .collect();
            if let Some(placed) = self.placed.get_mut(index) {
                placed.rows = rows;
            }
        }
        indices
    }

    fn scope(&self) -> Scope<'f> {
        self.placed
            .iter()
            .map(|placed| (&placed.step.id, (placed.step, placed.slot)))
            .collect()
    }
}

impl Placed<'_> {
    fn compile(
        &self,
        scope: &Scope,
        run_of: &dyn Fn(&CardKey) -> Option<cards::Run>,
        default: &OnError,
    ) -> PlanStep {
        let step = self.step;
        let is_flow_wide = step.on_error.is_default() && !default.is_default();
        let inputs: Vec<Field> = Field::compile_all(&step.inputs, scope);
        let meaning = if self.is_too_deep {
            Meaning::TooDeep
        } else {
            Meaning::of(&step.card, &inputs, run_of)
        };
        PlanStep {
            index: self.index,
            id: step.id.clone(),
            card: step.card.clone(),
            title: step
                .title
                .clone()
                .unwrap_or_else(|| step.card.method().to_owned()),
            path: self.path.clone(),
            connection: step.connection.clone(),
            meaning,
            inputs,
            outputs: step
                .outputs
                .iter()
                .map(|output| (output.key.clone(), output.ty.clone()))
                .collect(),
            slot: self.slot,
            lanes: step
                .lanes
                .iter()
                .map(|lane| plan_lane(lane, scope))
                .collect(),
            on_error: if is_flow_wide {
                self.default_of(default)
            } else {
                step.on_error.clone()
            },
            is_flow_wide,
        }
    }

    /// The flow's default for this card. It does not end what an If Error catches, nor what the author ended on purpose.
    fn default_of(&self, default: &OnError) -> OnError {
        let is_thrown = matches!(self.step.card.as_str(), "control:throw" | "control:throwIf");
        OnError {
            then: if self.is_guarded || is_thrown {
                Then::Halt
            } else {
                default.then.clone()
            },
            ..default.clone()
        }
    }
}

fn plan_lane(lane: &Lane, scope: &Scope) -> PlanLane {
    PlanLane {
        id: lane.id.clone(),
        inputs: Field::compile_all(&lane.inputs, scope),
        row: Vec::new(),
        yields: Field::compile_all(&lane.yields, scope),
    }
}
