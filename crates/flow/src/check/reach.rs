//! Which cards never run, and which Return ends less than it seems to. Works out how each row can end, as the engine
//! does: Return ends the row that it stands in; If/Else belongs to the row around it, while If/ElseIf and If Error catch
//! it; Return Raw and Return Error end the flow, also from inside of If Error.

use serde_json::Value as Json;

use super::{Problem, ProblemCode};
use crate::document::{Binding, Flow, Input, Step, Then};
use crate::id::StepId;

/// The ways in which a row, or a card, can end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ends {
    /// The next card runs.
    on: bool,
    /// The row around is left.
    leaves: bool,
    /// The flow is over.
    over: bool,
}

const ON: Ends = Ends {
    on: true,
    leaves: false,
    over: false,
};
const LEAVES: Ends = Ends {
    on: false,
    leaves: true,
    ..ON
};
const OVER: Ends = Ends {
    on: false,
    over: true,
    ..ON
};

impl Ends {
    fn or(self, other: Self) -> Self {
        Self {
            on: self.on || other.on,
            leaves: self.leaves || other.leaves,
            over: self.over || other.over,
        }
    }

    /// As a container sees it whose lanes are flows of their own.
    fn caught(self) -> Self {
        Self {
            on: self.on || self.leaves,
            leaves: false,
            ..self
        }
    }
}

pub(super) fn check(flow: &Flow, found: &mut Vec<Problem>) {
    row(&flow.steps, found);
    let mut inside = Vec::new();
    returns(&flow.steps, &mut inside, found);
}

/// Looks at a row, tells its first card that never runs, and returns how it ends.
fn row(steps: &[Step], found: &mut Vec<Problem>) -> Ends {
    let mut ends = ON;
    let mut is_told = false;
    for step in steps.iter().filter(|step| !step.is_note()) {
        if !ends.on {
            if !is_told {
                found.push(Problem::warning(ProblemCode::Unreachable, step));
            }
            is_told = true;
            // What is inside of cards that never run is not judged by itself.
            continue;
        }
        let here = card(step, found);
        ends = Ends {
            on: here.on,
            ..ends.or(here)
        };
    }
    ends
}

fn card(step: &Step, found: &mut Vec<Problem>) -> Ends {
    match step.card.as_str() {
        "control:return" => LEAVES,
        "control:returnRaw" => OVER,
        "control:throw" => thrown(step),
        "control:continueIf" => match decided(&step.inputs) {
            Some(true) => ON,
            Some(false) => LEAVES,
            None => ON.or(LEAVES),
        },
        "control:throwIf" => match decided(&step.inputs) {
            Some(true) => thrown(step),
            _ => ON,
        },
        "control:if" => choice(step, found),
        "control:branch" => cases(step, found).caught(),
        "control:tryCatch" => guarded(step, found).caught(),
        _ => {
            for lane in &step.lanes {
                row(&lane.steps, found);
            }
            ON
        }
    }
}

/// An error that is returned ends the flow, unless the card's own setting gives values back instead.
fn thrown(step: &Step) -> Ends {
    match step.on_error.then {
        Then::ReturnValues => OVER.or(LEAVES),
        Then::Halt | Then::RunFlow { .. } => OVER,
    }
}

fn lane(step: &Step, id: &str, found: &mut Vec<Problem>) -> Ends {
    let lane = step.lanes.iter().find(|lane| lane.id.as_str() == id);
    lane.map_or(ON, |lane| row(&lane.steps, found))
}

fn never(step: &Step, id: &str, found: &mut Vec<Problem>) {
    let lane = step.lanes.iter().find(|lane| lane.id.as_str() == id);
    let first = lane.and_then(|lane| lane.steps.iter().find(|step| !step.is_note()));
    found.extend(first.map(|first| Problem::warning(ProblemCode::Unreachable, first)));
}

fn choice(step: &Step, found: &mut Vec<Problem>) -> Ends {
    let (taken, other) = match decided(&step.inputs) {
        Some(true) => ("true", "false"),
        Some(false) => ("false", "true"),
        None => {
            let yes = lane(step, "true", found);
            return yes.or(lane(step, "false", found));
        }
    };
    never(step, other, found);
    lane(step, taken, found)
}

fn cases(step: &Step, found: &mut Vec<Problem>) -> Ends {
    let mut ends = Ends::default();
    let mut is_decided = false;
    let (last, cases): (Vec<_>, Vec<_>) = step
        .lanes
        .iter()
        .partition(|lane| lane.id.as_str() == "else");
    for case in cases {
        let holds = decided(&case.inputs);
        if is_decided || holds == Some(false) {
            never(step, case.id.as_str(), found);
            continue;
        }
        ends = ends.or(row(&case.steps, found));
        is_decided = holds == Some(true);
    }
    match last.first() {
        Some(_) if is_decided => never(step, "else", found),
        Some(last) => ends = ends.or(row(&last.steps, found)),
        None => ends = ends.or(ON),
    }
    ends
}

/// Any card of the Try row may fail, so the other row may always run.
fn guarded(step: &Step, found: &mut Vec<Problem>) -> Ends {
    let tried = lane(step, "try", found);
    tried.or(lane(step, "error", found))
}

/// Returns what a comparison says where both of its sides were typed and compare without doubt.
fn decided(inputs: &[Input]) -> Option<bool> {
    let typed = |key: &str| {
        let input = inputs.iter().find(|input| input.key.key == key)?;
        match &input.binding {
            Binding::Constant { value } if !input.binding.is_blank() => Some(value),
            _ => None,
        }
    };
    let left = typed("left-operand")?;
    let operator = typed("operator")?.as_str()?;
    match operator {
        "is empty" => return Some(false),
        "is not empty" => return Some(true),
        _ => {}
    }
    let right = typed("right-operand")?;
    let order = match (left, right) {
        (Json::String(a), Json::String(b)) => a.cmp(b),
        (Json::Number(a), Json::Number(b)) => a.as_f64()?.partial_cmp(&b.as_f64()?)?,
        (Json::Bool(a), Json::Bool(b)) => a.cmp(b),
        _ => return None,
    };
    Some(match operator {
        "==" | "===" => order.is_eq(),
        "!=" | "!==" => order.is_ne(),
        ">" => order.is_gt(),
        ">=" => order.is_ge(),
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        _ => return None,
    })
}

/// Tells of each Return that ends only its row although more runs behind the container, unless it gives the container's
/// outputs their values.
fn returns<'a>(steps: &'a [Step], inside: &mut Vec<(&'a Step, bool)>, found: &mut Vec<Problem>) {
    for (at, step) in steps.iter().enumerate() {
        let rest = steps.get(at + 1..).unwrap_or_default();
        let goes_on = rest.iter().any(|step| !step.is_note());
        if step.card.is("control", "return") {
            let caught = inside.iter().rposition(|(container, _)| catches(container));
            let Some(caught) = caught else { continue };
            let runs_on = inside.iter().take(caught + 1).any(|(_, goes_on)| *goes_on);
            let Some((container, _)) = inside.get(caught) else {
                continue;
            };
            let gives = |input: &Input| container.output(&input.key).is_some();
            if runs_on && !step.inputs.iter().any(gives) {
                found.push(Problem::warning(ProblemCode::ReturnInside, step));
            }
        }
        inside.push((step, goes_on));
        for lane in &step.lanes {
            returns(&lane.steps, inside, found);
        }
        inside.pop();
    }
}

fn catches(step: &Step) -> bool {
    matches!(step.card.as_str(), "control:branch" | "control:tryCatch")
}

/// Tells whether a card that ends a row (Return, Continue If) ends only the row of a container here, not the flow.
pub fn leaves_container_only(flow: &Flow, id: &StepId) -> bool {
    fn search(steps: &[Step], id: &StepId, is_caught: bool) -> Option<bool> {
        steps.iter().find_map(|step| {
            if step.id == *id {
                return Some(is_caught);
            }
            let is_caught = is_caught || catches(step);
            let mut lanes = step.lanes.iter();
            lanes.find_map(|lane| search(&lane.steps, id, is_caught))
        })
    }
    let leaves = flow
        .step(id)
        .is_some_and(|step| matches!(step.card.as_str(), "control:return" | "control:continueIf"));
    leaves && search(&flow.steps, id, false) == Some(true)
}

/// Tells whether a card always ends the row that it stands in.
pub(crate) fn ends_row(step: &Step) -> bool {
    !step.is_note() && !card(step, &mut Vec::new()).on
}

/// Returns the row of a card, its address, and the card's position in it.
pub(crate) fn row_of<'a>(flow: &'a Flow, id: &StepId) -> Option<(&'a [Step], crate::Place)> {
    fn search<'a>(
        steps: &'a [Step],
        lane: Option<(StepId, crate::LaneId)>,
        id: &StepId,
    ) -> Option<(&'a [Step], crate::Place)> {
        if let Some(index) = steps.iter().position(|step| step.id == *id) {
            return Some((steps, crate::Place { lane, index }));
        }
        steps.iter().find_map(|step| {
            step.lanes.iter().find_map(|inner| {
                let at = Some((step.id.clone(), inner.id.clone()));
                search(&inner.steps, at, id)
            })
        })
    }
    search(&flow.steps, None, id)
}

#[cfg(test)]
mod tests;
